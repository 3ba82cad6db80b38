"""One thread that works through jobs and answers on the main thread."""

import queue
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from loyalty_pos.app.mishaps import Mishap, netted
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass

Done = Callable[[Any], None]
Failed = Callable[["Problem"], None]
Problem = Rejection | Fault | Mishap


@dataclass(frozen=True, slots=True)
class Job:
    """What to run and whom to tell; `subject` names the job in the log, never with private data."""

    run: Callable[[], object]
    done: Done | None
    failed: Failed | None
    parent: QObject | None
    subject: str
    slot: str | None = None
    serial: int = 0


class Worker(QObject):
    """Run jobs one after the other on a thread of its own; answers come back on the main thread.

    A job's answer is dropped when its parent is gone. Of several jobs in one `slot` only the newest
    counts: older ones are skipped when they still wait, and their answers dropped when they don't.
    """

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._lock = threading.Lock()
        self._waiting = 0
        self._closing = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        run: Callable[[], object],
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
        *,
        subject: str = "",
        slot: str | None = None,
    ) -> None:
        """Queue a job; returns at once."""
        with self._lock:
            if self._closing:
                return
            serial = self._newest.get(slot, 0) + 1 if slot else 0
            if slot:
                self._newest[slot] = serial
            self._waiting += 1
        self._jobs.put(Job(run, done, failed, parent, subject, slot, serial))

    def outdate(self, slot: str) -> None:
        """Let no job of a slot so far be answered any more: what it asked is known already."""
        with self._lock:
            self._newest[slot] = self._newest.get(slot, 0) + 1

    @property
    def idle(self) -> bool:
        """Whether every job is done and every answer delivered."""
        return self._waiting == 0

    def close(self) -> None:
        """Finish what was queued, stop the thread, and drop answers that come after this."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._is_old(job):
                self._answered.emit((job, None, None))
                continue
            answer: object = None
            problem: Problem | None = None
            try:
                with netted(job.subject):
                    answer = job.run()
            except (Rejection, Fault, Mishap) as said_no:
                problem = said_no
            self._answered.emit((job, answer, problem))

    def _is_old(self, job: Job) -> bool:
        with self._lock:
            return job.slot is not None and self._newest[job.slot] != job.serial

    @Slot(object)
    def _deliver(self, result: tuple[Job, object, Problem | None]) -> None:
        job, answer, problem = result
        self._waiting -= 1
        if self._closing or self._is_old(job) or (job.parent and not shiboken6.isValid(job.parent)):
            return
        if problem is None and job.done is not None:
            job.done(answer)
        elif problem is not None and job.failed is not None:
            job.failed(problem)
