"""Replaying past sales through one draft: the engine prices them again, and nothing is posted.

Most drafts ask nothing of a sale but what is on it and who buys, so the same goods come to the same and are
priced once. Only what is left over towards the next step is the member's own. Every other draft is priced
sale by sale over what the replay itself has given so far.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cached_property
from json import loads
from typing import NamedTuple

from loyalty_pos.app.records import basket_of
from loyalty_pos.app.report_port import PastSale
from loyalty_pos.domain.basket import Basket, Choices
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.coefficients import asks_of, conditions_of
from loyalty_pos.domain.conditions import Condition, Moment, Seen
from loyalty_pos.domain.conditions import Goods as Aim
from loyalty_pos.domain.dates import add_days, days_between
from loyalty_pos.domain.earning import Expires
from loyalty_pos.domain.families import UNLIMITED, EarnRule, Revision, TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, Holdings, progress_account
from loyalty_pos.domain.limits import NOTHING_USED, Usage
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.uses import uses_of

PLAIN = Choices()
FIFTH = 5
MEMO_AT_MOST = 50_000


class Effect(NamedTuple):
    """What a draft does on a sale: money off, progress towards its next step, and what it gives at once."""

    off_minor: int
    micros: int
    got: int
    freed: int = 0
    """Units a card made free at once: already among the money off."""


NOTHING = Effect(0, 0, 0)


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


@dataclass(frozen=True, slots=True)
class Terms:
    """What a replay needs of the shop: its rules for every sale, and what it knows of its members."""

    money_step_minor: int
    expires: Expires
    earn_on_tax: bool
    moment: Callable[[int], Moment]
    window_start: Callable[[str, int], str]
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
        conditions = [condition for _, condition in conditions_of(revision)]
        self.timeless = not any(_of_time(one) for one in conditions) and not self.asks.past
        earns = self.rule if isinstance(self.rule, EarnRule) else None
        daily = earns is not None and (earns.measure == "visit_days" or earns.max_per_day is not None)
        self.remembers = (
            daily
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
        return Walk(self, self.goods), Walk(self, self.goods), Walk(self, self.goods)

    def tally(self) -> Tally:
        return Tally(self.step_micro, self.per_step)

    def priced(
        self, basket: Basket, snapshot: Snapshot | None, moment: Moment, usage: Mapping[int, Usage]
    ) -> Quote:
        terms = self.terms
        by_id = self.lineup.by_id
        rules = Rules(self.lineup, by_id, terms.money_step_minor, terms.expires, usage, terms.earn_on_tax)
        return quote(basket, PLAIN, snapshot, rules, moment)


def _of_time(one: Condition) -> bool:
    return bool(one.from_day or one.to_day or one.weekdays or one.hours or one.occasions)


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


class Once:
    """A draft that remembers nothing but progress: what it does on a sale is worked out apart from it."""

    def __init__(self, draft: Draft, goods: Goods) -> None:
        self._draft, self._goods = draft, goods
        self._known: dict[tuple[str, str | None, str | None], Effect] = {}
        self._visits = Visits(draft.terms, draft.asks.birthday) if draft.asks.past else None
        self._moment: Moment | None = None

    def effect(self, sale: PastSale) -> Effect:
        if not self._draft.timeless:
            return self._priced(sale)
        key = (sale.goods, sale.kind, sale.tier)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MEMO_AT_MOST:
                self._known.clear()
            found = self._known[key] = self._priced(sale)
        return found

    def _priced(self, sale: PastSale) -> Effect:
        draft, snapshot = self._draft, None
        moment = draft.terms.moment(sale.at_ms)
        if sale.member is not None:
            standing = draft.terms.level_of(sale.tier)
            seen = self._visits.seen(sale.member, moment.business_day) if self._visits else Seen()
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


class Walk:
    """A draft that remembers: priced sale by sale over what it did before."""

    def __init__(self, draft: Draft, goods: Goods) -> None:
        self._draft, self._goods = draft, goods
        self._progress = progress_account(draft.revision.key)
        self._plain: dict[int, dict[Account, int]] = {}
        self._today: dict[int, tuple[str, int]] = {}
        self._uses: dict[int | None, Usage] = {}
        self._days: dict[int, tuple[str, int]] = {}
        self._spent: dict[int, dict[str, int]] = {}
        self._held: dict[int, str | None] = {}
        self._visits = Visits(draft.terms, draft.asks.birthday) if draft.asks.past else None

    def effect(self, sale: PastSale) -> Effect:
        draft, moment = self._draft, self._draft.terms.moment(sale.at_ms)
        snapshot = self._snapshot(sale, moment)
        usage = self._usage(sale.member, moment.business_day)
        priced = draft.priced(self._goods.of(sale.goods).basket, snapshot, moment, usage)
        if draft.revision.limits is not UNLIMITED:
            self._use(sale.member, moment.business_day, priced)
        if sale.member is not None:
            self._remember(sale.member, moment.business_day, priced)
        freed = sum([one.given for one in priced.contributions])
        got = sum([one.yielded for one in priced.contributions]) - freed
        return Effect(sum([one.minor for one in priced.took]), 0, got, freed)

    def _snapshot(self, sale: PastSale, moment: Moment) -> Snapshot | None:
        member, day = sale.member, moment.business_day
        if member is None:
            return None
        counted_on, count = self._today.get(member, ("", 0))
        return Snapshot(
            member,
            sale.kind,
            Holdings((), self._plain.get(member, {})),
            {self._draft.revision.key: count} if counted_on == day and count else {},
            self._standing(sale, day),
            self._visits.seen(member, day) if self._visits else Seen(),
        )

    def _standing(self, sale: PastSale, day: str) -> Standing | None:
        rule, revision = self._draft.rule, self._draft.revision
        if not isinstance(rule, TierRule):
            return self._draft.terms.level_of(sale.tier)
        kinds = revision.condition.member_kinds
        if sale.member is None or (kinds and sale.kind not in kinds):
            return None
        start = self._draft.terms.window_start(day, rule.window_months)
        spent = self._spent.get(sale.member, {})
        window = sum([minor for on, minor in spent.items() if start <= on <= day])
        return Standing(rule, revision.programme, window, self._held.get(sale.member))

    def _usage(self, member: int | None, day: str) -> dict[int, Usage]:
        if self._draft.revision.limits is UNLIMITED:
            return {}
        whole = self._uses.get(None, NOTHING_USED)
        own = self._uses.get(member, NOTHING_USED) if member is not None else NOTHING_USED
        counted_on, times = self._days.get(member, ("", 0)) if member is not None else ("", 0)
        today = times if counted_on == day else 0
        return {self._draft.revision.programme: Usage(whole.total, own.total, today, whole.spent_minor)}

    def _use(self, member: int | None, day: str, priced: Quote) -> None:
        for use in uses_of(priced, self._draft.lineup.by_id):
            for who in {None, member}:
                self._uses[who] = self._uses.get(who, NOTHING_USED).more(use.times, use.spent_minor)
            if member is not None:
                counted_on, times = self._days.get(member, ("", 0))
                self._days[member] = (day, use.times + (times if counted_on == day else 0))

    def _remember(self, member: int, day: str, priced: Quote) -> None:
        self._plain[member] = {self._progress: priced.book.plain(self._progress)}
        for one in priced.contributions:
            counted_on, count = self._today.get(member, ("", 0))
            self._today[member] = (day, one.measured + (count if counted_on == day else 0))
        if priced.stands is not None and isinstance(self._draft.rule, TierRule):
            self._held[member] = priced.stands.held
            spent = self._spent.setdefault(member, {})
            spent[day] = priced.counts.on_day(self._draft.rule.metric, spent.get(day, 0))


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
    found = Replayed(draft.tally(), draft.tally(), draft.tally())
    as_was, less, more = found.as_was, found.less, found.more
    for number, sale in enumerate(sales, 1):
        _count(found, sale, goods.of(sale.goods))
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


def _count(found: Replayed, sale: PastSale, goods: "Sold") -> None:
    found.sales += 1
    found.sales_minor += goods.net_minor
    if sale.member is not None:
        found.member_sales += 1
        found.member_sales_minor += goods.net_minor
    found.known_minor += goods.known_minor
    found.known_cost_minor += goods.known_cost_minor
    found.units += goods.units
    found.units_minor += goods.units_minor
