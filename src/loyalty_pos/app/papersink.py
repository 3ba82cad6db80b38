"""Where finished paper goes, as the shop sees it."""

from collections.abc import Sequence
from typing import Literal, Protocol

from loyalty_pos.domain.lazy import dataclass


class PaperSink(Protocol):
    """A place where finished paper goes: a printer, a folder."""

    def put(self, name: str, pdf: bytes) -> str:
        """Hand over one document and say where it went.

        `name` is a short stem such as `receipt-1894`. Raises `Fault`: `no_printer` when there is
        nothing to print on, `printer_failed` with `problem` when handing over went wrong, and with
        `maybe_printed` when some of it may be on paper all the same.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperJob:
    """A paper that is not known to be printed.

    `waiting` comes out by itself when the printer is back. Nobody can tell whether `maybe_printed` came
    out, so somebody must look and say: print it again, or drop it. `unprintable` was refused as it is.
    """

    job: str
    name: str
    state: Literal["waiting", "printing", "maybe_printed", "unprintable"]


class PaperQueue(PaperSink, Protocol):
    """Keeps every paper until it is printed, over faults and crashes, and never prints one twice unasked.

    `put` raises the fault that stopped the queue; the paper is kept all the same. A paper put under the
    name of one that is kept takes its place.
    """

    def jobs(self) -> Sequence[PaperJob]:
        """List what is kept, oldest first. Never waits for the printer."""
        ...

    def work(self) -> None:
        """Print what waits, in order; raises the fault that stopped it."""
        ...

    def retry(self, job: str) -> None:
        """Let a job wait for printing again; one that is gone meanwhile is no mistake."""
        ...

    def drop(self, job: str) -> None:
        """Forget a job that is not being printed just now."""
        ...
