"""What a sale is asked to be: its goods or amount, and what cashier and member chose.

Whoever asks is not believed: here is where what makes no sense is refused, naming its field.
"""

from collections.abc import Mapping
from typing import Any

from loyalty_pos.app.codes import checked_codes
from loyalty_pos.app.commands import ImportSale, QuoteSale, RecordSale, SaleLine
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.gift_cards import checked_cards, checked_sold
from loyalty_pos.app.people import the_member, voucher_lot
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import Basket, Choices, Line, checked
from loyalty_pos.domain.conditions import Buyer, Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import latin_digits

LATEST_MS = 7_258_118_400_000
"""The beginning of the year 2200: calendars beyond it are a guess."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in the one form that is hashed, and the member it names."""

    form: Mapping[str, Any]
    """Its names in alphabetical order, so that it is written the one way it is hashed."""
    member: MemberRow | None
    contact: str = ""

    @property
    def whole(self) -> Mapping[str, Any]:
        """Everything asked for; a price asks less."""
        return {**self.form, "contact": self.contact} if self.contact else self.form

    @property
    def hashed(self) -> bytes:
        return request_hash(self.whole)


def normalised(desk: Desk, asked: QuoteSale) -> Asked:
    """Bring a request to the one form that is hashed: without time, fingerprint and spelling (rules 8)."""
    use = asked.use
    receipt = None if asked.receipt_no is None else text_field("receipt_no", asked.receipt_no, 64)
    member = None if asked.member is None else the_member(desk, asked.member)
    # Left out where there are none: a sale of an older program asked again must hash as it did.
    codes: dict[str, Any] = {"codes": checked_codes(desk, use.codes)} if use.codes else {}
    cards = {"gift_cards": checked_cards(desk, use.gift_cards)} if use.gift_cards else {}
    accept = {"accept": sorted(use.accept)} if use.accept else {}
    sells = {"sells": checked_sold(asked)} if asked.sells else {}
    if asked.on_account and member is None:
        raise Rejection("on_account_needs_member")
    if asked.on_account and asked.sells:
        raise Rejection("gift_cards_on_account")
    later = {"on_account": True} if asked.on_account else {}
    form = {
        "amount_minor": asked.amount_minor,
        "counts": dict(sorted(asked.counts.items())),
        "earn_only": earns_only(asked),
        "lines": [
            [line.sku, line.text, line.quantity, line.unit_price_minor, line.discount_minor]
            for line in asked.lines
        ],
        "member": member.ref if member else None,
        **later,
        "receipt_no": latin_digits(receipt) if receipt else None,
        **sells,
        "use": {
            **accept,
            **codes,
            "credit_minor": use.credit_minor,
            "decline": sorted(use.decline),
            "free_lines": dict(sorted(use.free_lines.items())),
            **cards,
            "lenient": use.lenient,
            "points": use.points,
            "vouchers": sorted(use.vouchers),
        },
    }
    return Asked(form, member, _contact(asked))


def _contact(asked: QuoteSale) -> str:
    given = asked.contact if isinstance(asked, RecordSale) else None
    return text_field("contact", given or "", 80, empty=True)


def moment_of(desk: Desk, command: ImportSale) -> Moment:
    """Return when a sale of the past was; raises InvalidRequest for no time at all."""
    return desk.shop.moment(checked(command.at_ms, "at_ms", 0, LATEST_MS))


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
