"""Catching up with time while the window is open: at its opening, and as the days turn."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from loyalty_pos.app.changes import changed_by
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.lifetime_views import CaughtUpView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.worker import Problem

HOUR_MS = 3_600_000


class KeepingUp(QObject):
    """Ask the shop to write down what has ended and to review its levels; `asks` hears of a wild clock."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        asks: Callable[[Problem], None],
        parent: QObject,
        every_ms: int = HOUR_MS,
    ) -> None:
        super().__init__(parent)
        self._dispatcher, self._asks = dispatcher, asks
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.catch_up)

    def start(self) -> None:
        """Catch up now, and every hour: nothing is written where nothing is due."""
        self.catch_up()
        self._timer.start()

    def catch_up(self) -> None:
        """Catch up once."""
        self._dispatcher.run(lambda shop: shop.do(CatchUp()), self._caught_up, self._failed, self)

    def _caught_up(self, done: CaughtUpView) -> None:
        """Let the pages ask again only when something was written."""
        if done.swept.lots or done.reviews:
            self._dispatcher.changed.emit(changed_by(CatchUp()))

    def _failed(self, problem: Problem) -> None:
        # Any other trouble is met and told by whatever is recorded next.
        if isinstance(problem, Rejection) and problem.code == "clock_ahead":
            self._asks(problem)
