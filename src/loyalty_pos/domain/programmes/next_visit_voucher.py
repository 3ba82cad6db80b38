"""A voucher for the next visit made by this bill: a share of it, or so much for every full amount."""

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, Expiry
from loyalty_pos.domain.kinds import Kind, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.when import ExpiryChoice, chosen_expiry

BP = 10_000


class NextVisitVoucher(EarnParams):
    rate_bp: int | None = param(
        None,
        label=N_("Share of the purchase"),
        unit="percent",
        help=N_("Or an amount for every full sum below."),
        ge=1,
        le=BP,
    )
    amount_minor: int | None = param(None, label=N_("Amount"), unit="money", ge=1, le=MAX_AMOUNT)
    per_minor: int | None = param(
        None,
        label=N_("For every full"),
        unit="money",
        visible_if={"amount_minor": "*"},
        ge=1,
        le=MAX_AMOUNT,
    )
    expires: ExpiryChoice = param(..., label=N_("How long it counts"))


def rule(params: NextVisitVoucher) -> EarnRule:
    if (params.rate_bp is None) == (params.amount_minor is None):
        raise InvalidRequest("params.rate_bp", "choose_one")
    if params.rate_bp is not None:
        if params.per_minor is not None:
            raise InvalidRequest("params.per_minor", "not_here")
        rate, step, each = params.rate_bp * (MICRO // BP), MICRO, 1
    else:
        if params.per_minor is None:
            raise InvalidRequest("params.per_minor", "missing")
        rate, step, each = MICRO, params.per_minor * MICRO, params.amount_minor or 0
    return EarnRule(
        measure="amount",
        rate_micro=rate,
        step_micro=step,
        yield_unit="voucher",
        yield_per_step=each,
        valid=_valid(params),
    )


def _valid(params: NextVisitVoucher) -> Expiry:
    if params.expires == ExpiryChoice():
        raise InvalidRequest("params.expires", "missing")
    return chosen_expiry(params.expires, "params.expires")


def sentence(params: NextVisitVoucher, say: Say) -> str:
    if params.rate_bp is not None:
        what = say.t(
            "{rate} of a purchase becomes a voucher for another visit", rate=say.percent(params.rate_bp)
        )
    else:
        what = say.t(
            "Every full {per} of a purchase gives {amount} as a voucher for another visit",
            per=say.money(params.per_minor or 0),
            amount=say.money(params.amount_minor or 0),
        )
    expires = params.expires
    if expires.days:
        until = say.n(
            "{what}, from the next day on for {count} day.",
            "{what}, from the next day on for {count} days.",
            expires.days,
            what=what,
        )
    elif expires.months:
        until = say.n(
            "{what}, from the next day on to the end of the month, {count} month on.",
            "{what}, from the next day on to the end of the month, {count} months on.",
            expires.months,
            what=what,
        )
    else:
        until = say.t("{what}, from the next day on without an end.", what=what)
    return until


KIND = Kind(
    "next_visit_voucher", "earn", NextVisitVoucher, rule, sentence, label=N_("Voucher for the next visit")
)
