"""What reports read: many rows at once, never through the tills' hot paths."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peewee import SQL, fn

from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.report_port import (
    Anchor,
    Ended,
    FollowedSale,
    Held,
    HeldBefore,
    LevelChange,
    PastSale,
    Published,
    Stored,
    UsedBefore,
)
from loyalty_pos.domain.families import Metric
from loyalty_pos.domain.tuples import made
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, slot
from loyalty_pos.store.shop_store import sale_of, sales_query

_REVISIONS = compiled(
    m.Revision.select(m.Revision.id, m.Posting.at_ms, m.Posting.actor, m.Posting.till)
    .join(m.Programme, on=(m.Programme.id == m.Revision.programme))
    .switch(m.Revision)
    .join(m.Posting, on=(m.Posting.seq == m.Revision.posting))
    .where(m.Programme.key == slot())
    .order_by(m.Revision.number)
)
_SALES = compiled(
    sales_query()
    .where(m.Sale.business_day.between(slot(), slot()), m.Voided.posting.is_null())
    .order_by(m.Sale.posting)
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
_FOLLOWED_SALES = f"""
    SELECT m.id, m.kind, p.at_ms, s.business_day, iif(a.record IS NULL, p.record,
    json_set(p.record, '$.earned', a.record -> '$.earned', '$.tier', a.record -> '$.tier'))
    {_KEPT} ORDER BY s.posting"""
_GIVEN = f"""
    SELECT m.id, sum((SELECT ifnull(sum(b.value ->> 4), 0) FROM json_each(p.record, '$.took') b)
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
_CHANGES = compiled(
    m.TierEvent.select(m.TierEvent.member, m.TierEvent.before, m.TierEvent.after)
    .join(m.Posting, on=(m.Posting.seq == m.TierEvent.posting))
    .where(m.TierEvent.programme == slot(), m.Posting.business_day.between(slot(), slot()))
    .order_by(m.TierEvent.posting)
)
# Of a group SQLite gives the other columns of the row that has the maximum.
_LEVELS_AT = """
    SELECT e.member, e.after, max(e.posting) FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.programme = ? AND p.business_day <= ? GROUP BY e.member"""
_WHAT: Mapping[Metric, Any] = {
    "spend": m.MemberDay.spend_minor,
    "visit_days": m.MemberDay.sales > SQL("0"),
    "points": m.MemberDay.points,
}
_COUNTED: Mapping[Metric, str] = {
    metric: compiled(
        m.MemberDay.select(m.MemberDay.member, fn.SUM(what))
        .where(
            m.MemberDay.day.between(slot(), slot()), m.MemberDay.member.not_in(m.Alias.select(m.Alias.member))
        )
        .group_by(m.MemberDay.member)
    )
    for metric, what in _WHAT.items()
}
_ANCHOR = """
    SELECT ifnull(max(seq), 0), ifnull((SELECT lower(hex(hash)) FROM posting ORDER BY seq DESC LIMIT 1), ''),
    (SELECT ifnull(max(id), 0) FROM revision) FROM posting"""
_HELD = """
    SELECT a.unit, a.programme, l.expires_on, sum(l.left), count(DISTINCT a.member)
    FROM lot l JOIN account a ON a.id = l.account
    WHERE l.left > 0 AND (l.expires_on IS NULL OR l.expires_on >= ?) GROUP BY 1, 2, 3
    UNION ALL
    SELECT unit, programme, NULL, sum(balance), count(DISTINCT member) FROM account
    WHERE balance > 0 AND unit NOT IN ('points', 'credit', 'reward') GROUP BY 1, 2"""
_ENDED = """
    SELECT a.unit, sum(l.amount), sum(l.left) + ifnull(sum((
        SELECT -sum(e.amount) FROM entry e WHERE e.lot = l.id AND e.posting > l.posting AND e.kind = 'expiry'
    )), 0)
    FROM lot l JOIN account a ON a.id = l.account WHERE l.expires_on < ? GROUP BY 1"""
_GIFT_CARDS = """
    SELECT c.expires_on, count(*), sum(c.left_minor) FROM gift_card c
    LEFT JOIN gift_card_void v ON v.card = c.id
    WHERE v.card IS NULL AND c.left_minor > 0 AND (c.expires_on IS NULL OR c.expires_on >= ?) GROUP BY 1"""
_VOUCHERS = """
    SELECT c.expires_on, count(*), sum(w.worth_minor) FROM code_worth w JOIN code c ON c.id = w.code
    LEFT JOIN code_void v ON v.code = c.id
    LEFT JOIN code_use u ON u.code = c.id AND u.given_back IS NULL
    WHERE v.code IS NULL AND u.code IS NULL AND (c.expires_on IS NULL OR c.expires_on >= ?) GROUP BY 1"""


class ReportStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def revisions(self, key: str) -> Sequence[Published]:
        """Return every revision of a programme, the first one first; none for a key nobody knows."""
        return self._all(Published, _REVISIONS, key)

    def sales(self, from_day: str, to_day: str) -> Iterator[SaleRow]:
        """Give the kept sales of the days given, both included, in the order they were recorded."""
        for row in self._execute(_SALES, (from_day, to_day)):
            yield sale_of(row)

    def past_sales(self, from_day: str, to_day: str) -> Iterator[PastSale]:
        """Give the same sales with no more of them than a draft alone needs."""
        for row in self._execute(_PAST_SALES, (from_day, to_day)):
            yield made(PastSale, row)

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
        return self._all(UsedBefore, _USED_BEFORE, day)

    def given(self, from_day: str, to_day: str, point_minor: int) -> Mapping[int, int]:
        """Sum by member what programmes really gave on the days given: discounts, credit, points."""
        return dict(self._execute(_GIVEN, (from_day, to_day, point_minor)))

    def changes(self, programme: int, from_day: str, to_day: str) -> Sequence[LevelChange]:
        """Return the changes of level in a club on the days given, first ones first."""
        return [LevelChange(*row) for row in self._execute(_CHANGES, (programme, from_day, to_day))]

    def levels_at(self, programme: int, day: str) -> Mapping[int, str | None]:
        """Return the level that an event of that day or before last put each member on."""
        return {member: level for member, level, _ in self._execute(_LEVELS_AT, (programme, day))}

    def counted(self, metric: Metric, from_day: str, to_day: str) -> Mapping[int, int]:
        """Sum what counts towards levels on the days given, for every member who stands for themselves."""
        return dict(self._execute(_COUNTED[metric], (from_day, to_day)))

    def anchor(self) -> Anchor:
        """Return where the ledger ends."""
        return Anchor(*self._execute(_ANCHOR, ()).fetchone())

    def held(self, day: str) -> Sequence[Held]:
        """Return what members hold on a day: lots not yet ended, pending ones too, and plain balances."""
        return self._all(Held, _HELD, day)

    def ended(self, day: str) -> Sequence[Ended]:
        """Return by unit what became of the lots whose last day was before a day."""
        return self._all(Ended, _ENDED, day)

    def gift_cards(self, day: str) -> Sequence[Stored]:
        """Return what is left on gift cards that are good on a day."""
        return self._all(Stored, _GIFT_CARDS, day)

    def vouchers(self, day: str) -> Sequence[Stored]:
        """Return the vouchers made by bills that are not used, void or past on a day."""
        return self._all(Stored, _VOUCHERS, day)

    def _all(self, row: Any, sql: str, what: str) -> Sequence[Any]:
        return [row(*values) for values in self._execute(sql, (what,))]
