"""When the customer's screen is there, and what it follows."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.app.cause_views import PublicCausesView
from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_standing import PublicCauses
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.customer.face import face_of
from loyalty_pos.ui.customer.screen import CustomerScreen
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter import CounterPage

CLOCK_MS = 15_000


class CustomerDisplay(QObject):
    """Open the screen when it is wanted: whole on a second monitor, else as a window beside the till."""

    def __init__(
        self,
        page: CounterPage,
        till: QWidget,
        dispatcher: Dispatcher,
        language: Callable[[], Language],
        wall_ms: Callable[[], int],
    ) -> None:
        super().__init__(page)
        self._page, self._till, self._language, self._wall_ms = page, till, language, wall_ms
        self._courier = Courier(dispatcher, self)
        self._causes: PublicCausesView | None = None
        self._public = False
        self.screen: CustomerScreen | None = None
        self._covered = False
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self.draw)
        page.changed.connect(self.draw)
        dispatcher.changed.connect(self._something_changed)

    @property
    def open(self) -> bool:
        """Whether the customer sees anything."""
        return self.screen is not None

    def want(self, *, wanted: bool, public: bool = False) -> None:
        """Open it or close it, with what causes were given (`public`); a change of size is drawn at once."""
        self._public = public
        if not wanted:
            self.close()
            return
        if self.screen is None:
            self.screen = CustomerScreen()
            self._clock.start()
            self._place(self.screen)
        self._ask_causes()
        self.draw()
        self.screen.update()

    def cover(self, covered: bool) -> None:
        """Show nothing of anybody while the till is locked."""
        self._covered = covered
        self.draw()

    def draw(self) -> None:
        """Show what the counter shows, in the customer's words."""
        if self.screen is not None:
            language, state = self._language(), self._page.state
            state = CounterState(shop=state.shop) if self._covered else state
            self.screen.setWindowTitle(language.t("For the customer"))
            shown = self._causes if self._public else None  # they are nobody's: a locked till tells them too
            self.screen.show_face(face_of(state, self._wall_ms(), language, shown))

    def close(self) -> None:
        """Put the screen away."""
        self._clock.stop()
        if self.screen is not None:
            self.screen.close()
            self.screen.deleteLater()
            self.screen = None

    def _something_changed(self, changes: Changes) -> None:
        """Ask anew after every sale, and when causes come and go: never by the clock."""
        if changes & (Changes.LEDGER | Changes.PROGRAMMES):
            self._ask_causes()

    def _ask_causes(self) -> None:
        if self.open and self._public:
            self._courier.ask_latest("causes.public", PublicCauses(), self._causes_came, lambda problem: None)

    def _causes_came(self, view: PublicCausesView) -> None:
        self._causes = view
        self.draw()

    def _place(self, screen: CustomerScreen) -> None:
        others = [each for each in QApplication.screens() if each is not self._till.screen()]
        if others:
            screen.setScreen(others[0])
            screen.setGeometry(others[0].geometry())
            screen.showFullScreen()
        else:
            screen.resize(theme.px(1024), theme.px(600))
            screen.show()
