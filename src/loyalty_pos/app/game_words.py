"""Sentences for games: what counted, what is missing, what was won, and that a draw takes place."""

from collections.abc import Callable, Mapping

from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.trace import TraceLine

Words = Callable[[TraceLine, Known, Mapping[str, str], Language], str]


def _counted_short(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t("{have} of {times}", have=_number(line, "have", say), times=_number(line, "times", say))


def _counted(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    until = say.day(str(line.facts["until_day"]))
    missing = int(line.facts["missing"])
    if line.code == "challenge_again":
        return say.t(
            "{have} of {times}: counted already; the next one counts until {day}",
            have=_number(line, "have", say), times=_number(line, "times", say), day=until,
        )  # fmt: skip
    return say.n(
        "{have} of {times}: {count} more until {day}",
        "{have} of {times}: {count} more until {day}",
        missing,
        have=_number(line, "have", say),
        times=_number(line, "times", say),
        day=until,
    )


def _won_short(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t("won: {times} of {times}", times=_number(line, "times", say))


def _won(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    said = say.t("The challenge is won with {times} of {times}.", times=_number(line, "times", say))
    badge = str(line.facts.get("badge", ""))
    return f"{said} {say.t('With the badge {badge}.', badge=say.name(badge))}" if badge else said


def _draw(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t(
        "draws once: {chances} in {all} win",
        chances=_number(line, "chances", say),
        all=_number(line, "out_of", say),
    )


def _out_of_stock(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    left = int(line.facts["left"])
    return say.n("only {count} is left", "only {count} are left", left) if left else say.t("none is left")


def _number(line: TraceLine, name: str, say: Language) -> str:
    return say.number(int(line.facts[name]))


SHORT: dict[str, Words] = {
    "challenge_counted": _counted_short,
    "challenge_again": _counted_short,
    "challenge_won": _won_short,
    "draw_now": _draw,
    "out_of_stock": _out_of_stock,
}
SENTENCES: dict[str, Words] = {
    "challenge_counted": _counted,
    "challenge_again": _counted,
    "challenge_won": _won,
}
