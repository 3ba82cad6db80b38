"""A lucky draw: every purchase draws once, with published chances and a record of every draw (product P9)."""

from typing import Literal

from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DrawPrize, EarnRule, FreeItem, Happening, Odds, YieldUnit
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_

OUT_OF_AT_MOST = 1_000_000


class PrizeRow(Params):
    name: GoodsName = param(..., label=N_("Prize"))
    chances: int = param(..., label=N_("Chances"), ge=1, le=OUT_OF_AT_MOST)
    gives: Literal["points", "credit", "free_item"] = param(
        "points",
        label=N_("Gives"),
        choices={"points": N_("Points"), "credit": N_("Credit"), "free_item": N_("A free item")},
    )
    amount: int = param(
        1, label=N_("How much"), unit="money", visible_if={"gives": "points|credit"},
        money_if={"gives": "credit"}, ge=1, le=MAX_AMOUNT,
    )  # fmt: skip
    worth_minor: int = param(..., label=N_("Costs the shop"), unit="money", ge=0, le=MAX_AMOUNT)


class DrawThing(Params):
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    value_cap_minor: int | None = param(None, label=N_("Worth at most"), unit="money", ge=1, le=MAX_AMOUNT)


class Draw(Params):
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    out_of: int = param(
        ..., label=N_("Of so many chances"), ge=2, le=OUT_OF_AT_MOST,
        help=N_("What no prize has wins nothing."),
    )  # fmt: skip
    prizes: list[PrizeRow] = param(..., label=N_("Prizes"), row=N_("Prize"), min_length=1, max_length=10)
    reward: DrawThing | None = param(None, label=N_("The free thing"))


def rule(params: Draw) -> EarnRule:
    """Compile a draw; raises InvalidRequest when the prizes have more chances than there are."""
    prizes = tuple(_prize(row, number) for number, row in enumerate(params.prizes))
    if sum(one.chances for one in prizes) > params.out_of:
        raise InvalidRequest("params.out_of", "out_of_range", low=sum(one.chances for one in prizes))
    thing = params.reward or DrawThing()
    return EarnRule(
        measure="event",
        rate_micro=MICRO,
        step_micro=MICRO,
        yield_unit="reward",
        yield_per_step=1,
        goods=Goods(frozenset(params.groups), frozenset(params.skus)),
        free_item=FreeItem(Goods(frozenset(thing.groups), frozenset(thing.skus)), thing.value_cap_minor),
        happening=Happening("draw"),
        odds=Odds(params.out_of, prizes),
    )


def _prize(row: PrizeRow, number: int) -> DrawPrize:
    unit: YieldUnit = "reward" if row.gives == "free_item" else row.gives
    if unit == "reward" and row.amount != 1:
        raise InvalidRequest(f"params.prizes.{number}.amount", "not_here")
    worth = max(row.worth_minor, row.amount) if unit == "credit" else row.worth_minor
    return DrawPrize(row.name, row.chances, unit, row.amount, worth)


def sentence(params: Draw, say: Say) -> str:
    goods = [*params.groups, *params.skus]
    prizes = listed([_chance(row, params.out_of, say) for row in params.prizes], say)
    if goods:
        what = one_of(goods, say)
        return say.t("Every purchase with {what} draws once: {prizes}.", what=what, prizes=prizes)
    return say.t("Every purchase draws once: {prizes}.", prizes=prizes)


def _chance(row: PrizeRow, out_of: int, say: Say) -> str:
    chance = say.t("{chances} in {all}", chances=say.number(row.chances), all=say.number(out_of))
    return say.t("{prize} ({gift}), {chance}", prize=row.name, gift=_gift(row, say), chance=chance)


def _gift(row: PrizeRow, say: Say) -> str:
    if row.gives == "points":
        return say.n("{count} point", "{count} points", row.amount)
    if row.gives == "credit":
        return say.t("{amount} of credit", amount=say.money(row.amount))
    return say.t("a free item")


def reward(params: Draw, say: Say) -> str:
    thing = params.reward or DrawThing()
    goods = [*thing.groups, *thing.skus]
    what = say.t("unit of {what}", what=one_of(goods, say)) if goods else say.t("item")
    if thing.value_cap_minor is not None:
        return say.t("One free {what}, up to {cap}", what=what, cap=say.money(thing.value_cap_minor))
    return say.t("One free {what}", what=what)


KIND = Kind("draw", "earn", Draw, rule, sentence, reward, label=N_("Lucky draw"))
