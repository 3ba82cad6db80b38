"""What the shop needs to remember of those who take part, wait for a prize or are invited."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class HandOverRow(NamedTuple):
    """A claimed prize that is handed over on a promised day; `handed` and `undone` are postings."""

    claim: int
    key: str
    member: int
    programme: int
    revision: int
    times: int
    day: str
    ready_ms: int
    handed: int | None
    undone: int | None


class AnswerRow(NamedTuple):
    posting: int
    member: int
    day: str
    answer: str


class GuestRow(NamedTuple):
    """An invitation under the key of its posting; `came` is the key of another, `taken_back` its number."""

    posting: int
    key: str
    member: int
    came: str | None
    taken_back: int | None


class Guests(Protocol):
    """Answers, prizes waiting to be handed over, and guest lists."""

    def add_answer(self, posting: int, programme: int, member: int, day: str, answer: str) -> None: ...
    def answered(self, programme: int, member: int, from_day: str) -> bool:
        """Say whether a member has answered on a day or later."""

    def answers(self, programme: int) -> Sequence[tuple[str, int]]:
        """Count every answer, the most frequent first."""

    def count_answers(self, programme: int) -> int: ...
    def last_answers(self, programme: int, before: int, limit: int) -> Sequence[AnswerRow]: ...
    def add_hand_over(self, row: HandOverRow) -> None: ...
    def hand_over(self, claim: int) -> HandOverRow | None: ...
    def waiting(self, limit: int, member: int | None = None) -> Sequence[HandOverRow]:
        """Return the prizes nobody has handed over yet, soonest promised first; of all or of one member."""

    def taken(self, revision: int) -> int:
        """Count the prizes of a revision that were claimed and not handed back."""

    def promised(self, programme: int, day: str) -> int:
        """Count the prizes promised for one day."""

    def hand(self, claim: int, posting: int) -> None: ...
    def unclaim(self, claim: int, posting: int) -> None: ...
    def invite(self, posting: int, programme: int, member: int) -> None: ...
    def guest(self, programme: int, member: int) -> GuestRow | None:
        """Return the newest invitation of a member, or of whom the member stands for, taken back or not."""

    def guests(self, programme: int) -> Sequence[GuestRow]:
        """Return the invitations that hold, first ones first."""

    def end_invitation(self, invitation: int, posting: int, *, came: bool) -> None:
        """Note what became of an invitation: its guest came, or it was taken back."""

    def prefer(self, member: int, texts: Sequence[str]) -> None: ...
    def preferences(self, member: int) -> Sequence[str]: ...
    def interested(self, after: int, limit: int) -> Sequence[tuple[int, Sequence[str]]]:
        """Return the members after `after` who agreed to news and have interests, with these."""
