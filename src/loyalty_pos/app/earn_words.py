"""Sentences for what a sale earned: a short reason for the row, the whole arithmetic for F7 and paper."""

from collections.abc import Callable, Mapping

from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.trace import TraceLine

Names = Mapping[str, str]
Words = Callable[[TraceLine, Known, Names, Language], str]


def fact(line: TraceLine, name: str) -> int:
    return int(line.facts.get(name, 0))


def earn_rule(known: Known) -> EarnRule:
    rule = known.revision.rule
    assert isinstance(rule, EarnRule)
    return rule


def points_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rule = earn_rule(known)
    said = say.n(
        "{count} point per {step}",
        "{count} points per {step}",
        rule.yield_per_step,
        step=say.money(rule.step_units),
    )
    return " ".join([said, *times(line, say)])


def times(line: TraceLine, say: Language, where: str = "milli") -> list[str]:
    """List the coefficients that multiplied an earning."""
    milli = str(line.facts.get(where, ""))
    return [say.times(int(each)) for each in milli.split("×") if each]


def _weighted(said: str, line: TraceLine, say: Language) -> str:
    """Tell before an arithmetic what multiplied it."""
    everywhere, partly = times(line, say), times(line, say, "partly")
    if partly:
        said = say.t("Some goods multiplied by {times}:", times=" ".join(partly)) + " " + said
    if everywhere:
        said = say.t("Multiplied by {times}:", times=" ".join(everywhere)) + " " + said
    if "below_margin" in line.facts:
        left_out = say.money(fact(line, "below_margin"))
        said += " " + say.t("{amount} more does not earn: too little margin is left.", amount=left_out)
    return said


def points_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rule = earn_rule(known)
    said = say.t(
        "{paid} paid and {before} carried over: {per} each {step} gives {got}; {after} is carried on.",
        paid=say.money(fact(line, "measured")),
        before=say.money(fact(line, "before")),
        per=say.number(rule.yield_per_step),
        step=say.money(rule.step_units),
        got=say.n("{count} point", "{count} points", fact(line, "got")),
        after=say.money(fact(line, "after")),
    )
    return _weighted(said, line, say)


def credit_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    paid = say.money(fact(line, "measured"))
    if earn_rule(known).rates:
        said = say.t("own rates on {paid}", paid=paid)
    else:
        said = say.t("{rate} of {paid}", rate=_rate(known, say), paid=paid)
    return " ".join([said, *times(line, say)])


def credit_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if earn_rule(known).rates:
        said = say.t(
            "{paid} paid gives {got} of credit by its own rates.",
            paid=say.money(fact(line, "measured")),
            got=say.money(fact(line, "got")),
        )
        return _weighted(said, line, say)
    said = say.t(
        "{rate} of {paid} paid gives {got} of credit for the next purchase.",
        rate=_rate(known, say),
        paid=say.money(fact(line, "measured")),
        got=say.money(fact(line, "got")),
    )
    return _weighted(said, line, say)


def _rate(known: Known, say: Language) -> str:
    return say.percent(known.params.rate_bp)


def stamps_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if fact(line, "got"):
        return say.t("the card is full")
    return say.t(
        "{have} of {needed} stamps",
        have=say.number(fact(line, "after")),
        needed=say.number(earn_rule(known).step_units),
    )


def stamps_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if "stamps" in line.facts:
        return _money_stamps(line, known, say)
    said = say.n(
        "{before} and {count} more stamp: now {after} of {needed}.",
        "{before} and {count} more stamps: now {after} of {needed}.",
        fact(line, "measured"),
        before=say.number(fact(line, "before")),
        after=say.number(fact(line, "after")),
        needed=say.number(earn_rule(known).step_units),
    )
    return _weighted(f"{said}{_full_cards(line, say)}", line, say)


def _money_stamps(line: TraceLine, known: Known, say: Language) -> str:
    said = say.n(
        "{paid} paid brings {count} stamp: now {after} of {needed}, and {rest} is carried on.",
        "{paid} paid brings {count} stamps: now {after} of {needed}, and {rest} is carried on.",
        fact(line, "stamps"),
        paid=say.money(fact(line, "measured")),
        after=say.number(fact(line, "after")),
        needed=say.number(earn_rule(known).step_units),
        rest=say.money(fact(line, "rest")),
    )
    return _weighted(f"{said}{_full_cards(line, say)}", line, say)


def _full_cards(line: TraceLine, say: Language) -> str:
    got = fact(line, "got")
    return " " + say.t("Full cards: {got}.", got=say.number(got)) if got else ""
