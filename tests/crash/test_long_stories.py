"""A year lived twice ends the same, two tills never both win, damage misleads nobody, lost disks return."""

import os
from pathlib import Path

import pytest

from tests.crash import damage, journal_loss, shop_year
from tests.crash.programs import figures_of

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_a_year_lived_twice_from_one_seed_ends_under_the_same_head(tmp_path: Path) -> None:
    figures = shop_year.run(150, 7, tmp_path)
    assert figures.good, figures
    assert figures.done > 100


@pytest.mark.crash
def test_two_thousand_operations_lived_twice_end_under_the_same_head(tmp_path: Path) -> None:
    figures = shop_year.run(2_000, 1404, tmp_path)
    print("\n", figures)
    assert figures.good, figures


def test_another_seed_is_another_year(tmp_path: Path) -> None:
    heads: list[str] = []
    for seed in (1, 2):
        (tmp_path / str(seed)).mkdir()
        heads += shop_year.run(20, seed, tmp_path / str(seed)).heads
    assert len(set(heads)) == 2


@needs_fork
def test_of_two_tills_exactly_one_gets_points_voucher_and_code_and_a_budget_is_kept() -> None:
    figures = figures_of("race", "--rounds", 8, "--quiet")
    assert figures["status"] == 0, figures


@needs_fork
@pytest.mark.crash
def test_of_two_tills_exactly_one_wins_two_hundred_times() -> None:
    figures = figures_of("race", "--rounds", 200, "--quiet")
    assert figures["status"] == 0, figures
    assert min(figures["won_by"]) > 20, "one till is always first: that is no race"


@needs_fork
@pytest.mark.crash
def test_tills_that_look_before_they_take_are_seen_to_get_in_each_others_way() -> None:
    figures = figures_of("race", "--rounds", 15, "--weak", "--quiet")
    assert figures["status"] == 1 and figures["wrong"] > 3


def test_a_damaged_file_misleads_nobody_and_brings_nothing_down(tmp_path: Path) -> None:
    figures = damage.run(60, 1, tmp_path)
    assert figures.good, figures
    assert figures.refused > 10 and figures.seen > 10


@pytest.mark.crash
def test_five_hundred_damaged_files_mislead_nobody(tmp_path: Path) -> None:
    figures = damage.run(500, 2, tmp_path)
    print("\n", figures)
    assert figures.good, figures


@pytest.mark.crash
def test_thirty_lost_disks_come_back_from_backup_and_journal(tmp_path: Path) -> None:
    figures = journal_loss.run(30, 1, tmp_path)
    print("\n", figures)
    assert figures.good, figures
