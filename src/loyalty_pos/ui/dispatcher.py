"""The window's only way to the shop: commands and queries, answered on the main thread."""

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from loyalty_pos.app.changes import changed_by
from loyalty_pos.app.commands import Command
from loyalty_pos.app.queries import Query
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.worker import Done, Failed, Worker

AHEAD_S = 1.0
"""So old may an answer be that was looked up ahead: the scanner lets go of a key, or Enter follows it."""

_AHEAD = "ahead"


class ServiceLike(Protocol):
    """A shop that can be told and asked (app.service.Service)."""

    def do(self, command: Command) -> Any: ...

    def ask(self, query: Query) -> Any: ...


@dataclass(slots=True)
class _Ahead:
    """What is asked in a moment, and its answer once it came."""

    query: Query
    at_s: float
    came: bool = False
    view: Any = None


class Dispatcher(QObject):
    """Own the service on one ledger thread, the only one that ever touches it.

    The factory runs on that thread too, at the first job: what it opens is used only where it was opened.
    `changed` tells on the main thread what a command changed (app.changes.Changes).
    """

    changed = Signal(object)

    def __init__(
        self, service_factory: Callable[[], ServiceLike], now_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._factory, self._now_s = service_factory, now_s
        self._service: ServiceLike | None = None
        self._ahead: _Ahead | None = None
        self._worker = Worker("ledger")

    def do(
        self,
        command: Command,
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Send a command; its result comes to `done` while `parent` lives."""

        def told(result: Any) -> None:
            if done is not None:
                done(result)
            self.changed.emit(changed_by(command))

        self._ahead = None
        subject = _subject(command)
        self._worker.submit(lambda: self._open().do(command), told, failed, parent, subject=subject)
        self._worker.submit(self._settle, subject="journal")

    def ask(
        self,
        query: Query,
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
        slot: str | None = None,
    ) -> None:
        """Ask a question; its view comes to `done` while `parent` lives, of a `slot` only the newest."""
        ahead = self._take_ahead(query)
        if ahead is None:
            subject = _subject(query)
            self._worker.submit(
                lambda: self._open().ask(query), done, failed, parent, subject=subject, slot=slot
            )
            return
        if slot is not None:
            self._worker.outdate(slot)
        if done is not None:
            done(ahead.view)

    def ask_ahead(self, query: Query) -> None:
        """Look up what is asked in a moment: once the scanner lets go of a key, or with the Enter after it.

        The same question is answered with it before `ask` returns, unless something may have changed since.
        """
        ahead = self._ahead = _Ahead(query, self._now_s())

        def came(view: Any) -> None:
            ahead.came, ahead.view = True, view

        self._worker.submit(lambda: self._open().ask(query), came, subject=_subject(query), slot=_AHEAD)

    def ask_latest(
        self,
        slot: str,
        query: Query,
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Ask like `ask`, but only the newest question of a `slot` is answered."""
        self.ask(query, done, failed, parent, slot)

    def run(
        self,
        job: Callable[[Any], object],
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Run a longer job with the service on the ledger thread, such as filling the demo shop."""
        self._ahead = None
        self._worker.submit(lambda: job(self._open()), done, failed, parent, subject="job")

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._worker.idle

    def close(self) -> None:
        """Finish what was sent, close the service on its own thread, and stop."""
        self._ahead = None
        self._worker.submit(self._shut, subject="closing")
        self._worker.close()

    def _take_ahead(self, query: Query) -> _Ahead | None:
        """Return what was looked up for a question, if it may still be given."""
        ahead = self._ahead
        if ahead is None or ahead.query != query:
            return None
        self._ahead = None
        self._worker.outdate(_AHEAD)  # the question itself comes before it
        return ahead if ahead.came and self._now_s() - ahead.at_s <= AHEAD_S else None

    def _open(self) -> ServiceLike:
        if self._service is None:
            self._service = self._factory()
        return self._service

    def _settle(self) -> None:
        """Let the sales journal be written when the answer is out."""
        settle = getattr(self._service, "settle", None)
        if settle is not None:
            settle()

    def _shut(self) -> None:
        close = getattr(self._service, "close", None)
        self._service = None
        if close is not None:
            close()


class Courier:
    """A dispatcher bound to one parent: answers stop when the parent is gone."""

    def __init__(self, dispatcher: Dispatcher, parent: QObject) -> None:
        self._dispatcher = dispatcher
        self._parent = parent

    def do(self, command: Command, done: Done, failed: Failed) -> None:
        """Send a command for the parent."""
        self._dispatcher.do(command, done, failed, self._parent)

    def ask(self, query: Query, done: Done, failed: Failed) -> None:
        """Ask a question for the parent."""
        self._dispatcher.ask(query, done, failed, self._parent)

    def ask_ahead(self, query: Query) -> None:
        """Look up what the parent asks in a moment."""
        self._dispatcher.ask_ahead(query)

    def ask_latest(self, slot: str, query: Query, done: Done, failed: Failed) -> None:
        """Ask for the parent; only the newest question of the slot is answered."""
        self._dispatcher.ask_latest(slot, query, done, failed, self._parent)


def _subject(request: object) -> str:
    """Name a request for the log: its type and its sale, nothing private."""
    sale_id = getattr(request, "sale_id", None)
    return f"{type(request).__name__} {sale_id}" if sale_id else type(request).__name__
