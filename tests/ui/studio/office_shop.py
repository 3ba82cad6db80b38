"""The office of a shop, as the window's pages ask it."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from loyalty_pos.app.commands import ImportSale, SaleLine
from loyalty_pos.app.papersink import PaperSink
from loyalty_pos.bootstrap import languages, open_shop
from loyalty_pos.devices.printer import PdfFolder
from loyalty_pos.office import ShopOffice
from tests.ui.counter.real_shop import PEOPLE
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


def add_sales(path: Path) -> None:
    """Bring in a month of sales before the day of the window, two levels climbed in it."""
    service = open_shop(path)
    chance = Random(8)
    try:
        for number in range(120):
            card = chance.choice([*(card for _, _, card in PEOPLE), None])
            at_ms = NOW_MS - (40 - number // 3) * 86_400_000
            amount = chance.randrange(20, 240) * 10_000
            sale_id, line = f"past-{number}", SaleLine(text="قهوه", unit_price_minor=amount)
            service.do(ImportSale(sale_id=sale_id, member=card, lines=(line,), at_ms=at_ms))
    finally:
        service.close()
