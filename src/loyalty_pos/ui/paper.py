"""Paper beside the sale: printing runs on its own thread and never touches what is recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from loyalty_pos.app.views import SaleView, VoucherView
from loyalty_pos.ui.worker import Problem, Worker


@dataclass(frozen=True, slots=True)
class Printing:
    """How this shop prints. Both may take long and raise Fault; they are called on a thread of their own."""

    print_sale: Callable[[str], object]  # a recorded sale's id
    print_voucher: Callable[[VoucherView], object]


class Paper:
    """Send paper jobs one after the other; trouble is told, never raised.

    `receipts` says whether a receipt follows every sale, `last` how the last one fared.
    """

    def __init__(self, printing: Printing | None, parent: QObject, *, receipts: bool = True) -> None:
        self._printing = printing
        self._parent = parent
        self._worker = Worker("paper") if printing else None
        self._last_sale: SaleView | None = None
        self.receipts = receipts and printing is not None
        self.last: Literal["", "printing", "printed", "failed"] = ""
        self.changed: Callable[[], None] = lambda: None
        self.failed: Callable[[Problem, SaleView | None], None] = lambda problem, sale: None

    @property
    def ready(self) -> bool:
        """Whether there is anything to print on."""
        return self._printing is not None

    @property
    def idle(self) -> bool:
        """Whether nothing is being printed."""
        return self._worker is None or self._worker.idle

    def sale(self, sale: SaleView) -> None:
        """Print a recorded sale's receipt, when receipts are wanted."""
        self._last_sale = sale
        if self.receipts:
            self.again()

    def again(self) -> None:
        """Print the last sale's receipt once more."""
        printing, sale = self._printing, self._last_sale
        if printing is None or sale is None or sale.sale_id is None:
            return
        sale_id = sale.sale_id
        self._tell("printing")
        self._send(lambda: printing.print_sale(sale_id), f"receipt {sale_id}", sale)

    def reprint(self, sale: SaleView) -> None:
        """Print any recorded sale's receipt once more, whether receipts are wanted or not."""
        self._last_sale = sale
        self.again()

    def voucher(self, voucher: VoucherView) -> None:
        """Print a reward's voucher."""
        printing = self._printing
        if printing is not None:
            self._send(lambda: printing.print_voucher(voucher), "voucher", None)

    def close(self) -> None:
        """Finish the jobs and stop."""
        if self._worker:
            self._worker.close()

    def _send(self, job: Callable[[], object], subject: str, sale: SaleView | None) -> None:
        def done(answer: object) -> None:
            if sale is not None and sale is self._last_sale:
                self._tell("printed")

        def failed(problem: Problem) -> None:
            if sale is not None and sale is self._last_sale:
                self._tell("failed")
            self.failed(problem, sale)

        if self._worker:
            self._worker.submit(job, done, failed, self._parent, subject=subject)

    def _tell(self, last: Literal["printing", "printed", "failed"]) -> None:
        self.last = last
        self.changed()
