"""What a shop answers about segments."""

from loyalty_pos.app.views import CandidateView
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentListView:
    """A segment's list made by hand; `changed` counts whom the command put on or took off it."""

    segment: str
    name: str
    listed: int
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMembersView:
    """Some of those on a segment's list; `next` is where the following page begins, None at the end."""

    segment: str
    members: tuple[CandidateView, ...]
    next: int | None
