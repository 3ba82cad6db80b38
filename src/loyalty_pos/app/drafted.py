"""What one draft does on a past sale: the engine prices it, once for all sales that are alike.

What a draft does on a sale follows from the goods, from who buys, from which of its conditions hold then, and
from what it gave that member before. Sales equal in all of that come to the same and are priced once. Most
drafts remember nothing; of those only what is left over towards the next step is the member's own.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from json import loads
from typing import NamedTuple

from loyalty_pos.app.records import basket_of
from loyalty_pos.app.report_port import PastSale
from loyalty_pos.domain.basket import Basket, Choices
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.coefficients import asks_of, conditions_of
from loyalty_pos.domain.conditions import NEVER_SEEN, Buyer, Condition, Moment, Seen
from loyalty_pos.domain.conditions import Goods as Aim
from loyalty_pos.domain.counting import NO_COUNTS, Counted, Counts, counted_in
from loyalty_pos.domain.dates import add_days, days_between
from loyalty_pos.domain.earning import Expires
from loyalty_pos.domain.families import UNLIMITED, EarnRule, Revision, TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Holdings, progress_account
from loyalty_pos.domain.limits import NOTHING_USED, Usage
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.tuples import made
from loyalty_pos.domain.uses import uses_of
from loyalty_pos.domain.windows import Span

PLAIN = Choices()
NOTHING_SOLD = Basket((), amount_mode=False)
ANY_TIME = Moment(0, "2000-01-01", "sat", 0)
"""Stands for the instant of a sale where a draft does not ask for it."""
MEMO_AT_MOST = 50_000


class Effect(NamedTuple):
    """What a draft does on a sale: money off, progress towards its next step, and what it gives at once."""

    off_minor: int
    micros: int
    got: int
    freed: int = 0
    """Units a card made free at once: already among the money off."""


NOTHING = Effect(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a replay needs of the shop: its rules for every sale, and what it knows of its members."""

    money_step_minor: int
    expires: Expires
    earn_on_tax: bool
    moment: Callable[[int], Moment]
    level_span: Callable[[TierRule, str], Span]
    level_of: Callable[[str | None], Standing | None]
    """A standing on a level that a record names, by the shop's club."""
    past: "Callable[[int, str], tuple[frozenset[str], int, str | None]]"
    """A member's segments today, and before a day their purchases and the last day of one."""
    born: Callable[[int, str], Seen]
    """What only the calendar knows of a member on a day: the birthday."""

    @staticmethod
    def day_before(day: str) -> str:
        return add_days(day, -1)


class Sold(NamedTuple):
    """What past sales sold: the basket, what it came to, what is known of its cost, what a reward may be."""

    basket: Basket
    net_minor: int
    known_minor: int
    known_cost_minor: int
    units: int
    units_minor: int


class Goods:
    """Turns the goods of past sales into baskets, each text once."""

    def __init__(self, reward: Aim) -> None:
        self._reward = reward
        self._known: dict[str, Sold] = {}

    def of(self, goods: str) -> Sold:
        found = self._known.get(goods)
        if found is None:
            if len(self._known) >= MEMO_AT_MOST:
                self._known.clear()
            found = self._known[goods] = self._read(goods)
        return found

    def _read(self, goods: str) -> Sold:
        amount_mode, lines, kept = loads(goods)
        basket = basket_of({"amount_mode": amount_mode, "lines": lines, "goods": kept})
        nets = [line[5] for line in lines]
        known = known_cost = 0
        for line, net in zip(basket.lines, nets, strict=True):
            if line.cost_minor is not None:
                known += net
                known_cost += line.cost_minor * line.quantity
        aimed = [line for line in basket.lines if line in self._reward]
        units = sum([line.quantity for line in aimed])
        return Sold(basket, sum(nets), known, known_cost, units, sum([line.gross_minor for line in aimed]))


class Draft:
    """One draft programme as replays run it."""

    def __init__(self, revision: Revision, terms: Terms, goods: Goods) -> None:
        self.revision, self.rule, self.terms, self.goods = revision, revision.rule, terms, goods
        self.lineup = Lineup([revision])
        self.asks = asks_of([revision])
        asking = [one for _, one in conditions_of(revision) if one.asks_past or one.trial or _of_time(one)]
        self.conditions = tuple(_then_and_who(one) for one in asking)
        """What its conditions ask of the instant and of a member's past, and nothing else."""
        earns = self.rule if isinstance(self.rule, EarnRule) else None
        self.daily = earns is not None and (earns.measure == "visit_days" or earns.max_per_day is not None)
        self.remembers = (
            self.daily
            or revision.limits is not UNLIMITED
            or (earns is not None and earns.instant)
            or isinstance(self.rule, TierRule)
        )
        """Whether what it gave on one sale changes what it gives on another."""
        self.step_micro = earns.step_micro if earns else 1
        self.per_step = earns.yield_per_step if earns else 0

    @cached_property
    def once(self) -> "Once":
        return Once(self, self.goods)

    @cached_property
    def walks(self) -> "tuple[Walk, Walk, Walk]":
        known: dict[Key, Stride] = {}
        return (
            Walk(self, self.goods, known),
            Walk(self, self.goods, known),
            Walk(self, self.goods, known),
        )

    def holding(self, moment: Moment, seen: Seen, member: int | None) -> tuple[bool, ...]:
        """Say which of its conditions hold, as far as they ask for the instant, a member's past and lot."""
        buyer = None if member is None else Buyer("", seen=seen, member=member)
        return tuple([one.why_not(buyer, moment, NOTHING_SOLD) is None for one in self.conditions])

    def priced(
        self, basket: Basket, snapshot: Snapshot | None, moment: Moment, usage: Mapping[int, Usage]
    ) -> Quote:
        terms = self.terms
        by_id = self.lineup.by_id
        rules = Rules(self.lineup, by_id, terms.money_step_minor, terms.expires, usage, terms.earn_on_tax)
        return quote(basket, PLAIN, snapshot, rules, moment)


def _of_time(one: Condition) -> bool:
    return bool(one.from_day or one.to_day or one.weekdays or one.hours or one.occasions)


def _then_and_who(one: Condition) -> Condition:
    """Keep of a condition what it asks of the instant and of a member's past: goods and level are known."""
    return Condition(
        non_members=True,
        segments=one.segments,
        birthday=one.birthday,
        gap_days_max=one.gap_days_max,
        away_days_min=one.away_days_min,
        visits_min=one.visits_min,
        visits_max=one.visits_max,
        from_day=one.from_day,
        to_day=one.to_day,
        weekdays=one.weekdays,
        hours=one.hours,
        occasions=one.occasions,
        trial=one.trial,
    )


class Visits:
    """Who bought when, for drafts that ask; what was before the replay comes from the shop."""

    def __init__(self, terms: Terms, asks_birthday: bool) -> None:
        self._terms, self._birthday = terms, asks_birthday
        self._known: dict[int, tuple[frozenset[str], int, str | None]] = {}

    def seen(self, member: int, day: str) -> Seen:
        """Say what a condition may ask of this purchase, and count it."""
        known = self._known.get(member)
        segments, visits, last = known if known is not None else self._terms.past(member, day)
        self._known[member] = (segments, visits + 1, day)
        gap = None if last is None else max(0, days_between(last, day))
        born = self._terms.born(member, day).birthday if self._birthday else ""
        return Seen(segments, visits + 1, gap, born)


Key = tuple[object, ...]


class Once:
    """A draft that remembers nothing but progress: what it does on a sale is worked out apart from it."""

    def __init__(self, draft: Draft, goods: Goods) -> None:
        self._draft, self._goods = draft, goods
        self._known: dict[Key, Effect] = {}
        self._visits = Visits(draft.terms, draft.asks.birthday) if draft.asks.past else None

    def effect(self, sale: PastSale) -> Effect:
        draft, moment, seen = self._draft, ANY_TIME, NEVER_SEEN
        key: Key = (sale.goods, sale.kind, sale.tier)
        if draft.conditions:
            moment = draft.terms.moment(sale.at_ms)
            if self._visits is not None and sale.member is not None:
                seen = self._visits.seen(sale.member, moment.business_day)
            key = (*key, draft.holding(moment, seen, sale.member))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MEMO_AT_MOST:
                self._known.clear()
            found = self._known[key] = self._priced(sale, moment, seen)
        return found

    def _priced(self, sale: PastSale, moment: Moment, seen: Seen) -> Effect:
        draft, snapshot = self._draft, None
        if sale.member is not None:
            standing = draft.terms.level_of(sale.tier)
            snapshot = Snapshot(sale.member, sale.kind, standing=standing, seen=seen)
        return effect_of(draft.priced(self._goods.of(sale.goods).basket, snapshot, moment, {}))


def effect_of(priced: Quote) -> Effect:
    """Read what the one programme of a line-up did."""
    off = sum([one.minor for one in priced.took])
    for one in priced.contributions:
        if one.account[0] == "voucher":
            return Effect(off, 0, one.yielded)
        return Effect(off, one.micros, 0)
    return Effect(off, 0, 0) if off else NOTHING


UNUSED = (0, "", 0)


class Stride(NamedTuple):
    """What a draft that remembers does on a sale, and what it remembers of it."""

    effect: Effect
    progress: int
    measured: int
    uses: tuple[tuple[int, int], ...]
    counts: Counts


class Walk:
    """A draft that remembers: what it did before is part of what a sale comes to."""

    def __init__(self, draft: Draft, goods: Goods, known: dict[Key, Stride]) -> None:
        self._draft, self._goods, self._known = draft, goods, known
        self._account = progress_account(draft.revision.key)
        self._club = draft.rule if isinstance(draft.rule, TierRule) else None
        self._limits = draft.revision.limits
        self._timed = bool(draft.conditions or draft.daily or self._club or self._limits is not UNLIMITED)
        self._progress: dict[int, int] = {}
        self._today: dict[int, tuple[str, int]] = {}
        self._total = self._spent_minor = 0
        self._own: dict[int | None, tuple[int, str, int]] = {}
        """How often each member used it, and how often on the last of those days."""
        self._spent: dict[int, dict[str, Counts]] = {}
        self._held: dict[int, str | None] = {}
        self._visits = Visits(draft.terms, draft.asks.birthday) if draft.asks.past else None

    def effect(self, sale: PastSale) -> Effect:
        draft, member, seen = self._draft, sale.member, NEVER_SEEN
        moment = draft.terms.moment(sale.at_ms) if self._timed else ANY_TIME
        day, standing, counted = moment.business_day, None, 0
        usage = self._usage(member, day) if self._limits is not UNLIMITED else NOTHING_USED
        level: object = sale.tier
        if member is not None:
            if self._club is not None:
                standing = self._standing(self._club, sale, day)
                level = None if standing is None else standing.rank
            if draft.daily:
                counted_on, counted = self._today.get(member, ("", 0))
                counted = counted if counted_on == day else 0
            if self._visits is not None:
                seen = self._visits.seen(member, day)
        progress = self._progress.get(member, 0) if member is not None else 0
        holding = draft.holding(moment, seen, member) if draft.conditions else ()
        key = (sale.goods, sale.kind, level, holding, progress, counted, usage)
        stride = self._known.get(key)
        if stride is None:
            if len(self._known) >= MEMO_AT_MOST:
                self._known.clear()
            standing = standing if self._club else draft.terms.level_of(sale.tier)
            stride = self._priced(sale, moment, standing, seen, progress, counted, usage)
            self._known[key] = stride
        if stride.uses:
            self._use(member, day, stride.uses)
        if member is not None:
            self._remember(member, day, stride, standing, counted)
        return stride.effect

    def _priced(
        self,
        sale: PastSale,
        moment: Moment,
        standing: Standing | None,
        seen: Seen,
        progress: int,
        counted: int,
        usage: Usage,
    ) -> Stride:
        draft, snapshot = self._draft, None
        if sale.member is not None:
            held = Holdings((), {self._account: progress} if progress else {})
            today = {draft.revision.key: counted} if counted else {}
            snapshot = Snapshot(sale.member, sale.kind, held, today, standing, seen)
        used = {draft.revision.programme: usage} if self._limits is not UNLIMITED else {}
        priced = draft.priced(self._goods.of(sale.goods).basket, snapshot, moment, used)
        freed = sum([one.given for one in priced.contributions])
        got = sum([one.yielded for one in priced.contributions]) - freed
        uses = uses_of(priced, draft.lineup.by_id) if self._limits is not UNLIMITED else []
        return Stride(
            Effect(sum([one.minor for one in priced.took]), 0, got, freed),
            priced.book.plain(self._account),
            sum([one.measured for one in priced.contributions]),
            tuple([(one.times, one.spent_minor) for one in uses]),
            priced.counts,
        )

    def _standing(self, rule: TierRule, sale: PastSale, day: str) -> Standing | None:
        member, revision = sale.member, self._draft.revision
        kinds = revision.condition.member_kinds
        if member is None or (kinds and sale.kind not in kinds):
            return None
        spent = self._spent.get(member)
        counted = counted_in(self._draft.terms.level_span(rule, day), spent, day) if spent else Counted()
        level = self._held.get(member)
        return Standing(rule, revision.programme, counted.now, level, earlier=counted.earlier)

    def _usage(self, member: int | None, day: str) -> Usage:
        """Say what was used before, as far as a limit asks for it."""
        limits = self._limits
        times, counted_on, today = self._own.get(member, UNUSED)
        return made(
            Usage,
            (
                self._total if limits.total is not None else 0,
                times if limits.per_member is not None else 0,
                today if limits.per_member_day is not None and counted_on == day else 0,
                self._spent_minor if limits.budget_minor is not None else 0,
            ),
        )

    def _use(self, member: int | None, day: str, uses: Iterable[tuple[int, int]]) -> None:
        for times, spent_minor in uses:
            self._total += times
            self._spent_minor += spent_minor
            if member is not None:
                before, counted_on, today = self._own.get(member, UNUSED)
                self._own[member] = (before + times, day, times + (today if counted_on == day else 0))

    def _remember(
        self, member: int, day: str, stride: Stride, standing: Standing | None, counted: int
    ) -> None:
        self._progress[member] = stride.progress
        if stride.measured:
            self._today[member] = (day, stride.measured + counted)
        if standing is not None and self._club is not None:
            self._held[member] = standing.held_after(stride.counts)
            spent = self._spent.setdefault(member, {})
            spent[day] = stride.counts.on_day(spent.get(day, NO_COUNTS))
