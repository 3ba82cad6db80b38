"""Backups through the door: what a script sends, what it gets, and a new computer that starts from a copy."""

from pathlib import Path

import pytest

from loyalty_pos.store.store import SqliteStore
from tests.cli.conftest import CommandLine
from tests.cli.real_shop import open_real

SHOP = {"do": "create_shop", "name": "Kava", "currency": "UAH", "calendar": "gregorian", "language": "en"}
PHONE = "+380501234567"
AT = "2026-03-21T10:00:00+00:00"


@pytest.fixture
def real(command_line: CommandLine) -> CommandLine:
    command_line.shops.open = open_real  # type: ignore[method-assign,assignment]
    answers = command_line.do(SHOP, {"do": "enrol_member", "phone": PHONE})
    assert all(answer["ok"] for answer in answers), answers
    return command_line


def test_a_script_backs_up_lists_and_restores(real: CommandLine) -> None:
    sale = {"do": "record_sale", "sale_id": "s1", "member": PHONE, "amount_minor": 5000}
    made, _, listed = real.do({"do": "backup", "at": AT}, sale, {"ask": "backups"}, clock="given")
    copy = made["result"]
    assert copy["made"]
    assert copy["at_ms"] == 1_774_087_200_000
    assert Path(copy["path"]).name.endswith("-2026-03-21T10-00-00Z.db")
    assert listed["result"]["backups"] == [{**copy, "made": False}]
    back, member, audit = real.do(
        {"do": "restore", "path": copy["path"]}, {"ask": "member", "member": PHONE}, {"ask": "audit"}
    )
    assert back["result"]["postings_lost"] == 1
    assert back["result"]["shop"]["name"] == "Kava"
    assert Path(back["result"]["old_file"]).exists()
    assert member["result"]["visits"] == 0
    assert audit["result"]["ok"]


def test_a_new_computer_starts_from_a_copy(real: CommandLine, tmp_path: Path) -> None:
    (made,) = real.do({"do": "backup", "path": str(tmp_path / "stick.db")})
    real.shop = tmp_path / "new" / "shop.db"
    real.shop.parent.mkdir()
    back, member = real.do(
        {"do": "restore", "path": made["result"]["path"]}, {"ask": "member", "member": PHONE}
    )
    assert back["result"]["old_file"] is None
    assert member["ok"]


def test_what_is_refused_is_said_in_a_sentence(real: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Olha")
    other = SqliteStore(real.shop)
    missing, letter, over, empty = real.do(
        {"do": "restore", "path": "none.db"},
        {"do": "restore", "path": str(tmp_path / "letter.txt")},
        {"do": "backup", "path": str(tmp_path / "letter.txt")},
        {"do": "restore"},
    )
    (made,) = real.do({"do": "backup"})
    (busy,) = real.do({"do": "restore", "path": made["result"]["path"]})
    other.close()
    codes = [answer["code"] for answer in (missing, letter, over, empty, busy)]
    assert codes == ["no_backup_file", "not_a_shop_file", "backup_in_the_way", "invalid_request", "busy_file"]
    assert letter["message"] == f"{tmp_path / 'letter.txt'} is not a shop's file; it was left untouched."
