"""Prizes for points, claimed without a sale: who may, how often, and for how much (rules 12, 27)."""

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.conditions import Buyer, Moment
from loyalty_pos.domain.families import UNLIMITED, PrizeRule, Revision
from loyalty_pos.domain.ledger import POINTS, Book
from loyalty_pos.domain.limits import NOTHING_USED, Usage, allowance_of
from loyalty_pos.domain.trace import Reason

NO_GOODS = Basket(())


def claim_refused(
    revision: Revision, rule: PrizeRule, buyer: Buyer, moment: Moment, usage: Usage, times: int
) -> Reason | None:
    """Say why a member may not claim a prize so many times at once; points are another question."""
    reason = revision.condition.why_not(buyer, moment, NO_GOODS)
    if reason is not None or revision.limits is UNLIMITED:
        return reason
    before = NOTHING_USED.more(times - 1, (times - 1) * (rule.worth_minor or 0))
    left = allowance_of(revision, usage, before, 1)
    return left if isinstance(left, Reason) else None


def points_free(book: Book) -> int:
    """Return the points that may be spent now: none while points are owed (rules 6), none on hold."""
    if book.owed(POINTS):
        return 0
    return max(0, book.balance(POINTS) - book.reserved.get(POINTS, 0))


def points_missing(book: Book, price_points: int) -> Reason | None:
    """Say that a member cannot give so many points, with the facts."""
    owed, have = book.owed(POINTS), points_free(book)
    if owed:
        return Reason("points_owed", {"owed": owed})
    if have < price_points:
        return Reason("points_short", {"points": price_points, "missing": price_points - have})
    return None
