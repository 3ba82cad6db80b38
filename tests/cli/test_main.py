"""What can be typed after `loyalty-pos`, and what wrong words are answered with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import loyalty_pos
from loyalty_pos import __version__
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import standard_streams
from loyalty_pos.cli.sentences import say
from loyalty_pos.domain.errors import Fault, InvalidRequest
from tests.languages import language


def test_without_a_command_the_window_is_meant() -> None:
    arguments = parse_arguments([])
    assert (arguments.command, arguments.window_shop, arguments.headless_demo) == (None, None, None)
    assert parse_arguments(["--shop", "café.db"]).window_shop == Path("café.db")


def test_a_commands_shop_is_its_own() -> None:
    arguments = parse_arguments(["do", "--shop", "a.db", "--clock", "given"])
    assert (arguments.command, arguments.shop, arguments.clock) == ("do", Path("a.db"), "given")


@pytest.mark.parametrize(
    "words",
    [
        ["do"],
        ["export"],
        ["export", "members"],
        ["import"],
        ["import", "sales"],
        ["import", "sales", "x"],
        ["fly"],
        ["do", "--clock", "x"],
    ],
)
def test_wrong_words_are_status_2_with_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse_arguments(words)
    assert left.value.code == 2
    assert "usage: loyalty-pos" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse_arguments(["--version"])
    assert left.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_commands_come_and_answers_go_as_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "in").open("w+") as stdin, (tmp_path / "out").open("w") as stdout:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stdout", stdout)
        streams = standard_streams()
        assert streams.commands is stdin.buffer
        assert streams.answers is stdout.buffer


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"low": 1, "high": 9999}, "quantity must be from 1 to 9,999."),
        ({"low": 1}, "quantity must be at least 1."),
        ({"high": 9999}, "quantity must be at most 9,999."),
    ],
)
def test_a_range_is_said_with_the_ends_it_has(facts: dict[str, int], said: str) -> None:
    assert say(InvalidRequest("quantity", "out_of_range", **facts), language("en")) == said


def test_lists_are_said_one_by_one_and_persian_keeps_them_apart() -> None:
    fault = Fault("unknown_column", value="price", known=("a", "b"))
    assert say(fault, language("en")) == "The file has no column price. It has: a, b."
    assert "\u2066a\u2069" in say(fault, language("fa"))


def test_a_window_starts_without_loading_what_only_commands_need() -> None:
    heavy = "{'pydantic', 'peewee', 'tqdm', 'charset_normalizer', 'reportlab', 'openpyxl'}"
    program = f"import sys, loyalty_pos.__main__; print(sorted({heavy} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(Path(loyalty_pos.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
