"""The shop's settings, goods, programmes and sales on disk."""

from collections.abc import Mapping, Sequence
from json import dumps, loads
from typing import Any

from peewee import JOIN, SQL, DatabaseError, fn

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.app.ports import NewSale, ProgrammeRow, SaleRow
from loyalty_pos.app.views import ShopView
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, compiled, inserting, slot
from loyalty_pos.store.families import of_family, survivor_of
from loyalty_pos.store.sale_finding import SaleFinding

_SHOP = compiled(m.Shop.select)
_INSERT_SHOP = inserting(m.Shop)
_EDIT_SHOP = compiled(
    lambda: m.Shop.update(
        {
            m.Shop.name: slot(),
            m.Shop.calendar: slot(),
            m.Shop.language: slot(),
            m.Shop.day_ends_hour: slot(),
            m.Shop.tax_bp: slot(),
            m.Shop.earn_on_tax: slot(),
        }
    )
)
_PRODUCT = compiled(lambda: m.Product.select().where(m.Product.sku == slot()))
_PRODUCTS = compiled(lambda: m.Product.select().order_by(m.Product.sku))
_PRODUCT_BY_BARCODE = compiled(lambda: m.Product.select().where(m.Product.barcode == slot()))
_PUT_PRODUCT = inserting(m.Product).replace("INSERT", "INSERT OR REPLACE", 1)

_REVISION_FIELDS = (
    m.Programme.id,
    m.Programme.key,
    m.Programme.kind,
    m.Revision.id,
    m.Revision.number,
    m.Revision.name,
    m.Revision.params,
    m.Revision.conditions,
    m.Programme.live,
)


def _revisions() -> Any:
    return m.Revision.select(*_REVISION_FIELDS).join(m.Programme, on=(m.Programme.id == m.Revision.programme))


_LIVE = compiled(lambda: _revisions().where(m.Programme.live == m.Revision.id).order_by(m.Programme.id))
_REVISION = compiled(lambda: _revisions().where(m.Revision.id == slot()))
_LATEST = compiled(
    lambda: _revisions().where(m.Programme.key == slot()).order_by(m.Revision.number.desc()).limit(slot())
)
_LATER = m.Revision.alias("later")
_NEWEST = compiled(
    lambda: (
        _revisions()
        .where(
            m.Revision.number
            == _LATER.select(fn.MAX(_LATER.number)).where(_LATER.programme == m.Revision.programme)
        )
        .order_by(m.Programme.id)
    )
)
_LAST_PROGRAMME = compiled(lambda: m.Programme.select(fn.MAX(m.Programme.id)))
_LAST_REVISION = compiled(lambda: m.Revision.select(fn.MAX(m.Revision.id)))
_INSERT_PROGRAMME = inserting(m.Programme)
_INSERT_REVISION = inserting(m.Revision)
_SWITCH = compiled(lambda: m.Programme.update({m.Programme.live: slot()}).where(m.Programme.key == slot()))

_AttachPosting, _RefundPosting = m.Posting.alias(), m.Posting.alias()
_SALE_FIELDS = (
    m.Sale.posting,
    m.Sale.sale_id,
    m.Sale.number,
    survivor_of(m.Sale.member),
    m.Posting.record,
    m.Posting.at_ms,
    m.Posting.business_day,
    m.Posting.till,
    m.Posting.actor,
    m.Posting.request_hash,
    m.Voided.posting,
    survivor_of(m.Attached.member),
    m.Attached.posting,
    _AttachPosting.record,
    _RefundPosting.select(_RefundPosting.record)
    .join(m.Refund, on=(m.Refund.posting == _RefundPosting.seq))
    .where(m.Refund.sale == m.Sale.posting)
    .order_by(m.Refund.posting.desc())
    .limit(SQL("1")),
)


def sales_query() -> Any:
    return (
        m.Sale.select(*_SALE_FIELDS)
        .join(m.Posting, on=(m.Posting.seq == m.Sale.posting))
        .switch(m.Sale)
        .join(m.Voided, JOIN.LEFT_OUTER, on=(m.Voided.sale == m.Sale.posting))
        .switch(m.Sale)
        .join(m.Attached, JOIN.LEFT_OUTER, on=(m.Attached.sale == m.Sale.posting))
        .join(_AttachPosting, JOIN.LEFT_OUTER, on=(_AttachPosting.seq == m.Attached.posting))
    )


_SALE_BY_ID = compiled(lambda: sales_query().where(m.Sale.sale_id == slot()))
_SALE_BY_NUMBER = compiled(lambda: sales_query().where(m.Sale.number == slot()))
_SALES_BY_RECEIPT = compiled(
    lambda: sales_query().where(m.Sale.receipt_no == slot()).order_by(m.Sale.posting.desc()).limit(slot())
)
_SAME_RECEIPT = compiled(
    lambda: sales_query().where(
        m.Sale.receipt_no == slot(),
        m.Sale.till == slot(),
        m.Sale.business_day == slot(),
        m.Voided.posting.is_null(),
    )
)
_RECENT = compiled(
    lambda: sales_query().where(m.Sale.till == slot()).order_by(m.Sale.posting.desc()).limit(slot())
)
_PAGE = compiled(lambda: sales_query().where(m.Sale.number > slot()).order_by(m.Sale.number).limit(slot()))
_OF_MEMBER = compiled(
    lambda: sales_query().where(
        of_family(m.Sale.member),
        m.Sale.business_day >= slot(),
        m.Sale.business_day <= slot(),
        m.Voided.posting.is_null(),
    )
)
# Sales of their own and sales attached later are asked for apart: each by its own index.
_ATTACHED_TO_MEMBER = compiled(
    lambda: sales_query().where(
        of_family(m.Attached.member),
        m.Sale.business_day >= slot(),
        m.Sale.business_day <= slot(),
        m.Voided.posting.is_null(),
    )
)
_COUNT_ATTACHED = compiled(
    lambda: (
        m.Attached.select(fn.COUNT(m.Attached.sale))
        .join(m.Sale, on=(m.Sale.posting == m.Attached.sale))
        .join(m.Voided, JOIN.LEFT_OUTER, on=(m.Voided.sale == m.Sale.posting))
        .where(of_family(m.Attached.member), m.Sale.business_day >= slot(), m.Voided.posting.is_null())
    )
)
_COUNT_OWN = compiled(
    lambda: (
        m.Sale.select(fn.COUNT(m.Sale.posting))
        .join(m.Voided, JOIN.LEFT_OUTER, on=(m.Voided.sale == m.Sale.posting))
        .where(of_family(m.Sale.member), m.Sale.business_day >= slot(), m.Voided.posting.is_null())
    )
)
_COUNT_OF_MEMBER = f"SELECT ({_COUNT_OWN}) + ({_COUNT_ATTACHED})"
_LAST_NUMBER = compiled(lambda: m.Sale.select(fn.MAX(m.Sale.number)))
_INSERT_SALE = inserting(m.Sale)
_INSERT_ATTACHED = inserting(m.Attached)
_INSERT_VOIDED = inserting(m.Voided)
_INSERT_REFUND = inserting(m.Refund)
_SALE_BY_POSTING = compiled(lambda: sales_query().where(m.Sale.posting == slot()))


_HISTORY = (
    "SELECT 1 FROM posting UNION ALL SELECT 1 FROM sqlite_sequence WHERE name = 'posting' AND seq > 0 LIMIT 1"
)


class ShopStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def shop(self) -> ShopView | None:
        row = self._execute(_SHOP, ()).fetchone()
        if row is None:
            self._prove_new()
            return None
        _, ref, name, currency, unit, calendar, zone, language, hour, inside, tax_bp, earns = row
        texts = (ref, name, currency, calendar, zone, language)
        if not all(type(text) is str for text in texts):  # what a damaged page holds instead of a shop
            raise ValueError("not a shop")
        return ShopView(
            shop=ref,
            name=name,
            currency=currency,
            display_unit=unit,
            calendar=calendar,
            time_zone=zone,
            language=language,
            day_ends_hour=hour,
            prices_include_tax=bool(inside),
            tax_bp=tax_bp,
            earn_on_tax=bool(earns),
        )

    def _prove_new(self) -> None:
        """Tell a file that waits for its shop from one that lost it: nothing may be founded in that one."""
        if self._execute(_HISTORY, ()).fetchone() is not None:
            raise DatabaseError("malformed: there is a history, and no shop that it is of")

    def create(self, shop: ShopView) -> None:
        values = (
            1,
            shop.shop,
            shop.name,
            shop.currency,
            shop.display_unit,
            shop.calendar,
            shop.time_zone,
            shop.language,
            shop.day_ends_hour,
            int(shop.prices_include_tax),
            shop.tax_bp,
            int(shop.earn_on_tax),
        )
        self._execute(_INSERT_SHOP, values)

    def edit(self, shop: ShopView) -> None:
        """Keep the settings that may change in a shop's life."""
        values = (shop.name, shop.calendar, shop.language, shop.day_ends_hour)
        self._execute(_EDIT_SHOP, (*values, shop.tax_bp, int(shop.earn_on_tax)))

    def put_product(self, product: PutProduct) -> None:
        values = (
            product.sku,
            product.name,
            product.price_minor,
            product.group,
            product.barcode,
            product.cost_minor,
            product.tax_bp,
            int(product.earns),
            product.sale_from,
            dumps(product.early_for),
        )
        self._execute(_PUT_PRODUCT, values)

    def product(self, sku: str) -> PutProduct | None:
        row = self._execute(_PRODUCT, (sku,)).fetchone()
        return None if row is None else _product(row)

    def products(self) -> Sequence[PutProduct]:
        return [_product(row) for row in self._execute(_PRODUCTS, ())]

    def product_by_barcode(self, barcode: str) -> PutProduct | None:
        row = self._execute(_PRODUCT_BY_BARCODE, (barcode,)).fetchone()
        return None if row is None else _product(row)

    def version(self) -> int:
        """Return a number that changes whenever another program changed the file."""
        return int(self._execute("PRAGMA data_version", ()).fetchone()[0])


class ProgrammeStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def live(self) -> Sequence[ProgrammeRow]:
        return [_programme(row) for row in self._execute(_LIVE, ())]

    def revision(self, revision: int) -> ProgrammeRow:
        return _programme(self._execute(_REVISION, (revision,)).fetchone())

    def latest(self, key: str) -> ProgrammeRow | None:
        """Return the newest revision of a programme, live or retired."""
        row = self._execute(_LATEST, (key, 1)).fetchone()
        return None if row is None else _programme(row)

    def publish(
        self,
        key: str,
        kind: str,
        name: str,
        params: Mapping[str, Any],
        when: Mapping[str, Any],
        posting: int,
    ) -> ProgrammeRow:
        before = self.latest(key)
        programme = before.programme if before else self._next(_LAST_PROGRAMME)
        number = before.number + 1 if before else 1
        if before is None:
            self._execute(_INSERT_PROGRAMME, (programme, key, kind, None))
        revision = self._next(_LAST_REVISION)
        texts = (dumps(params, ensure_ascii=False), dumps(when, ensure_ascii=False))
        self._execute(_INSERT_REVISION, (revision, programme, number, name, *texts, posting))
        self._execute(_SWITCH, (revision, key))
        return self.revision(revision)

    def retire(self, key: str) -> None:
        self._execute(_SWITCH, (None, key))

    def resume(self, key: str, revision: int) -> None:
        self._execute(_SWITCH, (revision, key))

    def newest(self) -> Sequence[ProgrammeRow]:
        """Return the newest revision of every programme, live or retired."""
        return [_programme(row) for row in self._execute(_NEWEST, ())]

    def _next(self, sql: Sql) -> int:
        return int(self._execute(sql, ()).fetchone()[0] or 0) + 1


class SaleStore(SaleFinding):
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add(self, sale: NewSale, posting: int) -> None:
        values = (
            posting,
            sale.sale_id,
            sale.number,
            sale.member,
            sale.receipt_no,
            sale.till,
            sale.business_day,
            sale.net_minor,
        )
        self._execute(_INSERT_SALE, values)

    def next_number(self) -> int:
        return int(self._execute(_LAST_NUMBER, ()).fetchone()[0] or 0) + 1

    def by_id(self, sale_id: str) -> SaleRow | None:
        return self._one(_SALE_BY_ID, sale_id)

    def by_number(self, number: int) -> SaleRow | None:
        return self._one(_SALE_BY_NUMBER, number)

    def by_receipt(self, receipt_no: str) -> Sequence[SaleRow]:
        return self._all(_SALES_BY_RECEIPT, receipt_no, 5)

    def same_receipt(self, receipt_no: str, till: str, day: str) -> SaleRow | None:
        """Return the kept sale that already has this receipt number on this till and day (rules 21)."""
        return self._one(_SAME_RECEIPT, receipt_no, till, day)

    def recent(self, till: str, limit: int) -> Sequence[SaleRow]:
        return self._all(_RECENT, till, limit)

    def page(self, after: int, limit: int) -> Sequence[SaleRow]:
        """Return the sales with a greater number than `after`, least first."""
        return self._all(_PAGE, after, limit)

    def of_member(self, member: int, from_day: str, to_day: str) -> Sequence[SaleRow]:
        """Return a member's kept sales of the days given, both included."""
        own = self._all(_OF_MEMBER, member, from_day, to_day)
        return [*own, *self._all(_ATTACHED_TO_MEMBER, member, from_day, to_day)]

    def count_of_member(self, member: int, from_day: str) -> int:
        return int(self._execute(_COUNT_OF_MEMBER, (member, from_day) * 2).fetchone()[0])

    def attach(self, sale: int, member: int, posting: int) -> None:
        self._execute(_INSERT_ATTACHED, (sale, member, posting))

    def void(self, sale: int, posting: int) -> None:
        self._execute(_INSERT_VOIDED, (sale, posting))

    def refund(self, sale: int, posting: int, net_minor: int) -> None:
        """Note that a posting took back a part of a sale, or the last of it."""
        self._execute(_INSERT_REFUND, (posting, sale, net_minor))

    def by_posting(self, posting: int) -> SaleRow:
        return self._all(_SALE_BY_POSTING, posting)[0]

    def _one(self, sql: Sql, *values: object) -> SaleRow | None:
        row = self._execute(sql, values).fetchone()
        return None if row is None else sale_of(row)

    def _all(self, sql: Sql, *values: object) -> Sequence[SaleRow]:
        return [sale_of(row) for row in self._execute(sql, values)]


def _product(row: Any) -> PutProduct:
    sku, name, price, group, barcode, cost, tax, earns, sale_from, early_for = row
    return PutProduct(
        sku=sku,
        name=name,
        price_minor=price,
        group=group,
        barcode=barcode,
        cost_minor=cost,
        tax_bp=tax,
        earns=bool(earns),
        sale_from=sale_from,
        early_for=tuple(loads(early_for)),
    )


def _programme(row: Any) -> ProgrammeRow:
    programme, key, kind, revision, number, name, params, when, live = row
    return ProgrammeRow(
        programme, key, kind, revision, number, name, loads(params), loads(when), live == revision
    )


def sale_of(row: Any) -> SaleRow:
    values: list[Any] = [*row[:9], bytes(row[9]), row[10] is not None, *row[12:15]]
    if row[11] is not None:
        values[3] = row[11]
    return SaleRow(*values)
