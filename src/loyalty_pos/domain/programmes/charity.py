"""Charity: the shop gives a share of every purchase to a cause; members get no value of it (product P6)."""

from loyalty_pos.domain.coefficients import MoneyEarnParams, with_money
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.kinds import GoodsName, Kind, Say, param
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.text import N_

BP = 10_000


class Charity(MoneyEarnParams):
    rate_bp: int = param(..., label=N_("Share of the purchase"), unit="percent", ge=1, le=BP)
    cause: GoodsName = param(
        ..., label=N_("Given to"), help=N_("Several programmes may give to the same cause.")
    )


def rule(params: Charity) -> EarnRule:
    pledges = EarnRule(
        measure="amount",
        rate_micro=params.rate_bp * (MICRO // BP),
        step_micro=MICRO,
        yield_unit="pledge",
        yield_per_step=1,
        cause=params.cause,
    )
    return with_money(pledges, params)


def sentence(params: Charity, say: Say) -> str:
    return say.t(
        "The shop gives {rate} of every purchase to {cause}.",
        rate=say.percent(params.rate_bp),
        cause=say.name(params.cause),
    )


KIND = Kind("charity", "earn", Charity, rule, sentence, label=N_("Charity"))
