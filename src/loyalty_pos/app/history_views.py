"""What happened to one member, as a timeline."""

from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.views import CoveredView, Moved
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryItemView:
    """One thing that happened to a member.

    `kind` is the posting's: sale, void, enrolment, edit, voucher, claim … Amounts of money belong to a
    sale. `fields` names what an edit changed, `programme_name` whose reward went onto paper or was claimed.
    """

    seq: int
    kind: str
    at_ms: int
    business_day: str
    till: str
    actor: str
    sale_id: str | None = None  # the sale itself, or the one a void took back
    number: int = 0
    gross_minor: int = 0
    discount_minor: int = 0
    due_minor: int = 0
    voided: bool = False
    moved: tuple[Moved, ...] = ()
    reason: str = ""  # of a correction by hand
    fields: tuple[str, ...] = ()
    programme_name: str = ""
    why: Sentence | None = None  # of what was given, claimed, reviewed or decided without a sale
    warranties: tuple[CoveredView, ...] = ()  # of a kept sale


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHistoryView:
    """Part of what happened to a member; `next` is where the older part begins, None when there is none."""

    member: str
    items: tuple[HistoryItemView, ...]
    next: int | None
