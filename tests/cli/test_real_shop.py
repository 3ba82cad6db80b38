"""The door before a real shop in a real file: what is refused posts nothing, what is answered is there."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import CommandLine
from tests.cli.real_shop import open_real
from tests.cli.test_door import LINES, SALE
from tests.cli.test_import_sales import COLUMNS, Importing, counts
from tests.examples import examples
from tests.shop import raw

SHOP = {
    "do": "create_shop", "name": "Kava", "currency": "UAH", "calendar": "gregorian",
    "time_zone": "Europe/Kyiv", "language": "en",
}  # fmt: skip
PROGRAMME = {"do": "publish_programme", "name": "x"}
SETUP: list[dict[str, Any]] = [
    SHOP,
    {"do": "put_product", "sku": "latte", "name": "Latte", "price_minor": 4000, "group": "hot"},
    {**PROGRAMME, "key": "points", "kind": "points", "params": {"step_minor": 1000}},
    {**PROGRAMME, "key": "credit", "kind": "spend_credit", "params": {"rate_bp": 1000}},
    {**PROGRAMME, "key": "card", "kind": "stamp_card", "params": {"needed": 5}},
    {"do": "enrol_member", "phone": "0501234567", "card": "A-1", "name": "Olha"},
]  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    line = CommandLine(tmp_path_factory.mktemp("furnished"))
    line.shops.open = open_real  # type: ignore[method-assign,assignment]
    answers = line.do(*SETUP)
    assert all(answer["ok"] for answer in answers), answers
    return line.folder


@pytest.fixture
def real(command_line: CommandLine, furnished: Path) -> CommandLine:
    command_line.shops.open = open_real  # type: ignore[method-assign,assignment]
    shutil.copytree(furnished, command_line.folder, dirs_exist_ok=True)
    return command_line


def figures(real: CommandLine) -> dict[str, int]:
    (answer,) = real.do({"ask": "audit"})
    assert answer["result"]["ok"], answer
    found: dict[str, int] = answer["result"]["figures"]
    return found


def test_a_sale_is_recorded_once_explained_and_taken_back(real: CommandLine) -> None:
    sale = {**SALE, "member": "۰۵۰ ۱۲۳ ۴۵ ۶۷", "amount_minor": 10_500}
    first, again, other, why, taken, member = real.do(
        sale, sale, {**sale, "amount_minor": 10_501}, {"ask": "why", "sale_id": "s1"},
        {"do": "void_sale", "sale_id": "s1"}, {"ask": "member", "member": "a-1"},
    )  # fmt: skip
    assert first["result"]["earned"]["points"] == 10
    assert first["result"]["earned"]["credit_minor"] == 1050
    assert again == first
    assert other["code"] == "key_taken"
    assert {line["programme"] for line in why["result"]["trace"]} >= {"points", "credit", "card"}
    assert taken["result"]["refund_minor"] == 10_500
    assert (member["result"]["points"], member["result"]["credit_minor"]) == (0, 0)
    assert real.status == 1


REFUSED: list[dict[str, Any]] = [
    {**SALE, "amount_minor": -1},
    {**SALE, "amount_minor": 10.5},
    {**SALE, "amount_minor": "1000"},
    {**SALE, "amount_minor": 10**13},
    {**SALE, "colour": "red"},
    {"do": "record_sale", "sale_id": "s", "lines": [{"sku": "mocha"}]},
    {"do": "record_sale", "sale_id": "s", "lines": [{"sku": "latte", "quantity": 0}]},
    {"do": "record_sale", "sale_id": "s", "lines": [{"sku": "latte", "discount_minor": 4001}]},
    {"do": "record_sale", "sale_id": "s"},
    {**SALE, "lines": [{"sku": "latte"}]},
    {**SALE, "sale_id": ""},
    {**SALE, "member": "nobody"},
    {**SALE, "counts": {"nothing": 1}},
    {**SALE, "use": {"credit_minor": "all"}},
    {**SALE, "member": "A-1", "use": {"credit_minor": 5}},
    {**SALE, "member": "A-1", "use": {"points": 5}},
    {**SALE, "use": {"decline": ["nothing"]}},
    {**SALE, "use": {"codes": ["x"]}},
    {**SALE, "on_account": True},
    {**SALE, "fingerprint": "stale"},
    {"do": "void_sale", "sale_id": "none"},
    {"do": "enrol_member", "name": "x"},
    {"do": "enrol_member", "phone": "12"},
    {"do": "enrol_member", "card": "A-1"},
    {"do": "enrol_member", "phone": "+380 50 123 45 67"},
    {"do": "enrol_member", "card": "B", "birthday": "tomorrow"},
    {"do": "put_product", "sku": "", "name": "x", "price_minor": 1},
    {**PROGRAMME, "key": "k", "kind": "magic"},
    {**PROGRAMME, "key": "k", "kind": "points", "params": {"step_minor": 0}},
    {**PROGRAMME, "key": "k", "kind": "points", "params": {"step_minor": 1.5}},
    {**PROGRAMME, "key": "k", "kind": "points", "params": {"stride": 1}},
    {**PROGRAMME, "key": "card", "kind": "points", "params": {"step_minor": 5}},
    {**PROGRAMME, "key": "k", "kind": "spend_credit", "params": {"rate_bp": 10_001}},
    {"do": "retire_programme", "key": "none"},
    SHOP,
]  # fmt: skip


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: str(line)[7:60])
def test_what_is_refused_posts_nothing_and_says_so(real: CommandLine, line: dict[str, Any]) -> None:
    before = figures(real)
    (answer,) = real.do(line)
    assert not answer["ok"]
    assert answer["code"]
    assert answer["message"].endswith(".")
    assert figures(real) == before


def plain_arithmetic(rows: list[tuple[str, int]]) -> tuple[int, int, int]:
    """Work points, credit and full cards out by hand, member by member."""
    spent: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for card, minor in rows:
        if card:
            spent[card] += minor
            visits[card] += 1
    points = sum(minor // 1000 for minor in spent.values())
    credit = sum(minor // 10 for minor in spent.values())
    return points, credit, sum(count // 5 for count in visits.values())


def test_a_damaged_record_whose_words_are_read_last_is_answered_as_damage(real: CommandLine) -> None:
    (sold,) = real.do({**SALE, "member": "050 123 45 67", "amount_minor": 10_500})
    assert sold["ok"], sold
    connection = raw(real.shop, unguarded=True)
    connection.execute("UPDATE posting SET record = replace(record, 'earned_points', 'tier_next')")
    connection.close()
    asked, again = real.do({"ask": "sale", "sale_id": sold["result"]["sale_id"]}, {"ask": "shop"})
    assert (asked["ok"], asked["code"]) == (False, "damaged_file")
    assert again["ok"]


def test_an_imported_year_agrees_with_plain_arithmetic(real: CommandLine) -> None:
    rows = [(f"C-{at % 7}" if at % 11 else "", 1000 + at * 37 % 4000) for at in range(300)]
    text = "date,datetime,card,money,coffee_name\n" + "".join(
        f"x,{1 + at % 12}/{1 + at // 12}/2024 10:{at % 60:02d},{card},{minor / 100:.2f},Latte\n"
        for at, (card, minor) in enumerate(rows)
    )
    importing = Importing(real)
    assert counts(importing(text, "--enrol")) == (300, 0, 0, 7)
    found = figures(real)
    assert (found["points"], found["credit_minor"], found["rewards"]) == plain_arithmetic(rows)
    assert counts(importing(text, "--enrol")) == (0, 300, 0, 0)
    assert figures(real) == found


def test_a_row_the_shop_refuses_costs_that_row_only(real: CommandLine) -> None:
    text = (
        "when,amount,phone,receipt\n2024-03-01,5,050 765 43 21,R1\n2024-03-01,6,,R1\n"
        "2024-03-01,7,12,\n2024-03-01,8,0507654321,R2\n"
    )
    answer = Importing(real)(text, "--enrol", columns=None)
    assert counts(answer) == (2, 0, 2, 1)
    assert [(row["line"], row["reason"]) for row in answer["refused"]] == [
        (3, "duplicate_receipt"), (4, "not_a_phone"),
    ]  # fmt: skip
    assert figures(real)["sales"] == 2


def test_a_dry_run_leaves_the_file_as_it_was(real: CommandLine) -> None:
    before = figures(real)
    text = "datetime,card,money,coffee_name\n2024-03-01,A-1,5,Tea\n2024-03-02,N-1,5,Tea\n"
    assert counts(Importing(real)(text, "--enrol", "--dry-run", columns=COLUMNS)) == (2, 0, 0, 1)
    assert figures(real) == before


def test_a_given_clock_dates_the_sales(real: CommandLine) -> None:
    sale, stored = real.do(
        {**SALE, "at": "2025-03-01T23:30:00+00:00"}, {"ask": "sale", "sale_id": "s1"}, clock="given"
    )
    assert sale["result"]["business_day"] == stored["result"]["business_day"] == "2025-03-02"


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(LINES, min_size=1, max_size=4))
def test_a_real_shop_survives_any_line(real: CommandLine, lines: list[bytes]) -> None:
    lines = [line.replace(b"\n", b" ") for line in lines]
    answers = real.do(*lines, {"ask": "audit"})
    assert len(answers) == len(lines) + 1
    assert answers[-1]["result"]["ok"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_was_answered_before_a_kill_is_in_the_file(real: CommandLine) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.real_shop", "do", "--shop", str(real.shop)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as program:
        assert program.stdin
        assert program.stdout
        for at in range(5):
            program.stdin.write(json.dumps({**SALE, "sale_id": f"k{at}"}).encode() + b"\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["ok"]
        program.kill()
    assert figures(real)["sales"] == 5
