"""Levels of a club, by what was spent, visited or earned in a window (product P4, rules 23, 24)."""

from collections.abc import Mapping

from loyalty_pos.domain.counting import METRICS, Joined, Metric
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import DiscountRule, Level, Percent, TierRule
from loyalty_pos.domain.kinds import Kind, LevelName, Params, Say, iso_day, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import N_
from loyalty_pos.domain.windows import Over

LEVELS_AT_MOST = 10
_TOGETHER = "all|any"


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
    spend_minor: int | None = param(
        None,
        label=N_("Purchases"),
        unit="money",
        visible_if={"joined": _TOGETHER, "metric": "visit_days|points"},
        ge=1,
        le=MAX_AMOUNT,
    )
    visit_days: int | None = param(
        None,
        label=N_("Days of visit"),
        unit="days",
        visible_if={"joined": _TOGETHER, "metric": "spend|points"},
        ge=1,
        le=3_650,
    )
    points: int | None = param(
        None,
        label=N_("Earned points"),
        unit="points",
        visible_if={"joined": _TOGETHER, "metric": "spend|visit_days"},
        ge=1,
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
    joined: Joined = param(
        "alone",
        label=N_("A level asks for"),
        choices={
            "alone": N_("this alone"),
            "all": N_("all it names"),
            "any": N_("any of it"),
        },
    )
    window: Over = param(
        "rolling",
        label=N_("Counted in"),
        choices={
            "rolling": N_("last months"),
            "year": N_("calendar year"),
            "term": N_("fixed terms"),
        },
        help=N_("A level reached in a year or term holds through the one that follows."),
    )
    window_months: int = param(
        12,
        label=N_("Over"),
        unit="months",
        help=N_("Whole months before this one, and this one; or the months of a term."),
        visible_if={"window": "rolling|term"},
        ge=1,
        le=120,
    )
    from_day: str | None = param(None, label=N_("First term from"), unit="day", visible_if={"window": "term"})
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


_FIELDS: Mapping[Metric, str] = {"spend": "spend_minor", "visit_days": "visit_days", "points": "points"}


def rule(params: Tiers) -> TierRule:
    for number, level in enumerate(params.levels):
        _refuse_what_is_not_asked(params, level, number)
        if level.key in {other.key for other in params.levels[:number]}:
            raise InvalidRequest(f"params.levels.{number}.key", "twice")
        if number:
            _refuse_no_rise(params, params.levels[number - 1], level, number)
    levels = tuple(_level(params, level) for level in params.levels)
    months = 12 if params.window == "year" else params.window_months
    return TierRule(
        levels, months, params.metric, params.grace_reviews, params.joined, params.window, _from_day(params)
    )


def _from_day(params: Tiers) -> str:
    if params.window != "term":
        if params.from_day is not None:
            raise InvalidRequest("params.from_day", "not_here")
        return ""
    if params.from_day is None:
        raise InvalidRequest("params.from_day", "missing")
    return iso_day(params.from_day, "params.from_day")


def _also(params: Tiers, level: LevelParams) -> dict[Metric, int]:
    """Return what a level asks for beside what the club counts first."""
    asked = {metric: getattr(level, _FIELDS[metric]) for metric in METRICS}
    return {metric: least for metric, least in asked.items() if least is not None}


def _refuse_what_is_not_asked(params: Tiers, level: LevelParams, number: int) -> None:
    for metric in _also(params, level):
        if params.joined == "alone" or metric == params.metric:
            raise InvalidRequest(f"params.levels.{number}.{_FIELDS[metric]}", "not_here")


def _refuse_no_rise(params: Tiers, before: LevelParams, level: LevelParams, number: int) -> None:
    """Raise InvalidRequest when a level is not harder to reach than the one below it."""
    asked, more = _also(params, before), _also(params, level)
    for metric, least in asked.items():
        now = more.get(metric, 0 if params.joined == "all" else least)
        if now < least:
            raise InvalidRequest(f"params.levels.{number}.{_FIELDS[metric]}", "out_of_range", low=least)
    harder = params.joined == "all" and any(least > asked.get(metric, 0) for metric, least in more.items())
    low = before.from_ + (0 if harder else 1)
    if level.from_ < low:
        raise InvalidRequest(f"params.levels.{number}.from", "out_of_range", low=low)


def _level(params: Tiers, level: LevelParams) -> Level:
    discount = DiscountRule(Percent(level.discount_bp)) if level.discount_bp else None
    also = tuple(_also(params, level).items())
    return Level(level.key, level.name or level.key, level.from_, discount, level.coefficient_milli, also)


def sentence(params: Tiers, say: Say) -> str:
    levels = [
        say.t("{level} from {amount}", level=_named(level, say), amount=_asked(params, level, say))
        for level in params.levels
    ]
    said = [_counted(params, listed(levels, say), say)]
    if params.window == "year":
        said.append(say.t("A level reached holds through the following year."))
    if params.window == "term":
        said.append(say.t("A level reached holds through the following term."))
    for level in params.levels:
        gives = _gives(level, say)
        if gives:
            said.append(say.t("{level}: {gives}.", level=_named(level, say), gives=listed(gives, say)))
    return " ".join(said)


def _asked(params: Tiers, level: LevelParams, say: Say) -> str:
    asked = {params.metric: level.from_, **_also(params, level)}
    words = [_amount(metric, least, say) for metric, least in asked.items()]
    return one_of(words, say) if params.joined == "any" else listed(words, say)


def _amount(metric: Metric, least: int, say: Say) -> str:
    if metric == "spend":
        return say.money(least)
    if metric == "points":
        return say.n("{count} point", "{count} points", least)
    return say.n("{count} day", "{count} days", least)


def _counted(params: Tiers, levels: str, say: Say) -> str:
    if params.joined == "alone" and params.window == "rolling":
        return _counted_alone(params, levels, say)
    if params.joined != "alone":
        return say.t("By what adds up {when}: {levels}.", when=_when(params, say), levels=levels)
    if params.metric == "spend":
        return say.t("By purchases {when}: {levels}.", when=_when(params, say), levels=levels)
    if params.metric == "points":
        return say.t("By points earned {when}: {levels}.", when=_when(params, say), levels=levels)
    return say.t("By days of visit {when}: {levels}.", when=_when(params, say), levels=levels)


def _when(params: Tiers, say: Say) -> str:
    if params.window == "year":
        return say.t("in the calendar year")
    if params.window == "rolling":
        return say.n("in the last {count} month", "in the last {count} months", params.window_months)
    return say.n(
        "in terms of {count} month from {day} on",
        "in terms of {count} months from {day} on",
        params.window_months,
        day=say.day(_from_day(params)),
    )


def _counted_alone(params: Tiers, levels: str, say: Say) -> str:
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
