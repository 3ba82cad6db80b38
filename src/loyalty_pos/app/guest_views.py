"""Answers, prizes to hand over and guest lists, as the window and the door read them."""

from collections.abc import Mapping

from loyalty_pos.app.saying import Sentence
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationView:
    """An answer that was counted, and what it brought."""

    posting_id: str
    member: str
    programme: str
    programme_name: str
    answer: str
    points: int = 0
    credit_minor: int = 0
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    member: str
    member_name: str
    day: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationsView:
    """How a question was answered; `average_milli` of feedback, in thousandths."""

    programme: str
    programme_name: str
    question: str
    count: int
    by_answer: Mapping[str, int]
    average_milli: int
    last: tuple[AnswerView, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverView:
    """A claimed prize: promised for `day`, ready at `ready_ms`, handed over or still waiting."""

    claim: str
    member: str
    member_name: str
    programme: str
    programme_name: str
    times: int
    what: Sentence
    day: str
    ready_ms: int
    late: bool = False
    handed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StockView:
    """What is left of a prize; None where there is no end of it, or of a day's capacity."""

    programme: str
    programme_name: str
    stock: int | None
    left: int | None
    a_day: int | None
    promised_today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOversView:
    waiting: tuple[HandOverView, ...]
    stocks: tuple[StockView, ...] = ()  # of the live prizes that have a stock, a capacity or a time


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestView:
    member: str
    member_name: str
    came: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsView:
    """A guest list; `places_left` is None where there is no end of places."""

    programme: str
    title: str
    day: str
    invited: int
    came: int
    places_left: int | None
    guests: tuple[GuestView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedInView:
    member: str
    member_name: str
    programme: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderView:
    """Somebody a piece of news is for."""

    member: str
    name: str
    phone: str | None
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsForView:
    interest: str
    members: tuple[ReaderView, ...]
    next: int | None
