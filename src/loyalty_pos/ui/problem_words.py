"""Problems as people read them: what happened, then what to do."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.ui.worker import Mishap, Problem


def say_problem(problem: Problem, language: Language) -> str:
    """Say any problem in one sentence, without codes."""
    if isinstance(problem, Mishap):
        return language.t("Something went wrong in the program; nothing is lost. Try again")
    return say_rejection(problem, language).rstrip(".")


def support_mark(problem: Problem) -> str:
    """The mark that finds our mistake in the log; empty for everything else."""
    return problem.mark if isinstance(problem, Mishap) else ""
