"""What an owner reads beside a programme's form."""

from typing import Literal

from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.views import ProgressView, TraceView
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """What a draft does on a made-up sale among the live programmes.

    `off_minor` is what the draft itself takes off, `discount_minor` everything together. `stamps` is how far
    the sample's card is after the sale, `had` how far it was; neither where money is counted. `trace` is
    what the draft has to say, `others` are the live programmes that gave something beside it. `not_now` says
    what holds it back at this moment. `member` is whose sale it would be, None for the made-up one.
    """

    gross_minor: int
    discount_minor: int
    off_minor: int
    due_minor: int
    points: int = 0
    credit_minor: int = 0
    rewards: int = 0
    voucher_minor: int = 0
    pledged_minor: int = 0
    had: ProgressView | None = None
    stamps: ProgressView | None = None
    trace: tuple[TraceView, ...] = ()
    others: tuple[TraceView, ...] = ()
    not_now: Sentence | None = None
    member: str | None = None
    member_name: str = ""


Meeting = Literal[
    "never_together", "alone", "same_lane", "discounts_add_up", "earns_on_rest", "same_lines", "both_earn",
    "same_event",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapView:
    """A live programme that meets the draft, and what comes of it."""

    programme: str
    name: str
    how: Meeting
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapsView:
    overlaps: tuple[OverlapView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One field that differs from the revision before, in the form's words."""

    field: str
    label: Sentence
    before: Sentence
    after: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """`changes` is empty for the first revision, and for one that only let a paused programme run again."""

    number: int
    at_ms: int
    actor: str
    till: str
    name: str
    sentence: Sentence
    changes: tuple[ChangeView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeHistoryView:
    key: str
    revisions: tuple[RevisionView, ...]
