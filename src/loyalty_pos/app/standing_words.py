"""Sentences for pledges, memberships, contracts: a short reason for the row, the whole for F7."""

from loyalty_pos.app.earn_words import Names, Words, earn_rule, fact, times
from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.kinds import one_of
from loyalty_pos.domain.terms import term_rule
from loyalty_pos.domain.trace import TraceLine


def _pledged(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    cause = say.name(earn_rule(known).cause)
    said = say.t("{amount} to {cause}", amount=say.money(fact(line, "got")), cause=cause)
    return " ".join([said, *times(line, say)])


def _pledged_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    said = say.t(
        "{rate} of {paid} paid: the shop gives {got} to {cause}.",
        rate=say.percent(known.params.rate_bp),
        paid=say.money(fact(line, "measured")),
        got=say.money(fact(line, "got")),
        cause=say.name(earn_rule(known).cause),
    )
    everywhere = times(line, say)
    return say.t("Multiplied by {times}:", times=" ".join(everywhere)) + " " + said if everywhere else said


def _held(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("holds until {day}", day=say.day(str(line.facts["until_day"])))


def _grace(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("run out; benefits until {day}", day=say.day(str(line.facts["until_day"])))


def _resting(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    missing = say.money(fact(line, "missing_minor"))
    return say.t("rests: {missing} more to spend first", missing=missing)


def _not_held(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if term_rule(known.revision).contract:
        return say.t("no contract with this member")
    return say.t("this member has not bought it")


def _other(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    asked = one_of([say.name(names.get(key, key)) for key in known.when.audience.standings], say)
    return say.t("only with {standings}", standings=asked)


SHORT: dict[str, Words] = {
    "earned_pledge": _pledged,
    "held_until": _held,
    "in_grace": _grace,
    "not_held": _not_held,
    "resting": _resting,
    "other_standing": _other,
}
SENTENCES: dict[str, Words] = {"earned_pledge": _pledged_full}
