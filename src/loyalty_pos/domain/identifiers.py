"""Numbers that are printed and read back: value codes, receipts, our own cards; what a scan looks like.

Every barcode is digits only, of even length (Code 128 C), told apart by its prefix:
"98" a value code, 28 digits · "97" a discount code, 28 digits · "96" a gift card, 28 digits ·
"7" a receipt, 10 digits · "44" a card of ours, 10 digits.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from loyalty_pos.domain.keyboards import repair_layout
from loyalty_pos.domain.text import latin_digits, strip_isolates

Kind = Literal["card", "phone", "digits", "name", "voucher", "receipt", "empty"]

CODE_BITS = 80
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUES = {symbol: value for value, symbol in enumerate(_SYMBOLS)} | {"O": 0, "I": 1, "L": 1}
_DATA_SYMBOLS = 16
_CODE_PREFIX, _CODE_DIGITS = "98", 25  # 2**80 has 25 digits
_DISCOUNT_PREFIX = "97"
_GIFT_CARD_PREFIX = "96"
_CODE_PREFIXES = (_CODE_PREFIX, _DISCOUNT_PREFIX, _GIFT_CARD_PREFIX)
_RECEIPT_PREFIX, _RECEIPT_DIGITS = "7", 8
_CARD_PREFIX, _CARD_DIGITS = "44", 7
_CODE_SHAPE = re.compile(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}")
_PHONE_PUNCTUATION = re.compile(r"[\s().\-/]+")
_MIN_PHONE, _MAX_PHONE = 9, 15
LAST_DIGITS = 4
"""So many of a phone's last digits, or more, find whose it is."""
_UNSEEN = ("Cc", "Cf", "Cs")  # a lone surrogate is no character and cannot be looked up


def _powers() -> list[int]:
    """List the powers of the generator of GF(32), x^5 + x^2 + 1."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return powers


_POWER = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_POWER)}


def _times(left: int, right: int) -> int:
    return _POWER[(_LOG[left] + _LOG[right]) % 31] if left and right else 0


def _syndromes(symbols: list[int]) -> tuple[int, int]:
    """Sum the symbols plainly and weighted by place; both are 0 for a sound code.

    Any one or two wrong symbols leave at least one of the sums different from 0.
    """
    plain = weighted = 0
    for place, symbol in enumerate(symbols):
        plain ^= symbol
        weighted ^= _times(symbol, _POWER[place])
    return plain, weighted


def code_from_bits(value: int) -> str:
    """Write 80 random bits as people read them: XXXXXX-XXXXXX-XXXXXX (rules 34)."""
    _within(value, 1 << CODE_BITS)
    symbols = [(value >> shift) & 31 for shift in range(CODE_BITS - 5, -1, -5)]
    plain, weighted = _syndromes(symbols)
    first, second = _POWER[_DATA_SYMBOLS], _POWER[_DATA_SYMBOLS + 1]
    numerator = weighted ^ _times(first, plain)
    last = _times(numerator, _POWER[-_LOG[first ^ second] % 31])
    text = "".join(_SYMBOLS[symbol] for symbol in [*symbols, plain ^ last, last])
    return f"{text[:6]}-{text[6:12]}-{text[12:]}"


def read_code(text: str) -> int | None:
    """Read a value code as typed, in any case, grouping, digit set or layout; None when its check fails."""
    typed = _plain_code(text).replace("-", "")
    if len(typed) != _DATA_SYMBOLS + 2 or any(char not in _VALUES for char in typed):
        return None
    symbols = [_VALUES[char] for char in typed]
    if _syndromes(symbols) != (0, 0):
        return None
    value = 0
    for symbol in symbols[:_DATA_SYMBOLS]:
        value = value << 5 | symbol
    return value


def code_barcode(value: int) -> str:
    """Write the same 80 bits as 28 decimal digits for bars."""
    _within(value, 1 << CODE_BITS)
    return _checked(f"{_CODE_PREFIX}{value:0{_CODE_DIGITS}d}")


def discount_barcode(value: int) -> str:
    """Write the 80 bits of a discount code as 28 decimal digits, with a prefix of their own."""
    _within(value, 1 << CODE_BITS)
    return _checked(f"{_DISCOUNT_PREFIX}{value:0{_CODE_DIGITS}d}")


def gift_card_barcode(value: int) -> str:
    """Write the 80 bits of a gift card as 28 decimal digits, with a prefix of their own."""
    _within(value, 1 << CODE_BITS)
    return _checked(f"{_GIFT_CARD_PREFIX}{value:0{_CODE_DIGITS}d}")


def read_barcode(text: str, prefix: str = _CODE_PREFIX) -> int | None:
    """Read the 28 digits of a value code; None when they are none."""
    value = _read_number(text, prefix, _CODE_DIGITS)
    return value if value is not None and value < 1 << CODE_BITS else None


def read_value_code(text: str) -> int | None:
    """Read a value code, be it scanned or typed."""
    scanned = read_barcode(text)
    return read_code(text) if scanned is None else scanned


def read_discount_code(text: str) -> int | None:
    """Read a discount code, be it scanned or typed; typed it looks like any other code."""
    scanned = read_barcode(text, _DISCOUNT_PREFIX)
    return read_code(text) if scanned is None else scanned


def read_gift_card(text: str) -> int | None:
    """Read a gift card's code, be it scanned or typed; typed it looks like any other code."""
    scanned = read_barcode(text, _GIFT_CARD_PREFIX)
    return read_code(text) if scanned is None else scanned


def receipt_barcode(number: int) -> str:
    """Write a sale's short number as the 10 digits under its receipt."""
    _within(number, 10**_RECEIPT_DIGITS)
    return _checked(f"{_RECEIPT_PREFIX}{number:0{_RECEIPT_DIGITS}d}")


def read_receipt_barcode(text: str) -> int | None:
    """Read the sale's short number from a receipt's 10 digits; None when they are none."""
    return _read_number(text, _RECEIPT_PREFIX, _RECEIPT_DIGITS)


def card_text(number: int) -> str:
    """Write the number of a card of our own, 10 digits."""
    _within(number, 10**_CARD_DIGITS)
    return _checked(f"{_CARD_PREFIX}{number:0{_CARD_DIGITS}d}")


def read_card(text: str) -> int | None:
    """Read the number of a card of our own; None when it is another shop's kind of card."""
    return _read_number(text, _CARD_PREFIX, _CARD_DIGITS)


def card_key(text: str) -> str:
    """Fold a card's text for storing and finding: Latin digits, upper case, no spaces or invisible signs.

    What is folded folds to itself, so that an exported card is the same card when it is read again.
    """
    if text.isascii() and text.isprintable():  # as scanners send it
        return text.replace(" ", "").upper()
    visible = "".join(char for char in latin_digits(text) if unicodedata.category(char) not in _UNSEEN)
    return unicodedata.normalize("NFC", re.sub(r"\s+", "", visible).upper())


def looks_like(text: str, is_phone: Callable[[str], bool] | None = None) -> Kind:
    """Tell what kind of thing a scan or a few typed characters are, by their form alone.

    A card of the shop's own making may be any text, so whoever looks things up tries cards first,
    then this kind. `digits` are too few for a phone: its last ones, or a receipt's number.
    `is_phone` decides by the numbering plan of the shop's country; without it the length does.
    """
    shown = latin_digits(strip_isolates(text)).strip()
    squeezed = card_key(shown)
    if not any(char.isalnum() for char in squeezed):
        return "empty"
    if _looks_like_voucher(shown):
        return "voucher"
    if read_receipt_barcode(shown) is not None:
        return "receipt"
    if read_card(shown) is not None:
        return "card"
    digits = _PHONE_PUNCTUATION.sub("", squeezed)
    if digits.removeprefix("+").isdecimal():
        if _has_phone_form(digits) if is_phone is None else is_phone(shown):
            return "phone"
        return "digits" if len(digits) < _MIN_PHONE else "card"
    return _word_kind(shown)


def _looks_like_voucher(shown: str) -> bool:
    if len(shown) < _DATA_SYMBOLS + 2:
        return False
    barcode = any(read_barcode(shown, prefix) is not None for prefix in _CODE_PREFIXES)
    if barcode or _CODE_SHAPE.fullmatch(_plain_code(shown)):
        return True
    return read_code(shown) is not None and any(char.isdecimal() for char in shown)


def _has_phone_form(digits: str) -> bool:
    if digits.startswith(("+", "00", "0")):
        return _MIN_PHONE <= len(digits.lstrip("+0")) <= _MAX_PHONE
    return (len(digits) == 10 and digits[0] == "9") or (len(digits) == 12 and digits.startswith("989"))


def _word_kind(shown: str) -> Kind:
    """Tell a card with letters from a name: a card has digits and no word of its own."""
    if not any(char.isdecimal() for char in shown):
        return "name"
    return "name" if any(len(word) > 1 and word.isalpha() for word in shown.split()) else "card"


def _plain_code(text: str) -> str:
    """Bring a typed code to upper-case Latin, every kind of dash to "-", without spaces."""
    latin = repair_layout(strip_isolates(text))
    dashed = "".join(
        "-" if unicodedata.category(char) == "Pd" or char == "\u2212" else char for char in latin
    )
    return card_key(dashed)


def _within(value: int, limit: int) -> None:
    if not 0 <= value < limit:
        raise ValueError(f"{value} is not within 0 … {limit - 1}")


def _checked(digits: str) -> str:
    return digits + _luhn(digits)


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _read_number(text: str, prefix: str, length: int) -> int | None:
    digits = card_key(text)
    if len(digits) != len(prefix) + length + 1 or not digits.isdecimal() or not digits.startswith(prefix):
        return None
    if _luhn(digits[:-1]) != digits[-1]:
        return None
    return int(digits[len(prefix) : -1])
