"""What goes on paper: finished records, every number already decided. `printing` only draws them."""

from collections.abc import Sequence
from typing import Literal

from loyalty_pos.domain.lazy import dataclass

WIDE_DOTS, NARROW_DOTS = 576, 384  # what 80 mm and 58 mm printers print at 203 dpi: 72 mm, 48 mm


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRow:
    """A stamp card on a receipt: `have` of `needed`."""

    name: str
    have: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A receipt. All texts are ready to draw, in the shop's language and digits."""

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
    width_dots: int = WIDE_DOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPaper:
    """A framed voucher for one right, with its code for scanners and as text."""

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
    width_dots: int = WIDE_DOTS
    letters: str = ""  # a long code of capital letters and digits, drawn as a QR code instead of the bars


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaper:
    """A member card in the size of a bank card, front and back.

    With `bleed` the colour reaches over the edge that is cut off, for a print shop; without, the page is
    the card itself, for a card printer.
    """

    language: str
    club_text: str
    under_text: str = ""  # a second, smaller line under the club's name
    member_text: str
    number_text: str  # Latin digits, grouped for reading
    tier_text: str = ""
    barcode: str  # digits only
    return_text: str
    bleed: bool = True


CardSheetKind = Literal["cards", "labels"]
"""How members' cards are put on A4: to be cut out, or as labels to stick on."""
Paper = ReceiptPaper | VoucherPaper | CardPaper
