"""What was answered is on the disk after a power cut, what was not is there whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def explored(count: int, *more: str, seconds: int = 280) -> dict[str, Any]:
    """Explore in a process of its own: what is recorded is every file SQLite opens there."""
    command = [sys.executable, "-m", "tests.crash.power_cuts", "--images", str(count), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.stdout, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    print("\n" + ", ".join(f"{name} {value}" for name, value in figures.items()))
    bad = figures["lost"] + figures["wrong"] + figures["broken"] + figures["findings"]
    assert done.returncode == (1 if bad else 0), done.stderr
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
