"""Replaying past sales as they really went: the live programmes, and everything customers used.

What was used of a sale is read from its record: credit, points, codes, gift cards, free items. So live
programmes give to the unit what the ledger has, and a draft among them shows what it would have changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.drafted import Terms, Visits
from loyalty_pos.app.records import Record, basket_of, card_payments, read_record
from loyalty_pos.app.report_port import FollowedSale
from loyalty_pos.domain.basket import Choices, HandedIn
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.coefficients import asks_of
from loyalty_pos.domain.conditions import Moment, Seen
from loyalty_pos.domain.counting import NO_COUNTS, Counted, Counts, counted_in
from loyalty_pos.domain.families import UNLIMITED, EarnRule, Revision, TierRule
from loyalty_pos.domain.gift_cards import CardInHand
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, Holdings, Lot, carried
from loyalty_pos.domain.limits import Usage
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.uses import uses_of
from loyalty_pos.domain.windows import Span

EVERYBODY = -1


@dataclass(slots=True)
class Gave:
    """What one programme gave: money off (rewards used apart), yield by unit, to whom, on how many sales."""

    off_minor: int = 0
    credit_minor: int = 0
    points: int = 0
    rewards: int = 0
    freed: int = 0
    given_minor: int = 0
    """Money given in another form: vouchers made, pledges."""
    purchases: int = 0
    members: dict[int, list[int]] = field(default_factory=dict)


class Following:
    """A line-up over the sales of some days, beginning with what members held before the first."""

    def __init__(self, desk: Desk, revisions: Iterable[Revision], terms: Terms, first_day: str) -> None:
        self._desk, self._terms, self._first = desk, terms, first_day
        self._lineup = Lineup(one for one in revisions if not _without_sale(one))
        self._known = dict(self._lineup.by_id)
        asks = asks_of(self._lineup.revisions)
        self._visits = Visits(terms, asks.birthday) if asks.past else None
        self._club = next((one for one in self._lineup.clubs), None)
        self._holdings: dict[int, Holdings] = {}
        self._next_lot = 1
        self._begin()
        self._levels = self._levels_before()
        self._spent: dict[int, dict[str, Counts]] = {}
        self._before: dict[tuple[int, Span], Counted] = {}
        self._today: dict[int, tuple[str, dict[str, int]]] = {}
        self._limited = [one for one in self._lineup.revisions if one.limits is not UNLIMITED]
        self._uses: dict[tuple[int, int, str], Usage] = {}
        for used in self._desk.store.reports.used_before(first_day) if self._limited else ():
            self._note(used.programme, used.member, "", used.times, used.spent_minor)
        self.gave: dict[str, Gave] = {}

    def sell(self, sale: FollowedSale) -> None:
        """Replay one sale and count what it gave."""
        record, moment = read_record(sale.record), self._terms.moment(sale.at_ms)
        snapshot = self._snapshot(sale, moment)
        rules = Rules(
            self._lineup,
            self._known,
            self._terms.money_step_minor,
            self._terms.expires,
            self._usage(sale.member, moment.business_day),
            self._terms.earn_on_tax,
        )
        priced = quote(basket_of(record), self._choices(record, snapshot), snapshot, rules, moment)
        self._count(sale.member, priced)
        self._use(sale.member, moment.business_day, priced)
        if sale.member is not None:
            self._remember(sale.member, moment.business_day, priced)

    def _begin(self) -> None:
        plain: dict[int, dict[Account, int]] = {}
        lots: dict[int, list[Lot]] = {}
        for one in self._desk.store.reports.held_before(self._first):
            account = (one.unit, one.programme)
            if one.lot is None:
                plain.setdefault(one.member, {})[account] = one.amount
                continue
            lot = Lot(one.lot, account, one.amount, one.available_from_ms, one.expires_on, one.revision, 0)
            lots.setdefault(one.member, []).append(lot)
            self._next_lot = max(self._next_lot, one.lot + 1)
            self._known.setdefault(one.revision, self._desk.book.revision(one.revision).revision)
        for member in {*plain, *lots}:
            self._holdings[member] = Holdings(tuple(lots.get(member, ())), plain.get(member, {}))

    def _levels_before(self) -> dict[int, str | None]:
        if self._club is None:
            return {}
        before = self._terms.day_before(self._first)
        return dict(self._desk.store.reports.levels_at(self._club.programme, before))

    def _snapshot(self, sale: FollowedSale, moment: Moment) -> Snapshot | None:
        member, day = sale.member, moment.business_day
        if member is None:
            return None
        counted_on, counted = self._today.get(member, ("", {}))
        return Snapshot(
            member,
            sale.kind,
            self._holdings.get(member, Holdings()),
            counted if counted_on == day else {},
            self._standing(member, sale.kind, day),
            self._visits.seen(member, day) if self._visits else Seen(),
        )

    def _standing(self, member: int, kind: str, day: str) -> Standing | None:
        club = self._club
        if club is None or (club.condition.member_kinds and kind not in club.condition.member_kinds):
            return None
        assert isinstance(club.rule, TierRule)
        span, days = self._terms.level_span(club.rule, day), self._spent.get(member, {})
        counted = counted_in(span, days, day)
        if span.earlier < self._first:
            name = (member, span)
            if name not in self._before:
                before, counting = self._terms.day_before(self._first), club.rule.counting
                self._before[name] = self._desk.store.standings.counted(member, counting, span, before)
            counted = counted.plus(self._before[name])
        level = self._levels.get(member)
        return Standing(club.rule, club.programme, counted.now, level, earlier=counted.earlier)

    def _choices(self, record: Record, snapshot: Snapshot | None) -> Choices:
        """Read from a record what its customer used; what was not used then is not used now."""
        paid, took = record["paid"], record.get("took", ())
        rewards = {self._desk.book.revision(one[1]).row.key: one[0] + 1 for one in took if one[2] == "reward"}
        held = snapshot.holdings.lots if snapshot else ()
        idle = {lot.account[1] for lot in held if lot.account[0] == "reward"} - set(rewards)
        bought = dict(record.get("bought", ()))
        cards = tuple(CardInHand(one.card, one.amount_minor, one.bought) for one in card_payments(record))
        codes = {one[3]: HandedIn(one[3], one[1]) for one in took if one[3]}
        looked_at = any(line[1] == "discount" for line in record["trace"])
        member = snapshot is not None
        return Choices(
            credit_minor=(paid["credit_minor"] or None) if member else None,
            points=((paid["points"] - sum(bought.values())) or None) if member else None,
            accept=frozenset(self._desk.book.revision(one).row.key for one in bought),
            counts=_counts(record),
            free_lines=rewards if not record["amount_mode"] else {},
            idle=frozenset(idle),
            handed_in=tuple(one for one in codes.values() if one.revision in self._lineup.by_id),
            gift_cards=cards,
            lenient=True,
            earn_only=not (looked_at or took),
        )

    def _usage(self, member: int | None, day: str) -> dict[int, Usage]:
        none = Usage()
        found = {}
        for number in [one.programme for one in self._limited]:
            whole = self._uses.get((number, EVERYBODY, ""), none)
            own = self._uses.get((number, member, ""), none) if member is not None else none
            today = self._uses.get((number, member, day), none) if member is not None else none
            found[number] = Usage(whole.total, own.total, today.total, whole.spent_minor)
        return found

    def _use(self, member: int | None, day: str, priced: Quote) -> None:
        for use in uses_of(priced, self._known) if self._limited else ():
            self._note(use.programme, member, day, use.times, use.spent_minor)

    def _note(self, programme: int, member: int | None, day: str, times: int, spent_minor: int) -> None:
        """Count a use for everybody, for the member, and for the member on a day."""
        names = {(programme, EVERYBODY, "")}
        if member is not None:
            names |= {(programme, member, ""), (programme, member, day)}
        for name in names:
            self._uses[name] = self._uses.get(name, Usage()).more(times, spent_minor)

    def _remember(self, member: int, day: str, priced: Quote) -> None:
        self._holdings[member], self._next_lot = carried(priced.book, self._next_lot)
        counted_on, counted = self._today.get(member, ("", {}))
        counted = dict(counted) if counted_on == day else {}
        for one in priced.contributions:
            counted[one.programme] = counted.get(one.programme, 0) + one.measured
        self._today[member] = (day, counted)
        if priced.stands is not None:
            self._levels[member] = priced.stands.held
        spent = self._spent.setdefault(member, {})
        club = self._club
        if club is not None and isinstance(club.rule, TierRule):
            spent[day] = priced.counts.on_day(spent.get(day, NO_COUNTS))

    def _count(self, member: int | None, priced: Quote) -> None:
        if not priced.took and not priced.contributions:
            return
        touched: dict[str, list[int]] = {}
        for took in priced.took:
            if took.source != "reward":
                key = self._known[took.revision].key
                self._of(key).off_minor += took.minor
                touched.setdefault(key, [0, 0])[0] += took.minor
        for one in priced.contributions:
            gave, got = self._of(one.programme), one.yielded - one.given
            gave.freed += one.given
            unit = one.account[0]
            name = _FIELDS[unit]
            setattr(gave, name, getattr(gave, name) + got)
            if got:
                touched.setdefault(one.programme, [0, 0])[1] += got
        for key, (off, got) in touched.items():
            gave = self._of(key)
            gave.purchases += 1
            if member is not None:
                own = gave.members.setdefault(member, [0, 0])
                own[0] += off
                own[1] += got

    def _of(self, key: str) -> Gave:
        return self.gave.setdefault(key, Gave())


_FIELDS: Mapping[str, str] = {
    "credit": "credit_minor",
    "points": "points",
    "reward": "rewards",
    "voucher": "given_minor",
    "pledge": "given_minor",
}


def _without_sale(one: Revision) -> bool:
    """Say whether a programme waits for an event: what happened when is not replayed."""
    return isinstance(one.rule, EarnRule) and one.rule.happening is not None


def _counts(record: Record) -> dict[str, int]:
    """Read how many stamps the cashier counted where the goods are unknown."""
    if not record["amount_mode"]:
        return {}
    counts: dict[str, Any] = {one["programme"]: one["measured"] for one in record["earned"]}
    return {**counts, **record.get("later", {}).get("counts", {})}
