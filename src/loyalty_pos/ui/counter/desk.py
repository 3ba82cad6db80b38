"""The place where the counter's state lives and changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from loyalty_pos.app.commands import Command
from loyalty_pos.app.queries import Query
from loyalty_pos.app.sounds import SoundName
from loyalty_pos.ui.counter.state import CounterState, Focus, Place, Said
from loyalty_pos.ui.counter.trail import MOST_STEPS, What, step_between
from loyalty_pos.ui.worker import Done, Failed, Problem


class CourierLike(Protocol):
    """The way to the shop; answers come later."""

    def do(self, command: Command, done: Done, failed: Failed) -> None: ...

    def ask(self, query: Query, done: Done, failed: Failed) -> None: ...

    def ask_ahead(self, query: Query) -> None: ...

    def ask_latest(self, slot: str, query: Query, done: Done, failed: Failed) -> None: ...


class Desk:
    """Hold the state; every change is told to whoever draws it (`changed`) and keeps it (`watched`).

    `new_id` makes keys of postings, `now_ms` is a clock that only runs forward.
    """

    def __init__(self, courier: CourierLike, new_id: Callable[[], str], now_ms: Callable[[], int]) -> None:
        self.courier = courier
        self.new_id = new_id
        self.now_ms = now_ms
        self.state = CounterState()
        self.changed: Callable[[CounterState], None] = lambda state: None
        self.sound: Callable[[SoundName], None] = lambda name: None
        self.watched: Callable[[CounterState], None] = lambda state: None

    def change(self, **fields: Any) -> None:
        """Replace some fields and tell; nothing is told when nothing changed."""
        before, self.state = self.state, replace(self.state, **fields)
        if self.state != before:
            self.watched(self.state)
            self.changed(self.state)

    @contextmanager
    def step(self, what: What) -> Iterator[None]:
        """Remember what is changed meanwhile, so that Ctrl Z brings it back."""
        before = self.state
        yield
        made = step_between(what, before, self.state)
        if made is not None:
            self.change(trail=(*self.state.trail, made)[-MOST_STEPS:])

    def focus(self, place: Place) -> Focus:
        """A wish for the keyboard to go to `place`."""
        return Focus(place, self.state.focus.serial + 1)

    def say(self, place: Place, problem: Problem | None = None, *, code: str = "", **facts: int) -> None:
        """Show a problem or a remark where it belongs."""
        self.change(said=Said(place, problem, code, at_ms=self.now_ms(), **facts))
