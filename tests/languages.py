"""The two languages as the program speaks them, from the catalogue's source."""

import gettext
import re
from functools import lru_cache
from io import BytesIO
from typing import Literal

from babel.messages.mofile import write_mo

from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.views import ShopView
from tests import catalogues


@lru_cache(maxsize=1)
def persian() -> gettext.GNUTranslations:
    """Compile the Persian catalogue in memory."""
    compiled = BytesIO()
    write_mo(compiled, catalogues.merged())
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language(code: LanguageCode, shop: ShopView | None = None) -> Language:
    return Language(code, persian() if code == "fa" else gettext.NullTranslations(), shop)


class _Longer(gettext.NullTranslations):
    """The Persian texts with 30 % more letters, as words that can be broken like others."""

    def gettext(self, message: str) -> str:
        return _stretched(persian().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _stretched(persian().ngettext(msgid1, msgid2, n))


def _stretched(text: str) -> str:
    more = -(-len(re.sub(r"\{.*?\}", "", text)) * 3 // 10)
    filling = "دراز " * (more // 5 + 1)
    return f"{text} {filling[: more - 1]}".rstrip() if more > 1 else text


class _Turned(Language):
    """A language that reads from the right, whatever it is."""

    def __init__(
        self, code: LanguageCode, translations: gettext.NullTranslations, shop: ShopView | None = None
    ) -> None:
        super().__init__(code, translations, shop)
        self.rtl = True

    def with_shop(self, shop: ShopView | None) -> Language:
        return _Turned(self.code, self._translations, shop)


def longer_persian() -> Language:
    """Persian with 30 % longer texts: what fits then has room for every later wording."""
    return Language("fa", _Longer())


def turned_english() -> Language:
    """English laid out from right to left: what stands rightly then owes its place to no script."""
    return _Turned("en", gettext.NullTranslations())


def shop_view(
    currency: str = "IRR",
    display_unit: Literal["toman", "rial"] | None = None,
    calendar: Literal["jalali", "gregorian"] = "gregorian",
    time_zone: str = "Asia/Tehran",
) -> ShopView:
    return ShopView(
        shop="s1", name="Shop", currency=currency, display_unit=display_unit, calendar=calendar,
        time_zone=time_zone, language="fa", day_ends_hour=0, prices_include_tax=True,
    )  # fmt: skip
