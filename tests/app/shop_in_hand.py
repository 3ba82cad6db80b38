"""A real shop on a real file, with a clock that tests move and the audit at hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loyalty_pos.app.commands import (
    Command,
    CreateShop,
    EnrolMember,
    PublishProgramme,
    PutProduct,
    SaleLine,
)
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.queries import Audit, Member, Query, Sale
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import MemberView, SaleView
from loyalty_pos.bootstrap import SystemChance, languages
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.store.store import SqliteStore

START_MS = 1_795_250_000_000  # 2026-11-21, late morning in Tehran
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

SARA, LEILA = "4410339108", "4410339306"
GOODS = (
    ("latte", "لاته‌ی دبل", 1_280_000, "نوشیدنی گرم", "6260000000017"),
    ("tea", "چای دارچین", 600_000, "نوشیدنی گرم", "6260000000024"),
    ("cake", "کیک هویج", 1_450_000, "کیک", "6260000000031"),
    ("croissant", "کروسان کره‌ای", 980_000, "صبحانه", None),
)
DRINKS = ("drinks", "stamp_card", {
    "count": "units", "groups": ["نوشیدنی گرم"], "needed": 5, "mode": "after_n_paid",
    "amount_mode_default": 1, "amount_mode_value_minor": 1_280_000,
})  # fmt: skip
POINTS = ("points", "points", {"step_minor": 10_000, "points_per_step": 1})
CREDIT = ("back", "spend_credit", {"rate_bp": 1000, "rounding_minor": 10})
MEMBER5 = ("member5", "percent_off", {"rate_bp": 500, "lane": "member"})


class HandClock:
    def __init__(self) -> None:
        self.ms = START_MS

    def now_ms(self) -> int:
        return self.ms

    def pass_minutes(self, minutes: float) -> None:
        self.ms += int(minutes * MINUTE_MS)


class ShopInHand:
    """One till on a file; `till` opens another one on the same file."""

    def __init__(self, path: Path, clock: HandClock | None = None, till: str = "1") -> None:
        self.path, self.clock = path, clock or HandClock()
        self._service = Service(
            Desk(SqliteStore(path, create=True), self.clock, SystemChance(), languages(), till=till)
        )

    def fill(self, *programmes: tuple[str, str, Mapping[str, Any]]) -> "ShopInHand":
        """Make the shop with goods, two members and these programmes."""
        self.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
        for sku, name, price, group, barcode in GOODS:
            self.do(PutProduct(sku=sku, name=name, price_minor=price, group=group, barcode=barcode))
        for name, phone, card in (("سارا احمدی", "09123456789", SARA), ("لیلا کاظمی", "09190006789", LEILA)):
            self.do(EnrolMember(phone=phone, card=card, name=name))
        for key, kind, params in programmes:
            self.do(PublishProgramme(key=key, kind=kind, name=key, params=dict(params)))
        return self

    def till(self, name: str) -> "ShopInHand":
        return ShopInHand(self.path, self.clock, till=name)

    def do(self, command: Command) -> Any:
        return self._service.do(command)

    def ask(self, query: Query) -> Any:
        return self._service.ask(query)

    def refused(self, request: Any) -> Rejection:
        """Return the refusal of a command or query; everything stays as it was."""
        before = self.figures()
        try:
            self._service.do(request) if _is_command(request) else self._service.ask(request)
        except Rejection as no:
            assert self.figures() == before
            return no
        raise AssertionError("not refused")

    def member(self, text: str) -> MemberView:
        view: MemberView = self.ask(Member(member=text))
        return view

    def sale(self, sale_id: str) -> SaleView:
        view: SaleView = self.ask(Sale(sale_id=sale_id))
        return view

    def figures(self) -> dict[str, int]:
        """Prove the books and return what they hold."""
        audit = self.ask(Audit())
        assert audit.ok, audit.findings
        return dict(audit.figures)

    def close(self) -> None:
        self._service.close()


def _is_command(request: Any) -> bool:
    from typing import get_args

    return type(request) in get_args(Command)


def lines(*goods: tuple[str, int]) -> tuple[SaleLine, ...]:
    return tuple(SaleLine(sku=sku, quantity=quantity) for sku, quantity in goods)
