import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.app.phones import dialled_phone, display_phone, normalise_phone, region_of
from tests.examples import ALL


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789", "0912 345 6789", "0912-345-6789", "(0912) 345 6789", "+989123456789",
        "+98 912 345 6789", "+98 0912 345 6789", "989123456789", "00989123456789", "9123456789",
        "۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩",
        "\u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069", "0912\u200c345\u200c6789",
        "\u200e+98 912\u00a0345 6789", " 0912.345.6789\n",
    ],
)  # fmt: skip
def test_every_spelling_of_a_mobile_is_one_number(typed: str) -> None:
    assert normalise_phone(typed, "IR") == "+989123456789"


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("021-88776655", "IR", "+982188776655"),
        ("067 123 4567", "UA", "+380671234567"),
        ("+380 67 123 45 67", "IR", "+380671234567"),
        ("(212) 555-2368", "US", "+12125552368"),
        ("+982188776655", None, "+982188776655"),
    ],
)
def test_a_number_is_read_as_dialled_in_the_shops_country(typed: str, region: str | None, e164: str) -> None:
    assert normalise_phone(typed, region) == e164


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "88776655",
        "6789",
        "داخلی 12",
        "سارا",
        "0912345678",
        "091234567890",
        "+",
        "0912 345 6789 ext 5",
        "0912 345 6789#5",
        "سارا 09123456789",
        "0912345\ud8006789",
        "Sara 09123456789",
        "9" * 400,
    ],
)
def test_what_is_no_whole_number_is_none(typed: str) -> None:
    assert normalise_phone(typed, "IR") is None


def test_without_a_region_only_international_numbers_are_read() -> None:
    assert normalise_phone("09123456789", None) is None


@pytest.mark.parametrize(
    ("e164", "region", "shown"),
    [
        ("+989123456789", "IR", "0912 345 6789"),
        ("+989123456789", "UA", "+98 912 345 6789"),
        ("+982188776655", "IR", "021 8877 6655"),
        ("+380671234567", "UA", "067 123 4567"),
        ("+380671234567", "IR", "+380 67 123 4567"),
        ("+12125552368", None, "+1 212 555 2368"),
        ("not a phone", "IR", "not a phone"),
    ],
)
def test_a_number_is_grouped_as_it_is_dialled(e164: str, region: str | None, shown: str) -> None:
    assert display_phone(e164, region) == shown


@pytest.mark.parametrize(
    ("currency", "zone", "region"),
    [
        ("IRR", "Asia/Tehran", "IR"),
        ("IRR", "UTC", "IR"),
        ("UAH", "Europe/Kyiv", "UA"),
        ("USD", "America/New_York", "US"),
        ("EUR", "Europe/Berlin", "DE"),
        ("XAF", "Africa/Douala", "CM"),
        ("EUR", "UTC", None),
    ],
)
def test_currency_and_time_zone_tell_the_country(currency: str, zone: str, region: str | None) -> None:
    assert region_of(currency, zone) == region


def test_a_start_without_phones_does_not_load_the_phone_tables() -> None:
    probe = (
        "import sys; from gettext import NullTranslations; from loyalty_pos.app.language import Language;"
        "Language('fa', NullTranslations()).phone('+989123456789'); sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def by_the_library(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize("lead", ["0", "+98", "0098", "+980", "00"])
def test_every_iranian_mobile_is_read_as_the_numbering_plan_says(lead: str) -> None:
    heads = range(0, 1000, 1 if ALL else 7)
    typed = [f"{lead}9{head:03}{rest}" for head in heads for rest in ("123456", "12345", "1234567")]
    assert {text: normalise_phone(text, "IR") for text in typed} == {
        text: by_the_library(text, "IR") for text in typed
    }


@given(
    st.sampled_from(["UA", "DE", "GB", "TR", "AE", "AF", "FR", "IT", "RU", "US", "IR"]),
    st.sampled_from(["0", "+", "+380", "+49", "+90", "+971", "+93", "+33", ""]),
    st.text("0123456789", max_size=12),
)
def test_a_phone_anywhere_is_read_as_the_numbering_plan_says(region: str, lead: str, digits: str) -> None:
    assert normalise_phone(lead + digits, region) == by_the_library(lead + digits, region)


def test_an_iranian_mobile_is_read_without_the_phone_tables() -> None:
    probe = (
        "import sys; from loyalty_pos.app.phones import normalise_phone;"
        "assert normalise_phone('0912 345 6789', 'IR') == '+989123456789';"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


@given(st.text(), st.sampled_from(["IR", "UA", None]))
def test_no_text_breaks_the_reading(text: str, region: str | None) -> None:
    read = normalise_phone(text, region)
    assert read is None or normalise_phone(read, None) == read


@pytest.mark.parametrize(
    ("e164", "region", "digits", "grouped"),
    [
        ("+989123456789", "IR", "09123456789", "0912-345-6789"),
        ("+982188776655", "IR", "02188776655", "021-8877-6655"),
        ("+4930901820", "IR", "004930901820", "00-49-30-901820"),
        ("+380501234567", "UA", "0501234567", "050-123-4567"),
        ("+989123456789", "US", "011989123456789", "011-98-912-345-6789"),
        ("+989123456789", None, "+989123456789", "+989123456789"),
        ("+4930901820", None, "+4930901820", "+4930901820"),
        ("+4930901820", "AN", "+4930901820", "+4930901820"),  # a country that is no more
    ],
)
def test_a_phone_is_dialled_without_a_plus(e164: str, region: str | None, digits: str, grouped: str) -> None:
    assert dialled_phone(e164, region) == (digits, grouped)


@given(st.sampled_from(["IR", "UA", "DE", "US", "TR", "RU", "AE"]), st.integers(10**9, 10**10 - 1))
def test_a_dialled_phone_is_the_same_phone(region: str, number: int) -> None:
    for home in (region, "IR"):
        e164 = normalise_phone(str(number), region)
        if e164 is not None:
            assert {normalise_phone(text, home) for text in dialled_phone(e164, home)} == {e164}


@pytest.mark.parametrize("typed", ["8999", "+2908999"])
def test_a_country_without_mobiles_still_reads_its_numbers(typed: str) -> None:
    assert normalise_phone(typed, "TA") == "+2908999"
