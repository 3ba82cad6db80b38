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


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeMembers:
    """Make two members one: `keep` survives, `drop` becomes another name for them (rules 32).

    Lots, stamps, spend, debts and levels come together; consent takes the stricter. Asked again it answers
    the same.
    """

    keep: str
    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMerge:
    """Take a merge back, until the survivor's next sale: both are what they were before."""

    keep: str
    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMerge:
    """Say what merging two members would bring together; nothing is posted."""

    keep: str
    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Find members who may be one person: of one `member`, or the first `limit` pairs of all.

    They share a folded name and a birthday, the end of a phone, or a full name and a city.
    """

    member: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Take in a payment for a sale on account: what money earns is earned in proportion to it (rules 20).

    Payments in any parts earn what one payment would. More than is left to pay is refused.
    """

    posting_id: str
    sale_id: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSale:
    """Give a sale that was booked on the wrong member to another: taken back and posted anew (rules 33).

    The new sale stands under `posting_id` with its own number, at the time of the first one, and earns
    what it would have earned then. A sale that used something of the member's is refused.
    """

    posting_id: str
    sale_id: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoExchange:
    """Undo an exchange in one step: its new sale is taken back, what had come back for it stands again.

    `sale_id` is the new sale. The first sale stands anew, whole, with a number of its own and at its own
    time, earns what it earned as far as limits leave it, and keeps what it drew (rules 30, 31, 33); asked
    again it answers the same. Refused where that cannot be: when the first sale used something of its
    member's, or another part of it was taken back.
    """

    sale_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merges:
    """The merges into a member that stand, the last one first."""

    member: str


PeopleCommand = Adjust | MergeMembers | UndoMerge | Settle | MoveSale | UndoExchange
PeopleQuery = QuoteMerge | Duplicates | Merges
