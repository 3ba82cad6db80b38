"""The main scenarios through the real window, the real service and a real file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loyalty_pos.app.queries import Audit, RecentSales
from loyalty_pos.app.views import AuditView, RecentSalesView, SaleView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import Undone
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig, Rig

SARA, LEILA = "4410339108", "4410339306"
OpenRig = Callable[[], tuple[Rig, Path]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    real_shop.build(folder / "shop.db")
    return folder


@pytest.fixture
def open_rig(built: Path, tmp_path: Path, make_rig: MakeRig) -> OpenRig:
    def opened() -> tuple[Rig, Path]:
        folder = tmp_path / "shop"
        shutil.copytree(built, folder)
        path = folder / "shop.db"
        return make_rig(factory=lambda: open_shop(path)), path

    return opened


def sales(path: Path) -> tuple[SaleView, ...]:
    service = open_shop(path)
    try:
        view: RecentSalesView = service.ask(RecentSales(limit=50))
        audit: AuditView = service.ask(Audit())
        assert audit.ok, audit.findings
        return view.sales
    finally:
        service.close()


def test_early_enter_waits_for_member_and_price_and_records_them(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    rig.scan(LEILA)
    rig.keys("100. Enter")
    rig.settle()
    assert sales(path)[0].member_name == "لیلا کاظمی"


def test_double_enter_records_once(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    before = len(sales(path))
    rig.scan(LEILA)
    rig.keys("100. Enter Enter", gap_ms=40)
    rig.settle()
    rig.keys("Enter")
    rig.settle()
    assert len(sales(path)) == before + 1


def test_credit_is_off_until_it_is_asked_for(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    rig.scan(LEILA)
    rig.keys("100.")
    rig.settle()
    assert rig.state.member is not None
    credit = rig.state.member.credit_minor
    assert credit > 0
    assert rig.state.quote is not None and rig.state.quote.paid_by.credit_minor == 0
    rig.keys("F6")
    rig.settle()
    assert rig.state.quote.due_minor == 950_000 - credit
    rig.keys("Enter")
    rig.settle()
    assert sales(path)[0].paid_by.credit_minor == credit


def test_undo_gives_everything_back(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    before = real_shop.member(path, SARA)
    rig.scan(SARA)
    rig.keys("469. Enter")
    rig.settle()
    rig.keys("Ctrl+z")
    rig.settle()
    assert isinstance(rig.state.toast, Undone)
    after = real_shop.member(path, SARA)
    assert (after.points, after.credit_minor, after.progress) == (
        before.points,
        before.credit_minor,
        before.progress,
    )
    assert [r.count for r in after.rewards] == [r.count for r in before.rewards]
    assert sales(path)[0].voided


def test_the_fifth_drink_offers_its_voucher_at_once(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.scan(LEILA)
    rig.keys("100. Enter")
    rig.settle()
    assert rig.page.who.completed.isVisible()
    rig.keys("Ctrl+p")
    rig.settle()
    (voucher,) = rig.tray.vouchers
    assert voucher.member_name == "لیلا کاظمی" and len(voucher.code) == 20


def test_a_printed_voucher_scanned_again_serves_its_member(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    rig.scan(SARA)
    rig.settle()
    rig.keys("Ctrl+p")
    rig.settle()
    rig.keys("Esc")
    rig.scan(rig.tray.vouchers[0].barcode)
    rig.settle()
    assert rig.state.member is not None and rig.state.member.name == "سارا احمدی"
    rig.keys("469. Enter")
    rig.settle()
    assert sales(path)[0].discount_minor > 1_280_000
    assert sum(reward.count for reward in real_shop.member(path, SARA).rewards) == 0


def test_a_known_phone_is_refused_beside_its_field(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.keys("F3 09123456789 Enter")
    rig.settle()
    assert rig.state.join is not None and rig.state.said is not None


def test_another_sale_meanwhile_shows_the_difference_first(open_rig: OpenRig) -> None:
    rig, path = open_rig()
    before = len(sales(path))
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    elsewhere = open_shop(path)
    try:
        from loyalty_pos.app.commands import RecordSale

        elsewhere.do(RecordSale(sale_id="elsewhere", member=SARA, amount_minor=2_000_000))
    finally:
        elsewhere.close()
    rig.keys("Enter")
    rig.settle()
    assert rig.state.said is not None and rig.state.said.code == "price_changed"
    rig.keys("Enter")
    rig.settle()
    assert len(sales(path)) == before + 1  # too soon: nobody can have read it
    rig.steady += 600
    rig.keys("Enter")
    rig.settle()
    assert len(sales(path)) == before + 2
