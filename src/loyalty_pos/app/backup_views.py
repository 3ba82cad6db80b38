"""What a shop answers about its backups."""

from collections.abc import Mapping

from loyalty_pos.app.journal_views import JournalView
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupView:
    """One audited copy of the shop; `made` when it was written just now."""

    path: str
    at_ms: int
    size_bytes: int
    made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsView:
    """The copies in a folder, newest first, and what the owner should hear about them.

    A warning is a code with a sentence: `no_backup`, `same_disk`, `low_space`.
    """

    folder: str
    backups: tuple[BackupView, ...]
    free_bytes: int
    warnings: tuple[str, ...] = ()
    journal: JournalView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredView:
    """A shop taken back to a backup, and to the present with `journal_lines` of the sales journal.

    `postings_lost` happened afterwards and are only in `old_file` now; `head` seals the last one there is.
    """

    shop: ShopView
    old_file: str | None
    postings_lost: int
    sealed: bool
    figures: Mapping[str, int]
    journal_lines: int = 0
    head: str = ""
