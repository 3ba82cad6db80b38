"""The compiled catalogues of every language the shop can speak."""

import gettext
import struct
from pathlib import Path

from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.domain.errors import Fault

DOMAIN = "loyalty_pos"


def load_languages(resources: Path) -> dict[LanguageCode, Language]:
    """Read every language from `resources`, not yet speaking of any shop (`Language.with_shop`).

    English is the language of the message ids and needs no catalogue. Raises Fault
    `catalogue_missing` or `catalogue_broken` with the file's path.
    """
    persian = resources / "i18n" / "fa" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return {"fa": Language("fa", _read(persian)), "en": Language("en", gettext.NullTranslations())}


def _read(path: Path) -> gettext.GNUTranslations:
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError as missing:
        raise Fault("catalogue_missing", path=str(path)) from missing
    except (OSError, ValueError, struct.error) as broken:
        raise Fault("catalogue_broken", path=str(path)) from broken
