"""The live programmes, looked through once when they change and not again on every scan.

A quote asks each distinct condition once, learns for each line the choices of goods it belongs to, and so
meets every programme with both answers at hand.
"""

from collections.abc import Iterable

from loyalty_pos.domain.basket import Line
from loyalty_pos.domain.conditions import Condition, Goods
from loyalty_pos.domain.families import (
    DiscountRule,
    EarnRule,
    Lane,
    Percent,
    Revision,
    TermRule,
    TierRule,
    WarrantyRule,
)
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import (
    CREDIT,
    POINTS,
    Account,
    owed_account,
    pledge_account,
    progress_account,
    reward_account,
    voucher_account,
)
from loyalty_pos.domain.money import MICRO

FOREVER = "9999-12-31"
EVERY_LINE = 0
"""The number of the aim that every line belongs to."""
BP = 10_000
RATE_MICRO = MICRO // BP
"""Millionths in a hundredth of a percent."""
PRODUCTS_AT_MOST = 20_000
"""Of so many products it is remembered which aims they belong to; then it is found out anew."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A choice of goods, and the groups a condition lets benefit; many programmes share one."""

    goods: Goods
    condition: Condition

    def __contains__(self, line: Line) -> bool:
        return line in self.goods and self.condition.allows(line)


@dataclass(frozen=True, slots=True, eq=False)
class Earner:
    """A programme that earns, the number of its aim, and the accounts it moves.

    `told` is the code of the trace line that says it earned.
    """

    revision: Revision
    rule: EarnRule
    aim: int
    progress: Account
    owed: Account
    account: Account
    told: str


@dataclass(frozen=True, slots=True, eq=False)
class Discount:
    """A programme that may lower prices, and the number of its aim.

    Of equal benefits the lower `tie` wins: the one that ends sooner, then the lower programme. `rate_micro`
    is the percent in millionths when the benefit is no more than that off whole lines, else 0.
    """

    revision: Revision
    rule: DiscountRule
    aim: int
    tie: tuple[str, int]
    rate_micro: int


class Lineup:
    """The live programmes of a shop in their order, and what follows from them for every quote."""

    def __init__(self, live: Iterable[Revision]) -> None:
        self.revisions = tuple(sorted(live, key=lambda one: one.programme))
        self.by_id = {one.id: one for one in self.revisions}
        self._aims: list[Aim] = [Aim(Goods(), Condition())]
        self._aims_of: dict[tuple[str | None, str | None], tuple[int, ...]] = {}
        self.earners: list[Earner] = []
        self.events: list[Earner] = []
        """Programmes that wait for something to happen to a member."""
        self.pledges: list[Earner] = []
        """Programmes that pledge money to a cause."""
        self.discounts: list[Discount] = []
        self.levels: dict[int, dict[str, Discount]] = {}
        """What the levels of each club lower prices by, by revision and level."""
        for one in self.revisions:
            self._place(one)
        self.full_price = [n for n, aim in enumerate(self._aims) if aim.condition.no_discounted]
        """The aims that reach no reduced goods."""
        self.lanes = by_lane(self.discounts)
        self.for_points = any(one.rule.price_points for one in self.discounts)
        self.every_nth = [one for one in self.earners if one.rule.instant]
        self.grouped = [one for one in self.earners if one.revision.stacking.group is not None]
        self.own_rates = [one for one in self.earners if one.rule.rates]
        self.warranties = [one for one in self.revisions if isinstance(one.rule, WarrantyRule)]
        self.terms = [one for one in self.revisions if isinstance(one.rule, TermRule)]
        self.clubs = [one for one in self.revisions if isinstance(one.rule, TierRule)]
        self.alone = sorted((one for one in self.revisions if one.stacking.alone), key=tie_of)
        self.exclusive = any(one.stacking.not_with for one in self.revisions)
        self.tender = next((one.rule.tender for one in self.earners if one.rule.tender is not None), None)
        self.conditions = _by_condition(self.revisions)
        """Every distinct condition, with the revisions that have it."""

    def reach(self, lines: tuple[Line, ...]) -> list[list[int]]:
        """Find for every aim the lines, from 0, that belong to it."""
        found: list[list[int]] = [[] for _ in self._aims]
        known = self._aims_of
        for i, line in enumerate(lines):
            aims = known.get((line.group, line.sku))
            for aim in self._look_at(line) if aims is None else aims:
                found[aim].append(i)
        found[EVERY_LINE] = list(range(len(lines)))
        return found

    def _look_at(self, line: Line) -> tuple[int, ...]:
        if len(self._aims_of) >= PRODUCTS_AT_MOST:
            self._aims_of.clear()
        aims = tuple(number for number, aim in enumerate(self._aims) if number and line in aim)
        self._aims_of[line.group, line.sku] = aims
        return aims

    def _place(self, one: Revision) -> None:
        rule = one.rule
        if isinstance(rule, EarnRule):
            progress, aim = progress_account(one.key), self._aim(rule.goods, one.condition)
            owed, account = owed_account(progress), yield_account(rule, one.key)
            gift = rule.happening is not None
            told = f"{'gift' if gift else 'earned'}_{rule.yield_unit}"
            earner = Earner(one, rule, aim, progress, owed, account, told)
            fed = self.pledges if rule.cause else self.events if gift else self.earners
            fed.append(earner)
        elif isinstance(rule, DiscountRule):
            self.discounts.append(self._discount(one, rule))
        elif isinstance(rule, TierRule):
            levels = {level.key: level.discount for level in rule.levels}
            self.levels[one.id] = {key: self._discount(one, gives) for key, gives in levels.items() if gives}

    def _discount(self, one: Revision, rule: DiscountRule) -> Discount:
        return Discount(one, rule, self._aim(rule.goods, one.condition), tie_of(one), _plain_rate(rule))

    def _aim(self, goods: Goods, condition: Condition) -> int:
        """Return the number of a choice of goods, a new one when nobody chose so before."""
        chosen = Condition(
            groups_in=condition.groups_in,
            groups_out=condition.groups_out,
            skus_in=condition.skus_in,
            skus_out=condition.skus_out,
            no_discounted=condition.no_discounted,
        )
        aim = Aim(goods, chosen)
        if aim not in self._aims:
            self._aims.append(aim)
        return self._aims.index(aim)


def by_lane(discounts: Iterable[Discount]) -> dict[Lane, list[Discount]]:
    """Sort discounts by their lane, and in it by programme."""
    found: dict[Lane, list[Discount]] = {}
    for one in sorted(discounts, key=lambda one: one.revision.programme):
        found.setdefault(one.rule.lane, []).append(one)
    return found


def lined_up(live: Iterable[Revision] | Lineup) -> Lineup:
    return live if isinstance(live, Lineup) else Lineup(live)


def yield_account(rule: EarnRule, programme: str) -> Account:
    if rule.yield_unit == "points":
        return POINTS
    if rule.yield_unit == "credit":
        return CREDIT
    if rule.yield_unit == "pledge":
        return pledge_account(rule.cause)
    return voucher_account(programme) if rule.yield_unit == "voucher" else reward_account(programme)


def tie_of(one: Revision) -> tuple[str, int]:
    """Order programmes that are worth the same: what ends sooner comes first (rules 10)."""
    return (one.condition.to_day or FOREVER, one.programme)


def _plain_rate(rule: DiscountRule) -> int:
    offer = rule.offer
    plain = isinstance(offer, Percent) and offer.max_units is None and offer.group_size == 1
    return offer.rate_bp * RATE_MICRO if plain and isinstance(offer, Percent) else 0


def _by_condition(revisions: Iterable[Revision]) -> list[tuple[Condition, list[int]]]:
    found: dict[Condition, list[int]] = {}
    for one in revisions:
        found.setdefault(one.condition, []).append(one.id)
    return list(found.items())
