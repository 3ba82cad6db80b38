"""The sales journal, as handlers see it."""

from typing import Protocol

from loyalty_pos.app.journal_views import JournalView


class Journals(Protocol):
    """The journal of one shop on a second medium."""

    def keep(self, folder: str | None) -> None:
        """Begin it anew in a folder, or keep none any more; inside a transaction."""

    def write(self) -> None:
        """Bring waiting lines to the medium; trouble with that is told by `view`."""

    def view(self) -> JournalView | None:
        """Say how it stands; None while none is kept."""
