"""Lose the shop's disk at chance moments, and bring the shop back from the last backup and the journal.

`python -m tests.crash.journal_loss --losses 30` prints the figures as one line of JSON. Each time the whole
shop must come back, row by row, under the identical head of the chain; sales go on from there.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apsw import Connection

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import Restore
from loyalty_pos.cli.door import Door
from tests.crash.orders import founding, order
from tests.crash.watch import Watch

SALES_AT_MOST = 15
APART = ("journal", "sqlite_", "person_words", "person_parts")


@dataclass
class Figures:
    losses: int = 0
    identical_heads: int = 0
    identical_rows: int = 0
    rolled_forward: int = 0
    findings: int = 0
    sale_ms: float = 0
    """A sale and its answer, median; the line on the second medium is not in it."""
    line_ms: float = 0
    plain_sale_ms: float = 0
    """A sale while no journal is kept."""
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return self.losses == self.identical_heads == self.identical_rows and not self.findings


def rows_of(path: Path, *, restored: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row but those about the journal, and but the restore itself that came last."""
    with closing(Connection(str(path))) as connection:
        everything = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        tables = [str(name) for (name,) in everything if not str(name).startswith(APART)]
        found: dict[str, list[tuple[Any, ...]]] = {}
        for name in tables:
            found[name] = sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
        found["search"] = sorted(
            connection.execute("SELECT rowid FROM person_words WHERE person_words MATCH 's*'")
        )
    if restored:
        last = max(found["posting"])
        assert "restore" in last, last
        found["posting"].remove(last)
    return found


def head_of(path: Path) -> str:
    with closing(Connection(str(path))) as connection:
        rows = connection.execute("SELECT lower(hex(hash)) FROM posting ORDER BY seq DESC LIMIT 1").fetchall()
        return str(rows[0][0])


@dataclass
class Losing:
    """A shop on a first disk, its backups and its journal on a second one."""

    first: Path
    second: Path
    chance: random.Random
    figures: Figures = field(default_factory=Figures)
    number: int = 0
    sale_ms: list[float] = field(default_factory=list)
    line_ms: list[float] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.first / "shop.db"

    def found(self) -> None:
        door = _opened(self.path)
        for request in founding():
            _told(door, request)
        plain = [self._sell(door) for _ in range(SALES_AT_MOST)]
        _told(door, {"do": "keep_journal", "folder": str(self.second)})
        door.close()
        self.figures.plain_sale_ms = round(statistics.median(plain), 2)

    def _sell(self, door: Door) -> float:
        began = time.perf_counter()
        _told(door, order(self.number))
        self.number += 1
        return (time.perf_counter() - began) * 1000

    def lose_once(self) -> None:
        """Sell, take a backup at some moment, sell on, lose the first disk at another."""
        door = _opened(self.path)
        sales = self.chance.randint(1, SALES_AT_MOST)
        backup_after = self.chance.randint(0, sales)
        for number in range(sales):
            if number == backup_after:
                _told(door, {"do": "backup", "path": str(self.second)})
            self.sale_ms.append(self._sell(door))
            began = time.perf_counter()
            door._settle()
            self.line_ms.append((time.perf_counter() - began) * 1000)
            if not number % 9:
                phone = f"0935{self.number:07}"
                _told(door, {"do": "enrol_member", "phone": phone, "name": f"Sara {number}"})
        door.close()
        rows, head = rows_of(self.path), head_of(self.path)
        shutil.rmtree(self.first)
        self.first.mkdir()
        self._bring_back(rows, head)

    def _bring_back(self, rows: dict[str, list[tuple[Any, ...]]], head: str) -> None:
        copies = sorted(self.second.glob("*.db"), key=lambda path: path.stat().st_mtime_ns)
        copy = self.chance.choice(copies[-3:])
        service = bootstrap.open_shop(self.path)
        try:
            done = service.do(Restore(path=str(copy)))
        finally:
            service.close()
        figures = self.figures
        figures.losses += 1
        figures.identical_heads += done.head == head
        figures.rolled_forward += done.journal_lines
        figures.identical_rows += rows_of(self.path, restored=True) == rows
        door = _opened(self.path)
        figures.findings += len(_told(door, {"ask": "audit"})["findings"])
        door.close()


def _opened(path: Path) -> Door:
    service = bootstrap.open_shop(path)
    return Door(path, lambda *_: service, bootstrap.languages(), _service=service)


def _told(door: Door, request: dict[str, Any]) -> dict[str, Any]:
    answer = door.answer(json.dumps(request).encode())
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


def run(losses: int, seed: int, folder: Path, watch: Watch | None = None) -> Figures:
    for name in ("first", "second"):
        (folder / name).mkdir()
    losing = Losing(folder / "first", folder / "second", random.Random(seed))
    losing.found()
    for _ in (watch or Watch()).steps(losses, losing.figures):
        losing.lose_once()
    figures = losing.figures
    figures.sale_ms = round(statistics.median(losing.sale_ms), 2)
    figures.line_ms = round(statistics.median(losing.line_ms), 2)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--losses", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-losses-") as folder:
        figures = run(given.losses, given.seed, Path(folder), Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
