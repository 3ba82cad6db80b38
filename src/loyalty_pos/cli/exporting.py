"""`loyalty-pos export WHAT FILE`: the shop's lists as tables that open in a spreadsheet and import again."""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.list_views import MemberRecordView, SaleRecordView
from loyalty_pos.app.pacing import Pace, Tell
from loyalty_pos.app.phones import dialled_phone, region_of
from loyalty_pos.app.queries import MembersPage, Products, SalesPage, Shop
from loyalty_pos.app.views import ProductView, ShopView
from loyalty_pos.cli.columns import Columns, listed
from loyalty_pos.cli.door import OpenShop
from loyalty_pos.cli.importing import shop_at
from loyalty_pos.cli.members_file import COMPANY, GENDERS, INDIVIDUAL, MEMBER_COLUMNS, join_list
from loyalty_pos.cli.products_file import PRODUCT_COLUMNS
from loyalty_pos.cli.reading import said_yes
from loyalty_pos.cli.sales_file import SALE_COLUMNS
from loyalty_pos.cli.sheets import Cell, Phone, Plain, Sheet, write_sheet
from loyalty_pos.domain.dates import to_jalali
from loyalty_pos.domain.lazy import dataclass

_ITEM_LENGTH = SALE_COLUMNS.longest["item"]

Column = tuple[str, Callable[[Any], Cell]]


def export(
    arguments: argparse.Namespace, open_shop: OpenShop, languages: Languages, answers: BinaryIO
) -> None:
    """Write one of the shop's lists into a file and tell how many rows it has."""
    with shop_at(arguments.shop, open_shop) as service:
        shop = service.ask(Shop())
        language = languages[shop.language].with_shop(shop)
        count = write_list(arguments.what, arguments.file, service, language)
    if arguments.json:
        told = json.dumps({"rows": count, "file": str(arguments.file)}, ensure_ascii=False)
    else:
        told = told_written(arguments.file, count, language)
    answers.write((told + "\n").encode())
    answers.flush()


def write_list(what: str, file: Path, service: Any, language: Language, tell: Tell | None = None) -> int:
    """Write one of the shop's lists and return how many rows it has; `language` knows the shop.

    Raises Rejection `stopped` when called off, and then the file is as it was.
    """
    sheet = _SHEETS[what](service, Hand(service.ask(Shop()), language))
    pace = Pace(tell)
    pace.begin(0)
    return write_sheet(file, replace(sheet, rows=pace.along(sheet.rows)))


def told_written(file: Path, count: int, language: Language) -> str:
    """Say how many rows went where."""
    where = language.isolate(str(file)) if language.rtl else str(file)
    return language.n("{count} row written to {file}.", "{count} rows written to {file}.", count, file=where)


@dataclass(frozen=True)
class Hand:
    """How a shop writes what stands in a cell, and the titles above."""

    shop: ShopView
    language: Language

    def column(self, columns: Columns, role: str, cell: Callable[[Any], Cell]) -> Column:
        return columns.title(role, self.language), cell

    def priced(self, title: str, minor: Callable[[Any], int | None]) -> Column:
        """Make a column of money; its title names the unit, so that no reader has to guess."""

        def cell(record: Any) -> Cell:
            amount = minor(record)
            return None if amount is None else self.money(amount)

        return f"{title} ({self.language.money_unit()})", cell

    def money(self, minor: int) -> int | Decimal:
        """Give an amount in display units, exactly."""
        per_unit = self.language.minor_per_unit
        places = self.language.decimals or (1 if minor % per_unit else 0)
        return Decimal(minor).scaleb(-places) if places else minor // per_unit

    def dated(self, title: str, day: Callable[[Any], str | None]) -> list[Column]:
        """Make a column of ISO days, and where the shop lives by another calendar one in that."""

        def iso(record: Any) -> Cell:
            return Plain(day(record) or "")

        def jalali(record: Any) -> Cell:
            found = day(record)
            return Plain("{}/{:02d}/{:02d}".format(*to_jalali(found))) if found else None

        if self.shop.calendar == "gregorian":
            return [(title, iso)]
        return [(title, iso), (self.language.t("{title}, Jalali", title=title), jalali)]

    def phone(self, e164: str | None) -> Cell:
        if e164 is None:
            return None
        digits, grouped = dialled_phone(e164, region_of(self.shop.currency, self.shop.time_zone))
        return Phone(digits, grouped)

    def sheet(self, title: str, columns: Sequence[Column], records: Iterable[Any]) -> Sheet:
        return Sheet(
            title=title,
            right_to_left=self.language.rtl,
            heading=[title for title, _ in columns],
            rows=([cell(record) for _, cell in columns] for record in records),
        )


def _members(service: Any, hand: Hand) -> Sheet:
    t = hand.language.t
    column = partial(hand.column, MEMBER_COLUMNS)
    birthday = MEMBER_COLUMNS.title("birthday", hand.language)
    kinds = {kind: listed(names, hand.language)[0] for kind, names in _KINDS.items()}
    genders = {str(gender): listed(names, hand.language)[0] for gender, names in GENDERS.items()}

    def kind(member: MemberRecordView) -> Cell:
        return kinds[member.member_kind]

    def gender(member: MemberRecordView) -> Cell:
        return None if member.gender == "unknown" else genders[member.gender]

    columns: list[Column] = [
        column("phone", lambda m: hand.phone(m.phone)),
        column("card", lambda m: m.cards[0] if m.cards else None),
        column("name", lambda m: m.name),
        *hand.dated(birthday, lambda m: m.birthday),
        column("gender", gender),
        column("city", lambda m: m.city),
        column("tags", lambda m: join_list(m.tags)),
        column("interests", lambda m: join_list(m.interests)),
        column("consent", lambda m: said_yes(m.consent, hand.language)),
        column("kind", kind),
        (t("further cards"), lambda m: " ".join(m.cards[1:])),
        (t("note"), lambda m: m.note),
        (t("member id"), lambda m: m.member),
        *hand.dated(t("member since"), lambda m: m.enrolled_day),
        (t("visits"), lambda m: m.visits),
        hand.priced(t("spent"), lambda m: m.spend_minor),
        *hand.dated(t("last visit"), lambda m: m.last_visit_day),
        # Named so that nobody who reads the list in again opens these balances a second time.
        (t("points now"), lambda m: m.points),
        hand.priced(t("credit now"), lambda m: m.credit_minor),
        (t("rewards ready"), lambda m: m.rewards),
    ]
    return hand.sheet(t("List of members"), columns, _paged(service, MembersPage, "members"))


def _products(service: Any, hand: Hand) -> Sheet:
    column = partial(hand.column, PRODUCT_COLUMNS)

    def title(role: str) -> str:
        return PRODUCT_COLUMNS.title(role, hand.language)

    def tax(product: ProductView) -> Cell:
        return None if product.tax_bp is None else Decimal(product.tax_bp).scaleb(-2)

    columns: list[Column] = [
        column("sku", lambda p: p.sku),
        column("name", lambda p: p.name),
        hand.priced(title("price"), lambda p: p.price_minor),
        column("group", lambda p: p.group),
        column("barcode", lambda p: p.barcode),
        hand.priced(title("cost"), lambda p: p.cost_minor),
        (f"{title('tax')} (%)", tax),
        column("earns", lambda p: said_yes(p.earns, hand.language)),
        *hand.dated(title("sale_from"), lambda p: p.sale_from),
        column("early_for", lambda p: join_list(p.early_for)),
    ]
    return hand.sheet(hand.language.t("List of products"), columns, service.ask(Products()).products)


def _sales(service: Any, hand: Hand) -> Sheet:
    t = hand.language.t
    zone = ZoneInfo(hand.shop.time_zone)
    column = partial(hand.column, SALE_COLUMNS)

    def when(sale: SaleRecordView) -> Cell:
        return Plain(f"{datetime.fromtimestamp(sale.at_ms / 1000, zone):%Y-%m-%d %H:%M:%S}")

    columns: list[Column] = [
        column("sale", lambda s: s.sale_id),
        column("when", when),
        *hand.dated(t("business day"), lambda s: s.business_day),
        (t("sale number"), lambda s: s.number),
        column("receipt", lambda s: s.receipt_no),
        column("phone", lambda s: hand.phone(s.phone)),
        column("card", lambda s: s.card),
        (t("name of the member"), lambda s: s.member_name),
        column("item", lambda s: _items(s, hand.language)),
        column("quantity", lambda s: sum(line.quantity for line in s.lines)),
        hand.priced(SALE_COLUMNS.title("amount", hand.language), lambda s: s.gross_minor - s.discount_minor),
        hand.priced(t("before discounts"), lambda s: s.gross_minor),
        hand.priced(t("discount"), lambda s: s.discount_minor),
        hand.priced(t("with credit"), lambda s: s.paid_by.credit_minor),
        hand.priced(t("with points"), lambda s: s.paid_by.points_minor),
        hand.priced(t("left to pay"), lambda s: s.due_minor),
        (t("points earned"), lambda s: s.earned.points),
        hand.priced(t("credit earned"), lambda s: s.earned.credit_minor),
        column("voided", lambda s: said_yes(s.voided, hand.language)),
        (t("till"), lambda s: s.till),
    ]
    return hand.sheet(t("List of sales"), columns, _paged(service, SalesPage, "sales"))


def _items(sale: SaleRecordView, language: Language) -> str:
    """Say in one cell what was sold: one name, or each with its pieces."""
    names: dict[str, int] = {}
    for line in sale.lines:
        names[line.text] = names.get(line.text, 0) + line.quantity
    if len(names) == 1:
        return next(iter(names))
    mark = "\u060c " if language.rtl else ", "
    told = mark.join(f"{name} \u00d7{language.digits(str(pieces))}" for name, pieces in names.items())
    return told if len(told) <= _ITEM_LENGTH else told[: _ITEM_LENGTH - 1] + "\u2026"


def _paged(service: Any, page: Any, name: str) -> Iterator[Any]:
    after: int | None = 0
    while after is not None:
        found = service.ask(page(after=after))
        yield from getattr(found, name)
        after = found.next


_KINDS: Mapping[str, str] = {"individual": INDIVIDUAL, "company": COMPANY}
_SHEETS: Mapping[str, Callable[[Any, Hand], Sheet]] = {
    "members": _members,
    "products": _products,
    "sales": _sales,
}
