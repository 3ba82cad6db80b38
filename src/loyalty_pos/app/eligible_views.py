"""The answer to whether a programme is open to somebody."""

from collections.abc import Mapping

from loyalty_pos.app.saying import Sentence
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """One thing that keeps a programme closed; `segment` names the segment that asks for it, if one does.

    Of several segments of a programme one is enough.
    """

    code: str
    facts: Mapping[str, int | str]
    segment: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleView:
    member: str
    programme: str
    programme_name: str
    eligible: bool
    missing: tuple[MissingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleForView:
    member: str
    programmes: tuple[EligibleView, ...]
