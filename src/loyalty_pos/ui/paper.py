"""Paper beside the sale: printing runs on its own thread and never touches what is recorded."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from loyalty_pos.app.views import SaleView, VoucherView
from loyalty_pos.ui.worker import Problem, Worker


@dataclass(frozen=True, slots=True)
class Printing:
    """How this shop prints. Both may take long and raise Fault; they are called on a thread of their own."""

    print_sale: Callable[[str], object]  # a recorded sale's id
    print_voucher: Callable[[VoucherView], object]


class Paper:
    """Send paper jobs one after the other; trouble is told, never raised."""

    def __init__(self, printing: Printing | None, parent: QObject) -> None:
        self._printing = printing
        self._parent = parent
        self._worker = Worker("paper") if printing else None
        self.printed: Callable[[], None] = lambda: None
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
        """Print a recorded sale's receipt."""
        printing, sale_id = self._printing, sale.sale_id
        if printing is not None and sale_id is not None:
            self._send(lambda: printing.print_sale(sale_id), f"receipt {sale_id}", sale)

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
        if self._worker:
            self._worker.submit(
                job, lambda answer: self.printed(), lambda problem: self.failed(problem, sale), self._parent,
                subject=subject,
            )  # fmt: skip
