"""What a priced sale earns: measure, multiply, add to progress, convert whole steps (rules 1, 2, 16-19)."""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.ledger import (
    CREDIT,
    POINTS,
    Account,
    Book,
    NewLot,
    progress_account,
    reward_account,
    voucher_account,
)
from loyalty_pos.domain.limits import cut_progress
from loyalty_pos.domain.money import floor_to_step
from loyalty_pos.domain.trace import NO_FACTS, Facts, Reason


class Contribution(NamedTuple):
    """What one sale added to one programme: enough to take it back exactly, for ever (rules 26)."""

    revision: int
    programme: str
    measured: int
    micros: int
    step_micro: int
    yield_per_step: int
    account: Account
    yielded: int
    given: int = 0
    """How much of the yield was used at once, within this very sale."""


def yield_account(rule: EarnRule, programme: str) -> Account:
    if rule.yield_unit == "points":
        return POINTS
    if rule.yield_unit == "credit":
        return CREDIT
    return reward_account(programme)


def earning_lines(bill: Bill, revision: Revision, rule: EarnRule) -> Sequence[int]:
    """Return the lines that may earn under this programme at all (rules 16)."""
    return bill.reached(rule.goods, revision.condition).earning


def measured_amount(bill: Bill, revision: Revision, rule: EarnRule, bases_minor: list[int]) -> int:
    """Return the money this programme measures: eligible lines after discounts and tender."""
    lines = bill.feeds.get(revision.id) if bill.feeds else None
    if lines is None:
        lines = earning_lines(bill, revision, rule)
    return sum(bases_minor) if len(lines) == len(bases_minor) else sum([bases_minor[i] for i in lines])


def count_units(bill: Bill, revision: Revision, rule: EarnRule) -> int:
    """Count paid units: free units never stamp, nor do lines somebody else paid for in full (rules 19).

    In amount mode the goods are unknown: the stepper says how many units of this card the typed amount
    holds, the free one included.
    """
    nets, free, lines = bill.nets, bill.free, bill.basket.lines
    if bill.basket.amount_mode:
        asked = bill.choices.counts.get(revision.key, rule.default_count or 0)
        return max(0, asked - bill.free_of.get(revision.key, 0)) if nets[0] else 0
    return sum([lines[i].quantity - free[i] for i in earning_lines(bill, revision, rule) if nets[i]])


def capped(rule: EarnRule, units: int, counted_today: int) -> int:
    """Turn units into what is counted: one per sale or day where the rule says so, within its caps."""
    if rule.measure in ("sales", "visit_days"):
        units = min(units, 1)
    if rule.measure == "visit_days" and counted_today:
        return 0
    if rule.max_per_sale is not None:
        units = min(units, rule.max_per_sale)
    if rule.max_per_day is not None:
        units = min(units, max(0, rule.max_per_day - counted_today))
    return units


def coefficients_of(bill: Bill, rule: EarnRule) -> list[int]:
    """List what multiplies an earning here, in thousandths; a level multiplies points, and nothing else."""
    buyer, moment, basket = bill.buyer, bill.moment, bill.basket
    counted = [c.milli for c in rule.coefficients if c.condition.why_not(buyer, moment, basket) is None]
    level = bill.standing.level if bill.standing and rule.yield_unit == "points" else None
    if level is not None and level.coefficient_milli != 1_000:
        counted.insert(0, level.coefficient_milli)
    return counted


def multiplied(bill: Bill, rule: EarnRule, measured: int) -> tuple[int, list[int]]:
    """Return progress in millionths, floored once, and the coefficients that counted (rules 2).

    The level of the buyer multiplies points, and nothing else.
    """
    micros = measured * rule.rate_micro
    counted = coefficients_of(bill, rule)
    if not counted:
        return micros, counted
    return micros * prod(counted) // 1_000 ** len(counted), counted


def within_limits(
    bill: Bill, book: Book, revision: Revision, rule: EarnRule, measured: int, micros: int
) -> tuple[int, int, int | None, Facts] | Reason:
    """Cut an earning to what the limits of its programme leave; see `cut_progress`."""
    allowance = bill.allowance(revision)
    if allowance is None:
        return measured, micros, None, NO_FACTS
    progress = progress_account(revision.key)
    have = book.plain(progress) - book.owed(progress)
    return cut_progress(rule, allowance, have, measured, micros)


def voucher_of(
    revision: Revision, rule: EarnRule, measured: int, micros: int, money_step_minor: int
) -> Contribution | Reason:
    """Make a voucher of what one bill measures; what does not fill a step is not kept for another bill."""
    steps = micros // rule.step_micro
    if not steps:
        missing = -(-(rule.step_micro - micros) // rule.rate_micro)
        return Reason("voucher_missing", {"missing_minor": missing})
    worth = floor_to_step(steps * rule.yield_per_step, money_step_minor)
    if not worth:
        return Reason("too_small")
    account = voucher_account(revision.key)
    return Contribution(
        revision.id, revision.key, measured, 0, rule.step_micro, rule.yield_per_step, account, worth
    )


def convert(
    book: Book,
    revision: Revision,
    rule: EarnRule,
    measured: int,
    micros: int,
    lot: NewLot,
    most_steps: int | None = None,
) -> tuple[Contribution, int]:
    """Add progress, repay owed progress first, turn every full step into its yield, `most_steps` at most.

    Returns the contribution and the number of the lot that was opened (0 when none was).
    """
    progress, account = progress_account(revision.key), yield_account(rule, revision.key)
    book.move(progress, micros, "accrual")
    book.repay_progress(progress)
    steps = book.plain(progress) // rule.step_micro
    if most_steps is not None:
        steps = min(steps, most_steps)
    yielded = steps * rule.yield_per_step
    number = 0
    if steps:
        book.move(progress, -steps * rule.step_micro, "conversion")
        number = book.gain(account, yielded, lot)
    contribution = Contribution(
        revision.id, revision.key, measured, micros, rule.step_micro, rule.yield_per_step, account, yielded
    )
    return contribution, number
