"""What the owner's first side reads: sums made where the rows are."""

from collections.abc import Sequence
from json import dumps

from loyalty_pos.app.dashboard_port import QUARTER_MS, Born, Moved, Rated, Returned, SoldThen
from loyalty_pos.store.compiled import Execute

_SOLD = f"""
    SELECT s.business_day, p.at_ms / {QUARTER_MS}, ifnull(t.member, s.member) IS NOT NULL, count(*),
    sum(s.net_minor - ifnull((SELECT sum(r.net_minor) FROM refund r WHERE r.sale = s.posting), 0))
    FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN attached t ON t.sale = s.posting
    LEFT JOIN voided v ON v.sale = s.posting
    WHERE s.business_day BETWEEN ? AND ? AND v.sale IS NULL GROUP BY 1, 2, 3"""  # noqa: S608 - our own text
# A reversal counts as what it reverses, so that what was taken back was never given.
_MOVED = """
    SELECT a.unit, sum(iif(ifnull(r.kind, e.kind) = 'accrual', e.amount, 0)),
    -sum(iif(ifnull(r.kind, e.kind) = 'redemption', e.amount, 0))
    FROM posting p JOIN entry e ON e.posting = p.seq JOIN account a ON a.id = e.account
    LEFT JOIN entry r ON r.id = e.reverses
    WHERE p.business_day BETWEEN ? AND ? AND a.unit IN ('points', 'credit', 'reward')
    GROUP BY 1 ORDER BY 1"""
_RATED = """
    SELECT programme, answer, count(*) FROM participation
    WHERE day BETWEEN ? AND ? AND answer IN ('1', '2', '3', '4', '5') GROUP BY 1, 2"""
_RETURNED = """
    WITH month(n, first, last) AS (
        SELECT key, value ->> 0, value ->> 1 FROM json_each(?)
    ), joined(member, n) AS MATERIALIZED (
        SELECT m.id, j.n FROM member m JOIN month j ON m.enrolled_day BETWEEN j.first AND j.last
        WHERE m.id NOT IN (SELECT member FROM alias)
    )
    SELECT n, NULL, count(*) FROM joined GROUP BY 1
    UNION ALL
    SELECT j.n, b.n, count(DISTINCT j.member) FROM joined j
    JOIN member_day d ON d.member = j.member AND d.sales > 0
    JOIN month b ON d.day BETWEEN b.first AND b.last AND b.n >= j.n GROUP BY 1, 2"""
_BORN = """
    SELECT birthday, count(*) FROM person
    WHERE birthday IS NOT NULL AND substr(birthday, 6) IN (SELECT value FROM json_each(?)) GROUP BY 1"""


class DashboardStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def sold(self, from_day: str, to_day: str) -> Sequence[SoldThen]:
        """Sum the kept sales of the days given, both included; what came back is not in them."""
        rows = self._execute(_SOLD, (from_day, to_day))
        return [SoldThen(day, quarter, bool(ours), count, net) for day, quarter, ours, count, net in rows]

    def moved(self, from_day: str, to_day: str) -> Sequence[Moved]:
        """Sum what was given and used of points, credit and rewards on the days given."""
        return [Moved(*row) for row in self._execute(_MOVED, (from_day, to_day))]

    def rated(self, from_day: str, to_day: str) -> Sequence[Rated]:
        """Count the answers from 1 to 5 given on the days given."""
        return [Rated(*row) for row in self._execute(_RATED, (from_day, to_day))]

    def returned(self, months: Sequence[tuple[str, str]]) -> Sequence[Returned]:
        """Count by month of joining and month of buying; `months` are first and last days, in order."""
        return [Returned(*row) for row in self._execute(_RETURNED, (dumps(months),))]

    def born(self, days: Sequence[str]) -> Sequence[Born]:
        """Count people by birthday whose month and day (of the Gregorian calendar) are among those given."""
        return [Born(*row) for row in self._execute(_BORN, (dumps(days),))]
