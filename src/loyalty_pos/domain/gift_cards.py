"""Gift cards as payment: what each pays of a bill, and what stays on it (rules 9, 12, 16)."""

from collections.abc import Iterable
from typing import NamedTuple


class CardInHand(NamedTuple):
    """A gift card handed over. `bought`: somebody paid for it; else the shop gave it away.

    What sales on hold reserve of it is still on it, not for another sale (rules 30).
    """

    card: int
    left_minor: int
    bought: bool
    reserved_minor: int = 0


class CardPaid(NamedTuple):
    """What a gift card paid, and what stays on it."""

    card: int
    amount_minor: int
    bought: bool
    left_minor: int


def for_goods(paid: Iterable[CardPaid], stored_minor: int) -> tuple[tuple[int, int], ...]:
    """Tell apart what each card paid for goods and for stored value, as `pay_with_cards` let them."""
    found = []
    for one in paid:
        stored = min(one.amount_minor, stored_minor) if one.bought else 0
        stored_minor -= stored
        found.append((one.amount_minor - stored, stored))
    return tuple(found)


def pay_with_cards(
    cards: Iterable[CardInHand], goods_minor: int, stored_minor: int
) -> tuple[list[CardPaid], list[CardInHand]]:
    """Let one card after the other pay what is left; returns what they paid, and those that paid nothing.

    Value that was given never pays for stored value; a bought card pays that first, so that what was given
    can still pay for the goods.
    """
    paid, idle = [], []
    for one in cards:
        free = one.left_minor - one.reserved_minor
        stored = min(free, stored_minor) if one.bought else 0
        goods = min(free - stored, goods_minor)
        if not stored + goods:
            idle.append(one)
            continue
        goods_minor, stored_minor = goods_minor - goods, stored_minor - stored
        paid.append(CardPaid(one.card, stored + goods, one.bought, one.left_minor - stored - goods))
    return paid, idle
