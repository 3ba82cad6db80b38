"""The shop's one door: every window, script and import asks and commands here.

What a till asks until its first member is found stands here; everything else is loaded with the first request
that needs it (`app.service`), for that takes as long again.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

from loyalty_pos.app import commands as c
from loyalty_pos.app import handlers_days as days
from loyalty_pos.app import handlers_holds as on_hold
from loyalty_pos.app import handlers_members as members
from loyalty_pos.app import handlers_past_sales as past_sales
from loyalty_pos.app import handlers_shop as shops
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.months import count_what_was
from loyalty_pos.app.pacing import Pace, Tell
from loyalty_pos.app.paging import check_page

Handler = Callable[[Desk, Any], Any]


class Service:
    """Do commands and answer queries, one at a time, on the thread that opened the shop.

    A Rejection or Fault means that nothing of the request was posted.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        with desk.store.spoken():
            count_what_was(desk)

    def do(self, command: c.Command) -> Any:
        """Carry out a command and return its view."""
        kind = type(command)
        return self._run(FIRST_COMMANDS.get(kind) or _others()[0][kind], command)

    def ask(self, query: q.Query) -> Any:
        """Answer a query; nothing changes."""
        kind = type(query)
        check_page(query)
        return self._run(FIRST_QUERIES.get(kind) or _others()[1][kind], query)

    def ask_watched(self, query: q.Query, tell: Tell) -> Any:
        """Answer a query that says how far it is; raises Rejection `stopped` when it is called off."""
        with self._watched(tell):
            return self.ask(query)

    def do_watched(self, command: c.Command, tell: Tell) -> Any:
        """Carry out a command that says how far it is; called off, it leaves everything as it was."""
        with self._watched(tell):
            return self.do(command)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep many commands in one transaction; a refused one leaves nothing of itself."""
        whole = False
        try:
            with self._desk.store.transaction():
                yield
            whole = True
        finally:
            if not whole:  # a programme published in here was never published
                self._desk.forget_everything()

    @contextmanager
    def then(self, now_ms: int) -> Iterator[None]:
        """Do what is done in here as if it were that moment, UTC milliseconds: the demo has a past."""
        clock, self._desk.clock = self._desk.clock, _Then(now_ms)
        try:
            yield
        finally:
            self._desk.clock = clock

    def spoken(self) -> AbstractContextManager[object]:
        """Say what goes wrong while an answer is put into words, which reads records, as `ask` would have."""
        return self._desk.store.spoken()

    def settle(self) -> None:
        """Bring what was just answered to the sales journal, where one is kept."""
        self._desk.store.journal.write()

    def idle(self) -> None:
        """Tidy up while nobody waits."""
        self.settle()
        self._desk.store.checkpoint()

    def close(self) -> None:
        self._desk.store.close()

    @contextmanager
    def _watched(self, tell: Tell) -> Iterator[None]:
        self._desk.pace = Pace(tell)
        try:
            with self._desk.store.watched(self._desk.pace):
                yield
        finally:
            self._desk.pace = Pace()

    def _run(self, handler: Handler, request: Any) -> Any:
        with self._desk.store.spoken():
            self._desk.refresh()
            return handler(self._desk, request)


class _Then:
    """A clock that stands still."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        return self._now_ms


def _shop(desk: Desk, query: q.Shop) -> Any:
    return shops.shop_view(desk)


FIRST_COMMANDS: dict[type, Handler] = {CatchUp: days.catch_up}
FIRST_QUERIES: dict[type, Handler] = {
    q.Shop: _shop,
    q.Identify: members.identify,
    q.Member: members.member,
    q.RecentSales: past_sales.recent_sales,
    q.Holds: on_hold.holds,
}


@cache
def _others() -> tuple[dict[type, Handler], dict[type, Handler]]:
    """Load what answers all the other commands and queries."""
    from loyalty_pos.app.service import COMMANDS, QUERIES

    return COMMANDS, QUERIES
