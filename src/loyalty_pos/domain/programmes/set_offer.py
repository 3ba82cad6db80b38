"""Buy some, get some free or reduced; the second at half price (rules 9, lane 1)."""

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.families import DiscountRule, SetOffer
from loyalty_pos.domain.kinds import (
    GoodsName,
    Kind,
    Params,
    Say,
    goods_named,
    param,
    sets_at_most,
    units_named,
)
from loyalty_pos.domain.money import MAX_QUANTITY
from loyalty_pos.domain.text import N_


class SetOfferParams(Params):
    buy: int = param(..., label=N_("Buy"), unit="units", ge=1, le=MAX_QUANTITY)
    get: int = param(1, label=N_("Get"), unit="units", ge=1, le=MAX_QUANTITY)
    rate_bp: int = param(10_000, label=N_("Reduced by"), unit="percent", ge=1, le=10_000)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    get_groups: list[GoodsName] = param([], label=N_("Groups to get"), unit="groups")
    get_skus: list[GoodsName] = param(
        [], label=N_("Goods to get"), unit="skus", help=N_("Leave empty for the same goods.")
    )
    max_sets: int | None = param(
        None, label=N_("At most in one sale"), unit="times_a_sale", ge=1, le=MAX_QUANTITY
    )


def rule(params: SetOfferParams) -> DiscountRule:
    goods = Goods(frozenset(params.groups), frozenset(params.skus))
    got = Goods(frozenset(params.get_groups), frozenset(params.get_skus))
    same = got.everything
    offer = SetOffer(params.buy, params.get, params.rate_bp, None if same else got, params.max_sets)
    return DiscountRule(offer, 1, goods)


def sentence(params: SetOfferParams, say: Say) -> str:
    bought = goods_named(params.groups, params.skus, say)
    got = goods_named(params.get_groups, params.get_skus, say) or bought
    buy = units_named(params.buy, bought, say)
    get = units_named(params.get, got, say)
    if params.rate_bp == 10_000:
        said = say.t("Buy {buy}, get {get} free, the cheapest first.", buy=buy, get=get)
    else:
        rate = say.percent(params.rate_bp)
        said = say.t("Buy {buy}, get {get} {rate} cheaper, the cheapest first.", buy=buy, get=get, rate=rate)
    return said + sets_at_most(params.max_sets, say)


KIND = Kind("set_offer", "discount", SetOfferParams, rule, sentence, label=N_("Buy and get"))
