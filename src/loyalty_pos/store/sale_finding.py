"""Sales found by what people know of them, a stretch at a time, newest first."""

from collections.abc import Sequence
from json import dumps

from loyalty_pos.app.floor_ports import SaleFilter
from loyalty_pos.store.compiled import Execute

# Which sales are looked at; what is asked about their contents comes after that.
_NEWEST_FIRST = """
    SELECT s.posting, s.net_minor FROM sale s WHERE s.posting < ?1 ORDER BY s.posting DESC LIMIT ?3"""
_OF_DAY = """
    SELECT s.posting, s.net_minor FROM sale s
    WHERE s.business_day = ?2 AND s.posting < ?1 ORDER BY s.posting DESC LIMIT ?3"""
_OF_MEMBERS = """
    SELECT s.posting, s.net_minor FROM sale s
    WHERE s.posting IN (
        SELECT o.posting FROM sale o WHERE o.member IN (
            SELECT member FROM family WHERE survivor IN (SELECT value FROM json_each(?4)))
        UNION SELECT t.sale FROM attached t WHERE t.member IN (
            SELECT member FROM family WHERE survivor IN (SELECT value FROM json_each(?4))))
    AND s.posting < ?1 AND (?2 IS NULL OR s.business_day = ?2) ORDER BY s.posting DESC LIMIT ?3"""
_TAKEN_BACK = """
    SELECT s.posting, s.net_minor FROM sale s WHERE s.posting IN (
        SELECT * FROM (SELECT sale FROM voided WHERE sale < ?1 ORDER BY sale DESC LIMIT ?3)
        UNION SELECT * FROM (SELECT DISTINCT sale FROM refund WHERE sale < ?1 ORDER BY sale DESC LIMIT ?3))
    ORDER BY s.posting DESC LIMIT ?3"""
_PRICE = "(SELECT sum(l.value ->> 4) FROM json_each(p.record, '$.lines') l)"
_KEPT = """
    SELECT l.posting, (?5 IS NULL OR l.net_minor = ?5 OR {price} = ?5 OR l.net_minor
        - (p.record ->> '$.paid.credit_minor') - (p.record ->> '$.paid.points_minor') = ?5)
    AND (NOT ?6 OR (s.member IS NULL AND t.sale IS NULL))
    AND (NOT ?7 OR v.sale IS NOT NULL OR EXISTS (SELECT 1 FROM refund r WHERE r.sale = l.posting))
    FROM ({looked}) l JOIN sale s ON s.posting = l.posting JOIN posting p ON p.seq = l.posting
    LEFT JOIN attached t ON t.sale = l.posting LEFT JOIN voided v ON v.sale = l.posting"""
_AFTER_ALL = 2**62


class SaleFinding:
    """What a store of sales can find; it is a part of one, and executes what that executes."""

    _execute: Execute

    def find(
        self, wanted: SaleFilter, before: int | None, looked_at: int, limit: int
    ) -> tuple[Sequence[int], int | None]:
        """Return the postings of sales a filter keeps, newest first, and where to go on; None at the end."""
        source, whole = _source(wanted)
        many = limit if whole else looked_at
        values = (
            _AFTER_ALL if before is None else before,
            wanted.day,
            many,
            dumps(list(wanted.members or ())),
            wanted.amount_minor,
            wanted.unnamed,
            wanted.taken_back,
        )
        rows = sorted(self._execute(_KEPT.format(looked=source, price=_PRICE), values), reverse=True)
        kept = [posting for posting, keeps in rows if keeps]
        if len(kept) >= limit:
            return kept[:limit], kept[limit - 1]
        return kept, rows[-1][0] if len(rows) == many else None


def _source(wanted: SaleFilter) -> tuple[str, bool]:
    """Choose which sales to look at, and say whether all of them are kept."""
    alike = wanted.amount_minor is None and not wanted.unnamed
    if wanted.members is not None:
        return _OF_MEMBERS, alike and not wanted.taken_back
    if wanted.day is not None:
        return _OF_DAY, alike and not wanted.taken_back
    if wanted.taken_back:
        return _TAKEN_BACK, alike
    return _NEWEST_FIRST, alike
