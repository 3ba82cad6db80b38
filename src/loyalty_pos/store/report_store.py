"""What reports read: many rows at once, never through the tills' hot paths."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.report_port import (
    Anchor,
    Ended,
    FollowedSale,
    Held,
    HeldBefore,
    LevelMove,
    PastSale,
    Published,
    Scored,
    Stored,
    UsedBefore,
)
from loyalty_pos.domain.tuples import made
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, slot
from loyalty_pos.store.dashboard_store import DashboardStore
from loyalty_pos.store.shop_store import sale_of, sales_query

_REVISIONS = compiled(
    lambda: (
        m.Revision.select(m.Revision.id, m.Posting.at_ms, m.Posting.actor, m.Posting.till)
        .join(m.Programme, on=(m.Programme.id == m.Revision.programme))
        .switch(m.Revision)
        .join(m.Posting, on=(m.Posting.seq == m.Revision.posting))
        .where(m.Programme.key == slot())
        .order_by(m.Revision.number)
    )
)
_SALES = compiled(
    lambda: (
        sales_query()
        .where(m.Sale.business_day.between(slot(), slot()), m.Voided.posting.is_null())
        .order_by(m.Sale.posting)
    )
)
_KEPT = """
    FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN attached t ON t.sale = s.posting
    LEFT JOIN posting a ON a.seq = t.posting LEFT JOIN voided v ON v.sale = s.posting
    LEFT JOIN member m ON m.id = ifnull(t.member, s.member)
    WHERE s.business_day BETWEEN ?1 AND ?2 AND v.sale IS NULL"""
# Only what a replay needs is read: parsing whole records would take longer than replaying them.
_PAST_SALES = f"""
    SELECT m.id, m.kind, ifnull(a.record, p.record) ->> '$.tier[0]', p.at_ms, s.business_day,
    '[' || (p.record -> '$.amount_mode') || ',' || (p.record -> '$.lines') || ','
    || ifnull(p.record -> '$.goods', ifnull(p.record -> '$.later.goods', '[]')) || ']'
    {_KEPT} ORDER BY s.posting"""
_COUNT_SALES = """
    SELECT count(*) FROM sale s LEFT JOIN voided v ON v.sale = s.posting
    WHERE s.business_day BETWEEN ? AND ? AND v.sale IS NULL"""
_FOLLOWED_SALES = f"""
    SELECT m.id, m.kind, p.at_ms, s.business_day, iif(a.record IS NULL, p.record,
    json_set(p.record, '$.earned', a.record -> '$.earned', '$.tier', a.record -> '$.tier'))
    {_KEPT} ORDER BY s.posting"""
# Most sales took nothing off, and a list that is empty is found out sooner than it is parsed.
_GIVEN = f"""
    SELECT m.id, sum(iif(instr(p.record, '"took":[['),
        (SELECT ifnull(sum(b.value ->> 4), 0) FROM json_each(p.record, '$.took') b), 0)
    + (SELECT ifnull(sum(CASE b.value ->> 'unit' WHEN 'credit' THEN b.value ->> 'yielded'
        WHEN 'points' THEN (b.value ->> 'yielded') * ?3 END), 0)
        FROM json_each(ifnull(a.record, p.record), '$.earned') b))
    {_KEPT} AND m.id IS NOT NULL GROUP BY 1"""  # noqa: S608 - our own text
_HELD_BEFORE = """
    SELECT a.member, a.unit, a.programme, sum(e.amount), e.lot, ifnull(l.available_from_ms, 0), l.expires_on,
    ifnull(l.revision, 0)
    FROM entry e JOIN posting p ON p.seq = e.posting JOIN account a ON a.id = e.account
    LEFT JOIN lot l ON l.id = e.lot
    WHERE p.business_day < ? GROUP BY e.account, e.lot HAVING sum(e.amount) > 0"""
_USED_BEFORE = """
    SELECT programme, member, sum(times), sum(spent_minor) FROM told_use WHERE day < ? GROUP BY 1, 2"""
_MOVES = """
    SELECT nullif(before, ''), nullif(after, ''), sum(members) FROM level_move
    WHERE programme = ? AND day BETWEEN ? AND ? GROUP BY 1, 2"""
# Of a group SQLite gives the other columns of the row that has the maximum.
_LEVELS_AT = """
    SELECT e.member, e.after, max(e.posting) FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.programme = ? AND p.business_day <= ? GROUP BY e.member"""
_ANCHOR = """
    SELECT ifnull(max(seq), 0), ifnull((SELECT lower(hex(hash)) FROM posting ORDER BY seq DESC LIMIT 1), ''),
    (SELECT ifnull(max(id), 0) FROM revision) FROM posting"""
_HELD = """
    SELECT unit, programme, nullif(expires_on, ''), left FROM promise_cell
    WHERE left > 0 AND (expires_on = '' OR expires_on >= ?) AND unit NOT IN ('gift_card', 'voucher')"""
_ENDED = """
    SELECT unit, sum(amount), sum(left + expired) FROM promise_cell
    WHERE expires_on <> '' AND expires_on < ? AND unit IN ('points', 'credit', 'reward') GROUP BY 1"""
_STORED = """
    SELECT nullif(expires_on, ''), pieces, left FROM promise_cell
    WHERE unit = ?2 AND pieces > 0 AND (expires_on = '' OR expires_on >= ?1)"""


_INDEXES = {
    "last_visit_day": "member_state_last",
    "visits": "member_state_visits",
    "spend_minor": "member_state_spend",
}
# Rows of an index are passed over without a look: asking each whether it counts costs ten times that.
_PLACE = {
    what: f"""
        SELECT {what}, member FROM member_state INDEXED BY {index} WHERE visits > 0
        ORDER BY {what}, member LIMIT 1 OFFSET ?"""  # noqa: S608 - our own columns
    for what, index in _INDEXES.items()
}
_COUNT_BUYERS = "SELECT count(*) FROM member_state WHERE visits > 0"
_GONE = """
    SELECT last_visit_day, visits, spend_minor, member FROM alias JOIN member_state USING (member)
    WHERE visits > 0"""


def _above(what: str, first: int) -> str:
    """Say in SQL how many of four borders a figure is above."""
    low, middle, high = (f"({what} > ?{first + at})" for at in (0, 2, 3))
    return f"CASE WHEN {what} > ?{first + 1} THEN iif({middle}, 3 + {high}, 2) ELSE {low} END"


def _scored(source: str) -> str:
    """Sum rows by group: limits that limit nothing let each row be worked out once, and nothing is sorted."""
    sums = ", ".join(
        f"count(*) FILTER (WHERE g = {group}), sum(spend_minor) FILTER (WHERE g = {group})"
        for group in range(GROUPS)
    )
    return f"""
        SELECT {sums} FROM (
            SELECT (CASE x / 21 WHEN 0 THEN ?13 WHEN 1 THEN ?14 WHEN 2 THEN ?15 WHEN 3 THEN ?16
            WHEN 4 THEN ?17 ELSE ?18 END >> (x % 21 * 3)) & 7 AS g, spend_minor
            FROM (
                SELECT (({_above("last_visit_day", 1)}) * 5 + ({_above("visits", 5)})) * 5
                + ({_above("spend_minor", 9)}) AS x, spend_minor FROM {source} AND +visits > 0 LIMIT -1
            ) LIMIT -1
        )"""  # noqa: S608 - our own text


GROUPS = 8
_SCORED = _scored("member_state WHERE 1")
_SCORED_GONE = _scored("member_state WHERE member IN (SELECT member FROM alias)")


class ReportStore(DashboardStore):
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def revisions(self, key: str) -> Sequence[Published]:
        """Return every revision of a programme, the first one first; none for a key nobody knows."""
        return [Published(*row) for row in self._execute(_REVISIONS, (key,))]

    def sales(self, from_day: str, to_day: str) -> Iterator[SaleRow]:
        """Give the kept sales of the days given, both included, in the order they were recorded."""
        for row in self._execute(_SALES, (from_day, to_day)):
            yield sale_of(row)

    def past_sales(self, from_day: str, to_day: str) -> Iterator[PastSale]:
        """Give the same sales with no more of them than a draft alone needs."""
        for row in self._execute(_PAST_SALES, (from_day, to_day)):
            yield made(PastSale, row)

    def count_sales(self, from_day: str, to_day: str) -> int:
        """Count the same sales."""
        return int(self._execute(_COUNT_SALES, (from_day, to_day)).fetchone()[0])

    def followed_sales(self, from_day: str, to_day: str) -> Iterator[FollowedSale]:
        """Give the same sales whole; of one attached later, what it gave stands with it."""
        for row in self._execute(_FOLLOWED_SALES, (from_day, to_day)):
            yield FollowedSale(*row)

    def held_before(self, day: str) -> Iterator[HeldBefore]:
        """Give what every member held of points, credit, rewards and progress when a day began."""
        for row in self._execute(_HELD_BEFORE, (day,)):
            yield HeldBefore(*row)

    def used_before(self, day: str) -> Sequence[UsedBefore]:
        """Sum by programme and member what was used of programmes before a day."""
        return [UsedBefore(*row) for row in self._execute(_USED_BEFORE, (day,))]

    def given(self, from_day: str, to_day: str, point_minor: int) -> Mapping[int, int]:
        """Sum by member what programmes really gave on the days given: discounts, credit, points."""
        return dict(self._execute(_GIVEN, (from_day, to_day, point_minor)))

    def moves(self, programme: int, from_day: str, to_day: str) -> Sequence[LevelMove]:
        """Sum the changes of level in a club on the days given."""
        return [LevelMove(*row) for row in self._execute(_MOVES, (programme, from_day, to_day))]

    def levels_at(self, programme: int, day: str) -> Mapping[int, str | None]:
        """Return the level that an event of that day or before last put each member on."""
        return {member: level for member, level, _ in self._execute(_LEVELS_AT, (programme, day))}

    def anchor(self) -> Anchor:
        """Return where the ledger ends."""
        return Anchor(*self._execute(_ANCHOR, ()).fetchone())

    def held(self, day: str) -> Sequence[Held]:
        """Return what members hold on a day: lots not yet ended, pending ones too, and plain balances."""
        return [Held(*row) for row in self._execute(_HELD, (day,))]

    def ended(self, day: str) -> Sequence[Ended]:
        """Return by unit what became of the lots whose last day was before a day."""
        return [Ended(*row) for row in self._execute(_ENDED, (day,))]

    def gift_cards(self, day: str) -> Sequence[Stored]:
        """Return what is left on gift cards that are good on a day."""
        return [Stored(*row) for row in self._execute(_STORED, (day, "gift_card"))]

    def vouchers(self, day: str) -> Sequence[Stored]:
        """Return the vouchers made by bills that are not used, void or past on a day."""
        return [Stored(*row) for row in self._execute(_STORED, (day, "voucher"))]

    def cuts(self, parts: int) -> Sequence[Sequence[Any]]:
        """Return the last days, visits and spends that end equal parts of all who ever bought, but the last.

        Who was merged into somebody does not count; a part of nobody ends where nothing does.
        """
        gone = self._execute(_GONE, ()).fetchall()
        buyers = self._execute(_COUNT_BUYERS, ()).fetchone()[0] - len(gone)
        ends = [buyers * part // parts for part in range(1, parts)]
        found = []
        for at, what in enumerate(_INDEXES):
            ordered = sorted((row[at], row[3]) for row in gone)
            found.append([self._at(what, below, ordered) for below in ends])
        return found

    def _at(self, what: str, place: int, gone: Sequence[tuple[Any, int]]) -> Any:
        """Return the figure of whoever stands at a place, from 1, when those who are gone are left out."""
        if not place:
            return "" if what == "last_visit_day" else -1
        passed = place
        while True:
            found = self._execute(_PLACE[what], (passed - 1,)).fetchone()
            beyond = place + bisect_right(gone, found)
            if beyond == passed:
                return found[0]
            passed = beyond

    def scored(self, borders: Sequence[Sequence[Any]], groups: Sequence[int]) -> Sequence[Scored]:
        """Sum everybody who ever bought by group; who was merged into somebody does not count."""
        packed = [
            sum([group << 3 * at for at, group in enumerate(groups[first : first + 21])])
            for first in range(0, 126, 21)
        ]
        values = [*chain.from_iterable(borders), *packed]
        every, gone = (self._execute(sql, values).fetchone() for sql in (_SCORED, _SCORED_GONE))
        sums = [(one or 0) - (other or 0) for one, other in zip(every, gone, strict=True)]
        return [Scored(*pair) for pair in zip(sums[::2], sums[1::2], strict=True)]
