"""A window killed in the middle of a sale: the sale is neither lost nor recorded twice."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from loyalty_pos.app.queries import Audit, RecentSales
from loyalty_pos.app.views import AuditView, RecentSalesView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.devices.draft_file import DraftFile
from tests.ui.counter.goods_shop import built_with_goods
from tests.ui.counter.rig import Rig

__all__ = ["built_with_goods"]

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs SIGKILL"),
    pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"),
]


@pytest.fixture
def shop(built_with_goods: Path, tmp_path: Path) -> Path:
    shutil.copytree(built_with_goods, tmp_path / "shop")
    return tmp_path / "shop" / "shop.db"


def killed(shop: Path, when: str) -> None:
    command = [sys.executable, "-m", "tests.crash.counter_till", str(shop), when]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def sales(shop: Path) -> list[tuple[int, str]]:
    service = open_shop(shop)
    try:
        audit: AuditView = service.ask(Audit())
        assert audit.ok, audit.findings
        view: RecentSalesView = service.ask(RecentSales(limit=50))
        return [(sale.gross_minor, sale.member_name) for sale in view.sales]
    finally:
        service.close()


@pytest.fixture
def next_start(qtbot: QtBot, shop: Path) -> Iterator[Rig]:
    """The next start, begun by the first look at it."""
    made: list[Rig] = []

    class Later:
        def __getattr__(self, name: str) -> object:
            if not made:
                made.append(Rig(qtbot, factory=lambda: open_shop(shop), drafts=DraftFile(shop)))
            return getattr(made[0], name)

    yield Later()  # type: ignore[misc]
    for rig in made:
        rig.close()


@pytest.mark.slow
@pytest.mark.parametrize("when", ["built", "before"])
def test_a_sale_that_was_not_recorded_goes_on_where_it_was(shop: Path, next_start: Rig, when: str) -> None:
    before = sales(shop)
    killed(shop, when)
    assert sales(shop) == before
    assert next_start.page.unfinished.isVisible()
    next_start.keys("Enter")
    next_start.settle()
    state = next_start.state
    assert state.amount_minor == 4_690_000 and state.member is not None and state.fresh
    next_start.keys("Enter")
    next_start.settle()
    assert sales(shop) == [(4_690_000, "لیلا کاظمی"), *before]


@pytest.mark.slow
def test_a_sale_whose_commit_landed_is_not_offered_again(shop: Path, next_start: Rig) -> None:
    before = sales(shop)
    killed(shop, "after")
    assert sales(shop) == [(4_690_000, "لیلا کاظمی"), *before]
    state = next_start.state
    assert state.unfinished is None and not state.selling
    assert state.said is not None and state.said.code == "draft_recorded"
    next_start.keys("Enter F9")
    next_start.settle()
    assert len(sales(shop)) == len(before) + 1
