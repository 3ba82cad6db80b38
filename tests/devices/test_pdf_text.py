"""A PDF's text is read back as a reader's search sees it."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.devices.pdf_text import read_text


def test_the_text_of_every_page_is_read() -> None:
    made = BytesIO()
    canvas = Canvas(made)
    for words in ("first slip", "second slip"):
        canvas.drawString(72, 72, words)
        canvas.showPage()
    canvas.save()
    assert read_text(made.getvalue()).split("\n") == ["first slip", "second slip"]


def test_what_is_no_pdf_has_no_text() -> None:
    assert read_text(b"not a PDF") == ""
