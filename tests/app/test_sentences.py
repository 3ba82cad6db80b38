"""Every refusal the program can give has a sentence of its own, in both languages, without holes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import loyalty_pos
from loyalty_pos.app.sentences import (
    FAULTS,
    NOTHING_GIVES,
    OWES,
    PROBLEMS,
    REJECTIONS,
    WARNINGS,
    say_rejection,
    say_warning,
)
from loyalty_pos.cli import sentences as command_line
from loyalty_pos.domain.errors import Fault, InvalidRequest, Rejection
from loyalty_pos.domain.kinds import PROBLEMS as PARAMETER_PROBLEMS
from tests.languages import language, shop_view

SOURCE = Path(loyalty_pos.__file__).parent
RAISED = {"Rejection": 0, "Fault": 0, "InvalidRequest": 1}


def said_codes() -> Iterator[tuple[str, str, str]]:
    """Find the code of every refusal made in the sources: its class, its code, where."""
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(f"{name}(" in text for name in RAISED) else ():
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED
            ):
                continue
            at = RAISED[node.func.id]
            code = node.args[at] if len(node.args) > at else None
            if isinstance(code, ast.Constant):
                yield node.func.id, str(code.value), f"{path.name}:{node.lineno}"


def test_every_code_has_its_sentence() -> None:
    known = {
        "InvalidRequest": {*PROBLEMS, *command_line._PROBLEMS},
        "Rejection": {*REJECTIONS, *command_line._REASONS, "owes", "nothing_gives"},
        "Fault": {*FAULTS, *command_line._REASONS},
    }
    assert [f"{where}: {code}" for kind, code, where in said_codes() if code not in known[kind]] == []
    assert set(PARAMETER_PROBLEMS.values()) <= set(PROBLEMS)


@pytest.mark.parametrize(
    ("no", "said"),
    [
        (Rejection("no_shop"), "There is no shop in this file yet."),
        (Rejection("stale_quote", due_minor=3870), "The price has changed meanwhile: 38.70 UAH to pay now."),
        (Rejection("not_enough_points", asked=1200, have=3), "There are 3 points, not 1,200."),
        (Rejection("owes", unit="credit", owed=3870), OWES["credit"]),
        (Rejection("not_heard_of"), "This is not possible; nothing was recorded."),
        (InvalidRequest("a", "missing"), "The field a is missing."),
        (Fault("disk_full", path="x"), "The disk is full; make room, then try again."),
    ],
)
def test_a_refusal_is_said_with_its_facts(no: Rejection | Fault, said: str) -> None:
    assert say_rejection(no, language("en", shop_view(currency="UAH"))) == said
    assert say_rejection(no, language("fa", shop_view(currency="UAH"))) != said


@pytest.mark.parametrize(
    "text",
    [words for table in (REJECTIONS, PROBLEMS, FAULTS, OWES, NOTHING_GIVES) for words in table.values()],
)
def test_a_sentence_is_whole(text: str) -> None:
    assert text.endswith(".")


def test_every_warning_is_said_in_both_languages() -> None:
    for code in WARNINGS:
        assert say_warning(code, language("en")).endswith(".")
        assert say_warning(code, language("fa")) != say_warning(code, language("en"))
