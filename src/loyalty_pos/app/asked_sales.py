"""What a sale is asked to be: its goods or amount, and what cashier and member chose."""

from typing import Any

from loyalty_pos.app.commands import ImportSale, QuoteSale, SaleLine
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.gift_cards import checked_sold
from loyalty_pos.app.people import voucher_lot
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import Basket, Choices, Line, checked
from loyalty_pos.domain.conditions import Buyer
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY


def earns_only(asked: QuoteSale) -> bool:
    """Whether a sale of the past earns and takes nothing off."""
    return isinstance(asked, ImportSale) and not asked.with_benefits


def choices_of(desk: Desk, asked: QuoteSale, member: MemberRow | None) -> Choices:
    """Read what cashier and member chose; raises Rejection and InvalidRequest naming the field."""
    use = asked.use
    credit: Any = use.credit_minor
    if credit not in (None, "all"):
        credit = checked(credit, "use.credit_minor", 0, MAX_AMOUNT)
    points = None if use.points is None else checked(use.points, "use.points", 0, MAX_AMOUNT)
    for key in (*use.decline, *use.accept, *asked.counts, *use.free_lines):
        desk.book.newest_named(key)
    for key, count in asked.counts.items():
        checked(count, f"counts.{key}", 0, MAX_QUANTITY)
    if asked.counts and asked.amount_minor is None:
        raise InvalidRequest("counts", "only_with_an_amount")
    for key, line in use.free_lines.items():
        checked(line, f"use.free_lines.{key}", 1, max(1, len(asked.lines)))
    if use.vouchers and member is None:
        raise Rejection("no_member_to_use")
    lots = {voucher_lot(desk, text, member) for text in use.vouchers} if member is not None else set()
    return Choices(
        credit_minor=credit,
        points=points,
        decline=frozenset(use.decline),
        accept=frozenset(use.accept),
        counts=dict(asked.counts),
        free_lines=dict(use.free_lines),
        vouchers=frozenset(lots),
        lenient=use.lenient,
        earn_only=earns_only(asked),
        on_account=asked.on_account,
    )


def basket_of(desk: Desk, asked: QuoteSale) -> Basket:
    """Read what is sold: an amount, goods, gift cards; raises Rejection and InvalidRequest."""
    stored = sum(face * count for face, count in checked_sold(asked))
    if asked.amount_minor is not None and asked.lines:
        raise InvalidRequest("amount_minor", "amount_or_lines")
    if asked.amount_minor is not None:
        amount = checked(asked.amount_minor, "amount_minor", 0, MAX_AMOUNT)
        line = Line("", 1, amount, tax_bp=desk.shop.tax_in_price(None))
        return Basket((line,), amount_mode=True, stored_minor=stored)
    if not asked.lines and not stored:
        raise InvalidRequest("amount_minor", "amount_or_lines")
    lines = tuple(_line(desk, number, line) for number, line in enumerate(asked.lines, 1))
    return Basket(lines, stored_minor=stored)


def _line(desk: Desk, number: int, line: SaleLine) -> Line:
    quantity, price = line.quantity, line.unit_price_minor
    if type(quantity) is not int or not 1 <= quantity <= MAX_QUANTITY:
        checked(quantity, f"lines.{number - 1}.quantity", 1, MAX_QUANTITY)
    if line.sku is None:
        if price is None:
            raise InvalidRequest(f"lines.{number - 1}.unit_price_minor", "missing")
        text = text_field(f"lines.{number - 1}.text", line.text or "", 80, empty=True)
        return Line(text, quantity, price, line.discount_minor, tax_bp=desk.shop.tax_in_price(None))
    product = desk.store.shops.product(text_field(f"lines.{number - 1}.sku", line.sku, 64))
    if product is None:
        raise Rejection("unknown_product", sku=line.sku, line=number)
    return Line(
        text=product.name,
        quantity=quantity,
        unit_price_minor=product.price_minor if price is None else price,
        till_discount_minor=line.discount_minor,
        sku=product.sku,
        group=product.group,
        earns=product.earns,
        tax_bp=desk.shop.tax_in_price(product.tax_bp),
        cost_minor=product.cost_minor,
        sale_from=product.sale_from,
        early_for=product.early_for,
    )


def refuse_early(basket: Basket, buyer: Buyer | None, day: str) -> None:
    """Raise Rejection `not_on_sale_yet` for goods that are not for this buyer before their day."""
    for number, line in enumerate(basket.lines, 1):
        if line.sale_from is None or line.sale_from <= day:
            continue
        holds = {*buyer.standings, buyer.tier} if buyer is not None else set()
        if not holds & set(line.early_for):
            raise Rejection(
                "not_on_sale_yet", sku=line.sku or "", name=line.text, day=line.sale_from, line=number
            )
