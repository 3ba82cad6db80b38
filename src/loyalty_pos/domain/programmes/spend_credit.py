"""Spend credit: money for the next purchase, for what was spent on this one (product P2)."""

from loyalty_pos.domain.coefficients import MoneyEarnParams, with_money
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.kinds import Kind, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_

BP = 10_000


class SpendCredit(MoneyEarnParams):
    rate_bp: int = param(..., label=N_("Share of the purchase"), unit="percent", ge=1, le=BP)
    rounding_minor: int = param(
        1,
        label=N_("In whole"),
        unit="money",
        help=N_("What is left over is kept for the next purchase."),
        ge=1,
        le=MAX_AMOUNT,
    )


def rule(params: SpendCredit) -> EarnRule:
    earns = EarnRule(
        measure="amount",
        rate_micro=params.rate_bp * (MICRO // BP),
        step_micro=params.rounding_minor * MICRO,
        yield_unit="credit",
        yield_per_step=params.rounding_minor,
    )
    return with_money(earns, params)


def sentence(params: SpendCredit, say: Say) -> str:
    return say.t(
        "{rate} of every purchase becomes credit for the next one.", rate=say.percent(params.rate_bp)
    )


KIND = Kind("spend_credit", "earn", SpendCredit, rule, sentence, label=N_("Credit back"))
