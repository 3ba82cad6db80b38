"""Cut the power over and over in a recorded run of a till, and count what is lost, torn or half done.

`python -m tests.crash.power_cuts --images 1000` prints the figures as one line of JSON. One run is
recorded: a shop is made, sells, refunds, rests, is closed and opened again, and a file of an older program
is brought to this one's form. Then disks are made as a power cut at chance moments may leave them, and
each must hold the exact history up to what was answered, or with the request under way: nothing else.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos import bootstrap
from loyalty_pos.app.queries import Audit
from loyalty_pos.app.views import AuditView
from loyalty_pos.cli.door import Door
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store.opening import PRAGMAS
from loyalty_pos.store.store import SqliteStore
from tests.crash.images import Image, images
from tests.crash.orders import founding, order
from tests.crash.recorder import Op, Recorder, recording
from tests.store.older import OLDER, older_file

SALES = 16
FILES = (".key",)
"""Beside the database, written with syncs of its own (`KeyRing.save_as`)."""


@dataclass
class Figures:
    """What happened. `lost` lacks an answered request, `wrong` holds what never was, `broken` does not open.

    `different` images were opened, the others are like one of them; in `unanswered` of those the request
    under way was there already.
    """

    images: int = 0
    different: int = 0
    moments: int = 0
    unanswered: int = 0
    lost: int = 0
    wrong: int = 0
    broken: int = 0
    findings: int = 0
    first: str = ""
    seconds: float = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.wrong or self.broken or self.findings)


@dataclass
class Recorded:
    """What a disk was told, with a `done` after every answer, and the seals of what was posted."""

    ops: list[Op]
    before: Image = field(default_factory=dict)
    seals: list[bytes] = field(default_factory=list)
    beside: Image = field(default_factory=dict)

    def heads_at(self, moment: int) -> tuple[int, int]:
        """Return the number of postings answered by a moment, and with the request under way then."""
        done = [op.at for op in self.ops if op.what == "done"]
        passed = sum(op.what == "done" for op in self.ops[:moment])
        return (done[passed - 1] if passed else 0), done[min(passed, len(done) - 1)]


def a_shops_life(folder: Path, pragmas: dict[str, object]) -> Recorded:
    """Make a shop, work in it, and open it again."""
    path = folder / "shop.db"
    with recording(folder, pragmas) as recorder:
        _work(path, recorder, [*founding(), *(order(number) for number in range(SALES // 2))])
        _work(path, recorder, [order(number) for number in range(SALES // 2, SALES)])
    return _with_history(Recorded(recorder.ops), path)


def an_upgrade(folder: Path, pragmas: dict[str, object]) -> Recorded:
    """Open the file of an older program and go on with it."""
    path = folder / "shop.db"
    older_file(OLDER[0], path)
    before = {path.name: path.read_bytes()}
    postings = _seals(path)
    with recording(folder, pragmas) as recorder:
        recorder.note(Op("done", at=len(postings)))
        SqliteStore(path, create=True).close()
        recorder.note(Op("done", at=len(postings)))
    return _with_history(Recorded(recorder.ops, before), path)


def _work(path: Path, recorder: Recorder, requests: list[dict[str, Any]]) -> None:
    """Answer requests, noting after each how long the history is."""
    service = bootstrap.open_shop(path)
    door = Door(path, lambda *_: service, bootstrap.languages(), _service=service)
    for number, request in enumerate(requests):
        answer = door.answer(json.dumps(request).encode())
        assert answer["ok"], answer
        postings = service.ask(Audit()).figures["postings"]
        recorder.note(Op("done", at=postings))
        if number == SALES // 4:
            service.idle()
    door.close()


def _seals(path: Path) -> list[bytes]:
    connection = apsw.Connection(str(path))
    try:
        return [bytes(seal) for (seal,) in connection.execute("SELECT hash FROM posting ORDER BY seq")]
    finally:
        connection.close()


def _with_history(recorded: Recorded, path: Path) -> Recorded:
    recorded.seals = _seals(path)
    recorded.beside = {path.name + end: path.with_name(path.name + end).read_bytes() for end in FILES}
    return recorded


@dataclass
class Explorer:
    """Looks at what power cuts leave."""

    folder: Path
    figures: Figures = field(default_factory=Figures)
    _seen: dict[object, list[tuple[str, str]]] = field(default_factory=dict)
    """What was wrong with an image that the same answers had come before; most moments leave few images."""

    def explore(self, recorded: Recorded, count: int, seed: int) -> None:
        moments = set()
        for moment, image in images(recorded.ops, recorded.before, count, seed):
            moments.add(moment)
            self.figures.images += 1
            answered, under_way = recorded.heads_at(moment)
            mark = (answered, under_way, *((name, blake2b(image[name]).digest()) for name in sorted(image)))
            if mark not in self._seen:
                self._seen[mark] = list(self._wrongs(recorded, answered, under_way, image))
                self.figures.different += 1
            for what, about in self._seen[mark]:
                self._note(what, moment, about)
        self.figures.moments += len(moments)

    def _wrongs(
        self, recorded: Recorded, answered: int, under_way: int, image: Image
    ) -> Iterator[tuple[str, str]]:
        """Open what a power cut left and say everything that must not be."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        beside = recorded.beside if image.get("shop.db") else {}  # the key comes with the first posting
        for name, content in {**beside, **image}.items():
            (self.folder / name).write_bytes(content)
        try:
            audit, found = _opened(self.folder / "shop.db")
        except Fault as fault:
            yield "broken", f"{fault.code} {fault.__cause__}"
            return
        if not audit.ok:
            yield "findings", str(audit.findings[:3])
        if len(found) < answered:
            yield "lost", f"{len(found)} postings of {answered}"
        elif len(found) not in (answered, under_way) or found != recorded.seals[: len(found)]:
            yield "wrong", f"{len(found)} postings between {answered} and {under_way}"
        elif len(found) > answered:
            self.figures.unanswered += 1

    def _note(self, what: str, moment: int, about: str) -> None:
        setattr(self.figures, what, getattr(self.figures, what) + 1)
        self.figures.first = self.figures.first or f"{what} at {moment}: {about}"


def _opened(path: Path) -> tuple[AuditView, list[bytes]]:
    store = SqliteStore(path, create=True)
    try:
        audit = store.audit()
    finally:
        store.close()
    return audit, _seals(path)


RUNS: dict[str, Callable[[Path, dict[str, object]], Recorded]] = {"life": a_shops_life, "upgrade": an_upgrade}


def run(count: int, seed: int, folder: Path, pragmas: dict[str, object], only: str = "") -> Figures:
    """Record every run once and look at `count` images of them."""
    started = time.monotonic()
    explorer = Explorer(folder / "image")
    chosen = {name: make for name, make in RUNS.items() if only in ("", name)}
    for name, make in chosen.items():
        place = folder / name
        place.mkdir()
        explorer.explore(make(place, pragmas), count // len(chosen), seed)
    explorer.figures.seconds = round(time.monotonic() - started, 1)
    return explorer.figures


def _pragmas(said: list[str]) -> dict[str, object]:
    known = dict(PRAGMAS)
    found: dict[str, object] = {}
    for one in said:
        name, _, value = one.partition("=")
        assert name in known, f"no setting of ours: {name}"
        found[name] = value
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", choices=("", *RUNS), default="", help="one of the runs alone")
    parser.add_argument(
        "--pragma", action="append", default=[], help="go wrong on purpose: synchronous=normal"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-power-") as folder:
        figures = run(given.images, given.seed, Path(folder), _pragmas(given.pragma), given.run)
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
