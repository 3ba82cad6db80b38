"""A gift for what happens once: joining, a first purchase, a birthday, bringing somebody (rules 1)."""

from typing import Literal

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, FreeItem, Happening, ProfileField, YieldUnit
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, goods_named, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO
from loyalty_pos.domain.text import N_

DAYS_AT_MOST = 60
_EVENTS: dict[str, str] = {
    "join": N_("Joining"),
    "first_purchase": N_("The first purchase"),
    "first_of_group": N_("The first purchase of these goods"),
    "referrer": N_("Bringing a new member who buys"),
    "newcomer": N_("Being brought by a member, at the first purchase"),
    "birthday": N_("Birthday"),
    "anniversary": N_("Anniversary of joining"),
    "profile": N_("Details filled in"),
    "back": N_("Coming back after a long time"),
}
_FIELDS: dict[str, str] = {
    "name": N_("name"),
    "phone": N_("phone"),
    "birthday": N_("birthday"),
    "city": N_("city"),
    "interests": N_("preferences"),
}


class FreeThing(Params):
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    value_cap_minor: int | None = param(None, label=N_("Worth at most"), unit="money", ge=1, le=MAX_AMOUNT)


class EventGift(EarnParams):
    event: Literal[
        "join",
        "first_purchase",
        "first_of_group",
        "referrer",
        "newcomer",
        "birthday",
        "anniversary",
        "profile",
        "back",
    ] = param(..., label=N_("For what"), choices=_EVENTS)
    groups: list[GoodsName] = param(
        [], label=N_("Groups"), unit="groups", visible_if={"event": "first_of_group"}
    )
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus", visible_if={"event": "first_of_group"})
    days_before: int = param(
        0, label=N_("From so long before the day"), unit="days", help=N_("For a day of the year."),
        ge=0, le=DAYS_AT_MOST,
    )  # fmt: skip
    days_after: int = param(
        0, label=N_("To so long after the day"), unit="days", help=N_("For a day of the year."),
        ge=0, le=DAYS_AT_MOST,
    )  # fmt: skip
    idle_days: int | None = param(
        None, label=N_("After so long away"), unit="days", visible_if={"event": "back"}, ge=1, le=3_650
    )
    needs: list[ProfileField] = param(
        ["name", "phone", "birthday"],
        label=N_("What must be known"),
        choices=_FIELDS,
        visible_if={"event": "profile"},
    )
    gives: Literal["points", "credit", "free_item"] = param(
        "points",
        label=N_("Gives"),
        choices={"points": N_("Points"), "credit": N_("Credit"), "free_item": N_("A free item")},
    )
    points: int | None = param(
        None, label=N_("Points"), unit="points", visible_if={"gives": "points"}, ge=1, le=1_000_000
    )
    credit_minor: int | None = param(
        None, label=N_("Credit"), unit="money", visible_if={"gives": "credit"}, ge=1, le=MAX_AMOUNT
    )
    reward: FreeThing | None = param(None, label=N_("The free thing"), visible_if={"gives": "free_item"})


def rule(params: EventGift) -> EarnRule:
    unit, amount = _yield(params)
    first = params.event == "first_of_group"
    if first != bool(params.groups or params.skus):
        raise InvalidRequest("params.groups", "empty" if first else "not_here")
    if params.event not in ("birthday", "anniversary") and (params.days_before or params.days_after):
        raise InvalidRequest("params.days_before", "not_here")
    if (params.event == "back") != (params.idle_days is not None):
        raise InvalidRequest("params.idle_days", "missing" if params.event == "back" else "not_here")
    if params.event == "profile" and not params.needs:
        raise InvalidRequest("params.needs", "empty")
    needs = tuple(dict.fromkeys(params.needs)) if params.event == "profile" else ()
    thing = params.reward or FreeThing()
    return EarnRule(
        measure="event",
        rate_micro=amount * MICRO,
        step_micro=MICRO,
        yield_unit=unit,
        yield_per_step=1,
        goods=Goods(frozenset(params.groups), frozenset(params.skus)),
        free_item=FreeItem(Goods(frozenset(thing.groups), frozenset(thing.skus)), thing.value_cap_minor)
        if unit == "reward"
        else None,
        happening=Happening(
            params.event, params.days_before, params.days_after, needs, params.idle_days or 0
        ),
    )


def _yield(params: EventGift) -> tuple[YieldUnit, int]:
    """Return what is given; raises InvalidRequest when its amount is missing."""
    if params.gives == "free_item":
        return "reward", 1
    amount = params.points if params.gives == "points" else params.credit_minor
    if amount is None:
        raise InvalidRequest(
            "params.points" if params.gives == "points" else "params.credit_minor", "missing"
        )
    return ("points" if params.gives == "points" else "credit"), amount


def sentence(params: EventGift, say: Say) -> str:
    said = say.t("{gift} {event}.", gift=_gift(params, say), event=_event(params, say))
    return " ".join([said, *_window(params, say)])


def _gift(params: EventGift, say: Say) -> str:
    if params.gives == "free_item":
        return reward(params, say)
    if params.gives == "points":
        return say.n("{count} point", "{count} points", params.points or 0)
    return say.t("{amount} of credit", amount=say.money(params.credit_minor or 0))


def _event(params: EventGift, say: Say) -> str:
    goods = goods_named(params.groups, params.skus, say)
    fields = listed([say.t(_FIELDS[name]) for name in params.needs], say)
    return {
        "join": say.t("for joining"),
        "first_purchase": say.t("for the first purchase"),
        "first_of_group": say.t("for the first purchase of {goods}", goods=goods),
        "referrer": say.t("for each new member somebody brings, once they buy something"),
        "newcomer": say.t("at the first purchase, for who was brought by a member"),
        "birthday": say.t("for the birthday, once a year, with a purchase"),
        "anniversary": say.t("for the anniversary of joining, once a year, with a purchase"),
        "back": say.n(
            "for coming back after {count} day or more",
            "for coming back after {count} days or more",
            params.idle_days or 0,
        ),
        "profile": say.t("once these details are known: {fields}", fields=fields),
    }[params.event]


def _window(params: EventGift, say: Say) -> list[str]:
    said = []
    if params.days_before:
        said.append(say.n("From {count} day before.", "From {count} days before.", params.days_before))
    if params.days_after:
        said.append(say.n("Until {count} day after.", "Until {count} days after.", params.days_after))
    return said


def reward(params: EventGift, say: Say) -> str:
    thing = params.reward or FreeThing()
    goods = [*thing.groups, *thing.skus]
    what = say.t("unit of {what}", what=one_of(goods, say)) if goods else say.t("item")
    if thing.value_cap_minor is not None:
        return say.t("One free {what}, up to {cap}", what=what, cap=say.money(thing.value_cap_minor))
    return say.t("One free {what}", what=what)


KIND = Kind("event_gift", "earn", EventGift, rule, sentence, reward, label=N_("Gift for an event"))
