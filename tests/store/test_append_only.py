"""History cannot be changed or removed, nor may anything but whole values enter it."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from loyalty_pos.app.commands import IssueCodes, IssueGiftCard, VoidCode
from tests.shop import Shop, goods, raw

HISTORY = (
    "revision", "posting", "entry", "sale", "voided", "voucher", "member", "code", "code_void", "code_worth",
    "gift_card_code", "gift_card_entry", "gift_card_void",
)  # fmt: skip
KEPT = (*HISTORY, "gift_card", "code_use", "account", "lot", "programme", "shop")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[apsw.Connection]:
    """A connection to a shop with something in every table of history."""
    shop = Shop(tmp_path / "shop.db")
    shop.enrol()
    shop.publish("points", "points", step_minor=10)
    shop.publish("card", "stamp_card", needed=2)
    shop.void(shop.sell(100))
    shop.sell(None, goods("x", 5, 2))
    shop.print_voucher("card")
    shop.publish("word", "percent_off", rate_bp=1000, lane="code")
    shop.service.do(IssueCodes(posting_id="codes", programme="word", text="summer"))
    shop.void(shop.sell(100, codes=("summer",)))
    shop.service.do(VoidCode(posting_id="stop", code="summer"))
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 30})
    shop.sell(100)
    card = shop.service.do(IssueGiftCard(posting_id="card", face_minor=100)).codes[0].code
    shop.sell(100, gift_cards=(card,))
    shop.service.do(VoidCode(posting_id="stop-card", code=card))
    shop.close()
    connection = raw(tmp_path / "shop.db")
    connection.execute("PRAGMA foreign_keys = 1")
    yield connection
    connection.close()


@pytest.mark.parametrize("table", HISTORY)
def test_history_never_changes(full: apsw.Connection, table: str) -> None:
    columns = [row[1] for row in full.execute(f"PRAGMA table_info({table})")]
    assert full.execute(f"SELECT 1 FROM {table}").fetchone()
    for column in columns:
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            full.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", KEPT)
def test_history_never_goes(full: apsw.Connection, table: str) -> None:
    assert full.execute(f"SELECT 1 FROM {table}").fetchone()
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        full.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("code_use", ("sale", "code", "member", "once", "given_back")),
        ("account", ("id", "member", "unit", "programme")),
        ("lot", ("id", "account", "posting", "amount", "available_from_ms", "expires_on", "revision")),
        ("gift_card", ("id", "face_minor", "sale", "member", "expires_on", "posting")),
    ],
)
def test_an_account_keeps_its_owner_a_lot_its_terms_and_a_code_what_it_was_used_on(
    full: apsw.Connection, table: str, columns: tuple[str, ...]
) -> None:
    for column in columns:
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            full.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("value", [1.9, "'many'", "x'00'"])
@pytest.mark.parametrize(
    ("table", "column"), [("entry", "amount"), ("account", "balance"), ("lot", "left"), ("sale", "net_minor")]
)
def test_only_whole_numbers_are_value(full: apsw.Connection, table: str, column: str, value: object) -> None:
    columns = [row[1] for row in full.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join(str(value) if name == column else name for name in columns)
    with pytest.raises(apsw.ConstraintError, match="cannot store"):
        full.execute(f"INSERT INTO {table} SELECT {chosen} FROM {table} LIMIT 1")


def test_a_balance_or_lot_below_zero_is_refused_by_the_file_itself(full: apsw.Connection) -> None:
    for table, column in (("account", "balance"), ("lot", "left"), ("gift_card", "left_minor")):
        with pytest.raises(apsw.ConstraintError, match="CHECK"):
            full.execute(f"UPDATE {table} SET {column} = -1")
