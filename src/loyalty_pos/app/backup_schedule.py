"""When a backup is due. A plain object that knows no timer, so that any loop can ask it."""

from collections.abc import Callable

EVERY_MS = 30 * 60_000
RETRY_MS = 5 * 60_000


class BackupSchedule:
    """Due every half hour and at exit, but only when something changed since the last good backup.

    `now_ms` is a clock that only runs forward. `mark` says how the shop's file looks from outside:
    as long as it stays the same, nothing was written.
    """

    def __init__(
        self, now_ms: Callable[[], int], mark: Callable[[], object], *, every_ms: int = EVERY_MS
    ) -> None:
        self._now_ms, self._mark, self._every_ms = now_ms, mark, every_ms
        self._next_ms = now_ms() + every_ms
        self._kept: object = None
        self._trying: object = None

    def changed(self) -> bool:
        """Whether there is anything a new backup would hold that the last one does not."""
        return self._mark() != self._kept

    def due(self) -> bool:
        """Whether it is time for a backup."""
        return self._now_ms() >= self._next_ms and self.changed()

    def began(self) -> None:
        """Note that a backup starts now: what is written from here on belongs to the next one."""
        self._trying = self._mark()
        self._next_ms = self._now_ms() + RETRY_MS

    def succeeded(self) -> None:
        """Note that the backup that began is good; one that is not is tried again in five minutes."""
        self._kept = self._trying
        self._next_ms = self._now_ms() + self._every_ms
