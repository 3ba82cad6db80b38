"""So many for a price, or a menu: one of each for a price (rules 9, lane 1)."""

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, SetPrice
from loyalty_pos.domain.kinds import (
    GoodsName,
    Kind,
    Params,
    Say,
    goods_named,
    listed,
    param,
    sets_at_most,
    units_named,
)
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import N_


class Part(Params):
    units: int = param(1, label=N_("How many"), unit="units", ge=1, le=MAX_QUANTITY)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")


class SetPriceParams(Params):
    parts: list[Part] = param([], label=N_("What belongs to it"), max_length=10)
    units: int | None = param(None, label=N_("Or so many of anything"), unit="units", ge=2, le=MAX_QUANTITY)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups", visible_if={"units": "*"})
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus", visible_if={"units": "*"})
    price_minor: int = param(..., label=N_("For together"), unit="money", ge=0, le=MAX_AMOUNT)
    max_sets: int | None = param(
        None, label=N_("At most in one sale"), unit="times_a_sale", ge=1, le=MAX_QUANTITY
    )


def rule(params: SetPriceParams) -> DiscountRule:
    if (params.units is None) == (not params.parts):
        raise InvalidRequest("params.parts", "choose_one")
    return DiscountRule(SetPrice(_parts(params), params.price_minor, params.max_sets), 1)


def _parts(params: SetPriceParams) -> tuple[tuple[Goods, int], ...]:
    if params.units is not None:
        return ((Goods(frozenset(params.groups), frozenset(params.skus)), params.units),)
    return tuple((Goods(frozenset(part.groups), frozenset(part.skus)), part.units) for part in params.parts)


def sentence(params: SetPriceParams, say: Say) -> str:
    price = say.money(params.price_minor)
    if params.units is not None:
        what = units_named(params.units, goods_named(params.groups, params.skus, say), say)
    else:
        named = [(part.units, goods_named(part.groups, part.skus, say)) for part in params.parts]
        what = listed([units_named(units, goods, say) for units, goods in named], say)
    said = say.t("{what} together for {price}.", what=what, price=price)
    return said + sets_at_most(params.max_sets, say)


KIND = Kind("set_price", "discount", SetPriceParams, rule, sentence, label=N_("Together for a price"))
