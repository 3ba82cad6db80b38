"""What was answered is on the disk after a power cut, what was not is there whole or not at all."""

from pathlib import Path

import pytest

from tests.crash import power_cuts
from tests.crash.power_cuts import Figures
from tests.crash.programs import figures_of
from tests.crash.recorder import Op


def explored(folder: Path, count: int, run: str = "", **pragmas: object) -> Figures:
    figures = power_cuts.run(count, 1, folder.resolve(), pragmas, run)
    print("\n", figures)
    assert figures.good == (not figures.lost + figures.wrong + figures.broken + figures.findings)
    return figures


def nothing_is_wrong(figures: Figures, count: int) -> None:
    assert figures.good, figures.first
    assert figures.images == count and figures.different > count / 2


def test_power_cuts_lose_nothing_and_leave_nothing_half_done(tmp_path: Path) -> None:
    nothing_is_wrong(explored(tmp_path, 60), 60)


@pytest.mark.crash
def test_a_thousand_power_cuts_lose_nothing_and_leave_nothing_half_done() -> None:
    """As the program it is, which builds its new file step by step."""
    figures = figures_of("power_cuts", "--images", 1000, "--quiet")
    assert figures["status"] == 0, figures["first"]
    assert figures["images"] == 1000 and figures["different"] > 500
    assert figures["unanswered"] > 0, "no cut hit a request between its commit and its answer"


@pytest.mark.parametrize(
    ("pragma", "value", "seen"),
    [("synchronous", "normal", "lost"), ("journal_mode", "off", "broken"), ("synchronous", "off", "broken")],
)
def test_a_setting_that_is_not_safe_is_seen(tmp_path: Path, pragma: str, value: str, seen: str) -> None:
    assert getattr(explored(tmp_path, 60, "life", **{pragma: value}), seen) > 5


@pytest.mark.crash
@pytest.mark.parametrize("value", ["normal", "off"])
def test_a_disk_that_is_not_waited_for_loses_answered_sales(tmp_path: Path, value: str) -> None:
    assert explored(tmp_path, 200, "life", synchronous=value).lost > 50


def test_a_history_that_is_not_what_was_recorded_is_seen(tmp_path: Path) -> None:
    """A sale too many and a sale that differs are counted, as is one that is missing."""
    recorded = power_cuts.Recorded([Op("done", at=2), Op("done", at=3)])
    recorded.seals = [b"1", b"2", b"3"]
    explorer = power_cuts.Explorer(tmp_path)

    def said(*seals: bytes) -> list[str]:
        return [what for what, _ in explorer._wrongs(recorded, 1, power_cuts.Verdict(seals=seals))]

    assert said(b"1", b"2") == said(b"1", b"2", b"3") == []
    assert said(b"1") == ["lost"]
    assert said(b"1", b"2", b"3", b"4") == said(b"1", b"x") == ["wrong"]
    assert explorer.figures.unanswered == 1
