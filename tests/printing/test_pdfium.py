"""Every paper in the other great PDF reader, the one in browsers: it opens, looks and reads the same."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from loyalty_pos.printing.papers import render, render_report
from tests.printing import readers, samples
from tests.printing.test_report import paper, table

SCALE = 2
DARK = 245
NEAR = 3
"""How far the edges of thin ink may differ, in dots."""
LETTERS = re.compile(r"[^\W\d_]{2,}")
PAPERS = {
    **{name: render(one) for name, one in samples.NARROW.items()},
    "card-fa": render(samples.CARD_FA),
    "card-en": render(samples.CARD_EN),
    "card-long": render(samples.LONG_CARD),
    "report": render_report(paper(table(80), table(0, "خالی"))),
}


@contextmanager
def opened(pdf: bytes) -> Iterator[QPdfDocument]:
    source, document = QBuffer(), QPdfDocument()
    source.setData(QByteArray(pdf))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(source)
    yield document
    document.close()


def inked(document: QPdfDocument, page: int) -> tuple[int, int, int, int]:
    """Draw a page on white and say where the ink is: left, top, right, bottom; in dots."""
    points = document.pagePointSize(page)
    drawn = QImage(
        round(SCALE * points.width()), round(SCALE * points.height()), QImage.Format.Format_Grayscale8
    )
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.drawImage(0, 0, document.render(page, drawn.size()))
    painter.end()
    size, dots = (drawn.width(), drawn.height()), bytes(drawn.constBits())
    image = Image.frombytes("L", size, dots, "raw", "L", drawn.bytesPerLine())
    return readers.ink(image.point(lambda shade: 255 if shade > DARK else 0))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_opens_with_the_same_pages_and_the_same_words(qapp: QApplication, name: str) -> None:
    pdf = PAPERS[name]
    with opened(pdf) as document:
        assert document.error() is QPdfDocument.Error.None_
        assert document.pageCount() == len(readers.boxes(pdf))
        said = " ".join(document.getAllText(page).text() for page in range(document.pageCount()))
    wanted = set(LETTERS.findall(readers.text(pdf)))
    assert wanted
    assert wanted - set(LETTERS.findall(said)) == set()


@pytest.mark.parametrize("name", PAPERS)
def test_ink_stands_where_the_other_reader_puts_it(qapp: QApplication, name: str) -> None:
    pdf = PAPERS[name]
    with opened(pdf) as document:
        for page in range(document.pageCount()):
            sides = zip(
                inked(document, page), readers.ink(readers.picture(pdf, 72 * SCALE, page + 1)), strict=True
            )
            assert all(abs(ours - theirs) <= NEAR for ours, theirs in sides), page
