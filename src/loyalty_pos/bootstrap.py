"""The composition root: the only place that knows every room and puts the program together.

What a first paint does not need is imported inside the functions that do.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from loyalty_pos.office import ShopOffice, draw_report

if TYPE_CHECKING:
    from argparse import Namespace

    from loyalty_pos.app.exchange import Exchange
    from loyalty_pos.app.front import Service
    from loyalty_pos.app.language import Language, LanguageCode
    from loyalty_pos.app.pacing import Tell
    from loyalty_pos.app.papersink import PaperSink
    from loyalty_pos.app.ports import Chance, Clock
    from loyalty_pos.app.settings import UiSettings
    from loyalty_pos.app.sounds import Loudness, SoundName
    from loyalty_pos.devices.speaker import SystemSpeaker
    from loyalty_pos.store.locking import FileLock
    from loyalty_pos.ui.backup_timer import BackupPlan
    from loyalty_pos.ui.dispatcher import ServiceLike
    from loyalty_pos.ui.paper import Printing
    from loyalty_pos.ui.shell import Shell

NAME = "loyalty-pos"
SHOP, CHOICES = "shop.db", "window.json"
DEMO_SEED = 1404


class SystemClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class SystemChance:
    def ref(self) -> str:
        return os.urandom(8).hex()

    def code_bits(self) -> int:
        return int.from_bytes(os.urandom(10), "big")


@cache
def languages() -> "dict[LanguageCode, Language]":
    """Load every language the program speaks."""
    from loyalty_pos.app.catalogues import load_languages
    from loyalty_pos.app.resources import resources_dir

    return load_languages(resources_dir())


def open_shop(
    path: Path, clock: "Clock | None" = None, *, actor: str = "counter", chance: "Chance | None" = None
) -> "Service":
    """Open a shop's file, making a new empty one where there is none; raises Fault.

    Call it on the thread that will use the service.
    """
    from loyalty_pos.app.desk import Desk
    from loyalty_pos.app.front import Service
    from loyalty_pos.store.store import SqliteStore

    store = SqliteStore(path.absolute(), create=True)
    asks = clock is None
    desk = Desk(store, clock or SystemClock(), chance or SystemChance(), languages(), actor, asks_clock=asks)
    return Service(desk)


def run_command(arguments: "Namespace") -> int:
    """Run a command of the command line; what it records says who did it."""
    from functools import partial

    from loyalty_pos.cli.main import run

    shop = partial(open_shop, actor="import" if arguments.command == "import" else "door")
    return run(arguments, shop, languages, draw=draw_report)


def start_bare(request: list[str]) -> int:
    """Show the window, or draw the vouchers a window asked for; nothing is loaded to read arguments."""
    if not request:
        return run_window(None)
    from loyalty_pos.press import draw_request

    return draw_request(*map(Path, request))


def run_window(shop_file: Path | None, *, training: bool = False) -> int:
    """Show the window on a shop's file, by default the one in the user's data folder.

    With `training`, or when somebody asks for it in the window, on the training shop beside it, and back.
    """
    gc.disable()  # what a start loads is no garbage, and the window's collector begins with this anyway
    refuse_broken_qt()
    usual = usual_folder()
    shell = None if training else first_paint(usual / CHOICES, (shop_file or usual / SHOP).absolute())
    folder = data_folder()
    path, choices = (shop_file or folder / SHOP).absolute(), folder / CHOICES
    if shell and folder != usual:  # an outline of other choices, perhaps of another shop
        shell.close()
        shell = None
    while True:
        status = _one_window(path, folder, choices, shell, training=training)
        from loyalty_pos.ui.application import SWAP

        if status != SWAP:
            return status
        training, shell = not training, None


def _one_window(real: Path, folder: Path, choices: Path, shell: "Shell | None", *, training: bool) -> int:
    """Show one window until it is closed or the other shop is wanted."""
    with shell.awake() if shell else nullcontext():
        from loyalty_pos.app.papers import NARROW_DOTS, WIDE_DOTS
        from loyalty_pos.devices.draft_file import DraftFile
        from loyalty_pos.devices.settings_file import SettingsFile
        from loyalty_pos.devices.shelf_file import ShelfFile
        from loyalty_pos.ui import application
    if shell and not shell.isVisible():
        return 0  # closed before there was more of it

    keep_log(folder)
    settings = SettingsFile(choices)
    path = training_file(real) if training else real
    with suppress(OSError):  # what is wrong with the folder is said when the shop is opened
        path.parent.mkdir(parents=True, exist_ok=True)

    def width_dots() -> int:
        return NARROW_DOTS if settings.load().paper_mm == 58 else WIDE_DOTS

    with WindowShop(path) as shop:
        return application.run(
            partial(open_training, shop.open, settings.load) if training else shop.open,
            languages(),
            settings,
            printing=printing_for(
                path, folder / "paper", width_dots=width_dots, choices=settings.load, training=training
            ),
            demo=fill_with_demo,
            drafts=DraftFile(path),
            speaker=Loudspeaker(folder / "sounds"),
            backups=None if training else backups_for(path, settings.load),
            shelf=ShelfFile(folder / ("unpublished.training.json" if training else "unpublished.json")),
            exchange=lambda: lists_of(path),
            office=lambda: ShopOffice(path, open_shop, languages, lambda: paper_sink(folder / "paper")),
            shop_file=path,
            shell=shell,
            training=training,
        )


def training_file(real: Path) -> Path:
    """Say where the training shop of a real one lies: beside it, in a file and under a key of its own."""
    return real.with_name(f"{real.stem}.training{real.suffix}")


def open_training(open_file: "Callable[[], Service]", choices: "Callable[[], UiSettings]") -> "Service":
    """Open the training shop, filled with the demo café under a name that says what it is."""
    from loyalty_pos.app.commands import EditShop
    from loyalty_pos.app.queries import Shop
    from loyalty_pos.domain.errors import Rejection

    service = open_file()
    try:
        service.ask(Shop())
    except Rejection:
        fill_with_demo(service)
        language = languages()[choices().language or "fa"]
        service.do(EditShop(name=language.t("Training shop"), language=language.code))
    return service


class Loudspeaker:
    """The system's loudspeaker; everything about it is loaded with the first sound."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._speaker: SystemSpeaker | None = None

    def play(self, name: "SoundName", loudness: "Loudness") -> None:
        """Begin a sound."""
        from loyalty_pos.devices.speaker import SystemSpeaker

        if self._speaker is None:
            self._speaker = SystemSpeaker(self._folder)
        self._speaker.play(name, loudness)


def first_paint(choices: Path, shop_file: Path) -> "Shell | None":
    """Show the window's outline at once, unless there is no shop or the program has yet to ask its language.

    It names whoever is scanned before the window is there. The file of choices is read again, and with care,
    once there is time to load its reader.
    """
    if not shop_file.exists():
        return None
    try:
        chosen = "".join(choices.read_text("utf-8").split())
    except (OSError, ValueError):
        return None
    language = _after('"language":"', chosen)
    if language not in ("fa", "en"):
        return None
    from loyalty_pos.ui.shell import show_shell

    scale = _after('"scale_percent":', chosen)
    shell = show_shell(
        rtl=language == "fa",
        dark='"dark":true' in chosen,
        scale_percent=int(scale) if scale.isdecimal() and 90 <= int(scale) <= 150 else None,
    )
    from loyalty_pos.store.glance import name_at

    shell.greet(partial(name_at, shop_file))
    return shell


def _after(name: str, text: str) -> str:
    """Return what stands after a name in JSON without spaces, up to the next mark."""
    _, _, rest = text.partition(name)
    return rest.partition("}")[0].partition(",")[0].rstrip('"')


class WindowShop:
    """The file of one window: claimed when it is first opened, given back when the window has closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._claim: FileLock | None = None

    def __enter__(self) -> "WindowShop":
        return self

    def __exit__(self, *_: object) -> None:
        if self._claim is not None:
            self._claim.free()

    def open(self) -> "Service":
        """Open the shop unless another window has it or the folder would harm it; raises Fault."""
        from loyalty_pos.store.places import claim_window

        if self._claim is None:
            self._claim = claim_window(self._path)
        return open_shop(self._path)


def backups_for(path: Path, choices: "Callable[[], UiSettings] | None" = None) -> "BackupPlan":
    """Back up a shop every half hour, over a connection of its own, to the folder the choices name."""
    from loyalty_pos.app.backup_schedule import BackupSchedule
    from loyalty_pos.ui.backup_timer import BackupPlan

    def make(tell: "Tell") -> object:
        from loyalty_pos.app.commands import Backup
        from loyalty_pos.domain.errors import Fault

        folder = choices().backup_folder if choices else ""
        if folder and not Path(folder).is_dir():  # a disk that is not plugged in now
            raise Fault("backup_failed", path=folder)
        service = open_shop(path, actor="backup")
        try:
            return service.do_watched(Backup(path=folder or None), tell)
        finally:
            service.close()

    def prove(tell: "Tell") -> object:
        from loyalty_pos.app.queries import Audit

        with closing(open_shop(path, actor="audit")) as service:
            return service.ask_watched(Audit(), tell)

    def mark() -> object:
        from loyalty_pos.store.copies import mark_of

        return mark_of(path)

    schedule = BackupSchedule(lambda: time.monotonic_ns() // 1_000_000, mark)
    return BackupPlan(schedule, make, prove)


def lists_of(path: Path) -> "Exchange":
    """Bring the lists of a shop in and out over connections of their own, each on its caller's thread."""
    from loyalty_pos.cli.lists import Lists

    return Lists(path, partial(open_shop, actor="import"), languages())


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

    sale_id = os.urandom(8).hex()
    amount_minor = 1_280_000
    sale = service.do(RecordSale(sale_id=sale_id, member=hero, amount_minor=amount_minor))
    reward = sale.earned.rewards[0]
    print(f"  sale {sale.number}: {sale.due_minor} rials to pay, completes the card {reward.programme}")
    voucher = service.do(
        PrintRewardVoucher(posting_id=os.urandom(8).hex(), member=hero, programme=reward.programme)
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
    *,
    width_dots: Callable[[], int] = lambda: 576,
    choices: "Callable[[], UiSettings] | None" = None,
    training: bool = False,
) -> "Printing":
    """Print where the choices say, by default on the system's printer, or save PDF files in `folder`.

    Papers wait in a queue beside them, one for every shop's file; a given `sink` is used without it.
    """
    from hashlib import blake2b

    from loyalty_pos.app.settings import UiSettings
    from loyalty_pos.devices.spool import Spool
    from loyalty_pos.press import Press
    from loyalty_pos.ui.paper import Printing

    def place() -> "PaperSink":
        return paper_sink(folder, choices() if choices else None)

    @contextmanager
    def service(actor: str) -> "Iterator[Service]":
        with closing(open_shop(shop_file, actor=actor)) as opened:
            yield opened

    mark = blake2b(str(shop_file.absolute()).encode(), digest_size=4).hexdigest()
    queue = None if sink else Spool(folder / f"queue-{mark}", place)
    out = sink or queue
    assert out is not None

    def sheets() -> "PaperSink":
        return sink or paper_sink(folder)

    press = Press(service, languages, folder, out, width_dots, sheets, training=training)
    return Printing(
        press.print_sale,
        press.print_voucher,
        reprint_sale=press.reprint_sale,
        print_card=press.print_card,
        print_refund=press.print_refund,
        print_day=press.print_day,
        print_settlement=press.print_settlement,
        print_codes=press.print_codes,
        print_gift_cards=press.print_gift_cards,
        save_codes=press.save_codes,
        print_partner_vouchers=press.print_partner_vouchers,
        print_partner_sheet=press.print_partner_sheet,
        save_list=press.save_list,
        save_cards=press.save_cards,
        make_sheet=ShopOffice(shop_file, open_shop, languages, sheets).sheet,
        queue=queue,
        print_terms=lambda day: press.print_terms((choices() if choices else UiSettings()).asks, day),
        print_test=lambda: press.print_test(sink or place()),  # past the queue: trouble is told at once
        printers=system_printers,
    )


def system_printers() -> list[str]:
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


def usual_folder() -> Path:
    """Return where `data_folder` is, as Qt has it: that is loaded, and the other takes 3 ms of a start."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / NAME


def data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False, ensure_exists=True)


def keep_log(folder: Path) -> None:
    """Keep a small rotating log; it never holds a phone, a code or a name."""
    import logging

    class FirstLine(logging.Handler):
        """Give way to the file with the first line there is; on most days there is none."""

        def emit(self, record: logging.LogRecord) -> None:
            from logging.handlers import RotatingFileHandler

            path = folder / "program.log"
            file = RotatingFileHandler(path, maxBytes=500_000, backupCount=3, encoding="utf-8")
            file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
            ours.removeHandler(self)
            ours.addHandler(file)
            file.handle(record)

    ours = logging.getLogger("loyalty_pos")
    ours.addHandler(FirstLine())
    ours.setLevel(logging.INFO)


def refuse_broken_qt() -> None:
    """Stop before a known crash: Qt for Python 6.12 loses references to None before Python 3.12."""
    import PySide6

    if sys.version_info < (3, 12) and PySide6.__version_info__[:2] == (6, 12):
        sys.exit("PySide6 6.12 crashes on this Python. Install PySide6 6.11, or use Python 3.12 or newer.")
