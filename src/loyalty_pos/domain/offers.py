"""What an offer would take off each line, in millionths, before anything floors (rules 9, 10, 12).

Units are taken cheapest first; of equal prices the earlier line comes first. What a line costs is what the
earlier lanes left of it, spread evenly over its units that are not free yet.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.conditions import Condition, Goods
from loyalty_pos.domain.families import (
    DiscountRule,
    OffBill,
    Offer,
    OffUnit,
    Percent,
    SetOffer,
    SetPrice,
)
from loyalty_pos.domain.lineup import BP, RATE_MICRO, Discount
from loyalty_pos.domain.money import MICRO, split
from loyalty_pos.domain.tuples import made

NO_UNITS: Mapping[int, int] = {}


class Wish(NamedTuple):
    """Millionths off each line, and how many units it would make free of each."""

    micros: list[int]
    free: Mapping[int, int] = {}
    sets: int = 1


class Pool:
    """The units of some lines that still cost something, cheapest first."""

    def __init__(self, bill: Bill, lines: list[int]) -> None:
        self._bill = bill
        self.left = {i: self._units(i) for i in lines if bill.nets[i] and self._units(i)}
        self._order = sorted(self.left, key=lambda i: (self.price_micro(i), i))

    def _units(self, line: int) -> int:
        return self._bill.line(line).quantity - self._bill.free[line]

    @property
    def total(self) -> int:
        return sum(self.left.values())

    def price_micro(self, line: int) -> int:
        """Return what one unit costs, in millionths."""
        return self._bill.nets[line] * MICRO // self._units(line)

    def take(self, count: int) -> dict[int, int]:
        """Take the cheapest units that are left, at most `count`, by line."""
        taken: dict[int, int] = {}
        for i in self._order:
            units = min(count, self.left[i])
            if units:
                taken[i] = units
                self.left[i] -= units
                count -= units
        return taken

    def without(self, taken: Mapping[int, int]) -> None:
        """Leave out units that serve elsewhere."""
        for i, units in taken.items():
            if i in self.left:
                self.left[i] -= units


def wish_of(bill: Bill, one: Discount, rule: DiscountRule) -> Wish:
    """Return what an offer would take off; all zero when nothing here belongs to it.

    `rule` is the discount's own, or as far as its limits let it go.
    """
    offer, cap = rule.offer, rule.cap_minor
    if one.rate_micro:
        return _rate(bill, one, cap)
    wish = _WISHES[type(offer)](bill, offer, bill.reach[one.aim], one.revision.condition)
    whole = sum(wish.micros)
    if cap is not None and whole > cap * MICRO:
        return Wish(split(cap * MICRO, wish.micros), {}, wish.sets)
    return wish


def _rate(bill: Bill, one: Discount, cap_minor: int | None) -> Wish:
    """Take a percent off whole lines: the most common offer of all."""
    lines, nets, rate = bill.reach[one.aim], bill.nets, one.rate_micro
    if cap_minor is not None and sum([nets[i] for i in lines]) * rate > cap_minor * MICRO:
        return made(Wish, (_capped(bill, one.aim, cap_minor), NO_UNITS, 1))
    if len(lines) == len(nets):
        return made(Wish, ([net * rate for net in nets], NO_UNITS, 1))
    micros = [0] * len(nets)
    for i in lines:
        micros[i] = nets[i] * rate
    return made(Wish, (micros, NO_UNITS, 1))


def _capped(bill: Bill, aim: int, cap_minor: int) -> list[int]:
    """Split a cap over the lines of an aim: at one rate as they cost, alike for all with the same cap."""
    known = bill.capped.get((aim, cap_minor))
    if known is None:
        reached, nets = set(bill.reach[aim]), bill.nets
        weights = [net if i in reached else 0 for i, net in enumerate(nets)]
        known = bill.capped[aim, cap_minor] = split(cap_minor * MICRO, weights)
    return known


def _percent(bill: Bill, offer: Percent, lines: list[int], condition: Condition) -> Wish:
    rate, micros = offer.rate_bp * RATE_MICRO, [0] * len(bill.nets)
    pool = Pool(bill, lines)
    for i, units in pool.take(_how_many(pool.total, offer)).items():
        micros[i] = bill.nets[i] * rate * units // (bill.line(i).quantity - bill.free[i])
    return Wish(micros)


def _off_unit(bill: Bill, offer: OffUnit, lines: list[int], condition: Condition) -> Wish:
    micros, pool = [0] * len(bill.nets), Pool(bill, lines)
    for i, units in pool.take(_how_many(pool.total, offer)).items():
        micros[i] = min(offer.amount_minor * MICRO, pool.price_micro(i)) * units
    return Wish(micros)


def _off_bill(bill: Bill, offer: OffBill, lines: list[int], condition: Condition) -> Wish:
    nets = [0] * len(bill.nets)
    for i in lines:
        nets[i] = bill.nets[i]
    return Wish(split(min(offer.amount_minor, sum(nets)) * MICRO, nets))


def _set_offer(bill: Bill, offer: SetOffer, lines: list[int], condition: Condition) -> Wish:
    got = lines if offer.got is None else bill.reached(offer.got, condition)
    sets = _most_sets(bill, offer, lines, got)
    micros, taken = [0] * len(bill.nets), Pool(bill, got).take(sets * offer.get)
    for i, units in taken.items():
        kept = bill.line(i).quantity - bill.free[i]
        micros[i] = bill.nets[i] * units * offer.rate_bp * RATE_MICRO // kept
    return Wish(micros, taken if offer.rate_bp == BP else {}, sets)


def _most_sets(bill: Bill, offer: SetOffer, bought: list[int], got: list[int]) -> int:
    """Find how many whole sets the bill holds; a unit serves once, as bought or as got."""
    buy, get = Pool(bill, bought), Pool(bill, got)
    low, high = 0, get.total // offer.get
    if offer.max_sets is not None:
        high = min(high, offer.max_sets)
    while low < high:
        sets = (low + high + 1) // 2
        rest = Pool(bill, bought)
        rest.without(Pool(bill, got).take(sets * offer.get))
        low, high = (sets, high) if rest.total >= sets * offer.buy else (low, sets - 1)
    return low if buy.total else 0


def _set_price(bill: Bill, offer: SetPrice, lines: list[int], condition: Condition) -> Wish:
    """Price set after set from the cheapest units on; a set that would cost more than its units is none."""
    micros, sets = [0] * len(bill.nets), 0
    pools = [(Pool(bill, _part(bill, goods, lines, condition)), units) for goods, units in offer.parts]
    while sets != offer.max_sets and (taken := _one_set(pools)) is not None:
        prices = {i: pools[0][0].price_micro(i) * units for i, units in taken.items()}
        saved = sum(prices.values()) - offer.price_minor * MICRO
        if saved > 0:
            sets += 1
            for i, part in zip(prices, split(saved, list(prices.values())), strict=True):
                micros[i] += part
    return Wish(micros, {}, sets)


def _part(bill: Bill, goods: Goods, lines: list[int], condition: Condition) -> list[int]:
    return lines if goods.everything else bill.reached(goods, condition)


def _one_set(pools: list[tuple[Pool, int]]) -> dict[int, int] | None:
    """Take the units of one set out of every pool; None when a part cannot be filled."""
    whole: dict[int, int] = {}
    for pool, units in pools:
        taken = pool.take(units)
        if sum(taken.values()) < units:
            return None
        for other, _ in pools:
            if other is not pool:
                other.without(taken)
        for i, count in taken.items():
            whole[i] = whole.get(i, 0) + count
    return whole


def _how_many(total: int, offer: Percent | OffUnit) -> int:
    units = total - total % offer.group_size
    return units if offer.max_units is None else min(units, offer.max_units)


_WISHES: Mapping[type[Offer], Callable[[Bill, Any, list[int], Condition], Wish]] = {
    Percent: _percent,
    OffUnit: _off_unit,
    OffBill: _off_bill,
    SetOffer: _set_offer,
    SetPrice: _set_price,
}
