"""What every import does with its rows: batches, refusals that stop nothing, and the count."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from loyalty_pos.cli.reading import Imported, RefusedRow
from loyalty_pos.domain.errors import Rejection

BATCH = 500
"""Rows that are made durable together; a crash in between costs a rerun, which skips what is there."""


class _TakenBack(Exception):
    """Ends a batch of a trial run, so that nothing of it stays."""


class ReadRow(Protocol):
    """A row that could be read, and the line of the file it stood on."""

    @property
    def line(self) -> int: ...


Row = TypeVar("Row", bound=ReadRow)


class RowImport(ABC, Generic[Row]):
    """Take a file's rows in batches; a fault lets the batches before it stand, and a rerun skips them."""

    def __init__(self, service: Any, *, dry_run: bool) -> None:
        self._service = service
        self._done = Imported(dry_run=dry_run)

    @abstractmethod
    def _take(self, row: Row) -> None:
        """Take one row; a Rejection refuses this row alone."""

    def take_rows(self, rows: Iterable[Row | RefusedRow], progress: Callable[[int], object]) -> Imported:
        """Take every row, in order, telling `progress` how many each batch had.

        A dry run does the same and takes each batch back, so that it is refused what the real one will be.
        """
        rest = iter(rows)
        while batch := list(islice(rest, BATCH)):
            with suppress(_TakenBack), self._service.batch():
                self._take_all(batch)
                if self._done.dry_run:
                    raise _TakenBack
            if self._done.dry_run:
                self._forget_batch()
            progress(len(batch))
        return self._done

    def _forget_batch(self) -> None:
        """Forget what a batch taken back had made."""

    def _take_all(self, rows: Iterable[Row | RefusedRow]) -> None:
        for row in rows:
            if isinstance(row, RefusedRow):
                self._done.refused.append(row)
                continue
            try:
                self._take(row)
            except Rejection as refusal:
                self._done.refused.append(RefusedRow(line=row.line, refusal=refusal.with_traceback(None)))
