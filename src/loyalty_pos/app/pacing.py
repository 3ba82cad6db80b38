"""Long work that says how far it is and can be called off; nothing of it is ever posted."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from loyalty_pos.domain.errors import Rejection

T = TypeVar("T")
Tell = Callable[[int, int], bool]
"""Hears how much of how much is done; False calls the work off."""
EVERY = 256


class Pace:
    """How far one piece of work is."""

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self._whole = self._done = 0

    @property
    def watched(self) -> bool:
        """Whether anybody wants to know how far the work is."""
        return self._tell is not None

    def begin(self, whole: int) -> None:
        """Set out on so many steps."""
        self._whole, self._done = whole, 0
        self._say(0)

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
        self._done = min(self._whole, self._done + more)
        if self._tell is not None and not self._tell(self._done, self._whole):
            raise Rejection("stopped")
