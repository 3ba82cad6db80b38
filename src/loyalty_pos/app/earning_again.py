"""What a sale had earned, earned by the same member once more: at its own rates and level (rules 26, 30)."""

from collections.abc import Mapping
from dataclasses import replace

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.events import Events
from loyalty_pos.app.games import DRAWN, WON
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.records import Record, contributions, promised_by, record_of, trace_lines
from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.earning import Contribution, qualifying_points
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.games import COUNTED
from loyalty_pos.domain.ledger import Book, Holdings, NewLot, owed_account, progress_account
from loyalty_pos.domain.limits import CUT_BY
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.trace import TraceLine

_GONE = frozenset({"limit_sale", "limit_day", "limit_member", "limit_total", "budget_spent", "counted_today"})
"""Why something is not given again: somebody else, or another sale, had it meanwhile."""

_IN_CHALLENGE = COUNTED | {WON}


def as_it_earned(desk: Desk, sale: SaleRow, member: MemberRow, quote: Quote) -> Quote:
    """Earn what a member's sale earned, and nothing else; `quote` says what limits leave of that now."""
    holdings, now = desk.store.ledger.holdings(member.id), desk.now()
    record = record_of(sale)
    alive = Holdings(tuple(lot for lot in holdings.lots if lot.live(now.life_day)), holdings.plain)
    book = Book(alive, now.at_ms, now.life_day)
    had = [one for one in (*contributions(record), *promised_by(record)) if one.account[0] != "pledge"]
    today = {line.revision: line for line in quote.trace if line.family == "earn"}
    given = {one.revision: one for one in quote.contributions}
    events = Events(desk, member, now, Basket(()))
    found: list[Contribution] = []
    lines: dict[int, TraceLine] = {}
    for one in had:
        left = _left(one, given.get(one.revision), today[one.revision])
        if one.event and left is one and _given(events, one):
            left = None
        if left is None:
            lines[one.revision] = today[one.revision]
            continue
        again, facts = _earned(desk, sale, book, left)
        found.append(again)
        line = _line(record, one.revision)
        lines[one.revision] = line._replace(facts={**line.facts, **facts})
    counts = quote.counts._replace(points=qualifying_points(found))
    return replace(
        quote,
        book=book,
        contributions=tuple(found),
        trace=tuple(_told(record, quote, today, lines)),
        counts=counts,
        stands=quote.stood.bought(counts) if quote.stood else None,
    )


def _left(had: Contribution, given: Contribution | None, line: TraceLine) -> Contribution | None:
    """Return what of an earning may be given again; None when nothing of it."""
    if given is None:
        return None if line.code in _GONE else had
    less = given.measured < had.measured or CUT_BY & line.facts.keys()
    return given if less and given.micros < had.micros else had


def _given(events: Events, had: Contribution) -> bool:
    """Say whether another sale had the gift meanwhile."""
    return any(stamp == had.event for _, stamp in events.given(had.programme))


def _earned(
    desk: Desk, sale: SaleRow, book: Book, one: Contribution
) -> tuple[Contribution, Mapping[str, int]]:
    """Fill progress with what a contribution comes to, and turn full steps over."""
    if one.later or one.account[0] == "voucher":
        return one, {}
    revision = desk.book.revision(one.revision).revision
    assert isinstance(revision.rule, EarnRule)
    unit, progress = revision.rule.unit_micro, progress_account(one.programme)
    before, steps, after = book.fill(progress, owed_account(progress), one.micros, one.step_micro, None)
    got = steps * one.yield_per_step
    if got:
        expires_on = desk.shop.expires(revision.expiry, sale.business_day)
        book.gain(one.account, got, NewLot(sale.at_ms, expires_on, revision.id))
    facts = {"before": before // unit, "got": got, "after": after // unit}
    if one.stamps is None:
        return one._replace(yielded=got), facts
    stamps = (before + one.micros) // unit - before // unit
    return one._replace(yielded=got, stamps=stamps), {
        **facts,
        "stamps": stamps,
        "rest": after % unit // MICRO,
    }


def _line(record: Record, revision: int) -> TraceLine:
    return next(one for one in trace_lines(record) if one.revision == revision and one.family == "earn")


def _told(
    record: Record, quote: Quote, today: Mapping[int, TraceLine], lines: Mapping[int, TraceLine]
) -> list[TraceLine]:
    """Tell of earnings and draws what was told then, of challenges and levels what is so now.

    What was drawn then stands again unless its limit is spent now; what was not drawn then is not.
    """
    then = [line for line in trace_lines(record) if line.family == "earn"]
    counted = {line.revision for line in then if line.code in _IN_CHALLENGE}
    stays = []
    for line in then:
        now = today.get(line.revision)
        if line.code == DRAWN and now is not None and now.code in _GONE:
            stays.append(now)
        elif line.revision not in counted:
            stays.append(lines.get(line.revision, line))
    return [*stays, *[line for line in quote.trace if line.family != "earn" or line.revision in counted]]
