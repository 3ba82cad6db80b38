"""What members bring along from paper cards and other programs comes in with them, and once (rules 37)."""

from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.cli.exchanging import Exchanging

CARD = {"count": "units", "groups": ["drinks"], "needed": 5, "mode": "after_n_paid"}
HEAD = ["phone", "name", "points", "credit", "stamps"]
ROWS = [HEAD, ["09123456789", "Sara", "1,200", "15000 toman", "4"], ["09190006789", "Leila", "", "0", ""]]


@pytest.fixture
def shop(command_line: CommandLine) -> Exchanging:
    shop = Exchanging(command_line)
    publish(shop, "points", "points", {"step_minor": 10_000})
    publish(shop, "back", "spend_credit", {"rate_bp": 1000})
    publish(shop, "card", "stamp_card", CARD)
    return shop


def publish(shop: Exchanging, key: str, kind: str, params: dict[str, Any]) -> None:
    shop.do({"do": "publish_programme", "key": key, "kind": kind, "name": key, "params": params})


def held(shop: Exchanging, member: str = "09123456789") -> tuple[int, int, int]:
    view = shop.ask("member", member=member)
    return view["points"], view["credit_minor"], view["progress"].get("card", {"have": -1})["have"]


@pytest.mark.parametrize("name", ["in.csv", "in.xlsx"])
def test_balances_come_in_with_their_members_and_a_second_time_nothing_does(
    shop: Exchanging, name: str
) -> None:
    file = shop.write(ROWS, name)
    answer = shop.bring("members", file)
    assert (answer["imported"], answer["balances"], answer["refused"]) == (2, 1, [])
    assert held(shop) == (1_200, 150_000, 4)
    assert held(shop, "09190006789") == (0, 0, 0)
    again = shop.bring("members", file)
    assert (again["imported"], again["skipped"], again["balances"]) == (0, 2, 1)
    assert held(shop) == (1_200, 150_000, 4)
    assert shop.ask("audit")["ok"]


def test_a_trial_run_shows_the_balances_and_posts_none(shop: Exchanging) -> None:
    answer = shop.bring("members", shop.write(ROWS), "--dry-run")
    sara, leila = answer["preview"]
    assert (sara["points"], sara["credit_minor"], sara["stamps:card"]) == (1_200, 150_000, 4)
    assert "points" not in leila
    assert shop.members() == []


def test_somebody_known_gets_the_balance_and_nothing_else_of_the_row(shop: Exchanging) -> None:
    shop.do({"do": "enrol_member", "phone": "09123456789", "name": "S"})
    trial = shop.bring("members", shop.write(ROWS), "--dry-run")
    assert [(one["line"], one["reason"]) for one in trial["duplicates"]] == [(2, "phone_opened")]
    assert trial["preview"][0]["points"] == 1_200
    assert held(shop)[0] == 0
    answer = shop.bring("members", shop.write(ROWS))
    assert (answer["imported"], answer["skipped"], answer["balances"]) == (1, 1, 1)
    assert held(shop) == (1_200, 150_000, 4)


def test_a_row_that_says_another_balance_later_is_refused_and_changes_nothing(shop: Exchanging) -> None:
    shop.bring("members", shop.write(ROWS))
    more = [HEAD, ["09123456789", "Sara", "1,300", "", ""]]
    (refused,) = shop.bring("members", shop.write(more))["refused"]
    assert (refused["line"], refused["reason"]) == (2, "key_taken")
    assert held(shop)[0] == 1_200


@pytest.mark.parametrize("text", ["card", "phone"])
def test_a_balance_comes_in_once_also_when_its_member_was_merged_away_meanwhile(
    shop: Exchanging, text: str
) -> None:
    named = {"card": "B-1", "phone": "09123456789"}[text]
    file = shop.write([[text, "points"], [named, "20"]])
    shop.bring("members", file)
    shop.do(
        {"do": "enrol_member", "card": "A-1", "phone": "09190006789"},
        {"do": "merge_members", "keep": "A-1", "drop": named},
    )
    again = shop.bring("members", file)
    assert (again["skipped"], again["refused"]) == (1, [])
    assert held(shop, "A-1")[0] == 20
    shop.do({"do": "undo_merge", "keep": "A-1", "drop": named})
    shop.bring("members", file)
    assert (held(shop, "A-1")[0], held(shop, named)[0]) == (0, 20)
    assert shop.ask("audit")["ok"]


def test_the_heading_names_the_card_where_there_are_several(shop: Exchanging) -> None:
    publish(shop, "cakes", "stamp_card", {**CARD, "groups": ["cakes"]})
    rows = [["phone", "stamps"], ["09123456789", "3"]]
    (refused,) = shop.bring("members", shop.write(rows))["refused"]
    assert (refused["reason"], refused["facts"]["known"]) == ("which_card", ["card", "cakes"])
    assert shop.members() == []
    shop.bring("members", shop.write([["phone", "stamps (cakes)"], ["09123456789", "3"]]))
    assert shop.ask("member", member="09123456789")["progress"]["cakes"]["have"] == 3
    shop.bring("members", shop.write([["phone", "stamps:card"], ["09123456780", "4"]]))
    assert shop.ask("member", member="09123456780")["progress"]["card"]["have"] == 4


def test_a_balance_nobody_could_have_refuses_its_row_with_the_member(shop: Exchanging) -> None:
    shop.do({"do": "retire_programme", "key": "card"})
    rows = [
        ["phone", "points", "stamps (nocard)"],
        ["09123456781", "many", ""],
        ["09123456782", "10000000000001", ""],
        ["09123456783", "5", "2"],
        ["09123456784", "۵٫۵", ""],
    ]
    answer = shop.bring("members", shop.write(rows))
    reasons = [(one["line"], one["reason"]) for one in answer["refused"]]
    assert sorted(reasons) == [
        (2, "bad_count"),
        (3, "bad_count"),
        (4, "unknown_programme"),
        (5, "bad_count"),
    ]
    assert shop.members() == []


def test_people_are_told_how_many_bring_a_balance(shop: Exchanging) -> None:
    assert "1 brings a balance along." in shop.told("members", shop.write(ROWS))


@pytest.mark.parametrize(
    ("head", "cell", "reason"),
    [("credit", "1500", "nothing_gives"), ("points", "7", "key_taken")],
)
def test_a_trial_run_refuses_what_the_real_one_will(
    command_line: CommandLine, head: str, cell: str, reason: str
) -> None:
    shop = Exchanging(command_line)
    publish(shop, "points", "points", {"step_minor": 10_000})
    shop.bring("members", shop.write([["phone", "points"], ["09190006789", "5"]]))
    phone = "09190006789" if reason == "key_taken" else "09123456789"
    file = shop.write([["phone", head], [phone, cell]])
    trial, real = shop.bring("members", file, "--dry-run"), shop.bring("members", file)
    assert [one["reason"] for one in trial["refused"]] == [reason]
    assert trial["refused"] == real["refused"]
    assert trial["imported"] == real["imported"] == 0


def test_a_trial_run_of_sales_refuses_and_enrols_what_the_real_one_will(command_line: CommandLine) -> None:
    shop = Exchanging(command_line)
    rows: list[list[Any]] = [["when", "amount", "card", "receipt"]]
    rows += [
        [f"2025-03-{1 + n % 9:02} 10:{n // 9 % 60:02}", "1000", f"C-{n % 300:03}", n] for n in range(540)
    ]
    rows += [["2025-03-01 11:00", "2000", "C-001", "9"]]
    file = shop.write(rows)
    trial, real = shop.bring("sales", file, "--enrol", "--dry-run"), shop.bring("sales", file, "--enrol")
    assert (real["imported"], real["members_new"]) == (540, 300)
    assert [one["reason"] for one in real["refused"]] == ["duplicate_receipt"]
    for told in ("imported", "skipped", "members_new"):
        assert trial[told] == real[told]
    assert [one["line"] for one in trial["refused"]] == [one["line"] for one in real["refused"]]
