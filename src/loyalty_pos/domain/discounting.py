"""The lanes: in each the best benefit per line wins, and lanes add up (rules 9-12)."""

from dataclasses import replace

from loyalty_pos.domain.basket import HandedIn
from loyalty_pos.domain.bill import Bill, Took
from loyalty_pos.domain.buying import keep_points, not_bought
from loyalty_pos.domain.conditions import ALWAYS
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import UNLIMITED, DiscountRule, Lane, OffBill, Percent, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.limits import narrowed
from loyalty_pos.domain.lineup import EVERY_LINE, Discount, Lineup, by_lane, tie_of
from loyalty_pos.domain.money import MICRO, floor_to_step, split
from loyalty_pos.domain.offers import Wish, wish_of
from loyalty_pos.domain.terms import discounts_of_terms
from loyalty_pos.domain.trace import Facts, Reason
from loyalty_pos.domain.tuples import made

BY_LINE: tuple[Lane, ...] = (2, 3)
DECLINED, NEEDS_GOODS = Reason("declined"), Reason("needs_goods")


@dataclass(slots=True)
class Claim:
    """What one benefit wants on this bill, and the lines it won. `code` is the code that brings it, or 0.

    `left_minor` is what was left of its budget, when it wants more than that.
    """

    one: Discount
    wish: Wish
    code: int = 0
    left_minor: int | None = None
    won: list[int] | None = None
    worth_minor: int = 0
    """What the voucher that brings it is worth: what the bill does not take of it is lost."""

    def win(self, line: int) -> None:
        if self.won is None:
            self.won = []
        self.won.append(line)


Offered = dict[Lane, list[Discount]]
"""What may lower prices, by lane, in the order of the programmes."""


def discounts_of(bill: Bill, lineup: Lineup) -> Offered:
    """List what may lower prices; the level of the buyer and a contract may do so too."""
    level = bill.standing.level if bill.standing else None
    gives = discounts_of_terms(bill.terms) if bill.terms else []
    if level is not None and level.discount is not None:
        gives += [levels[level.key] for levels in lineup.levels.values() if level.key in levels]
    return by_lane([*lineup.discounts, *gives]) if gives else lineup.lanes


def apply_lanes(bill: Bill, offered: Offered, money_step_minor: int) -> None:
    """Apply lanes 2 to 4; every winner's total floors once, then splits over its lines."""
    for lane in BY_LINE:
        if lane in offered:
            apply_lane(bill, offered[lane], money_step_minor)
    if 4 in offered or bill.choices.handed_in:
        _apply_fixed(bill, offered.get(4, []), money_step_minor)


def apply_lane(bill: Bill, discounts: list[Discount], money_step_minor: int) -> None:
    """Give every line the best of what one lane offers."""
    claims = claims_in(bill, discounts)
    if not claims:
        return
    winners = winners_of(claims)
    for i, winner in enumerate(winners):
        if winner is not None:
            winner.win(i)
    for claim in claims:
        _settle(bill, claim, winners, money_step_minor)


def winners_of(claims: list[Claim]) -> list[Claim | None]:
    """Find for each line who takes most off it, before anything floors; of equals the first in order."""
    found: list[Claim | None] = [None] * len(claims[0].wish.micros)
    most = [0] * len(found)
    for claim in claims:
        tie = claim.one.tie
        for i, micros in enumerate(claim.wish.micros):
            if micros < most[i] or not micros:
                continue
            before = found[i]
            if before is None or micros > most[i] or tie < before.one.tie:
                found[i], most[i] = claim, micros
    return found


def claims_in(bill: Bill, discounts: list[Discount]) -> list[Claim]:
    """Work out what each benefit of a lane would take, telling of those that take nothing."""
    claims, handed_in = [], bill.choices.handed_in
    bill.capped.clear()
    for one in discounts:
        number = one.revision.id
        code = next((each.code for each in handed_in if each.revision == number), 0) if handed_in else 0
        if one.rule.by_code and not code:
            continue  # a code nobody handed in is no news on this bill
        claim = _claim(bill, one, code)
        if claim is not None:
            claims.append(claim)
    return claims


def _claim(bill: Bill, one: Discount, code: int) -> Claim | None:
    revision, rule = one.revision, one.rule
    unlimited = revision.limits is UNLIMITED
    reason = bill.outside.get(revision.id) if unlimited else bill.why_not(revision)
    if reason is None and revision.key in bill.choices.decline:
        reason = DECLINED
    if reason is None and bill.basket.amount_mode and not _needs_no_goods(rule):
        reason = NEEDS_GOODS
    if reason is not None:
        _refuse(bill, revision, reason, code)
        return None
    allowance = None if unlimited else bill.allowance(revision)
    wanted = rule if allowance is None else narrowed(rule, allowance)
    wish = wish_of(bill, one, wanted)
    if not any(wish.micros):
        _refuse(bill, revision, _nothing(bill, one), code)
        return None
    reason = not_bought(bill, revision, rule, wish)
    if reason is not None:
        bill.refuse(revision, "discount", reason)
        return None
    left = allowance.money_minor if allowance else None
    cut = left is not None and wanted.cap_minor != rule.cap_minor and sum(wish.micros) >= left * MICRO
    return Claim(one, wish, code, left if cut else None)


def _refuse(bill: Bill, revision: Revision, reason: Reason, code: int) -> None:
    bill.refuse(revision, "discount", reason)
    if code:
        _demand(bill, revision, reason)


def _demand(bill: Bill, revision: Revision, reason: Reason) -> None:
    """Refuse the sale when a code was handed in that cannot be used, unless that is left to us (rules 12)."""
    if not bill.choices.lenient and reason.code not in ("declined", "better_benefit", "not_with", "alone"):
        facts = {**reason.facts, "reason": reason.code, "programme": revision.key}
        raise Rejection("code_not_usable", **facts)


def _needs_no_goods(rule: DiscountRule) -> bool:
    offer = rule.offer
    if isinstance(offer, Percent):
        return offer.max_units is None and offer.group_size == 1
    return isinstance(offer, OffBill)


def _nothing(bill: Bill, one: Discount) -> Reason:
    none = bill.no_goods(one.rule.goods, one.revision.condition)
    if not bill.reach[one.aim] and none.code == "all_reduced":
        return none
    if bill.basket.amount_mode and bill.nets[0] > 0:
        return NEEDS_GOODS
    if bill.reach[one.aim] and not isinstance(one.rule.offer, Percent | OffBill):
        return Reason("set_not_full")
    return none


def _settle(bill: Bill, claim: Claim, winners: list[Claim | None], money_step_minor: int) -> None:
    won = claim.won
    if won is None:
        keep_points(bill, claim.one.rule)
        bill.refuse(claim.one.revision, "discount", _beaten(claim, winners))
        return
    weights = [claim.wish.micros[i] for i in won]
    total = floor_to_step(sum(weights) // MICRO, money_step_minor)
    _take(bill, claim, won, weights, total, money_step_minor)


def _beaten(claim: Claim, winners: list[Claim | None]) -> Reason:
    for i, micros in enumerate(claim.wish.micros):
        if micros and (better := winners[i]) is not None and better is not claim:
            return made(Reason, ("better_benefit", {"by": better.one.revision.id}))
    return Reason("free_unit_saves_more")


def _take(
    bill: Bill, claim: Claim, lines: list[int], weights: list[int], total: int, step_minor: int
) -> None:
    """Take a floored total off lines, and remember the code that brought it."""
    if not total:
        keep_points(bill, claim.one.rule)
        bill.refuse(claim.one.revision, "discount", Reason("too_small"))
        return
    base = sum([bill.nets[i] for i in lines])
    parts = split(total, weights)
    for i, part in zip(lines, parts, strict=True):
        bill.nets[i] -= part
        units = claim.wish.free.get(i, 0)
        bill.free[i] += units
        bill.took.append(made(Took, (i, claim.one.revision.id, "benefit", claim.code, part, units)))
    if claim.one.rule.lane != 4:
        bill.reduce([i for i, part in zip(lines, parts, strict=True) if part])
    if claim.code:
        bill.used_codes.append(claim.code)
    if claim.one.rule.price_points:
        bill.bought[claim.one.revision.id] = claim.one.rule.price_points
    bill.use(claim.one.revision, claim.wish.sets, total)
    _tell(bill, claim, base, total, step_minor)


def _tell(bill: Bill, claim: Claim, base_minor: int, total: int, step_minor: int) -> None:
    facts: Facts
    rule, revision = claim.one.rule, claim.one.revision
    cut: dict[str, int | str] = {} if claim.left_minor is None else {"left_minor": claim.left_minor}
    if rule.price_points:
        cut["points"] = rule.price_points
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


def settle_sets(bill: Bill, claims: list[Claim], money_step_minor: int) -> frozenset[int]:
    """Lane 1 beside the free units given already: of both, the better stays on each line.

    Returns the lines on which a set offer takes more than those free units; nothing is settled then.
    """
    given = [(start - net) * MICRO for start, net in zip(bill.starts, bill.nets, strict=True)]
    winners = winners_of(claims)
    better = frozenset(
        i for i, winner in enumerate(winners) if winner is not None and winner.wish.micros[i] > given[i] > 0
    )
    if better:
        return better
    for i, winner in enumerate(winners):
        if winner is not None and not given[i]:
            winner.win(i)
    for claim in claims:
        _settle(bill, claim, winners, money_step_minor)
    return better


def _apply_fixed(bill: Bill, discounts: list[Discount], money_step_minor: int) -> None:
    """Lane 4: all that was handed in counts in turn, then the best automatic amount joins (rules 10)."""
    by_code = {one.revision.id: one for one in discounts if one.rule.by_code}
    for handed in bill.choices.handed_in:
        claim = None
        if handed.worth_minor:
            claim = _voucher(bill, handed)
        elif handed.revision in by_code:
            claim = _claim(bill, by_code[handed.revision], handed.code)
        if claim is not None:
            _take_whole(bill, claim, money_step_minor)
    # What points are given for is handed in as a voucher is, and counts beside the others.
    for one in discounts:
        if one.rule.price_points and (claim := _claim(bill, one, 0)) is not None:
            _take_whole(bill, claim, money_step_minor)
    claims = []
    for one in discounts:
        automatic = not (one.rule.by_code or one.rule.price_points)
        if automatic and (claim := _claim(bill, one, 0)) is not None:
            claims.append(claim)
    if not claims:
        return
    best = min(claims, key=lambda claim: (-sum(claim.wish.micros), claim.one.tie))
    _take_whole(bill, best, money_step_minor)
    for claim in claims:
        if claim is not best:
            reason = Reason("better_benefit", {"by": best.one.revision.id})
            bill.refuse(claim.one.revision, "discount", reason)


def _voucher(bill: Bill, handed: HandedIn) -> Claim | None:
    """Claim what a voucher is worth; the conditions and limits of its programme held when it was made."""
    made_by = bill.known[handed.revision]
    if made_by.key in bill.choices.decline:
        bill.refuse(made_by, "discount", DECLINED)
        return None
    rule = DiscountRule(OffBill(handed.worth_minor), 4, by_code=True)
    revision = replace(made_by, rule=rule, condition=ALWAYS, limits=UNLIMITED)
    one = Discount(revision, rule, EVERY_LINE, tie_of(revision), 0)
    wish = wish_of(bill, one, rule)
    return Claim(one, wish, handed.code, worth_minor=handed.worth_minor) if any(wish.micros) else None


def _take_whole(bill: Bill, claim: Claim, money_step_minor: int) -> None:
    lines = [i for i, micros in enumerate(claim.wish.micros) if micros]
    weights = [claim.wish.micros[i] for i in lines]
    _take(
        bill, claim, lines, weights, floor_to_step(sum(weights) // MICRO, money_step_minor), money_step_minor
    )
