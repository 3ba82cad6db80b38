"""What multiplies an earning: Thursday ×2, gold ×1.5 (rules 2, product P3). Every earn kind may have some."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from loyalty_pos.domain.conditions import Condition
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Coefficient, EarnRule, Revision
from loyalty_pos.domain.kinds import Params, Say, param
from loyalty_pos.domain.limits import step_worth
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.when import ExpiryChoice, LimitsChoice, When, condition_of, when_sentence

BP = 10_000


_ONLY_OF_A_PROGRAMME = ("expiry", "limits", "audience.non_members", "audience.hold_out_bp")


class Weight(Params):
    milli: int = param(..., label=N_("Times"), unit="times", ge=1, le=100_000)
    when: When = param(When(), label=N_("If"), without=_ONLY_OF_A_PROGRAMME)


class EarnParams(Params):
    """The parameters every earn kind has. All coefficients whose conditions hold multiply."""

    coefficients: list[Weight] = param([], label=N_("Multiplied"), row=N_("Multiplier"), max_length=10)


class MoneyEarnParams(EarnParams):
    """The parameters of every kind that earns on money."""

    tax: Literal["shop", "in", "out"] = param(
        "shop",
        label=N_("Tax in the prices"),
        choices={"shop": N_("As the shop says"), "in": N_("Earns too"), "out": N_("Does not earn")},
    )
    margin_floor_bp: int | None = param(
        None,
        label=N_("Leave a margin of at least"),
        unit="percent",
        help=N_("What would leave less does not earn, on goods whose cost is known."),
        ge=1,
        le=BP,
    )


def with_money(rule: EarnRule, params: MoneyEarnParams) -> EarnRule:
    """Give a rule what every kind that earns on money asks; raises InvalidRequest `no_money_worth`."""
    if params.margin_floor_bp is not None and step_worth(rule) is None:
        raise InvalidRequest("params.margin_floor_bp", "no_money_worth")
    with_tax = None if params.tax == "shop" else params.tax == "in"
    return replace(rule, margin_floor_bp=params.margin_floor_bp, with_tax=with_tax)


def money_sentence(params: MoneyEarnParams, say: Say) -> str:
    """Say whether tax earns, where the programme decides, and the margin it leaves; empty when neither."""
    said = []
    if params.tax == "in":
        said.append(say.t("The tax in the prices earns too."))
    if params.tax == "out":
        said.append(say.t("The tax in the prices does not earn."))
    if params.margin_floor_bp is not None:
        margin = say.percent(params.margin_floor_bp)
        said.append(say.t("Only as far as a margin of {margin} is left.", margin=margin))
    return " ".join(said)


def weighted(rule: EarnRule, weights: Sequence[Weight]) -> EarnRule:
    """Give a rule its coefficients; raises InvalidRequest naming the field that cannot be kept.

    A card whose Nth unit is free at once counts places, and a place cannot be multiplied.
    """
    if weights and rule.instant:
        raise InvalidRequest("params.coefficients", "not_with_every_nth")
    found = []
    for number, weight in enumerate(weights):
        _refuse_what_has_no_meaning(weight, number)
        try:
            found.append(Coefficient(weight.milli, condition_of(weight.when)))
        except InvalidRequest as no:
            raise _placed(no, number) from None
    return replace(rule, coefficients=tuple(found))


def weights_sentence(weights: Sequence[Weight], say: Say) -> str:
    """Say every coefficient with its conditions; empty when there is none."""
    said = []
    for weight in weights:
        times, condition = say.times(weight.milli), when_sentence(weight.when, say)
        if condition:
            said.append(say.t("{times} if: {condition}", times=times, condition=condition))
        else:
            said.append(say.t("{times} always.", times=times))
    return " ".join(said)


class Asks(NamedTuple):
    """What the conditions of some programmes ask about a member's past."""

    past: bool = False
    birthday: bool = False


def asks_of(revisions: Iterable[Revision]) -> Asks:
    asked = [one for revision in revisions for _, one in conditions_of(revision) if one.asks_past]
    return Asks(bool(asked), any(one.birthday for one in asked))


def conditions_of(revision: Revision) -> Iterator[tuple[str, Condition]]:
    """Give every condition of a programme with the field it is written in."""
    yield "when", revision.condition
    if isinstance(revision.rule, EarnRule):
        for number, weight in enumerate(revision.rule.coefficients):
            yield f"params.coefficients.{number}.when", weight.condition


def _refuse_what_has_no_meaning(weight: Weight, number: int) -> None:
    if weight.when.expiry != ExpiryChoice():
        raise InvalidRequest(f"params.coefficients.{number}.when.expiry", "not_here")
    if weight.when.limits != LimitsChoice():
        raise InvalidRequest(f"params.coefficients.{number}.when.limits", "not_here")
    if weight.when.audience.non_members:
        raise InvalidRequest(f"params.coefficients.{number}.when.audience.non_members", "not_here")
    if weight.when.audience.hold_out_bp:
        raise InvalidRequest(f"params.coefficients.{number}.when.audience.hold_out_bp", "not_here")


def _placed(no: InvalidRequest, number: int) -> InvalidRequest:
    return InvalidRequest(f"params.coefficients.{number}.{no.facts['field']}", str(no.facts["problem"]))
