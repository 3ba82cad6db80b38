"""A disk that refuses costs a sentence, never a sale, and the same program goes on when the disk is well."""

from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.domain.errors import Fault
from loyalty_pos.store import store
from tests.crash import fault_sweep
from tests.crash.fault_sweep import ask, opened
from tests.crash.faulty import faulty_disk
from tests.crash.orders import founding, phone
from tests.crash.programs import figures_of


def swept(*arguments: str) -> dict[str, Any]:
    figures = figures_of("fault_sweep", "--quiet", *arguments)
    loses_nothing(figures)
    return figures


def loses_nothing(figures: dict[str, Any]) -> None:
    wrong = {name: figures[name] for name in ("lost", "wrong", "speechless", "findings", "reopened")}
    assert wrong == dict.fromkeys(wrong, 0), figures["first"]
    assert figures["refused"] and figures["not_opened"] and figures["looked_up_while_ill"]


def test_a_refused_call_of_the_disk_loses_nothing(tmp_path: Path) -> None:
    figures = vars(fault_sweep.run(tmp_path.resolve(), 75))
    loses_nothing(figures)
    assert figures["faults"] >= 16


@pytest.mark.crash
@pytest.mark.parametrize("kind", ["ioerr", "full"])
def test_every_call_refused_once_in_turn_loses_nothing(kind: str) -> None:
    figures = swept("--kind", kind, "--way", "once")
    assert figures["faults"] == figures["calls"] > 200


@pytest.mark.crash
def test_a_disk_that_refuses_from_a_call_on_loses_nothing() -> None:
    assert swept("--every", "7", "--way", "sticky")["faults"] > 50


def test_a_full_disk_refuses_sales_shows_balances_and_takes_sales_again_with_room(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    with faulty_disk(folder) as disk:
        door = opened(folder / "shop.db")
        for request in founding():
            assert ask(door, request)["ok"]
        for room_bytes in (30_000, 5_000, 60_000):
            disk.room_bytes = room_bytes
            first = 0
            while (answer := ask(door, order_of(room_bytes + first)))["ok"]:
                first += 1
            assert answer["code"] == "disk_full"
            assert ask(door, {"ask": "member", "member": phone(0)})["ok"]
            disk.room_bytes = None
            assert ask(door, order_of(room_bytes + first))["ok"]
            assert ask(door, {"ask": "audit"})["result"]["ok"]
        door.close()


def order_of(number: int) -> dict[str, Any]:
    return {"do": "record_sale", "sale_id": f"full-{number:011}", "member": phone(1), "amount_minor": 50_000}


def test_a_fault_without_a_sentence_about_the_disk_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "fault_of", lambda error, path: Fault("cannot_open", path=str(path)))
    assert fault_sweep.run(tmp_path.resolve(), 60, ("ioerr",), ("once",)).speechless


@pytest.mark.crash
def test_fifty_killed_upgrades_happened_or_did_not() -> None:
    figures = figures_of("upgrade_kills", "--kills", 50, "--seed", 2, "--quiet")
    assert figures["status"] == 0 and figures["still_old"] and figures["already_new"], figures


@pytest.mark.crash
def test_an_upgrade_whose_steps_stand_by_themselves_is_seen_between_two_forms() -> None:
    figures = figures_of("upgrade_kills", "--kills", 14, "--weak", "--quiet")
    assert figures["status"] == 1 and figures["between"] > 1, figures
