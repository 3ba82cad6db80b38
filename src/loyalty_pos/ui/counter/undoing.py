"""Ctrl Z: the last change of the sale on the counter, else the last sale."""

from collections.abc import Callable

from loyalty_pos.ui.counter.claiming import Claiming
from loyalty_pos.ui.counter.closing import Closing
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.lists import Lists
from loyalty_pos.ui.counter.state import Place, Recorded
from loyalty_pos.ui.counter.trail import Step, last_step


class Undoing:
    """Bring back what was changed last; `brought_back` is called when something was.

    `ask_again` asks anew about an unfinished sale that was just left, and says whether there was one.

    Somebody who walks back change by change is stopped once before a recorded sale is taken back.
    """

    def __init__(self, desk: Desk, lists: Lists, closing: Closing, claiming: Claiming) -> None:
        self._desk, self._lists, self._closing, self._claiming = desk, lists, closing, claiming
        self._walking = False
        self.brought_back: Callable[[], None] = lambda: None
        self.ask_again: Callable[[], bool] = lambda: False

    def undo(self) -> None:
        """Undo in the order of time: the row of an open list, the sale's changes, the last sale."""
        state = self._desk.state
        if state.recording or self._lists.undo() or self._claiming.undo():
            return
        step = last_step(state)
        if step is not None:
            self._walking = True
            self._bring_back(step)
        elif self.ask_again():
            self._walking = False
        elif self._walking and not state.selling and not isinstance(state.toast, Recorded):
            self._walking = False
            self._desk.say(Place.TOAST, code="changes_are_back")
        else:
            self._walking = False
            self._closing.undo()

    def take_back(self) -> None:
        """Take back what the toast tells of."""
        if not self._claiming.undo():
            self._closing.undo()

    def _bring_back(self, step: Step) -> None:
        trail = self._desk.state.trail
        place = {"search": Place.SEARCH, "goods": Place.ITEMS}.get(step.what, Place.AMOUNT)
        if step.before.get("join"):
            place = Place.JOIN
        self._desk.change(
            **step.before,
            trail=trail[: trail.index(step)],
            lookup=None,
            said=None,
            confirm_wanted=False,
            focus=self._desk.focus(place),
        )
        self.brought_back()
