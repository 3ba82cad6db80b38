"""Codes and gift cards of sales on hold: reserved while they wait, handed in again unsaid (rules 30).

What is kept of them is their number alone. A sale taken off hold hands them in again by the name of the hold
and their place in it, which stands for nothing until the sale is taken up.
"""

from collections.abc import Callable, Iterator, Sequence
from json import loads

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.hold_ports import Hold
from loyalty_pos.domain.errors import InvalidRequest

CODE, GIFT_CARD = "code", "gift_card"
HANDED_AT_MOST, TEXT_AT_MOST = 20, 200
UNITS = (CODE, GIFT_CARD)
_PREFIX = "hold:"
Kept = tuple[str, str, int, int]


def handed_again(desk: Desk, text: str, unit: str) -> int | None:
    """Return the number of the code or card a text names that came with a sale taken off hold."""
    if not text.startswith(_PREFIX):
        return None
    key, _, place = text.removeprefix(_PREFIX).rpartition(":")
    hold = desk.store.held.by_key(key)
    if hold is None or hold.released_by is None or not place.isdecimal():
        return None
    kept = [number for number, _ in kept_in(hold, unit)]
    return kept[int(place)] if int(place) < len(kept) else None


def hashed_texts(
    desk: Desk,
    texts: Sequence[str],
    unit: str,
    key_of: Callable[[str], bytes],
    hash_of: Callable[[int], bytes],
) -> list[str]:
    """Return the codes or cards of a request as they are hashed with it, whatever the spelling."""
    field = f"use.{unit}s"
    if len(texts) > HANDED_AT_MOST:
        raise InvalidRequest(field, "too_many", high=HANDED_AT_MOST)
    if any(len(text) > TEXT_AT_MOST for text in texts):
        raise InvalidRequest(field, "too_long", high=TEXT_AT_MOST)
    held = {text: handed_again(desk, text, unit) for text in texts}
    return sorted({(key_of(text) if at is None else hash_of(at)).hex() for text, at in held.items()})


def names_in(hold: Hold, unit: str) -> tuple[str, ...]:
    """Name what a sale on hold had handed in, for whoever takes it up."""
    return tuple(f"{_PREFIX}{hold.key}:{place}" for place, _ in enumerate(kept_in(hold, unit)))


def kept_in(hold: Hold, unit: str) -> list[tuple[int, int]]:
    """List the codes or cards of a sale on hold, with what it reserves of each."""
    return [(number, amount) for of, _, number, amount in loads(hold.reserved) if of == unit]


def reserved_codes(desk: Desk, now_ms: int) -> Iterator[int]:
    """Give the codes that sales on hold reserve now."""
    yield from (number for number, amount in _reserving(desk, CODE, now_ms) if amount)


def reserved_on_card(desk: Desk, card: int, now_ms: int) -> int:
    """Sum what sales on hold reserve of a gift card now."""
    return sum(amount for number, amount in _reserving(desk, GIFT_CARD, now_ms) if number == card)


def _reserving(desk: Desk, unit: str, now_ms: int) -> Iterator[tuple[int, int]]:
    for text in desk.store.held.reserving(now_ms):
        yield from ((number, amount) for of, _, number, amount in loads(text) if of == unit)


def kept_codes(codes: Sequence[tuple[int, bool]], cards: Sequence[tuple[int, int]]) -> list[Kept]:
    """Note what a sale put aside has handed in: codes with whether it keeps them, cards with how much."""
    return [
        *((CODE, "", code, int(kept)) for code, kept in codes),
        *((GIFT_CARD, "", card, amount) for card, amount in cards),
    ]
