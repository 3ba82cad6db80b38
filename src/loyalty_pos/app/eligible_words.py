"""What is missing for a programme, in words."""

from collections.abc import Callable

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.trace_words import reason_words
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.trace import Reason

_MONEY = ("spend",)
_DAYS = ("away", "gap")
_NAMED = {
    "visits": N_("purchases"),
    "spend": N_("money spent"),
    "away": N_("days since the last visit"),
    "gap": N_("days between the last two visits"),
    "points": N_("points"),
    "age": N_("years of age"),
}
_PLAIN = {
    "not_listed": N_("not on its list"),
    "city_other": N_("another city"),
    "gender_other": N_("for another gender"),
    "gender_unknown": N_("the gender is not known"),
    "interests_other": N_("other interests"),
    "tags_other": N_("other tags"),
    "age_unknown": N_("the birthday is not known"),
    "away_unknown": N_("no visit yet"),
    "gap_unknown": N_("fewer than two visits"),
}


def missing_words(known: Known, reason: Reason, desk: Desk) -> Sentence:
    """Say one thing that is missing, short enough for a row."""
    words = _words(reason)
    if words is None:
        return reason_words(known.revision.id, reason, desk.book, desk.languages)
    return both(desk.languages, words)


def _words(reason: Reason) -> Callable[[Language], str] | None:
    name, _, end = reason.code.rpartition("_")
    if reason.code in _PLAIN:
        return lambda say: say.t(_PLAIN[reason.code])
    if reason.code == "not_bought":
        return lambda say: say.t("has not bought {goods}", goods=str(reason.facts["goods"]))
    if name in _NAMED and end in ("below", "above"):
        return lambda say: _span(name, end, reason, say)
    if "kind" in reason.facts:
        companies = reason.facts["kind"] == "company"
        return lambda say: say.t("only for companies") if companies else say.t("only for persons")
    return None


def _span(name: str, end: str, reason: Reason, say: Language) -> str:
    number = say.money if name in _MONEY else say.number
    have = number(int(reason.facts["have"]))
    if end == "below":
        said = say.t(
            "{what}: {have} of {least}",
            what=say.t(_NAMED[name]),
            have=have,
            least=number(int(reason.facts["least"])),
        )
    else:
        said = say.t(
            "{what}: {have}, at most {most}",
            what=say.t(_NAMED[name]),
            have=have,
            most=number(int(reason.facts["most"])),
        )
    if "days" in reason.facts:
        return say.n(
            "{what} in the last {count} day",
            "{what} in the last {count} days",
            int(reason.facts["days"]),
            what=said,
        )
    return said
