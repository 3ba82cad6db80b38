"""A busy shop's audit comes to its end: no check reads a table once for every row of another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from loyalty_pos.store.audit import audit
from loyalty_pos.store.chain import KeyRing
from loyalty_pos.store.compiled import Sql
from loyalty_pos.store.store import SqliteStore
from tests.shop import Shop, raw

OF_ONE_MEMBER = ("stood",)
"""Read for one row, but never longer than the merges of one member."""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[apsw.Connection]:
    Shop(tmp_path / "shop.db").close()
    connection = raw(tmp_path / "shop.db")
    yield connection
    connection.close()


def over_and_over(file: apsw.Connection, sql: str, values: Any = ()) -> list[str]:
    """List the tables a query reads whole once for every row of what it read before them."""
    children: dict[int, list[tuple[int, str]]] = {}
    for number, parent, _, step in file.execute(f"EXPLAIN QUERY PLAN {sql}", values):
        children.setdefault(parent, []).append((number, step))

    def below(parent: int, again: bool) -> Iterator[str]:
        read_before = False
        for number, step in children.get(parent, ()):
            kind, _, rest = step.partition(" ")
            if kind == "SCAN" and "VIRTUAL TABLE" not in rest and rest != "CONSTANT ROW":
                if (again or read_before) and rest.split()[0] not in OF_ONE_MEMBER:
                    yield rest
                read_before = True
            elif kind == "RIGHT-JOIN":
                read_before = False
            yield from below(number, again or step.startswith("CORRELATED"))

    return list(below(0, False))


def test_no_check_reads_a_table_once_for_every_row_of_another(file: apsw.Connection, tmp_path: Path) -> None:
    asked: dict[str, Any] = {}
    store = SqliteStore(tmp_path / "shop.db")

    def execute(sql: Sql, values: Any) -> Any:
        asked[str(sql)] = values
        return store._execute(sql, values)

    assert audit(execute, KeyRing(tmp_path / "shop.db")).ok
    store.close()
    queries = {sql: values for sql, values in asked.items() if not sql.startswith("PRAGMA")}
    assert len(queries) > 80
    found = {sql: over_and_over(file, sql, values) for sql, values in queries.items()}
    assert {sql: tables for sql, tables in found.items() if tables} == {}


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        (
            "SELECT * FROM refund r FULL JOIN (SELECT seq FROM posting) p ON p.seq + 0 = r.posting",
            ["p LEFT-JOIN"],
        ),
        ("SELECT (SELECT sum(amount) FROM lot l WHERE l.posting = p.seq) FROM posting p", ["l"]),
        ("SELECT * FROM lot a, lot b WHERE a.amount < b.amount", ["b"]),
        ("SELECT * FROM lot l JOIN entry e ON e.posting = l.posting", []),
    ],
)
def test_a_query_that_does_would_be_found(file: apsw.Connection, sql: str, tables: list[str]) -> None:
    assert over_and_over(file, sql) == tables
