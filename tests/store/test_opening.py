"""A shop's file is opened safely or not at all, and what is not a shop's file is left untouched."""

import os
import stat
from pathlib import Path

import apsw
import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.resources import resources_dir
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store import opening
from loyalty_pos.store.chain import key_path
from loyalty_pos.store.opening import open_database
from loyalty_pos.store.store import SqliteStore
from tests.shop import HeldClock, Shop, open_file, raw


def fault(path: Path, *, create: bool = True) -> str:
    with pytest.raises(Fault) as caught:
        open_database(path, create=create)
    return caught.value.code


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 3),
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("wal_autocheckpoint", 0),
        ("mmap_size", 0),
        ("application_id", opening.APPLICATION_ID),
        ("user_version", opening.head_version()),
    ],
)
def test_every_setting_is_in_force_on_the_open_file(shop: Shop, pragma: str, value: object) -> None:
    read = shop.service._desk.store._execute(f"PRAGMA {pragma}", ()).fetchone()  # type: ignore[attr-defined]
    assert read[0] == value


def test_the_plan_of_a_query_is_kept_from_one_value_to_the_next(shop: Shop) -> None:
    connection = shop.service._desk.store._connection  # type: ignore[attr-defined]
    assert connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, -1) == 1


def test_a_file_of_a_newer_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    Shop(path).close()
    with raw(path) as connection:
        connection.execute(f"PRAGMA user_version = {opening.head_version() + 1}")
    connection.close()
    before = path.read_bytes()
    assert fault(path) == "newer_file"
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE note (text TEXT)")
    connection.close()
    before = path.read_bytes()
    assert fault(path) == "not_a_shop_file"
    after = apsw.Connection(str(path))
    assert list(after.execute("SELECT name FROM sqlite_schema")) == [("note",)]
    after.close()
    # Only the journal mode, which every reader may change, can differ.
    assert path.read_bytes()[100:] == before[100:]


def test_a_text_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear shop,\n" * 1000, encoding="utf-8")
    before = path.read_bytes()
    assert fault(path) == "not_a_shop_file"
    assert path.read_bytes() == before


def test_a_single_byte_is_not_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"S")
    assert fault(path) == "not_a_shop_file"
    key_path(path).write_text("1 00\n")
    assert fault(path) == "damaged_file"
    assert path.read_bytes() == b"S"


def test_a_missing_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    assert fault(tmp_path / "nowhere" / "shop.db") == "no_folder"
    assert fault(tmp_path / "shop.db", create=False) == "no_shop_file"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_shop_file(tmp_path: Path) -> None:
    (tmp_path / "shop.db").mkdir()
    assert fault(tmp_path / "shop.db") == "cannot_open"


def test_a_changed_list_of_migrations_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    Shop(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE schema_migration SET name = '0001_another' WHERE name LIKE '0001%'")
    connection.close()
    assert fault(path) == "wrong_schema"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    shop = Shop(path)
    shop.close()
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)
    assert fault(path) in ("damaged_file", "not_a_shop_file")


def test_a_file_with_a_history_that_lost_its_shop_is_damaged_and_not_waiting_for_one(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db")
    shop.close()
    connection = raw(shop.path, unguarded=True)
    connection.execute("DELETE FROM shop")
    connection.close()
    service = open_file(shop.path, shop.clock)
    with pytest.raises(Fault) as caught:
        service.ask(q.Shop())
    assert caught.value.code == "damaged_file"
    with pytest.raises(Fault):
        service.do(c.CreateShop(name="Another"))
    service.close()


def test_the_key_lies_beside_the_file_for_its_owner_only(shop: Shop) -> None:
    key = key_path(shop.path)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_shop_opens_again_as_it_was_left(tmp_path: Path) -> None:
    first = Shop(tmp_path / "shop.db")
    first.enrol()
    first.publish("points", "points", step_minor=100)
    sale = first.sell(1000)
    first.close()
    again = Shop(tmp_path / "shop.db", first.clock)
    assert (again.stored(sale), again.member().points) == (sale, 10)
    again.proved()
    again.close()


def test_the_program_itself_opens_a_shop(tmp_path: Path) -> None:
    if not (resources_dir() / "i18n/fa/LC_MESSAGES/loyalty_pos.mo").exists():
        pytest.skip("the catalogue is not compiled here; make test compiles it")
    service = bootstrap.open_shop(tmp_path / "shop.db", HeldClock())
    service.idle()
    service.close()


def test_a_till_that_waits_in_vain_for_the_file_says_that_it_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    shop = Shop(tmp_path / "shop.db")
    other = SqliteStore(tmp_path / "shop.db")
    with other.transaction():
        with pytest.raises(Fault) as caught:
            shop.enrol()
        assert caught.value.code == "busy_file"
    shop.enrol()
    other.close()
    shop.close()
