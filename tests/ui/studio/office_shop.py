"""The office of a shop, as the window's pages ask it."""

from collections.abc import Callable
from pathlib import Path

from loyalty_pos.app.papersink import PaperSink
from loyalty_pos.bootstrap import languages, open_shop
from loyalty_pos.devices.printer import PdfFolder
from loyalty_pos.office import ShopOffice
from tests.ui.counter.rig import NOW_MS


class HeldClock:
    """The day on which the window's clock stands."""

    def now_ms(self) -> int:
        return NOW_MS


def office(path: Path) -> Callable[[], ShopOffice]:
    """Make an office that prints into a folder beside the shop's file."""

    def place() -> PaperSink:
        return PdfFolder(path.parent / "paper")

    def opened(file: Path, *, actor: str) -> object:
        return open_shop(file, HeldClock(), actor=actor)

    return lambda: ShopOffice(path, opened, languages, place)  # type: ignore[arg-type]
