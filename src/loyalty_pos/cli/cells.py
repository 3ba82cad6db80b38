"""Read what stands in a cell: moments and amounts, as people and spreadsheets write them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from loyalty_pos.domain.dates import from_jalali
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import latin_digits, strip_isolates

Order = Literal["mdy", "dmy"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = r"(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})"
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
_HALF = r"(?:\s*(?P<half>[aApP])\.?[mM]\.?)?"
_MOMENT = re.compile(rf"{_DATE}(?:(?:\s*T|,?\s+){_CLOCK}{_HALF}\s*(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?)?")
_LAST_JALALI_YEAR = 1599
_CLEAR_MAJORITY = 20
_OLDEST_SALE, _OLDEST_BIRTH = 1990, 1900
_UNITS = {
    "\u062a\u0648\u0645\u0627\u0646": "toman",
    "toman": "toman",
    "t": "toman",
    "\u0631\u06cc\u0627\u0644": "rial",
    "\u0631\u064a\u0627\u0644": "rial",
    "rial": "rial",
    "irr": "rial",
}


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column writes its days. `order` None: a day that could be read both ways is refused."""

    zone: tzinfo
    order: Order | None

    def read(self, text: str) -> int:
        """Read a moment in the shop's local time, or with its own offset, into UTC milliseconds.

        Years first are taken as such, years 1300 to 1599 as Jalali, days with dots as d.m.y. Refuses
        `bad_date` and `ambiguous_date`.
        """
        found = _MOMENT.fullmatch(_plain(text))
        if found is None:
            raise Rejection("bad_date", value=text[:40])
        try:
            at = datetime.combine(self._day(found), _time(found), _offset(found) or self.zone)
            return (at - _EPOCH) // timedelta(milliseconds=1)
        except (ValueError, OverflowError):
            raise Rejection("bad_date", value=text[:40]) from None

    def read_day(self, text: str) -> str:
        """Read the day of a birth into ISO form; a clock behind it is nobody's business."""
        found = _MOMENT.fullmatch(_plain(text))
        if found is None:
            raise Rejection("bad_day", value=text[:40])
        try:
            return self._day(found, _OLDEST_BIRTH).isoformat()
        except ValueError:
            raise Rejection("bad_day", value=text[:40]) from None

    def _day(self, found: re.Match[str], oldest: int = _OLDEST_SALE) -> date:
        if len(found["a"]) == 4:
            return _date(int(found["a"]), int(found["b"]), int(found["c"]), oldest)
        order = _fits(found)
        if order is None:
            if self.order is None and found["a"].lstrip("0") != found["b"].lstrip("0"):
                raise Rejection("ambiguous_date", value=found.string[:40])
            order = self.order or "dmy"
        first, second, year = int(found["a"]), int(found["b"]), _year(found["c"])
        month, day = (first, second) if order == "mdy" else (second, first)
        return _date(year, month, day, oldest)


def order_of(cells: Iterable[str]) -> Order | None:
    """Say whether a column puts the month or the day first; None when its days don't tell.

    A few days the other way round are slips; a real mixture tells nothing.
    """
    votes = {"mdy": 0, "dmy": 0}
    for cell in cells:
        found = _MOMENT.fullmatch(_plain(cell))
        if found and found["sep"] != "." and len(found["a"]) < 4 and (order := _fits(found)):
            votes[order] += 1
    order = "mdy" if votes["mdy"] > votes["dmy"] else "dmy"
    other = votes["dmy" if order == "mdy" else "mdy"]
    return order if votes[order] > other * _CLEAR_MAJORITY else None


def _fits(found: re.Match[str]) -> Order | None:
    """Say the only order in which day, month and year can stand here; None when both can."""
    first, second = int(found["a"]), int(found["b"])
    if found["sep"] == "." or first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _year(text: str) -> int:
    if len(text) == 2:
        return 2000 + int(text)
    if len(text) != 4:
        raise ValueError(text)
    return int(text)


def _date(year: int, month: int, day: int, oldest: int) -> date:
    if 1300 <= year <= _LAST_JALALI_YEAR:
        return from_jalali(year, month, day)
    if not oldest <= year <= 2100:
        raise ValueError(year)
    return date(year, month, day)


def _time(found: re.Match[str]) -> time:
    if found["h"] is None:
        return time(12)  # a day without a clock: noon lies in that business day in every shop
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    return time(hour, int(found["m"]), int(found["s"] or 0), int((found["f"] or "0").ljust(6, "0")[:6]))


def _offset(found: re.Match[str]) -> tzinfo | None:
    if not found["zone"]:
        return None
    return datetime.fromisoformat("2000-01-01T00:00:00" + found["zone"]).tzinfo


@dataclass(frozen=True, slots=True)
class Money:
    """How a column writes its amounts: wholes of `minor_per_unit` smallest units of `currency`.

    The currency's code may stand behind a number; in an Iranian shop so may toman or rial, which decides.
    """

    currency: str
    minor_per_unit: int

    def read(self, text: str, *, least: int = 1) -> int:
        """Read an amount into smallest units, `least` … 10¹², refusing what it cannot mean exactly.

        Digits of any script; grouped by comma, dot, blank or apostrophe. A number whose only mark could
        be either a decimal point or a thousands mark is refused, never guessed.
        """
        number, per_unit = self._without_unit(_plain(text))
        signed = re.fullmatch(r"\((.*)\)|-?\s?(.*)", number)
        size = (signed and (signed[1] or signed[2])) or ""
        negative = size != number
        whole, rest = _parts(size, text, three_decimals=self.minor_per_unit == 1000)
        scale: int = 10 ** len(rest)
        minor, left = divmod(int(whole + rest) * per_unit, scale)
        if (negative and minor + left) or (minor < least and left == 0):
            raise Rejection("amount_not_positive", value=text[:40])
        if left:
            raise Rejection("amount_too_fine", value=text[:40])
        if minor > MAX_AMOUNT:
            raise Rejection("amount_too_large", value=text[:40])
        return minor

    def unit_of(self, aside: str) -> str:
        """Tell the unit that a heading names in brackets; empty when what stands there is none."""
        known = aside.strip()
        named = self.currency == "IRR" and known.casefold() in _UNITS
        return known if named or known == self.currency else ""

    def _without_unit(self, text: str) -> tuple[str, int]:
        number = "".join(char for char in text if unicodedata.category(char) != "Sc").strip()
        found = re.fullmatch(r"(?P<number>.*?\d[)]?)\s*(?P<unit>[^\W\d_]+)\.?", number)
        if found is None:
            return number, self.minor_per_unit
        unit = _UNITS.get(found["unit"].casefold())
        if unit and self.currency == "IRR":
            return found["number"], 10 if unit == "toman" else 1
        if found["unit"] == self.currency:
            return found["number"], self.minor_per_unit
        return number, self.minor_per_unit


def _parts(number: str, shown: str, three_decimals: bool) -> tuple[str, str]:
    """Cut a written number into its whole digits and its decimals."""
    number = number.replace("\u066c", ",").replace("\u066b", ".").replace("\u060c", ",")
    number = re.sub(r"(?<=\d)[ '\u2019](?=\d{3}(?!\d))", "", number)
    if len(number) > 40 or not re.fullmatch(r"\d+(?:[.,]\d+)*", number):
        raise Rejection("bad_amount", value=shown[:40])
    marks = set(re.findall(r"[.,]", number))
    decimal = "." if three_decimals and number.count(".") == 1 else _decimal_mark(number, marks, shown)
    head, _, rest = number.rpartition(decimal) if decimal else (number, "", "")
    if re.search(r"[.,]", head) and not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", head):
        raise Rejection("bad_amount", value=shown[:40])
    return re.sub(r"[.,]", "", head), rest


def _decimal_mark(number: str, marks: set[str], shown: str) -> str:
    """Tell which mark begins the decimals; empty for none."""
    if len(marks) == 2:
        last = max(marks, key=number.rfind)
        if number.count(last) > 1:
            raise Rejection("bad_amount", value=shown[:40])
        return last
    if not marks:
        return ""
    mark = marks.pop()
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", number):
        if mark == "." and number.count(mark) == 1:
            raise Rejection("ambiguous_amount", value=shown[:40])
        return ""
    return mark if number.count(mark) == 1 else ""


def read_quantity(text: str) -> int:
    """Read a number of pieces, 1 … 9,999."""
    plain = re.sub(r"[.,]0+$", "", _plain(text))
    if not re.fullmatch(r"\d{1,4}", plain) or not 1 <= int(plain) <= MAX_QUANTITY:
        raise Rejection("bad_quantity", value=text[:40])
    return int(plain)


def read_percent(text: str) -> int:
    """Read a rate such as 9, 9.5 or 9% into basis points, 0 … 10,000."""
    number = _plain(text).replace("\u066a", "%").replace("\u066b", ".").removesuffix("%").strip()
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", number)
    rate = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
    if not 0 <= rate <= 10_000:
        raise Rejection("bad_percent", value=text[:40])
    return rate


def _plain(text: str) -> str:
    spaced = " ".join(strip_isolates(latin_digits(text)).split())
    return spaced.replace("\u2212", "-")
