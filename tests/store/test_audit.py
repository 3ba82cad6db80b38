"""The audit finds every change made behind the program's back."""

import shutil
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from loyalty_pos.app.commands import IssueCodes, VoidCode
from loyalty_pos.store.audit import _SQL_CHECKS
from loyalty_pos.store.chain import key_path
from loyalty_pos.store.store import SqliteStore
from tests.examples import examples
from tests.shop import HeldClock, Shop, goods, item, open_file, raw

SEALED = (
    "account", "code", "code_use", "code_void", "entry", "lot", "member", "member_day", "member_state",
    "member_use", "posting", "programme", "programme_use", "revision", "sale", "shop", "standing",
    "tier_event", "voided", "voucher",
)  # fmt: skip
"""Everything that says who holds what and why. Names, phones, cards and prices may change."""

EDITS = examples(180)
UNSEALED_COLUMNS = {("entry", "id")}
"""The number of an entry carries no value, and entries that name it would become orphans."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop's file in which everything has happened once."""
    path = tmp_path_factory.mktemp("books") / "shop.db"
    shop = Shop(path)
    shop.enrol("A")
    shop.enrol("B", phone="09123456789", name="سارا")
    shop.product("latte", 500, "coffee")
    shop.publish("points", "points", step_minor=100, point_value_minor=10)
    shop.publish("credit", "spend_credit", rate_bp=1000)
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 5_000, "discount_bp": 100}]
    shop.publish("club", "tiers", levels=levels)
    shop.publish("card", "stamp_card", {"expiry": {"months": 2}}, needed=3)
    shop.publish("off", "percent_off", {"limits": {"per_member": 9, "budget_minor": 150}}, rate_bp=150)
    for number in range(6):
        member = "AB"[number % 2]
        shop.sell(None, item("latte", number + 1), member=member, receipt_no=f"r{number}", decline=("card",))
        shop.clock.on(minutes=5)
    shop.sell(3000, points=20, credit_minor=50)
    shop.sell(None, goods("x", 100), member="B")
    shop.sell(1000, member=None)
    shop.void(shop.sell(1000, member=None))
    shop.void("s1")
    shop.void("s6")
    shop.print_voucher("card")
    shop.print_voucher("card")
    shop.product("grinder", 900)
    shop.publish("years", "warranty", months=24, skus=["grinder"])
    shop.sell(None, item("grinder"), member=None, contact="سارا")
    shop.publish("code", "percent_off", rate_bp=1000, lane="code")
    batch = shop.service.do(IssueCodes(posting_id="batch", programme="code", count=3, member="A"))
    issue = IssueCodes(posting_id="word", programme="code", text="summer", per_member=5, expires="2027-01-01")
    shop.service.do(issue)
    shop.sell(3000, codes=(batch.codes[0].code,))
    shop.void(shop.sell(3000, codes=("summer",), member="B"))
    shop.sell(3000, codes=("summer",), member="B")
    shop.service.do(VoidCode(posting_id="stop", code=batch.codes[1].code))
    shop.publish("points", "points", step_minor=200, point_value_minor=10)
    shop.retire("credit")
    shop.proved()
    shop.service.idle()
    shop.close()
    return path


def copied(books: Path, to: Path) -> Path:
    for suffix in ("", ".key"):
        shutil.copy(f"{books}{suffix}", f"{to}{suffix}")
    return to


def audit_of(path: Path) -> Any:
    store = SqliteStore(path)
    try:
        return store.audit()
    finally:
        store.close()


def another(value: Any, declared: str, random: Random) -> Any:
    if isinstance(value, int):
        return value + random.choice([1, -1, 7, 1000])
    if isinstance(value, bytes):
        return bytes([value[0] ^ random.choice([1, 128])]) + value[1:]
    if value is None:
        return 1 if declared == "INTEGER" else "2027-01-01"
    at = random.randrange(len(value)) if value else 0
    return value[:at] + ("1" if value[at : at + 1] != "1" else "2") + value[at + 1 :]


def edit(connection: apsw.Connection, random: Random) -> str | None:
    """Change or remove one random thing of the books; None when the file itself refuses."""
    table = random.choice(SEALED)
    columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
    row = random.choice(list(connection.execute(f"SELECT * FROM {table}")))
    where = " AND ".join(f"{name} IS ?" for name, _ in columns)
    if random.random() < 0.15:
        connection.execute(f"DELETE FROM {table} WHERE {where}", row)
        return f"{table} deleted"
    at = random.randrange(len(columns))
    name, declared = columns[at]
    if (table, name) in UNSEALED_COLUMNS:
        return None
    value = another(row[at], declared, random)
    try:
        connection.execute(f"UPDATE {table} SET {name} = ? WHERE {where}", (value, *row))
    except apsw.ConstraintError:
        return None
    return f"{table}.{name}: {row[at]!r} -> {value!r}"


@pytest.mark.parametrize("seed", range(3))
def test_every_random_edit_of_the_books_is_found(books: Path, tmp_path: Path, seed: int) -> None:
    random, missed, done = Random(seed), [], 0
    for number in range(EDITS // 3):
        path = copied(books, tmp_path / f"{number}.db")
        connection = raw(path, unguarded=True)
        what = edit(connection, random)
        connection.close()
        if what is not None:
            done += 1
            missed += [what] if audit_of(path).ok else []
    assert missed == []
    assert done > EDITS // 5


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE account SET balance = balance + 5 WHERE unit = 'points'", "balance_is_not_its_entries"),
        ("UPDATE lot SET left = left + 1, amount = amount + 1", "lot_is_not_its_entries"),
        ("UPDATE entry SET amount = amount + 1 WHERE lot IS NOT NULL", "posting_altered"),
        ("UPDATE posting SET actor = 'somebody' WHERE seq = 3", "posting_altered"),
        ("DELETE FROM posting WHERE seq = (SELECT max(seq) FROM posting)", "last_posting_missing"),
        ("DELETE FROM voided", "posting_without_void"),
        ("UPDATE revision SET params = replace(params, '100', '10')", "revision_differs_from_its_posting"),
        ("UPDATE programme SET live = 2 WHERE id = 2", "live_programme_is_not_the_last_published"),
        ("DELETE FROM revision WHERE number = 2", "posting_without_revision"),
        (
            "UPDATE voucher SET code_hash = zeroblob(32) WHERE lot = (SELECT max(lot) FROM voucher)",
            "voucher_differs_from_its_posting",
        ),
        ("DELETE FROM code WHERE id = 3", "code_differs_from_its_posting"),
        ("UPDATE code SET expires_on = NULL", "code_differs_from_its_posting"),
        ("DELETE FROM code_void", "code_void_differs_from_its_posting"),
        ("DELETE FROM code_use WHERE once = 1", "code_use_differs_from_its_sale"),
        ("UPDATE code_use SET given_back = NULL", "code_use_differs_from_its_sale"),
        ("UPDATE shop SET day_ends_hour = 9", "shop_differs_from_its_posting"),
        ("UPDATE shop SET tax_bp = 9", "shop_differs_from_its_posting"),
        ("UPDATE shop SET earn_on_tax = 0", "shop_differs_from_its_posting"),
        ("DELETE FROM warranty", "warranty_differs_from_its_sale"),
        ("UPDATE warranty SET sale = 1", "warranty_differs_from_its_sale"),
        ("UPDATE member_state SET visits = visits + 1", "member_counters_differ_from_sales"),
        ("UPDATE account SET programme = 'gone' WHERE programme = 'card'", "sale_is_not_its_entries"),
        ("UPDATE posting SET record = 'x' WHERE kind = 'sale'", "unreadable"),
        ("UPDATE posting SET record = '{}' WHERE kind = 'sale'", "unreadable"),
    ],
)
def test_an_edit_is_named(books: Path, tmp_path: Path, statement: str, code: str) -> None:
    path = copied(books, tmp_path / "shop.db")
    connection = raw(path, unguarded=True)
    connection.execute(statement)
    connection.close()
    assert code in {finding.code for finding in audit_of(path).findings}


def test_an_edit_that_is_sealed_again_without_the_key_is_found(books: Path, tmp_path: Path) -> None:
    """Somebody who knows the program but not the key cannot seal what he changed."""
    path = copied(books, tmp_path / "shop.db")
    forged = Shop(tmp_path / "forged.db")
    forged.close()
    shutil.copy(key_path(forged.path), key_path(path))
    assert "posting_altered" in {finding.code for finding in audit_of(path).findings}


def test_a_lost_key_is_a_finding_and_the_shop_goes_on_under_a_new_epoch(books: Path, tmp_path: Path) -> None:
    path = copied(books, tmp_path / "shop.db")
    key_path(path).unlink()
    service = open_file(path, HeldClock())
    shop = Shop.__new__(Shop)
    shop.service, shop.clock, shop.path, shop._sales = service, HeldClock(), path, 100
    shop.sell(500, member="A")
    found = shop.audit()
    assert {(f.code, f.detail) for f in found.findings} == {("chain_key_missing", "1")}
    shop.close()
    connection = raw(path, unguarded=True)
    connection.execute("UPDATE posting SET actor = 'x' WHERE seq = (SELECT max(seq) FROM posting)")
    connection.close()
    assert "posting_altered" in {finding.code for finding in audit_of(path).findings}


def test_findings_are_capped_and_counted(books: Path, tmp_path: Path) -> None:
    path = copied(books, tmp_path / "shop.db")
    connection = raw(path, unguarded=True)
    connection.execute("UPDATE entry SET amount = amount + 1")
    connection.close()
    audit = audit_of(path)
    assert not audit.ok
    assert audit.figures["findings"] >= len(audit.findings) > 0


@pytest.mark.parametrize("check", ["member_counters_differ_from_sales", "member_days_differ_from_sales"])
def test_members_are_held_against_their_sales_without_reading_all_of_them_for_each(
    books: Path, tmp_path: Path, check: str
) -> None:
    connection = apsw.Connection(str(copied(books, tmp_path / "shop.db")))
    plan = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {_SQL_CHECKS[check]}")]
    connection.close()
    assert not [step for step in plan if step.startswith("SCAN") and "JOIN" in step], plan
