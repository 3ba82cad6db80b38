"""Backups while the window is open and when it closes, on a thread of their own: no sale waits for one."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from loyalty_pos.app.backup_schedule import BackupSchedule
from loyalty_pos.app.pacing import Tell, go_on
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.worker import Done, Failed, Problem, Worker

log = logging.getLogger(__name__)

LOOK_MS = 60_000


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """When to make a backup, and how; all runs on a thread of its own and opens the shop for itself."""

    schedule: BackupSchedule
    make: Callable[[Tell], object]
    prove: Callable[[Tell], object] | None = None  # the books of the shop as they stand


class BackupTimer(QObject):
    """Look every minute whether a backup is due; nothing happens before `start`."""

    done = Signal(object)  # BackupView
    failed = Signal(object)  # Problem

    def __init__(self, plan: BackupPlan, parent: QObject | None = None, *, look_ms: int = LOOK_MS) -> None:
        super().__init__(parent)
        self._plan = plan
        self._worker: Worker | None = None
        self._busy = False
        self._tell: Tell = go_on
        self._timer = QTimer(self)
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look; a second start changes nothing."""
        if self._worker is None:
            self._worker = Worker("backup", self)
            self._timer.start()

    def look(self) -> None:
        """Make a backup if one is due and none is under way."""
        if self._plan.schedule.due():
            self._begin()

    @property
    def busy(self) -> bool:
        """Whether a copy is being made."""
        return self._busy

    def make_now(self, tell: Tell = go_on) -> None:
        """Make a backup because somebody asked; one under way answers for it, and to them from now on."""
        self._tell = tell
        self._begin()

    def prove(self, tell: Tell, done: Done, failed: Failed, parent: QObject) -> None:
        """Prove the shop's books beside running sales; raises Rejection `stopped` into `failed`."""
        prove = self._plan.prove
        if self._worker is not None and prove is not None:
            self._worker.submit(lambda: prove(tell), done, failed, parent, subject="audit")

    def close(self) -> None:
        """Make the last backup, wait for it, and stop."""
        self._timer.stop()
        if self._worker is None:
            return
        self._tell = go_on  # nobody is left who could call it off
        if self._plan.schedule.changed():
            self._begin()
        self._worker.close()
        self._worker = None

    def _begin(self) -> None:
        if self._worker is None or self._busy:
            return
        self._busy = True
        self._plan.schedule.began()
        self._worker.submit(self._make, self._done, self._failed, self, subject="backup")

    def _told(self, done: int, whole: int) -> bool:
        """Tell whoever asked last."""
        return self._tell(done, whole)

    def _make(self) -> object:
        try:
            return self._plan.make(self._told)
        except (Fault, Rejection) as no:  # also told to the window, which may be gone by then
            if no.code != "stopped":
                log.warning("no backup: %s", no.code)
            raise

    def _done(self, backup: object) -> None:
        self._busy, self._tell = False, go_on
        self._plan.schedule.succeeded()
        self.done.emit(backup)

    def _failed(self, problem: Problem) -> None:
        self._busy, self._tell = False, go_on
        self.failed.emit(problem)
