"""Levels of a club, by what was spent in a window of months (product P4, rules 23, 24)."""

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, Level, Metric, Percent, TierRule
from loyalty_pos.domain.kinds import Kind, LevelName, Params, Say, listed, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_

LEVELS_AT_MOST = 10


class LevelParams(Params):
    key: LevelName = param(..., label=N_("Short name"), help=N_("Other programmes name the level so."))
    name: str = param("", label=N_("Name"), help=N_("Empty: the short name."), max_length=20)
    from_: int = param(
        ...,
        label=N_("From"),
        unit="money",
        money_if={"metric": "spend"},
        help=N_("Of what counts."),
        alias="from",
        ge=0,
        le=MAX_AMOUNT,
    )
    discount_bp: int = param(0, label=N_("Percent off"), unit="percent", ge=0, le=10_000)
    coefficient_milli: int = param(1_000, label=N_("Points times"), unit="times", ge=1, le=100_000)


class Tiers(Params):
    metric: Metric = param(
        "spend",
        label=N_("What counts"),
        choices={"spend": N_("purchases"), "visit_days": N_("days of visit"), "points": N_("earned points")},
    )
    window_months: int = param(
        12,
        label=N_("Over"),
        unit="months",
        help=N_("Whole months before this one, and this one."),
        ge=1,
        le=120,
    )
    grace_reviews: int = param(
        0,
        label=N_("Grace"),
        unit="months",
        help=N_(
            "Below a level: warned on the first of a month, one step down on the next, or so much later."
        ),
        ge=0,
        le=12,
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
    levels = tuple(_level(level) for level in params.levels)
    return TierRule(levels, params.window_months, params.metric, params.grace_reviews)


def _level(level: LevelParams) -> Level:
    discount = DiscountRule(Percent(level.discount_bp)) if level.discount_bp else None
    return Level(level.key, level.name or level.key, level.from_, discount, level.coefficient_milli)


def sentence(params: Tiers, say: Say) -> str:
    levels = [
        say.t("{level} from {amount}", level=_named(level, say), amount=_amount(params, level, say))
        for level in params.levels
    ]
    said = [_counted(params, listed(levels, say), say)]
    for level in params.levels:
        gives = _gives(level, say)
        if gives:
            said.append(say.t("{level}: {gives}.", level=_named(level, say), gives=listed(gives, say)))
    return " ".join(said)


def _amount(params: Tiers, level: LevelParams, say: Say) -> str:
    if params.metric == "spend":
        return say.money(level.from_)
    if params.metric == "points":
        return say.n("{count} point", "{count} points", level.from_)
    return say.n("{count} day", "{count} days", level.from_)


def _counted(params: Tiers, levels: str, say: Say) -> str:
    if params.metric == "spend":
        return say.n(
            "By purchases in the last {count} month: {levels}.",
            "By purchases in the last {count} months: {levels}.",
            params.window_months,
            levels=levels,
        )
    if params.metric == "points":
        return say.n(
            "By points earned in the last {count} month: {levels}.",
            "By points earned in the last {count} months: {levels}.",
            params.window_months,
            levels=levels,
        )
    return say.n(
        "By days of visit in the last {count} month: {levels}.",
        "By days of visit in the last {count} months: {levels}.",
        params.window_months,
        levels=levels,
    )


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
