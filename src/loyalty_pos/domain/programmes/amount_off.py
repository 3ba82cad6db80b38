"""An amount off the bill or off every unit (rules 9, lanes 2 and 4)."""

from typing import Literal

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, Lane, OffBill, OffUnit
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


class AmountOff(Params):
    amount_minor: int = param(..., label=N_("Amount off"), unit="money", ge=1, le=MAX_AMOUNT)
    per: Literal["bill", "unit"] = param(
        "bill", label=N_("Off what"), choices={"bill": N_("The bill"), "unit": N_("Every item")}
    )
    by_code: bool = param(False, label=N_("Only with a code"))
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    max_units: int | None = param(
        None, label=N_("On at most"), unit="units", visible_if={"per": "unit"}, ge=1, le=MAX_QUANTITY
    )
    group_size: int = param(
        1,
        label=N_("Only on full groups of"),
        unit="units",
        visible_if={"per": "unit"},
        ge=1,
        le=MAX_QUANTITY,
    )
    max_discount_minor: int | None = param(
        None, label=N_("At most"), unit="money", visible_if={"per": "unit"}, ge=1, le=MAX_AMOUNT
    )
    price_points: int | None = param(
        None,
        label=N_("Costs"),
        unit="points",
        help=N_("Given only when somebody gives these points for it. Leave empty when it costs none."),
        visible_if={"by_code": "false"},
        ge=1,
        le=MAX_AMOUNT,
    )


def rule(params: AmountOff) -> DiscountRule:
    goods = Goods(frozenset(params.groups), frozenset(params.skus))
    price = price_in_points(params.price_points, params.by_code)
    if params.per == "unit":
        offer = OffUnit(params.amount_minor, params.max_units, params.group_size)
        lane: Lane = 3 if params.by_code else 2
        return DiscountRule(offer, lane, goods, params.max_discount_minor, params.by_code, price_points=price)
    for name, unset in (("max_units", None), ("group_size", 1), ("max_discount_minor", None)):
        if getattr(params, name) != unset:
            raise InvalidRequest(f"params.{name}", "not_here")
    return DiscountRule(OffBill(params.amount_minor), 4, goods, by_code=params.by_code, price_points=price)


def sentence(params: AmountOff, say: Say) -> str:
    goods = goods_named(params.groups, params.skus, say)
    amount = say.money(params.amount_minor)
    if params.per == "bill":
        what = say.t("what {goods} come to", goods=goods) if goods else say.t("the bill")
    else:
        what = say.t("every unit of {goods}", goods=goods) if goods else say.t("every item")
    if params.price_points is not None:
        said = for_points(params.price_points, amount, what, say)
    elif params.by_code:
        said = say.t("{amount} off {what} with a code.", amount=amount, what=what)
    else:
        said = say.t("{amount} off {what}.", amount=amount, what=what)
    return said + off_at_most(params.group_size, params.max_units, params.max_discount_minor, say)


KIND = Kind("amount_off", "discount", AmountOff, rule, sentence, label=N_("Amount off"))
