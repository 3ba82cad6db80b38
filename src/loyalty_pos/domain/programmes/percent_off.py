"""Percent off: a member price on some or all goods, or what a code brings (rules 9, lanes 2 and 3)."""

from typing import Literal

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.families import DiscountRule, Percent
from loyalty_pos.domain.kinds import (
    GoodsName,
    Kind,
    Params,
    Say,
    for_points,
    goods_named,
    off_at_most,
    param,
    price_in_points,
)
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import N_


class PercentOff(Params):
    rate_bp: int = param(..., label=N_("Percent off"), unit="percent", ge=1, le=10_000)
    lane: Literal["member", "code"] = param(
        "member",
        label=N_("Counts as"),
        choices={"member": N_("A price of its own"), "code": N_("What a code brings")},
    )
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    max_discount_minor: int | None = param(None, label=N_("At most"), unit="money", ge=1, le=MAX_AMOUNT)
    max_units: int | None = param(None, label=N_("On at most"), unit="units", ge=1, le=MAX_QUANTITY)
    price_points: int | None = param(
        None,
        label=N_("Costs"),
        unit="points",
        help=N_("Given only when somebody gives these points for it. Leave empty when it costs none."),
        visible_if={"lane": "member"},
        ge=1,
        le=MAX_AMOUNT,
    )
    group_size: int = param(1, label=N_("Only on full groups of"), unit="units", ge=1, le=MAX_QUANTITY)


def rule(params: PercentOff) -> DiscountRule:
    goods = Goods(frozenset(params.groups), frozenset(params.skus))
    offer = Percent(params.rate_bp, params.max_units, params.group_size)
    by_code = params.lane == "code"
    price = price_in_points(params.price_points, by_code)
    return DiscountRule(offer, 3 if by_code else 2, goods, params.max_discount_minor, by_code, price)


def sentence(params: PercentOff, say: Say) -> str:
    goods, rate = goods_named(params.groups, params.skus, say), say.percent(params.rate_bp)
    if params.price_points is not None:
        said = for_points(params.price_points, rate, goods or say.t("everything"), say)
    elif params.lane == "code" and goods:
        said = say.t("{rate} off {goods} with a code.", rate=rate, goods=goods)
    elif params.lane == "code":
        said = say.t("{rate} off everything with a code.", rate=rate)
    elif goods:
        said = say.t("{rate} off {goods} for members.", rate=rate, goods=goods)
    else:
        said = say.t("{rate} off everything for members.", rate=rate)
    return said + off_at_most(params.group_size, params.max_units, params.max_discount_minor, say)


KIND = Kind("percent_off", "discount", PercentOff, rule, sentence, label=N_("Percent off"))
