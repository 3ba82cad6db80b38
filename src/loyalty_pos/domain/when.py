"""The common conditions as data: validated at the edge, compiled into `conditions` and `families`."""

import re
from collections.abc import Callable
from typing import Literal

from loyalty_pos.domain.bill_conditions import BasketCondition, basket_words, check_basket, wanted_of
from loyalty_pos.domain.conditions import Condition, Goods
from loyalty_pos.domain.dates import Occasion
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import NEVER, UNLIMITED, Expiry, Limits, Stacking
from loyalty_pos.domain.kinds import GoodsName, LevelName, Params, Say, iso_day, listed, one_of, param
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.text import N_

Weekday = Literal["sat", "sun", "mon", "tue", "wed", "thu", "fri"]
WEEKDAYS: tuple[Weekday, ...] = ("sat", "sun", "mon", "tue", "wed", "thu", "fri")
_DAYS = {
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
}
MAX_USES = 1_000_000_000
_OCCASIONS: dict[str, str] = {
    "nowruz": N_("Nowruz (1 to 13 Farvardin)"),
    "sizdah_bedar": N_("Sizdah Bedar (13 Farvardin)"),
    "teachers_day": N_("Teachers' Day (12 Ordibehesht)"),
    "yalda": N_("Yalda (30 Azar)"),
    "sadeh": N_("Sadeh (10 Bahman)"),
}
_DAYS_AT_MOST = 7_300
HELD_OUT_AT_MOST = 5_000
_HOURS = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)")


class Audience(Params):
    member_kinds: list[Literal["individual", "company"]] = param(
        [],
        label=N_("Only for"),
        choices={"individual": N_("Persons"), "company": N_("Companies")},
        visible_if={"audience.non_members": "false"},
    )
    non_members: bool = param(False, label=N_("Also without membership"))
    tiers: list[LevelName] = param([], label=N_("Only for the levels"), unit="levels")
    segments: list[GoodsName] = param([], label=N_("Only for the segments"), unit="segments")
    standings: list[GoodsName] = param(
        [],
        label=N_("Only with the membership or contract"),
        unit="programmes",
        help=N_("One of them is enough."),
    )
    birthday: Literal["any", "month", "day"] = param(
        "any",
        label=N_("Birthday"),
        choices={"any": N_("Any time"), "month": N_("In its month"), "day": N_("On the day")},
    )
    gap_days_max: int | None = param(
        None, label=N_("Last visit at most so long ago"), unit="days", ge=0, le=_DAYS_AT_MOST
    )
    away_days_min: int | None = param(
        None, label=N_("Last visit at least so long ago"), unit="days", ge=1, le=_DAYS_AT_MOST
    )
    visits_min: int | None = param(None, label=N_("From which purchase on"), ge=1, le=MAX_AMOUNT)
    visits_max: int | None = param(None, label=N_("Up to which purchase"), ge=1, le=MAX_AMOUNT)
    hold_out_bp: int = param(
        0,
        label=N_("Left out by lot, to measure its return"),
        unit="percent",
        help=N_("So many members go without it; what they hold already stays theirs."),
        visible_if={"audience.non_members": "false"},
        ge=0,
        le=HELD_OUT_AT_MOST,
    )


class Schedule(Params):
    from_: str | None = param(None, label=N_("First day"), unit="day", alias="from")
    to: str | None = param(None, label=N_("Last day"), unit="day")
    weekdays: list[Weekday] = param([], label=N_("Only on"), choices=_DAYS)
    hours: list[str] = param([], label=N_("Hours"), unit="hours")
    occasions: list[Occasion] = param([], label=N_("Occasions"), choices=_OCCASIONS)


class LimitsChoice(Params):
    """How often and how much at most; a time is a set of a set offer, a free unit of a card, else a sale."""

    per_sale: int | None = param(
        None, label=N_("In one purchase at most"), unit="uses", ge=1, le=MAX_QUANTITY
    )
    per_member: int | None = param(None, label=N_("Per member at most"), unit="uses", ge=1, le=MAX_USES)
    per_member_day: int | None = param(
        None, label=N_("Per member and day at most"), unit="uses", ge=1, le=MAX_USES
    )
    total: int | None = param(None, label=N_("For all together at most"), unit="uses", ge=1, le=MAX_USES)
    budget_minor: int | None = param(
        None,
        label=N_("Budget"),
        unit="money",
        help=N_("The programme gives no more than this in all, then rests by itself."),
        ge=1,
        le=MAX_AMOUNT,
    )


class StackingChoice(Params):
    alone: bool = param(
        False, label=N_("Only alone"), help=N_("Instead of all other benefits, when that saves more.")
    )
    not_with: list[GoodsName] = param([], label=N_("Not together with"), unit="programmes")
    group: str | None = param(
        None,
        label=N_("Shares its lines with the group"),
        help=N_("Of programmes that earn in one group each line feeds the best one."),
        max_length=40,
    )


class ExpiryChoice(Params):
    months: int | None = param(
        None,
        label=N_("Months"),
        unit="months",
        help=N_("To the end of the month. Leave both empty: for ever."),
        ge=1,
        le=240,
    )
    days: int | None = param(None, label=N_("Days"), unit="days", ge=1, le=7_300)
    never: bool = False


class When(Params):
    """Who, when, how much: everything left out means "always"."""

    audience: Audience = param(Audience(), label=N_("For whom"))
    schedule: Schedule = param(Schedule(), label=N_("When"))
    basket: BasketCondition = param(BasketCondition(), label=N_("On which bill"))
    limits: LimitsChoice = param(LimitsChoice(), label=N_("How much at most"))
    stacking: StackingChoice = param(StackingChoice(), label=N_("Together with others"))
    expiry: ExpiryChoice = param(ExpiryChoice(), label=N_("What was earned lives"))


def condition_of(when: When) -> Condition:
    """Compile; raises InvalidRequest for nonsense."""
    _check_basket(when)
    _check_audience(when)
    audience, schedule, basket = when.audience, when.schedule, when.basket
    from_day, to_day = _first_day(when), _last_day(when)
    return Condition(
        non_members=audience.non_members,
        member_kinds=frozenset(audience.member_kinds),
        tiers=frozenset(audience.tiers),
        segments=frozenset(audience.segments),
        standings=frozenset(audience.standings),
        birthday="" if audience.birthday == "any" else audience.birthday,
        gap_days_max=audience.gap_days_max,
        away_days_min=audience.away_days_min,
        visits_min=audience.visits_min,
        visits_max=audience.visits_max,
        from_day=from_day,
        to_day=to_day,
        weekdays=frozenset(schedule.weekdays),
        hours=_windows(when),
        occasions=frozenset(schedule.occasions),
        min_minor=basket.min_minor,
        min_quantity=basket.min_quantity,
        below_minor=basket.below_minor,
        all_of=wanted_of(basket.all_of),
        counted=Goods(frozenset(basket.count_groups), frozenset(basket.count_skus)),
        groups_in=frozenset(basket.groups_in),
        groups_out=frozenset(basket.groups_out),
        skus_in=frozenset(basket.skus_in),
        skus_out=frozenset(basket.skus_out),
        no_discounted=basket.no_discounted,
    )


def stacking_of(when: When) -> Stacking:
    choice = when.stacking
    return Stacking(choice.alone, frozenset(choice.not_with), choice.group or None)


def limits_of(when: When) -> Limits:
    """Compile the limits; raises InvalidRequest for one that cannot be kept."""
    choice = when.limits
    if choice == LimitsChoice():
        return UNLIMITED
    if when.audience.non_members:
        for name in ("per_member", "per_member_day"):
            if getattr(choice, name) is not None:
                raise InvalidRequest(f"when.limits.{name}", "only_for_members")
    return Limits(
        choice.per_sale, choice.per_member, choice.per_member_day, choice.total, choice.budget_minor
    )


def problems_of(when: When) -> list[Rejection]:
    """Find everything `condition_of` and `expiry_of` would refuse, not only the first."""
    checks: tuple[Callable[[When], object], ...] = (
        _check_basket, _check_audience, _first_day, _last_day, _windows, limits_of, expiry_of,
    )  # fmt: skip
    found: list[Rejection] = []
    for check in checks:
        try:
            check(when)
        except Rejection as no:
            if all(no.facts != other.facts for other in found):
                found.append(no)
    return found


def expiry_of(when: When) -> Expiry:
    return chosen_expiry(when.expiry, "when.expiry")


def chosen_expiry(choice: ExpiryChoice, where: str) -> Expiry:
    """Compile how long something lives; raises InvalidRequest when more than one length is chosen."""
    if sum((choice.months is not None, choice.days is not None, choice.never)) > 1:
        raise InvalidRequest(where, "choose_one")
    if choice.months is None and choice.days is None:
        return NEVER
    return Expiry(choice.months or 0, choice.days or 0)


def when_sentence(when: When, say: Say) -> str:
    """Say the conditions in plain words; empty when there are none."""
    parts = [*_who_words(when, say), *_when_words(when, say), *basket_words(when.basket, say)]
    parts += [*_limit_words(when.limits, say), *_stacking_words(when, say)]
    expiry = expiry_of(when)
    if expiry.months:
        parts.append(
            say.n(
                "Valid to the end of the month, {count} month on.",
                "Valid to the end of the month, {count} months on.",
                expiry.months,
            )
        )
    elif expiry.days:
        parts.append(say.n("Valid for {count} day.", "Valid for {count} days.", expiry.days))
    return " ".join(parts)


def weekday_words(say: Say) -> dict[Weekday, str]:
    return {day: say.t(_DAYS[day]) for day in WEEKDAYS}


def occasion_words(say: Say) -> dict[str, str]:
    return {name: say.t(words) for name, words in _OCCASIONS.items()}


def _who_words(when: When, say: Say) -> list[str]:
    if when.audience.non_members:
        return [say.t("Also for customers who are not members.")]
    said = []
    if when.audience.member_kinds == ["individual"]:
        said.append(say.t("Only for persons."))
    if when.audience.member_kinds == ["company"]:
        said.append(say.t("Only for companies."))
    if when.audience.tiers:
        levels = one_of([say.name(tier) for tier in when.audience.tiers], say)
        said.append(say.t("Only for the level {levels}.", levels=levels))
    if when.audience.segments:
        segments = one_of([say.name(segment) for segment in when.audience.segments], say)
        said.append(say.t("Only for the segment {segments}.", segments=segments))
    if when.audience.standings:
        standings = one_of([say.name(standing) for standing in when.audience.standings], say)
        said.append(say.t("Only with {standings}.", standings=standings))
    said += past_words(when.audience, say).values()
    if when.audience.hold_out_bp:
        share = say.percent(when.audience.hold_out_bp)
        said.append(say.t("{share} of the members, drawn by lot, go without it for now.", share=share))
    return said


def past_words(audience: Audience, say: Say) -> dict[str, str]:
    """Say what is asked of the member's past, by the reason given when it does not hold."""
    said = {}
    if audience.birthday == "day":
        said["other_birthday"] = say.t("Only on the birthday.")
    if audience.birthday == "month":
        said["other_birthday"] = say.t("Only in the month of the birthday.")
    if audience.visits_min is not None:
        number = say.number(audience.visits_min)
        said["visits_missing"] = say.t("From purchase number {number} on.", number=number)
    if audience.visits_max is not None:
        number = say.number(audience.visits_max)
        said["visits_over"] = say.t("Up to purchase number {number}.", number=number)
    if audience.away_days_min is not None:
        said["away_too_short"] = say.n(
            "Only when the last visit is {count} day ago or longer.",
            "Only when the last visit is {count} days ago or longer.",
            audience.away_days_min,
        )
    if audience.gap_days_max is not None:
        said["gap_too_long"] = say.n(
            "Only when the last visit is no more than {count} day ago.",
            "Only when the last visit is no more than {count} days ago.",
            audience.gap_days_max,
        )
    return said


def _when_words(when: When, say: Say) -> list[str]:
    schedule, words = when.schedule, weekday_words(say)
    said = []
    if schedule.weekdays:
        days = [words[day] for day in WEEKDAYS if day in schedule.weekdays]
        said.append(say.t("Only on {days}.", days=listed(days, say)))
    if schedule.hours:
        hours = [
            say.t("{start} to {end}", start=say.digits(text[:5]), end=say.digits(text[6:]))
            for text in schedule.hours
        ]
        said.append(say.t("Only from {hours}.", hours=listed(hours, say)))
    if schedule.occasions:
        known = occasion_words(say)
        occasions = [words for name, words in known.items() if name in schedule.occasions]
        said.append(say.t("Only on {days}.", days=one_of(occasions, say)))
    if schedule.from_:
        said.append(say.t("From {day} on.", day=say.day(schedule.from_)))
    if schedule.to:
        said.append(say.t("Until {day}.", day=say.day(schedule.to)))
    return said


def _limit_words(limits: LimitsChoice, say: Say) -> list[str]:
    said = []
    if limits.per_sale is not None:
        said.append(
            say.n(
                "At most {count} time in one purchase.",
                "At most {count} times in one purchase.",
                limits.per_sale,
            )
        )
    if limits.per_member_day is not None:
        said.append(
            say.n(
                "Each member at most {count} time a day.",
                "Each member at most {count} times a day.",
                limits.per_member_day,
            )
        )
    if limits.per_member is not None:
        said.append(
            say.n(
                "Each member at most {count} time.", "Each member at most {count} times.", limits.per_member
            )
        )
    if limits.total is not None:
        said.append(say.n("At most {count} time in all.", "At most {count} times in all.", limits.total))
    if limits.budget_minor is not None:
        said.append(say.t("Until {budget} has been given away.", budget=say.money(limits.budget_minor)))
    return said


def _stacking_words(when: When, say: Say) -> list[str]:
    stacking, said = when.stacking, []
    if stacking.alone:
        said.append(say.t("Only alone: no other benefit counts beside it."))
    if stacking.not_with:
        others = listed([say.name(key) for key in stacking.not_with], say)
        said.append(say.t("Not together with {others}.", others=others))
    if stacking.group:
        said.append(say.t("Of the group {group} the best one counts.", group=say.name(stacking.group)))
    return said


def _check_basket(when: When) -> None:
    check_basket(when.basket)


def _check_audience(when: When) -> None:
    audience = when.audience
    counts = (audience.gap_days_max, audience.away_days_min, audience.visits_min, audience.visits_max)
    past = audience.segments or audience.birthday != "any" or any(one is not None for one in counts)
    if audience.non_members and past:
        raise InvalidRequest("when.audience.non_members", "not_here")
    if audience.non_members and audience.hold_out_bp:
        raise InvalidRequest("when.audience.hold_out_bp", "only_for_members")
    for least, most in (("visits_min", "visits_max"), ("away_days_min", "gap_days_max")):
        low, high = getattr(audience, least), getattr(audience, most)
        if low is not None and high is not None and high < low:
            raise InvalidRequest(f"when.audience.{most}", "out_of_range", low=low)


def _first_day(when: When) -> str | None:
    return _day(when.schedule.from_, "from")


def _last_day(when: When) -> str | None:
    first, last = _first_day(when), _day(when.schedule.to, "to")
    if first and last and last < first:
        raise InvalidRequest("when.schedule.to", "ends_before_it_starts")
    return last


def _windows(when: When) -> tuple[tuple[int, int], ...]:
    return tuple(_hours(text) for text in when.schedule.hours)


def _day(text: str | None, name: str) -> str | None:
    return None if text is None else iso_day(text, f"when.schedule.{name}")


def _hours(text: str) -> tuple[int, int]:
    match = _HOURS.fullmatch(text)
    if match is None:
        raise InvalidRequest("when.schedule.hours", "not_hours")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start >= 1440 or end > 1440 or start == end:
        raise InvalidRequest("when.schedule.hours", "not_hours")
    return start, end
