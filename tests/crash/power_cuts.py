"""Cut the power over and over in a recorded run of a till, and count what is lost, torn or half done.

`python -m tests.crash.power_cuts --images 1000` prints the figures as one line of JSON. One run is
recorded: a shop is made, sells, refunds, rests, is closed and opened again, and a file of an older program
is brought to this one's form. Then disks are made as a power cut at chance moments may leave them, and
each must hold the exact history up to what was answered, or with the request under way: nothing else.
"""

import argparse
import json
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos import bootstrap
from loyalty_pos.cli.door import Door
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store.opening import PRAGMAS
from loyalty_pos.store.store import SqliteStore
from tests.crash.images import Files, Image, images
from tests.crash.orders import founding, order
from tests.crash.recorder import Op, Recorder, recording
from tests.crash.watch import Watch, memory_folder
from tests.store.older import OLDER, older_file

SALES = 16
OPENED_EVERY = 50
FILES = (".key",)
"""Beside the database, written with syncs of its own (`KeyRing.save_as`)."""


@dataclass
class Figures:
    """What happened. `lost` lacks an answered request, `wrong` holds what never was, `broken` does not open.

    `different` images were laid down and brought back by SQLite, the others are byte for byte like one of
    them; the program itself opened `opened`. In `unanswered` ones the request under way was there already.
    """

    images: int = 0
    different: int = 0
    opened: int = 0
    moments: int = 0
    unanswered: int = 0
    lost: int = 0
    wrong: int = 0
    broken: int = 0
    findings: int = 0
    first: str = ""
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return not (self.lost or self.wrong or self.broken or self.findings)


@dataclass
class Recorded:
    """What a disk was told, with a `done` after every answer, and the seals of what was posted."""

    ops: list[Op]
    before: Files = field(default_factory=dict)
    seals: list[bytes] = field(default_factory=list)
    beside: Files = field(default_factory=dict)

    @cached_property
    def _done(self) -> list[tuple[int, int]]:
        return [(at, op.at) for at, op in enumerate(self.ops) if op.what == "done"]

    def heads_at(self, moment: int) -> tuple[int, int]:
        """Return the number of postings answered by a moment, and with the request under way then."""
        done = self._done
        passed = bisect_left(done, (moment, 0))
        return (done[passed - 1][1] if passed else 0), done[min(passed, len(done) - 1)][1]


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
        ((postings,),) = service._desk.store._execute("SELECT count(*) FROM posting", ())  # type: ignore[attr-defined]
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


@dataclass(frozen=True)
class Verdict:
    """What the program makes of what a power cut left."""

    fault: str = ""
    findings: str = ""
    seals: tuple[bytes, ...] = ()


@dataclass
class Explorer:
    """Looks at what power cuts leave.

    SQLite brings every image back to some content. What the program makes of a content it has seen is known:
    opening it, upgrading it and proving its books follow from the content alone. Each `OPENED_EVERY`th image
    is opened by the program all the same, which must come to what is known.
    """

    folder: Path
    figures: Figures = field(default_factory=Figures)
    _images: dict[bytes, bytes] = field(default_factory=dict)
    _verdicts: dict[bytes, Verdict] = field(default_factory=dict)

    def explore(self, recorded: Recorded, count: int, seed: int, watch: Watch) -> None:
        moments = set()
        beside = blake2b(repr(sorted(recorded.beside.items())).encode()).digest()
        found = images(recorded.ops, recorded.before, count, seed)
        for (moment, image), _ in zip(found, watch.steps(count, self.figures), strict=False):
            moments.add(moment)
            self.figures.images += 1
            verdict = self._verdict(recorded, image, beside)
            for what, about in self._wrongs(recorded, moment, verdict):
                self._note(what, moment, about)
        self.figures.moments += len(moments)

    def _verdict(self, recorded: Recorded, image: Image, beside: bytes) -> Verdict:
        """Say what the program makes of an image: found out anew for a content that was never seen."""
        mark = blake2b(beside)
        for name in sorted(image):
            mark.update(name.encode() + image[name].mark)
        known = self._images.get(mark.digest())
        if known is None:
            self._lay(recorded, image)
            known = self._images[mark.digest()] = _content(self.folder / "shop.db") + beside
            self.figures.different += 1
        verdict = self._verdicts.get(known)
        if verdict is None or self.figures.images % OPENED_EVERY == 0:
            self._lay(recorded, image)
            again, self.figures.opened = _opened(self.folder / "shop.db"), self.figures.opened + 1
            assert verdict in (None, again), (verdict, again)
            verdict = self._verdicts[known] = again
        return verdict

    def _lay(self, recorded: Recorded, image: Image) -> None:
        """Write what a power cut left, and nothing that was there before."""
        self.folder.mkdir(exist_ok=True)
        for left in self.folder.iterdir():
            left.unlink()
        files = {name: file.content for name, file in image.items()}
        if files.get("shop.db"):  # the key comes with the first posting
            files = {**recorded.beside, **files}
        for name, content in files.items():
            (self.folder / name).write_bytes(content)

    def _wrongs(self, recorded: Recorded, moment: int, verdict: Verdict) -> Iterator[tuple[str, str]]:
        """Say everything about an image that must not be."""
        if verdict.fault:
            yield "broken", verdict.fault
            return
        if verdict.findings:
            yield "findings", verdict.findings
        answered, under_way = recorded.heads_at(moment)
        found = list(verdict.seals)
        if len(found) < answered:
            yield "lost", f"{len(found)} postings of {answered}"
        elif len(found) not in (answered, under_way) or found != recorded.seals[: len(found)]:
            yield "wrong", f"{len(found)} postings between {answered} and {under_way}"
        elif len(found) > answered:
            self.figures.unanswered += 1

    def _note(self, what: str, moment: int, about: str) -> None:
        setattr(self.figures, what, getattr(self.figures, what) + 1)
        self.figures.first = self.figures.first or f"{what} at {moment}: {about}"


def _content(path: Path) -> bytes:
    """Let SQLite recover an image, and name the content it comes to; what it refuses is a content too."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            whole = connection.serialize("main")
        except apsw.Error as error:
            whole = f"{type(error).__name__} {error}".encode() + path.read_bytes()
    return blake2b(whole).digest()


def _opened(path: Path) -> Verdict:
    """Open, upgrade and prove what a power cut left, as the program does."""
    try:
        store = SqliteStore(path, create=True)
    except Fault as fault:
        return Verdict(fault=f"{fault.code} {fault.__cause__}")
    try:
        audit = store.audit()
    except Fault as fault:
        return Verdict(fault=f"{fault.code} {fault.__cause__}")
    finally:
        store.close()
    try:
        seals = tuple(_seals(path))
    except (apsw.Error, TypeError) as broken:
        return Verdict(fault=str(broken))
    return Verdict("", "" if audit.ok else str(audit.findings[:3]), seals)


RUNS: dict[str, Callable[[Path, dict[str, object]], Recorded]] = {"life": a_shops_life, "upgrade": an_upgrade}


def run(
    count: int,
    seed: int,
    folder: Path,
    pragmas: dict[str, object],
    only: str = "",
    watch: Watch | None = None,
) -> Figures:
    """Record every run once and look at `count` images of them."""
    started = time.monotonic()
    explorer = Explorer(folder / "image")
    chosen = {name: make for name, make in RUNS.items() if only in ("", name)}
    for name, make in chosen.items():
        place = folder / name
        place.mkdir()
        explorer.explore(make(place, pragmas), count // len(chosen), seed, watch or Watch())
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
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-power-", dir=memory_folder()) as folder:
        place = Path(folder).resolve()
        figures = run(given.images, given.seed, place, _pragmas(given.pragma), given.run, Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
