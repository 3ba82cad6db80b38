"""Credit for companies: a table of rates of their own, on what the wholesale discount left (rules 38)."""

from loyalty_pos.domain.coefficients import MoneyEarnParams, with_money
from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.families import EarnRule, Rate
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, goods_named, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_

BP = 10_000
ROWS_AT_MOST = 20


class RateRow(Params):
    rate_bp: int = param(..., label=N_("Share of the purchase"), unit="percent", ge=1, le=BP)
    from_minor: int = param(0, label=N_("From a bill of"), unit="money", ge=0, le=MAX_AMOUNT)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")


class CompanyCredit(MoneyEarnParams):
    rates: list[RateRow] = param(
        ..., label=N_("Rates"), row=N_("Rate"), min_length=1, max_length=ROWS_AT_MOST
    )


def rule(params: CompanyCredit) -> EarnRule:
    """Compile; a row that names goods replaces the general ones there, and of several the best counts."""
    rates = tuple(
        Rate(row.rate_bp * (MICRO // BP), Goods(frozenset(row.groups), frozenset(row.skus)), row.from_minor)
        for row in params.rates
    )
    return with_money(
        EarnRule(
            measure="amount",
            rate_micro=max(rate.rate_micro for rate in rates),
            step_micro=MICRO,
            yield_unit="credit",
            yield_per_step=1,
            rates=rates,
        ),
        params,
    )


def sentence(params: CompanyCredit, say: Say) -> str:
    rows = " ".join(_row(row, say) for row in params.rates)
    return say.t("Companies get credit for their next purchase. {rates}", rates=rows)


def _row(row: RateRow, say: Say) -> str:
    rate, goods = say.percent(row.rate_bp), goods_named(row.groups, row.skus, say)
    least = say.money(row.from_minor)
    if goods and row.from_minor:
        return say.t("{rate} of {goods}, on bills from {least} on.", rate=rate, goods=goods, least=least)
    if goods:
        return say.t("{rate} of {goods}.", rate=rate, goods=goods)
    if row.from_minor:
        return say.t("{rate} on bills from {least} on.", rate=rate, least=least)
    return say.t("{rate} of every purchase.", rate=rate)


KIND = Kind(
    "company_credit",
    "earn",
    CompanyCredit,
    rule,
    sentence,
    label=N_("Credit for companies"),
    member_kind="company",
)
