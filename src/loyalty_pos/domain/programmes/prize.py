"""A prize for points: handed over at the counter, without a purchase (product P17)."""

from loyalty_pos.domain.families import PrizeRule
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.when import MAX_USES


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

    stock: int | None = param(
        None,
        label=N_("In stock"),
        unit="units",
        help=N_("Counted from when this is saved."),
        ge=1,
        le=MAX_USES,
    )
    a_day: int | None = param(
        None,
        label=N_("Handed over on one day at most"),
        unit="units",
        help=N_("Whoever comes later is promised another day."),
        ge=1,
        le=MAX_USES,
    )
    ready_minutes: int = param(0, label=N_("Ready after"), unit="minutes", ge=0, le=129_600)


def rule(params: Prize) -> PrizeRule:
    return PrizeRule(
        params.price_points, params.worth_minor, params.stock, params.a_day, params.ready_minutes
    )


def sentence(params: Prize, say: Say) -> str:
    said = [_price(params, say)]
    if params.stock is not None:
        said.append(say.n("{count} is there.", "{count} are there.", params.stock))
    if params.a_day is not None:
        said.append(
            say.n(
                "At most {count} a day is handed over.",
                "At most {count} a day are handed over.",
                params.a_day,
            )
        )
    if params.ready_minutes:
        said.append(
            say.n("Ready after {count} minute.", "Ready after {count} minutes.", params.ready_minutes)
        )
    return " ".join(said)


def _price(params: Prize, say: Say) -> str:
    return say.n(
        "{count} point buys one {what}, handed over without a purchase.",
        "{count} points buy one {what}, handed over without a purchase.",
        params.price_points,
        what=params.what,
    )


def reward(params: Prize, say: Say) -> str:
    return say.t("One {what}", what=params.what)


KIND = Kind("prize", "grant", Prize, rule, sentence, reward, label=N_("Prize for points"))
