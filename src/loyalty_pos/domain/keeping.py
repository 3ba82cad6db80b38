"""What of a recorded sale is kept, and what that is worth, counts and earns (rules 26-29, 31).

Everything is a function of the sale and of what is kept of it, never of the way there: refunds of any
parts in any order come to the same as one refund of their sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import NamedTuple

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Source, Took
from loyalty_pos.domain.conditions import Condition, Goods
from loyalty_pos.domain.earning import LEVEL, Contribution, progress_of
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import POINTS
from loyalty_pos.domain.money import floor_to_step, split, split_growing
from loyalty_pos.domain.weighing import untaxed, weigh_lines

NO_YIELDS: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale as it was recorded: what each line came to, what lowered it, what paid and what was earned.

    `revisions` are those it used. `counts` says by revision how often a benefit was given, `bought` how many
    points it took. `tender_minor` paid for goods, `given_minor` of it nobody had bought (rules 16). `cards`
    says of each gift card that paid what it paid for goods, and for the gift cards sold.
    """

    basket: Basket
    nets_minor: tuple[int, ...]
    free_units: tuple[int, ...]
    took: tuple[Took, ...] = ()
    tender_minor: int = 0
    contributions: tuple[Contribution, ...] = ()
    revisions: Mapping[int, Revision] = field(default_factory=dict)
    qualifying_minor: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)
    given_minor: int = 0
    cards: tuple[tuple[int, int], ...] = ()
    bought: Mapping[int, int] = field(default_factory=dict)
    money_step_minor: int = 1
    on_account_minor: int = 0
    """What was left to be paid later; 0 of a sale that was paid at once (rules 20)."""
    received_minor: int = 0
    """What of that was paid since."""

    @property
    def net_minor(self) -> int:
        return sum(self.nets_minor)

    def start_minor(self, i: int) -> int:
        return self.basket.lines[i].gross_minor - self.basket.lines[i].till_discount_minor

    def key(self, revision: int) -> str:
        return self.revisions[revision].key


class Kept(NamedTuple):
    """What is kept of a sale: units and money by line.

    `withheld` counts by entry of `took` the free units that were paid for after all (rules 29); `yields`
    by revision what was taken back of what it had yielded.
    """

    quantities: tuple[int, ...]
    nets_minor: tuple[int, ...]
    withheld: tuple[int, ...]
    yields: Mapping[int, int] = NO_YIELDS
    stored: bool = False
    """The gift cards sold beside the goods are kept; they come back with the whole sale alone."""
    held_minor: int = 0
    """What is withheld for vouchers of this sale that were spent and would be worth less."""
    spared: int = 0
    """How many points were taken back that had never counted towards levels: rests had made them since."""

    @property
    def nothing(self) -> bool:
        return not any(self.quantities) and not self.stored


def everything_of(sold: Sold) -> Kept:
    quantities = tuple(line.quantity for line in sold.basket.lines)
    stored = sold.basket.stored_minor > 0
    return Kept(quantities, sold.nets_minor, (0,) * len(sold.took), stored=stored)


def nothing_of(sold: Sold, kept: Kept) -> Kept:
    return _no_goods(sold, kept)._replace(stored=False)


def _no_goods(sold: Sold, kept: Kept) -> Kept:
    none = (0,) * len(sold.nets_minor)
    return kept._replace(quantities=none, nets_minor=none, withheld=(0,) * len(sold.took))


def without_units(sold: Sold, kept: Kept, returned: Mapping[int, int]) -> Kept:
    """Take units off lines, numbered from 0; raises Rejection for more than there are."""
    quantities, nets = list(kept.quantities), list(kept.nets_minor)
    for i, units in returned.items():
        line, left = sold.basket.lines[i], kept.quantities[i]
        if units > left:
            code = "already_refunded" if units <= line.quantity else "more_than_bought"
            raise Rejection(code, line=i + 1, asked=units, left=left, bought=line.quantity)
        quantities[i] -= units
        whole, rest = net_of(sold, i, left), net_of(sold, i, left - units)
        # Where money was given back on the line before, its units are worth that much less.
        nets[i] = rest if nets[i] == whole else nets[i] * rest // whole
    if not any(quantities):
        return _no_goods(sold, kept)
    return _released(sold, kept, kept._replace(quantities=tuple(quantities), nets_minor=tuple(nets)))


def without_money(sold: Sold, kept: Kept, amount_minor: int) -> Kept:
    """Take an amount off what is kept, spread over its lines; raises Rejection for more than that."""
    left = sum(kept.nets_minor)
    if amount_minor > left:
        code = "more_than_left" if left else "already_refunded"
        raise Rejection(code, asked_minor=amount_minor, left_minor=left)
    if amount_minor == left:
        return _no_goods(sold, kept)
    weights = [net_of(sold, i, units) for i, units in enumerate(kept.quantities)]
    return kept._replace(nets_minor=tuple(split_growing(left - amount_minor, weights)))


def net_of(sold: Sold, i: int, units: int) -> int:
    """Return what so many units of a line were paid: discounts frozen per unit, free ones kept longest."""
    net, bought = sold.nets_minor[i], sold.basket.lines[i].quantity
    if units == bought:
        return net
    whole = _weight(sold, i, bought)
    return net - net * (whole - _weight(sold, i, units)) // whole if whole else 0


def _weight(sold: Sold, i: int, units: int) -> int:
    """Weigh what units of a line cost before other discounts; a free unit costs what its cap left of it."""
    start, bought, free = sold.start_minor(i), sold.basket.lines[i].quantity, sold.free_units[i]
    if not free:
        return units * start
    worth = bought * _worth_free(sold, i)
    return free * units * start - min(free, units) * (worth or free * start)


def _released(sold: Sold, before: Kept, kept: Kept) -> Kept:
    """Let go of withheld prices as units come back: those were paid for, so they come first."""
    pairs = zip(units_kept(sold, before), units_kept(sold, kept), kept.withheld, strict=True)
    return kept._replace(withheld=tuple([max(0, held - (was - now)) for was, now, held in pairs]))


def units_kept(sold: Sold, kept: Kept) -> list[int]:
    """Count by entry of `took` the free units that are still with the customer; the first one stays last."""
    left = [min(pair) for pair in zip(sold.free_units, kept.quantities, strict=True)]
    if sold.basket.amount_mode:
        left = [sold.free_units[0] if kept.quantities[0] else 0]
    found = []
    for one in sold.took:
        units = min(one.units, left[one.line])
        left[one.line] -= units
        found.append(units)
    return found


def values(sold: Sold, kept: Kept) -> list[int]:
    """Return what each line is worth now, withheld prices included."""
    found = list(kept.nets_minor)
    for one, units in zip(sold.took, kept.withheld, strict=True):
        if units:
            found[one.line] += price_withheld(sold, one, units)
    return found


def price_withheld(sold: Sold, took: Took, units: int) -> int:
    """Return what free units would have cost, lowered by the later lanes as the rest of the line was."""
    before = sold.start_minor(took.line) - _worth_free(sold, took.line)
    price = took.minor * units
    return price * sold.nets_minor[took.line] // (before * took.units) if before else price // took.units


def _worth_free(sold: Sold, i: int) -> int:
    return sum([one.minor for one in sold.took if one.line == i and one.units])


def off_kept(sold: Sold, kept: Kept) -> list[int]:
    """Return by entry of `took` what it takes off the units that are kept, prices withheld aside."""
    found = []
    for one, free in zip(sold.took, units_kept(sold, kept), strict=True):
        left, of = free, one.units
        if not of:
            i = one.line
            left = _weight(sold, i, kept.quantities[i])
            of = _weight(sold, i, sold.basket.lines[i].quantity) or 1  # nothing to lower beside what is free
        found.append(one.minor * left // of)
    return found


def refunded(sold: Sold, kept: Kept) -> int:
    """Return the value that has been taken back so far, before tender."""
    return sold.net_minor - sum(values(sold, kept))


def share_back(sold: Sold, kept: Kept, whole: int) -> int:
    """Return what of an amount spent on the sale has come back: in proportion to the value (rules 27)."""
    if kept.nothing:
        return whole
    return whole * refunded(sold, kept) // sold.net_minor if sold.net_minor else 0


def cards_back(sold: Sold, kept: Kept) -> list[int]:
    """Return what has gone back onto each gift card that paid, by its part of what they paid for goods."""
    goods = [minor for minor, _ in sold.cards]
    back = split_growing(share_back(sold, kept, sum(goods)), goods)
    return (
        back if kept.stored else [part + stored for part, (_, stored) in zip(back, sold.cards, strict=True)]
    )


def points_back(sold: Sold, kept: Kept, whole: int) -> int:
    """Return what of spent points has come back: those of a benefit with the goods it lowered (rules 27)."""
    if kept.nothing:
        return whole
    back = share_back(sold, kept, whole - sum(sold.bought.values()))
    for revision, points in sold.bought.items():
        took = [one for one in sold.took if one.revision == revision]
        if not took:  # recorded before it was kept
            back += share_back(sold, kept, points)
            continue
        gone = sum([one.minor * (1 - _share_kept(sold, kept, one.line)) for one in took], start=Fraction())
        back += points * gone // sum([one.minor for one in took])
    return back


def _share_kept(sold: Sold, kept: Kept, i: int) -> Fraction:
    return Fraction(kept.quantities[i], sold.basket.lines[i].quantity)


def money_back(sold: Sold, kept: Kept) -> int:
    """Return the money that has been paid back, and none of what gift cards, credit or points paid.

    Of a sale on account what comes back lowers what is still to be paid first.
    """
    if not sold.on_account_minor:
        return worth_back(sold, kept)
    return max(0, sold.received_minor - to_be_paid(sold, kept))


def to_be_paid(sold: Sold, kept: Kept) -> int:
    """Return what of a sale on account has to be paid in all for what is kept."""
    return sold.on_account_minor - worth_back(sold, kept)


def left_to_pay(sold: Sold, kept: Kept) -> int:
    """Return what of a sale on account is still to be paid."""
    return max(0, to_be_paid(sold, kept) - sold.received_minor)


def worth_back(sold: Sold, kept: Kept) -> int:
    """Return what has come back of what money pays for."""
    back = refunded(sold, kept) - share_back(sold, kept, sold.tender_minor)
    if not kept.stored:
        back += sold.basket.stored_minor - sum([stored for _, stored in sold.cards])
    return back - kept.held_minor


def free_back(sold: Sold, kept: Kept, source: Source, programme: str) -> int:
    """Count the free units of a programme that were handed back, or paid for after all."""
    here = zip(sold.took, units_kept(sold, kept), kept.withheld, strict=True)
    return sum(
        [
            one.units - units + withheld
            for one, units, withheld in here
            if one.source == source and sold.key(one.revision) == programme
        ]
    )


def values_taken(sold: Sold, kept: Kept, revisions: frozenset[int]) -> int:
    """Return what some benefits took off the goods that are kept."""
    total = 0
    for one, units in zip(sold.took, units_kept(sold, kept), strict=True):
        if one.revision not in revisions:
            continue
        left = kept.quantities[one.line]
        part, of = (units, one.units) if one.units else (left, sold.basket.lines[one.line].quantity)
        paid = net_of(sold, one.line, left)
        share = Fraction(part * kept.nets_minor[one.line], of * paid) if paid else Fraction(part, of)
        total += int(one.minor * share)
    return total


def codes_back(sold: Sold, kept: Kept) -> set[int]:
    """Return the codes whose every line came back (rules 27)."""
    lines: dict[int, list[int]] = {}
    for one in sold.took:
        if one.code:
            lines.setdefault(one.code, []).append(one.line)
    return {code for code, on in lines.items() if not any(kept.quantities[i] for i in on)}


def qualifying_of(sold: Sold, kept: Kept) -> int:
    """Return what is kept of what counts towards levels."""
    earning = [i for i, line in enumerate(sold.basket.lines) if line.earns]
    return _scaled(sold.qualifying_minor, sold.nets_minor, values(sold, kept), earning)


def points_kept(sold: Sold, kept: Kept) -> int:
    """Return what is kept of the points that count towards levels."""
    return kept.spared + sum([one.yielded - kept.yields.get(one.revision, 0) for one in _counting(sold)])


def points_of_rests(sold: Sold) -> int:
    """Return what of those points the rests of earlier sales had made."""
    own = [one.micros // one.step_micro * one.yield_per_step for one in _counting(sold)]
    return sum([max(0, one.yielded - by_it) for one, by_it in zip(_counting(sold), own, strict=True)])


def _counting(sold: Sold) -> list[Contribution]:
    return [one for one in sold.contributions if one.account == POINTS and not (one.event or one.later)]


def earned_micros(sold: Sold, kept: Kept, given: Contribution) -> int:
    """Return what a contribution comes to on what is kept, by the revision, rate and level of that sale.

    One that waits for its money comes to the part of it that was received.
    """
    micros = whole_micros(sold, kept, given)
    if not given.later:
        return micros
    due = to_be_paid(sold, kept)
    return micros * min(sold.received_minor, due) // due if due else micros


def whole_micros(sold: Sold, kept: Kept, given: Contribution) -> int:
    """Return what a contribution comes to on what is kept, once everything is paid."""
    return min(given.micros, _earned(sold, kept, given)[1])


def voucher_worth(sold: Sold, kept: Kept, given: Contribution) -> int:
    """Return what a voucher the sale made would be worth, had only what is kept been bought."""
    measured, micros = _earned(sold, kept, given)
    if given.weights is None:
        return given.yielded * measured // given.measured
    worth = micros // given.step_micro * given.yield_per_step
    return min(given.yielded, floor_to_step(worth, sold.money_step_minor))


def measured_on(sold: Sold, kept: Kept, given: Contribution) -> int:
    """Return what a programme measures on what is kept; its minimum is tested again (rules 26)."""
    return _earned(sold, kept, given)[0]


def still_counts(sold: Sold, kept: Kept, condition: Condition, goods: Goods) -> bool:
    """Say whether goods that were paid for are kept, and enough of the bill (rules 26)."""
    if kept.nothing or condition.too_little(_basket(sold, kept)) is not None:
        return False
    lines = zip(sold.basket.lines, kept.quantities, values(sold, kept), strict=True)
    return any(units and net and line in goods and condition.allows(line) for line, units, net in lines)


def _earned(sold: Sold, kept: Kept, given: Contribution) -> tuple[int, int]:
    """Return what is measured on what is kept, and the progress of that."""
    small = _basket(sold, kept)
    if kept.nothing or sold.revisions[given.revision].condition.too_little(small) is not None:
        return 0, 0
    rule = _rule(sold, given)
    if given.weights is None:
        measured = _measured(sold, kept, given, rule)
        return measured, given.micros * measured // given.measured
    weights = [
        (milli, place)
        for milli, place in given.weights
        if place == LEVEL or rule.coefficients[place].condition.too_little(small) is None
    ]
    if rule.by_line:
        amounts = _amounts(sold, kept, given, rule)
        places = {place for _, place in weights}
        some = [one for one in given.on_some if one[0] in places]
        counted, micros, _ = weigh_lines(_rest(sold, kept), rule, amounts, given.most, weights, some)
        return min(given.measured, sum(counted.values())), micros
    measured = _measured(sold, kept, given, rule)
    return measured, progress_of(rule, measured, weights)


def _measured(sold: Sold, kept: Kept, given: Contribution, rule: EarnRule) -> int:
    lines = range(len(sold.nets_minor)) if given.lines is None else given.lines
    if rule.measure == "event":
        # A gift on a sale whose goods earn nothing was measured on none of them, and ends with the sale.
        return int(not given.lines or any(kept.quantities[i] for i in lines))
    if rule.measure == "amount" and given.weights is None:
        full = _bases(sold, everything_of(sold), given)
        return _scaled(given.measured, full, _bases(sold, kept, given), lines)
    counted = sum(_amounts(sold, kept, given, rule).values())
    if rule.instant:
        # Older programs named those of its lines alone that nothing lowered; what others brought goes last.
        named = sum(_amounts(sold, everything_of(sold), given, rule).values())
        counted += max(0, given.measured - named)
    return min(given.measured, counted)


def _amounts(sold: Sold, kept: Kept, given: Contribution, rule: EarnRule) -> dict[int, int]:
    """Return what every line that was measured brings now: money, units, or the one visit it stands for."""
    lines = range(len(sold.nets_minor)) if given.lines is None else given.lines
    if rule.measure == "amount":
        bases = _bases(sold, kept, given)
        return {i: bases[i] for i in lines}
    if sold.basket.amount_mode:
        # The goods are unknown: a unit goes when all of its share of the amount came back.
        net = sold.net_minor
        return {0: -(-given.measured * kept.nets_minor[0] // net) if net else given.measured}
    units = _units(sold, kept, rule)
    one_visit = rule.by_line and rule.measure != "units"
    return {i: min(1, units[i]) if one_visit else units[i] for i in lines}


def _units(sold: Sold, kept: Kept, rule: EarnRule) -> list[int]:
    """Count by line the units that stamp: paid ones; an Nth-free card counts before lane 2 makes any free."""
    found = list(kept.quantities)
    for one, units, withheld in zip(sold.took, units_kept(sold, kept), kept.withheld, strict=True):
        if not rule.instant or one.source == "reward":
            found[one.line] -= units - withheld
    paid = [sold.start_minor(i) for i in range(len(found))] if rule.instant else sold.nets_minor
    return [units if net else 0 for units, net in zip(found, paid, strict=True)]


def _bases(sold: Sold, kept: Kept, given: Contribution) -> list[int]:
    """Return what of each line was paid with what somebody paid for."""
    worth = values(sold, kept)
    gifts = sold.given_minor - share_back(sold, kept, sold.given_minor)
    bases = [value - share for value, share in zip(worth, split(gifts, worth), strict=True)]
    return untaxed(bases, sold.basket.lines) if given.untaxed else bases


def _scaled(whole: int, full: Sequence[int], kept: Sequence[int], lines: Iterable[int]) -> int:
    """Return of `whole` as much as is kept of the lines it was measured on."""
    chosen = list(lines)
    all_of_it = sum([full[i] for i in chosen])
    return whole * sum([kept[i] for i in chosen]) // all_of_it if all_of_it else 0


def _starts(sold: Sold, kept: Kept) -> list[int]:
    """Return what is kept of each line as it was before lanes 1 to 4."""
    found = []
    for i, (line, units) in enumerate(zip(sold.basket.lines, kept.quantities, strict=True)):
        start, paid = sold.start_minor(i) * units // line.quantity, net_of(sold, i, units)
        found.append(start * kept.nets_minor[i] // paid if paid else start)
    return found


def _basket(sold: Sold, kept: Kept) -> Basket:
    """Return the goods that are kept as if they had been sold alone, before lanes 1 to 4."""
    lines = []
    for line, units, start in zip(sold.basket.lines, kept.quantities, _starts(sold, kept), strict=True):
        if units:
            price = -(-start // units)
            lines.append(_line(line, units, price, price * units - start))
    return Basket(tuple(lines), amount_mode=sold.basket.amount_mode)


class _Rest(NamedTuple):
    """What is kept, line by line under the numbers of the sale."""

    basket: Basket
    starts: Sequence[int]
    nets: Sequence[int]


def _rest(sold: Sold, kept: Kept) -> _Rest:
    pairs = zip(sold.basket.lines, kept.quantities, strict=True)
    lines = tuple([replace(line, quantity=units) for line, units in pairs])
    return _Rest(Basket(lines), _starts(sold, kept), values(sold, kept))


def _line(line: Line, units: int, price: int, discount: int) -> Line:
    return replace(line, quantity=units, unit_price_minor=price, till_discount_minor=discount)


def _rule(sold: Sold, given: Contribution) -> EarnRule:
    rule = sold.revisions[given.revision].rule
    assert isinstance(rule, EarnRule)
    return rule
