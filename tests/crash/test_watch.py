"""A long run says where it is, and what it says at the end is what it did."""

import argparse
import os
import signal
from dataclasses import dataclass

import pytest

from tests.crash import watch
from tests.crash.watch import Watch


@dataclass
class Figures:
    seconds: float = -1
    ended: str = ""


def test_a_run_that_is_let_be_is_whole() -> None:
    figures = Figures()
    assert list(Watch().steps(5, figures)) == [0, 1, 2, 3, 4]
    assert figures.ended == "whole" and figures.seconds >= 0


def test_a_run_whose_time_is_over_says_so() -> None:
    figures = Figures()
    assert list(Watch(seconds=0).steps(5, figures)) == []
    assert figures.ended == "by the clock"


def test_a_run_that_is_told_to_stop_ends_after_its_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch, "SAID_EVERY_SECONDS", 0)
    parser = argparse.ArgumentParser()
    Watch.arguments(parser)
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    figures, done = Figures(), []
    try:
        for number in Watch.of(parser.parse_args([])).steps(5, figures):
            done.append(number)
            if number == 2:
                os.kill(os.getpid(), signal.SIGINT)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert (done, figures.ended) == ([0, 1, 2], "by hand")
    assert "2 of 5: " in capsys.readouterr().err
