"""The lanes: in each the best benefit per line wins, and lanes add up (rules 9-12)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from loyalty_pos.domain.basket import HandedIn
from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.conditions import ALWAYS
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import (
    UNLIMITED,
    DiscountRule,
    Lane,
    OffBill,
    Percent,
    Revision,
    Rule,
    TierRule,
)
from loyalty_pos.domain.limits import narrowed
from loyalty_pos.domain.money import MICRO, floor_to_step, split
from loyalty_pos.domain.offers import Wish, wish_of
from loyalty_pos.domain.trace import Facts, Reason

BY_LINE: tuple[Lane, ...] = (2, 3)


@dataclass(slots=True)
class Claim:
    """What one benefit wants on this bill, and the lines it won. `code` is the code that brings it, or 0.

    `left_minor` is what was left of its budget, when it wants more than that.
    """

    revision: Revision
    rule: DiscountRule
    wish: Wish
    code: int = 0
    won: list[int] = field(default_factory=list)
    left_minor: int | None = None
    worth_minor: int = 0
    """What the voucher that brings it is worth: what the bill does not take of it is lost."""

    def precedes(self, other: "Claim") -> bool:
        """Of equal benefits the one that ends sooner wins, then the lower programme, then the lower code."""
        return _tie(self) < _tie(other)


def discounts_of(bill: Bill, live: Sequence[Revision]) -> list[tuple[Revision, DiscountRule]]:
    """List what may lower prices; the level of the buyer may do so too."""
    found = []
    for revision in live:
        rule: Rule | None = revision.rule
        if isinstance(rule, TierRule):
            level = bill.standing.level if bill.standing else None
            rule = level.discount if level else None
        if isinstance(rule, DiscountRule):
            found.append((revision, rule))
    return found


def apply_lanes(
    bill: Bill, discounts: Sequence[tuple[Revision, DiscountRule]], money_step_minor: int
) -> None:
    """Apply lanes 2 to 4; every winner's total floors once, then splits over its lines."""
    for lane in BY_LINE:
        apply_lane(bill, discounts, lane, money_step_minor)
    _apply_fixed(bill, discounts, money_step_minor)


def apply_lane(
    bill: Bill, discounts: Sequence[tuple[Revision, DiscountRule]], lane: Lane, money_step_minor: int
) -> None:
    """Give every line the best of what one lane offers."""
    claims = claims_in(bill, discounts, lane)
    winners = winners_of(claims, len(bill.nets))
    for i, winner in enumerate(winners):
        if winner is not None:
            winner.won.append(i)
    for claim in claims:
        _settle(bill, claim, winners, money_step_minor)


def winners_of(claims: Sequence[Claim], lines: int) -> list[Claim | None]:
    """Find for each line who takes most off it, compared before anything floors."""
    winners: list[Claim | None] = [None] * lines
    most = [0] * lines
    for claim in claims:
        for i, micros in enumerate(claim.wish.micros):
            if micros < most[i] or not micros:
                continue
            if micros > most[i] or ((other := winners[i]) is not None and claim.precedes(other)):
                winners[i], most[i] = claim, micros
    return winners


def claims_in(bill: Bill, discounts: Sequence[tuple[Revision, DiscountRule]], lane: Lane) -> list[Claim]:
    """Work out what each benefit of a lane would take, telling of those that take nothing."""
    claims = []
    for revision, rule in discounts:
        if rule.lane != lane:
            continue
        codes = [one.code for one in bill.choices.handed_in if one.revision == revision.id]
        if rule.by_code and not codes:
            continue  # a code nobody handed in is no news on this bill
        claim = _claim(bill, revision, rule, codes[0] if codes else 0)
        if claim is not None:
            claims.append(claim)
    return claims


def _claim(bill: Bill, revision: Revision, rule: DiscountRule, code: int) -> Claim | None:
    reason = bill.why_not(revision)
    if reason is None and revision.key in bill.choices.decline:
        reason = Reason("declined")
    if reason is None and bill.basket.amount_mode and not _needs_no_goods(rule):
        reason = Reason("needs_goods")
    if reason is not None:
        bill.refuse(revision, "discount", reason)
        _demand(bill, revision, reason, code)
        return None
    allowance = bill.allowance(revision)
    wanted = rule if allowance is None else narrowed(rule, allowance)
    wish = wish_of(bill, wanted, revision.condition)
    if not any(wish.micros):
        reason = _nothing(bill, revision, rule)
        bill.refuse(revision, "discount", reason)
        _demand(bill, revision, reason, code)
        return None
    left = allowance.money_minor if allowance else None
    cut = left is not None and wanted.cap_minor != rule.cap_minor and sum(wish.micros) >= left * MICRO
    return Claim(revision, rule, wish, code, left_minor=left if cut else None)


def _demand(bill: Bill, revision: Revision, reason: Reason, code: int) -> None:
    """Refuse the sale when a code was handed in that cannot be used, unless that is left to us (rules 12)."""
    if (
        code
        and not bill.choices.lenient
        and reason.code not in ("declined", "better_benefit", "not_with", "alone")
    ):
        facts = {**reason.facts, "reason": reason.code, "programme": revision.key}
        raise Rejection("code_not_usable", **facts)


def _needs_no_goods(rule: DiscountRule) -> bool:
    offer = rule.offer
    if isinstance(offer, Percent):
        return offer.max_units is None and offer.group_size == 1
    return isinstance(offer, OffBill)


def _nothing(bill: Bill, revision: Revision, rule: DiscountRule) -> Reason:
    if bill.basket.amount_mode and bill.nets[0] > 0:
        return Reason("needs_goods")
    if bill.reached(rule.goods, revision.condition).lines and not isinstance(rule.offer, Percent | OffBill):
        return Reason("set_not_full")
    return Reason("no_eligible_goods")


def _settle(bill: Bill, claim: Claim, winners: Sequence[Claim | None], money_step_minor: int) -> None:
    won = claim.won
    if not won:
        bill.refuse(claim.revision, "discount", _beaten(claim, winners))
        return
    weights = [claim.wish.micros[i] for i in won]
    total = floor_to_step(sum(weights) // MICRO, money_step_minor)
    _take(bill, claim, won, weights, total, money_step_minor)


def _beaten(claim: Claim, winners: Sequence[Claim | None]) -> Reason:
    for better, micros in zip(winners, claim.wish.micros, strict=True):
        if better is not None and better is not claim and micros:
            return Reason("better_benefit", {"by": better.revision.id})
    return Reason("free_unit_saves_more")


def _take(
    bill: Bill, claim: Claim, lines: Sequence[int], weights: Sequence[int], total: int, step_minor: int
) -> None:
    """Take a floored total off lines, and remember the code that brought it."""
    if not total:
        bill.refuse(claim.revision, "discount", Reason("too_small"))
        return
    base = sum([bill.nets[i] for i in lines])
    for i, part in zip(lines, split(total, weights), strict=True):
        bill.nets[i] -= part
        bill.free[i] += claim.wish.free.get(i, 0)
    if claim.code:
        bill.used_codes.append(claim.code)
    bill.use(claim.revision, claim.wish.sets, total)
    _tell(bill, claim, base, total, step_minor)


def _tell(bill: Bill, claim: Claim, base_minor: int, total: int, step_minor: int) -> None:
    facts: Facts
    rule, revision = claim.rule, claim.revision
    cut: Facts = {} if claim.left_minor is None else {"left_minor": claim.left_minor}
    capped = int(rule.cap_minor is not None and total == floor_to_step(rule.cap_minor, step_minor))
    if claim.worth_minor:
        facts = {"worth_minor": claim.worth_minor, "lost_minor": claim.worth_minor - total}
        bill.tell(revision, "discount", "voucher_off", facts, total)
    elif isinstance(rule.offer, Percent):
        facts = {"base_minor": base_minor, "rate_bp": rule.offer.rate_bp, "capped": capped, **cut}
        bill.tell(revision, "discount", "percent_off", facts, total)
    elif rule.lane == 1:
        bill.tell(revision, "discount", "set_off", {"sets": claim.wish.sets, **cut}, total)
    else:
        facts = {"base_minor": base_minor, "capped": capped, **cut}
        bill.tell(revision, "discount", "amount_off", facts, total)


def settle_sets(bill: Bill, claims: Sequence[Claim], money_step_minor: int) -> frozenset[int]:
    """Lane 1 beside the free units given already: of both, the better stays on each line.

    Returns the lines on which a set offer takes more than those free units; nothing is settled then.
    """
    given = [(start - net) * MICRO for start, net in zip(bill.starts, bill.nets, strict=True)]
    winners = winners_of(claims, len(bill.nets))
    better = frozenset(
        i for i, winner in enumerate(winners) if winner is not None and winner.wish.micros[i] > given[i] > 0
    )
    if better:
        return better
    for i, winner in enumerate(winners):
        if winner is not None and not given[i]:
            winner.won.append(i)
    for claim in claims:
        _settle(bill, claim, winners, money_step_minor)
    return better


def _apply_fixed(
    bill: Bill, discounts: Sequence[tuple[Revision, DiscountRule]], money_step_minor: int
) -> None:
    """Lane 4: all that was handed in counts in turn, then the best automatic amount joins (rules 10)."""
    fixed = {revision.id: (revision, rule) for revision, rule in discounts if rule.lane == 4}
    for handed in bill.choices.handed_in:
        claim = None
        if handed.worth_minor:
            claim = _voucher(bill, handed)
        elif handed.revision in fixed and fixed[handed.revision][1].by_code:
            claim = _claim(bill, *fixed[handed.revision], handed.code)
        if claim is not None:
            _take_whole(bill, claim, money_step_minor)
    claims = []
    for revision, rule in fixed.values():
        if not rule.by_code and (claim := _claim(bill, revision, rule, 0)) is not None:
            claims.append(claim)
    best = min(claims, key=lambda claim: (-sum(claim.wish.micros), _tie(claim)), default=None)
    for claim in claims:
        if claim is best:
            _take_whole(bill, claim, money_step_minor)
        elif best is not None:
            bill.refuse(claim.revision, "discount", Reason("better_benefit", {"by": best.revision.id}))


def _voucher(bill: Bill, handed: HandedIn) -> Claim | None:
    """Claim what a voucher is worth; the conditions and limits of its programme held when it was made."""
    made_by = bill.known[handed.revision]
    rule = DiscountRule(OffBill(handed.worth_minor), 4, by_code=True)
    revision = replace(made_by, rule=rule, condition=ALWAYS, limits=UNLIMITED)
    if revision.key in bill.choices.decline:
        bill.refuse(revision, "discount", Reason("declined"))
        return None
    wish = wish_of(bill, rule, ALWAYS)
    if not any(wish.micros):
        return None
    return Claim(revision, rule, wish, handed.code, worth_minor=handed.worth_minor)


def _take_whole(bill: Bill, claim: Claim, money_step_minor: int) -> None:
    lines = [i for i, micros in enumerate(claim.wish.micros) if micros]
    weights = [claim.wish.micros[i] for i in lines]
    _take(
        bill, claim, lines, weights, floor_to_step(sum(weights) // MICRO, money_step_minor), money_step_minor
    )


def _tie(claim: Claim) -> tuple[str, int, int]:
    return (claim.revision.condition.to_day or "9999-12-31", claim.revision.programme, claim.code)
