"""Let the disk refuse each of its calls in a fixed run of a till, one by one, and count what is lost.

`python -m tests.crash.fault_sweep` prints the figures as one line of JSON. Every call is refused with an I/O
error and for want of room, once and for good (until the disk heals). A request is answered or refused with
a sentence; what was refused is sent again under its key when the disk is well, in the same program.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apsw import Connection

from loyalty_pos import bootstrap
from loyalty_pos.app.sentences import FAULTS
from loyalty_pos.cli.door import Door
from loyalty_pos.domain.errors import Fault
from tests.crash.faulty import FaultyDisk, faulty_disk
from tests.crash.orders import expected, founding, is_refund, look, order, phone, sale_id, same, stands
from tests.crash.watch import Watch, memory_folder

SALES = 7
SOLD = 4
"""Before the run; the run sells the rest, looks one member up after each, and rests in the middle."""

KINDS = ("ioerr", "full")
WAYS = ("once", "sticky")


@dataclass
class Figures:
    """What happened. `reopened` are runs in which the till had to be started again to go on."""

    calls: int = 0
    faults: int = 0
    acknowledged: int = 0
    refused: int = 0
    landed: int = 0
    looked_up_while_ill: int = 0
    not_opened: int = 0
    reopened: int = 0
    lost: int = 0
    wrong: int = 0
    speechless: int = 0
    findings: int = 0
    first: str = ""
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return not (self.lost or self.wrong or self.speechless or self.findings)


@dataclass
class Sweep:
    """One shop, copied anew for every fault."""

    folder: Path
    figures: Figures = field(default_factory=Figures)
    _about: str = ""

    @property
    def path(self) -> Path:
        return self.folder / "run" / "shop.db"

    def prepare(self) -> None:
        """Make the shop that every run starts from."""
        start = self.folder / "start"
        start.mkdir()
        door = opened(start / "shop.db")
        for request in (*founding(), *(order(number) for number in range(SOLD))):
            answer = ask(door, request)
            assert answer["ok"], answer
        door.close()
        self.path.parent.mkdir()

    def run(self, disk: FaultyDisk, call: int, kind: str, *, sticky: bool) -> bool:
        """Let one fault happen; answer whether the run was long enough to meet it."""
        self._about = f"call {call} {kind}{' for good' if sticky else ''}"
        shutil.rmtree(self.path.parent)
        shutil.copytree(self.folder / "start", self.path.parent)
        disk.plan(call, kind, sticky=sticky)
        answers, door = self._work(disk, sticky=sticky)
        met = bool(disk.refused)
        if not met:  # the run as it goes when nothing is refused
            self.figures.calls = disk.calls
        disk.heal()
        self._go_on(door, answers)
        self.figures.faults += met
        return met

    def _work(self, disk: FaultyDisk, *, sticky: bool) -> tuple[dict[int, Any], Door | None]:
        answers: dict[int, Any] = {}
        door: Door | None = None
        for number in range(SOLD, SALES):
            if door is None:
                try:
                    door = opened(self.path)
                except Fault as fault:
                    self.figures.not_opened += 1
                    self._hear({"ok": False, "code": fault.code})
                    continue
            answer = ask(door, order(number))
            self._hear(answer)
            if answer["ok"]:
                answers[number] = answer["result"]
            else:
                self.figures.refused += 1
            seen = ask(door, {"ask": "member", "member": phone(0)})
            self._hear(seen)
            self.figures.looked_up_while_ill += bool(seen["ok"] and disk.refused)
            if number == SOLD + 1:
                self._rest(door)
        self.figures.acknowledged += len(answers)
        return answers, door

    def _rest(self, door: Door) -> None:
        try:
            door._shop().idle()
        except Fault as fault:
            self._hear({"ok": False, "code": fault.code})

    def _go_on(self, door: Door | None, answers: dict[int, Any]) -> None:
        """Send everything again to the same till, now that its disk is well, and prove the books."""
        landed = self._landed(answers)
        if door is not None and not all(ask(door, order(number))["ok"] for number in range(SOLD, SALES)):
            self.figures.reopened += 1
            door.close()
            door = None
        door = door or opened(self.path)
        for number in range(SOLD, SALES):
            again = ask(door, order(number))
            if not again["ok"]:
                self._note("wrong", f"request {number} again: {again['code']}")
        self.figures.landed += landed
        for number, first in answers.items():
            seen = ask(door, look(number))
            if not stands(number, seen) or not same(number, seen["result"], first):
                self._note("lost", f"request {number}")
        self._prove(door)
        door.close()

    def _landed(self, answers: dict[int, Any]) -> int:
        """Count what was refused and yet stands, over a connection of its own."""
        with closing(Connection(str(self.path))) as connection:
            keys = {key for (key,) in connection.execute("SELECT key FROM posting")}
        return sum(sale_id(number) in keys for number in range(SOLD, SALES) if number not in answers)

    def _prove(self, door: Door) -> None:
        books = ask(door, {"ask": "audit"})["result"]
        if not books["ok"]:
            self._note("findings", str(books["findings"][:2]))
        refunds = sum(is_refund(number) for number in range(SALES))
        if (books["figures"]["sales"], books["figures"]["refunds"]) != (SALES - refunds, refunds):
            self._note("wrong", f"{books['figures']['sales']} sales")
        for member, held in expected(range(SALES)).items():
            view = ask(door, {"ask": "member", "member": member})["result"]
            if (view["points"], view["credit_minor"]) != (held.points, held.credit_minor):
                self._note("wrong", f"{view['points']} points")

    def _hear(self, answer: dict[str, Any]) -> None:
        """A refusal has to be one the screen has a sentence for, about the disk."""
        if not answer["ok"] and (answer["code"] not in FAULTS or answer["code"] == "cannot_open"):
            self._note("speechless", f"answered {answer['code']}")

    def _note(self, what: str, about: str) -> None:
        setattr(self.figures, what, getattr(self.figures, what) + 1)
        self.figures.first = self.figures.first or f"{self._about}: {what}, {about}"


def opened(path: Path) -> Door:
    service = bootstrap.open_shop(path)
    return Door(path, lambda *_: service, bootstrap.languages(), _service=service)


def ask(door: Door, request: dict[str, Any]) -> dict[str, Any]:
    return door.answer(json.dumps(request).encode())


def faults(every: int, kinds: Sequence[str], ways: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    call = 1
    while True:
        for kind in kinds:
            for way in ways:
                yield call, kind, way == "sticky"
        call += every


def run(
    folder: Path,
    every: int,
    kinds: Sequence[str] = KINDS,
    ways: Sequence[str] = WAYS,
    watch: Watch | None = None,
) -> Figures:
    """Refuse every call, or each `every`-th, until the run is over before its turn."""
    sweep = Sweep(folder)
    sweep.prepare()
    steps = (watch or Watch()).steps(sys.maxsize, sweep.figures)
    with faulty_disk(sweep.path.parent) as disk:
        for (call, kind, sticky), _ in zip(faults(every, kinds, ways), steps, strict=False):
            if not sweep.run(disk, call, kind, sticky=sticky):
                break
        steps.close()
    return sweep.figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="refuse each so many-th call only")
    parser.add_argument("--kind", choices=KINDS, action="append", help="one kind of fault alone")
    parser.add_argument("--way", choices=WAYS, action="append", help="once, or for good until the disk heals")
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-faults-", dir=memory_folder()) as folder:
        place = Path(folder).resolve()
        figures = run(place, given.every, given.kind or KINDS, given.way or WAYS, Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
