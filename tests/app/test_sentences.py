"""Every refusal the program can give has a sentence of its own, in both languages, without holes."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import loyalty_pos
from loyalty_pos.app.sentences import PROBLEMS, REASONS, say_rejection
from loyalty_pos.cli import sentences as command_line
from loyalty_pos.domain.errors import Fact, Fault, InvalidRequest, Rejection
from loyalty_pos.domain.kinds import PROBLEMS as PARAMETER_PROBLEMS
from tests.languages import language, shop_view

SOURCE = Path(loyalty_pos.__file__).parent
RAISED = {"Rejection": 0, "Fault": 0, "InvalidRequest": 1}


def said_codes() -> Iterator[tuple[str, str, str]]:
    """Find the code of every refusal made in the sources: its class, its code, where."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
        "InvalidRequest": {*PROBLEMS, *command_line._PROBLEMS, "out_of_range"},
        "Rejection": {*REASONS, *command_line._REASONS},
        "Fault": {*REASONS, *command_line._REASONS},
    }
    assert [f"{where}: {code}" for kind, code, where in said_codes() if code not in known[kind]] == []
    assert set(PARAMETER_PROBLEMS.values()) <= set(PROBLEMS)


SAMPLES: list[tuple[Rejection | Fault, str]] = [
    (Rejection("no_shop"), "This file holds no shop yet. Start with create_shop."),
    (Rejection("unknown_member", member="09"), "Nobody has the card, phone or number 09."),
    (Rejection("phone_taken", member="m", name="Olha"), "This phone belongs to Olha already."),
    (Rejection("phone_taken", member="m", name="سارا"), "This phone belongs to \u2068سارا\u2069 already."),
    (Rejection("card_taken", member="m", name=""), "This card belongs to another member already."),
    (Rejection("stale_quote", due_minor=3870), "The price has changed meanwhile: 38.70 UAH is due now."),
    (Rejection("stale_quote"), "The shop's rules do not allow this."),
    (Rejection("owes", unit="credit", owed=3870), "Nothing can be used while 38.70 UAH is owed."),
    (Rejection("owes", unit="points", owed=3870), "Nothing can be used while 3,870 is owed."),
    (Rejection("not_heard_of"), "The shop's rules do not allow this."),
    (Fault("not_heard_of"), "The computer stood in the way; nothing was recorded. Try again."),
    (InvalidRequest("a", "not_heard_of"), "a is not valid."),
    (InvalidRequest("a", "out_of_range"), "a is not valid."),
    (InvalidRequest("a", "out_of_range", low=1), "a must be at least 1."),
    (InvalidRequest("a", "out_of_range", high=9), "a must be at most 9."),
    (InvalidRequest("a", "out_of_range", low=1, high=9), "a must be from 1 to 9."),
    (Fault("no_printer", queue="", known=("a", "b")), "No printer was found."),
]  # fmt: skip


@pytest.mark.parametrize(("no", "said"), SAMPLES, ids=lambda value: getattr(value, "code", ""))
def test_a_refusal_is_said_with_its_facts(no: Rejection | Fault, said: str) -> None:
    english = language("en", shop_view(currency="UAH"))
    assert say_rejection(no, english) == said
    assert say_rejection(no, language("fa", shop_view(currency="UAH")))


def test_a_screen_names_the_field_by_its_own_label() -> None:
    no = InvalidRequest("amount_minor", "missing")
    assert say_rejection(no, language("en"), {"amount_minor": "The amount"}) == "The amount is missing."


@pytest.mark.parametrize("text", [*REASONS.values(), *PROBLEMS.values()])
def test_a_sentence_is_one_and_ends(text: str) -> None:
    assert text.endswith(".")
    facts: dict[str, Fact] = {name: 1 for _, name, _, _ in Formatter().parse(text) if name}
    assert "{" not in text.format(**facts)
