"""Sentences for what a sale on account earns as it is paid."""

from loyalty_pos.app.earn_words import Names, Words, earn_rule, fact
from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.trace import TraceLine


def _short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("{got} as it is paid", got=_got(line, known, say))


def _full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t(
        "{paid} is on account: as it is paid it earns {got}, in proportion.",
        paid=say.money(fact(line, "measured")),
        got=_got(line, known, say),
    )


def _got(line: TraceLine, known: Known, say: Language) -> str:
    got = fact(line, "got")
    if earn_rule(known).yield_unit == "points":
        return say.n("{count} point", "{count} points", got)
    return say.money(got)


SHORT: dict[str, Words] = {"earned_when_paid": _short}
SENTENCES: dict[str, Words] = {"earned_when_paid": _full}
