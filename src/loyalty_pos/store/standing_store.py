"""What counts towards levels, day by day, and the level each member holds."""

from collections.abc import Iterator, Sequence
from functools import cache

from peewee import SQL, fn

from loyalty_pos.domain.counting import Counted, Counting
from loyalty_pos.domain.windows import Span
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot
from loyalty_pos.store.counting import counted, sums


@cache  # of the few ways to count that a shop ever has
def _counted(counting: Counting) -> str:
    return f"""
        SELECT {sums(counting, "?2", "?3", "?4")}
        FROM member_day WHERE member = ?1 AND day BETWEEN ?2 AND ?4"""  # noqa: S608 - our own text


_TALLY = compiled(
    lambda: m.MemberDay.select(
        fn.IFNULL(fn.SUM(m.MemberDay.sales), SQL("0")), fn.IFNULL(fn.SUM(m.MemberDay.spend_minor), SQL("0"))
    ).where(m.MemberDay.member == slot(), m.MemberDay.day.between(slot(), slot()))
)
_POINTS = """
    SELECT (SELECT ifnull(sum(points), 0) FROM member_day WHERE member = ?1), ifnull(sum(min(
        e.value ->> '$.yielded',
        (e.value ->> '$.micros') / (e.value ->> '$.step_micro') * (e.value ->> '$.yield_per_step'))), 0)
    FROM family f CROSS JOIN posting p ON p.member = f.member AND p.kind IN ('sale', 'attach')
    LEFT JOIN attached t ON t.posting = p.seq JOIN sale s ON s.posting = ifnull(t.sale, p.seq),
    json_each(p.record, '$.earned') e
    WHERE f.survivor = ?1 AND s.posting <> ?2 AND s.posting NOT IN (SELECT sale FROM voided)
    AND s.posting NOT IN (SELECT sale FROM refund)
    AND e.value ->> '$.unit' = 'points' AND e.value ->> '$.event' IS NULL"""
_SHARED_DAYS = """
    SELECT count(*) FROM member_day o JOIN member_day t ON t.day = o.day
    WHERE o.member = ? AND t.member = ? AND o.day BETWEEN ? AND ? AND o.sales > 0 AND t.sales > 0"""
_LAST_DAYS = compiled(
    lambda: (
        m.MemberDay.select(m.MemberDay.day)
        .where(m.MemberDay.member == slot(), m.MemberDay.day <= slot(), m.MemberDay.sales > SQL("0"))
        .order_by(m.MemberDay.day.desc())
        .limit(slot())
    )
)
_HELD = compiled(
    lambda: (
        m.Standing.select(m.Standing.level, m.TierShield.level)
        .left_outer_join(
            m.TierShield,
            on=(
                (m.TierShield.member == m.Standing.member)
                & (m.TierShield.programme == m.Standing.programme)
                & (m.TierShield.until_day >= slot())
            ),
        )
        .where(m.Standing.member == slot(), m.Standing.programme == slot())
    )
)
_MOVE = (
    inserting(m.MemberDay) + " ON CONFLICT (member, day) DO UPDATE SET"
    " sales = sales + excluded.sales, spend_minor = spend_minor + excluded.spend_minor,"
    " points = points + excluded.points"
)
_TAKE = compiled(
    lambda: m.MemberDay.update(
        {
            m.MemberDay.sales: m.MemberDay.sales + slot(),
            m.MemberDay.spend_minor: m.MemberDay.spend_minor + slot(),
            m.MemberDay.points: m.MemberDay.points + slot(),
        }
    ).where(m.MemberDay.member == slot(), m.MemberDay.day == slot())
)
_MOVES = """
    SELECT e.after, p.business_day, p.kind FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.member = ? AND e.programme = ? ORDER BY e.posting DESC"""
_STAND = inserting(m.Standing).replace("INSERT", "INSERT OR REPLACE", 1)
_EVENT = inserting(m.TierEvent)


class StandingStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def counted(self, member: int, counting: Counting, span: Span, to_day: str) -> Counted:
        """Sum what counts of a member up to and with a day: in a window, and in the one before it."""
        row = self._execute(_counted(counting), (member, *span, to_day)).fetchone()
        return counted(counting, row)

    def tally(self, member: int, from_day: str, to_day: str) -> tuple[int, int]:
        """Count the sales and sum the spend of the days given, both included."""
        sales, spend_minor = self._execute(_TALLY, (member, from_day, to_day)).fetchone()
        return int(sales), int(spend_minor)

    def points(self, member: int, but_sale: int) -> tuple[int, int]:
        """Sum the points that count, and what sales but one that are kept whole earned by themselves."""
        counted, least = self._execute(_POINTS, (member, but_sale)).fetchone()
        return int(counted), int(least)

    def shared_days(self, one: int, other: int, from_day: str, to_day: str) -> int:
        """Count the days on which both of two members bought."""
        return int(self._execute(_SHARED_DAYS, (one, other, from_day, to_day)).fetchone()[0])

    def last_days(self, member: int, to_day: str, limit: int) -> Sequence[str]:
        """Return the last days on which a member bought, up to and with a day, latest first."""
        return [row[0] for row in self._execute(_LAST_DAYS, (member, to_day, limit))]

    def held(self, member: int, programme: int, day: str) -> tuple[str | None, str | None]:
        """Return the level an event last put a member on, and the one given by hand that holds on a day."""
        row = self._execute(_HELD, (day, member, programme)).fetchone()
        return (None, None) if row is None else (row[0], row[1])

    def moves(self, member: int, programme: int) -> Iterator[tuple[str | None, str, str]]:
        """Give the levels that events put a member on, the last first, with day and kind of posting."""
        yield from self._execute(_MOVES, (member, programme))

    def move(self, member: int, day: str, sales: int, spend_minor: int, points: int) -> None:
        if sales < 0 or spend_minor < 0:  # an insert would be refused before it could turn into an update
            self._execute(_TAKE, (sales, spend_minor, points, member, day))
        else:
            self._execute(_MOVE, (member, day, sales, spend_minor, points))

    def stand(self, member: int, programme: int, before: str | None, after: str | None, posting: int) -> None:
        """Put on record that a posting moved a member from one level to another."""
        self._execute(_EVENT, (posting, member, programme, before, after))
        self._execute(_STAND, (member, programme, after, posting))
