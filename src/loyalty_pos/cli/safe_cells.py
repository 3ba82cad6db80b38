"""Texts that a spreadsheet takes as they are: never a formula, never a number that loses its zeros.

Excel evaluates what begins like a formula and turns "0912…" and long codes into numbers, even between
quotation marks. An apostrophe in front keeps it from both; `bare` takes exactly that apostrophe away.
"""

import re
from functools import lru_cache

_BEGINS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_IGNORED = "\\s\\x00-\\x1f\\x7f-\\xa0\\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff'"
# Zeros in front, codes too long for a number, powers of ten, days and times, names of months with a number.
_DIGITS = (
    "0[0-9]+|[0-9]{12,}|\\d+(?:[.,\u066b]\\d+)?[eE][+-]?\\d+"
    "|[0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{4}[-/.][0-9]{1,2}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
    "|[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?"
    "|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]?[0-9]{1,4}"
)
_CHANGED = re.compile(f"[{_IGNORED}]*[{_BEGINS}]|'*[\\t\\r\\n\\0]|'*(?:{_DIGITS})\\s*\\Z")
# Where the list separator is not a comma, a text may break into cells at its own semicolons.
_INSIDE = re.compile(f"([;|\\t])(?=[ ']*[{_BEGINS}])")
_INSIDE_GUARDED = re.compile(f"([;|\\t])'(?=[ ']*[{_BEGINS}])")


@lru_cache(maxsize=1024)
def guarded(text: str) -> str:
    """Write a text so that a spreadsheet that opens the CSV file shows it and nothing else happens."""
    inside = _INSIDE.sub(r"\1'", text)
    return f"'{inside}" if _CHANGED.match(inside) else inside


def bare(cell: str) -> str:
    """Read a text that `guarded` wrote; any other text with such an apostrophe loses it too."""
    if "'" not in cell:
        return cell
    inside = cell[1:] if cell[0] == "'" and _CHANGED.match(cell, 1) else cell
    return _INSIDE_GUARDED.sub(r"\1", inside)
