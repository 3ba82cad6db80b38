"""Finished records in, PDF bytes out."""

from collections.abc import Callable, Sequence
from threading import Lock

from loyalty_pos.app.papers import CardPaper, Paper, ReceiptPaper, VoucherPaper
from loyalty_pos.app.report_papers import ReportPaper
from loyalty_pos.app.terms_paper import TermsPaper
from loyalty_pos.printing.card import card_pdf
from loyalty_pos.printing.receipt import receipt_pdf
from loyalty_pos.printing.report import report_pdf
from loyalty_pos.printing.shaped import forget_crowded_fonts
from loyalty_pos.printing.terms import terms_pdf
from loyalty_pos.printing.voucher import voucher_pdf

_one_at_a_time = Lock()  # fonts and their caches are shared by all documents


def render_vouchers(papers: Sequence[VoucherPaper], told: Callable[[int], object] | None = None) -> bytes:
    """Draw vouchers as one document, a page each; `told` hears how many are drawn."""
    with _one_at_a_time:
        forget_crowded_fonts()
        return voucher_pdf(*papers, told=told)


def render_report(paper: ReportPaper) -> bytes:
    """Draw a report on as many A4 pages as it needs."""
    with _one_at_a_time:
        forget_crowded_fonts()
        return report_pdf(paper)


def render_terms(paper: TermsPaper) -> bytes:
    """Draw the club's terms on A4."""
    with _one_at_a_time:
        forget_crowded_fonts()
        return terms_pdf(paper)


def render(paper: Paper) -> bytes:
    """Draw a receipt or a voucher as one page as long as its content, a member card as front and back.

    The same record always gives the same bytes. Any text may hold anything; `barcode` must be ASCII
    digits, else `ValueError`.
    """
    with _one_at_a_time:
        forget_crowded_fonts()
        if isinstance(paper, CardPaper):
            return card_pdf(paper)
        return receipt_pdf(paper) if isinstance(paper, ReceiptPaper) else voucher_pdf(paper)
