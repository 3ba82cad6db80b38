"""What a shop answers about its sales journal."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalView:
    """The journal on a second medium: `lines` there ever were, of which `waiting` are not on it yet.

    A warning is a code with a sentence: `journal_away`, `journal_full`, `journal_same_disk`.
    """

    folder: str
    lines: int = 0
    waiting: int = 0
    warnings: tuple[str, ...] = ()
