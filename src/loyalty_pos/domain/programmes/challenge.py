"""A challenge: the same product several times in so many days, or week after week (product P9)."""

from typing import Literal

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Chase, EarnRule, FreeItem, Happening, Pace, YieldUnit
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_

_PACES: dict[str, Pace] = {"purchases": "sale", "days": "day", "weeks": "week", "months": "month"}


class ChallengePrize(Params):
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    value_cap_minor: int | None = param(None, label=N_("Worth at most"), unit="money", ge=1, le=MAX_AMOUNT)


class Challenge(EarnParams):
    sku: GoodsName | None = param(None, label=N_("The product"))
    group: GoodsName | None = param(None, label=N_("Or any of a group"))
    times: int = param(..., label=N_("How often"), unit="uses", ge=2, le=100)
    count: Literal["purchases", "days", "weeks", "months"] = param(
        "purchases",
        label=N_("What counts"),
        choices={
            "purchases": N_("Purchases"),
            "days": N_("Days"),
            "weeks": N_("Weeks in a row"),
            "months": N_("Months in a row"),
        },
    )
    within_days: int | None = param(
        None,
        label=N_("Within"),
        unit="days",
        help=N_("Weeks and months have to follow each other instead."),
        ge=1,
        le=730,
    )
    badge: str | None = param(None, label=N_("Badge"), max_length=40)
    gives: Literal["points", "credit", "free_item"] = param(
        "free_item",
        label=N_("Gives"),
        choices={"points": N_("Points"), "credit": N_("Credit"), "free_item": N_("A free item")},
    )
    points: int | None = param(
        None, label=N_("Points"), unit="points", visible_if={"gives": "points"}, ge=1, le=1_000_000
    )
    credit_minor: int | None = param(
        None, label=N_("Credit"), unit="money", visible_if={"gives": "credit"}, ge=1, le=MAX_AMOUNT
    )
    reward: ChallengePrize | None = param(
        None,
        label=N_("The free thing"),
        help=N_("Leave empty for one of the same goods."),
        visible_if={"gives": "free_item"},
    )


def rule(params: Challenge) -> EarnRule:
    """Compile a challenge; raises InvalidRequest naming what is missing or has no meaning."""
    goods, pace = _goods(params), _PACES[params.count]
    in_a_row = pace in ("week", "month")
    if in_a_row != (params.within_days is None):
        raise InvalidRequest("params.within_days", "not_here" if in_a_row else "missing")
    unit, amount = _yield(params)
    thing = params.reward or ChallengePrize()
    free = Goods(frozenset(thing.groups), frozenset(thing.skus)) if thing.groups or thing.skus else goods
    return EarnRule(
        measure="event",
        rate_micro=amount * MICRO,
        step_micro=MICRO,
        yield_unit=unit,
        yield_per_step=1,
        goods=goods,
        free_item=FreeItem(free, thing.value_cap_minor) if unit == "reward" else None,
        happening=Happening("challenge"),
        chase=Chase(params.times, pace, params.within_days or 0, params.badge or ""),
    )


def _goods(params: Challenge) -> Goods:
    if params.sku is not None and params.group is not None:
        raise InvalidRequest("params.group", "choose_one")
    if params.sku is None and params.group is None and params.count in ("purchases", "days"):
        raise InvalidRequest("params.sku", "missing")
    return Goods(
        frozenset([params.group] if params.group else []), frozenset([params.sku] if params.sku else [])
    )


def _yield(params: Challenge) -> tuple[YieldUnit, int]:
    if params.gives == "free_item":
        return "reward", 1
    amount = params.points if params.gives == "points" else params.credit_minor
    if amount is None:
        field = "points" if params.gives == "points" else "credit_minor"
        raise InvalidRequest(f"params.{field}", "missing")
    return ("points" if params.gives == "points" else "credit"), amount


def sentence(params: Challenge, say: Say) -> str:
    said = say.t("{chase}: {prize}.", chase=_chase(params, say), prize=_prize(params, say))
    if params.badge:
        said += " " + say.t("With the badge {badge}.", badge=say.name(params.badge))
    return said


def _chase(params: Challenge, say: Say) -> str:
    what, times = params.sku or params.group or "", params.times
    if params.count == "weeks" and what:
        return say.n(
            "{count} week in a row with {what}", "{count} weeks in a row with {what}", times, what=what
        )
    if params.count == "weeks":
        return say.n("{count} week in a row with a purchase", "{count} weeks in a row with a purchase", times)
    if params.count == "months" and what:
        return say.n(
            "{count} month in a row with {what}", "{count} months in a row with {what}", times, what=what
        )
    if params.count == "months":
        return say.n(
            "{count} month in a row with a purchase", "{count} months in a row with a purchase", times
        )
    days = say.n("{count} day", "{count} days", params.within_days or 0)
    if params.count == "days":
        return say.n(
            "{count} day with {what} within {days}",
            "{count} days with {what} within {days}",
            times,
            what=what,
            days=days,
        )
    return say.n(
        "{count} purchase of {what} within {days}",
        "{count} purchases of {what} within {days}",
        times,
        what=what,
        days=days,
    )


def _prize(params: Challenge, say: Say) -> str:
    if params.gives == "free_item":
        return reward(params, say)
    if params.gives == "points":
        return say.n("{count} point", "{count} points", params.points or 0)
    return say.t("{amount} of credit", amount=say.money(params.credit_minor or 0))


def reward(params: Challenge, say: Say) -> str:
    thing = params.reward or ChallengePrize()
    goods = [*thing.groups, *thing.skus] or [name for name in (params.group, params.sku) if name]
    what = say.t("unit of {what}", what=one_of(goods, say)) if goods else say.t("item")
    if thing.value_cap_minor is not None:
        return say.t("One free {what}, up to {cap}", what=what, cap=say.money(thing.value_cap_minor))
    return say.t("One free {what}", what=what)


KIND = Kind("challenge", "earn", Challenge, rule, sentence, reward, label=N_("Challenge"))
