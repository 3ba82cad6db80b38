"""Amounts in words, so that a missing zero is heard."""

from persiantools import digits

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def number_words(number: int, language: str) -> str:
    """Spell a whole number below 10**15 in Persian or English."""
    if language == "fa":
        return digits.to_word(number)
    if number < 0:
        return "minus " + number_words(-number, language)
    if number == 0:
        return _SMALL[0]
    groups: list[str] = []
    scale = 0
    while number:
        number, below = divmod(number, 1000)
        if below:
            groups.append(f"{_below_thousand(below)} {_SCALES[scale]}".strip())
        scale += 1
    return " ".join(reversed(groups))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens] + (f"-{_SMALL[ones]}" if ones else ""))
    elif rest:
        words.append(_SMALL[rest])
    return " ".join(words)
