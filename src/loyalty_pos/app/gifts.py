"""Gifts that need no sale: for joining, for details filled in, for bringing somebody (rules 1: events)."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.events import ONCE, Events, referrer_of
from loyalty_pos.app.pasts import seen_of
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.programme_uses import note_uses, usage_before, uses_record
from loyalty_pos.app.records import contributions, gift_record, moved_record, read_record
from loyalty_pos.app.sold import step_of
from loyalty_pos.app.standings import standing_of
from loyalty_pos.app.terms import held_terms
from loyalty_pos.domain.basket import Basket, Choices
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import EarnRule, Event, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Book, Movement
from loyalty_pos.domain.quote import Rules, quote
from loyalty_pos.domain.take_back import take_all_back
from loyalty_pos.domain.trace import Reason


@dataclass(frozen=True, slots=True)
class Gifts:
    """What a member is given now: for the posting's record, and as it moves their accounts."""

    record: Mapping[str, Any] = field(default_factory=dict)
    movements: tuple[Movement, ...] = ()
    book: Book | None = None
    """The member's balances afterwards."""


NOTHING = Gifts()


def gifts_of(desk: Desk, row: MemberRow, moment: Moment, *events: Event) -> Gifts:
    """Give what live programmes give for these events, each once."""
    asked = Events(desk, row, moment, Basket(()))
    states: dict[int, int | Reason] = {}
    live = []
    for revision, rule in _live(desk, *events):
        assert rule.happening is not None
        state = asked.state(revision, rule, rule.happening)
        if not isinstance(state, Reason):
            states[revision.id] = state
            live.append(revision)
    return given_now(desk, row, moment, live, states)


def give_referrer(
    desk: Desk, newcomer: MemberRow, moment: Moment, sale_id: str, stands_for: str | None = None
) -> None:
    """Give whoever brought a member their gift, at that member's first purchase and never twice.

    A sale that stands again, for the one of the key `stands_for`, is a first one where that one was.
    """
    ledger = desk.store.ledger
    first = newcomer.visits == 0 or (stands_for is not None and ledger.posting(f"referral:{stands_for}"))
    live = [revision for revision, _ in _live(desk, "referrer")] if first else []
    referrer = referrer_of(desk, newcomer) if live else None
    if referrer is None:
        return
    live = [one for one in live if not _given_for(desk, referrer, one.key, newcomer)]
    given = given_now(desk, referrer, moment, live, {one.id: ONCE for one in live})
    if not given.movements:
        return
    record = {"newcomer": newcomer.ref, "sale": sale_id, **given.record}
    key = f"referral:{sale_id}"
    desk.store.ledger.append(
        desk.posting(key, {"referral": sale_id}, "referral", referrer.id, moment, record, given.movements)
    )
    note_uses(desk, record, referrer.id, moment.business_day)


def take_back_referral(desk: Desk, sale: SaleRow, moment: Moment) -> None:
    """Take back what the referrer was given for a purchase that is taken back (rules 30)."""
    key = f"referral:{sale.sale_id}"
    given = desk.store.ledger.posting(key)
    if given is None or given.member is None:
        return
    record, member = read_record(given.record), desk.store.members.get(given.member).id
    holdings = desk.store.ledger.holdings(member, given.seq)
    book = Book(holdings, moment.at_ms, moment.life_day)
    earned = contributions(record)
    steps = {one.programme: step_of(desk, one.programme, moment) for one in earned}
    revisions = desk.book.revisions({one.revision for one in earned})
    take_all_back(book, desk.store.ledger.entries(given.seq), earned, revisions, steps)
    back = {"sale": sale.sale_id, "moved": moved_record(book)}
    movements = tuple(book.movements)
    desk.store.ledger.append(
        desk.posting(f"undo:{key}", {"undo": key}, "referral_back", member, moment, back, movements)
    )
    for number, times, spent in record.get("uses", ()):
        desk.store.uses.move(number, member, given.business_day, -times, -spent)


def _live(desk: Desk, *events: Event) -> list[tuple[Revision, EarnRule]]:
    return [
        (one, one.rule)
        for one in desk.book.events
        if isinstance(one.rule, EarnRule) and one.rule.happening and one.rule.happening.event in events
    ]


def _given_for(desk: Desk, referrer: MemberRow, key: str, newcomer: MemberRow) -> bool:
    return any(
        read_record(text).get("newcomer") == newcomer.ref
        for _, text, _ in desk.store.ledger.gave(referrer.id, key)
    )


def given_now(
    desk: Desk,
    row: MemberRow,
    moment: Moment,
    live: list[Revision],
    states: Mapping[int, int | Reason],
) -> Gifts:
    """Work out gifts as a purchase of nothing would earn them."""
    if not live:
        return NOTHING
    holdings = desk.store.ledger.balances(row.id, moment.at_ms, moment.life_day)
    seen = seen_of(desk, row, moment, holdings, desk.book.asks)
    standing = standing_of(desk, row, moment)
    terms = held_terms(desk, row, moment)
    snapshot = Snapshot(row.id, row.kind, holdings, {}, standing, seen, states, terms)
    usage = usage_before(desk, live, row.id, moment.business_day)
    shop = desk.shop
    rules = Rules(live, {one.id: one for one in live}, shop.money_step_minor, shop.expires, usage)
    priced = quote(Basket(()), Choices(earn_only=True), snapshot, rules, moment)
    if not priced.contributions:
        return NOTHING
    record = gift_record(priced) | uses_record(priced, live)
    return Gifts(record, tuple(priced.book.movements), priced.book)
