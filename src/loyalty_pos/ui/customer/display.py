"""When the customer's screen is there, and what it follows."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.customer.face import face_of
from loyalty_pos.ui.customer.screen import CustomerScreen
from loyalty_pos.ui.pages.counter import CounterPage

CLOCK_MS = 15_000


class CustomerDisplay(QObject):
    """Open the screen when it is wanted: whole on a second monitor, else as a window beside the till."""

    def __init__(
        self, page: CounterPage, till: QWidget, language: Callable[[], Language], wall_ms: Callable[[], int]
    ) -> None:
        super().__init__(page)
        self._page, self._till, self._language, self._wall_ms = page, till, language, wall_ms
        self.screen: CustomerScreen | None = None
        self._covered = False
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self.draw)
        page.changed.connect(self.draw)

    @property
    def open(self) -> bool:
        """Whether the customer sees anything."""
        return self.screen is not None

    def want(self, *, wanted: bool) -> None:
        """Open it or close it; a change of language or size is drawn at once."""
        if not wanted:
            self.close()
            return
        if self.screen is None:
            self.screen = CustomerScreen()
            self._clock.start()
            self._place(self.screen)
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
            self.screen.show_face(face_of(state, self._wall_ms(), language))

    def close(self) -> None:
        """Put the screen away."""
        self._clock.stop()
        if self.screen is not None:
            self.screen.close()
            self.screen.deleteLater()
            self.screen = None

    def _place(self, screen: CustomerScreen) -> None:
        others = [each for each in QApplication.screens() if each is not self._till.screen()]
        if others:
            screen.setScreen(others[0])
            screen.setGeometry(others[0].geometry())
            screen.showFullScreen()
        else:
            screen.resize(theme.px(1024), theme.px(600))
            screen.show()
