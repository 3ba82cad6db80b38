"""Taking part: feedback, a survey, an idea or a vote, each counted and thanked for (product P7)."""

from typing import Literal

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, Happening
from loyalty_pos.domain.kinds import GoodsName, Kind, Say, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_


class Participation(EarnParams):
    what: Literal["feedback", "survey", "idea", "vote"] = param(
        ...,
        label=N_("What members do"),
        choices={
            "feedback": N_("Rate the visit, 1 to 5"),
            "survey": N_("Answer a question"),
            "idea": N_("Give an idea"),
            "vote": N_("Vote"),
        },
    )
    question: str | None = param(None, label=N_("Question"), max_length=120)
    choices: list[GoodsName] = param([], label=N_("Choices"), visible_if={"what": "vote"}, max_length=9)
    each: Literal["once", "day"] = param(
        "once", label=N_("Each member"), choices={"once": N_("Once"), "day": N_("Once a day")}
    )
    gives: Literal["points", "credit"] = param(
        "points", label=N_("Gives"), choices={"points": N_("Points"), "credit": N_("Credit")}
    )
    points: int | None = param(
        None, label=N_("Points"), unit="points", visible_if={"gives": "points"}, ge=1, le=1_000_000
    )
    credit_minor: int | None = param(
        None, label=N_("Credit"), unit="money", visible_if={"gives": "credit"}, ge=1, le=MAX_AMOUNT
    )


def rule(params: Participation) -> EarnRule:
    """Compile; raises InvalidRequest for a vote without choices or a gift without its amount."""
    if (params.what == "vote") != (len(params.choices) > 1):
        raise InvalidRequest("params.choices", "missing" if params.what == "vote" else "not_here")
    amount = params.points if params.gives == "points" else params.credit_minor
    if amount is None:
        field = "points" if params.gives == "points" else "credit_minor"
        raise InvalidRequest(f"params.{field}", "missing")
    return EarnRule(
        measure="event",
        rate_micro=amount * MICRO,
        step_micro=MICRO,
        yield_unit=params.gives,
        yield_per_step=1,
        happening=Happening("participation"),
    )


def sentence(params: Participation, say: Say) -> str:
    gift = _gift(params, say)
    what = {
        "feedback": say.t("for rating the visit from 1 to 5"),
        "survey": say.t("for answering a question"),
        "idea": say.t("for an idea"),
        "vote": say.t("for voting: {choices}", choices=one_of(params.choices, say)),
    }[params.what]
    each = {"once": say.t("once for each member"), "day": say.t("once a day for each member")}[params.each]
    said = say.t("{gift} {what}, {each}.", gift=gift, what=what, each=each)
    return f"{said} {say.name(params.question)}." if params.question else said


def _gift(params: Participation, say: Say) -> str:
    if params.gives == "points":
        return say.n("{count} point", "{count} points", params.points or 0)
    return say.t("{amount} of credit", amount=say.money(params.credit_minor or 0))


KIND = Kind("participation", "earn", Participation, rule, sentence, label=N_("Taking part"))
