"""Draw the user guide's pictures over the demo shop: `python -m tests.gallery_guide [picture …]`.

The pictures go to docs/guide/pictures in few colours; whoever opens the demo shop sees the same figures. The
table of keys is written anew, too.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.demo import Demo, build_demo
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.bootstrap import DEMO_SEED, open_shop
from loyalty_pos.ui.keymap import BINDINGS, Action
from loyalty_pos.ui.pages.members import MembersPage
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from tests.gallery import Waiter, begin, leave
from tests.languages import language
from tests.shop import SeededChance
from tests.ui.counter.rig import NOW_MS, Rig

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
PICTURES = GUIDE / "pictures"
LANGUAGES: tuple[LanguageCode, ...] = ("en", "fa")
SIZE = (1024, 768)
COLOURS = 96
WAITING_CARD = "4400000024"  # of the member whose reward waits


class Evening:
    """A clock that stands still on a quiet evening."""

    def now_ms(self) -> int:
        return NOW_MS


@dataclass(frozen=True, slots=True)
class Stage:
    """A window over a copy of the demo shop."""

    rig: Rig
    demo: Demo

    def do(self, keys: str) -> None:
        self.rig.keys(keys)
        self.rig.settle()

    def scan(self, code: str) -> None:
        self.rig.scan(code)
        self.rig.settle()

    def hero(self) -> None:
        self.scan(self.demo.hero_card)


def idle(stage: Stage) -> None:
    stage.rig.settle()


def member(stage: Stage) -> None:
    stage.hero()


def priced(stage: Stage) -> None:
    stage.hero()
    stage.do("469.")


def why(stage: Stage) -> None:
    priced(stage)
    stage.do("F7")


def recorded(stage: Stage) -> None:
    priced(stage)
    stage.do("Enter")


def reward(stage: Stage) -> None:
    stage.scan(WAITING_CARD)
    stage.do("469.")


def credit(stage: Stage) -> None:
    priced(stage)
    stage.do("F6")


def several(stage: Stage) -> None:
    stage.do("2468 Enter")


def joining(stage: Stage) -> None:
    stage.do("09127770000 F3")


def members(stage: Stage) -> None:
    stage.do("Ctrl+2")
    page = next(each for each in stage.rig.window.others if isinstance(each, MembersPage))
    page.people.search.line.setText("احمدی")
    page.people.ask()
    stage.rig.qtbot.waitUntil(lambda: not page.people.waiting)

    def there() -> bool:
        return page.pane.member is not None and page.pane.member.member == stage.demo.hero

    stage.rig.qtbot.waitUntil(there)
    stage.rig.settle()


def goods(stage: Stage) -> None:
    stage.hero()
    stage.do("F4")
    for typed in ("لاته", "هویج"):
        stage.do("F5")
        stage.do(typed)
        stage.do("Enter")


def recent(stage: Stage) -> None:
    stage.do("111. F9")
    stage.do("Shift+F10")


def held(stage: Stage) -> None:
    priced(stage)
    stage.do("F8")
    stage.do("Shift+F8")


def no_paper(stage: Stage) -> None:
    reward(stage)
    stage.rig.tray.empty = True
    stage.do("Enter")


def programmes(stage: Stage) -> None:
    stage.rig.window.go_to("programmes")
    stage.rig.settle()
    page = next(each for each in stage.rig.window.others if isinstance(each, ProgrammesPage))
    page._choose("drink")
    stage.rig.settle()


def codes(stage: Stage) -> None:
    """Codes of a programme just issued."""
    params: dict[str, object] = {"rate_bp": 1_000, "lane": "code"}
    command = PublishProgramme(key="ten", kind="percent_off", name="حراج بهار", params=params)
    stage.rig.program.dispatcher.do(command)
    stage.rig.settle()
    stage.rig.window.go_to("programmes")
    stage.rig.settle()
    page = next(each for each in stage.rig.window.others if isinstance(each, ProgrammesPage))
    page._choose("ten")
    stage.do("Ctrl+k")
    stage.do("Ctrl+s")


def settings(stage: Stage) -> None:
    stage.rig.window.go_to("settings")
    stage.rig.settle()
    for label in stage.rig.window.findChildren(QLabel):  # no reader's shop lies in a temporary folder
        place = re.sub("\u2066.*shop\\.db", "\u2066/\u200bhome/\u200bshop/\u200bshop.db", label.text())
        if place != label.text():
            label.setText(place)


def keys(stage: Stage) -> None:
    stage.do("F1")


STATES: dict[str, Callable[[Stage], None]] = {
    each.__name__: each
    for each in (
        idle, member, priced, why, recorded, reward, credit, several, joining, members, goods,
        recent, held, no_paper, programmes, codes, settings, keys,
    )
}  # fmt: skip


def build(folder: Path) -> tuple[Path, Demo]:
    """Make the demo shop once."""
    path = folder / "shop.db"
    service = open_shop(path, Evening())
    try:
        return path, build_demo(service, NOW_MS, DEMO_SEED)
    finally:
        service.close()


@contextmanager
def staged(path: Path, demo: Demo, code: LanguageCode) -> Iterator[Stage]:
    """Open the window over a copy of the demo shop in one language."""
    with TemporaryDirectory() as folder:
        for part in path.parent.glob("shop.db*"):
            shutil.copy(part, folder)
        copy = Path(folder) / "shop.db"
        rig = Rig(
            cast(QtBot, Waiter()), code, factory=lambda: open_shop(copy, Evening(), chance=SeededChance())
        )
        try:
            rig.window.resize(*SIZE)
            yield Stage(rig, demo)
        finally:
            leave(rig)


def draw_first_start(code: LanguageCode, to: Path) -> None:
    """Draw the question which shop should open."""
    rig = Rig(cast(QtBot, Waiter()), code, first=True)
    try:
        first = rig.program.first
        assert first is not None
        first.set_language(language(code))
        first.ask_shop()
        first.resize(SIZE[0], 420)
        save(first, to)
    finally:
        leave(rig)


def save(window: QWidget, to: Path) -> None:
    """Save a window's picture in few colours, which makes it a third as large."""
    QApplication.processEvents()
    window.grab().save(str(to), "PNG")
    with Image.open(to) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(to, "PNG", optimize=True)


def write_keys(code: LanguageCode) -> None:
    """Write the key table into the page of keys anew."""
    page, said = GUIDE / code / "keys.md", language(code)
    rows = []
    for binding in BINDINGS:
        caps = binding.cap.split() if binding.action is Action.UP else [binding.cap]
        rows.append(f"| {' '.join(f'<kbd>{cap}</kbd>' for cap in caps)} | {said.t(binding.help)} |\n")
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"(?<=\|---\|---\|\n)(\|.*\n)+", lambda _: "".join(rows), text), encoding="utf-8")


def main(wanted: list[str]) -> int:
    app = begin(PICTURES)
    with TemporaryDirectory() as folder:
        path, demo = build(Path(folder))
        for code in LANGUAGES:
            write_keys(code)
            if not wanted or "first" in wanted:
                draw_first_start(code, PICTURES / f"first_{code}.png")
            for name, reach in STATES.items():
                if not wanted or name in wanted:
                    with staged(path, demo, code) as stage:
                        reach(stage)
                        save(stage.rig.window, PICTURES / f"{name}_{code}.png")
    app.processEvents()
    drawn = list(PICTURES.glob("*.png"))
    print(f"{len(drawn)} pictures in {PICTURES}, {sum(each.stat().st_size for each in drawn) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
