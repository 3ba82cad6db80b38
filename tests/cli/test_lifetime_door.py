"""Expiry, reviews, debts and the end of a day through the door of scripts, at times the sender gives."""

from typing import Any

from tests.cli.conftest import CommandLine
from tests.cli.real_shop import open_real

SHOP = {"do": "create_shop", "name": "Cafe", "calendar": "gregorian", "at": "2025-01-15T12:00+03:30"}
MEMBER = {"do": "enrol_member", "card": "A"}


def programme(key: str, kind: str, when: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
    return {
        "do": "publish_programme",
        "key": key,
        "kind": kind,
        "name": key,
        "params": params,
        "when": when or {},
    }


def sale(key: str, amount: int, **more: Any) -> dict[str, Any]:
    return {"do": "record_sale", "sale_id": key, "member": "A", "amount_minor": amount, **more}


def answers(line: CommandLine, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    line.shops.open = open_real  # type: ignore[method-assign,assignment]
    found = line.do(*lines, clock="given")
    assert all(one["ok"] for one in found), [one for one in found if not one["ok"]]
    return [one["result"] for one in found]


def test_golden_7_and_13_a_lot_ends_and_a_debt_is_repaid_by_the_next_earning(
    command_line: CommandLine,
) -> None:
    found = answers(
        command_line,
        SHOP,
        MEMBER,
        programme("p", "points", {"expiry": {"days": 3}}, step_minor=1, point_value_minor=1),
        sale("a", 100),
        programme("p", "points", {"expiry": {"never": True}}, step_minor=1, point_value_minor=1),
        sale("b", 50),
        sale("c", 80, use={"points": 80}),
        {"do": "close_day", "at": "2025-01-20T23:00+03:30"},
        {"ask": "member", "member": "A"},
        {"do": "void_sale", "sale_id": "b"},
        {"ask": "member", "member": "A"},
        {"ask": "audit"},
    )
    closed, member, _, after, audit = found[-5:]
    assert (closed["swept"]["points"], closed["day"], closed["closed"]) == (20, "2025-01-20", True)
    assert (member["points"], after["points"], after["owed"]["points"]) == (50, 0, 0)
    assert audit["ok"]


def test_golden_8_warned_at_the_next_review_and_bronze_at_the_one_after(command_line: CommandLine) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 1_000}]
    found = answers(
        command_line,
        SHOP,
        MEMBER,
        programme("club", "tiers", metric="spend", window_months=12, levels=levels),
        sale("a", 1_000),
        {"do": "close_day", "at": "2026-01-31T23:00+03:30"},
        {"ask": "member", "member": "A"},
        {"do": "close_day", "at": "2026-02-01T23:00+03:30"},
        {"ask": "member", "member": "A"},
        {"do": "close_day", "at": "2026-03-01T23:00+03:30"},
        {"ask": "member", "member": "A"},
        {"ask": "audit"},
    )
    (_, first), (warning, warned), (fall, fallen) = zip(found[4:10:2], found[5:11:2], strict=True)
    assert (first["tier"], first["standing"]["warned_on"]) == ("silver", None)
    assert [(one["day"], one["warned"]) for one in warning["reviews"]] == [("2026-02-01", 1)]
    assert (warned["tier"], warned["standing"]["stay_until"]) == ("silver", "2026-02-28")
    assert [(one["day"], one["fell"]) for one in fall["reviews"]] == [("2026-03-01", 1)]
    assert fallen["tier"] == "bronze"
    assert found[-1]["ok"]


def test_a_day_closed_twice_is_one_and_one_to_come_is_refused(command_line: CommandLine) -> None:
    first, again = answers(command_line, SHOP, {"do": "close_day"}, {"do": "close_day"})[1:]
    assert first == again
    (refused,) = command_line.do({"do": "close_day", "day": "2090-01-01"}, clock="given")
    assert (refused["code"], refused["facts"]["day"]) == ("day_to_come", "2090-01-01")
