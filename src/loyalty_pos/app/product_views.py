"""Goods as people and programs read them."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductView:
    sku: str
    name: str
    price_minor: int
    group: str | None = None
    barcode: str | None = None
    cost_minor: int | None = None
    tax_bp: int | None = None
    earns: bool = True
    sale_from: str | None = None  # the day from which everybody may buy it
    early_for: tuple[str, ...] = ()  # levels, memberships and contracts that may buy it before


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsView:
    products: tuple[ProductView, ...]
