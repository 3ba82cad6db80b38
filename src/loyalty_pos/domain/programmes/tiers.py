"""Levels of a club, by what was spent in a window of months (product P4, rules 23, 24)."""

from typing import Literal

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, Level, Percent, TierRule
from loyalty_pos.domain.kinds import Kind, LevelName, Params, Say, listed, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_

LEVELS_AT_MOST = 10


class LevelParams(Params):
    key: LevelName = param(..., label=N_("Short name"), help=N_("Other programmes name the level so."))
    name: str = param("", label=N_("Name"), help=N_("Empty: the short name."), max_length=20)
    from_: int = param(..., label=N_("From purchases of"), unit="money", alias="from", ge=0, le=MAX_AMOUNT)
    discount_bp: int = param(0, label=N_("Percent off"), unit="percent", ge=0, le=10_000)
    coefficient_milli: int = param(1_000, label=N_("Points times"), unit="times", ge=1, le=100_000)


class Tiers(Params):
    metric: Literal["spend"] = param("spend", label=N_("What counts"))
    window_months: int = param(
        12,
        label=N_("Over"),
        unit="months",
        help=N_("Whole months before this one, and this one."),
        ge=1,
        le=120,
    )
    levels: list[LevelParams] = param(
        ..., label=N_("Levels, lowest first"), row=N_("Level"), min_length=1, max_length=LEVELS_AT_MOST
    )


def rule(params: Tiers) -> TierRule:
    for number, level in enumerate(params.levels):
        before = params.levels[number - 1] if number else None
        if before is not None and level.from_ <= before.from_:
            raise InvalidRequest(f"params.levels.{number}.from", "out_of_range", low=before.from_ + 1)
        if level.key in {other.key for other in params.levels[:number]}:
            raise InvalidRequest(f"params.levels.{number}.key", "twice")
    return TierRule(tuple(_level(level) for level in params.levels), params.window_months)


def _level(level: LevelParams) -> Level:
    discount = DiscountRule(Percent(level.discount_bp)) if level.discount_bp else None
    return Level(level.key, level.name or level.key, level.from_, discount, level.coefficient_milli)


def sentence(params: Tiers, say: Say) -> str:
    levels = [
        say.t("{level} from {amount}", level=_named(level, say), amount=say.money(level.from_))
        for level in params.levels
    ]
    said = [
        say.n(
            "By purchases in the last {count} month: {levels}.",
            "By purchases in the last {count} months: {levels}.",
            params.window_months,
            levels=listed(levels, say),
        )
    ]
    for level in params.levels:
        gives = _gives(level, say)
        if gives:
            said.append(say.t("{level}: {gives}.", level=_named(level, say), gives=listed(gives, say)))
    return " ".join(said)


def _gives(level: LevelParams, say: Say) -> list[str]:
    gives = []
    if level.discount_bp:
        gives.append(say.t("{rate} off", rate=say.percent(level.discount_bp)))
    if level.coefficient_milli != 1_000:
        gives.append(say.t("points {times}", times=say.times(level.coefficient_milli)))
    return gives


def _named(level: LevelParams, say: Say) -> str:
    return say.name(level.name or level.key)


KIND = Kind("tiers", "standing", Tiers, rule, sentence, label=N_("Levels"))
