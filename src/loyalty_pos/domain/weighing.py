"""What an earning comes to line by line: coefficients of some goods, rates of their own, a floor of margin.

Everything multiplies exactly and is floored once, into millionths (rules 2).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple, Protocol

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.conditions import EVERYTHING
from loyalty_pos.domain.earning import LEVEL, weights_of
from loyalty_pos.domain.families import EarnRule, Rate
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.limits import step_worth
from loyalty_pos.domain.lineup import Earner
from loyalty_pos.domain.money import split
from loyalty_pos.domain.trace import Facts, Reason

BP = 10_000
_ONE = 1_000


class Priced(Protocol):
    """Goods and what they cost: a bill, or what is kept of one."""

    @property
    def basket(self) -> Basket: ...
    @property
    def starts(self) -> Sequence[int]: ...
    @property
    def nets(self) -> Sequence[int]: ...


class Weighed(NamedTuple):
    """What a sale adds to one programme, what that was made of, and what multiplied it.

    `weights` and `on_some` are those of a contribution.
    """

    measured: int
    micros: int
    facts: Facts
    weights: tuple[tuple[int, int], ...] = ()
    on_some: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Factors:
    """What multiplies an earning on a bill: everywhere, and on some lines only, in thousandths."""

    everywhere: Sequence[int]
    on_some: Sequence[tuple[int, frozenset[int]]]

    @property
    def whole(self) -> int:
        """What `of` returns for a line that nothing multiplies."""
        return int(_ONE ** (len(self.everywhere) + len(self.on_some)))

    def of(self, line: int) -> int:
        part = prod([milli if line in lines else _ONE for milli, lines in self.on_some])
        return part * prod(self.everywhere)

    def facts(self, measured: Mapping[int, int]) -> dict[str, int | str]:
        """Tell what counted on the lines that were measured."""
        told: dict[str, int | str] = {}
        if self.everywhere:
            told["milli"] = "×".join(map(str, self.everywhere))
        partly = [milli for milli, lines in self.on_some if any(line in lines for line in measured)]
        if partly:
            told["partly"] = "×".join(map(str, partly))
        return told


def weigh(bill: Bill, earner: Earner, measured: int, bases_minor: list[int]) -> Weighed | Reason:
    """Weigh what was measured, each line by itself.

    Lines without a rate of their own, and what would go below the floor of margin, are not measured.
    """
    rule = earner.rule
    weights, on_some = _weights_of(bill, rule)
    amounts = _amounts(bill, earner, measured, bases_minor)
    counted, micros, cut = weigh_lines(bill, rule, amounts, measured, weights, on_some)
    if not any(counted.values()):
        return Reason("below_margin") if cut else _no_rate(bill, rule, amounts)
    facts = factors_of(weights, on_some).facts(counted)
    if cut:
        facts["below_margin"] = cut
    return Weighed(sum(counted.values()), micros, facts, weights, on_some)


def weigh_lines(
    goods: Priced,
    rule: EarnRule,
    amounts: Mapping[int, int],
    most: int,
    weights: Sequence[tuple[int, int]],
    on_some: Sequence[tuple[int, Sequence[int]]],
) -> tuple[dict[int, int], int, int]:
    """Return what counts of each line's amount, the progress of it, and what the floor of margin cut.

    Where caps let less count than there is, `most`, the best lines do.
    """
    factors = factors_of(weights, on_some)
    rates = {i: rate_on(goods, rule, i) * factors.of(i) for i in amounts}
    left, cut = most, 0
    counted: dict[int, int] = {}
    for i in sorted(amounts, key=lambda i: (-rates[i], i)):
        amount = min(left, amounts[i])
        if amount and rates[i]:
            fits = min(amount, _room(goods, rule, i, Fraction(rates[i], factors.whole)))
            left, cut = left - amount, cut + amount - fits
            counted[i] = fits
    micros = sum([amount * rates[i] for i, amount in counted.items()]) // factors.whole
    return counted, micros, cut


def factors_of(weights: Sequence[tuple[int, int]], on_some: Sequence[tuple[int, Sequence[int]]]) -> Factors:
    """Tell apart what multiplies everywhere and what does on some lines only."""
    partly = dict(on_some)
    return Factors(
        [milli for milli, place in weights if place not in partly],
        [(milli, frozenset(partly[place])) for milli, place in weights if place in partly],
    )


def worth_on(bill: Bill, rule: EarnRule, line: int) -> Fraction:
    """Return what one measured unit of a line yields, to compare programmes by (rules 17)."""
    factors = factors_of(*_weights_of(bill, rule))
    rate = Fraction(rate_on(bill, rule, line) * rule.yield_per_step, rule.step_micro)
    return rate * Fraction(factors.of(line), factors.whole)


def rate_on(goods: Priced, rule: EarnRule, line: int) -> int:
    """Return a line's rate in millionths: the best of those that name it, else of those that name none."""
    if not rule.rates:
        return rule.rate_micro
    rates = [rate for rate in _rates_for(goods, rule, line) if sum(goods.starts) >= rate.from_minor]
    named = [rate.rate_micro for rate in rates if not rate.goods.everything]
    return max(named or [rate.rate_micro for rate in rates], default=0)


def named_on(goods: Priced, rule: EarnRule, line: int) -> bool:
    """Say whether a rate table names a line, rather than taking it with everything."""
    return any(not rate.goods.everything for rate in _rates_for(goods, rule, line))


def untaxed(bases_minor: list[int], lines: tuple[Line, ...]) -> list[int]:
    """Take the tax out of what lines come to: each rate's sum floors once, then splits over its lines."""
    found = list(bases_minor)
    for tax_bp in {line.tax_bp for line in lines if line.tax_bp}:
        these = [i for i, line in enumerate(lines) if line.tax_bp == tax_bp]
        bases = [bases_minor[i] for i in these]
        for i, part in zip(these, split(sum(bases) * BP // (BP + tax_bp), bases), strict=True):
            found[i] = part
    return found


def _weights_of(
    bill: Bill, rule: EarnRule
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, tuple[int, ...]], ...]]:
    weights = tuple(weights_of(bill, rule))
    some = [(place, rule.coefficients[place]) for _, place in weights if place != LEVEL]
    return weights, tuple(
        (place, tuple(bill.reached(EVERYTHING, one.condition))) for place, one in some if one.of_goods
    )


def _amounts(bill: Bill, earner: Earner, measured: int, bases_minor: list[int]) -> dict[int, int]:
    """Return what every line that earns brings: money, units, or the one visit it may stand for."""
    if bill.basket.amount_mode:
        return {0: measured}
    rule, lines = earner.rule, bill.earning[earner.aim]
    if rule.measure == "amount":
        return {i: bases_minor[i] for i in bill.feeds.get(earner.revision.id, lines)}
    paid = {i: bill.line(i).quantity - bill.free[i] for i in lines if bill.nets[i]}
    return paid if rule.measure == "units" else {i: min(1, units) for i, units in paid.items()}


def _rates_for(goods: Priced, rule: EarnRule, line: int) -> list[Rate]:
    return [rate for rate in rule.rates if goods.basket.lines[line] in rate.goods]


def _no_rate(bill: Bill, rule: EarnRule, lines: Mapping[int, int]) -> Reason:
    """Say which amount the bill lacks to reach a rate for anything on it."""
    whole = sum(bill.starts)
    ahead = [rate.from_minor for i in lines for rate in _rates_for(bill, rule, i) if rate.from_minor > whole]
    if not ahead:
        return Reason("no_eligible_goods")
    return Reason("below_minimum", {"min_minor": min(ahead), "missing_minor": min(ahead) - whole})


def _room(goods: Priced, rule: EarnRule, index: int, rate: Fraction) -> int:
    """Return how much of a line may earn before its margin, without tax, falls below the floor (rules 38)."""
    line = goods.basket.lines[index]
    if rule.margin_floor_bp is None or line.cost_minor is None:
        return goods.starts[index]
    net = goods.nets[index] * BP // (BP + line.tax_bp)
    room = net * (BP - rule.margin_floor_bp) // BP - line.cost_minor * line.quantity
    worth = rate * Fraction(step_worth(rule) or 0, rule.step_micro)
    return max(0, int(room // worth))
