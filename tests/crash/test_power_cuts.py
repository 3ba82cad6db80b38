"""What was answered is on the disk after a power cut, what was not is there whole or not at all."""

from typing import Any

import pytest

from tests.crash.programs import figures_of


def explored(count: int, *more: str) -> dict[str, Any]:
    figures = figures_of("power_cuts", "--images", count, *more)
    bad = figures["lost"] + figures["wrong"] + figures["broken"] + figures["findings"]
    assert figures["status"] == (1 if bad else 0)
    return figures


def nothing_is_wrong(figures: dict[str, Any], count: int) -> None:
    assert figures["images"] == count and figures["different"] > count / 2
    wrong = {name: figures[name] for name in ("lost", "wrong", "broken", "findings")}
    assert wrong == dict.fromkeys(wrong, 0), figures["first"]


def test_power_cuts_lose_nothing_and_leave_nothing_half_done() -> None:
    nothing_is_wrong(explored(60), 60)


@pytest.mark.crash
def test_a_thousand_power_cuts_lose_nothing_and_leave_nothing_half_done() -> None:
    figures = explored(1000)
    nothing_is_wrong(figures, 1000)
    assert figures["unanswered"] > 0, "no cut hit a request between its commit and its answer"


@pytest.mark.parametrize(
    ("pragma", "seen"),
    [("synchronous=normal", "lost"), ("journal_mode=off", "broken"), ("synchronous=off", "broken")],
)
def test_a_setting_that_is_not_safe_is_seen(pragma: str, seen: str) -> None:
    assert explored(60, "--run", "life", "--pragma", pragma)[seen] > 5
