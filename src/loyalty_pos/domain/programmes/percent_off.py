"""Percent off: a member price on some or all goods (rules 9, lane 2)."""

from typing import Literal

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.families import DiscountRule
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, goods_named, param
from loyalty_pos.domain.money import MAX_AMOUNT


class PercentOff(Params):
    rate_bp: int = param(..., label="Percent off", unit="percent", ge=1, le=10_000)
    lane: Literal["member"] = param("member", label="Counts as")
    groups: list[GoodsName] = param([], label="Groups", unit="groups")
    skus: list[GoodsName] = param([], label="Goods", unit="skus")
    max_discount_minor: int | None = param(None, label="At most", unit="money", ge=1, le=MAX_AMOUNT)


def rule(params: PercentOff) -> DiscountRule:
    goods = Goods(frozenset(params.groups), frozenset(params.skus))
    return DiscountRule(params.rate_bp, "member", goods, params.max_discount_minor)


def sentence(params: PercentOff, say: Say) -> str:
    goods = goods_named(params.groups, params.skus, say)
    rate = say.percent(params.rate_bp)
    if goods:
        said = say.t("{rate} off {goods} for members.", rate=rate, goods=goods)
    else:
        said = say.t("{rate} off everything for members.", rate=rate)
    if params.max_discount_minor is not None:
        said += " " + say.t("At most {cap} on one sale.", cap=say.money(params.max_discount_minor))
    return said


KIND = Kind("percent_off", "discount", PercentOff, rule, sentence)
