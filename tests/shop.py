"""A real shop in a real file, with a clock and chance that a test holds in its hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import apsw
import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import (
    AuditView,
    IdentifyView,
    MemberView,
    RecentSalesView,
    SaleView,
    TakenBackView,
    VoucherView,
)
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.store.store import SqliteStore
from tests.languages import language

SATURDAY = "2026-11-21T12:00"
T = 10
"""One Toman in rials."""


class HeldClock:
    """A clock that moves only when it is told to."""

    def __init__(self, local: str = SATURDAY, zone: str = "Asia/Tehran") -> None:
        self.zone = ZoneInfo(zone)
        self.at(local)

    def at(self, local: str) -> None:
        self.ms = int(datetime.fromisoformat(local).replace(tzinfo=self.zone).timestamp() * 1000)

    def on(self, **delta: float) -> None:
        self.ms += int(timedelta(**delta).total_seconds() * 1000)

    def now_ms(self) -> int:
        return self.ms


class SeededChance:
    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def ref(self) -> str:
        return f"{self._random.getrandbits(64):016x}"

    def code_bits(self) -> int:
        return self._random.getrandbits(80)


def open_file(path: Path, clock: HeldClock, chance: SeededChance | None = None) -> Service:
    """Put a service together over a file, as the program does, speaking from the catalogue's source."""
    languages = {"fa": language("fa"), "en": language("en")}
    store = SqliteStore(path, create=True)
    return Service(Desk(store, clock, chance or SeededChance(), languages))  # type: ignore[arg-type]


def content(service: Service) -> str:
    """Return a sum over every byte of the shop's file as its till sees it."""
    store: Any = service._desk.store
    return blake2b(store._connection.serialize("main")).hexdigest()


class TakingBack:
    """Refunds, proved to do what their preview said."""

    service: Service
    _sales: int

    def refund(
        self, sale: SaleView | str, amount: int | None = None, *lines: tuple[int, int], **more: Any
    ) -> TakenBackView:
        """Take back an amount, or (line, quantity) pairs, after proving that the quote says the same."""
        self._sales += 1
        request = self._refund(sale, amount, lines, more)
        key = more.pop("refund_id", None) or f"r{self._sales}"
        quoted: TakenBackView = self.service.ask(c.QuoteRefund(**request))
        view: TakenBackView = self.service.do(c.RefundSale(refund_id=key, **request))
        # The code of a voucher made anew, or of a new gift card, is shown once, and not by a quote.
        assert replace(view, remade=(), new_card=None) == replace(quoted, refund_id=key)
        return view

    def quote_refund(
        self, sale: SaleView | str, amount: int | None = None, *lines: tuple[int, int], **more: Any
    ) -> TakenBackView:
        view: TakenBackView = self.service.ask(c.QuoteRefund(**self._refund(sale, amount, lines, more)))
        return view

    @staticmethod
    def _refund(
        sale: SaleView | str, amount: int | None, lines: tuple[tuple[int, int], ...], more: dict[str, Any]
    ) -> dict[str, Any]:
        key = sale if isinstance(sale, str) else sale.sale_id
        back = tuple(c.RefundLine(line=line, quantity=quantity) for line, quantity in lines)
        chosen = {"refund_to": more["refund_to"]} if "refund_to" in more else {}
        return {"sale_id": key, "amount_minor": amount, "lines": back, **chosen}


class Shop(TakingBack):
    """Short words for what tests do all the time; money is in the smallest unit."""

    def __init__(
        self, path: Path, clock: HeldClock | None = None, *, chance: int = 1, **settings: Any
    ) -> None:
        self.path = path
        self.clock = clock or HeldClock(zone=settings.get("time_zone", "Asia/Tehran"))
        self.service = open_file(path, self.clock, SeededChance(chance))
        self._sales = 0
        if not self.service._desk.has_shop:
            given = {"name": "Cafe", "display_unit": "toman", **settings}
            self.service.do(c.CreateShop(**given))

    def close(self) -> None:
        self.service.close()

    def publish(self, key: str, kind: str, when: dict[str, Any] | None = None, **params: Any) -> Any:
        command = c.PublishProgramme(key=key, kind=kind, name=key, params=params, when=when or {})
        return self.service.do(command)

    def retire(self, key: str) -> None:
        self.service.do(c.RetireProgramme(key=key))

    def product(self, sku: str, price: int, group: str | None = None, **more: Any) -> None:
        self.service.do(c.PutProduct(sku=sku, name=sku, price_minor=price, group=group, **more))

    def enrol(self, card: str = "A", **more: Any) -> MemberView:
        view: MemberView = self.service.do(c.EnrolMember(card=card, **more))
        return view

    def quote(
        self, amount: int | None = None, *lines: c.SaleLine, member: str | None = "A", **more: Any
    ) -> SaleView:
        request = self._request(amount, lines, member, more)
        view: SaleView = self.service.ask(c.QuoteSale(**request))
        return view

    def sell(
        self,
        amount: int | None = None,
        *lines: c.SaleLine,
        member: str | None = "A",
        sale_id: str | None = None,
        fingerprint: str | None = None,
        **more: Any,
    ) -> SaleView:
        """Record a sale; words that `Use` knows go there, the rest to the sale itself."""
        self._sales += 1
        key = f"s{self._sales}" if sale_id is None else sale_id
        request = self._request(amount, lines, member, more)
        view: SaleView = self.service.do(c.RecordSale(sale_id=key, fingerprint=fingerprint, **request))
        return view

    def void(self, sale: SaleView | str) -> TakenBackView:
        key = sale if isinstance(sale, str) else sale.sale_id
        assert key is not None
        view: TakenBackView = self.service.do(c.VoidSale(sale_id=key))
        return view

    def stored(self, sale: SaleView | str) -> SaleView:
        key = sale if isinstance(sale, str) else sale.sale_id
        assert key is not None
        view: SaleView = self.service.ask(q.Sale(sale_id=key))
        return view

    def recent(self, limit: int = 10) -> tuple[SaleView, ...]:
        view: RecentSalesView = self.service.ask(q.RecentSales(limit=limit))
        return view.sales

    def print_voucher(self, programme: str, member: str = "A", posting_id: str | None = None) -> VoucherView:
        self._sales += 1
        key = posting_id or f"print-{self._sales}"
        command = c.PrintRewardVoucher(posting_id=key, member=member, programme=programme)
        view: VoucherView = self.service.do(command)
        return view

    def member(self, card: str = "A") -> MemberView:
        view: MemberView = self.service.ask(q.Member(member=card))
        return view

    def identify(self, text: str) -> IdentifyView:
        view: IdentifyView = self.service.ask(q.Identify(text=text))
        return view

    def rewards(self, card: str = "A", programme: str | None = None) -> int:
        held = self.member(card).rewards
        return sum(reward.count for reward in held if programme in (None, reward.programme))

    def audit(self) -> AuditView:
        view: AuditView = self.service.ask(q.Audit())
        return view

    def proved(self) -> None:
        """Fail unless the books prove."""
        found = self.audit().findings
        assert found == (), found

    @contextmanager
    def refuses(self, code: str, **facts: Any) -> Iterator[pytest.ExceptionInfo[Rejection]]:
        """Expect a refusal that leaves nothing behind."""
        before = content(self.service)
        with pytest.raises(Rejection) as caught:
            yield caught
        assert caught.value.code == code, (caught.value.code, caught.value.facts)
        assert {name: caught.value.facts.get(name) for name in facts} == facts
        assert content(self.service) == before

    @contextmanager
    def refuses_field(self, field: str, problem: str | None = None) -> Iterator[None]:
        """Expect a refusal that names a field and leaves nothing behind."""
        before = content(self.service)
        with pytest.raises(InvalidRequest) as caught:
            yield
        assert caught.value.facts["field"] == field, caught.value.facts
        assert problem in (None, caught.value.facts["problem"]), caught.value.facts
        assert content(self.service) == before

    @staticmethod
    def _request(
        amount: int | None, lines: tuple[c.SaleLine, ...], member: str | None, more: dict[str, Any]
    ) -> dict[str, Any]:
        used = {name: more.pop(name) for name in list(more) if name in c.Use.__dataclass_fields__}
        if used:
            more["use"] = c.Use(**used)
        return {"amount_minor": amount, "lines": lines, "member": member, **more}


def goods(text: str, price: int, quantity: int = 1, **more: Any) -> c.SaleLine:
    """A line without a product."""
    return c.SaleLine(text=text, unit_price_minor=price, quantity=quantity, **more)


def item(sku: str, quantity: int = 1, **more: Any) -> c.SaleLine:
    """A line of a known product."""
    return c.SaleLine(sku=sku, quantity=quantity, **more)


def raw(path: Path, *, unguarded: bool = False) -> apsw.Connection:
    """Open a shop's file behind the program's back; `unguarded` drops every trigger and check."""
    connection = apsw.Connection(str(path))
    if unguarded:
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        connection.execute("PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1")
        for (name,) in list(connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")):
            connection.execute(f"DROP TRIGGER {name}")
    return connection
