"""Texts that come in from outside: cleaned, measured, refused with the field's name."""

from collections.abc import Sequence

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.text import clean

NUMBER_AT_MOST = 64
PREFERENCES_AT_MOST = 10


def posting_key(field: str, text: str) -> str:
    """Return the key of a posting somebody else made; those with a colon are the shop's own (rules 8)."""
    key = text_field(field, text, 64)
    if ":" in key:
        raise InvalidRequest(field, "not_valid")
    return key


def text_field(field: str, text: str, high: int, *, empty: bool = False) -> str:
    """Return a text safe to keep, at most `high` characters; raises InvalidRequest naming `field`."""
    if len(text) > 4 * high:
        raise InvalidRequest(field, "too_long", high=high)
    try:
        cleaned = clean(text)
    except ValueError:
        raise InvalidRequest(field, "broken_text") from None
    if len(cleaned) > high:
        raise InvalidRequest(field, "too_long", high=high)
    if not cleaned and not empty:
        raise InvalidRequest(field, "empty")
    return cleaned


def number_field(field: str, text: str) -> str:
    """Return a card's number or a barcode as it is kept: capitals may be longer than what was typed.

    One without a letter or digit would never be found by it; raises InvalidRequest naming `field`.
    """
    number = card_key(text_field(field, text, NUMBER_AT_MOST))
    if not any(char.isalnum() for char in number):
        raise InvalidRequest(field, "empty")
    if len(number) > NUMBER_AT_MOST:
        raise InvalidRequest(field, "too_long", high=NUMBER_AT_MOST)
    return number


def preferences_of(texts: Sequence[str]) -> list[str]:
    """Return how somebody likes things, each once; raises InvalidRequest for one that cannot be kept."""
    kept = list(dict.fromkeys(text_field("preferences", text, 80) for text in texts))
    if len(kept) > PREFERENCES_AT_MOST:
        raise InvalidRequest("preferences", "too_many", high=PREFERENCES_AT_MOST)
    return kept
