"""Merged members on disk: who stands for whom, and what comes back when a merge is undone (rules 32)."""

from collections.abc import Mapping, Sequence
from json import dumps, loads
from typing import Any

from loyalty_pos.app.merge_port import MergeRow, Pair
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, compiled, inserting, slot

_MERGES = (
    m.Merge.select(m.Merge.posting, m.Merge.keep, m.Merge.dropped, m.Merge.undone, m.Posting.key)
    .join(m.Posting, on=(m.Posting.seq == m.Merge.posting))
    .order_by(m.Merge.posting.desc())
)
_LAST = compiled(lambda: _MERGES.where(m.Merge.keep == slot(), m.Merge.dropped == slot()).limit(slot()))
_STANDING = compiled(lambda: _MERGES.where(m.Merge.dropped == slot(), m.Merge.undone.is_null()).limit(slot()))
_INTO_MEMBER = compiled(lambda: _MERGES.where(m.Merge.keep == slot(), m.Merge.undone.is_null()))
_FAMILY = compiled(lambda: m.Family.select(m.Family.member).where(m.Family.survivor == slot()))
_INSERT = inserting(m.Merge)
_ADD_ALIAS = inserting(m.Alias)
_CHANGED = compiled(
    lambda: m.MergedPerson.select(m.MergedPerson.changed).where(m.MergedPerson.member == slot())
)
_PHONE = compiled(lambda: m.MergedPerson.select(m.MergedPerson.phone).where(m.MergedPerson.member == slot()))

# Whole tables move here, one statement each; peewee has no words for most of it.
_PERSON = (
    "member, name, name_key, phone, last4, birthday, city, tags, interests, note, consent, last_seen_ms,"
    " gender"
)
_NAMED = """
    SELECT a.member, d.ref FROM alias a JOIN merge g ON g.dropped = a.member AND g.undone IS NULL
    JOIN member d ON d.id = a.member WHERE a.member IN (
        SELECT id FROM member WHERE ref = ?1 UNION SELECT member FROM merged_person WHERE phone = ?2
        UNION SELECT member FROM merged_card WHERE number = ?3)
    ORDER BY g.posting LIMIT 1"""
_MET = """
    WITH RECURSIVE met (id) AS (
        SELECT ?1 UNION SELECT iif(g.keep = met.id, g.dropped, g.keep)
        FROM met JOIN merge g ON met.id IN (g.keep, g.dropped))
    SELECT m.ref FROM member m JOIN met USING (id) WHERE m.id <> ?1 ORDER BY m.id"""
_INTO = (
    "INSERT INTO member_day (member, day, sales, spend_minor, points)"
    " SELECT ?1, day, sales, spend_minor, points FROM member_day WHERE member = ?2"
    " ON CONFLICT (member, day) DO UPDATE SET sales = sales + excluded.sales,"
    " spend_minor = spend_minor + excluded.spend_minor, points = points + excluded.points",
    "UPDATE member_state SET visits = member_state.visits + o.visits,"
    " spend_minor = member_state.spend_minor + o.spend_minor,"
    " last_visit_day = nullif(max(ifnull(member_state.last_visit_day, ''), ifnull(o.last_visit_day, '')), '')"
    " FROM member_state o WHERE o.member = ?2 AND member_state.member = ?1",
    "UPDATE alias SET survivor = ?1 WHERE survivor = ?2",
    "INSERT INTO alias VALUES (?2, ?1)",
    "UPDATE account SET holder = ?1 WHERE holder = ?2",
    f"INSERT INTO merged_person ({_PERSON}, changed)"  # noqa: S608 - our own columns
    f" SELECT {_PERSON}, '{{}}' FROM person WHERE member = ?2",
    "INSERT INTO merged_card SELECT number, member FROM card WHERE member = ?2",
    "UPDATE card SET member = ?1 WHERE member = ?2",
    "DELETE FROM person WHERE member = ?2",
)
_APART = (
    "UPDATE member_day SET (sales, spend_minor, points) = (SELECT member_day.sales - o.sales,"
    " member_day.spend_minor - o.spend_minor, member_day.points - o.points FROM member_day o"
    " WHERE o.member = ?2 AND o.day = member_day.day)"
    " WHERE member = ?1 AND day IN (SELECT day FROM member_day WHERE member = ?2)",
    "UPDATE member_state SET visits = member_state.visits - o.visits,"
    " spend_minor = member_state.spend_minor - o.spend_minor,"
    " last_visit_day = ?4 FROM member_state o WHERE o.member = ?2 AND member_state.member = ?1",
    f"INSERT INTO person ({_PERSON}) SELECT {_PERSON} FROM merged_person WHERE member = ?2",  # noqa: S608 - our own columns
    "UPDATE card SET member = ?2 WHERE member = ?1 AND number IN"
    " (SELECT number FROM merged_card WHERE member = ?2)",
    "DELETE FROM merged_card WHERE member = ?2",
    "DELETE FROM merged_person WHERE member = ?2",
    "DELETE FROM alias WHERE member = ?2",
    "UPDATE alias SET survivor = ?2 WHERE member IN (SELECT value FROM json_each(?3))",
    "UPDATE account SET holder = ?2 WHERE member IN (SELECT value FROM json_each(?3))",
)
_UNDONE = "UPDATE merge SET undone = ? WHERE posting = ?"
_REMEMBER = "UPDATE merged_person SET changed = ? WHERE member = ?"
_NAME = """
    SELECT name FROM person WHERE member = ?1 UNION ALL SELECT name FROM merged_person WHERE member = ?1"""
_MOVED_SINCE = """
    SELECT 1 FROM posting p WHERE p.member IN (SELECT value FROM json_each(?1)) AND p.seq > ?2
    AND (p.kind IN ('sale', 'attach', 'void', 'refund')
        OR p.kind NOT IN ('merge', 'merged', 'unmerge', 'unmerged')
        AND EXISTS (SELECT 1 FROM entry e WHERE e.posting = p.seq AND e.kind <> 'expiry'))
    UNION ALL SELECT 1 FROM merge g WHERE g.keep IN (SELECT value FROM json_each(?1)) AND g.posting > ?2
    AND g.undone IS NULL LIMIT 1"""
_GIFT_CARDS = """
    SELECT count(*) FROM gift_card WHERE left_minor > 0
    AND member IN (SELECT member FROM family WHERE survivor = ?)"""
_TAIL = 8
"""Digits at the end of two phones that make them one line in two spellings."""
_ALIKE_ALL = (
    (
        "birthday",
        "SELECT min(member), max(member) FROM person WHERE name_key <> '' AND birthday IS NOT NULL"
        " GROUP BY name_key, birthday HAVING count(*) > 1 LIMIT ?",
    ),
    (
        "phone",
        f"SELECT min(member), max(member) FROM person WHERE length(phone) > {_TAIL}"  # noqa: S608 - our own columns
        f" GROUP BY substr(phone, -{_TAIL}) HAVING count(*) > 1 LIMIT ?",
    ),
    (
        "city",
        "SELECT min(member), max(member) FROM person WHERE name_key LIKE '% %' AND city <> ''"
        " GROUP BY name_key, city HAVING count(*) > 1 LIMIT ?",
    ),
)
_ALIKE_ONE = (
    (
        "birthday",
        "SELECT o.member, p.member FROM person p JOIN person o ON o.name_key = p.name_key"
        " AND o.birthday = p.birthday AND o.member <> p.member"
        " WHERE p.member = ? AND p.name_key <> '' LIMIT ?",
    ),
    (
        "phone",
        "SELECT o.member, p.member FROM person p JOIN person o ON o.last4 = p.last4"  # noqa: S608 - our own columns
        f" AND substr(o.phone, -{_TAIL}) = substr(p.phone, -{_TAIL}) AND o.member <> p.member"
        f" WHERE p.member = ? AND length(p.phone) > {_TAIL} LIMIT ?",
    ),
    (
        "city",
        "SELECT o.member, p.member FROM person p JOIN person o ON o.name_key = p.name_key AND o.city = p.city"
        " AND o.member <> p.member WHERE p.member = ? AND p.name_key LIKE '% %' AND p.city <> '' LIMIT ?",
    ),
)


class MergeStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def named(self, card: str, ref: str, phone: str | None) -> tuple[int, str] | None:
        """Return whom one of these named before they were merged away: their number, and their id."""
        row = self._execute(_NAMED, (ref, phone, card)).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def met(self, member: int) -> Sequence[str]:
        """Return who was ever merged with a member, directly or through others, undone or not."""
        return [row[0] for row in self._execute(_MET, (member,))]

    def last(self, keep: int, dropped: int) -> MergeRow | None:
        """Return the last merge of one member into another, undone or not."""
        return self._row(_LAST, keep, dropped, 1)

    def standing(self, member: int) -> MergeRow | None:
        """Return the merge that took a member away, while it stands."""
        return self._row(_STANDING, member, 1)

    def into(self, keep: int) -> Sequence[MergeRow]:
        """Return the merges into a member that stand, the last one first."""
        return [MergeRow._make(row) for row in self._execute(_INTO_MEMBER, (keep,))]

    def count(self, dropped: int) -> int:
        """Count how often a member was merged away."""
        return int(self._execute("SELECT count(*) FROM merge WHERE dropped = ?", (dropped,)).fetchone()[0])

    def family(self, member: int) -> Sequence[int]:
        """Return a member and everybody merged into them."""
        return [row[0] for row in self._execute(_FAMILY, (member,))]

    def merge(self, keep: int, dropped: int) -> None:
        """Let one member stand for another, and for everybody that one stood for."""
        for statement in _INTO:
            self._execute(statement, (keep, dropped))

    def note(self, keep: int, dropped: int, posting: int) -> None:
        """Put on record which posting merged two members."""
        self._execute(_INSERT, (posting, keep, dropped, None))

    def remember(self, dropped: int, changed: Mapping[str, Sequence[object]]) -> None:
        """Keep what a merge wrote into the survivor's person row: before and after, field by field."""
        self._execute(_REMEMBER, (dumps(changed, ensure_ascii=False), dropped))

    def changed(self, dropped: int) -> Mapping[str, Sequence[Any]]:
        found: dict[str, list[Any]] = loads(self._execute(_CHANGED, (dropped,)).fetchone()[0])
        return found

    def phone(self, dropped: int) -> str | None:
        """Return the phone of a member merged away."""
        found: str | None = self._execute(_PHONE, (dropped,)).fetchone()[0]
        return found

    def name(self, dropped: int) -> str:
        """Return what somebody who was merged once is called, merged away or not."""
        return str(self._execute(_NAME, (dropped,)).fetchone()[0])

    def undo(self, row: MergeRow, members: Sequence[int], last_day: str | None) -> None:
        """Let both stand for themselves again; `last_day` is the survivor's last visit before the merge."""
        for statement in _APART:
            given = (row.keep, row.dropped, dumps(list(members)), last_day)
            self._execute(statement, given[: max(int(n) for n in "1234" if f"?{n}" in statement)])

    def note_undone(self, row: MergeRow, posting: int) -> None:
        self._execute(_UNDONE, (posting, row.posting))

    def moved_since(self, members: Sequence[int], posting: int) -> bool:
        """Say whether after a posting any of these members bought, merged, or had value moved but by time."""
        return self._execute(_MOVED_SINCE, (dumps(list(members)), posting)).fetchone() is not None

    def gift_cards(self, member: int) -> int:
        """Count the gift cards bound to a member that hold something."""
        return int(self._execute(_GIFT_CARDS, (member,)).fetchone()[0])

    def alike(self, member: int | None, limit: int) -> Sequence[Pair]:
        """Return pairs that may be one person, of one member or of all, each pair once."""
        found: dict[tuple[int, int], Pair] = {}
        for why, sql in _ALIKE_ALL if member is None else _ALIKE_ONE:
            values = (limit,) if member is None else (member, limit)
            for one, other in self._execute(sql, values):
                found.setdefault((one, other), Pair(one, other, why))
        return list(found.values())[:limit]

    def _row(self, sql: Sql, *values: object) -> MergeRow | None:
        row = self._execute(sql, values).fetchone()
        return None if row is None else MergeRow._make(row)
