"""Contract: a benefit now against a promise for months; ended early, the difference is owed (product P12)."""

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, Percent, TermRule
from loyalty_pos.domain.kinds import Kind, Params, Say, listed, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_

MONTHS_AT_MOST = 120


class Contract(Params):
    months: int = param(
        ...,
        label=N_("Runs for"),
        unit="months",
        help=N_("Up to the same day so many months on, that day included."),
        ge=1,
        le=MONTHS_AT_MOST,
    )
    promised_visits: int | None = param(None, label=N_("Promised purchases"), ge=1, le=MAX_AMOUNT)
    promised_spend_minor: int | None = param(
        None, label=N_("Promised spend"), unit="money", ge=1, le=MAX_AMOUNT
    )
    discount_bp: int = param(..., label=N_("Percent off"), unit="percent", ge=1, le=10_000)


def rule(params: Contract) -> TermRule:
    if params.promised_visits is None and params.promised_spend_minor is None:
        raise InvalidRequest("params.promised_visits", "missing")
    return TermRule(
        params.months,
        promised_visits=params.promised_visits,
        promised_spend_minor=params.promised_spend_minor,
        discount=DiscountRule(Percent(params.discount_bp)),
    )


def sentence(params: Contract, say: Say) -> str:
    said = say.n(
        "{rate} off for {count} month against the promise of {promise}.",
        "{rate} off for {count} months against the promise of {promise}.",
        params.months,
        rate=say.percent(params.discount_bp),
        promise=listed(_promised(params, say), say),
    )
    return said + " " + say.t("Ended before the promise is kept, its missing share of the benefit is owed.")


def _promised(params: Contract, say: Say) -> list[str]:
    promised = []
    if params.promised_visits is not None:
        promised.append(say.n("{count} purchase", "{count} purchases", params.promised_visits))
    if params.promised_spend_minor is not None:
        promised.append(say.t("{amount} spent", amount=say.money(params.promised_spend_minor)))
    return promised


KIND = Kind("contract", "standing", Contract, rule, sentence, label=N_("Contract"))
