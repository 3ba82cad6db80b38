"""Text as shops really type it: three digit sets, two keyboards' ي and ك, invisible characters."""

import re
import unicodedata

ZWNJ = "\u200c"


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text in a table for the catalogue; a language's `t` translates it later."""
    return msgid


_ARABIC_TO_PERSIAN = str.maketrans({"\u064a": "\u06cc", "\u0643": "\u06a9"})
_BIDI_CONTROLS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_LOOSE_ZWNJ = re.compile(f"(?:^|(?<= )){ZWNJ}+|{ZWNJ}+(?=$| )|(?<={ZWNJ}){ZWNJ}+")
_FOLDED = str.maketrans(
    {
        "\u064a": "\u06cc",  # Arabic yeh
        "\u0649": "\u06cc",  # alef maksura
        "\u0643": "\u06a9",  # Arabic kaf
        "\u0629": "\u0647",  # teh marbuta
        "\u06d5": "\u0647",  # what U+06C0 leaves when its hamza goes
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u0671": "\u0627",  # alef wasla
        "\u0621": None,  # hamza on the line
        "\u0640": None,  # tatweel
    }
)


def latin_digits(text: str) -> str:
    """Write every decimal digit, of whatever script, as 0-9."""
    if text.isascii():
        return text
    return "".join(_latin_digit(char) for char in text)


def _latin_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def clean(text: str) -> str:
    """Make a name or note safe to keep: NFC, Persian ی and ک, single spaces, nothing invisible but ZWNJ.

    ZWNJ stays only between two characters, where Persian needs it. Raises ValueError for a lone
    surrogate, which is broken input and cannot be stored.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise ValueError("lone surrogate")
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(
        char for char in spaced if char == ZWNJ or unicodedata.category(char) not in ("Cc", "Cf")
    )
    single = re.sub(" +", " ", unicodedata.normalize("NFC", visible).translate(_ARABIC_TO_PERSIAN)).strip(" ")
    return re.sub(" +", " ", _LOOSE_ZWNJ.sub("", single)).strip(" ")


def search_key(text: str) -> str:
    """Fold a text so that everything a Persian reader takes for the same word is equal.

    Both sides of a comparison must be folded; the result is for matching, never for showing.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    spaced = " ".join(plain.split())
    kept = "".join(char for char in spaced if unicodedata.category(char) not in ("Mn", "Cf", "Cc", "Cs"))
    folded = latin_digits(kept.translate(_FOLDED))
    return unicodedata.normalize("NFC", " ".join(folded.split()))


def strip_isolates(text: str) -> str:
    """Remove every direction control: they are for showing, never for storing or copying."""
    if text.isascii():
        return text
    return text.translate(_BIDI_CONTROLS)


def shown(text: str) -> str:
    """Make what somebody sent safe to repeat inside a sentence: one line, nothing that turns it around."""
    if text.isprintable():
        return text
    plain = strip_isolates(text)
    return "".join(char if char.isprintable() or char == ZWNJ else " " for char in plain)


def mask_phone(e164: str) -> str:
    """Hide the middle of a phone number, keeping at most six leading and four trailing characters."""
    hidden = max(len(e164) - 10, min(3, len(e164)))
    tail = min(4, max(len(e164) - hidden, 0))
    head = len(e164) - hidden - tail
    return e164[:head] + "•" * hidden + e164[len(e164) - tail :]
