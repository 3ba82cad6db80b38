"""Warranties as people and programs read them."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyView:
    """Goods of one sale under warranty up to a day, that day included; `over` when it is past."""

    sale_id: str
    number: int
    receipt_no: str | None
    business_day: str
    sku: str | None
    text: str
    quantity: int
    until_day: str
    over: bool
    member: str | None = None
    member_name: str = ""
    contact: str = ""  # a phone or name left with a sale without a member


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantiesView:
    warranties: tuple[WarrantyView, ...]
