"""Replaying past sales through one draft: the engine prices them again, and nothing is posted."""

from collections.abc import Iterable
from dataclasses import field

from loyalty_pos.app.drafted import MEMO_AT_MOST, NOTHING, Draft, Effect, Goods
from loyalty_pos.app.report_port import PastSale
from loyalty_pos.domain.lazy import dataclass

FIFTH = 5


@dataclass(slots=True)
class Tally:
    """What a draft gave so far. `got` is in the unit of its yield; by member: money off and yield."""

    step_micro: int
    per_step: int
    off_minor: int = 0
    got: int = 0
    freed: int = 0
    purchases: int = 0
    members: dict[int, list[int]] = field(default_factory=dict)
    progress: dict[int, int] = field(default_factory=dict)

    def add(self, member: int | None, effect: Effect) -> None:
        """Count one sale's effect; progress turns into its yield step by step (rules 1)."""
        off, micros, got, freed = effect
        if micros and member is not None:
            steps, self.progress[member] = divmod(self.progress.get(member, 0) + micros, self.step_micro)
            got += steps * self.per_step
        if off or got:
            self.off_minor += off
            self.got += got
            self.freed += freed
            self.purchases += 1
            if member is not None:
                own = self.members.get(member)
                if own is None:
                    self.members[member] = [off, got]
                else:
                    own[0] += off
                    own[1] += got


@dataclass(slots=True)
class Replayed:
    """A draft over all sales, over four of five of them, and with every fifth one twice."""

    as_was: Tally
    less: Tally
    more: Tally
    sales: int = 0
    sales_minor: int = 0
    member_sales: int = 0
    member_sales_minor: int = 0
    known_minor: int = 0
    known_cost_minor: int = 0
    units: int = 0
    units_minor: int = 0

    @property
    def margin_bp(self) -> int | None:
        """What stays of a price, over the goods whose cost is known; None when none is."""
        kept = self.known_minor - self.known_cost_minor
        return kept * 10_000 // self.known_minor if self.known_minor else None

    @property
    def unit_minor(self) -> int:
        """What one unit of the goods a reward may be cost on average."""
        return self.units_minor // self.units if self.units else 0


def replay(draft: Draft, sales: Iterable[PastSale], goods: Goods) -> Replayed:
    """Run a draft over sales in the order they were recorded."""
    as_was, less, more = (Tally(draft.step_micro, draft.per_step) for _ in range(3))
    found = Replayed(as_was, less, more)
    counting = Counting(found, goods)
    for number, sale in enumerate(sales, 1):
        counting.add(sale)
        if draft.remembers:
            _walk(draft, found, number, sale)
            continue
        effect = draft.once.effect(sale)
        if effect is NOTHING:
            continue
        member = sale.member
        as_was.add(member, effect)
        more.add(member, effect)
        if number % FIFTH:
            less.add(member, effect)
        else:
            more.add(member, effect)
    counting.close()
    return found


def _walk(draft: Draft, found: Replayed, number: int, sale: PastSale) -> None:
    """Price a sale in each of the three histories: what came before differs in them."""
    twice = number % FIFTH == 0
    as_was, less, more = draft.walks
    found.as_was.add(sale.member, as_was.effect(sale))
    if not twice:
        found.less.add(sale.member, less.effect(sale))
    for _ in range(1 + twice):
        found.more.add(sale.member, more.effect(sale))


class Counting:
    """Counts what was sold, goods by goods; what they come to is added up when it is asked for."""

    def __init__(self, found: Replayed, goods: Goods) -> None:
        self._found, self._goods = found, goods
        self._times: dict[str, int] = {}
        self._members: dict[str, int] = {}

    def add(self, sale: PastSale) -> None:
        goods, times = sale.goods, self._times
        if goods not in times and len(times) >= MEMO_AT_MOST:
            self.close()
        times[goods] = times.get(goods, 0) + 1
        if sale.member is not None:
            self._members[goods] = self._members.get(goods, 0) + 1

    def close(self) -> None:
        """Add up what was counted since the last time."""
        found = self._found
        for text, times in self._times.items():
            sold, members = self._goods.of(text), self._members.get(text, 0)
            found.sales += times
            found.sales_minor += times * sold.net_minor
            found.member_sales += members
            found.member_sales_minor += members * sold.net_minor
            found.known_minor += times * sold.known_minor
            found.known_cost_minor += times * sold.known_cost_minor
            found.units += times * sold.units
            found.units_minor += times * sold.units_minor
        self._times.clear()
        self._members.clear()
