"""Commands about what keeps the shop when a disk is lost."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepJournal:
    """Keep the sales journal in a folder on another disk, and begin it with a copy of the shop there.

    From then on every change becomes one line of it, right after its answer; a medium that is away gets
    them when it is back. Sent again it begins anew. Without a `folder` no journal is kept any more.
    """

    folder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Copy the shop and audit the copy before it is called a backup.

    `path` is a folder, where older copies are thinned out to 48 half hours, 14 days and 5 weeks, or the
    name of one file; without it the folder beside the shop's file. When nothing changed since the newest
    copy of a folder, that one is answered.
    """

    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Take the shop back to a backup; the file as it is now is kept beside it.

    Refused while another program has the shop open, and for a backup that is damaged, of another shop
    or written by a newer program. `without_key` accepts one whose key file is lost.

    When the shop kept a sales journal, everything since the copy comes back from it, by default from the
    folder where it was kept; `without_journal` goes back to the copy alone.
    """

    path: str
    without_key: bool = False
    journal: str | None = None
    without_journal: bool = False


JournalCommand = KeepJournal | Backup | Restore
