"""A file of an older program is brought to this one's schema or stays what it was, with a copy beside."""

import os
import shutil
from pathlib import Path

import pytest

from loyalty_pos.app.commands import AttachMember, RecordSale
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store import opening
from loyalty_pos.store.store import SqliteStore
from tests.app.shop_in_hand import CREDIT, DRINKS, POINTS, SARA, ShopInHand
from tests.crash.programs import figures_of
from tests.crash.upgrade_kills import state
from tests.store.older import OLDER, older_file


def test_a_file_of_the_first_schema_goes_on_with_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(next(opening.MIGRATIONS.glob("0001_*.py")), first)
    path = tmp_path / "shop.db"
    with monkeypatch.context() as older:
        older.setattr(opening, "MIGRATIONS", first)
        assert opening.head_version() == 1
        opening.open_database(path, create=True).close()
    shop = ShopInHand(path).fill(DRINKS, POINTS, CREDIT)
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(AttachMember(sale_id="one", member=SARA))
    assert shop.figures()["sales"] == 1
    shop.close()
    assert path.with_name(f"shop.db.before-{opening.head_version()}").exists()


@pytest.mark.parametrize("version", OLDER)
def test_every_older_shop_keeps_its_history_and_goes_on(version: int, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    older_file(version, path)
    before = state(path)[2]
    shop = ShopInHand(path)
    figures = shop.figures()
    assert (figures["sales"], figures["voids"], figures["members"], figures["rewards"]) == (20, 1, 4, 2)
    assert figures["credit_minor"] > 400_000 and figures["points"] > 800
    shop.do(RecordSale(sale_id="fixture-new", member="09120000001", amount_minor=1_000_000))
    assert shop.figures()["sales"] == 21
    shop.close()
    assert state(path)[2][: len(before)] == before
    if version < opening.head_version():
        kept = state(path.with_name(f"shop.db.before-{opening.head_version()}"))
        assert (kept[0], kept[2]) == (version, before)


def test_what_a_cut_off_upgrade_left_in_the_way_does_not_stop_the_next(tmp_path: Path) -> None:
    path, head = tmp_path / "shop.db", opening.head_version()
    older_file(OLDER[0], path)
    for left in (f"shop.db.before-{head}", f"shop.db.before-{head}.part"):
        path.with_name(left).write_bytes(b"torn")
    SqliteStore(path).close()
    assert state(path)[0] == head
    assert state(path.with_name(f"shop.db.before-{head}"))[0] == OLDER[0]


def test_without_a_copy_there_is_no_upgrade(tmp_path: Path) -> None:
    path, head = tmp_path / "shop.db", opening.head_version()
    older_file(OLDER[0], path)
    path.with_name(f"shop.db.before-{head}").mkdir()
    with pytest.raises(Fault, match="cannot_upgrade"):
        SqliteStore(path)
    assert state(path)[0] == OLDER[0]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_killed_upgrade_happened_or_did_not() -> None:
    figures = figures_of("upgrade_kills", "--kills", 10)
    assert figures["status"] == 0, figures
    assert figures["still_old"] and figures["already_new"] < 10
