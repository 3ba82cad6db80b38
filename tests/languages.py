"""The two languages as the program speaks them, from the catalogue's source."""

import gettext
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
