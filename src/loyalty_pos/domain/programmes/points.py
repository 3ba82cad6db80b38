"""Points: the more you spend the more points; points can pay (product P1)."""

from loyalty_pos.domain.coefficients import MoneyEarnParams, with_money
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, Tender
from loyalty_pos.domain.kinds import Kind, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_


class Points(MoneyEarnParams):
    step_minor: int = param(..., label=N_("For every"), unit="money", ge=1, le=MAX_AMOUNT)
    points_per_step: int = param(1, label=N_("Points"), unit="points", ge=1, le=1_000_000)
    point_value_minor: int | None = param(
        None,
        label=N_("One point pays"),
        unit="money",
        help=N_("Leave empty when points cannot pay."),
        ge=1,
        le=MAX_AMOUNT,
    )
    redeem_min: int = param(
        0, label=N_("Use at least"), unit="points", visible_if={"point_value_minor": "*"}, ge=0, le=MAX_AMOUNT
    )
    redeem_max: int | None = param(
        None,
        label=N_("Use at most"),
        unit="points",
        visible_if={"point_value_minor": "*"},
        ge=1,
        le=MAX_AMOUNT,
    )
    redeem_step: int = param(
        1,
        label=N_("Use in steps of"),
        unit="points",
        visible_if={"point_value_minor": "*"},
        ge=1,
        le=MAX_AMOUNT,
    )


def rule(params: Points) -> EarnRule:
    if params.redeem_max is not None and params.redeem_max < params.redeem_min:
        raise InvalidRequest("params.redeem_max", "out_of_range", low=params.redeem_min)
    tender = None
    if params.point_value_minor is not None:
        tender = Tender(params.point_value_minor, params.redeem_min, params.redeem_max, params.redeem_step)
    earns = EarnRule(
        measure="amount",
        rate_micro=MICRO,
        step_micro=params.step_minor * MICRO,
        yield_unit="points",
        yield_per_step=params.points_per_step,
        tender=tender,
    )
    return with_money(earns, params)


def sentence(params: Points, say: Say) -> str:
    step = say.money(params.step_minor)
    said = say.n(
        "{count} point for every {step} spent.",
        "{count} points for every {step} spent.",
        params.points_per_step,
        step=step,
    )
    if params.point_value_minor is not None:
        said += " " + say.t("Each point pays {value}.", value=say.money(params.point_value_minor))
    return said


KIND = Kind("points", "earn", Points, rule, sentence, label=N_("Points"))
