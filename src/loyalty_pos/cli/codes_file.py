"""Codes just issued, as a table: the only place they are kept outside of the paper they are printed on."""

from pathlib import Path

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli.exporting import Column, Hand
from loyalty_pos.cli.sheets import write_sheet


def write_codes(path: Path, codes: CodesView, shop: ShopView, language: Language) -> int:
    """Write codes as CSV or XLSX, as the file's ending says, and return how many; raises Fault."""
    hand, t = Hand(shop, language), language.t
    columns: list[Column] = [(t("Code"), lambda code: code.code)]
    if any(code.barcode for code in codes.codes):
        columns.append((t("Barcode"), lambda code: code.barcode))
    columns.append((t("Programme"), lambda code: codes.programme_name))
    if codes.member is not None:
        columns.append((t("Member"), lambda code: codes.member_name))
    if codes.expires_on is not None:
        columns += hand.dated(t("Good until"), lambda code: codes.expires_on)
    return write_sheet(path, hand.sheet(t("Codes"), columns, codes.codes))
