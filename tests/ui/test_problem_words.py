"""What went wrong is said in people's words: no name of a field, no code."""

import pytest

from loyalty_pos.app.mishaps import Mishap
from loyalty_pos.domain.errors import Fault, InvalidRequest, Rejection
from loyalty_pos.ui import bidi
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.worker import Problem
from tests.languages import language


@pytest.mark.parametrize(
    ("problem", "persian", "english"),
    [
        (
            InvalidRequest("amount_minor", "out_of_range", low=0, high=9),
            "مبلغ بیرون از محدوده است",
            "The amount is out of range",
        ),
        (
            InvalidRequest("lines.0.quantity", "out_of_range"),
            "تعداد بیرون از محدوده است",
            "The count is out of range",
        ),
        (
            InvalidRequest("birthday", "not_a_day"),
            "روز تولد درست نیست؛ مانند ۱۳۶۹/۰۱/۰۱ بنویسید",
            "The birthday is no date; write it like 1369/01/01",
        ),
        (InvalidRequest("window.from", "not_text"), None, "What was typed must be a text"),
        (InvalidRequest("", "something_new"), None, "This is not possible; nothing was recorded"),
        (Rejection("phone_taken"), None, "This phone belongs to a member already; look them up instead"),
        (Fault("disk_full"), None, "The disk is full; make room, then try again"),
        (Mishap("x-1"), None, "Something went wrong in the program; nothing is lost. Try again"),
    ],
)
def test_a_problem_is_said_without_the_names_programs_use(
    problem: Problem, persian: str | None, english: str
) -> None:
    assert bidi.strip(say_problem(problem, language("en"))) == english
    said = bidi.strip(say_problem(problem, language("fa")))
    assert not any("a" <= letter <= "z" for letter in said) and said == (persian or said)
