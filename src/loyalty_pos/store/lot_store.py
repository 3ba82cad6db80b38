"""Lots that have ended: whose they are, and what a sweep wrote off them."""

from collections.abc import Sequence

from loyalty_pos.app.lifetime_ports import Ended, LostRow
from loyalty_pos.store.compiled import Execute

# Whoever sweeps reads the whole index of lots that end, which holds all that is asked, and no lot.
_MEMBERS = """
    SELECT DISTINCT a.holder FROM lot l INDEXED BY lot_ending JOIN account a ON a.id = l.account
    WHERE l.left > 0 AND l.expires_on IS NOT NULL AND l.expires_on < ? ORDER BY a.holder"""
_COUNT = """
    SELECT count(*) FROM lot l INDEXED BY lot_ending
    WHERE l.left > 0 AND l.expires_on IS NOT NULL AND l.expires_on < ?"""
_EXPIRED = """
    SELECT e.id, l.id, a.unit, a.programme,
        -e.amount - ifnull((SELECT sum(b.amount) FROM entry b WHERE b.reverses = e.id), 0) AS left_off,
        l.expires_on, l.revision, l.posting
    FROM account a JOIN lot l ON l.account = a.id JOIN entry e ON e.lot = l.id
    WHERE a.holder = ? AND l.expires_on >= ? AND e.kind = 'expiry' AND left_off > 0 ORDER BY e.id"""
# Entries know their posting and no index knows their account, so they are found by whose postings they can be
# in: the member's own, and those of whoever was ever one with them, for a sale spends the lots of both.
_MOVED = """
    WITH RECURSIVE kin (member) AS (
        SELECT ?1
        UNION SELECT g.dropped FROM kin k JOIN merge g ON g.keep = k.member
        UNION SELECT g.keep FROM kin k JOIN merge g ON g.dropped = k.member)
    SELECT a.unit, ifnull(t.kind, e.kind), sum(e.amount)
    FROM kin k CROSS JOIN posting p ON p.member = k.member CROSS JOIN entry e ON e.posting = p.seq
    CROSS JOIN account a ON a.id = e.account LEFT JOIN entry t ON t.id = e.reverses
    WHERE a.holder = ?1 AND a.unit IN ('points', 'credit') GROUP BY 1, 2"""

_LOST = """
    SELECT p.key, s.sale_id, s.number, p.business_day, p.record
    FROM posting p JOIN sale s ON s.posting = json_extract(p.record, '$.sale')
    WHERE p.member IN (SELECT member FROM family WHERE survivor = ?)
    AND p.kind IN ('refund', 'void') AND json_extract(p.record, '$.lost') IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM posting c WHERE c.key = 'courtesy:' || p.key)
    ORDER BY p.seq DESC LIMIT ?"""


class LotStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def ended(self, day: str) -> Sequence[int]:
        """Return the members with something left in lots that ended before a day."""
        return [member for (member,) in self._execute(_MEMBERS, (day,)).fetchall()]

    def count_ended(self, day: str) -> int:
        return int(self._execute(_COUNT, (day,)).fetchone()[0])

    def expired(self, member: int, from_day: str) -> Sequence[Ended]:
        """Return what ended of a member's lots whose last day was on a day or after it."""
        return [
            Ended(row[0], row[1], (row[2], row[3]), *row[4:])
            for row in self._execute(_EXPIRED, (member, from_day))
        ]

    def lost(self, member: int, most: int) -> Sequence[LostRow]:
        """Return a member's takings back that lost something, newest first."""
        return [LostRow._make(row) for row in self._execute(_LOST, (member, most))]

    def moved(self, member: int) -> Sequence[tuple[str, str, int]]:
        """Sum points and credit of a member by kind of entry; a reversal counts as what it reverses."""
        return list(self._execute(_MOVED, (member,)).fetchall())
