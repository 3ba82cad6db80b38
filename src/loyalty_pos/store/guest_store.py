"""Answers, prizes waiting to be handed over, and guest lists."""

from collections.abc import Sequence
from json import dumps, loads

from loyalty_pos.app.guest_port import AnswerRow, GuestRow, HandOverRow
from loyalty_pos.store.compiled import Execute

_HAND_OVER = (
    "SELECT h.claim, p.key, p.member, h.programme, h.revision, h.times, h.day, h.ready_ms, h.handed, h.undone"
    " FROM hand_over h JOIN posting p ON p.seq = h.claim WHERE "
)
_ANSWERED = (
    "SELECT 1 FROM participation WHERE programme = ? AND member IN"
    " (SELECT member FROM family WHERE survivor = ?) AND day >= ? LIMIT 1"
)
_ANSWERS = (
    "SELECT answer, count(*) FROM participation WHERE programme = ? GROUP BY answer ORDER BY 2 DESC, 1"
    " LIMIT 100"
)
_LAST = (
    "SELECT posting, member, day, answer FROM participation WHERE programme = ? AND posting < ?"
    " ORDER BY posting DESC LIMIT ?"
)
_INTERESTED = (
    "SELECT member, interests FROM person WHERE member > ? AND consent = 1 AND interests <> '[]'"
    " ORDER BY member LIMIT ?"
)
_GUEST = (
    "SELECT i.posting, p.key, i.member, c.key, i.taken_back FROM invitation i"
    " JOIN posting p ON p.seq = i.posting LEFT JOIN posting c ON c.seq = i.came WHERE i.programme = ?"
)
_NEWEST = (
    " AND i.member IN (SELECT member FROM family WHERE survivor = ?)"
    " ORDER BY i.came IS NULL, i.taken_back IS NULL DESC, i.posting DESC LIMIT 1"
)


_PREFERENCE = """
    SELECT texts FROM preference WHERE member IN (SELECT member FROM family WHERE survivor = ?1)
    ORDER BY member = ?1 DESC LIMIT 1"""


class GuestStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add_answer(self, posting: int, programme: int, member: int, day: str, answer: str) -> None:
        self._execute(
            "INSERT INTO participation VALUES (?, ?, ?, ?, ?)", (posting, programme, member, day, answer)
        )

    def answered(self, programme: int, member: int, from_day: str) -> bool:
        return self._execute(_ANSWERED, (programme, member, from_day)).fetchone() is not None

    def answers(self, programme: int) -> Sequence[tuple[str, int]]:
        """Count every answer, the most frequent first, a hundred at most."""
        return [(answer, count) for answer, count in self._execute(_ANSWERS, (programme,))]

    def count_answers(self, programme: int) -> int:
        sql = "SELECT count(*) FROM participation WHERE programme = ?"
        return int(self._execute(sql, (programme,)).fetchone()[0])

    def last_answers(self, programme: int, before: int, limit: int) -> Sequence[AnswerRow]:
        return [AnswerRow(*row) for row in self._execute(_LAST, (programme, before, limit))]

    def add_hand_over(self, row: HandOverRow) -> None:
        self._execute(
            "INSERT INTO hand_over (claim, programme, revision, times, day, ready_ms)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (row.claim, row.programme, row.revision, row.times, row.day, row.ready_ms),
        )

    def hand_over(self, claim: int) -> HandOverRow | None:
        row = self._execute(f"{_HAND_OVER}h.claim = ?", (claim,)).fetchone()
        return None if row is None else HandOverRow(*row)

    def waiting(self, limit: int, member: int | None = None) -> Sequence[HandOverRow]:
        """Return the prizes nobody has handed over yet, soonest promised first; of all or of one member."""
        theirs = "(?1 IS NULL OR p.member IN (SELECT member FROM family WHERE survivor = ?1))"
        where = f"h.handed IS NULL AND h.undone IS NULL AND {theirs}"
        sql = f"{_HAND_OVER}{where} ORDER BY h.ready_ms, h.claim LIMIT ?2"
        return [HandOverRow(*row) for row in self._execute(sql, (member, limit))]

    def taken(self, revision: int) -> int:
        sql = "SELECT ifnull(sum(times), 0) FROM hand_over WHERE revision = ? AND undone IS NULL"
        return int(self._execute(sql, (revision,)).fetchone()[0])

    def promised(self, programme: int, day: str) -> int:
        sql = "SELECT ifnull(sum(times), 0) FROM hand_over WHERE programme = ? AND day = ? AND undone IS NULL"
        return int(self._execute(sql, (programme, day)).fetchone()[0])

    def hand(self, claim: int, posting: int) -> None:
        self._execute("UPDATE hand_over SET handed = ? WHERE claim = ?", (posting, claim))

    def unclaim(self, claim: int, posting: int) -> None:
        self._execute("UPDATE hand_over SET undone = ? WHERE claim = ?", (posting, claim))

    def invite(self, posting: int, programme: int, member: int) -> None:
        self._execute(
            "INSERT INTO invitation (posting, programme, member) VALUES (?, ?, ?)",
            (posting, programme, member),
        )

    def guest(self, programme: int, member: int) -> GuestRow | None:
        row = self._execute(_GUEST + _NEWEST, (programme, member)).fetchone()
        return None if row is None else GuestRow(*row)

    def guests(self, programme: int) -> Sequence[GuestRow]:
        rows = self._execute(f"{_GUEST} AND i.taken_back IS NULL ORDER BY i.posting", (programme,))
        return [GuestRow(*row) for row in rows]

    def end_invitation(self, invitation: int, posting: int, *, came: bool) -> None:
        """Note what became of an invitation: its guest came, or it was taken back."""
        what = "came" if came else "taken_back"
        self._execute(f"UPDATE invitation SET {what} = ? WHERE posting = ?", (posting, invitation))  # noqa: S608 - our own columns

    def prefer(self, member: int, texts: Sequence[str]) -> None:
        self._execute(
            "INSERT INTO preference VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET texts = excluded.texts",
            (member, dumps(list(texts), ensure_ascii=False)),
        )

    def preferences(self, member: int) -> Sequence[str]:
        row = self._execute(_PREFERENCE, (member,)).fetchone()
        return () if row is None else tuple(loads(row[0]))

    def interested(self, after: int, limit: int) -> Sequence[tuple[int, Sequence[str]]]:
        """Return the members after `after` who agreed to news and have interests, with these."""
        rows = self._execute(_INTERESTED, (after, limit))
        return [(member, tuple(loads(interests))) for member, interests in rows]
