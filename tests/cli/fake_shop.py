"""A shop small enough to see through: it remembers what it was told, by key, and prices nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from loyalty_pos.app import commands, queries
from loyalty_pos.app.views import IdentifyView, MemberView, ProductsView, ProductView, SaleView, ShopView
from loyalty_pos.domain.errors import Fault, Rejection


class FakeShop:
    def __init__(self, path: Path, clock: Any) -> None:
        self.clock = clock
        self.shop: ShopView | None = None
        self.sales: dict[str, commands.RecordSale] = {}
        self.members: list[MemberView] = []
        self.products: list[ProductView] = []
        self.times: list[int] = []
        self.batches = 0
        self.closed = False

    @contextmanager
    def batch(self) -> Iterator[None]:
        self.batches += 1
        kept = dict(self.sales), list(self.members), list(self.products)
        try:
            yield
        except BaseException:
            self.sales, self.members, self.products = kept
            raise

    def spoken(self) -> AbstractContextManager[None]:
        return nullcontext()

    def settle(self) -> None:
        """Keep no journal."""

    def close(self) -> None:
        self.closed = True

    def do(self, command: commands.Command) -> Any:
        if self.clock is not None:
            self.times.append(self.clock.now_ms())
        if isinstance(command, commands.CreateShop):
            return self._create(command)
        if self.shop is None:
            raise Rejection("no_shop")
        if isinstance(command, commands.EnrolMember):
            return self._enrol(command)
        if isinstance(command, commands.RecordSale):
            self.sales[command.sale_id] = command
            return SaleView(
                sale_id=command.sale_id,
                gross_minor=command.amount_minor or 0,
                discount_minor=0,
                due_minor=command.amount_minor or 0,
            )
        if isinstance(command, commands.PutProduct):
            self.products.append(
                ProductView(sku=command.sku, name=command.name, price_minor=command.price_minor)
            )
            return None
        if isinstance(command, commands.VoidSale):
            raise Fault("disk_full")
        raise AssertionError(command)

    def ask(self, query: queries.Query) -> Any:
        if self.shop is None:
            raise Rejection("no_shop")
        if isinstance(query, queries.Shop):
            return self.shop
        if isinstance(query, queries.Products):
            return ProductsView(products=tuple(self.products))
        if isinstance(query, queries.Sale):
            if query.sale_id not in self.sales:
                raise Rejection("unknown_sale", sale_id=query.sale_id)
            return SimpleNamespace()
        if isinstance(query, queries.Identify):
            return self._identify(query.text)
        raise AssertionError(query)

    def _create(self, command: commands.CreateShop) -> ShopView:
        if self.shop is not None:
            raise Rejection("shop_exists")
        self.shop = ShopView(
            shop="s1",
            name=command.name,
            currency=command.currency,
            display_unit=command.display_unit,
            calendar=command.calendar,
            time_zone=command.time_zone,
            language=command.language,
            day_ends_hour=command.day_ends_hour,
            prices_include_tax=command.prices_include_tax,
        )
        return self.shop

    def _enrol(self, command: commands.EnrolMember) -> MemberView:
        if command.phone and not command.phone.isdigit():
            raise Rejection("bad_phone")
        cards = (command.card,) if command.card else ()
        member = MemberView(
            member=f"m{len(self.members)}", name=command.name or "", phone=command.phone, cards=cards
        )
        self.members.append(member)
        return member

    def _identify(self, text: str) -> IdentifyView:
        for member in self.members:
            if text in member.cards:
                return IdentifyView(kind="member", member=member, looks_like="card")
            if member.phone == text:
                return IdentifyView(kind="member", member=member, looks_like="phone")
            if len(text) == 4 and member.phone and member.phone.endswith(text):
                return IdentifyView(kind="member", member=member, looks_like="digits")
        return IdentifyView(kind="nothing")


class Shops:
    """Opens fake shops by path and remembers them, as files would."""

    def __init__(self) -> None:
        self.by_path: dict[Path, FakeShop] = {}
        self.fault: Fault | None = None

    def open(self, path: Path, clock: Any) -> FakeShop:
        if self.fault:
            raise self.fault
        path.touch()
        shop = self.by_path.setdefault(path, FakeShop(path, clock))
        shop.clock = clock
        return shop
