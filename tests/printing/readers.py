"""Reads a PDF back as a printer, a scanner and a reader would; missing tools are an error, not a skip."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from unicodedata import bidirectional
from xml.etree import ElementTree

from PIL import Image, ImageChops

_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def picture(pdf: bytes, dpi: int = 203, page: int = 1) -> Image.Image:
    """Render a page as a receipt printer does: black or white."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        _run(
            "pdftoppm", "-mono", "-r", str(dpi), "-f", str(page), "-singlefile", source, Path(folder, "page")
        )
        with Image.open(Path(folder, "page.pbm")) as image:
            return image.convert("L")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Say where the black dots are: left, top, right, bottom."""
    box = ImageChops.invert(image).getbbox()
    assert box is not None
    return box


def scan(image: Image.Image) -> str:
    """Read the one barcode of a picture."""
    return scan_as("code128", image)


def scan_as(kind: str, image: Image.Image) -> str:
    """Read the one code of a kind, `code128` or `qrcode`, in a picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        image.save(path)
        return _run("zbarimg", "-q", "--raw", "-Sdisable", f"-S{kind}.enable", path).strip()


def text(pdf: bytes) -> str:
    """Extract the text, in reading order, without the extractor's own direction marks."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        return _CONTROLS.sub("", _run("pdftotext", "-enc", "UTF-8", source, "-"))


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: bytes, page: int = 1) -> tuple[list[Word], tuple[float, float]]:
    """Find every word of a page with its place, and the page's size; in points from the top left.

    The extractor lists the letters of a word from left to right; Persian words are turned around.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        found_pages = _run("pdftotext", "-enc", "UTF-8", "-bbox", source, "-")
    leaf = ElementTree.fromstring(found_pages).findall(".//{*}page")[page - 1]
    found = [
        Word(
            _read(_CONTROLS.sub("", word.text or "")),
            *(float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")),
        )
        for word in leaf.iterfind("{*}word")
    ]
    return found, (float(leaf.attrib["width"]), float(leaf.attrib["height"]))


def _read(word: str) -> str:
    return word[::-1] if any(bidirectional(char) in ("R", "AL") for char in word) else word


def fonts(pdf: bytes) -> list[tuple[str, str, str, str]]:
    """List the fonts: name, embedded, subset, has a map to Unicode."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        rows = [row.split() for row in _run("pdffonts", source).splitlines()[2:]]
    return [(row[0], row[-5], row[-4], row[-3]) for row in rows]


def boxes(pdf: bytes) -> list[dict[str, tuple[float, ...]]]:
    """List the boxes of every page in points: left, bottom, right, top."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        rows = re.findall(
            r"Page +(\d+) (\w+Box): +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)",
            _run("pdfinfo", "-box", "-f", "1", "-l", "99", source),
        )
    pages: dict[str, dict[str, tuple[float, ...]]] = {}
    for page, name, *sides in rows:
        pages.setdefault(page, {})[name] = tuple(map(float, sides))
    return list(pages.values())
