import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def killed(kills: int, lie: str = "") -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash.kill_loop", "--kills", str(kills), "--lie", lie]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.stdout, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if lie else 0), done.stdout + done.stderr
    return figures


def all_is_well(figures: dict[str, Any], kills: int) -> None:
    print("\n" + ", ".join(f"{name} {value}" for name, value in figures.items()))
    assert figures["kills"] == kills
    assert figures["acknowledged"] > kills / 4, "hardly a sale was made between the kills"
    assert figures["recognised"] == figures["landed"]
    assert (figures["lost"], figures["doubled"], figures["wrong_balances"], figures["findings"]) == (
        0,
        0,
        0,
        0,
    )


def test_a_killed_till_loses_and_doubles_nothing() -> None:
    all_is_well(killed(10), 10)


@pytest.mark.crash
def test_two_hundred_killed_tills_lose_and_double_nothing() -> None:
    figures = killed(200)
    all_is_well(figures, 200)
    assert figures["landed"] > 10, "no kill hit a sale between its commit and its answer"


@pytest.mark.parametrize("lie", ["lost", "doubled"])
def test_the_count_sees_what_goes_wrong(lie: str) -> None:
    figures = killed(5, lie)
    assert figures[lie] == 1
    assert figures["wrong_balances"] == 1
