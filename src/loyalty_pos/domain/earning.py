"""What a priced sale earns: measure, multiply, add to progress, convert whole steps (rules 1, 2, 16-19)."""

from collections.abc import Callable, Sequence
from math import prod
from typing import NamedTuple

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.families import EarnRule, Expiry
from loyalty_pos.domain.ledger import POINTS, Account, Book, NewLot
from loyalty_pos.domain.limits import Allowance, cut_progress
from loyalty_pos.domain.lineup import EVERY_LINE, Earner
from loyalty_pos.domain.money import MICRO, floor_to_step
from loyalty_pos.domain.trace import Facts, Reason
from loyalty_pos.domain.tuples import made

Expires = Callable[[Expiry, str], str | None]
"""Turns a lot's expiry rule and a business day into the last day it is worth something (rules 22)."""

LEVEL = -1
"""The place of a level among what multiplies an earning."""

Weights = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, tuple[int, ...]], ...], int]
"""What a contribution keeps of what multiplied it: `weights`, `on_some` and `most`."""

NO_WEIGHTS: Weights = ((), (), 0)


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
    event: int = 0
    """What a gift is remembered by, so that it is given once: a year of the shop's calendar, or 1."""
    stamps: int | None = None
    """How many stamps were added, where a stamp is no unit of what was measured."""
    lines: tuple[int, ...] | None = None
    """The lines it was measured on; None: all of them."""
    weights: tuple[tuple[int, int], ...] | None = ()
    """What multiplied it, in thousandths, each with its place among the rule's coefficients (-1: the level).

    None of a sale recorded before this was kept.
    """
    on_some: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """The places of those weights that count on some lines only, each with its lines."""
    most: int = 0
    """What may be measured at most, where lines are weighed one by one."""
    untaxed: bool = False
    """Measured without the tax in the prices."""
    later: bool = False
    """Earned only as the sale is paid, in proportion to it; `yielded` is an estimate (rules 20)."""

    @property
    def stamp_count(self) -> int:
        """How many stamps of a card were added."""
        return self.micros // MICRO if self.stamps is None else self.stamps


def measured_amount(bill: Bill, earner: Earner, bases_minor: list[int]) -> int:
    """Return the money this programme measures: eligible lines after discounts and tender."""
    feeds = bill.feeds.get(earner.revision.id) if bill.feeds else None
    if feeds is not None:
        return sum([bases_minor[i] for i in feeds])
    known = (earner.aim, earner.rule.with_tax)
    measured = bill.measured.get(known)
    if measured is None:
        measured = bill.measured[known] = sum([bases_minor[i] for i in bill.earning[earner.aim]])
    return measured


def measured_lines(bill: Bill, earner: Earner) -> tuple[int, ...] | None:
    """Return the lines this programme measures; None for all there are."""
    number = earner.revision.id
    if number in bill.planned:
        lines = bill.planned[number][1]
    else:
        lines = bill.feeds.get(number, bill.earning[earner.aim])
    return tuple(lines) if len(lines) < len(bill.nets) else None


def count_units(bill: Bill, earner: Earner) -> int:
    """Count paid units: free units never stamp, nor do lines somebody else paid for in full (rules 19).

    In amount mode the goods are unknown: the stepper says how many units of this card the typed amount
    holds, the free one included.
    """
    nets, free, lines = bill.nets, bill.free, bill.basket.lines
    if bill.basket.amount_mode:
        key = earner.revision.key
        asked = bill.choices.counts.get(key, earner.rule.default_count or 0)
        return max(0, asked - bill.free_of.get(key, 0)) if nets[0] else 0
    return sum([lines[i].quantity - free[i] for i in bill.earning[earner.aim] if nets[i]])


def event_stamp(bill: Bill, earner: Earner) -> int | Reason:
    """Return what an event of now is remembered by, or why it gives nothing."""
    stamp = bill.events.get(earner.revision.id, Reason("event_not_now"))
    if isinstance(stamp, Reason) or earner.aim == EVERY_LINE:
        return stamp
    bought = any(bill.nets[i] for i in bill.earning[earner.aim])
    return stamp if bought else Reason("no_eligible_goods")


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


def weights_of(bill: Bill, rule: EarnRule) -> list[tuple[int, int]]:
    """List what multiplies an earning here; a level multiplies points, and nothing else."""
    buyer, moment, basket = bill.buyer, bill.moment, bill.basket
    counted = [
        (one.milli, place)
        for place, one in enumerate(rule.coefficients)
        if one.condition.why_not(buyer, moment, basket) is None
    ]
    # A gift is what its sentence says it is, on every level.
    if bill.points_milli != 1_000 and rule.yield_unit == "points" and rule.happening is None:
        counted.insert(0, (bill.points_milli, LEVEL))
    return counted


def multiplied(bill: Bill, rule: EarnRule, measured: int) -> tuple[int, list[tuple[int, int]]]:
    """Return progress in millionths, floored once, and the coefficients that counted (rules 2)."""
    weights = weights_of(bill, rule)
    return progress_of(rule, measured, weights), weights


def progress_of(rule: EarnRule, measured: int, weights: Sequence[tuple[int, int]]) -> int:
    """Return the progress, in millionths, of what was measured under these coefficients."""
    micros = measured * rule.rate_micro
    if not weights:
        return micros
    return micros * prod([milli for milli, _ in weights]) // int(1_000 ** len(weights))


def within_limits(
    book: Book, earner: Earner, allowance: Allowance, measured: int, micros: int
) -> tuple[int, int, int | None, Facts] | Reason:
    """Cut an earning to what the limits of its programme leave; see `cut_progress`."""
    have = book.plain(earner.progress) - book.plain(earner.owed)
    return cut_progress(earner.rule, allowance, have, measured, micros)


def contributed(
    earner: Earner,
    measured: int,
    micros: int,
    got: int,
    given: int,
    event: int,
    stamps: int | None,
    lines: tuple[int, ...] | None,
    weights: Weights,
) -> Contribution:
    """Note what a sale earned at once, and what of it was given within it."""
    revision, rule, (counted, on_some, most) = earner.revision, earner.rule, weights
    return made(
        Contribution,
        (
            revision.id,
            revision.key,
            measured,
            micros,
            rule.step_micro,
            rule.yield_per_step,
            earner.account,
            got,
            given,
            event,
            stamps,
            lines,
            counted,
            on_some,
            most,
            False,
            False,
        ),
    )


def voucher_of(earner: Earner, measured: int, micros: int, money_step_minor: int) -> Contribution | Reason:
    """Make a voucher of what one bill measures; what does not fill a step is not kept for another bill."""
    revision, rule = earner.revision, earner.rule
    steps = micros // rule.step_micro
    if not steps:
        missing = -(-(rule.step_micro - micros) // rule.rate_micro)
        return Reason("voucher_missing", {"missing_minor": missing})
    worth = floor_to_step(steps * rule.yield_per_step, money_step_minor)
    if not worth:
        return Reason("too_small")
    step, per_step = rule.step_micro, rule.yield_per_step
    return Contribution(revision.id, revision.key, measured, 0, step, per_step, earner.account, worth)


def waits(bill: Bill, rule: EarnRule) -> bool:
    """Say whether an earning waits for the money: visits and stamps count at delivery (rules 20)."""
    return bill.on_account and rule.measure == "amount" and rule.yield_unit not in ("reward", "voucher")


def promise(
    book: Book, earner: Earner, measured: int, micros: int, lines: tuple[int, ...] | None, weights: Weights
) -> Contribution:
    """Note what a sale on account will have earned once all of it is paid; nothing moves yet."""
    revision, rule = earner.revision, earner.rule
    have = max(0, book.plain(earner.progress) - book.plain(earner.owed))
    got = (have + micros) // rule.step_micro * rule.yield_per_step
    what = (revision.id, revision.key, measured, micros, rule.step_micro, rule.yield_per_step)
    return Contribution(*what, earner.account, got, 0, 0, None, lines, *weights, False, True)


def turn_over(bill: Bill, book: Book, expires: Expires, earner: Earner, yielded: int) -> int:
    """Open the lot of what full steps yielded; what an every-Nth card made free on this sale is used at once.

    Returns how much that was.
    """
    revision, account, moment = earner.revision, earner.account, bill.moment
    expires_on = expires(revision.expiry, moment.business_day)
    number = book.gain(account, yielded, made(NewLot, (moment.at_ms, expires_on, revision.id)))
    given = bill.given.get(revision.id, 0)
    if given:
        book.spend(account, given, [own for own in book.lots(account) if own.id == number])
    return given


def qualifying_points(contributions: Sequence[Contribution]) -> int:
    """Sum the points a purchase earned at once; gifts for an event lift nobody to a level (rules 23)."""
    return sum(
        [one.yielded for one in contributions if one.account == POINTS and not (one.event or one.later)]
    )
