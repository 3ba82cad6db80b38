"""Lane 1: free units, from held rewards and from cards whose Nth unit is free at once (rules 13, 19)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from loyalty_pos.domain.bill import Bill, Source, Took
from loyalty_pos.domain.earning import capped, count_units, multiplied
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule, FreeItem, Revision
from loyalty_pos.domain.ledger import Book, Lot, usable
from loyalty_pos.domain.limits import most_steps
from loyalty_pos.domain.lineup import Earner
from loyalty_pos.domain.trace import Reason


def apply_rewards(bill: Bill, book: Book, revisions: Mapping[int, Revision]) -> None:
    """Use every held reward that finds a unit worth something; the others stay held (rules 10)."""
    used: dict[int, tuple[int, int]] = {}
    refused: dict[int, Reason] = {}
    full: set[int] = set()
    lots = _reward_lots(bill, book)
    if not lots and not bill.choices.vouchers:
        return
    for number in sorted(bill.choices.vouchers - {lot.id for lot in lots}):
        _demand(bill, book.lot(number), refused.setdefault(book.lot(number).revision, _not_now(book, number)))
    for lot in lots:
        if lot.revision in full and lot.id not in bill.choices.vouchers:
            continue  # where one of them found no unit the next hundred will not
        revision = revisions[lot.revision]
        found = _use_lot(bill, revision, lot, lot.left - book.reserved_lots.get(lot.id, 0))
        if isinstance(found, Reason):
            refused.setdefault(revision.id, found)
            if found.code != "reserved":
                full.add(revision.id)
            _demand(bill, lot, found)
            continue
        units, value = found
        book.spend(lot.account, units, [lot])
        bill.rewarded.append(revision.key)
        had = used.get(revision.id, (0, 0))
        used[revision.id] = (had[0] + units, had[1] + value)
    for number, (units, value) in used.items():
        bill.tell(revisions[number], "discount", "reward_used", {"units": units}, value)
    for number, reason in refused.items():
        if number not in used:
            bill.refuse(revisions[number], "discount", reason)


def free_every_nth(bill: Bill, book: Book, earner: Earner) -> None:
    """Make the Nth unit of this sale free when the card says "every Nth" and this sale reaches it."""
    revision, rule = earner.revision, earner.rule
    units = count_units(bill, earner)
    units = capped(rule, units, bill.counted_today.get(revision.key, 0))
    bill.planned[revision.id] = (units, bill.earning[earner.aim])
    if not units or bill.choices.earn_only or bill.buyer is None:
        return
    micros, _ = multiplied(bill, rule, units)
    before = book.plain(earner.progress) - book.plain(earner.owed)
    steps = max(0, before + micros) // rule.step_micro
    allowance = bill.allowance(revision)
    most = most_steps(rule, allowance) if allowance else None
    if most is not None:
        steps = min(steps, most[0])
    if not steps:
        return
    if revision.key in bill.choices.decline:
        bill.refuse(revision, "discount", Reason("declined"))
        return
    value = 0
    for _ in range(steps):
        worth = _free_unit(bill, revision, rule.free_item or FreeItem(), "nth")
        if not worth:
            break
        value += worth
        bill.given[revision.id] = bill.given.get(revision.id, 0) + 1
    if value:
        facts = {"units": bill.given[revision.id], "before": max(0, before) // rule.rate_micro}
        bill.tell(revision, "discount", "nth_free", {**facts, "nth": rule.step_units}, value)
    else:
        bill.refuse(revision, "discount", _no_unit(bill, rule.free_item or FreeItem()))


def _reward_lots(bill: Bill, book: Book) -> Sequence[Lot]:
    lots: list[Lot] = []
    for account in book.accounts():
        if account[0] == "reward":
            lots += usable(book, account)
    return sorted(lots, key=lambda lot: lot.id not in bill.choices.vouchers)


def _use_lot(bill: Bill, revision: Revision, lot: Lot, free: int) -> tuple[int, int] | Reason:
    """Make what fits of a lot free: how many units and their worth, or why none."""
    rule = revision.rule
    assert isinstance(rule, EarnRule)
    item = rule.free_item or FreeItem()
    if revision.key in bill.choices.idle:
        return bill.choices.left_out.get(revision.id) or Reason("saves_nothing")
    if revision.key in bill.choices.decline and lot.id not in bill.choices.vouchers:
        return Reason("declined")
    if free <= 0:
        return Reason("reserved")
    units = value = 0
    while units < free and _has_room(bill, revision, rule):
        worth = _free_unit(bill, revision, item, "reward")
        if not worth:
            break
        units, value = units + 1, value + worth
    return (units, value) if units else _no_unit(bill, item)


def _has_room(bill: Bill, revision: Revision, rule: EarnRule) -> bool:
    """In amount mode only as many units can be free as the stepper says the amount holds."""
    if not bill.basket.amount_mode:
        return True
    free = bill.free_of.get(revision.key, 0)
    if rule.measure != "units":
        return free < 1
    return free < bill.choices.counts.get(revision.key, rule.default_count or 0)


def _free_unit(bill: Bill, revision: Revision, item: FreeItem, source: Source) -> int:
    """Make one unit free and return its worth; 0 when there is none worth anything."""
    if bill.basket.amount_mode:
        worth = min(item.amount_mode_minor or 0, bill.nets[0])
        if worth:
            bill.nets[0] -= worth
            bill.free[0] += 1
            bill.free_of[revision.key] = bill.free_of.get(revision.key, 0) + 1
            bill.took.append(Took(0, revision.id, source, 0, worth, 1))
        return worth
    index = _choose(bill, revision, item)
    if index is None:
        return 0
    worth = bill.unit_value(index)
    if item.cap_minor is not None:
        worth = min(worth, item.cap_minor)
    bill.free[index] += 1
    bill.nets[index] -= worth
    bill.took.append(Took(index, revision.id, source, 0, worth, 1))
    return worth


def _choose(bill: Bill, revision: Revision, item: FreeItem) -> int | None:
    """Return the line of the cheapest eligible unit, or the line the cashier picked (rules 13)."""
    reached = bill.reached(item.goods, revision.condition)
    fitting = [i for i in reached if bill.line(i).earns and i not in bill.closed and bill.unit_value(i)]
    picked = bill.choices.free_lines.get(revision.key)
    if picked is not None and picked - 1 in fitting:
        return picked - 1
    return min(fitting, key=lambda i: (Fraction(bill.starts[i], bill.line(i).quantity), i), default=None)


def _no_unit(bill: Bill, item: FreeItem) -> Reason:
    if bill.basket.amount_mode and not item.amount_mode_minor:
        return Reason("needs_goods")
    return Reason("no_free_unit")


def _not_now(book: Book, number: int) -> Reason:
    """Say why a right that was handed in on paper cannot be used today."""
    lot = book.lot(number)
    if lot.expires_on is not None and not lot.live(book.day):
        return Reason("reward_expired", {"day": lot.expires_on})
    return Reason("reward_pending")


def _demand(bill: Bill, lot: Lot, reason: Reason) -> None:
    if reason.code in ("saves_nothing", "not_with", "better_benefit"):
        return  # it stays the member's, unused, and the trace says so
    if lot.id in bill.choices.vouchers and not bill.choices.lenient:
        if reason.code == "reserved":
            raise Rejection("voucher_reserved", programme=lot.account[1])
        raise Rejection("voucher_not_usable", reason=reason.code, programme=lot.account[1])
