"""The real shop of the scenarios, with goods on its shelves, and a rig over a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.app.queries import Audit, RecentSales
from loyalty_pos.app.views import AuditView, RecentSalesView, SaleView
from loyalty_pos.bootstrap import open_shop
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig, Rig

SARA, HAMID, LEILA, KAVEH = "4410339108", "4410339207", "4410339306", "4410339405"
GOODS = (
    ("latte", "لاته‌ی دبل", 1_280_000, "نوشیدنی گرم", "6260000000017"),
    ("tea", "چای دارچین", 600_000, "نوشیدنی گرم", "6260000000024"),
    ("cake", "کیک هویج", 1_450_000, "کیک", "6260000000031"),
    ("croissant", "کروسان کره‌ای", 980_000, "صبحانه", "6260000000048"),
)
LATTE, TEA, CAKE, CROISSANT = (barcode for *_, barcode in GOODS)


def build(path: Path) -> None:
    """Make the shop of the scenarios and fill its shelves."""
    real_shop.build(path)
    service = open_shop(path)
    try:
        for sku, name, price, group, barcode in GOODS:
            service.do(PutProduct(sku=sku, name=name, price_minor=price, group=group, barcode=barcode))
    finally:
        service.close()


@pytest.fixture(scope="session")
def built_with_goods(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("goods")
    build(folder / "shop.db")
    return folder


class Counter:
    """A real window over a real file of its own."""

    def __init__(self, rig: Rig, path: Path) -> None:
        self.rig, self.path = rig, path

    def sales(self) -> tuple[SaleView, ...]:
        """The sales on the file, newest first; the books are proved on the way."""
        service = open_shop(self.path)
        try:
            audit: AuditView = service.ask(Audit())
            assert audit.ok, audit.findings
            view: RecentSalesView = service.ask(RecentSales(limit=50))
            return view.sales
        finally:
            service.close()

    def do(self, typed: str) -> None:
        """Press keys and let answers come."""
        self.rig.keys(typed)
        self.rig.settle()

    def scan(self, code: str) -> None:
        self.rig.scan(code)
        self.rig.settle()


@pytest.fixture
def counter(built_with_goods: Path, tmp_path: Path, make_rig: MakeRig) -> Iterator[Counter]:
    folder = tmp_path / "shop"
    shutil.copytree(built_with_goods, folder)
    path = folder / "shop.db"
    yield Counter(make_rig(factory=lambda: open_shop(path)), path)


OpenCounter = Callable[[], Counter]
