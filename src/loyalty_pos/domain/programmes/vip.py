"""VIP: a membership for a fee, whose benefits other programmes give (product P5)."""

from loyalty_pos.domain.families import TermRule
from loyalty_pos.domain.kinds import Kind, Params, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_

MONTHS_AT_MOST = 120
DAYS_AT_MOST = 366


class Vip(Params):
    fee_minor: int = param(..., label=N_("Fee"), unit="money", ge=0, le=MAX_AMOUNT)
    term_months: int = param(
        12,
        label=N_("Holds for"),
        unit="months",
        help=N_("Up to the same day so many months on, that day included."),
        ge=1,
        le=MONTHS_AT_MOST,
    )
    grace_days: int = param(
        0,
        label=N_("Benefits go on for"),
        unit="days",
        help=N_("After its last day, the last of these days included. Renewed later, it begins anew."),
        ge=0,
        le=DAYS_AT_MOST,
    )
    keep_spend_minor: int | None = param(
        None,
        label=N_("Benefits only with purchases of"),
        unit="money",
        help=N_("Below that they rest, until enough is spent again. Leave empty: always."),
        ge=1,
        le=MAX_AMOUNT,
    )
    keep_days: int = param(
        30,
        label=N_("Counted over the last"),
        unit="days",
        help=N_("Not in the first days of a term."),
        ge=1,
        le=DAYS_AT_MOST,
    )


def rule(params: Vip) -> TermRule:
    keep = params.keep_spend_minor or 0
    return TermRule(params.term_months, params.fee_minor, params.grace_days, keep, params.keep_days)


def sentence(params: Vip, say: Say) -> str:
    said = say.n(
        "Membership for {fee}: holds for {count} month from the day it is bought.",
        "Membership for {fee}: holds for {count} months from the day it is bought.",
        params.term_months,
        fee=say.money(params.fee_minor),
    )
    if params.grace_days:
        said += " " + say.n(
            "Its benefits go on for {count} day after that.",
            "Its benefits go on for {count} days after that.",
            params.grace_days,
        )
    if params.keep_spend_minor is not None:
        said += " " + say.n(
            "They rest while less than {amount} was spent in the last {count} day.",
            "They rest while less than {amount} was spent in the last {count} days.",
            params.keep_days,
            amount=say.money(params.keep_spend_minor),
        )
    return said


KIND = Kind("vip", "standing", Vip, rule, sentence, label=N_("Paid membership"))
