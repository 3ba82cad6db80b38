"""What programmes brought: members' months summed by what a programme gave them or a lot decided."""

from collections.abc import Sequence
from json import dumps

from loyalty_pos.app.brought_port import Group, Groups, Then
from loyalty_pos.domain.trials import PRIME, SHARES, Trial
from loyalty_pos.store.compiled import Execute

_THEN = """
    SELECT count(*), ifnull(sum(r.sales_minor), 0), ifnull(sum(b.sales_minor), 0)
    FROM member_month r JOIN (
        SELECT member, sum(sales_minor) AS sales_minor FROM member_month
        WHERE ends_on IN (SELECT value FROM json_each(?3)) GROUP BY member
    ) b ON b.member = r.member
    WHERE r.ends_on = ?1 AND EXISTS (SELECT 1 FROM json_each(r.gave) g WHERE g.key = ?2)"""
# The same arithmetic as the trial's own, so that nobody has to be read one by one. Squares of money are more
# than an integer of SQLite holds; how far they are rounded does not show in a spread.
_GROUPS = f"""
    SELECT (m.id % {PRIME} * (m.id % {PRIME}) % {PRIME} * ?1 % {PRIME} + m.id % {PRIME} * ?2 + ?3)
    % {PRIME} % {SHARES} < ?4 AS drawn,
    count(*), ifnull(sum(r.sales_minor), 0), total(1.0 * r.sales_minor * r.sales_minor)
    FROM member m LEFT JOIN member_month r ON r.member = m.id AND r.ends_on = ?5
    WHERE m.enrolled_day <= ?5 AND (?6 = '[]' OR m.kind IN (SELECT value FROM json_each(?6)))
    AND m.id NOT IN (SELECT member FROM alias) GROUP BY 1"""  # noqa: S608 - our own numbers
_FIRST = "SELECT min(ends_on) FROM month_cell"


class BroughtStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def first_month_ends(self) -> str | None:
        """Return the end of the first month in which anything was sold."""
        ((found,),) = self._execute(_FIRST, ())
        return None if found is None else str(found)

    def beside_past(self, key: str, ends_on: str, before: Sequence[str]) -> Then:
        """Sum a month of the members a programme reached in it, and the months named of the same members."""
        (row,) = self._execute(_THEN, (ends_on, key, dumps(before)))
        return Then(*row)

    def beside_lot(self, trial: Trial, kinds: Sequence[str], ends_on: str) -> Groups:
        """Sum a month of all members, of some kinds or of every kind, by whether the lot left them out."""
        groups = {}
        for drawn, members, sales, squares in self._execute(_GROUPS, (*trial, ends_on, dumps(kinds))):
            groups["drawn" if drawn else "given"] = Group(members, sales, int(squares))
        return Groups(**groups)
