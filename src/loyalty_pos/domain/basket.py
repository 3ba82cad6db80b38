"""What is on the counter: immutable lines, whether typed as one amount or scanned as goods."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, NamedTuple

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.gift_cards import CardInHand
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.trace import Reason

MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `till_discount_minor` is what the till already took off the whole line (lane 0).

    `tax_bp` is the tax that its price contains, `cost_minor` what one unit cost the shop, when known.
    Before the day `sale_from` it is for those alone who hold what `early_for` names.
    """

    text: str
    quantity: int
    unit_price_minor: int
    till_discount_minor: int = 0
    sku: str | None = None
    group: str | None = None
    earns: bool = True
    tax_bp: int = 0
    cost_minor: int | None = None
    sale_from: str | None = None
    early_for: tuple[str, ...] = ()

    @property
    def gross_minor(self) -> int:
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines of one sale. In amount mode there is exactly one line: the amount typed from the till.

    `stored_minor` is what gift cards sold on this sale cost: money changed for value, so nothing lowers it,
    no minimum counts it and it earns nothing (rules 16).
    """

    lines: tuple[Line, ...]
    amount_mode: bool = False
    stored_minor: int = 0

    @property
    def gross_minor(self) -> int:
        return sum([line.quantity * line.unit_price_minor for line in self.lines])


class HandedIn(NamedTuple):
    """A code on the counter: its number, and the revision of the programme whose benefit it brings.

    A voucher that an earlier bill made brings a worth of its own.
    """

    code: int
    revision: int
    worth_minor: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What the customer wants used or left alone on this sale (rules 12, 13, 19).

    `counts` is what the steppers say in amount mode, `free_lines` the line (from 1) a free item goes
    to. `earn_only` leaves every benefit aside: the sale was priced elsewhere and long ago.
    """

    credit_minor: int | Literal["all"] | None = None
    points: int | None = None
    decline: frozenset[str] = frozenset()
    accept: frozenset[str] = frozenset()
    """Programmes whose benefit the customer gives points for."""
    counts: Mapping[str, int] = field(default_factory=dict)
    free_lines: Mapping[str, int] = field(default_factory=dict)
    vouchers: frozenset[int] = frozenset()
    """Lots of rewards handed in as paper: each must be used."""
    idle: frozenset[str] = frozenset()
    """Programmes whose held rewards would save nothing on this bill and so stay held."""
    handed_in: tuple["HandedIn", ...] = ()
    """Codes handed in, in the order they count: soonest expiry first."""
    gift_cards: tuple[CardInHand, ...] = ()
    """Gift cards handed over, in the order they pay."""
    left_out: Mapping[int, Reason] = field(default_factory=dict)
    """Programmes kept out of this price, with the reason; the engine's own, when some exclude each other."""
    closed: frozenset[int] = frozenset()
    """Lines, from 0, where no free unit goes; the engine's own, when a set offer takes more there."""
    lenient: bool = False
    earn_only: bool = False
    nets_minor: tuple[int, ...] | None = None
    """With `earn_only`: what each line came to when it was sold, instead of its price."""
    free_units: tuple[int, ...] = ()
    """With `nets_minor`: the units of each line that were made free when it was sold."""
    reduced: frozenset[int] = frozenset()
    """With `earn_only`: lines, from 0, that a benefit had made cheaper when they were sold."""
    on_account: bool = False
    """What is due is paid later; what money earns is earned then (rules 20)."""


def checked(value: object, name: str, low: int, high: int) -> int:
    """Return `value` if it is a whole number within `low … high`, inclusive; else refuse naming `name`."""
    if type(value) is not int:
        raise InvalidRequest(name, "not_a_whole_number")
    if not low <= value <= high:
        raise InvalidRequest(name, "out_of_range", low=low, high=high)
    return value


def check_basket(basket: Basket) -> None:
    """Refuse amounts, quantities and sums outside the limits of sense (rules 3)."""
    if len(basket.lines) > MAX_LINES:
        raise InvalidRequest("lines", "too_many", high=MAX_LINES)
    gross = 0
    for number, line in enumerate(basket.lines):
        price, quantity, till = line.unit_price_minor, line.quantity, line.till_discount_minor
        if type(price) is int and type(quantity) is int and type(till) is int:
            worth = price * quantity
            if price >= 0 and 1 <= quantity <= MAX_QUANTITY and worth <= MAX_AMOUNT and 0 <= till <= worth:
                gross += worth
                continue
        _refuse_line(basket, number)
    checked(gross + basket.stored_minor, "lines", 0, MAX_AMOUNT)


def _refuse_line(basket: Basket, number: int) -> None:
    line = basket.lines[number]
    where = "amount_minor" if basket.amount_mode else f"lines.{number}.unit_price_minor"
    checked(line.unit_price_minor, where, 0, MAX_AMOUNT)
    checked(line.quantity, f"lines.{number}.quantity", 1, MAX_QUANTITY)
    checked(line.unit_price_minor, where, 0, MAX_AMOUNT // line.quantity)
    checked(line.till_discount_minor, f"lines.{number}.discount_minor", 0, line.gross_minor)
