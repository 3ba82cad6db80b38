"""Damage a shop's file in every way a disk can, and see whether anybody is told a wrong balance.

`python -m tests.crash.damage --files 10000` prints the figures as one line of JSON. A damaged file may be
refused, or answer with faults, or still hold everything. It may not bring the program down, and it may not
give a wrong balance that the check of the books calls right.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loyalty_pos import bootstrap
from loyalty_pos.cli.door import Door
from loyalty_pos.domain.errors import Fault, Rejection
from tests.crash.orders import MEMBERS, founding, order, phone
from tests.crash.watch import Watch, memory_folder

SALES = 21
PAGE = 4096


@dataclass
class Figures:
    files: int = 0
    refused: int = 0
    seen: int = 0
    """Opened, and something was answered with a fault or the books were called wrong."""
    unharmed: int = 0
    silently_wrong: int = 0
    crashes: int = 0
    replaced: int = 0
    """A file that was there was treated as if there were none."""
    first: str = ""
    seconds: float = 0
    ended: str = ""

    @property
    def good(self) -> bool:
        return not (self.silently_wrong or self.crashes or self.replaced)


def flipped(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 64)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut_short(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.choice((0, chance.randrange(PAGE), chance.randrange(len(content))))]


def zeroed(content: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)
    return content


def swapped(content: bytearray, chance: random.Random) -> bytearray:
    one, other = (chance.randrange(len(content) // PAGE) * PAGE for _ in range(2))
    first, second = content[one : one + PAGE], content[other : other + PAGE]
    content[one : one + PAGE], content[other : other + PAGE] = second, first
    return content


def header(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(100)] = chance.randrange(256)
    return content


WAYS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    flipped,
    cut_short,
    zeroed,
    swapped,
    header,
)


def opened(path: Path) -> Door:
    service = bootstrap.open_shop(path)
    return Door(path, lambda *_: service, bootstrap.languages(), _service=service)


def ask(door: Door, request: dict[str, Any]) -> dict[str, Any]:
    return door.answer(json.dumps(request).encode())


def told(door: Door) -> list[tuple[Any, ...]]:
    """Ask for what every member holds and for the last sales; a fault where there is one."""
    found: list[tuple[Any, ...]] = []
    for number in range(MEMBERS):
        answer = ask(door, {"ask": "member", "member": phone(number)})
        view = answer.get("result") or {}
        found.append(
            (answer.get("code"), view.get("points"), view.get("credit_minor"), view.get("spend_minor"))
        )
    answer = ask(door, {"ask": "recent_sales", "limit": 50})
    found.append(
        (answer.get("code"), [sale["due_minor"] for sale in (answer.get("result") or {"sales": ()})["sales"]])
    )
    return found


@dataclass
class Damaging:
    folder: Path
    figures: Figures

    def prepare(self) -> None:
        path = self.folder / "sound.db"
        door = opened(path)
        for request in (*founding(), *(order(number) for number in range(SALES))):
            assert ask(door, request)["ok"]
        self.right = told(door)
        door.close()
        self.content = path.read_bytes()
        self.key = path.with_name("sound.db.key").read_bytes()

    def damage(self, number: int, seed: int) -> None:
        chance = random.Random(f"{seed}-{number}")
        way = WAYS[number % len(WAYS)]
        place = self.folder / "damaged"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path = place / "shop.db"
        content = bytes(way(bytearray(self.content), chance))
        path.write_bytes(content)
        path.with_name("shop.db.key").write_bytes(self.key)
        self.figures.files += 1
        about = f"{way.__name__} {number}"
        try:
            self._look(path, about, sound=content == self.content)
        except (Fault, Rejection):
            self.figures.refused += 1
        except Exception as crash:  # noqa: BLE001 - this is what is looked for
            frame = traceback.extract_tb(crash.__traceback__)[-1]
            self._note("crashes", f"{about}: {crash!r} at {Path(frame.filename).name}:{frame.lineno}")

    def _look(self, path: Path, about: str, *, sound: bool) -> None:
        door = opened(path)
        try:
            if ask(door, {"ask": "shop"}).get("code") == "no_shop":
                self._note("replaced", about)
            found = told(door)
            books = ask(door, {"ask": "audit"})
            audited = books["ok"] and books["result"]["ok"]
            if found == self.right:
                self.figures.unharmed += audited
                self.figures.seen += not audited
            elif audited and not any(one[0] for one in found):
                self._note("silently_wrong", about)
            else:
                self.figures.seen += 1
            ask(door, order(SALES))
        finally:
            door.close()

    def _note(self, what: str, about: str) -> None:
        setattr(self.figures, what, getattr(self.figures, what) + 1)
        self.figures.first = self.figures.first or f"{what}: {about}"
        print(f"{what}: {about}", file=sys.stderr, flush=True)


def run(files: int, seed: int, folder: Path, watch: Watch | None = None) -> Figures:
    damaging = Damaging(folder, Figures())
    damaging.prepare()
    for number in (watch or Watch()).steps(files, damaging.figures):
        damaging.damage(number, seed)
    return damaging.figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    Watch.arguments(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-damage-", dir=memory_folder()) as folder:
        figures = run(given.files, given.seed, Path(folder), Watch.of(given))
    print(json.dumps(vars(figures)))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
