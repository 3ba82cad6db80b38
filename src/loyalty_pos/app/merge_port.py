"""What the handlers need of whoever keeps merged members."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol


class MergeRow(NamedTuple):
    """One merge; `undone` is the posting that took it back."""

    posting: int
    keep: int
    dropped: int
    undone: int | None
    key: str


class Pair(NamedTuple):
    """Two members who may be one person, by their numbers, and what they share."""

    one: int
    other: int
    why: str


class Merges(Protocol):
    def named(self, card: str, ref: str, phone: str | None) -> tuple[int, str] | None:
        """Return whom one of these named before they were merged away: their number, and their id."""

    def met(self, member: int) -> Sequence[str]:
        """Return who was ever merged with a member, directly or through others, undone or not."""

    def last(self, keep: int, dropped: int) -> MergeRow | None:
        """Return the last merge of one member into another, undone or not."""

    def standing(self, member: int) -> MergeRow | None:
        """Return the merge that took a member away, while it stands."""

    def into(self, keep: int) -> Sequence[MergeRow]:
        """Return the merges into a member that stand, the last one first."""

    def count(self, dropped: int) -> int:
        """Count how often a member was merged away."""

    def family(self, member: int) -> Sequence[int]:
        """Return a member and everybody merged into them."""

    def merge(self, keep: int, dropped: int) -> None:
        """Let one member stand for another, and for everybody that one stood for.

        Takes the other's person row away, moves its cards, and adds its counters to the first one's.
        """

    def note(self, keep: int, dropped: int, posting: int) -> None:
        """Put on record which posting merged two members."""

    def remember(self, dropped: int, changed: Mapping[str, Sequence[object]]) -> None:
        """Keep what a merge wrote into the survivor's person row: before and after, field by field."""

    def changed(self, dropped: int) -> Mapping[str, Sequence[Any]]: ...
    def phone(self, dropped: int) -> str | None: ...
    def name(self, dropped: int) -> str:
        """Return what somebody who was merged once is called, merged away or not."""

    def undo(self, row: MergeRow, members: Sequence[int], last_day: str | None) -> None:
        """Let both stand for themselves again; `last_day` is the survivor's last visit before the merge."""

    def note_undone(self, row: MergeRow, posting: int) -> None: ...
    def moved_since(self, members: Sequence[int], posting: int) -> bool:
        """Say whether after a posting any of these members bought, merged, or had value moved but by time."""

    def gift_cards(self, member: int) -> int:
        """Count the gift cards bound to a member that hold something."""

    def alike(self, member: int | None, limit: int) -> Sequence[Pair]:
        """Return pairs that may be one person: of one member, or of all."""
