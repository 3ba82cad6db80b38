"""A TrueType font that is drawn shaped, embedded as a subset and found again by a text search."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import ShapeData, TTFont

from loyalty_pos.domain.lazy import dataclass

# Codes of our own, outside everything a shop can type: one for each glyph and the text it stands for.
_FIRST_CODE = 0xF0000
_CROWDED = 20_000
_ENTRIES_AT_ONCE = 100  # the most a CMap section may hold


@dataclass(frozen=True, slots=True)
class Shaped:
    """Glyphs from left to right, as private codes with their placing in thousandths of the size."""

    codes: str
    places: tuple[Any, ...]
    width: int


class ShapedFont(TTFont):  # type: ignore[misc]  # reportlab tells no types
    """A font whose words HarfBuzz shapes and whose subsets reportlab makes.

    The same glyph may stand for different letters (a ligature, a joiner), so every pair of glyph and
    source text gets a private code; the map back to real text is written when the document ends.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=False)
        self._harfbuzz = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
        self._per_thousand: float = 1000 / self._harfbuzz.face.upem
        self._codes: dict[tuple[int, str], int] = {}
        self._texts: dict[int, str] = {}
        self.shape = lru_cache(maxsize=4096)(self._shape)

    @property
    def crowded(self) -> bool:
        """Whether so many odd letters went through that a fresh font is wiser."""
        return len(self._codes) > _CROWDED

    def _shape(self, text: str, rtl: bool) -> Shaped:
        """Shape one word of one direction; bracket mirroring included."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script = "Arab" if rtl else "Latn"
        buffer.language = "fa" if rtl else "en"
        uharfbuzz.shape(self._harfbuzz, buffer)
        sources = _sources([info.cluster for info in buffer.glyph_infos], text, rtl)
        codes: list[str] = []
        places: list[Any] = []
        width = 0
        for info, position, source in zip(buffer.glyph_infos, buffer.glyph_positions, sources, strict=True):
            code = self._code(info.codepoint, source)
            advance = self._scaled(position.x_advance)
            codes.append(chr(code))
            places.append(
                ShapeData(
                    len(places),
                    advance,
                    0,
                    self._scaled(position.x_offset),
                    self._scaled(position.y_offset),
                    self.face.charWidths[code],
                )
            )
            width += advance
        return Shaped("".join(codes), tuple(places), width)

    def _scaled(self, units: int) -> int:
        return round(units * self._per_thousand)

    def _code(self, glyph: int, source: str) -> int:
        if not glyph:
            source = "\ufffd"  # a letter the font doesn't have
        code = self._codes.get((glyph, source))
        if code is None:
            code = self._codes[glyph, source] = _FIRST_CODE + len(self._codes)
            self._texts[code] = source
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self._scaled(self._harfbuzz.get_glyph_h_advance(glyph))
        return code

    def source(self, code: int) -> str:
        """Say which letters a private code stands for, in the order they are drawn."""
        return self._texts.get(code, chr(code))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (reportlab calls it)
        """Embed the subsets, then write the real characters into their maps to Unicode."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            font = doc.idToObject["BasicFonts"].dict[name]
            doc.idToObject[font.ToUnicode.name].content = self._to_unicode(font.BaseFont, subset)

    def _to_unicode(self, name: str, subset: list[int]) -> str:
        entries = [
            f"<{at:02X}> <{self.source(code).encode('utf-16-be').hex().upper()}>"
            for at, code in enumerate(subset)
            if code
        ]
        sections = [entries[at : at + _ENTRIES_AT_ONCE] for at in range(0, len(entries), _ENTRIES_AT_ONCE)]
        body = "\n".join(
            "\n".join([f"{len(section)} beginbfchar", *section, "endbfchar"]) for section in sections
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
            f"/CMapName /{name} def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        )


def _sources(clusters: list[int], text: str, rtl: bool) -> list[str]:
    """Say for every glyph which letters it draws.

    Readers turn the glyphs of a right-to-left line around one by one, so the letters of one glyph
    are written backwards there.
    """
    ends = dict(zip(sorted(set(clusters)), [*sorted(set(clusters))[1:], len(text)], strict=True))
    sources = [text[cluster : ends[cluster]][:: -1 if rtl else 1] for cluster in clusters]
    # a letter drawn by several glyphs is told once, by the glyph that is read first
    told: set[int] = set()
    order = range(len(clusters) - 1, -1, -1) if rtl else range(len(clusters))
    for at in order:
        if clusters[at] in told:
            sources[at] = "\u200b"
        told.add(clusters[at])
    return sources
