"""How a long run is watched: where it has got to, an end by the clock or by hand, a truthful count then."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

SAID_EVERY_SECONDS = 30.0


class Counted(Protocol):
    """Figures of a run, which say how long it took and why it ended."""

    seconds: float
    ended: str


def memory_folder() -> str | None:
    """Name a folder in memory, for files that no proof needs on a disk; None where there is none."""
    folder = Path("/dev/shm")
    return str(folder) if folder.is_dir() and os.access(folder, os.W_OK) else None


@dataclass
class Watch:
    """Counts steps until they are done, the seconds are over, or somebody says stop (Ctrl-C, SIGTERM)."""

    seconds: float | None = None
    progress: bool = False
    _stopped: bool = field(default=False, init=False)
    _begun: float | None = field(default=None, init=False)

    @staticmethod
    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, help="end after this long, with the figures by then")
        parser.add_argument("--quiet", action="store_true", help="say nothing on the way")

    @classmethod
    def of(cls, given: argparse.Namespace) -> "Watch":
        watch = cls(given.seconds, progress=not given.quiet)
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, watch._stop)
        return watch

    def _stop(self, *_: Any) -> None:
        if self._stopped:  # the second time is meant
            raise KeyboardInterrupt
        self._stopped = True

    def steps(self, count: int, figures: Counted) -> Generator[int, None, None]:
        """Give the numbers of the steps, and keep the figures' `seconds` and `ended`."""
        begun = said = time.monotonic()
        if self._begun is None:  # the seconds are those of all runs under one watch
            self._begun = begun
        figures.ended = "whole"
        try:
            for number in range(count):
                now = time.monotonic()
                if self._stopped or (self.seconds is not None and now - self._begun >= self.seconds):
                    figures.ended = "by hand" if self._stopped else "by the clock"
                    break
                if self.progress and now - said >= SAID_EVERY_SECONDS:
                    said = now
                    figures.seconds = round(now - begun, 1)
                    print(f"{number} of {count}: {vars(figures)}", file=sys.stderr, flush=True)
                yield number
        finally:
            figures.seconds = round(time.monotonic() - begun, 1)
