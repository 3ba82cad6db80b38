"""A refund being put together: what shall come back, what that would move, and then exactly that."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Literal, Protocol

from loyalty_pos.app.commands import Command, QuoteRefund, RefundLine, RefundSale
from loyalty_pos.app.queries import Query
from loyalty_pos.app.views import SaleView, TakenBackView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.worker import Done, Failed, Problem

Way = Literal["lines", "amount"]
Onto = Literal["", "credit", "gift_card"]


class Asker(Protocol):
    """The way to the shop; answers come later."""

    def do(self, command: Command, done: Done, failed: Failed) -> None: ...

    def ask_latest(self, slot: str, query: Query, done: Done, failed: Failed) -> None: ...


@dataclass(frozen=True, slots=True)
class RefundForm:
    """What a cashier has chosen of a sale, and `view`, what that would move (of the request `quoted`)."""

    sale: SaleView
    refund_id: str
    way: Way = "lines"
    units: Mapping[int, int] = field(default_factory=dict)  # by line, from 1
    amount_minor: int = 0
    onto: Onto = ""  # where the money goes; empty: it is paid back
    view: TakenBackView | None = None
    quoted: QuoteRefund | None = None
    saving: bool = False
    problem: Problem | None = None
    changed: bool = False  # what it would move is not what was shown a moment ago

    @property
    def left_minor(self) -> int:
        return sum(line.net_minor for line in self.sale.lines) - self.sale.refunded_minor

    def request(self) -> QuoteRefund | None:
        """Return what would be asked now; None while nothing is chosen."""
        onto = self.onto or None
        sale_id = self.sale.sale_id or ""
        if self.way == "amount":
            amount = self.amount_minor or None
            return QuoteRefund(sale_id=sale_id, amount_minor=amount, refund_to=onto) if amount else None
        lines = tuple(RefundLine(line=line, quantity=n) for line, n in sorted(self.units.items()) if n)
        return QuoteRefund(sale_id=sale_id, lines=lines, refund_to=onto) if lines else None

    @property
    def ready(self) -> bool:
        """Whether what is on screen is what Enter would do."""
        return self.view is not None and self.quoted == self.request() and not self.saving

    @property
    def exchangeable(self) -> bool:
        """Whether what is on screen may pay for something else; what goes elsewhere cannot."""
        return self.ready and not self.onto


class Refunding:
    """Keep one refund until it is made or left; every change is told to `changed`."""

    def __init__(self, courier: Asker, new_id: Callable[[], str]) -> None:
        self._courier, self._new_id = courier, new_id
        self.form: RefundForm | None = None
        self.changed: Callable[[RefundForm | None], None] = lambda form: None
        self.done: Callable[[TakenBackView], None] = lambda view: None
        self.to_exchange: Callable[[RefundForm], None] | None = None

    def open(self, sale: SaleView) -> None:
        """Begin with a sale of which something is kept."""
        self._show(RefundForm(sale, self._new_id(), "amount" if sale.amount_mode else "lines"))

    def close(self) -> None:
        self._show(None)

    def set_units(self, line: int, units: int) -> None:
        """Say how many units of a line come back."""
        if self.form is not None:
            self._ask(replace(self.form, units={**self.form.units, line: units}))

    def set_amount(self, amount_minor: int) -> None:
        if self.form is not None:
            self._ask(replace(self.form, amount_minor=amount_minor))

    def choose_way(self, way: Way) -> None:
        """Take goods back, or an amount."""
        if self.form is not None:
            self._ask(replace(self.form, way=way))

    def put_onto(self, onto: Onto) -> None:
        """Say where the money goes."""
        if self.form is not None:
            self._ask(replace(self.form, onto=onto))

    def everything(self) -> None:
        """Choose all that is left."""
        form = self.form
        if form is not None:
            units = {line.line: line.quantity - line.returned_quantity for line in form.sale.lines}
            self._ask(replace(form, units=units, amount_minor=form.left_minor))

    def confirm(self) -> None:
        """Do exactly what is shown; while nothing is shown, nothing."""
        form = self.form
        if form is None or form.view is None or form.quoted is None or not form.ready:
            return
        command = RefundSale(
            refund_id=form.refund_id,
            sale_id=form.quoted.sale_id,
            lines=form.quoted.lines,
            amount_minor=form.quoted.amount_minor,
            refund_to=form.quoted.refund_to,
            fingerprint=form.view.fingerprint,
        )
        self._show(replace(form, saving=True, problem=None, changed=False))
        self._courier.do(command, self._made, self._refused)

    def exchange(self) -> None:
        """Take something else for what is chosen, where that is offered."""
        form = self.form
        if form is not None and form.exchangeable and self.to_exchange is not None:
            self._show(None)
            self.to_exchange(form)

    def _ask(self, form: RefundForm) -> None:
        request = form.request()
        self._show(replace(form, view=None, quoted=request, problem=None, changed=False))
        if request is not None:
            self._courier.ask_latest("refund", request, self._quoted, self._failed)

    def _quoted(self, view: TakenBackView) -> None:
        if self.form is not None and self.form.quoted is not None:
            self._show(replace(self.form, view=view))

    def _failed(self, problem: Problem) -> None:
        if self.form is not None:
            self._show(replace(self.form, problem=problem, saving=False))

    def _made(self, view: TakenBackView) -> None:
        self._show(None)
        self.done(view)

    def _refused(self, problem: Problem) -> None:
        form = self.form
        if form is not None and isinstance(problem, Rejection) and problem.code == "stale_refund":
            self._ask(replace(form, saving=False))
            self._show(replace(self.form or form, changed=True))
        else:
            self._failed(problem)

    def _show(self, form: RefundForm | None) -> None:
        self.form = form
        self.changed(form)
