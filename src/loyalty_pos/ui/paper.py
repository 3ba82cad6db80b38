"""Paper beside the sale: printing runs on its own thread and never touches what is recorded."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer

from loyalty_pos.app.cause_views import SettlementView
from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.gift_card_views import GiftCardsView
from loyalty_pos.app.lifetime_views import DayView
from loyalty_pos.app.papers import CardSheetKind
from loyalty_pos.app.papersink import PaperJob, PaperQueue
from loyalty_pos.app.partner_views import PartnerVouchersView
from loyalty_pos.app.partner_views import SettlementView as PartnerSheet
from loyalty_pos.app.queries import MemberChoice, Query
from loyalty_pos.app.queries_sheets import SheetQuery
from loyalty_pos.app.views import SaleView, TakenBackView, VoucherView
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.worker import Done, Failed, Problem, Worker


@dataclass(frozen=True, slots=True)
class Printing:
    """How this shop prints. All may take long and raise Fault; they are called on a thread of their own.

    What takes an extra key posts under it, so that trying again posts nothing more.
    """

    print_sale: Callable[[str], object]  # a recorded sale's id
    print_voucher: Callable[[VoucherView], object]
    reprint_sale: Callable[[str, str], object] | None = None  # the sale's id, the posting's
    print_card: Callable[[str], object] | None = None  # any text that names a member
    print_codes: Callable[[CodesView], object] | None = None  # codes just issued, as slips
    save_codes: Callable[[CodesView, Path], object] | None = None  # as a table, CSV or XLSX
    # Cards or labels of all members of a choice, on A4.
    save_cards: Callable[[MemberChoice, Path, CardSheetKind], object] | None = None
    queue: PaperQueue | None = None
    print_refund: Callable[[TakenBackView], object] | None = None
    print_day: Callable[[DayView], object] | None = None  # a closed day
    print_settlement: Callable[[SettlementView], object] | None = None
    print_gift_cards: Callable[[GiftCardsView], object] | None = None  # just issued, as slips
    print_terms: Callable[[str], object] | None = None  # the club on a sheet of A4, as of a day
    print_partner_vouchers: Callable[[PartnerVouchersView], object] | None = None  # a page each
    # What a partner and the shop owe each other: on paper, or as a PDF where a path is given.
    print_partner_sheet: Callable[[PartnerSheet, Path | None], object] | None = None
    save_list: Callable[[Any, Path], object] | None = None  # what a query lists, as a table
    # A member's statement or the cashiers' summary: on A4, or into a file where a path is given.
    make_sheet: Callable[[SheetQuery, Path | None], object] | None = None
    print_test: Callable[[], object] | None = None  # returns where the test page went
    printers: Callable[[], Sequence[str]] | None = None  # the system's printers, by name


TRY_AGAIN_MS = 20_000
Slip = VoucherView | GiftCardsView | DayView | SettlementView | PartnerVouchersView | PartnerSheet


class Saving:
    """Write what somebody takes along as a file, on the paper thread."""

    def __init__(self, printing: Printing | None, worker: Worker | None) -> None:
        self._printing, self._worker = printing, worker

    def save(
        self, what: PartnerSheet | Query, path: Path, done: Done, failed: Failed, parent: QObject
    ) -> None:
        """Save a settlement with a partner as a PDF, or what a query lists as a table."""
        if self._worker is None or self._printing is None:
            return
        sheet, table = self._printing.print_partner_sheet, self._printing.save_list
        if isinstance(what, PartnerSheet) and sheet is not None:
            self._worker.submit(lambda: sheet(what, path), done, failed, parent, subject="partner sheet")
        elif table is not None:
            self._worker.submit(lambda: table(what, path), done, failed, parent, subject="list")

    @property
    def makes_card_sheets(self) -> bool:
        """Whether cards and labels can be put on A4."""
        return self._printing is not None and self._printing.save_cards is not None

    def card_sheets(
        self, only: MemberChoice, path: Path, kind: CardSheetKind, done: Done, failed: Failed, parent: QObject
    ) -> None:
        """Put members' cards or labels on A4; `done` hears how many."""
        save = self._printing.save_cards if self._printing else None
        if save is not None and self._worker is not None:
            self._worker.submit(lambda: save(only, path, kind), done, failed, parent, subject="cards")

    @property
    def makes_sheets(self) -> bool:
        """Whether statements and cashiers' summaries can be made."""
        return self._printing is not None and self._printing.make_sheet is not None

    def sheet(
        self, query: SheetQuery, path: Path | None, done: Done, failed: Failed, parent: QObject
    ) -> None:
        """Print a statement or a summary, or write it into a file; `done` hears where it is."""
        make = self._printing.make_sheet if self._printing else None
        if make is not None and self._worker is not None:
            self._worker.submit(lambda: make(query, path), done, failed, parent, subject="sheet")


class Paper:
    """Send paper jobs one after the other; trouble is told, never raised.

    `receipts` says whether a receipt follows every sale, `last` how the last one fared, `kept` which
    papers are not known to be printed: those that wait are tried again by themselves.
    """

    def __init__(self, printing: Printing | None, parent: QObject, *, receipts: bool = True) -> None:
        self._printing = printing
        self._queue = printing.queue if printing else None
        self._parent = parent
        self._worker = Worker("paper") if printing else None
        self.saving = Saving(printing, self._worker)
        self._last_sale: SaleView | None = None
        self._came_out = False  # the last sale's own receipt: from then on every other one is a copy
        self._copy_key = ("", "")  # the sale's id, the posting's
        self.receipts = receipts and printing is not None
        self.last: Literal["", "printing", "printed", "failed"] = ""
        self.kept: tuple[PaperJob, ...] = ()
        self.changed: Callable[[], None] = lambda: None
        self.failed: Callable[[Problem, SaleView | None], None] = lambda problem, sale: None
        self.recovered: Callable[[], None] = lambda: None
        self._later = QTimer(parent)
        self._later.setSingleShot(True)
        self._later.setInterval(TRY_AGAIN_MS)
        self._later.timeout.connect(self.work)
        if self._look():  # from before the program was closed, or cut off
            self.work()

    @property
    def ready(self) -> bool:
        """Whether there is anything to print on."""
        return self._printing is not None

    @property
    def idle(self) -> bool:
        """Whether nothing is being printed."""
        return self._worker is None or self._worker.idle

    @property
    def prints_cards(self) -> bool:
        """Whether members' cards can be printed."""
        return self._printing is not None and self._printing.print_card is not None

    def sale(self, sale: SaleView) -> None:
        """Print a recorded sale's receipt, when receipts are wanted."""
        self._last_sale = sale
        self._came_out = False
        if self.receipts:
            self.again()

    def again(self) -> None:
        """Print the last sale's receipt; once it came out, a marked copy of it."""
        printing, sale = self._printing, self._last_sale
        if printing is None or sale is None or sale.sale_id is None:
            return
        if self._came_out:
            self.copy(sale)
            return
        sale_id = sale.sale_id
        self._tell("printing")
        self._send(lambda: printing.print_sale(sale_id), f"receipt {sale_id}", sale)

    def copy(self, sale: SaleView) -> None:
        """Print any recorded sale's receipt once more, marked as a copy; that is put on record."""
        printing, sale_id = self._printing, sale.sale_id
        if printing is None or sale_id is None:
            return
        reprint = printing.reprint_sale
        if self._copy_key[0] != sale_id:
            self._copy_key = (sale_id, os.urandom(8).hex())
        key = self._copy_key[1]
        if sale is self._last_sale:
            self._tell("printing")
        job = (lambda: reprint(sale_id, key)) if reprint else (lambda: printing.print_sale(sale_id))
        self._send(job, f"copy of receipt {sale_id}", sale)

    def voucher(self, slip: Slip) -> None:
        """Print a paper of its own: a voucher, cards or vouchers just made, a closed day, a settlement."""
        printing = self._printing
        if printing is None:
            return
        sheet = printing.print_partner_sheet
        jobs: dict[type, tuple[Callable[[Any], object] | None, str]] = {
            VoucherView: (printing.print_voucher, "voucher"),
            GiftCardsView: (printing.print_gift_cards, "gift cards"),
            DayView: (printing.print_day, "day"),
            SettlementView: (printing.print_settlement, "settlement"),
            PartnerVouchersView: (printing.print_partner_vouchers, "partner vouchers"),
            PartnerSheet: (sheet and (lambda view: sheet(view, None)), "partner sheet"),
        }
        job, subject = jobs[type(slip)]
        if job is not None:
            self._send(lambda: job(slip), subject, None)

    def refund(self, view: TakenBackView) -> None:
        """Print what was paid back and what else moved, when receipts are wanted."""
        print_refund = self._printing.print_refund if self._printing else None
        if print_refund is not None and self.receipts:
            self._send(lambda: print_refund(view), f"refund of {view.sale_id}", None)
        for voucher in view.remade:
            self.voucher(voucher)
        if view.new_card is not None:
            self.voucher(view.new_card)

    def card(self, member: str, done: Callable[[object], None], failed: Callable[[Problem], None]) -> None:
        """Print a member's card; `done` hears where it went."""
        print_card = self._printing.print_card if self._printing else None
        if print_card is not None and self._worker:
            self._worker.submit(lambda: print_card(member), done, failed, self._parent, subject="card")

    def codes(self, codes: CodesView, path: Path | None, done: Done, failed: Failed, parent: QObject) -> None:
        """Print codes just issued as slips, or write them into a table where a `path` is given.

        Slips a printer does not take wait like any paper.
        """
        printing = self._printing
        slips = printing.print_codes if printing else None
        table = printing.save_codes if printing else None

        def looked(then: Callable[[Any], object], answer: Any) -> None:
            self._look()
            then(answer)

        if self._worker is None:
            return
        if path is None and slips is not None:
            self._worker.submit(
                lambda: slips(codes),
                partial(looked, done),
                partial(looked, failed),
                parent,
                subject="code slips",
            )
        elif path is not None and table is not None:
            self._worker.submit(lambda: table(codes, path), done, failed, parent, subject="code table")

    def work(self) -> None:
        """Try what waits again; a printer that is still in trouble is not worth a new message."""
        queue = self._queue
        if queue is not None and self._worker:
            self._worker.submit(queue.work, self._worked, self._worked, self._parent, subject="paper queue")

    def retry(self, job: PaperJob) -> None:
        """Print a kept paper again, even one that may have come out already."""
        queue = self._queue
        if queue is not None:
            self._settle(lambda: queue.retry(job.job))

    def drop(self, job: PaperJob) -> None:
        """Forget a kept paper: it came out, or nobody needs it."""
        queue = self._queue
        if queue is None:
            return
        if self.last == "failed":  # dropping what waited is not printing it
            self.last, self._came_out = "", self._came_out or job.state == "maybe_printed"
        self._settle(lambda: queue.drop(job.job))

    def test(self, done: Done, failed: Failed, parent: QObject) -> None:
        """Print a test page; `done` hears where it went."""
        if self._worker and self._printing and self._printing.print_test:
            self._worker.submit(self._printing.print_test, done, failed, parent, subject="test page")

    def list_printers(self, done: Done, failed: Failed, parent: QObject) -> None:
        """Ask the system for its printers, which may take long."""
        if self._worker and self._printing and self._printing.printers:
            self._worker.submit(self._printing.printers, done, failed, parent, subject="printers")

    def set_receipts(self, *, wanted: bool) -> None:
        """Choose whether a receipt follows every sale."""
        self.receipts = wanted and self.ready
        self.changed()

    def close(self) -> None:
        """Finish the jobs and stop."""
        self._later.stop()
        if self._worker:
            self._worker.close()

    def _settle(self, step: Callable[[], object]) -> None:
        if self._worker:
            self._worker.submit(step, self._worked, self._worked, self._parent, subject="paper queue")
            self.work()

    def _send(self, job: Callable[[], object], subject: str, sale: SaleView | None) -> None:
        def done(answer: object) -> None:
            self._look()
            if sale is not None and sale.sale_id == self._copy_key[0]:
                self._copy_key = ("", "")
            if sale is not None and sale is self._last_sale:
                self._came_out = True
                self._tell("printed")

        def failed(problem: Problem) -> None:
            self._look()
            if sale is not None and sale is self._last_sale:
                self._tell("failed")
            self.failed(problem, sale)

        if self._worker:
            self._worker.submit(job, done, failed, self._parent, subject=subject)

    def _worked(self, answer: object) -> None:
        before = self.kept
        self._look()
        if before and not self.kept:
            self._copy_key = ("", "")
            if self.last == "failed":
                self.last, self._came_out = "printed", True
            self.recovered()
        if before != self.kept:
            self.changed()

    def _look(self) -> bool:
        """See what is kept, and come back when some of it waits; say whether anything is."""
        self.kept = tuple(self._queue.jobs()) if self._queue else ()
        if any(job.state == "waiting" for job in self.kept):
            self._later.start()
        else:
            self._later.stop()
        return bool(self.kept)

    def _tell(self, last: Literal["printing", "printed", "failed"]) -> None:
        self.last = last
        self.changed()


def print_terms(paper: Paper, day: str, done: Done, failed: Failed, parent: QObject) -> None:
    """Print the club's terms of a day; `done` hears where they went."""
    job = paper._printing.print_terms if paper._printing else None
    if paper._worker and job is not None:
        paper._worker.submit(lambda: job(day), done, failed, parent, subject="terms")
