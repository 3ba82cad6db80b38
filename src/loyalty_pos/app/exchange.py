"""The shop's lists coming in from files and going out to them, for whoever has a window."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.pacing import Tell

ListName = Literal["members", "products", "sales"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeView:
    """What was done or would be, as sentences; `rows` counts what is new, changed or written.

    With `broken` the file as a whole was not taken, or not to its end, and the one line says why.
    """

    lines: tuple[str, ...]
    rows: int = 0
    refused: int = 0
    broken: bool = False


class Exchange(Protocol):
    """Bring files in and write them; each call opens the shop for itself, on the thread it is made on."""

    def bring_in(
        self,
        what: ListName,
        file: Path,
        *,
        trial: bool,
        enrol: bool,
        language: LanguageCode,
        tell: Tell,
    ) -> ExchangeView:
        """Import a file, or with `trial` say what would happen; `tell` hears of rows.

        A stopped import keeps its batches, whole rows all of them; the same file again skips them.
        """
        ...

    def write(self, what: ListName, file: Path, *, language: LanguageCode, tell: Tell) -> ExchangeView:
        """Write a list to a .csv or .xlsx file, replacing what is there; stopped, the file is as it was."""
        ...
