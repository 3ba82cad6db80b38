"""Problems as people read them: what happened, then what to do."""

from collections.abc import Mapping

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.mishaps import Mishap
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.ui.worker import Problem

_FIELDS: Mapping[str, str] = {
    "amount": N_("The amount"),
    "amount_minor": N_("The amount"),
    "birthday": N_("The birthday"),
    "card": N_("The card number"),
    "city": N_("The city"),
    "code": N_("The code"),
    "credit_minor": N_("The credit"),
    "name": N_("The name"),
    "note": N_("The note"),
    "phone": N_("The mobile phone"),
    "points": N_("The points"),
    "price_minor": N_("The price"),
    "quantity": N_("The count"),
    "reason": N_("The reason"),
    "receipt_no": N_("The receipt number"),
}
"""What the door for programs calls by a field's name, as people call it."""
_TYPED = N_("What was typed")
_A_DAY = "1990-03-21"


def say_problem(problem: Problem, language: Language) -> str:
    """Say any problem in one sentence, without codes."""
    if isinstance(problem, Mishap):
        return language.t("Something went wrong in the program; nothing is lost. Try again")
    if problem.code == "invalid_request":
        facts = dict(problem.facts)
        path = [part for part in str(facts.pop("field", "")).split(".") if not part.isdecimal()]
        called = language.t(_FIELDS.get(path[-1] if path else "", _TYPED))
        if facts.get("problem") == "not_a_day":  # typed in the shop's calendar, not as programs write it
            day = language.day_short(_A_DAY)
            return language.t("{field} is no date; write it like {day}", field=called, day=day)
        problem = InvalidRequest(called, str(facts.pop("problem", "")), **facts)
    return say_rejection(problem, language).rstrip(".")


def support_mark(problem: Problem) -> str:
    """The mark that finds our mistake in the log; empty for everything else."""
    return problem.mark if isinstance(problem, Mishap) else ""
