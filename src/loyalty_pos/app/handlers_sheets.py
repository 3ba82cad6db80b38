"""A member's statement and the cashiers' summary, from the ledger (rules 5, 7)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_members import member_view
from loyalty_pos.app.handlers_past_sales import why
from loyalty_pos.app.handlers_people import member_history
from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.paging import ROWS_AT_MOST
from loyalty_pos.app.people import the_member
from loyalty_pos.app.queries import MemberHistory, Why
from loyalty_pos.app.queries_sheets import Shifts, Statement
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.sheet_port import ShiftRow
from loyalty_pos.app.statement_views import ShiftsView, ShiftView, StatementRowView, StatementView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.dates import add_days, month_end, read_day
from loyalty_pos.domain.errors import InvalidRequest

MONTHS_BACK = 3
HISTORY_ROWS = ROWS_AT_MOST[MemberHistory]
_UNITS = ("points", "credit")
_EARNED = frozenset(f"{how}_{unit}" for how in ("earned", "gift") for unit in _UNITS)


class _Change(NamedTuple):
    """Something that moved a member's points or credit."""

    day: str
    points: int
    credit: int
    item: HistoryItemView


def statement(desk: Desk, query: Statement) -> StatementView:
    row, now = the_member(desk, query.member), desk.now()
    first = add_days(month_end(now.business_day, desk.shop.view.calendar, -MONTHS_BACK), 1)
    from_day, to_day = _days(query.from_, query.to, first, now.business_day)
    view, moved = member_view(desk, row), list(_moved(desk, row.ref))
    earlier = [one for one in moved if one.day < from_day]
    before = points, credit = sum(one.points for one in earlier), sum(one.credit for one in earlier)
    rows = []
    for one in moved:
        if from_day <= one.day <= to_day:
            points, credit = points + one.points, credit + one.credit
            rows.append(_row(desk, one, points, credit))
    ended_points = ended_credit = 0
    if to_day >= now.business_day:
        ended_points = sum(one.points for one in moved) - view.points - view.points_pending
        ended_credit = sum(one.credit for one in moved) - view.credit_minor - view.credit_pending_minor
    anchor = desk.store.reports.anchor()
    return StatementView(
        member=view,
        from_day=from_day,
        to_day=to_day,
        made_at_ms=now.at_ms,
        points_before=before[0],
        credit_before_minor=before[1],
        rows=rows,
        points_after=points - ended_points,
        credit_after_minor=credit - ended_credit,
        points_ended=ended_points,
        credit_ended_minor=ended_credit,
        revision=anchor.revision,
        posting=anchor.posting,
        seal=anchor.seal[:12],
    )


def _days(from_: str | None, to: str | None, first: str, last: str) -> tuple[str, str]:
    found = []
    for name, text, usual in (("from", from_, first), ("to", to, last)):
        day = usual if text is None else read_day(text_field(name, text, 20))
        if day is None:
            raise InvalidRequest(name, "not_a_day")
        found.append(day)
    if found[0] > found[1]:
        raise InvalidRequest("to", "ends_before_it_starts")
    return found[0], found[1]


def _moved(desk: Desk, member: str) -> Iterator[_Change]:
    """Give what ever moved a member's points or credit, the oldest day first."""
    items: list[HistoryItemView] = []
    before: int | None = None
    while True:
        page = member_history(desk, MemberHistory(member=member, before=before, limit=HISTORY_ROWS))
        items += page.items
        before = page.next
        if before is None:
            break
    for item in sorted(items, key=lambda one: (one.business_day, one.seq)):
        points, credit = (sum(one.amount for one in item.moved if one.unit == unit) for unit in _UNITS)
        if points or credit:
            yield _Change(item.business_day, points, credit, item)


def _row(desk: Desk, one: _Change, points_after: int, credit_after: int) -> StatementRowView:
    return StatementRowView(
        item=one.item,
        why=_why(desk, one.item),
        points=one.points,
        credit_minor=one.credit,
        points_after=points_after,
        credit_after_minor=credit_after,
    )


def _why(desk: Desk, item: HistoryItemView) -> Sequence[Sentence]:
    """Say what points and credit a sale earned for; other things say it themselves."""
    if item.kind not in ("sale", "attach") or item.sale_id is None:
        return ()
    lines = why(desk, Why(sale_id=item.sale_id)).trace
    return [line.short for line in lines if line.applied and line.code in _EARNED]


def shifts(desk: Desk, query: Shifts) -> ShiftsView:
    now = desk.now()
    from_day, to_day = _days(query.from_, query.to, now.business_day, now.business_day)
    rows = desk.store.sheets.shifts(from_day, to_day)
    by_cashier: dict[str, list[ShiftRow]] = {}
    for row in rows:
        by_cashier.setdefault(row.actor, []).append(row)
    anchor = desk.store.reports.anchor()
    return ShiftsView(
        from_day=from_day,
        to_day=to_day,
        made_at_ms=now.at_ms,
        shifts=[ShiftView(**row._asdict()) for row in rows],
        cashiers=[_sum(actor, of) for actor, of in sorted(by_cashier.items())],
        total=_sum("", rows),
        revision=anchor.revision,
        posting=anchor.posting,
        seal=anchor.seal[:12],
    )


def _sum(actor: str, rows: Sequence[ShiftRow]) -> ShiftView:
    return ShiftView(
        day="",
        till="",
        actor=actor,
        first_ms=min([row.first_ms for row in rows], default=0),
        last_ms=max([row.last_ms for row in rows], default=0),
        sales=sum([row.sales for row in rows]),
        member_sales=sum([row.member_sales for row in rows]),
        net_minor=sum([row.net_minor for row in rows]),
        discount_minor=sum([row.discount_minor for row in rows]),
        refunds=sum([row.refunds for row in rows]),
        refunded_minor=sum([row.refunded_minor for row in rows]),
        voids=sum([row.voids for row in rows]),
        voided_minor=sum([row.voided_minor for row in rows]),
        by_hand=sum([row.by_hand for row in rows]),
    )
