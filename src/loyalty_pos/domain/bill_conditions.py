"""What a programme may ask of the bill: how much is on it, of what, and which of its goods benefit."""

from collections.abc import Iterable

from loyalty_pos.domain.conditions import Goods, Wanted
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.kinds import GoodsName, Params, Say, goods_named, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import N_

PARTS_AT_MOST = 10


class WantedGoods(Params):
    """Goods that have to be on the bill."""

    units: int = param(1, label=N_("How many"), unit="units", ge=1, le=MAX_QUANTITY)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys([*self.groups, *self.skus]))


class BasketCondition(Params):
    min_minor: int = param(0, label=N_("From a bill of"), unit="money", ge=0, le=MAX_AMOUNT)
    below_minor: int | None = param(None, label=N_("Below a bill of"), unit="money", ge=1, le=MAX_AMOUNT)
    min_quantity: int = param(0, label=N_("From so many items"), unit="units", ge=0, le=MAX_QUANTITY)
    all_of: list[WantedGoods] = param(
        [], label=N_("With all of these on the bill"), row=N_("Goods"), max_length=PARTS_AT_MOST
    )
    count_groups: list[GoodsName] = param([], label=N_("Counting only these groups"), unit="groups")
    count_skus: list[GoodsName] = param([], label=N_("Counting only these goods"), unit="skus")
    groups_in: list[GoodsName] = param([], label=N_("Only these groups"), unit="groups")
    groups_out: list[GoodsName] = param([], label=N_("Never these groups"), unit="groups")
    skus_in: list[GoodsName] = param([], label=N_("Only these goods"), unit="skus")
    skus_out: list[GoodsName] = param([], label=N_("Never these goods"), unit="skus")
    no_discounted: bool = param(
        False,
        label=N_("Not on reduced goods"),
        help=N_("Goods that the till or another benefit made cheaper already."),
    )


def check_basket(basket: BasketCondition) -> None:
    """Raise InvalidRequest for a bill that can never be."""
    below = basket.below_minor
    if below is not None and below <= basket.min_minor:
        raise InvalidRequest("when.basket.below_minor", "out_of_range", low=basket.min_minor + 1)
    for number, part in enumerate(basket.all_of):
        if not part.groups and not part.skus:
            raise InvalidRequest(f"when.basket.all_of.{number}.groups", "missing")


def wanted_of(parts: Iterable[WantedGoods]) -> tuple[Wanted, ...]:
    return tuple(Wanted(Goods(frozenset(one.groups), frozenset(one.skus)), one.units) for one in parts)


def wanted_words(part: WantedGoods, units: int, say: Say) -> str:
    """Name so many units of the goods one part asks for."""
    goods = one_of(part.names, say)
    return say.n("{count} unit of {goods}", "{count} units of {goods}", units, goods=goods)


def basket_words(basket: BasketCondition, say: Say) -> list[str]:
    """Say what is asked of the bill, and which goods on it benefit."""
    said = _amount_words(basket, say)
    counted = goods_named(basket.count_groups, basket.count_skus, say)
    if basket.min_quantity and counted:
        said.append(
            say.n(
                "From {count} unit of {goods} on one bill.",
                "From {count} units of {goods} on one bill.",
                basket.min_quantity,
                goods=counted,
            )
        )
    elif basket.min_quantity:
        said.append(
            say.n("From {count} item on one bill.", "From {count} items on one bill.", basket.min_quantity)
        )
    if basket.all_of:
        parts = listed([wanted_words(part, part.units, say) for part in basket.all_of], say)
        said.append(say.t("Only with {goods} on the bill.", goods=parts))
    return [*said, *_goods_words(basket, say)]


def _amount_words(basket: BasketCondition, say: Say) -> list[str]:
    counted, said = goods_named(basket.count_groups, basket.count_skus, say), []
    if basket.min_minor and counted:
        least = say.money(basket.min_minor)
        said.append(say.t("From {amount} of {goods} on one bill.", amount=least, goods=counted))
    elif basket.min_minor:
        said.append(say.t("From a bill of {amount}.", amount=say.money(basket.min_minor)))
    if basket.below_minor is not None and counted:
        most = say.money(basket.below_minor)
        said.append(say.t("Below {amount} of {goods} on one bill.", amount=most, goods=counted))
    elif basket.below_minor is not None:
        said.append(say.t("Below a bill of {amount}.", amount=say.money(basket.below_minor)))
    return said


def _goods_words(basket: BasketCondition, say: Say) -> list[str]:
    said = []
    if basket.groups_in or basket.skus_in:
        said.append(say.t("Only on {goods}.", goods=goods_named(basket.groups_in, basket.skus_in, say)))
    if basket.groups_out or basket.skus_out:
        said.append(say.t("Not on {goods}.", goods=goods_named(basket.groups_out, basket.skus_out, say)))
    if basket.no_discounted:
        said.append(say.t("Not on goods that are reduced already."))
    return said
