"""Benefits that cost points: offered, taken only when asked for, paid when they win (product P18)."""

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.claiming import points_free
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import DiscountRule, Revision
from loyalty_pos.domain.ledger import POINTS, Book
from loyalty_pos.domain.money import MICRO, floor_to_step
from loyalty_pos.domain.offers import Wish
from loyalty_pos.domain.trace import Reason


def count_points(bill: Bill, book: Book) -> None:
    """Note what points there are to give for benefits."""
    bill.points_owed, bill.points_free = book.owed(POINTS), points_free(book)


def not_bought(bill: Bill, revision: Revision, rule: DiscountRule, wish: Wish) -> Reason | None:
    """Set the points of a benefit aside, or say why it is not taken.

    Raises Rejection when it was asked for and cannot be paid, unless that is left to us (rules 12).
    """
    price = rule.price_points
    if not price:
        return None
    asked = revision.key in bill.choices.accept
    if bill.points_owed or bill.points_free < price:
        if asked and not bill.choices.lenient:
            raise _refused(bill, price)
        if bill.points_owed:
            return Reason("points_owed", {"owed": bill.points_owed})
        return Reason("points_short", {"points": price, "missing": price - bill.points_free})
    if not asked:
        saves = floor_to_step(sum(wish.micros) // MICRO, bill.money_step_minor)
        return Reason("costs_points", {"points": price, "saves_minor": saves})
    bill.points_free -= price
    return None


def keep_points(bill: Bill, rule: DiscountRule) -> None:
    """Leave the points of a benefit that gave nothing after all: losing never costs any."""
    bill.points_free += rule.price_points


def pay_points(bill: Bill, book: Book) -> None:
    """Take the points of the benefits that were really given."""
    for price in bill.bought.values():
        book.spend(POINTS, price)


def _refused(bill: Bill, price: int) -> Rejection:
    if bill.points_owed:
        return Rejection("owes", unit="points", owed=bill.points_owed)
    return Rejection("not_enough_points", asked=price, have=bill.points_free, pending=0)
