"""Everything the shop says, in the language of the window: texts, numbers, money, days, phones."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from gettext import NullTranslations
from typing import Literal
from zoneinfo import ZoneInfo

from loyalty_pos.app.phones import display_phone, region_of
from loyalty_pos.app.spelling import number_words
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain import currencies, dates
from loyalty_pos.domain.text import N_ as N_

LanguageCode = Literal["fa", "en"]
_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
_MINUS = "\u2212"
_PERSIAN_DIGITS = str.maketrans("0123456789", "".join(chr(0x06F0 + n) for n in range(10)))
_PERSIAN_NUMBER = _PERSIAN_DIGITS | str.maketrans({",": "\u066c", ".": "\u066b", "%": "\u066a"})


_JALALI_MONTHS = (
    N_("Farvardin"), N_("Ordibehesht"), N_("Khordad"), N_("Tir"), N_("Mordad"), N_("Shahrivar"),
    N_("Mehr"), N_("Aban"), N_("Azar"), N_("Dey"), N_("Bahman"), N_("Esfand"),
)  # fmt: skip
_GREGORIAN_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_WEEKDAYS = {
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
}
_FRACTIONS = {1: N_("tenths"), 2: N_("hundredths"), 3: N_("thousandths")}


class Numerals:
    """How Persian numbers are written, chosen once for a till; every copy of a language looks here.

    Shared, because sentences come from the shop's own thread and paper from another, and all of them
    follow the same choice.
    """

    latin = False


class Language:
    """Speak one language about one shop; without a shop, as a new Iranian shop would.

    `decimals` and `minor_per_unit` describe the display unit money is typed in.
    """

    def __init__(
        self,
        code: LanguageCode,
        translations: NullTranslations,
        shop: ShopView | None = None,
        numerals: Numerals | None = None,
    ) -> None:
        self.code = code
        self.numerals = numerals or Numerals()
        self.rtl = code == "fa"
        self.shop = shop
        self._translations = translations
        self._currency = shop.currency if shop else "IRR"
        self._unit = shop.display_unit if shop else "toman"
        self._calendar = shop.calendar if shop else "jalali"
        self.decimals = 0 if self._unit else currencies.decimals(self._currency)
        self.minor_per_unit = currencies.TOMAN_RIALS if self._unit == "toman" else 10**self.decimals

    def with_shop(self, shop: ShopView | None) -> "Language":
        """Give the same language speaking about another shop."""
        return Language(self.code, self._translations, shop, self.numerals)

    def t(self, msgid: str, /, **values: str) -> str:
        """Translate a text and fill in its values, which are already formatted."""
        return (self._translations.gettext(msgid) if msgid else "").format(**values)

    def n(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """Translate a text that depends on a number; `{count}` is filled in."""
        text = self._translations.ngettext(singular, plural, count)
        return text.format(count=self.number(count), **values)

    def digits(self, text: str) -> str:
        """Write the Latin digits of `text` in the language's own."""
        return text.translate(_PERSIAN_DIGITS) if self._persian_digits else text

    def number(self, n: int) -> str:
        """Write a whole number grouped by thousands."""
        return self._signed(n < 0, f"{abs(n):,}")

    def money(self, minor: int, unit: bool = True) -> str:
        """Write an amount in the shop's display unit."""
        amount = self._signed(minor < 0, self._amount(abs(minor)))
        return f"{amount} {self.short_unit}" if unit else amount

    def money_unit(self) -> str:
        """Name the display unit in full."""
        if self._unit == "toman":
            return self.t("Toman")
        return self.t("Rial") if self._currency == "IRR" else self._currency

    def words(self, minor: int) -> str:
        """Spell an amount with its unit."""
        whole, rest = divmod(abs(minor), self.minor_per_unit)
        unit = self.money_unit()
        if rest and self._unit == "toman":
            said = self.t(
                "{amount} {unit} and {rest} rials",
                amount=number_words(whole, self.code),
                unit=unit,
                rest=number_words(rest, self.code),
            )
        elif rest:
            said = self.t(
                "{amount} and {rest} {fraction} {unit}",
                amount=number_words(whole, self.code),
                rest=number_words(rest, self.code),
                fraction=self.t(_FRACTIONS[self.decimals]),
                unit=unit,
            )
        else:
            said = f"{number_words(whole, self.code)} {unit}"
        return self.t("minus {amount}", amount=said) if minor < 0 else said

    def percent(self, bp: int) -> str:
        """Write a rate of basis points without useless zeros."""
        whole, rest = divmod(abs(bp), 100)
        fraction = f".{rest:02d}".rstrip("0") if rest else ""
        return self._signed(bp < 0, f"{whole:,}{fraction}%")

    def times(self, milli: int) -> str:
        """Write a multiplier of thousandths without useless zeros: "×1.5"."""
        whole, rest = divmod(milli, 1_000)
        fraction = f".{rest:03d}".rstrip("0") if rest else ""
        return self.isolate("×" + self._signed(negative=False, unsigned=f"{whole:,}{fraction}"))

    def day(self, iso_day: str) -> str:
        """Write a day with the name of its month, in the shop's calendar."""
        if self._calendar == "jalali":
            year, month, day = dates.to_jalali(iso_day)
            return self.digits(f"{day} {self.t(_JALALI_MONTHS[month - 1])} {year}")
        at = date.fromisoformat(iso_day)
        name = self.t(_GREGORIAN_MONTHS[at.month - 1])
        return self.digits(f"{at.day} {name if self.rtl else name[:3]} {at.year}")

    def day_short(self, iso_day: str) -> str:
        """Write a day in digits; slashes wherever dashes would turn the parts around."""
        if self._calendar == "jalali":
            year, month, day = dates.to_jalali(iso_day)
            return self.digits(f"{year}/{month:02d}/{day:02d}")
        return self.digits(iso_day.replace("-", "/")) if self.rtl else iso_day

    def weekday(self, key: str) -> str:
        """Name a weekday by its key, "sat" to "fri"."""
        return self.t(_WEEKDAYS[key])

    def clock(self, at_ms: int) -> str:
        """Write the local time of an instant, hours and minutes."""
        local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(self._zone)
        return self.digits(f"{local:%H:%M}")

    def phone(self, e164: str, masked: bool = False) -> str:
        """Write a phone number in groups that keep their order; `masked` hides its middle."""
        shown = display_phone(e164, self._region)
        return self.isolate(self.digits(_masked(shown) if masked else shown))

    def isolate(self, text: str) -> str:
        """Keep a code or number left to right inside any sentence."""
        return f"{_LRI}{text}{_PDI}"

    def name(self, text: str) -> str:
        """Keep a person's or thing's name, in whatever script, from disturbing the sentence around it."""
        return f"{_FSI}{text}{_PDI}"

    @property
    def _persian_digits(self) -> bool:
        return self.rtl and not self.numerals.latin

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.shop.time_zone if self.shop else "Asia/Tehran")

    @cached_property
    def _region(self) -> str | None:
        return region_of(self.shop.currency, self.shop.time_zone) if self.shop else "IR"

    def _signed(self, negative: bool, unsigned: str) -> str:
        shown = unsigned.translate(_PERSIAN_NUMBER) if self._persian_digits else unsigned
        return self.isolate(_MINUS + shown) if negative else shown

    def _amount(self, minor: int) -> str:
        whole, rest = divmod(minor, self.minor_per_unit)
        if self._unit == "toman":
            return f"{whole:,}.{rest}" if rest else f"{whole:,}"
        return f"{whole:,}.{rest:0{self.decimals}d}" if self.decimals else f"{whole:,}"

    @cached_property
    def short_unit(self) -> str:
        return "T" if self.code == "en" and self._unit == "toman" else self.money_unit()


Languages = Mapping[LanguageCode, Language]


def _masked(shown: str) -> str:
    """Hide the digits of a grouped number but its first group and its last four."""
    head, space, rest = shown.partition(" ")
    if not space:
        head, rest = shown[:2], shown[2:]
    keep = len(rest.replace(" ", "")) - 4
    hidden = []
    for char in rest:
        hidden.append("•" if char.isdigit() and keep > 0 else char)
        keep -= char != " "
    return head + space + "".join(hidden)


def month_said(language: Language, year: int, month: int, calendar: dates.Calendar) -> str:
    """Name a month with its year, in either calendar."""
    names = _JALALI_MONTHS if calendar == "jalali" else _GREGORIAN_MONTHS
    return f"{language.t(names[month - 1])} {language.digits(str(year))}"
