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


def rule(params: Vip) -> TermRule:
    return TermRule(params.term_months, params.fee_minor, params.grace_days)


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
    return said


KIND = Kind("vip", "standing", Vip, rule, sentence, label=N_("Paid membership"))
