"""Drive the real window as a person does, on a screen of its own: `python -m tests.window.drive`.

A fresh shop with the demo café; then a scan, an amount, a sale, its paper, taking it back, both languages,
both lights, every page. Pictures go to build/window. Exit 0 when everything happened, the program ended
with 0 and neither it nor Qt said a word on stderr; 1 when not; 2 when a tool is missing.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QImage

from loyalty_pos.app.queries import Audit, Member, MemberRecord, MembersList, RecentSales
from loyalty_pos.app.views import SaleView
from loyalty_pos.bootstrap import open_shop
from tests.window.screen import Hands, Screen, brightness, changed, missing_tools, rail_side, wait_for

PICTURES = Path("build/window")
RAIL, TOOL, ABOVE = 55, 51, 136  # of the rail's buttons at 125 %: from the edge, from the bottom, one up
PAGES, PROGRAMMES = 7, 3
LINES = {"theme": TOOL, "language": ABOVE}


class Failed(Exception):
    """Something that should have happened did not."""


def expect(holds: object, what: str) -> None:
    """Say what holds, or stop."""
    if not holds:
        raise Failed(what)
    print(f"  ok  {what}")


class Shop:
    """The shop's file, read beside the window."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, query: object) -> object:
        service = open_shop(self.path)
        try:
            return service.ask(query)  # type: ignore[arg-type]
        finally:
            service.close()

    def newest(self) -> SaleView:
        """The sale recorded last."""
        view = self.ask(RecentSales(limit=1))
        return view.sales[0]  # type: ignore[attr-defined,no-any-return]

    def a_card(self) -> tuple[str, str]:
        """A member with a card: who, and the card's number."""
        members = self.ask(MembersList(limit=50)).members  # type: ignore[attr-defined]
        for line in members:
            record = self.ask(MemberRecord(member=line.member))
            cards = self.ask(Member(member=line.member)).cards  # type: ignore[attr-defined]
            if cards and record:
                return line.member, cards[0]
        raise Failed("somebody in the demo has a card")


class Drive:
    """One run: the program, the hands on it, and what must come of it."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self._screen, self._home = screen, home
        self._errors = home / "stderr.txt"
        self.hands = Hands(screen, PICTURES)
        self.shop = Shop(home / "data" / "shop.db")
        self._program = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        data = self._home / "share" / "loyalty-pos"
        data.mkdir(parents=True)
        # Paper is saved as PDF, whatever printers the machine has.
        (data / "window.json").write_text(json.dumps({"save_as_pdf": True}), "utf-8")
        environment = {
            **os.environ, "DISPLAY": self._screen.name, "QT_QPA_PLATFORM": "xcb", "HOME": str(self._home),
            "XDG_DATA_HOME": str(self._home / "share"), "XDG_RUNTIME_DIR": str(self._home),
            "PYTHONPATH": "src",
        }  # fmt: skip
        environment.pop("WAYLAND_DISPLAY", None)
        with self._errors.open("wb") as errors:
            return subprocess.Popen(
                [sys.executable, "-m", "loyalty_pos", "--shop", str(self.shop.path)],
                env=environment, stdout=subprocess.DEVNULL, stderr=errors,
            )  # fmt: skip

    def run(self) -> None:
        """Do everything once."""
        self._first_start()
        self._sale()
        self._look_and_language()
        self._pages("fa")
        self._lock()
        persian = self.hands.look()
        self.hands.click(-RAIL, -LINES["language"])
        english = self.hands.calm("english_again", unlike=persian)
        expect(rail_side(english) == "left", "every page once more in English")
        self._pages("en")
        english = self.hands.look()
        self.hands.click(RAIL, -LINES["language"])
        self.hands.calm("persian_again", unlike=english)
        self._full_screen()
        self._end()

    def _first_start(self) -> None:
        first = self.hands.find(self._program.pid)
        language = self.hands.shot("language")
        pid = self._program.pid
        another = 0.03  # of the picture: another question, and not the same one a line lower
        # Persian has the keyboard, and then the demo.
        asked = "the question which shop opens"
        self.hands.press_until("Return", asked, lambda: changed(self.hands.look(), language) > another)
        self.hands.shot("which_shop")
        self.hands.press_until("Return", "the counter's window", lambda: self.hands.other(pid, first))
        self.hands.find(self._program.pid, other_than=first, seconds=120)
        picture = self.hands.shot("counter")
        expect(rail_side(picture) == "right", "the window opens in Persian, the rail on the right")
        expect(self.hands.size() == (1280, 960), "on 1080 lines it opens at 125 percent")

    def _sale(self) -> None:
        before, (member, card) = self.shop.newest(), self.shop.a_card()
        empty = self.hands.look()
        # A window just opened may miss its first key, and a scan must lose none.
        self.hands.press_until("F1", "the map of keys", lambda: changed(self.hands.look(), empty) > 0.05)
        self.hands.press_until("Escape", "the counter", lambda: changed(self.hands.look(), empty) < 0.02)
        empty = self.hands.shot("ready")
        self.hands.scan(card)
        scanned = self.hands.shot("scanned", unlike=empty)
        expect(self.shop.newest().sale_id == before.sale_id, "a scan shows somebody and confirms nothing")
        self.hands.keys("4 6 9 period")
        priced = self.hands.shot("priced", unlike=scanned)
        self.hands.keys("Return")
        wait_for("the sale", lambda: self.shop.newest().sale_id != before.sale_id)
        sale = self.shop.newest()
        expect(sale.gross_minor == 4_690_000, "469. is recorded as 469,000 toman")
        expect(sale.member == member, "the sale is the scanned member's")
        self.hands.shot("recorded", unlike=priced)
        self._paper(sale)
        self.hands.keys("ctrl+z")
        wait_for("the reversal", lambda: self.shop.newest().voided)
        self.hands.shot("taken_back")
        expect(self.shop.newest().sale_id == sale.sale_id, "Ctrl Z takes that sale back")
        expect(self.shop.ask(Audit()).ok, "the books prove")  # type: ignore[attr-defined]

    def _paper(self, sale: SaleView) -> None:
        paper = self._home / "share" / "loyalty-pos" / "paper"
        receipt = paper / f"receipt-{sale.number}.pdf"
        wait_for(f"{receipt.name} on paper", receipt.exists)
        expect(receipt.read_bytes().startswith(b"%PDF"), f"{receipt.name} came out by itself")
        if shutil.which("pdftotext"):
            said = subprocess.run(["pdftotext", str(receipt), "-"], capture_output=True, text=True).stdout
            expect(len(said.split()) > 10, "the receipt can be read")

    def _look_and_language(self) -> None:
        light = self.hands.shot("light")
        self.hands.click(-RAIL, -LINES["theme"])
        dark = self.hands.shot("dark", unlike=light)
        expect(brightness(light) > 0.8 and brightness(dark) < 0.3, "a click on the rail turns the light off")
        self.hands.click(-RAIL, -LINES["language"])
        english = self.hands.shot("english", unlike=dark)
        expect(rail_side(english) == "left", "a click on the rail speaks English, the rail on the left")
        self.hands.click(RAIL, -LINES["theme"])
        lit = self.hands.shot("english_light", unlike=english)
        expect(brightness(lit) > 0.8, "and turns the light on")
        self.hands.click(RAIL, -LINES["language"])
        expect(rail_side(self.hands.shot("persian", unlike=lit)) == "right", "and back")

    def _pages(self, code: str) -> None:
        """Go to every page with its key; the map of keys opens and closes there."""
        last = self.hands.shot(f"page_1_{code}")
        for number in range(2, PAGES + 1):
            self.hands.keys(f"ctrl+{number}")
            now = self.hands.calm(f"page_{number}_{code}", unlike=last)
            expect(changed(now, last) > 0.05, f"Ctrl {number} shows another page ({code})")
            self.hands.keys("F1")
            keys = self.hands.shot(f"keys_{number}_{code}", unlike=now)
            self.hands.keys("Escape")
            last = self.hands.calm(f"page_{number}_{code}_again", unlike=keys)
            expect(changed(last, now) < 0.02, "F1 shows the guide or the keys there, Esc closes them")
            if number == PROGRAMMES:
                last = self._desks(code, last)
        self.hands.keys("ctrl+1")
        self.hands.shot(f"page_1_{code}_again", unlike=last)

    def _desks(self, code: str, page: QImage) -> QImage:
        """Open what stands beside the programmes, and come back."""
        for key in ("b", "g", "i"):
            self.hands.keys(f"ctrl+{key}")
            desk = self.hands.calm(f"desk_{key}_{code}", unlike=page)
            expect(changed(desk, page) > 0.05, f"Ctrl {key.upper()} opens its desk ({code})")
            self.hands.keys("Escape")
            page = self.hands.calm(f"desk_{key}_{code}_left", unlike=desk)
        return page

    def _lock(self) -> None:
        """Lock the till; a scan reaches nobody, Enter opens it as it was."""
        before = self.hands.calm("before_lock")
        self.hands.keys("ctrl+l")
        locked = self.hands.shot("locked", unlike=before)
        expect(changed(locked, before) > 0.05, "Ctrl L covers the window")
        self.hands.scan(self.shop.a_card()[1])
        expect(changed(self.hands.shot("locked_still"), locked) < 0.02, "a scan shows nobody meanwhile")
        self.hands.keys("Return")
        opened = self.hands.calm("opened", unlike=locked)
        expect(changed(opened, before) < 0.02, "Enter opens it as it was")

    def _full_screen(self) -> None:
        self.hands.keys("ctrl+2")
        self.hands.shot("before_full_screen")
        self.hands.keys("F11")
        wait_for("full screen", lambda: self.hands.size() == (1920, 1080))
        whole = self.hands.shot("full_screen")
        self.hands.keys("ctrl+1")
        self.hands.shot("full_screen_counter", unlike=whole)

    def _end(self) -> None:
        self.hands.close()
        try:
            status = self._program.wait(30)
        except subprocess.TimeoutExpired:
            raise Failed("the window closes") from None
        expect(status == 0, "the program ends with 0")
        said = self._errors.read_text("utf-8", "replace")
        expect(not said, f"nothing on stderr{': ' if said else ''}{said}")
        kept = json.loads((self._home / "share" / "loyalty-pos" / "window.json").read_text("utf-8"))
        expect(
            (kept["language"], kept["dark"], kept["scale_percent"]) == ("fa", False, None), "choices are kept"
        )

    def stop(self) -> None:
        """End the program whatever happened."""
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait(10)
            print(self._errors.read_text("utf-8", "replace"), file=sys.stderr)


def main() -> int:
    missing = missing_tools()
    if missing:
        print(f"Please install what is missing: sudo apt-get install -y {' '.join(missing)}", file=sys.stderr)
        return 2
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with Screen() as screen, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        drive = Drive(screen, Path(folder))
        try:
            drive.run()
        except (Failed, TimeoutError) as trouble:
            print(f"FAILED  {trouble}", file=sys.stderr)
            return 1
        finally:
            drive.stop()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
