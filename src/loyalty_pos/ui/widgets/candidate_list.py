"""Several people a text may mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QWidget


@dataclass(frozen=True, slots=True)
class Candidate:
    key: str
    name: str
    initial: str
    detail: str = ""  # "last visit · masked phone", formatted
    chip: str = ""
    chip_kind: str = "plain"


class CandidateList(QListView):
    """Choose a person: arrows move, Enter or a tap chooses, Home is the first."""

    picked = Signal(str)  # the key

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_candidates(self, candidates: Sequence[Candidate], name: str | None = None) -> None:
        """Show these, the first one current."""

    def move_by(self, rows: int) -> None:
        """Move the current row, for keys pressed in the search field."""

    def pick_current(self) -> None:
        """Choose the current row, for Enter pressed in the search field."""

    def current_key(self) -> str:
        """Return the current row's key, or ""."""
        return ""
