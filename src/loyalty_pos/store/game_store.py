"""What counted in challenges, and every draw with its seed."""

from collections.abc import Sequence
from typing import Any

from loyalty_pos.app.game_port import ChaserRow, DrawRow, MarkRow, SeedRow
from loyalty_pos.domain.games import Mark
from loyalty_pos.store.compiled import Execute

_ADD_MARK = "INSERT INTO game_mark (sale, programme, member, day, kept) VALUES (?, ?, ?, ?, 1)"
# What somebody merged away had counted is the survivor's (rules 32).
_MARKS = (
    "SELECT sale, day, win IS NOT NULL FROM game_mark WHERE member IN"
    " (SELECT member FROM family WHERE survivor = ?) AND programme = ? AND kept = 1 AND day >= ?"
    " ORDER BY day, sale"
)
_MARK_ROWS = "SELECT sale, programme, day, kept, win FROM game_mark WHERE "
_SET_MARK = "UPDATE game_mark SET kept = ?, win = ? WHERE sale = ? AND programme = ?"
_WINS = (
    "SELECT count(*) FROM game_mark WHERE member IN (SELECT member FROM family WHERE survivor = ?)"
    " AND programme = ? AND kept = 1 AND win = sale"
)
_CHASERS = (
    "SELECT ifnull(a.survivor, g.member) AS who, sum(g.win IS g.sale)"
    " FROM game_mark g LEFT JOIN alias a ON a.member = g.member"
    " WHERE g.programme = ? AND g.kept = 1 AND (g.day >= ? OR g.win = g.sale) GROUP BY who"
)
_SEEDS = "SELECT posting, programme, seed, revealed FROM draw_seed WHERE programme = ? ORDER BY posting"
_DRAWS = (
    "SELECT d.posting, d.sale, d.programme, d.seed, d.number, p.key FROM draw d"
    " JOIN posting p ON p.seq = d.posting WHERE "
)


class GameStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add_mark(self, sale: int, programme: int, member: int, day: str) -> None:
        self._execute(_ADD_MARK, (sale, programme, member, day))

    def marks(self, member: int, programme: int, from_day: str) -> Sequence[Mark]:
        """Return the kept sales of a member that counted from a day on, oldest first."""
        rows = self._execute(_MARKS, (member, programme, from_day))
        return [Mark(sale, day, bool(used)) for sale, day, used in rows]

    def marks_of_sale(self, sale: int) -> Sequence[MarkRow]:
        return self._mark_rows("sale = ?", sale)

    def marks_of_win(self, win: int, programme: int) -> Sequence[MarkRow]:
        return self._mark_rows("win = ? AND programme = ? AND kept = 1", win, programme)

    def set_mark(self, mark: MarkRow) -> None:
        self._execute(_SET_MARK, (int(mark.kept), mark.win, mark.sale, mark.programme))

    def wins(self, member: int, programme: int) -> int:
        return int(self._execute(_WINS, (member, programme)).fetchone()[0])

    def chasers(self, programme: int, from_day: str) -> Sequence[ChaserRow]:
        """Return whoever won a challenge, or has a kept purchase in it from a day on."""
        return [ChaserRow(*row) for row in self._execute(_CHASERS, (programme, from_day))]

    def seed(self, programme: int) -> SeedRow | None:
        """Return the seed a draw uses now: its newest, unless that is revealed."""
        seeds = self.seeds(programme)
        return seeds[-1] if seeds and seeds[-1].revealed is None else None

    def seeds(self, programme: int) -> Sequence[SeedRow]:
        return [SeedRow(*row) for row in self._execute(_SEEDS, (programme,))]

    def add_seed(self, programme: int, posting: int, seed: str) -> None:
        self._execute(
            "INSERT INTO draw_seed (posting, programme, seed) VALUES (?, ?, ?)", (posting, programme, seed)
        )

    def reveal(self, seed: int, posting: int) -> None:
        self._execute("UPDATE draw_seed SET revealed = ? WHERE posting = ?", (posting, seed))

    def next_draw(self, seed: int) -> int:
        sql = "SELECT ifnull(max(number), 0) + 1 FROM draw WHERE seed = ?"
        return int(self._execute(sql, (seed,)).fetchone()[0])

    def add_draw(self, draw: DrawRow) -> None:
        self._execute("INSERT INTO draw VALUES (?, ?, ?, ?, ?)", tuple(draw[:5]))

    def draws(self, seed: int, after: int, limit: int) -> Sequence[DrawRow]:
        return self._draws("d.seed = ? AND d.number > ? ORDER BY d.number LIMIT ?", seed, after, limit)

    def last_draws(self, seed: int, limit: int) -> Sequence[DrawRow]:
        """Return the last draws of a seed, least number first."""
        return self._draws("d.seed = ? ORDER BY d.number DESC LIMIT ?", seed, limit)[::-1]

    def _mark_rows(self, where: str, *values: Any) -> list[MarkRow]:
        rows = self._execute(f"{_MARK_ROWS}{where}", values)
        return [MarkRow(sale, programme, day, bool(kept), win) for sale, programme, day, kept, win in rows]

    def _draws(self, where: str, *values: Any) -> list[DrawRow]:
        return [DrawRow(*row) for row in self._execute(f"{_DRAWS}{where}", values)]
