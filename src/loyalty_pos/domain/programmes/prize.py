"""A prize for points: handed over at the counter, without a purchase (product P17)."""

from loyalty_pos.domain.families import PrizeRule
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_


class Prize(Params):
    what: GoodsName = param(..., label=N_("What is handed over"))
    price_points: int = param(..., label=N_("Costs"), unit="points", ge=1, le=MAX_AMOUNT)
    worth_minor: int | None = param(
        None,
        label=N_("Worth to the shop"),
        unit="money",
        help=N_("Needed only for a budget."),
        ge=1,
        le=MAX_AMOUNT,
    )


def rule(params: Prize) -> PrizeRule:
    return PrizeRule(params.price_points, params.worth_minor)


def sentence(params: Prize, say: Say) -> str:
    return say.n(
        "{count} point buys one {what}, handed over without a purchase.",
        "{count} points buy one {what}, handed over without a purchase.",
        params.price_points,
        what=params.what,
    )


def reward(params: Prize, say: Say) -> str:
    return say.t("One {what}", what=params.what)


KIND = Kind("prize", "grant", Prize, rule, sentence, reward, label=N_("Prize for points"))
