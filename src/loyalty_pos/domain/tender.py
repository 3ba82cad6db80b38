"""Paying with what the shop owes: gift cards, then the member's credit, then points (rules 9, 12, 16)."""

from loyalty_pos.domain.basket import Choices
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import Tender
from loyalty_pos.domain.gift_cards import CardPaid, pay_with_cards
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book
from loyalty_pos.domain.trace import TraceLine


@dataclass(frozen=True, slots=True)
class Paid:
    """What gift cards, credit and points paid of a bill."""

    credit_minor: int = 0
    points: int = 0
    points_minor: int = 0
    points_at_most: int = 0
    cards: tuple[CardPaid, ...] = ()

    @property
    def gift_card_minor(self) -> int:
        return sum([one.amount_minor for one in self.cards])

    @property
    def total_minor(self) -> int:
        return self.credit_minor + self.points_minor + self.gift_card_minor

    @property
    def given_minor(self) -> int:
        """What was paid with value nobody bought: it earns nothing (rules 16)."""
        given = sum([one.amount_minor for one in self.cards if not one.bought])
        return self.credit_minor + self.points_minor + given


def pay(
    book: Book, choices: Choices, goods_minor: int, price: Tender | None, stored_minor: int = 0
) -> tuple[Paid, list[TraceLine]]:
    """Take what the customer asked for, in full, or refuse with the facts (rules 12).

    `price` is what a point pays. With `lenient` the demand is cut to what is possible and the trace says so.
    Gift cards pay what they can and keep their rest. Credit and points never pay for stored value (rules 16).
    """
    trace: list[TraceLine] = []
    cards: tuple[CardPaid, ...] = ()
    due_minor = goods_minor
    if choices.gift_cards:
        cards = _cards(choices, goods_minor, stored_minor, trace)
        stored_by_cards = min(stored_minor, sum([one.amount_minor for one in cards if one.bought]))
        due_minor += stored_by_cards - sum([one.amount_minor for one in cards])
    credit = _credit(book, choices, due_minor, trace)
    most = points_at_most(book, due_minor - credit, price)
    points, points_minor = _points(book, choices, due_minor - credit, price, trace)
    if credit:
        book.spend(CREDIT, credit)
        trace.append(_line(True, "paid_credit", amount_minor=credit))
    if points:
        book.spend(POINTS, points)
        trace.append(_line(True, "paid_points", points=points, amount_minor=points_minor))
    return Paid(credit, points, points_minor, most, cards), trace


def points_at_most(book: Book, due_minor: int, price: Tender | None) -> int:
    """Return how many points could pay a bill before any of them did."""
    if price is None or book.owed(POINTS):
        return 0
    have = _spendable(book, POINTS)
    return _fit(have, have, due_minor, price)


def _cards(
    choices: Choices, goods_minor: int, stored_minor: int, trace: list[TraceLine]
) -> tuple[CardPaid, ...]:
    paid, idle = pay_with_cards(choices.gift_cards, goods_minor, stored_minor)
    for one in paid:
        facts = {"card": one.card, "amount_minor": one.amount_minor, "left_minor": one.left_minor}
        trace.append(_line(True, "paid_gift_card", **facts))
    for kept in idle:
        if stored_minor and not goods_minor and not kept.bought and not choices.lenient:
            raise Rejection("gift_card_pays_goods_only", card=kept.card)
        trace.append(_line(False, "gift_card_kept", card=kept.card, left_minor=kept.left_minor))
    return tuple(paid)


def _spendable(book: Book, account: Account) -> int:
    """Return what may be spent now and no sale on hold has reserved (rules 30)."""
    return max(0, book.balance(account) - book.reserved.get(account, 0))


def _credit(book: Book, choices: Choices, due_minor: int, trace: list[TraceLine]) -> int:
    asked = choices.credit_minor
    if asked is None or asked == 0:
        return 0
    have = _spendable(book, CREDIT)
    if asked == "all":
        return 0 if book.owed(CREDIT) else min(have, due_minor)
    refusal = _owes(book, CREDIT) or _too_much("credit", asked, have, book.pending(CREDIT), due_minor)
    if refusal is None:
        return asked
    if not choices.lenient:
        raise refusal
    possible = 0 if book.owed(CREDIT) else min(asked, have, due_minor)
    trace.append(_line(False, "credit_cut", asked_minor=asked, used_minor=possible))
    return possible


def _points(
    book: Book, choices: Choices, due_minor: int, price: Tender | None, trace: list[TraceLine]
) -> tuple[int, int]:
    asked = choices.points
    if not asked:
        return 0, 0
    have = _spendable(book, POINTS)
    refusal = _points_refusal(book, asked, have, due_minor, price)
    if refusal is None and price is not None:
        return asked, asked * price.value_minor
    assert refusal is not None
    if not choices.lenient:
        raise refusal
    possible = 0 if price is None or book.owed(POINTS) else _fit(asked, have, due_minor, price)
    trace.append(_line(False, "points_cut", asked=asked, used=possible))
    return possible, possible * price.value_minor if price else 0


def _points_refusal(
    book: Book, asked: int, have: int, due_minor: int, price: Tender | None
) -> Rejection | None:
    if price is None:
        return Rejection("points_cannot_pay")
    if asked < price.minimum:
        return Rejection("points_below_minimum", asked=asked, minimum=price.minimum)
    if price.maximum is not None and asked > price.maximum:
        return Rejection("points_above_maximum", asked=asked, maximum=price.maximum)
    if asked % price.step:
        return Rejection("points_not_in_steps", asked=asked, step=price.step)
    owes = _owes(book, POINTS)
    if owes is not None:
        return owes
    if asked > have:
        return Rejection("not_enough_points", asked=asked, have=have, pending=book.pending(POINTS))
    if asked * price.value_minor > due_minor:
        worth = asked * price.value_minor
        return Rejection("more_than_due", unit="points", asked_minor=worth, due_minor=due_minor)
    return None


def _fit(asked: int, have: int, due_minor: int, price: Tender) -> int:
    most = min(asked, have, due_minor // price.value_minor)
    if price.maximum is not None:
        most = min(most, price.maximum)
    most -= most % price.step
    return most if most >= price.minimum else 0


def _owes(book: Book, account: Account) -> Rejection | None:
    owed = book.owed(account)
    return Rejection("owes", unit=account[0], owed=owed) if owed else None


def _too_much(unit: str, asked: int, have: int, pending: int, due_minor: int) -> Rejection | None:
    if asked > have:
        return Rejection(f"not_enough_{unit}", asked_minor=asked, have_minor=have, pending_minor=pending)
    if asked > due_minor:
        return Rejection("more_than_due", unit=unit, asked_minor=asked, due_minor=due_minor)
    return None


def _line(applied: bool, code: str, **facts: int) -> TraceLine:
    return TraceLine(0, "tender", applied, code, facts)
