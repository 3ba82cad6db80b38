"""All members, entered anywhere: the rows around what is seen are brought, and no others."""

from PySide6.QtCore import QObject, QTimer, Signal

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.floor_views import MemberStopsView
from loyalty_pos.app.queries import MembersList
from loyalty_pos.app.queries_floor import MemberStops
from loyalty_pos.app.views import MembersListView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.widgets import MemberTable
from loyalty_pos.ui.worker import Problem

BROUGHT = 25
"""So many rows come at once: more than a screen shows, and few enough to come between two frames."""
EVERY = 1_000
STOPS, STOPS_WANTED = 10, 100
"""So many stops are found at once, a few milliseconds of the till's; more when somebody waits for them."""
PAUSE_MS = 30


class Anywhere(QObject):
    """Bring rows to a table that knows how many there are.

    From stops at even distances in the order of names it is a short way to any row. They are found
    little by little while all members are listed, and found anew when the order may be another.
    """

    moved = Signal()  # the shop has more or fewer members than the list has rows
    failed = Signal(object)

    def __init__(self, dispatcher: Dispatcher, table: MemberTable) -> None:
        super().__init__(table)
        self._courier, self._table = Courier(dispatcher, self), table
        self._total, self._turn = 0, 0
        self._stops: list[str] = []
        self._whole = self._wanted = self._asking = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._find_stops)
        table.seen.connect(self.look)
        dispatcher.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        """Trust the stops no longer when people were written about: a sale renames nobody."""
        if Changes.MEMBERS in changes and not changes & Changes.LEDGER:
            self._forget()

    def _forget(self) -> None:
        self._stops, self._whole = [], False

    def begin(self, total: int) -> None:
        """Bring what is missing from now on of so many rows."""
        if total != self._total:
            self._forget()
        self.end()
        self._total = total
        if not self._whole and total > EVERY:
            self._pause.start()
        self.look()

    def end(self) -> None:
        """Bring nothing: another list is shown, or will be."""
        self._total, self._asking, self._wanted = 0, False, False
        self._turn += 1
        self._pause.stop()

    def look(self) -> None:
        """Ask for rows in sight that are missing, else for those just beyond."""
        row = self._table.missing(around=BROUGHT) if self._total and not self._asking else None
        if row is None:
            return
        start = row - row % BROUGHT
        before, stop = self._table.records.get(start - 1), start // EVERY
        if before is not None:
            self._ask(start, before.member, 0)
        elif stop <= len(self._stops):
            self._ask(start, self._stops[stop - 1] if stop else None, start % EVERY)
        elif not self._wanted:
            self._wanted = True
            self._find_stops()

    def _ask(self, start: int, after: str | None, skip: int) -> None:
        self._asking = True
        turn, query = self._turn, MembersList(after=after, skip=skip, limit=BROUGHT)
        self._courier.ask_latest(
            "members.rows", query, lambda view: self._came(view, start, turn), self._not_read
        )

    def _came(self, view: MembersListView, start: int, turn: int) -> None:
        if turn != self._turn:
            return
        self._asking = False
        if view.total != self._total or not view.members:
            self.end()
            self.moved.emit()
            return
        self._table.put(start, view.members)
        self.look()

    def _not_read(self, problem: Problem) -> None:
        self.end()
        self.failed.emit(problem)

    def _find_stops(self) -> None:
        turn, limit = self._turn, STOPS_WANTED if self._wanted else STOPS
        query = MemberStops(after=self._stops[-1] if self._stops else None, every=EVERY, limit=limit)
        self._pause.stop()
        self._courier.ask_latest(
            "members.stops", query, lambda view: self._found(view, limit, turn), self._not_read
        )

    def _found(self, view: MemberStopsView, limit: int, turn: int) -> None:
        if turn != self._turn:
            return
        self._stops += view.stops
        self._whole = len(view.stops) < limit
        self._wanted = False
        self.look()
        if not self._whole and not self._wanted:
            self._pause.start()
