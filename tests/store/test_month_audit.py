"""Counters of months and promises: the audit finds every one that is not what the records say."""

import shutil
from pathlib import Path

import apsw
import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.store.store import SqliteStore
from tests.shop import Shop, goods, raw

LEVELS = [{"key": "bronze", "name": "Bronze", "from": 0}, {"key": "gold", "name": "Gold", "from": 50_000}]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop's file whose every counter has something to tell."""
    path = tmp_path_factory.mktemp("books") / "shop.db"
    shop = Shop(path)
    shop.publish("club", "tiers", metric="spend", window_months=1, levels=LEVELS)
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.publish("back", "spend_credit", {"expiry": {"days": 40}}, rate_bp=500, rounding_minor=1)
    shop.enrol("A")
    shop.enrol("B")
    shop.sell(60_000)
    shop.refund(shop.sell(None, goods("tea", 9_000, 3), member="B"), None, (1, 1))
    shop.sell(4_000, member=None)
    shop.service.do(c.IssueGiftCard(posting_id="card", face_minor=5_000))
    shop.clock.on(days=31)
    shop.service.do(cl.CatchUp())
    shop.sell(1_000)
    shop.proved()
    shop.close()
    return path


@pytest.mark.parametrize("table", ["member_month", "month_cell", "month_risk", "promise_cell", "level_move"])
def test_a_wrong_counter_is_found(books: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "shop.db"
    for suffix in ("", ".key"):
        shutil.copy(f"{books}{suffix}", f"{path}{suffix}")
    file, store = raw(path, unguarded=True), SqliteStore(path)
    columns = [(row[1], row[2]) for row in file.execute(f"PRAGMA table_info({table})")]
    every = list(file.execute(f"SELECT * FROM {table}"))
    telling = [row for row in every if any(row[3:])]
    where = " AND ".join(f"{name} IS ?" for name, _ in columns)
    missed = []
    for row in (telling[0], telling[-1]):
        for change in _changes(table, columns):
            try:
                file.execute(f"{change} WHERE {where}", row)
            except apsw.ConstraintError:
                continue  # the file itself refuses
            missed += [] if store.audit().findings else [change]
            with file:
                file.execute(f"DELETE FROM {table}")
                file.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", every)
    assert store.audit().ok
    store.close()
    file.close()
    assert missed == []


def _changes(table: str, columns: list[tuple[str, str]]) -> list[str]:
    """Say every way in which a row can be wrong."""
    found = [f"DELETE FROM {table}"]
    for name, declared in columns:
        other = f"{name} + 1" if declared == "INTEGER" else f"substr({name}, 2) || 'x'"
        if name == "gave":
            other = "json_set(gave, '$.points[0]', 7)"
        found.append(f"UPDATE {table} SET {name} = {other}")
    return found
