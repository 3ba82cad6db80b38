"""Problems as people read them: what happened, then what to do."""

from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.ui.worker import Mishap, Problem

_REJECTIONS = {
    "phone_known": N_("This phone belongs to a member already; look them up instead"),
    "invalid_phone": N_("This phone number is not complete"),
    "amount_too_large": N_("This amount is too large; look at its zeros"),
    "stale_quote": N_("The price has changed meanwhile"),
}
_FAULTS = {
    "disk_full": N_("The disk is full; make room, then try again"),
    "paper_out": N_("out of paper"),
    "printer_off": N_("the printer does not answer"),
}


def say_problem(problem: Problem, language: Language) -> str:
    """Say any problem in one sentence, without codes."""
    if isinstance(problem, Rejection):
        return say_rejection(problem, language)
    if isinstance(problem, Fault):
        return language.t(
            _FAULTS.get(problem.code, N_("The shop's file did not answer; nothing is lost. Try again"))
        )
    return language.t(N_("Something went wrong in the program; nothing is lost. Try again"))


def say_rejection(rejection: Rejection, language: Language) -> str:
    """Say why a rule refused."""
    return language.t(_REJECTIONS.get(rejection.code, N_("This is not possible here")))


def support_mark(problem: Problem) -> str:
    """The mark that finds our mistake in the log; empty for everything else."""
    return problem.mark if isinstance(problem, Mishap) else ""
