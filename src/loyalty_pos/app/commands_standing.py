"""What a shop can be asked to do with causes, memberships and contracts."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePledges:
    """Put on record that money was handed over to a cause, with the number of its receipt.

    Without an amount all that is open. Asked again it answers the same (rules 8).
    """

    posting_id: str
    cause: str
    receipt_no: str
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellMembership:
    """Sell a member a paid membership, or another term of it: nothing is earned on the fee (rules 16).

    The term begins today, or the day after the one that still holds, its grace included.
    """

    posting_id: str
    member: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMembership:
    """Take a membership back, its fee to be paid back; `void_sale` under the same key does the same."""

    posting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartContract:
    """Begin a contract with a member: its discount counts from now on, against what is promised."""

    posting_id: str
    member: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndContract:
    """End a member's contract; what rules 38 claws back is owed, less what is paid in money now.

    What is not paid is taken from the member's credit, and the rest is owed in credit (rules 6).
    """

    posting_id: str
    member: str
    programme: str
    paid_minor: int = 0


StandingCommand = SettlePledges | SellMembership | UndoMembership | StartContract | EndContract
