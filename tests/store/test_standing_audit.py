"""Causes, memberships and contracts: the audit finds every change, and the file refuses what it can."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app.commands import AttachMember
from loyalty_pos.store.store import SqliteStore
from tests.shop import Shop, goods, raw

TABLES = ("cause", "cause_entry", "term", "term_entry")
NUMBER_ONLY = {("cause_entry", "id")}
"""The number of an entry carries no value; where another entry names it, it would become an orphan."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop's file in which everything about causes, memberships and contracts has happened."""
    path = tmp_path_factory.mktemp("books") / "shop.db"
    shop = Shop(path)
    shop.enrol()
    shop.enrol("B")
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.publish("park", "charity", rate_bp=333, cause="park")
    shop.publish("vip", "vip", fee_minor=500, term_months=12, grace_days=3)
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)
    shop.publish("deal", "contract", months=6, promised_visits=9, discount_bp=2000)
    do = shop.service.do
    do(cs.SellMembership(posting_id="vip-1", member="A", programme="vip"))
    do(cs.SellMembership(posting_id="vip-2", member="A", programme="vip"))
    do(cs.SellMembership(posting_id="vip-3", member="B", programme="vip"))
    do(cs.StartContract(posting_id="deal-1", member="A", programme="deal"))
    do(cs.StartContract(posting_id="deal-2", member="B", programme="deal"))
    shop.void(shop.sell(7_000))
    shop.refund(shop.sell(None, goods("x", 1_000, 4)), None, (1, 1))
    shop.sell(5_555, member="B")
    later = shop.sell(2_000, member=None)
    do(AttachMember(sale_id=later.sale_id or "", member="A"))
    do(cs.SettlePledges(posting_id="settled", cause="school", receipt_no="R", amount_minor=100))
    do(cs.UndoMembership(posting_id="vip-3"))
    do(cs.EndContract(posting_id="end", member="B", programme="deal", paid_minor=5))
    shop.proved()
    shop.service.idle()
    shop.close()
    return path


def copied(books: Path, to: Path) -> Path:
    for suffix in ("", ".key"):
        shutil.copy(f"{books}{suffix}", f"{to}{suffix}")
    return to


def sound(path: Path) -> bool:
    store = SqliteStore(path)
    try:
        return store.audit().ok
    finally:
        store.close()


@pytest.mark.parametrize("table", TABLES)
def test_every_value_and_every_row_is_proved(books: Path, tmp_path: Path, table: str) -> None:
    path = copied(books, tmp_path / "shop.db")
    connection = raw(path, unguarded=True)
    columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
    rows = list(connection.execute(f"SELECT * FROM {table}"))
    connection.close()
    assert rows
    missed = []
    for row in (rows[0], rows[-1]):
        where = " AND ".join(f"{name} IS ?" for name, _ in columns)
        changes = [f"DELETE FROM {table} WHERE {where}"]
        for (name, declared), value in zip(columns, row, strict=True):
            if value is None or (table, name) in NUMBER_ONLY:
                continue
            other = f"{name} + 1" if declared == "INTEGER" else f"{name} || 'x'"
            changes.append(f"UPDATE {table} SET {other.split()[0]} = {other} WHERE {where}")
        for change in changes:
            path = copied(books, tmp_path / "shop.db")
            connection = raw(path, unguarded=True)
            try:
                connection.execute(change, row)
            except apsw.ConstraintError:
                continue  # the file itself refuses
            finally:
                connection.close()
            missed += [change] if sound(path) else []
    assert missed == []


@pytest.fixture
def guarded(books: Path, tmp_path: Path) -> Iterator[apsw.Connection]:
    connection = raw(copied(books, tmp_path / "shop.db"))
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("cause", ("id", "name")),
        ("cause_entry", ("id", "posting", "cause", "amount_micro", "kind", "reverses")),
        (
            "term",
            ("posting", "member", "programme", "revision", "fee_minor", "from_day", "until_day", "ended"),
        ),
        ("term_entry", ("posting", "term", "visits", "spend_minor", "given_minor", "extra_minor")),
    ],
)
def test_history_never_changes_and_never_goes(
    guarded: apsw.Connection, table: str, columns: tuple[str, ...]
) -> None:
    for column in columns:
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            guarded.execute(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        guarded.execute(f"DELETE FROM {table}")
