"""Lists of members and their history are read through indexes: never a scan, never a sort."""

from pathlib import Path

import pytest

from loyalty_pos.store import ledger_store, lot_store, people_sieve, people_store
from loyalty_pos.store.compiled import Statement
from loyalty_pos.store.store import SqliteStore

PLANS = [
    (people_store._NAMED_BEYOND, ("", 50)),
    (people_store._NAMED_ALIKE, ("", 1, 50)),
    (people_sieve._STOP, ("", 0, 999)),
    (people_sieve._STOP_NAMELESS, ("", 0, 999)),
    (people_store._PERSON, (1,)),
    (people_store._EDIT, (*range(11), 1)),
    (people_store._UNLINK, ("1",)),
    (ledger_store._HISTORY, (1, 100, 50)),
]


def test_what_a_member_was_given_is_summed_without_reading_the_ledger(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "shop.db", create=True)
    steps = [row[3] for row in store._execute(f"EXPLAIN QUERY PLAN {lot_store._MOVED}", (1,))]
    store.close()
    assert [step for step in steps if step.startswith("SCAN") and not step.endswith((" k", "ROW"))] == []


@pytest.mark.parametrize(("sql", "values"), PLANS)
def test_every_step_is_a_search_by_an_index(
    tmp_path: Path, sql: Statement | str, values: tuple[object, ...]
) -> None:
    store = SqliteStore(tmp_path / "shop.db", create=True)
    steps = [row[3] for row in store._execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    store.close()
    assert steps
    assert not [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step], steps
