"""The goods of a sale put into words and rows."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.views import LineView, ProductView
from loyalty_pos.ui.counter.state import CounterState, Item
from loyalty_pos.ui.widgets.candidate_list import Candidate
from loyalty_pos.ui.widgets.line_list import LineRow


def found_goods(product: ProductView, language: Language) -> Candidate:
    """Goods in a list: name, group and price."""
    parts = [language.name(product.group)] if product.group else []
    parts.append(language.money(product.price_minor))
    return Candidate(
        key=product.sku,
        name=language.name(product.name),
        initial=product.name.strip()[:1],
        detail=" · ".join(parts),
    )


def line_rows(state: CounterState, language: Language) -> tuple[LineRow, ...]:
    """The lines on the counter, with what the price of now says about each."""
    priced = state.quote.lines if state.quote and state.fresh else ()
    return tuple(
        _line_row(number, item, priced[number] if number < len(priced) else None, language)
        for number, item in enumerate(state.items)
    )


def _line_row(number: int, item: Item, priced: LineView | None, language: Language) -> LineRow:
    product = item.product
    parts = [language.name(product.group)] if product.group else []
    parts.append(language.money(product.price_minor, unit=False))
    off = language.money(-priced.discount_minor, unit=False) if priced and priced.discount_minor else ""
    free = priced.free_quantity if priced else 0
    if free and item.quantity > 1:
        chip = language.n("{count} free", "{count} free", free)
    else:
        chip = language.t("free") if free else ""
    return LineRow(
        number=language.number(number + 1),
        name=language.name(product.name),
        detail=" · ".join(parts),
        quantity=language.t("× {count}", count=language.number(item.quantity)),
        amount=language.money(priced.gross_minor, unit=False) if priced else "…",
        off=off,
        chip=chip,
        stamps=language.n("{count} stamp", "{count} stamps", priced.stamps)
        if priced and priced.stamps
        else "",
    )
