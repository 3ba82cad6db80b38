"""Commands about what keeps the shop when a disk is lost."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepJournal:
    """Keep the sales journal in a folder on another disk, and begin it with a copy of the shop there.

    From then on every change becomes one line of it, right after its answer; a medium that is away gets
    them when it is back. Sent again it begins anew. Without a `folder` no journal is kept any more.
    """

    folder: str | None = None


JournalCommand = KeepJournal
