"""What a page hands to the office: jobs on a thread of their own, which no sale waits for."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from loyalty_pos.app.office_port import Office
from loyalty_pos.ui.worker import Failed, Worker

OpenOffice = Callable[[], Office]


class OfficeWork(QObject):
    """Run jobs of an office that is opened by the first one; without an office nothing is run."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._open: OpenOffice | None = None
        self._worker: Worker | None = None

    def use(self, office: OpenOffice | None) -> None:
        """Learn who does the jobs."""
        self._open = office

    @property
    def there(self) -> bool:
        """Whether anybody does the jobs."""
        return self._open is not None

    @property
    def idle(self) -> bool:
        """Whether every job is done and told."""
        return self._worker is None or self._worker.idle

    def run(
        self,
        job: Callable[[Office], object],
        done: Callable[[Any], None],
        failed: Failed,
        subject: str,
        slot: str | None = None,
    ) -> None:
        """Queue a job; of several in one slot only the newest is told."""
        office = self._open
        if office is None:
            return
        self._worker = self._worker or Worker(self._name, self)
        self._worker.submit(lambda: job(office()), done, failed, self, subject=subject, slot=slot)

    def close(self) -> None:
        """Finish what is under way."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
