from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.kinds import Say
from loyalty_pos.domain.text import latin_digits, strip_isolates
from tests.languages import language, shop_view

_CODES: st.SearchStrategy[LanguageCode] = st.sampled_from(["fa", "en"])
_TOMAN = shop_view(display_unit="toman", calendar="jalali")
_RIAL = shop_view(display_unit="rial", calendar="jalali")
_UAH = shop_view(currency="UAH", time_zone="Europe/Kyiv")
_KWD = shop_view(currency="KWD", time_zone="Asia/Kuwait")
_JPY = shop_view(currency="JPY", time_zone="Asia/Tokyo")
_BARE_IRR = shop_view()


@pytest.mark.parametrize(
    ("shop", "minor", "fa", "en"),
    [
        (_TOMAN, 3_239_500, "۳۲۳٬۹۵۰ تومان", "323,950 T"),
        (_TOMAN, 3_239_505, "۳۲۳٬۹۵۰٫۵ تومان", "323,950.5 T"),
        (_TOMAN, 0, "۰ تومان", "0 T"),
        (_TOMAN, 10**13, "۱٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰ تومان", "1,000,000,000,000 T"),
        (_TOMAN, -3_239_500, "\u2066−۳۲۳٬۹۵۰\u2069 تومان", "\u2066−323,950\u2069 T"),
        (_RIAL, 3_239_505, "۳٬۲۳۹٬۵۰۵ ریال", "3,239,505 Rial"),
        (_BARE_IRR, 3_239_505, "۳٬۲۳۹٬۵۰۵ ریال", "3,239,505 Rial"),
        (_UAH, 3870, "۳۸٫۷۰ UAH", "38.70 UAH"),
        (_UAH, 5, "۰٫۰۵ UAH", "0.05 UAH"),
        (_UAH, -5, "\u2066−۰٫۰۵\u2069 UAH", "\u2066−0.05\u2069 UAH"),
        (_KWD, 1_234_500, "۱٬۲۳۴٫۵۰۰ KWD", "1,234.500 KWD"),
        (_JPY, 1200, "۱٬۲۰۰ JPY", "1,200 JPY"),
        (None, 3_239_500, "۳۲۳٬۹۵۰ تومان", "323,950 T"),
    ],
)
def test_money_is_written_in_the_shops_display_unit(
    shop: ShopView | None, minor: int, fa: str, en: str
) -> None:
    assert language("fa", shop).money(minor) == fa
    assert language("en", shop).money(minor) == en


def test_money_can_leave_its_unit_to_another_label() -> None:
    assert language("fa", _TOMAN).money(3_239_500, unit=False) == "۳۲۳٬۹۵۰"
    assert language("en", _UAH).money(3870, unit=False) == "38.70"
    assert [language("fa", shop).money_unit() for shop in (_TOMAN, _RIAL, _UAH)] == ["تومان", "ریال", "UAH"]
    assert [language("en", shop).money_unit() for shop in (_TOMAN, _RIAL, _UAH)] == ["Toman", "Rial", "UAH"]


@given(
    st.integers(-(10**15), 10**15),
    st.sampled_from([_TOMAN, _RIAL, _UAH, _KWD]),
    _CODES,
)
def test_no_smallest_unit_is_lost_in_writing(minor: int, shop: ShopView, code: LanguageCode) -> None:
    speaking = language(code, shop)
    plain = latin_digits(strip_isolates(speaking.money(minor, unit=False)))
    plain = plain.replace("\u066c", "").replace("\u066b", ".").replace(",", "").replace("−", "-")
    whole, _, rest = plain.lstrip("-").partition(".")
    places = len(str(speaking.minor_per_unit)) - 1
    read = int(whole) * speaking.minor_per_unit + int(rest.ljust(places, "0") or "0")
    assert (-read if plain.startswith("-") else read) == minor


@pytest.mark.parametrize(
    ("shop", "decimals", "per_unit"), [(_TOMAN, 0, 10), (_RIAL, 0, 1), (_UAH, 2, 100), (_KWD, 3, 1000)]
)
def test_typed_money_knows_its_decimals(shop: ShopView, decimals: int, per_unit: int) -> None:
    speaking = language("en", shop)
    assert (speaking.decimals, speaking.minor_per_unit) == (decimals, per_unit)


@pytest.mark.parametrize(
    ("shop", "minor", "fa", "en"),
    [
        (_TOMAN, 4_690_000, "چهارصد و شصت و نه هزار تومان", "four hundred sixty-nine thousand Toman"),
        (_TOMAN, 125, "دوازده تومان و پنج ریال", "twelve Toman and five rials"),
        (_RIAL, 125, "یکصد و بیست و پنج ریال", "one hundred twenty-five Rial"),
        (_UAH, 3870, "سی و هشت و هفتاد صدم UAH", "thirty-eight and seventy hundredths UAH"),
        (_KWD, 1005, "یک و پنج هزارم KWD", "one and five thousandths KWD"),
        (_TOMAN, -120, "منفی دوازده تومان", "minus twelve Toman"),
        (_TOMAN, 0, "صفر تومان", "zero Toman"),
    ],
)
def test_amounts_are_spelt_with_their_unit(shop: ShopView | None, minor: int, fa: str, en: str) -> None:
    assert language("fa", shop).words(minor) == fa
    assert language("en", shop).words(minor) == en


@pytest.mark.parametrize(
    ("bp", "fa", "en"),
    [
        (500, "۵٪", "5%"),
        (1250, "۱۲٫۵٪", "12.5%"),
        (1205, "۱۲٫۰۵٪", "12.05%"),
        (0, "۰٪", "0%"),
        (10_000, "۱۰۰٪", "100%"),
        (-500, "\u2066−۵٪\u2069", "\u2066−5%\u2069"),
    ],
)
def test_rates_have_no_useless_zeros(bp: int, fa: str, en: str) -> None:
    assert language("fa").percent(bp) == fa
    assert language("en").percent(bp) == en


def test_numbers_are_grouped_and_their_sign_stays_in_front() -> None:
    assert (language("fa").number(1200), language("en").number(1200)) == ("۱٬۲۰۰", "1,200")
    assert (language("fa").number(-12), language("en").number(-12)) == ("\u2066−۱۲\u2069", "\u2066−12\u2069")
    assert language("fa").digits("F7: 12") == "F۷: ۱۲"
    assert language("en").digits("12") == "12"


@pytest.mark.parametrize(
    ("code", "shop", "long", "short"),
    [
        ("fa", _TOMAN, "۲۷ فروردین ۱۴۰۵", "۱۴۰۵/۰۱/۲۷"),
        ("en", _TOMAN, "27 Farvardin 1405", "1405/01/27"),
        ("fa", _UAH, "۱۶ آوریل ۲۰۲۶", "۲۰۲۶/۰۴/۱۶"),
        ("en", _UAH, "16 Apr 2026", "2026-04-16"),
    ],
)
def test_days_are_written_in_the_shops_calendar(
    code: LanguageCode, shop: ShopView, long: str, short: str
) -> None:
    assert language(code, shop).day("2026-04-16") == long
    assert language(code, shop).day_short("2026-04-16") == short


def test_every_month_and_weekday_has_a_persian_name() -> None:
    jalali = {language("fa", _TOMAN).day(f"2026-{month:02d}-05") for month in range(1, 13)}
    gregorian = {language("fa", _UAH).day(f"2026-{month:02d}-05") for month in range(1, 13)}
    weekdays = {language("fa").weekday(key) for key in ("sat", "sun", "mon", "tue", "wed", "thu", "fri")}
    assert len(jalali) == len(gregorian) == 12 and len(weekdays) == 7
    assert not any(
        char.isascii() and char.isalpha() for name in jalali | gregorian | weekdays for char in name
    )


def test_the_clock_is_the_shops() -> None:
    at_ms = 1_776_352_320_000  # 2026-04-16T15:12:00Z
    assert language("fa", _TOMAN).clock(at_ms) == "۱۸:۴۲"
    assert language("en", _UAH).clock(at_ms) == "18:12"
    assert language("en").clock(at_ms) == "18:42"


@pytest.mark.parametrize(
    ("code", "shop", "e164", "shown", "masked"),
    [
        ("fa", _TOMAN, "+989123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "۰۹۱۲ ••• ۶۷۸۹"),
        ("en", _TOMAN, "+989123456789", "0912 345 6789", "0912 ••• 6789"),
        ("fa", _TOMAN, "+982188776655", "۰۲۱ ۸۸۷۷ ۶۶۵۵", "۰۲۱ •••• ۶۶۵۵"),
        ("en", _UAH, "+989123456789", "+98 912 345 6789", "+98 ••• ••• 6789"),
        ("en", None, "12345678", "12345678", "12••5678"),
    ],
)
def test_phones_keep_their_groups_in_order(
    code: LanguageCode, shop: ShopView | None, e164: str, shown: str, masked: str
) -> None:
    assert language(code, shop).phone(e164) == f"\u2066{shown}\u2069"
    assert language(code, shop).phone(e164, masked=True) == f"\u2066{masked}\u2069"


def test_names_of_any_script_leave_the_sentence_in_order() -> None:
    assert language("fa").name("Sara") == "\u2068Sara\u2069"
    assert language("fa").isolate("A-12") == "\u2066A-12\u2069"


def test_direction_follows_the_language() -> None:
    assert language("fa").rtl and not language("en").rtl


class _TwoForms(NullTranslations):
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{count} مهر از {of}" if n == 1 else "{count} مهرها از {of}"


def test_a_count_chooses_the_form_and_is_written_in_the_languages_digits() -> None:
    persian = Language("fa", _TwoForms())
    assert persian.n("{count} stamp of {of}", "{count} stamps of {of}", 1, of="۵") == "۱ مهر از ۵"
    assert persian.n("{count} stamp of {of}", "{count} stamps of {of}", 1200, of="۵") == "۱٬۲۰۰ مهرها از ۵"
    assert language("en").n("{count} stamp", "{count} stamps", 2) == "2 stamps"


def test_an_empty_text_stays_empty() -> None:
    assert language("fa").t("") == ""


def test_a_forgotten_value_is_our_bug_and_not_a_brace_on_the_screen() -> None:
    with pytest.raises(KeyError):
        language("en").t("minus {amount}")


def test_the_same_language_speaks_about_another_shop() -> None:
    assert language("fa", _TOMAN).with_shop(_UAH).money(3870) == "۳۸٫۷۰ UAH"
    assert language("fa", _UAH).with_shop(None).money(3870) == "۳۸۷ تومان"


def test_every_language_can_say_the_rules() -> None:
    say: Say = language("fa")
    assert say.t("Only on {days}.", days=say.t("Friday")) == "فقط جمعه."


def test_latin_digits_are_a_choice_that_every_copy_of_a_language_follows() -> None:
    persian = language("fa")
    cafe = persian.with_shop(shop_view(display_unit="toman", calendar="jalali"))
    persian.numerals.latin = True
    assert cafe.money(12_345_670) == "1,234,567 تومان"
    assert cafe.percent(1_250) == "12.5%"
    assert cafe.day_short("2026-03-21") == "1405/01/01"
    assert cafe.number(-3) == "\u2066\u22123\u2069"
    assert cafe.n("{count} stamp", "{count} stamps", 5).startswith("5 ")
    persian.numerals.latin = False
    assert cafe.number(1_200) == "۱٬۲۰۰"


def test_two_sentences_that_read_the_same_are_one() -> None:
    assert {Sentence(fa="x", en="y"), Sentence(fa="x", en="y")} == {Sentence(fa="x", en="y")}
    assert Sentence(fa="x", en="y") != Sentence(fa="x", en="z")
