"""The form of a voucher between shops: 104 bytes, signed, as 167 letters and digits (reliability 9)."""

import struct
from base64 import b32decode, b32encode
from datetime import date
from typing import NamedTuple

_FORM = struct.Struct(">8s8s12sQI")
SIGNATURE_BYTES = 64
TOKEN_LETTERS = 167
_PADDING = "="
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


class Token(NamedTuple):
    """What a voucher says: who issued it, for which one shop, its number, value and last day.

    Shops and the number are hexadecimal digits.
    """

    issuer: str
    partner: str
    voucher: str
    value_minor: int
    expires_on: str

    def packed(self) -> bytes:
        """Return what is signed."""
        shops = (bytes.fromhex(self.issuer), bytes.fromhex(self.partner), bytes.fromhex(self.voucher))
        return _FORM.pack(*shops, self.value_minor, date.fromisoformat(self.expires_on).toordinal())


class Signed(NamedTuple):
    token: Token
    message: bytes
    signature: bytes


def written(token: Token, signature: bytes) -> str:
    """Write a signed voucher as letters and digits that a QR code holds densely."""
    return b32encode(token.packed() + signature).decode().rstrip(_PADDING)


def token_text(text: str) -> str | None:
    """Return a text in the one way a voucher is written; None when it has not even its length and letters."""
    found = "".join(text.split()).upper()
    return found if len(found) == TOKEN_LETTERS and _LETTERS.issuperset(found) else None


def read_token(text: str) -> Signed | None:
    """Read a voucher; None for what is not whole. Nothing is proved yet but its form."""
    found = token_text(text)
    if found is None:
        return None
    data = b32decode(found + _PADDING)
    # The last letter has bits to spare: only one spelling of them is the voucher's.
    if b32encode(data).decode().rstrip(_PADDING) != found:
        return None
    message, signature = data[: _FORM.size], data[_FORM.size :]
    issuer, partner, voucher, value, day = _FORM.unpack(message)
    if not 1 <= day <= date.max.toordinal():
        return None
    expires_on = date.fromordinal(day).isoformat()
    return Signed(Token(issuer.hex(), partner.hex(), voucher.hex(), value, expires_on), message, signature)
