"""Reviews of levels: whom one may concern, who was warned, and which levels were given by hand."""

from collections.abc import Iterator

from loyalty_pos.app.lifetime_ports import Candidate, Warned
from loyalty_pos.domain.counting import Counting
from loyalty_pos.domain.windows import Span
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot
from loyalty_pos.store.counting import counted, sums, width

# ?1 the club, ?2 the day, ?3 ?4 the window of now, ?5 ?6 that of before, ?7 the last day looked at
_CANDIDATES = """
    SELECT b.id, b.kind, s.level, h.level, w.level, w.day, w.times, d.*
    FROM member b
    LEFT JOIN (
        SELECT {now}, {before}, member, max(day < ?2) AS came
        FROM member_day WHERE day BETWEEN min(?3, ?5) AND ?7 GROUP BY member
    ) d ON d.member = b.id
    LEFT JOIN standing s ON s.member = b.id AND s.programme = ?1
    LEFT JOIN tier_shield h ON h.member = b.id AND h.programme = s.programme AND h.until_day >= ?2
    LEFT JOIN tier_warning w ON w.member = b.id AND w.programme = s.programme
    WHERE (s.level IS NOT NULL OR s.member IS NULL AND d.came)
    AND NOT EXISTS (SELECT 1 FROM alias x WHERE x.member = b.id) ORDER BY b.id"""
_UNTIL = """
    SELECT day FROM reviewed WHERE programme = ? UNION ALL
    SELECT min(p.business_day) FROM revision r JOIN posting p ON p.seq = r.posting WHERE r.programme = ?"""
_NOTE = inserting(m.Reviewed).replace("INSERT", "INSERT OR REPLACE", 1)
_WARN = inserting(m.TierWarning).replace("INSERT", "INSERT OR REPLACE", 1)
_SHIELD = inserting(m.TierShield).replace("INSERT", "INSERT OR REPLACE", 1)
_WARNING = compiled(
    lambda: m.TierWarning.select(m.TierWarning.level, m.TierWarning.day, m.TierWarning.times).where(
        m.TierWarning.member == slot(), m.TierWarning.programme == slot()
    )
)
_SHIELDED = compiled(
    lambda: m.TierShield.select(m.TierShield.until_day).where(
        m.TierShield.member == slot(), m.TierShield.programme == slot(), m.TierShield.until_day >= slot()
    )
)


class ReviewStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def until(self, programme: int) -> str:
        """Return the day of the last review of a club, or the day it began."""
        return str(self._execute(_UNTIL, (programme, programme)).fetchone()[0])

    def note(self, programme: int, day: str, posting: int) -> None:
        self._execute(_NOTE, (programme, day, posting))

    def candidates(
        self, programme: int, counting: Counting, day: str, windows: tuple[Span, Span, str]
    ) -> Iterator[Candidate]:
        """Find whom the review of a day may concern, by the window of before, that of now, and its end."""
        before, now, end = windows
        sql = _CANDIDATES.format(
            now=sums(counting, "?3", "?4", "?7"),
            before=sums(counting, "?5", "?6", "date(?2, '-1 day')"),
        )
        for row in self._execute(sql, (programme, day, *now, *before, end)):
            member, kind, held, shield, *warning = row[:7]
            warned = None if warning[0] is None else Warned(*warning)
            counts = counted(counting, row, 7), counted(counting, row, 7 + width(counting))
            yield Candidate(member, kind, *counts, held, shield, warned)

    def warning(self, member: int, programme: int) -> Warned | None:
        row = self._execute(_WARNING, (member, programme)).fetchone()
        return None if row is None else Warned(*row)

    def warn(self, member: int, programme: int, warned: Warned, posting: int) -> None:
        self._execute(_WARN, (member, programme, *warned, posting))

    def shielded_until(self, member: int, programme: int, day: str) -> str | None:
        """Return the last day of a level given by hand that still holds on a day."""
        row = self._execute(_SHIELDED, (member, programme, day)).fetchone()
        return None if row is None else str(row[0])

    def shield(self, member: int, programme: int, level: str, until: str, posting: int) -> None:
        self._execute(_SHIELD, (member, programme, level, until, posting))
