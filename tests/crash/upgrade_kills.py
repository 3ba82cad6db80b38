"""Kill a program while it brings an older file to its own form: it is the old form or the new, never between.

`python -m tests.crash.upgrade_kills --kills 50` prints the figures as one line of JSON.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from apsw import Connection

from loyalty_pos.domain.errors import Fault
from loyalty_pos.store import opening
from loyalty_pos.store.opening import head_version
from loyalty_pos.store.store import SqliteStore
from tests.crash.watch import Watch
from tests.store.older import OLDER, older_file


@dataclass
class Figures:
    kills: int = 0
    too_late: int = 0
    still_old: int = 0
    already_new: int = 0
    between: int = 0
    stuck: int = 0
    lost: int = 0
    findings: int = 0
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return not (self.between or self.stuck or self.lost or self.findings)


def state(path: Path) -> tuple[int, list[object], list[object]]:
    """Return the number of a file's form, the form itself, and the seals of the history."""
    with closing(Connection(str(path))) as connection:
        form = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
        history = connection.execute("SELECT hash FROM posting ORDER BY seq").fetchall()
        return connection.pragma("user_version"), list(form), list(history)


def _upgrade(path: Path) -> NoReturn:
    status = 1
    try:
        SqliteStore(path, create=True).close()
        status = 0
    finally:
        os._exit(status)


def kill_once(path: Path, version: int, after_seconds: float, head: list[object], figures: Figures) -> None:
    older_file(version, path)
    before = state(path)
    pid = os.fork()
    if pid == 0:
        _upgrade(path)
    time.sleep(after_seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    figures.kills += 1
    figures.too_late += os.WIFEXITED(status)
    found, form, history = state(path)
    old, new = (found, form) == before[:2], (found, form) == (head_version(), head)
    figures.still_old += old
    figures.already_new += new
    figures.between += not (old or new)
    figures.lost += history != before[2]
    try:
        store = SqliteStore(path, create=True)
    except Fault:
        figures.stuck += 1
        return
    try:
        figures.findings += len(store.audit().findings)
    finally:
        store.close()
    figures.between += state(path)[:2] != (head_version(), head)
    figures.lost += state(path)[2] != before[2]


def run(kills: int, seed: int, folder: Path, watch: Watch | None = None) -> Figures:
    chance, figures = random.Random(seed), Figures()
    for name in ("loads.db", "timed.db"):  # the first upgrade loads what it needs, and so takes longer
        older_file(OLDER[0], folder / name)
        begun = time.monotonic()
        SqliteStore(folder / name, create=True).close()
        whole_seconds = time.monotonic() - begun
    head = state(folder / "timed.db")[1]
    for number in (watch or Watch()).steps(kills, figures):
        place = folder / "killed"
        place.mkdir()
        older = [version for version in OLDER if version < head_version()]
        moment = chance.uniform(0, 1.5 * whole_seconds)
        kill_once(place / "shop.db", older[number % len(older)], moment, head, figures)
        shutil.rmtree(place)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weak", action="store_true", help="go wrong on purpose: each step by itself")
    Watch.arguments(parser)
    given = parser.parse_args()
    if given.weak:
        opening.Database.atomic = lambda *_: nullcontext()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-upgrade-") as folder:
        figures = run(given.kills, given.seed, Path(folder), Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
