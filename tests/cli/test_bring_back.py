"""`loyalty-pos restore`: a lost shop comes back on a new computer with one line."""

import json
import shutil
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, RecordSale
from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.queries import Audit
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import OK, UNOPENED, Streams, run


def restore(*words: object) -> tuple[int, str, str]:
    at = Streams(BytesIO(), BytesIO(), StringIO())
    arguments = parse_arguments(["restore", *map(str, words)])
    status = run(arguments, bootstrap.open_shop, bootstrap.languages, at)
    return status, at.answers.getvalue().decode(), at.errors.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The journal of a shop whose own disk is lost; it sold three times after the copy."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    service: Any = bootstrap.open_shop(first / "shop.db")
    service.do(CreateShop(name="Firuze", language="en"))
    service.do(EnrolMember(phone="09121234567"))
    service.do(KeepJournal(folder=str(second)))
    for number in range(3):
        service.do(RecordSale(sale_id=f"s{number}", member="09121234567", amount_minor=1_000))
    service.close()
    shutil.rmtree(first)
    return second


def copy_in(folder: Path) -> Path:
    return next(folder.glob("*.db"))


def sales_in(path: Path) -> int:
    service: Any = bootstrap.open_shop(path)
    try:
        audit = service.ask(Audit())
        assert audit.ok
        return int(audit.figures["sales"])
    finally:
        service.close()


def test_a_backup_and_its_journal_bring_every_sale_to_a_new_computer(second: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    status, said, _ = restore(copy_in(second), "--shop", path)
    assert status == OK
    assert said.startswith("The shop is back.\n3 lines of the sales journal were brought back.\n0 entries")
    assert sales_in(path) == 3


def test_a_journal_that_was_moved_is_named(second: Path, tmp_path: Path) -> None:
    moved, path = tmp_path / "moved", tmp_path / "new.db"
    second.rename(moved)
    status, _, said = restore(copy_in(moved), "--shop", path)
    assert (status, said.startswith("The sales journal is not in ")) == (UNOPENED, True)
    assert not list(tmp_path.glob("new.db*"))
    status, answer, _ = restore(copy_in(moved), "--shop", path, "--journal", moved, "--json")
    assert (status, json.loads(answer)["journal_lines"]) == (OK, 3)
    assert sales_in(path) == 3


def test_without_the_journal_the_shop_is_as_it_was_then(second: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert restore(copy_in(second), "--shop", path, "--without-journal")[0] == OK
    assert sales_in(path) == 0


def test_a_folder_that_is_not_there_takes_no_shop(second: Path, tmp_path: Path) -> None:
    status, _, said = restore(copy_in(second), "--shop", tmp_path / "nowhere" / "new.db")
    assert (status, "There is no folder" in said) == (UNOPENED, True)
