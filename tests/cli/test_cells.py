"""Amounts and days mean one thing or are refused; nothing is guessed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.cli.cells import Dates, Money, Order, order_of, read_quantity
from loyalty_pos.domain.errors import Rejection

KYIV = ZoneInfo("Europe/Kyiv")
HRYVNIA, TOMAN, RIAL = Money("UAH", 100), Money("IRR", 10), Money("IRR", 1)
DINAR, YEN = Money("KWD", 1000), Money("JPY", 1)


@pytest.mark.parametrize(
    ("money", "text", "minor"),
    [
        (HRYVNIA, "38.7", 3870),
        (HRYVNIA, " 40 ", 4000),
        (HRYVNIA, "0.5", 50),
        (HRYVNIA, "0.500", 50),
        (HRYVNIA, "1,234", 123_400),
        (HRYVNIA, "1,234.50", 123_450),
        (HRYVNIA, "1.234,50", 123_450),
        (HRYVNIA, "1 234,5", 123_450),
        (HRYVNIA, "1\u00a0234\u00a0567", 123_456_700),
        (HRYVNIA, "1'234.50", 123_450),
        (HRYVNIA, "38,7", 3870),
        (HRYVNIA, "₴38.70", 3870),
        (HRYVNIA, "38.70 UAH", 3870),
        (HRYVNIA, "۳۸٫۷", 3870),
        (HRYVNIA, "٣٨٫٧", 3870),
        (TOMAN, "۱٬۲۳۴", 12_340),
        (TOMAN, "128,000", 1_280_000),
        (TOMAN, "12.5", 125),
        (TOMAN, "۱۲۸٬۰۰۰ تومان", 1_280_000),
        (TOMAN, "1280000 ریال", 1_280_000),
        (RIAL, "128000 T", 1_280_000),
        (DINAR, "1.234", 1234),
        (YEN, "1,200", 1200),
        (RIAL, "1000000000000", 10**12),
    ],
)
def test_an_amount_is_read_exactly(money: Money, text: str, minor: int) -> None:
    assert money.read(text) == minor


@pytest.mark.parametrize(
    ("money", "text", "reason"),
    [
        (HRYVNIA, "-5", "amount_not_positive"),
        (HRYVNIA, "\u22125", "amount_not_positive"),
        (HRYVNIA, "(5)", "amount_not_positive"),
        (HRYVNIA, "0", "amount_not_positive"),
        (HRYVNIA, "0.00", "amount_not_positive"),
        (HRYVNIA, "5-", "bad_amount"),
        (HRYVNIA, "+5", "bad_amount"),
        (HRYVNIA, "--5", "bad_amount"),
        (HRYVNIA, "", "bad_amount"),
        (HRYVNIA, "NaN", "bad_amount"),
        (HRYVNIA, "inf", "bad_amount"),
        (HRYVNIA, "1e5", "bad_amount"),
        (HRYVNIA, "0x10", "bad_amount"),
        (HRYVNIA, "five", "bad_amount"),
        (HRYVNIA, "5 5", "bad_amount"),
        (HRYVNIA, "1,2,3", "bad_amount"),
        (HRYVNIA, "1.2.3,4", "bad_amount"),
        (HRYVNIA, "1.5,000.2", "bad_amount"),
        (HRYVNIA, "5 USD", "bad_amount"),
        (HRYVNIA, "128 تومان", "bad_amount"),
        (HRYVNIA, "½", "bad_amount"),
        (HRYVNIA, "=1+1", "bad_amount"),
        (HRYVNIA, "9" * 50, "bad_amount"),
        (HRYVNIA, "0.001", "amount_too_fine"),
        (TOMAN, "12.55", "amount_too_fine"),
        (YEN, "1.5", "amount_too_fine"),
        (HRYVNIA, "1.234", "ambiguous_amount"),
        (TOMAN, "128.000", "ambiguous_amount"),
        (RIAL, "1000000000001", "amount_too_large"),
        (HRYVNIA, "9" * 30, "amount_too_large"),
    ],
)
def test_an_amount_that_is_none_says_why(money: Money, text: str, reason: str) -> None:
    with pytest.raises(Rejection) as no:
        money.read(text)
    assert no.value.code == reason
    assert no.value.facts == {"value": text[:40]}


@given(st.integers(1, 10**12), st.sampled_from(["", ","]))
def test_every_amount_is_read_back_as_it_was_written(minor: int, group: str) -> None:
    whole, rest = divmod(minor, 100)
    assert HRYVNIA.read(f"{whole:{group}}.{rest:02d}") == minor


@given(st.text(max_size=30))
def test_no_text_is_read_as_nothing(text: str) -> None:
    try:
        assert 1 <= HRYVNIA.read(text) <= 10**12
    except Rejection as no:
        assert no.code


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=KYIV).timestamp()) * 1000


@pytest.mark.parametrize(
    ("order", "text", "moment"),
    [
        ("mdy", "3/1/2024 10:15", "2024-03-01T10:15"),
        ("dmy", "3/1/2024 10:15", "2024-01-03T10:15"),
        (None, "3/3/2024 10:15", "2024-03-03T10:15"),
        (None, "13/3/2024 10:15", "2024-03-13T10:15"),
        ("dmy", "3/13/2024 10:15", "2024-03-13T10:15"),
        ("mdy", "1.3.2024 10:15:30", "2024-03-01T10:15:30"),
        ("mdy", "2024-12-14 13:19:07", "2024-12-14T13:19:07"),
        ("mdy", "2024/12/14 13:19", "2024-12-14T13:19"),
        ("mdy", "2024-12-14T13:19:07", "2024-12-14T13:19:07"),
        ("mdy", "3/1/24 1:05 PM", "2024-03-01T13:05"),
        ("mdy", "3/1/2024, 12:05 a.m.", "2024-03-01T00:05"),
        ("mdy", "3/1/2024", "2024-03-01T12:00"),
        (None, "۱۴۰۴/۰۸/۳۰ ۱۲:۳۰", "2025-11-21T12:30"),
        (None, "1403-12-30 12:30", "2025-03-20T12:30"),
    ],
)
def test_a_moment_is_read_in_the_shops_time(order: Order | None, text: str, moment: str) -> None:
    assert Dates(KYIV, order).read(text) == at(moment)


def test_a_moment_keeps_its_milliseconds_and_its_own_offset() -> None:
    dates = Dates(KYIV, None)
    assert dates.read("2024-12-14 13:19:07.033") == at("2024-12-14T13:19:07") + 33
    assert dates.read("2024-12-14T11:19:07Z") == at("2024-12-14T13:19:07")
    assert dates.read("2024-12-14T14:49:07+0330") == at("2024-12-14T13:19:07")


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "yesterday", "20240301", "45352", "2024-02-30", "99/99/2024", "3/1/2024 25:00",
        "3/1/2024 13:05 PM",
        "3/1-2024", "1404/12/30", "1404/13/01", "3/1/1924", "3/1/20245", "0/0/2024", "3/1/2024 10:15 10:15",
        "2024-03-01T10:15+99:99", "1/2/3/4",
    ],
)  # fmt: skip
def test_nonsense_is_no_date(text: str) -> None:
    with pytest.raises(Rejection) as no:
        Dates(KYIV, "mdy").read(text)
    assert no.value.code == "bad_date"


def test_a_day_that_could_be_two_is_refused_when_the_column_does_not_tell() -> None:
    with pytest.raises(Rejection) as no:
        Dates(KYIV, None).read("3/1/2024 10:15")
    assert no.value.code == "ambiguous_date"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/1/2024", "3/13/2024"], "mdy"),
        (["3/1/2024", "13/3/2024"], "dmy"),
        (["3/1/2024", "4/2/2024"], None),
        (["2024-12-14 13:19", "x", "", "3/13/2024"], "mdy"),
        (["3/13/2024"] * 50 + ["13/3/2024"], "mdy"),
        (["3/13/2024"] * 5 + ["13/3/2024"], None),
        (["31.12.2024", "3/4/2024"], None),
        ([], None),
    ],
)
def test_a_columns_order_comes_from_the_days_that_tell(cells: list[str], order: Order | None) -> None:
    assert order_of(cells) == order


@pytest.mark.parametrize(("text", "pieces"), [("1", 1), ("۲", 2), ("3.0", 3), ("9999", 9999)])
def test_a_quantity_is_a_number_of_pieces(text: str, pieces: int) -> None:
    assert read_quantity(text) == pieces


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "10000", "x", "1e2", ""])
def test_a_quantity_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Rejection) as no:
        read_quantity(text)
    assert no.value.code == "bad_quantity"
