"""The hostile surroundings of tests/conftest.py do bite."""

import logging
import os
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from loyalty_pos.bootstrap import SystemChance, SystemClock
from tests.conftest import NOON_MS, ExpectLog
from tests.ui.counter.rig import NOW_MS

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")


GUILTY_AND_INNOCENT = """
import logging
import threading

def test_unexpected_warning():
    logging.getLogger("till").warning("paper low")

def test_warning_that_never_came(expect_log):
    with expect_log(logging.WARNING, "paper low"):
        pass

def test_thread_left_running():
    threading.Thread(target=threading.Event().wait, daemon=True).start()

def test_information():
    logging.getLogger("till").info("paper fine")
"""


def test_unexpected_warnings_and_stray_threads_fail_a_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(GUILTY_AND_INNOCENT)
    result = pytester.runpytest_subprocess(
        "-rA", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:pytest-qt"
    )
    result.assert_outcomes(passed=3, failed=1, errors=2)
    result.stdout.fnmatch_lines_random(
        [
            "ERROR *test_unexpected_warning*",
            "*WARNING till: paper low*",
            "FAILED *test_warning_that_never_came*",
            "ERROR *test_thread_left_running*",
            "*threads still running after the test*",
            "PASSED *test_information",
        ]
    )


def test_an_expected_warning_passes(expect_log: ExpectLog) -> None:
    with expect_log(logging.WARNING, "paper .* low"):
        logging.getLogger("till").warning("paper is %s", "low")


def test_a_thread_that_is_ending_is_waited_for() -> None:
    threading.Timer(0.05, lambda: None).start()


def test_the_network_is_out_of_reach() -> None:
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("192.0.2.1", 80))
    with socket.socket() as plain, pytest.raises(AssertionError, match="network"):
        plain.connect(("127.0.0.1", 9))


def test_the_home_of_whoever_runs_the_tests_is_never_touched() -> None:
    assert Path.home().name.startswith("loyalty-pos-home-")
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(Path.home())


def test_examples_are_the_same_on_every_run_unless_asked() -> None:
    if "HYPOTHESIS_PROFILE" not in os.environ:
        assert settings().derandomize


@pytest.fixture(scope="session")
def built_at() -> tuple[int, str]:
    return SystemClock().now_ms(), SystemChance().ref()


@pytest.mark.parametrize("_again", [1, 2])
def test_every_test_begins_at_the_same_noon_after_what_it_shares_was_built(
    built_at: tuple[int, str], _again: int
) -> None:
    now_ms, hour_ms = SystemClock().now_ms(), 3_600_000
    assert datetime.fromtimestamp(NOON_MS / 1000, UTC).strftime("%F %H") == "2026-11-21 08"
    assert NOON_MS <= now_ms < NOON_MS + hour_ms and NOON_MS + 8 * hour_ms == NOW_MS
    assert NOON_MS - hour_ms <= built_at[0] < NOON_MS


def test_chance_is_the_same_on_every_run() -> None:
    chance = SystemChance()
    if os.environ.get("HYPOTHESIS_PROFILE") != "explore":
        assert [chance.ref(), f"{chance.code_bits():x}"] == ["475429d8a583c4db", "af12173142816ca5bb3"]
