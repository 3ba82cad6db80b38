"""The draft of a sale on its way to the disk, on a thread of its own: no key waits for it."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from loyalty_pos.app.drafts import Draft, DraftStore
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.worker import Done, Problem, Worker

log = logging.getLogger(__name__)

PAUSE_MS = 120
"""Keys that follow each other this fast are written once."""


class DraftKeeper(QObject):
    """Write the newest draft, soon and off the key path; trouble with it never stops a sale."""

    def __init__(self, store: DraftStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = Worker("draft", self)
        self._wanted: Draft | None = None
        self._on_disk: Draft | None = None
        self._known = False  # whether `_on_disk` is what lies there
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._write)

    @property
    def idle(self) -> bool:
        """Whether what was kept last is written."""
        return self._worker.idle and not self._pause.isActive()

    def load(self, done: Done) -> None:
        """Read the draft of the last start."""
        self._worker.submit(self._store.load, done, lambda problem: done(None), self, subject="draft")

    def keep(self, draft: Draft | None) -> None:
        """Keep a draft in the last one's place; None forgets it."""
        self._wanted, self._known = draft, self._known and draft == self._on_disk
        if not self._pause.isActive():
            self._pause.start()

    def sure(self, then: Callable[[], None]) -> None:
        """Call back when the newest draft is on the disk, at once when it is there already."""
        if self._known:
            then()
        else:
            self._pause.stop()
            self._write(then)

    def close(self) -> None:
        """Write what is still to be written, and stop."""
        if self._pause.isActive():
            self._pause.stop()
            self._write()
        self._worker.close()

    def _write(self, then: Callable[[], None] = lambda: None) -> None:
        draft, store = self._wanted, self._store

        def done(answer: object) -> None:
            self._on_disk, self._known = draft, draft == self._wanted
            then()

        def failed(problem: Problem) -> None:
            then()

        def run() -> None:
            if draft is None:
                store.clear()
            else:
                store.save(draft)

        self._worker.submit(lambda: _quietly(run), done, failed, self, subject="draft")


def _quietly(run: Callable[[], None]) -> None:
    """Let trouble be known to the log alone, and to whoever waits."""
    try:
        run()
    except Fault as trouble:
        log.info("draft: %s", trouble.code)
        raise
