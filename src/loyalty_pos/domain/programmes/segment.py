"""A segment: members who meet a saved condition, and those put on its list by hand (product, segments)."""

from collections.abc import Mapping
from typing import Literal

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.kinds import GoodsName, Kind, Params, Say, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.segments import Gender, SegmentRule, Span
from loyalty_pos.domain.text import N_, search_key

DAYS_AT_MOST = 7_300
GENDERS: Mapping[str, str] = {
    "woman": N_("woman"),
    "man": N_("man"),
    "other": N_("another gender"),
    "unknown": N_("not known"),
}
_PAIRS = ("visits", "spend", "away_days", "gap_days", "points", "age")


class Segment(Params):
    visits_min: int | None = param(None, label=N_("Purchases, at least"), ge=1, le=MAX_AMOUNT)
    visits_max: int | None = param(None, label=N_("Purchases, at most"), ge=0, le=MAX_AMOUNT)
    spend_min_minor: int | None = param(None, label=N_("Spent, at least"), unit="money", ge=1, le=MAX_AMOUNT)
    spend_max_minor: int | None = param(None, label=N_("Spent, at most"), unit="money", ge=0, le=MAX_AMOUNT)
    window_days: int | None = param(
        None,
        label=N_("Counted over the last"),
        unit="days",
        help=N_("Purchases and what was spent. Empty: all there ever were."),
        ge=1,
        le=DAYS_AT_MOST,
    )
    away_days_max: int | None = param(
        None, label=N_("Last visit at most so long ago"), unit="days", ge=0, le=DAYS_AT_MOST
    )
    away_days_min: int | None = param(
        None, label=N_("Last visit at least so long ago"), unit="days", ge=1, le=DAYS_AT_MOST
    )
    gap_days_max: int | None = param(
        None, label=N_("Between the last two visits, at most"), unit="days", ge=1, le=DAYS_AT_MOST
    )
    gap_days_min: int | None = param(
        None, label=N_("Between the last two visits, at least"), unit="days", ge=1, le=DAYS_AT_MOST
    )
    points_min: int | None = param(None, label=N_("Points, at least"), unit="points", ge=1, le=MAX_AMOUNT)
    points_max: int | None = param(None, label=N_("Points, at most"), unit="points", ge=0, le=MAX_AMOUNT)
    bought_groups: list[GoodsName] = param(
        [], label=N_("Has bought of the groups"), unit="groups", help=N_("One of them is enough.")
    )
    bought_skus: list[GoodsName] = param(
        [], label=N_("Has bought the goods"), unit="skus", help=N_("One of them is enough.")
    )
    bought_days: int | None = param(
        None, label=N_("Bought in the last"), unit="days", help=N_("Empty: ever."), ge=1, le=DAYS_AT_MOST
    )
    age_min: int | None = param(None, label=N_("Age, at least"), ge=1, le=150)
    age_max: int | None = param(None, label=N_("Age, at most"), ge=0, le=150)
    member_kinds: list[Literal["individual", "company"]] = param(
        [], label=N_("Only for"), choices={"individual": N_("Persons"), "company": N_("Companies")}
    )
    genders: list[Gender] = param(
        [],
        label=N_("Gender"),
        help=N_("One of them is enough."),
        choices=dict(GENDERS),
    )
    cities: list[GoodsName] = param([], label=N_("Cities"), help=N_("One of them is enough."))
    interests: list[GoodsName] = param([], label=N_("Interests"), help=N_("One of them is enough."))
    tags: list[GoodsName] = param([], label=N_("Tags"), help=N_("One of them is enough."))


def rule(params: Segment) -> SegmentRule:
    for name in _PAIRS:
        least, most = _ends(params, name)
        if least is not None and most is not None and most < least:
            raise InvalidRequest(f"params.{_end(name, 'max')}", "out_of_range", low=least)
    visits, spend = (Span(*_ends(params, name)) for name in ("visits", "spend"))
    if params.window_days is not None and not (visits.asked or spend.asked):
        raise InvalidRequest("params.window_days", "not_here")
    bought = frozenset(("group", name) for name in params.bought_groups)
    bought |= frozenset(("sku", name) for name in params.bought_skus)
    if params.bought_days is not None and not bought:
        raise InvalidRequest("params.bought_days", "not_here")
    return SegmentRule(
        visits=visits,
        spend_minor=spend,
        window_days=params.window_days,
        away_days=Span(*_ends(params, "away_days")),
        gap_days=Span(*_ends(params, "gap_days")),
        points=Span(*_ends(params, "points")),
        age=Span(*_ends(params, "age")),
        kinds=frozenset(params.member_kinds if len(set(params.member_kinds)) == 1 else ()),
        genders=frozenset(params.genders),
        cities=frozenset(map(search_key, params.cities)),
        interests=frozenset(map(search_key, params.interests)),
        tags=frozenset(map(search_key, params.tags)),
        bought=bought,
        bought_days=params.bought_days,
    )


def sentence(params: Segment, say: Say) -> str:
    asked = [*_counted(params, say), *_past(params, say), *_person(params, say)]
    if not asked:
        return say.t("Members put on its list by hand.")
    return say.t("Members with {conditions}; also those on its list.", conditions=listed(asked, say))


def _counted(params: Segment, say: Say) -> list[str]:
    counted = []
    for count, words in ((params.visits_min, _AT_LEAST), (params.visits_max, _AT_MOST)):
        if count is not None:
            purchases = say.n("{count} purchase", "{count} purchases", count)
            counted.append(say.t(words, what=purchases))
    for minor, words in ((params.spend_min_minor, _AT_LEAST), (params.spend_max_minor, _AT_MOST)):
        if minor is not None:
            counted.append(say.t(words, what=say.t("{amount} spent", amount=say.money(minor))))
    if params.window_days is None:
        return counted
    days = params.window_days
    return [
        say.n("{what} in the last {count} day", "{what} in the last {count} days", days, what=one)
        for one in counted
    ]


def _past(params: Segment, say: Say) -> list[str]:
    said = []
    for ends, counted in (("away_days", _ago), ("gap_days", _apart), ("points", _points), ("age", _years)):
        least, most = _ends(params, ends)
        if least is not None:
            said.append(counted(say, least, _AT_LEAST))
        if most is not None:
            said.append(counted(say, most, _AT_MOST))
    return [*said, *_bought(params, say)]


def _bought(params: Segment, say: Say) -> list[str]:
    goods = _any([*params.bought_groups, *params.bought_skus], say)
    if not goods:
        return []
    said = say.t("a purchase of {goods}", goods=goods)
    if params.bought_days is None:
        return [said]
    return [
        say.n(
            "{what} in the last {count} day",
            "{what} in the last {count} days",
            params.bought_days,
            what=said,
        )
    ]


def _ago(say: Say, days: int, end: str) -> str:
    ago = say.t(end, what=say.n("{count} day", "{count} days", days))
    return say.t("a last visit {ago} ago", ago=ago)


def _apart(say: Say, days: int, end: str) -> str:
    apart = say.t(end, what=say.n("{count} day", "{count} days", days))
    return say.t("{apart} between the last two visits", apart=apart)


def _points(say: Say, count: int, end: str) -> str:
    return say.t(end, what=say.n("{count} point", "{count} points", count))


def _years(say: Say, count: int, end: str) -> str:
    return say.t("an age of {years}", years=say.t(end, what=say.n("{count} year", "{count} years", count)))


def _person(params: Segment, say: Say) -> list[str]:
    said = []
    if set(params.member_kinds) == {"individual"}:
        said.append(say.t("a person's membership"))
    if set(params.member_kinds) == {"company"}:
        said.append(say.t("a company's membership"))
    if params.genders:
        named = [say.t(GENDERS[gender]) for gender in dict.fromkeys(params.genders)]
        said.append(say.t("the gender {genders}", genders=one_of(named, say)))
    if params.cities:
        said.append(say.t("the city {cities}", cities=_any(params.cities, say)))
    if params.interests:
        said.append(say.t("the interest {interests}", interests=_any(params.interests, say)))
    if params.tags:
        said.append(say.t("the tag {tags}", tags=_any(params.tags, say)))
    return said


def _any(names: list[str], say: Say) -> str:
    return one_of([say.name(name) for name in names], say)


def _ends(params: Segment, name: str) -> tuple[int | None, int | None]:
    return getattr(params, _end(name, "min")), getattr(params, _end(name, "max"))


def _end(name: str, end: str) -> str:
    return f"{name}_{end}_minor" if name == "spend" else f"{name}_{end}"


_AT_LEAST, _AT_MOST = N_("at least {what}"), N_("at most {what}")

KIND = Kind("segment", "segment", Segment, rule, sentence, label=N_("Segment"))
