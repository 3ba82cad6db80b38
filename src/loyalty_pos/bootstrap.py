"""The composition root: the only place that knows every room and puts the program together.

What a first paint does not need is imported inside the functions that do.
"""

import logging
import os
import secrets
import sys
import time
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, cast

from loyalty_pos.app.catalogues import load_languages
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.resources import resources_dir

if TYPE_CHECKING:
    from loyalty_pos.app.papers import Paper
    from loyalty_pos.app.papersink import PaperSink
    from loyalty_pos.app.ports import Chance, Clock
    from loyalty_pos.app.service import Service
    from loyalty_pos.app.settings import SettingsStore, UiSettings
    from loyalty_pos.app.views import VoucherView
    from loyalty_pos.ui.dispatcher import ServiceLike
    from loyalty_pos.ui.paper import Printing

NAME = "loyalty-pos"
DEMO_SEED = 1404


class SystemClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class SystemChance:
    def ref(self) -> str:
        return secrets.token_hex(8)

    def code_bits(self) -> int:
        return secrets.randbits(80)


@cache
def languages() -> dict[LanguageCode, Language]:
    """Load every language the program speaks."""
    return load_languages(resources_dir())


def open_shop(
    path: Path, clock: "Clock | None" = None, *, actor: str = "counter", chance: "Chance | None" = None
) -> "Service":
    """Open a shop's file, making a new empty one where there is none; raises Fault.

    Call it on the thread that will use the service.
    """
    from loyalty_pos.app.desk import Desk
    from loyalty_pos.app.service import Service
    from loyalty_pos.store.store import SqliteStore

    store = SqliteStore(path.absolute(), create=True)
    return Service(Desk(store, clock or SystemClock(), chance or SystemChance(), languages(), actor=actor))


def run_window(shop_file: Path | None) -> int:
    """Show the window on a shop's file, by default the one in the user's data folder."""
    from loyalty_pos.devices.settings_file import SettingsFile
    from loyalty_pos.ui import application

    refuse_broken_qt()
    folder = data_folder()
    keep_log(folder)
    path = shop_file or folder / "shop.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    choices = SettingsFile(folder / "window.json")
    return application.run(
        lambda: open_shop(path),
        languages(),
        choices,
        printing=printing_for(path, folder / "paper", settings=choices),
        demo=fill_with_demo,
        shop_file=path.absolute(),
    )


def run_headless_demo(folder: Path) -> int:
    """Do the main job without a display and leave what it made in `folder`; returns the exit status.

    Opens the demo shop, records the sale that completes a member's card, prints receipt and voucher,
    and takes a picture of the counter.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    refuse_broken_qt()
    from loyalty_pos.app.demo import build_demo
    from loyalty_pos.ui.picture import take_picture

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo-shop.db"
    for old in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", ".key"))):
        old.unlink(missing_ok=True)
    began = time.monotonic()
    service = open_shop(path, actor="demo")
    try:
        demo = build_demo(service, SystemClock().now_ms(), DEMO_SEED)
        print(f"Demo shop with {demo.members} members and {demo.sales} sales: {path}")
        print(f"  ready in {time.monotonic() - began:.1f} s")
        papers = _complete_a_card(service, demo.hero, path, folder)
    finally:
        service.close()
    picture = folder / "counter.png"
    settings = MemorySettings()
    if not take_picture(lambda: open_shop(path), languages(), settings, demo.hero_card, "469.", picture):
        print("The counter did not answer; no picture was taken.", file=sys.stderr)
        return 1
    for made in (*papers, str(picture)):
        print(f"  {made}")
    return 0


def _complete_a_card(service: "Service", hero: str, path: Path, folder: Path) -> list[str]:
    """Record the drink that fills the hero's card; print the receipt and the reward's voucher."""
    from loyalty_pos.app.commands import PrintRewardVoucher, RecordSale
    from loyalty_pos.devices.printer import PdfFolder

    sale_id = secrets.token_hex(8)
    amount_minor = 1_280_000
    sale = service.do(RecordSale(sale_id=sale_id, member=hero, amount_minor=amount_minor))
    reward = sale.earned.rewards[0]
    print(f"  sale {sale.number}: {sale.due_minor} rials to pay, completes the card {reward.programme}")
    voucher = service.do(
        PrintRewardVoucher(posting_id=secrets.token_hex(8), member=hero, programme=reward.programme)
    )
    printing = printing_for(path, folder, PdfFolder(folder))
    return [str(printing.print_sale(sale_id)), str(printing.print_voucher(voucher))]


class MemorySettings:
    """Choices for a window that nobody keeps: Persian and light."""

    def load(self) -> "UiSettings":
        from loyalty_pos.app.settings import UiSettings

        return UiSettings(language="fa", print_receipts=False)

    def save(self, settings: "UiSettings") -> None:
        """Keep nothing."""


def fill_with_demo(service: "ServiceLike") -> object:
    """Fill an empty shop with the demo café."""
    from loyalty_pos.app.demo import build_demo

    return build_demo(cast("Service", service), SystemClock().now_ms(), DEMO_SEED)


def printing_for(
    shop_file: Path,
    folder: Path,
    sink: "PaperSink | None" = None,
    settings: "SettingsStore | None" = None,
) -> "Printing":
    """Print where the choices say, by default on the system's printer, or save PDF files in `folder`.

    Called on the paper thread: each job reads the stored sale over a connection of its own.
    """
    from loyalty_pos.ui.paper import Printing

    def put(name: str, paper: "Paper") -> str:
        from loyalty_pos.printing.papers import render

        place = sink or paper_sink(folder, settings.load() if settings else None)
        return place.put(name, render(paper))

    def print_test() -> str:
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.receipts import trial_paper

        service = open_shop(shop_file, actor="printing")
        try:
            shop = service.ask(Shop())
        finally:
            service.close()
        return put("test-page", trial_paper(shop, languages()[shop.language].with_shop(shop)))

    def print_sale(sale_id: str) -> str:
        from loyalty_pos.app.queries import Member, Sale, Shop
        from loyalty_pos.app.receipts import receipt_paper

        service = open_shop(shop_file, actor="printing")
        try:
            sale, shop = service.ask(Sale(sale_id=sale_id)), service.ask(Shop())
            member = service.ask(Member(member=sale.member)) if sale.member else None
        finally:
            service.close()
        paper = receipt_paper(sale, shop, member, languages()[shop.language].with_shop(shop))
        return put(f"receipt-{sale.number}", paper)

    def print_voucher(voucher: "VoucherView") -> str:
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.receipts import voucher_paper

        service = open_shop(shop_file, actor="printing")
        try:
            shop = service.ask(Shop())
        finally:
            service.close()
        paper = voucher_paper(voucher, shop, languages()[shop.language].with_shop(shop))
        return put(f"voucher-{voucher.barcode[-6:]}", paper)

    return Printing(print_sale, print_voucher, print_test, system_queues)


def system_queues() -> "list[str]":
    """Name the printers of the system."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())


def paper_sink(folder: Path, choices: "UiSettings | None" = None) -> "PaperSink":
    """Choose where paper goes: where the choices say, else the system's default printer, else `folder`."""
    from PySide6.QtPrintSupport import QPrinterInfo

    from loyalty_pos.devices.printer import PdfFolder, SystemPrinter

    if choices is not None and choices.save_as_pdf:
        return PdfFolder(folder)
    if choices is not None and choices.printer:
        return SystemPrinter(choices.printer)
    return PdfFolder(folder) if QPrinterInfo.defaultPrinter().isNull() else SystemPrinter(None)


def data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False, ensure_exists=True)


def keep_log(folder: Path) -> None:
    """Keep a small rotating log; it never holds a phone, a code or a name."""
    handler = RotatingFileHandler(folder / "program.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("loyalty_pos").addHandler(handler)
    logging.getLogger("loyalty_pos").setLevel(logging.INFO)


def refuse_broken_qt() -> None:
    """Stop before a known crash: Qt for Python 6.12 loses references to None before Python 3.12."""
    import PySide6

    if sys.version_info < (3, 12) and PySide6.__version_info__[:2] == (6, 12):
        sys.exit("PySide6 6.12 crashes on this Python. Install PySide6 6.11, or use Python 3.12 or newer.")
