"""Warranty: so many months on chosen goods, for whoever buys them (product P14)."""

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import WarrantyRule
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, goods_named, param
from loyalty_pos.domain.text import N_

MONTHS_AT_MOST = 240


class Warranty(Params):
    months: int = param(..., label=N_("Warranty"), unit="months", ge=1, le=MONTHS_AT_MOST)
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")


def rule(params: Warranty) -> WarrantyRule:
    if not params.groups and not params.skus:
        raise InvalidRequest("params.groups", "missing")
    return WarrantyRule(params.months, Goods(frozenset(params.groups), frozenset(params.skus)))


def sentence(params: Warranty, say: Say) -> str:
    return say.n(
        "{goods}: {count} month of warranty, also for customers who are not members.",
        "{goods}: {count} months of warranty, also for customers who are not members.",
        params.months,
        goods=goods_named(params.groups, params.skus, say),
    )


KIND = Kind("warranty", "warranty", Warranty, rule, sentence, label=N_("Warranty"))
