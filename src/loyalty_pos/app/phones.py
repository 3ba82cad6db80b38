"""Phone numbers in any spelling, kept in one: E.164."""

import re
import unicodedata
from functools import lru_cache

from loyalty_pos.domain.text import latin_digits

_PUNCTUATION = str.maketrans("", "", " -.()/")
_IRANIAN = ("98", re.compile(r"9(?:0[0-5]|[13]\d|2[0-3])\d{7}"))
_CURRENCIES_OF_MANY = frozenset({"EUR", "USD"})


@lru_cache(maxsize=4096)  # looked up, quoted and recorded, the same spelling comes again and again
def normalise_phone(text: str, region: str | None) -> str | None:
    """Read a phone number as typed in `region` (ISO 3166, None for none); None when it is no valid number.

    Any digit set, separators and direction controls are welcome; the result is E.164, "+989123456789".
    """
    if text.isascii():
        if text.upper() != text.lower():
            return None  # as below: it has letters
        mobile = _plain_mobile(text.translate(_PUNCTUATION), region)
        if mobile is not None:
            return mobile
    dialled = "".join(char for char in latin_digits(text) if unicodedata.category(char) != "Cf")
    if any(char.isalpha() for char in dialled):
        return None  # the library would fish a number out of a sentence, or dial the letters
    import phonenumbers  # 25 ms that a start without phones need not pay

    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _plain_mobile(digits: str, region: str | None) -> str | None:
    """Read a mobile number the way nearly all are typed, at home with a 0 or abroad with a plus.

    None only says that it takes the library to tell. ASCII in, so `isdecimal` means 0 to 9.
    """
    if region is None or not (digits.startswith(("0", "+")) and digits[1:].isdecimal()):
        return None
    code, mobile = _mobiles(region)
    national = digits[1:] if digits[0] == "0" else digits[1:].removeprefix(code)
    if digits[0] == "+" and not digits.startswith(code, 1):
        return None
    return f"+{code}{national}" if mobile is not None and mobile.fullmatch(national) else None


@lru_cache(maxsize=8)
def _mobiles(region: str) -> tuple[str, re.Pattern[str] | None]:
    """Return a country's calling code and the form of its mobile numbers; no form where a 0 means more."""
    if region == "IR":
        return _IRANIAN
    import phonenumbers

    plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    code: int = phonenumbers.country_code_for_region(region)
    if plan is None or plan.mobile is None or not plan.mobile.national_number_pattern:
        return "", None
    simple = plan.national_prefix == "0" == plan.national_prefix_for_parsing
    alone = len(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]) == 1
    pattern = re.compile(plan.mobile.national_number_pattern) if simple and alone else None
    return str(code), pattern


def display_phone(e164: str, region: str | None) -> str:
    """Group a number for reading: as dialled inside `region`, internationally elsewhere."""
    if region == "IR" and len(e164) == 13 and e164.startswith("+989"):
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    home = region is not None and number.country_code == phonenumbers.country_code_for_region(region)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace("-", " ")


def dialled_phone(e164: str, region: str | None) -> tuple[str, str]:
    """Write a phone the way it is dialled in `region`: in digits, and in groups with dashes between.

    Both are read as the same phone there. A phone that cannot be dialled so keeps its plus sign.
    """
    if region == "IR" and len(e164) == 13 and e164.startswith("+989"):
        return f"0{e164[3:]}", f"0{e164[3:6]}-{e164[6:9]}-{e164[9:]}"
    import phonenumbers

    if region is None:
        return e164, e164
    number = phonenumbers.parse(e164, None)
    shown = phonenumbers.format_out_of_country_calling_number(number, region)
    grouped = "-".join(re.findall("[0-9]+", shown))
    digits = grouped.replace("-", "")
    if not digits or normalise_phone(digits, region) != e164 or normalise_phone(grouped, region) != e164:
        return e164, e164
    return digits, grouped


def region_of(currency: str, time_zone: str) -> str | None:
    """Tell the country whose numbers a shop's customers dial without a country code.

    A currency begins with its country's letters, except the few that many countries share: there the
    time zone decides.
    """
    if currency in _CURRENCIES_OF_MANY or currency.startswith("X"):
        return _countries_by_zone().get(time_zone)
    return currency[:2]


@lru_cache(maxsize=1)
def _countries_by_zone() -> dict[str, str]:
    from importlib import resources

    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
