"""Work inside the database that can be called off: somebody is asked every few thousand steps of it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import apsw

from loyalty_pos.app.pacing import Pace

STEPS = 20_000
"""A few milliseconds of work."""


@contextmanager
def beaten(connection: apsw.Connection, pace: Pace | None) -> Iterator[None]:
    """Let a connection's statements be called off; what they were writing is taken back."""
    if pace is None or not pace.watched:
        yield
        return
    connection.set_progress_handler(pace.beat, STEPS)
    try:
        yield
    finally:
        with suppress(apsw.ConnectionClosedError):  # a way back puts another file in its place
            connection.set_progress_handler(None)
