"""Long work that says how far it is and can be called off; what is called off leaves nothing behind."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from loyalty_pos.domain.errors import Rejection

T = TypeVar("T")
Tell = Callable[[int, int], bool]
"""Hears how much of how much is done (of 0: nobody knows); False calls the work off."""
EVERY = 256
HUNDRED = 100


def go_on(done: int, whole: int) -> bool:
    """Let the work go on; nobody looks how far it is."""
    return True


class Pace:
    """How far one piece of work is."""

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self._whole = self._done = 0
        self._from, self._to = 0, HUNDRED
        self._measure: Callable[[], None] | None = None

    @property
    def watched(self) -> bool:
        """Whether anybody wants to know how far the work is."""
        return self._tell is not None

    def begin(self, whole: int) -> None:
        """Set out on so many steps, or on 0 when nobody knows how many."""
        self._whole, self._done = whole, 0
        self._say(0)

    def stage(self, begins: int, ends: int) -> None:
        """Let what follows be a part of the whole, in hundredths."""
        self._whole, self._from, self._to = HUNDRED, begins, ends
        self.reach(0, 1)

    def reach_step(self, done: int) -> None:
        """Say how many of the steps are done."""
        self._done = done
        self._say(0)

    def reach(self, done: int, whole: int) -> None:
        """Say how much of this stage is done."""
        self._done = self._from + (self._to - self._from) * min(done, whole) // max(1, whole)
        self._say(0)

    @contextmanager
    def measured(self, measure: Callable[[], int], whole: int) -> Iterator[None]:
        """Ask, whenever somebody looks, how much of this stage is done."""
        self._measure = lambda: self.reach(measure(), whole)
        try:
            yield
        finally:
            self._measure = None

    def beat(self) -> bool:
        """Be heard in the middle of a step; raises Rejection `stopped` when the work is called off."""
        (self._measure or partial(self._say, 0))()
        return False

    def past_return(self) -> None:
        """Begin what cannot be called off any more."""
        self._tell = None

    def along(self, steps: Iterable[T]) -> Iterator[T]:
        """Go through steps; raises Rejection `stopped` when the work is called off."""
        if self._tell is None:
            yield from steps
            return
        rest = 0
        for one in steps:
            yield one
            rest += 1
            if rest == EVERY:
                self._say(rest)
                rest = 0
        self._say(rest)

    def _say(self, more: int) -> None:
        self._done += more
        if self._whole:
            self._done = min(self._whole, self._done)
        if self._tell is not None and not self._tell(self._done, self._whole):
            raise Rejection("stopped")
