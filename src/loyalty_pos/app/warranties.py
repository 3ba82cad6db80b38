"""Warranties: kept with the sale that gave them, and found again (product P14)."""

from collections.abc import Iterator

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.people import find_exactly
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.queries import Warranties
from loyalty_pos.app.records import Record, record_of
from loyalty_pos.app.sale_views import covered_views
from loyalty_pos.app.warranty_views import WarrantiesView, WarrantyView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.identifiers import read_receipt_barcode
from loyalty_pos.domain.keeping import Kept
from loyalty_pos.domain.text import latin_digits, search_key

FOUND_AT_MOST = 50


def note_warranties(desk: Desk, record: Record, sale: int, contact: str) -> None:
    """Remember that a sale gave a warranty, and whom to find it under."""
    if record.get("warranties"):
        key = _contact_key(desk, contact) if contact else ""
        desk.store.warranties.add(sale, contact, key)


def end_warranties(desk: Desk, sale: SaleRow, kept: Kept) -> None:
    """Forget whom a warranty is found under when all it covered came back."""
    covered = record_of(sale).get("warranties", ())
    if covered and not any(kept.quantities[number] for _, number, *_ in covered):
        desk.store.warranties.forget(sale.posting)


def warranties(desk: Desk, query: Warranties) -> WarrantiesView:
    """Find warranties, newest first, by a receipt or sale number, a member, or a contact left for them."""
    text = text_field("text", query.text, 200)
    found = {row.posting: row for row in _sales_meant(desk, text) if not row.voided}
    newest = sorted(found.values(), key=lambda row: -row.posting)[:FOUND_AT_MOST]
    return WarrantiesView(warranties=tuple(one for row in newest for one in _views(desk, row)))


def _sales_meant(desk: Desk, text: str) -> Iterator[SaleRow]:
    sales, typed = desk.store.sales, latin_digits(text).strip()
    yield from sales.by_receipt(typed)
    number = read_receipt_barcode(typed)
    if number is None and typed.isdecimal():
        number = int(typed)
    for row in (sales.by_id(text), sales.by_number(number) if number is not None else None):
        if row is not None:
            yield row
    member = find_exactly(desk, text)
    keys = list(desk.store.warranties.under(_contact_key(desk, text)))
    if member is not None:
        keys += desk.store.warranties.of_member(member.id)
    for key in keys:
        row = sales.by_id(key)
        assert row is not None
        yield row


def _views(desk: Desk, row: SaleRow) -> Iterator[WarrantyView]:
    record, today = record_of(row), desk.now().business_day
    buyer = desk.store.members.get(row.member) if row.member is not None else None
    for one in covered_views(record, row.refund_record):
        yield WarrantyView(
            sale_id=row.sale_id,
            number=row.number,
            receipt_no=record["receipt_no"],
            business_day=row.business_day,
            sku=one.sku,
            text=one.text,
            quantity=one.quantity,
            until_day=one.until_day,
            over=one.until_day < today,
            member=buyer.ref if buyer else None,
            member_name=buyer.name if buyer else "",
            contact=desk.store.warranties.contact(row.posting),
        )


def _contact_key(desk: Desk, contact: str) -> str:
    return desk.shop.phone(contact) or search_key(contact)
