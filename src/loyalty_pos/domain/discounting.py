"""Lane 2: member prices and percents. The best benefit per line wins (rules 9, 10, 12)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.families import DiscountRule, Revision, Rule, TierRule
from loyalty_pos.domain.money import MICRO, floor_to_step, split
from loyalty_pos.domain.trace import Reason

BP = 10_000


@dataclass(slots=True)
class Wish:
    """What one programme would take off each line, in millionths, before flooring; and the lines it won."""

    revision: Revision
    rule: DiscountRule
    micros: Sequence[int]
    won: list[int] = field(default_factory=list)

    def precedes(self, other: "Wish") -> bool:
        """Of equal benefits the one that ends sooner wins, then the lower programme (rules 10)."""
        return _tie(self.revision) < _tie(other.revision)


def percents_of(bill: Bill, live: Sequence[Revision]) -> list[tuple[Revision, DiscountRule]]:
    """List what may lower prices by a percent; the level of the buyer may do so too."""
    found = []
    for revision in live:
        rule: Rule | None = revision.rule
        if isinstance(rule, TierRule):
            level = bill.standing.level if bill.standing else None
            rule = level.discount if level else None
        if isinstance(rule, DiscountRule):
            found.append((revision, rule))
    return found


def apply_percents(
    bill: Bill, revisions: Sequence[tuple[Revision, DiscountRule]], money_step_minor: int
) -> None:
    """Give every line its best percent; each winner's total floors once, then splits over its lines."""
    wishes = [wish for revision, rule in revisions if (wish := _wish(bill, revision, rule)) is not None]
    winners: list[Wish | None] = [None] * len(bill.nets)
    most = [0] * len(bill.nets)
    for wish in wishes:
        for i, micros in enumerate(wish.micros):
            if micros < most[i] or not micros:
                continue
            if micros > most[i] or ((other := winners[i]) is not None and wish.precedes(other)):
                winners[i], most[i] = wish, micros
    for i, winner in enumerate(winners):
        if winner is not None:
            winner.won.append(i)
    for wish in wishes:
        _settle(bill, wish, winners, money_step_minor)


def _wish(bill: Bill, revision: Revision, rule: DiscountRule) -> Wish | None:
    reason = bill.why_not(revision)
    if reason is None and revision.key in bill.choices.decline:
        reason = Reason("declined")
    if reason is not None:
        bill.refuse(revision, "discount", reason)
        return None
    rate, reach = rule.rate_bp * (MICRO // BP), bill.reached(rule.goods, revision.condition)
    bases: Sequence[int] = bill.nets
    if not reach.whole:
        bases = [0] * len(bill.nets)
        for i in reach.lines:
            bases[i] = bill.nets[i]
    whole = sum(bases) * rate
    if not whole:
        unknown = bill.basket.amount_mode and bill.nets[0] > 0
        bill.refuse(revision, "discount", Reason("needs_goods" if unknown else "no_eligible_goods"))
        return None
    if rule.cap_minor is not None and whole > rule.cap_minor * MICRO:
        # In proportion to the lines' wishes is in proportion to the lines: all have the same rate.
        return Wish(revision, rule, split(rule.cap_minor * MICRO, bases))
    return Wish(revision, rule, [net * rate for net in bases])


def _settle(bill: Bill, wish: Wish, winners: Sequence[Wish | None], money_step_minor: int) -> None:
    won, rule = wish.won, wish.rule
    if not won:
        for better, micros in zip(winners, wish.micros, strict=True):
            if better is not None and micros:
                bill.refuse(wish.revision, "discount", Reason("better_benefit", {"by": better.revision.id}))
                return
    weights = [wish.micros[i] for i in won]
    base = sum([bill.nets[i] for i in won])
    total = floor_to_step(sum(weights) // MICRO, money_step_minor)
    if not total:
        bill.refuse(wish.revision, "discount", Reason("too_small"))
        return
    for i, part in zip(won, split(total, weights), strict=True):
        bill.nets[i] -= part
    capped = rule.cap_minor is not None and total == floor_to_step(rule.cap_minor, money_step_minor)
    facts = {"base_minor": base, "rate_bp": rule.rate_bp, "capped": int(capped)}
    bill.tell(wish.revision, "discount", "percent_off", facts, total)


def _tie(revision: Revision) -> tuple[str, int]:
    return (revision.condition.to_day or "9999-12-31", revision.programme)
