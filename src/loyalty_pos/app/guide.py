"""The guide's pages as the window shows them: plain Markdown without what only a browser draws."""

import re
from pathlib import Path

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.resources import resources_dir

_PICTURE = re.compile(r"^!\[.*\]\(.*\)\n?", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_KEY = re.compile(r"<kbd>(.*?)</kbd>")
_FRAME = re.compile(r"^</?div.*>\n?", re.MULTILINE)


def guide_dir() -> Path:
    """Find the guide: among the shipped files, or in the project beside the sources."""
    shipped = resources_dir() / "guide"
    return shipped if shipped.is_dir() else resources_dir().parent / "docs" / "guide"


def guide_page(name: str, code: LanguageCode) -> str:
    """Return a page as Markdown; empty when there is none."""
    path = guide_dir() / code / f"{name}.md"
    try:
        text = path.read_text("utf-8")
    except OSError:
        return ""
    for pattern, kept in ((_FRAME, ""), (_PICTURE, ""), (_LINK, r"\1"), (_KEY, r"`\1`")):
        text = pattern.sub(kept, text)
    return text.strip()
