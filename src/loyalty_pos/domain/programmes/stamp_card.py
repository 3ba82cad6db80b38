"""Stamp card: after N paid the next is free, or every Nth is free (product P11, rules 19)."""

from typing import Literal

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.conditions import Goods
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, FreeItem, Measure
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, goods_named, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY, MICRO
from loyalty_pos.domain.text import N_


class Reward(Params):
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    value_cap_minor: int | None = param(None, label=N_("Worth at most"), unit="money", ge=1, le=MAX_AMOUNT)


class StampCard(EarnParams):
    count: Literal["units", "sales", "visit_days", "amount"] = param(
        "units",
        label=N_("What counts"),
        choices={
            "units": N_("Items"),
            "sales": N_("Purchases"),
            "visit_days": N_("Days of visit"),
            "amount": N_("Money spent"),
        },
    )
    step_minor: int | None = param(
        None,
        label=N_("A stamp for every"),
        unit="money",
        help=N_("What is left over is kept for the next purchase."),
        visible_if={"count": "amount"},
        ge=1,
        le=MAX_AMOUNT,
    )
    groups: list[GoodsName] = param([], label=N_("Groups"), unit="groups")
    skus: list[GoodsName] = param([], label=N_("Goods"), unit="skus")
    needed: int = param(..., label=N_("Stamps needed"), unit="stamps", ge=2, le=1_000)
    mode: Literal["after_n_paid", "every_nth"] = param(
        "after_n_paid",
        label=N_("Which one is free"),
        help=N_("With money spent, always one after them."),
        choices={"after_n_paid": N_("One after them"), "every_nth": N_("The last of them")},
    )
    reward: Reward | None = param(
        None, label=N_("The free thing"), help=N_("Leave empty for one of the same goods.")
    )
    amount_mode_default: int | None = param(
        None, label=N_("Units in a typed amount"), unit="units", ge=0, le=1
    )
    amount_mode_value_minor: int | None = param(
        None,
        label=N_("Worth of a free one in a typed amount"),
        unit="money",
        help=N_("Without it a free one is not taken off a typed amount."),
        ge=1,
        le=MAX_AMOUNT,
    )
    max_per_sale: int | None = param(
        None, label=N_("At most in one sale"), unit="stamps", ge=1, le=MAX_QUANTITY
    )
    max_per_day: int | None = param(
        None, label=N_("At most in one day"), unit="stamps", ge=1, le=MAX_QUANTITY
    )


def rule(params: StampCard) -> EarnRule:
    """Compile a card. Stamps for money are kept as the money itself, so that nothing of it is lost."""
    stamp = _money_for_a_stamp(params)
    goods = _goods(params.groups, params.skus)
    reward = params.reward or Reward()
    reward_goods = _goods(reward.groups, reward.skus) if reward.groups or reward.skus else goods
    return EarnRule(
        measure=_measure(params),
        rate_micro=MICRO,
        step_micro=params.needed * stamp * MICRO,
        yield_unit="reward",
        yield_per_step=1,
        goods=goods,
        instant=params.mode == "every_nth",
        free_item=FreeItem(reward_goods, reward.value_cap_minor, params.amount_mode_value_minor),
        default_count=_default_count(params),
        max_per_sale=None if params.max_per_sale is None else params.max_per_sale * stamp,
        max_per_day=None if params.max_per_day is None else params.max_per_day * stamp,
        unit_micro=stamp * MICRO,
    )


def _measure(params: StampCard) -> Measure:
    return params.count


def _money_for_a_stamp(params: StampCard) -> int:
    """Return the money one stamp stands for; 1 for a card that counts something else than money."""
    if params.count != "amount":
        if params.step_minor is not None:
            raise InvalidRequest("params.step_minor", "not_here")
        return 1
    if params.step_minor is None:
        raise InvalidRequest("params.step_minor", "missing")
    for name in ("amount_mode_default", "mode"):
        if getattr(params, name) not in (None, "after_n_paid"):
            raise InvalidRequest(f"params.{name}", "not_with_money")
    return params.step_minor


def _default_count(params: StampCard) -> int | None:
    """Start the stepper at one for a card over everything (rules 19)."""
    if params.count == "amount":
        return None
    if params.amount_mode_default is not None:
        return params.amount_mode_default
    return 0 if params.groups or params.skus else 1


def _goods(groups: list[str], skus: list[str]) -> Goods:
    return Goods(frozenset(groups), frozenset(skus))


def sentence(params: StampCard, say: Say) -> str:
    what = goods_named(params.groups, params.skus, say)
    free = _free(params, say)
    if params.step_minor is not None:
        said = _money_sentence(params, what, free, say)
    elif params.mode == "after_n_paid":
        said = say.n(
            "After {count} paid {what}, one {free} is free on a later purchase.",
            "After {count} paid {what}, one {free} is free on a later purchase.",
            params.needed,
            what=_counted(params, what, say),
            free=free,
        )
    elif params.count == "units" and not _other_reward(params):
        said = say.t(
            "Of every {n} {what}, one is free in the same purchase: {paid} are paid, the last costs nothing.",
            n=say.number(params.needed),
            what=_counted(params, what, say),
            paid=say.number(params.needed - 1),
        )
    else:
        said = say.t(
            "With every {n} {what}, one {free} is free in the same purchase.",
            n=say.number(params.needed),
            what=_counted(params, what, say),
            free=free,
        )
    if params.reward is not None and params.reward.value_cap_minor is not None:
        said += " " + say.t("Free up to {cap}.", cap=say.money(params.reward.value_cap_minor))
    return said


def _money_sentence(params: StampCard, what: str, free: str, say: Say) -> str:
    step = say.money(params.step_minor or 0)
    if what:
        stamp = say.t("A stamp for every {step} spent on {goods}", step=step, goods=what)
    else:
        stamp = say.t("A stamp for every {step} spent", step=step)
    return say.n(
        "{stamp}; {count} stamp makes one {free} free on a later purchase.",
        "{stamp}; {count} stamps make one {free} free on a later purchase.",
        params.needed,
        stamp=stamp,
        free=free,
    )


def _counted(params: StampCard, what: str, say: Say) -> str:
    if params.count == "sales":
        return say.t("purchases of {what}", what=what) if what else say.t("purchases")
    if params.count == "visit_days":
        return say.t("days with {what}", what=what) if what else say.t("days with a purchase")
    return say.t("units of {what}", what=what) if what else say.t("items")


def _other_reward(params: StampCard) -> bool:
    return params.reward is not None and bool(params.reward.groups or params.reward.skus)


def _free(params: StampCard, say: Say) -> str:
    reward = params.reward or Reward()
    goods = [*reward.groups, *reward.skus] or [*params.groups, *params.skus]
    return say.t("unit of {what}", what=one_of(goods, say)) if goods else say.t("item")


def reward(params: StampCard, say: Say) -> str:
    cap = params.reward.value_cap_minor if params.reward is not None else None
    if cap is not None:
        return say.t("One free {what}, up to {cap}", what=_free(params, say), cap=say.money(cap))
    return say.t("One free {what}", what=_free(params, say))


KIND = Kind("stamp_card", "earn", StampCard, rule, sentence, reward, label=N_("Stamp card"))
