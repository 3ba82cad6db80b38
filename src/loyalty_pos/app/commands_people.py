"""Corrections to what people hold: by hand, by merging two members, by naming another buyer."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """Correct what a member holds, by hand and with a reason (rules 6, 7, 37).

    `unit` is "points", "credit" or "stamps:KEY"; a negative `amount` is refused beyond the balance, and a
    positive one repays what is owed first. What was on a paper card or in another program comes in with the
    reason "opening".
    """

    posting_id: str
    member: str
    unit: str
    amount: int
    reason: str


PeopleCommand = Adjust
