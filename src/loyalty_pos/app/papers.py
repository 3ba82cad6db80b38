"""What goes on paper: finished records, every number already decided. `printing` only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRow:
    """A stamp card on a receipt: `have` of `needed`."""

    name: str
    have: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """An 80 mm receipt. All texts are ready to draw, in the shop's language and digits."""

    language: str  # "fa" draws right to left
    shop_name: str
    title: str
    date_text: str
    sale_text: str
    member_text: str = ""
    phone_text: str = ""
    lines: Sequence[tuple[str, str]] = ()  # goods, sums and rewards: what, how much
    paid_label: str
    paid_text: str
    saved_text: str = ""
    earned_title: str = ""
    earned: Sequence[tuple[str, str, str]] = ()  # what, how much, balance after
    notes: Sequence[str] = ()
    stamps: Sequence[StampRow] = ()
    stamp_counts: Sequence[str] = ()  # «۴ از ۸», one for each stamp row
    why: Sequence[str] = ()
    barcode: str = ""  # digits only
    barcode_text: str = ""
    footer: Sequence[str] = ()
    copy_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPaper:
    """A framed voucher for one right, with its code as bars and as text."""

    language: str
    shop_name: str
    for_text: str
    value_text: str
    condition_text: str
    barcode: str
    code_text: str  # Latin, XXXXXX-XXXXXX-XXXXXX
    expiry_text: str
    terms: Sequence[str] = ()
    copy_text: str = ""


Paper = ReceiptPaper | VoucherPaper
