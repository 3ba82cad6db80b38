"""Sentences for trace lines: a short reason for the row, the whole arithmetic for F7 and paper."""

from collections.abc import Callable, Mapping

from loyalty_pos.app import event_words, points_words
from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known, Languages, ProgrammeBook, both
from loyalty_pos.app.views import Sentence, TraceView
from loyalty_pos.domain.families import EarnRule, TierRule
from loyalty_pos.domain.kinds import listed, one_of
from loyalty_pos.domain.trace import Reason, TraceLine
from loyalty_pos.domain.when import WEEKDAYS, occasion_words, past_words, weekday_words

_CUT_BY = frozenset({"left_minor", "at_most"})
_CUTTABLE = frozenset({"percent_off", "set_off", "amount_off", "earned_credit", "earned_reward"})
_OF_LEVELS = frozenset({"other_tier", "tier_next", "tier_up"})
Names = Mapping[str, str]
Words = Callable[[TraceLine, Known, Names, Language], str]


def trace_view(line: TraceLine, book: ProgrammeBook, languages: Languages) -> TraceView:
    """Explain one stored trace line from the revision it names."""
    if line.revision == 0:
        sentence = both(languages, lambda say: _tender(line, say))
        return _view(line, "", "", "tender", sentence, sentence)
    known = book.revision(line.revision)
    names = _names(line, book)
    short = both(languages, lambda say: SHORT[line.code](line, known, names, say))
    full = SENTENCES.get(line.code)
    sentence = both(languages, lambda say: full(line, known, names, say)) if full else short
    if line.code in _CUTTABLE and _CUT_BY & line.facts.keys():
        whole, short = sentence, both(languages, lambda say: _cut(line, say))
        sentence = both(
            languages, lambda say: say.t("{said} ({cut})", said=whole.said(say.code), cut=_cut(line, say))
        )
    return _view(line, known.row.key, known.row.name, known.row.kind, short, sentence)


def reason_words(revision: int, reason: Reason, book: ProgrammeBook, languages: Languages) -> Sentence:
    """Say in short why a programme gives nothing now, outside a sale too."""
    return trace_view(TraceLine(revision, "discount", False, *reason), book, languages).short


def _cut(line: TraceLine, say: Language) -> str:
    """Say what cut a benefit that would have been larger."""
    if "at_most" in line.facts:
        return say.n(
            "no more than {count} this time", "no more than {count} this time", _int(line, "at_most")
        )
    return say.t("only {left} was left of its budget", left=say.money(_int(line, "left_minor")))


def _names(line: TraceLine, book: ProgrammeBook) -> Names:
    """Read the other names a reason says: its words come later, maybe on a thread without the file."""
    if "by" in line.facts:
        return {"by": book.revision(_int(line, "by")).row.name}
    if line.code == "other_segment":
        return {known.row.key: known.row.name for known in book.live if known.kind.family == "segment"}
    rule = book.club.revision.rule if line.code in _OF_LEVELS and book.club else None
    return {level.key: level.name for level in rule.levels} if isinstance(rule, TierRule) else {}


def _view(line: TraceLine, key: str, name: str, kind: str, short: Sentence, sentence: Sentence) -> TraceView:
    offered = line.applied or line.code in ("declined", "costs_points")
    declinable = line.family == "discount" and offered
    return TraceView(
        programme=key,
        programme_name=name,
        kind=kind,
        family=line.family,
        applied=line.applied,
        code=line.code,
        facts=line.facts,
        sentence=sentence,
        short=short,
        benefit_minor=line.benefit_minor,
        declinable=declinable,
    )


def _int(line: TraceLine, name: str) -> int:
    return int(line.facts.get(name, 0))


def _step(known: Known) -> EarnRule:
    rule = known.revision.rule
    assert isinstance(rule, EarnRule)
    return rule


def _points_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rule = _step(known)
    said = say.n(
        "{count} point per {step}",
        "{count} points per {step}",
        rule.yield_per_step,
        step=say.money(rule.step_units),
    )
    return " ".join([said, *_times(line, say)])


def _times(line: TraceLine, say: Language) -> list[str]:
    """List the coefficients that multiplied an earning."""
    milli = str(line.facts.get("milli", ""))
    return [say.times(int(each)) for each in milli.split("×") if each]


def _weighted(said: str, line: TraceLine, say: Language) -> str:
    """Tell before an arithmetic what multiplied it."""
    times = _times(line, say)
    if not times:
        return said
    return say.t("Multiplied by {times}:", times=" ".join(times)) + " " + said


def _points_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rule = _step(known)
    said = say.t(
        "{paid} paid and {before} carried over: {per} each {step} gives {got}; {after} is carried on.",
        paid=say.money(_int(line, "measured")),
        before=say.money(_int(line, "before")),
        per=say.number(rule.yield_per_step),
        step=say.money(rule.step_units),
        got=say.n("{count} point", "{count} points", _int(line, "got")),
        after=say.money(_int(line, "after")),
    )
    return _weighted(said, line, say)


def _credit_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    said = say.t("{rate} of {paid}", rate=_rate(known, say), paid=say.money(_int(line, "measured")))
    return " ".join([said, *_times(line, say)])


def _credit_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    said = say.t(
        "{rate} of {paid} paid gives {got} of credit for the next purchase.",
        rate=_rate(known, say),
        paid=say.money(_int(line, "measured")),
        got=say.money(_int(line, "got")),
    )
    return _weighted(said, line, say)


def _rate(known: Known, say: Language) -> str:
    return say.percent(known.params.rate_bp)


def _stamps_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if _int(line, "got"):
        return say.t("the card is full")
    return say.t(
        "{have} of {needed} stamps",
        have=say.number(_int(line, "after")),
        needed=say.number(_step(known).step_units),
    )


def _stamps_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    said = say.n(
        "{before} and {count} more stamp: now {after} of {needed}.",
        "{before} and {count} more stamps: now {after} of {needed}.",
        _int(line, "measured"),
        before=say.number(_int(line, "before")),
        after=say.number(_int(line, "after")),
        needed=say.number(_step(known).step_units),
    )
    if _int(line, "got"):
        got = say.number(_int(line, "got"))
        said += " " + say.t("Full cards: {got}.", got=got)
    return _weighted(said, line, say)


def _reward_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("free: a full card") if _step(known).happening is None else say.t("free: a gift")


def _reward_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if _step(known).happening is not None:
        return say.n(
            "A gift makes {count} unit free: {benefit} off.",
            "Gifts make {count} units free: {benefit} off.",
            _int(line, "units"),
            benefit=say.money(line.benefit_minor),
        )
    return say.n(
        "A full card makes {count} unit free: {benefit} off.",
        "Full cards make {count} units free: {benefit} off.",
        _int(line, "units"),
        benefit=say.money(line.benefit_minor),
    )


def _nth_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    before, nth = _int(line, "before"), _int(line, "nth")
    return say.t("had {before} stamps; this reaches {nth}", before=say.number(before), nth=say.number(nth))


def _nth_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t(
        "The card had {before} stamps and reaches {nth} now, so {units} free at once: {benefit} off.",
        before=say.number(_int(line, "before")),
        nth=say.number(_int(line, "nth")),
        units=say.n("{count} unit is", "{count} units are", _int(line, "units")),
        benefit=say.money(line.benefit_minor),
    )


def _percent_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rate, base = say.percent(_int(line, "rate_bp")), say.money(_int(line, "base_minor"))
    if _int(line, "capped") and "points" not in line.facts:
        return say.t("{rate} of {base}, at its limit", rate=rate, base=base)
    return points_words.paid(line, say.t("{rate} of {base}", rate=rate, base=base), say)


def _sets(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.n("{count} full set", "{count} full sets", _int(line, "sets"))


def _amount(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return points_words.paid(line, say.t("off {base}", base=say.money(_int(line, "base_minor"))), say)


def _better_rate(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("{other} counts instead", other=say.name(names["by"]))


def _not_with(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("not together with {other}", other=say.name(names["by"]))


def _weekdays(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    words = weekday_words(say)
    days = [words[day] for day in WEEKDAYS if day in known.when.schedule.weekdays]
    return say.t("only on {days}", days=listed(days, say))


def _hours(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    hours = [
        say.t("{start} to {end}", start=say.digits(text[:5]), end=say.digits(text[6:]))
        for text in known.when.schedule.hours
    ]
    return say.t("only from {hours}", hours=listed(hours, say))


def _below(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    missing, least = say.money(_int(line, "missing_minor")), say.money(_int(line, "min_minor"), unit=False)
    return say.t("{missing} more to reach {least}", missing=missing, least=least)


def _too_few(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.n("{count} more item is needed", "{count} more items are needed", _int(line, "missing"))


def _limit(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    limit = _int(line, "limit")
    if line.code == "limit_sale":
        return say.n("at most {count} time a purchase", "at most {count} times a purchase", limit)
    if line.code == "limit_day":
        return say.n("{count} time a day, used today", "{count} times a day, used today", limit)
    if line.code == "limit_member":
        return say.n("used {count} time, that was all", "used {count} times, that was all", limit)
    return say.n("given {count} time, none is left", "given {count} times, none is left", limit)


def _budget(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    left = _int(line, "left_minor")
    if not left:
        return say.t("its budget is used up")
    return say.t("too little left of its budget: {left}", left=say.money(left))


def _better(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("not used: {other} saves more", other=say.name(names["by"]))


def _day(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if line.code == "not_yet":
        return say.t("starts on {day}", day=say.day(str(line.facts["from_day"])))
    if line.code == "reward_expired":
        return say.t("its reward expired on {day}", day=say.day(str(line.facts["day"])))
    return say.t("ended on {day}", day=say.day(str(line.facts["to_day"])))


def _code_day(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    day = say.day(str(line.facts["day"]))
    if line.code == "code_expired":
        return say.t("its code was good until {day}", day=day)
    return say.t("its code was used on {day}", day=day)


def _kinds(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    companies = known.when.audience.member_kinds == ["company"]
    return say.t("only for companies") if companies else say.t("only for persons")


def _segment(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    segments = one_of([say.name(names.get(key, key)) for key in known.when.audience.segments], say)
    return say.t("Only for the segment {segments}.", segments=segments)


def _occasion(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    words = occasion_words(say)
    days = one_of([words[name] for name in words if name in known.when.schedule.occasions], say)
    return say.t("Only on {days}.", days=days)


def _past(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    """Say the condition on the member's past that did not hold, as the programme's sentence does."""
    return past_words(known.when.audience, say)[line.code]


def _visits_missing(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.n("{count} more purchase first", "{count} more purchases first", _int(line, "missing"))


def _other_tier(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if "missing_minor" in line.facts:
        return _tier_next(line, known, names, say)
    levels = listed([_level(tier, names, say) for tier in known.when.audience.tiers], say)
    return say.t("only for the level {levels}", levels=levels)


def _tier_next(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    level = _level(str(line.facts["tier"]), names, say)
    return say.t("{missing} more to {level}", missing=say.money(_int(line, "missing_minor")), level=level)


def _tier_up(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    level = _level(str(line.facts["tier"]), names, say)
    return say.t("{level} from the next purchase", level=level)


def _tier_top(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("on the highest level")


def _level(key: str, names: Names, say: Language) -> str:
    """Name a level as the club of today does; a level it no longer has keeps its key."""
    return say.name(names.get(key, key))


def _plain(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return {
        "no_member": say.t("only for members"),
        "no_eligible_goods": say.t("nothing here belongs to it"),
        "declined": say.t("switched off for this sale"),
        "too_small": say.t("too small to round to"),
        "needs_goods": say.t("needs the goods, not only the amount"),
        "no_free_unit": say.t("none of the free goods is here"),
        "reward_pending": say.t("its reward is for a later purchase"),
        "nothing_paid": say.t("nothing was paid with money"),
        "counted_today": say.t("counted today already"),
        "saves_nothing": say.t("would save nothing here, so it is kept"),
        "nothing_counted": say.t("no paid unit counts"),
        "alone": say.t("only alone; together the others save more"),
        "set_not_full": say.t("not enough of its goods for a set"),
        "free_unit_saves_more": say.t("not used: a free unit saves more"),
        "reserved": say.t("reserved for a sale on hold"),
        "other_segment": say.t("not for this member's segments"),
        "other_occasion": say.t("not one of its occasions"),
        "other_birthday": say.t("not the birthday it waits for"),
        "visits_over": say.t("only for earlier purchases"),
        "away_too_short": say.t("the last visit is too recent"),
        "gap_too_long": say.t("the last visit is too long ago"),
        "code_saves_nothing": say.t("its code would save nothing, so it is kept"),
        "code_void": say.t("its code is out of use"),
        "code_programme_retired": say.t("ended; its codes count no more"),
        "code_of_another_member": say.t("its code is another member's"),
        "code_needs_member": say.t("its code counts only for a member"),
    }[line.code]


SHORT: dict[str, Words] = {
    "earned_points": _points_short,
    "earned_credit": _credit_short,
    "earned_reward": _stamps_short,
    "reward_used": _reward_short,
    "nth_free": _nth_short,
    "percent_off": _percent_short,
    "other_weekday": _weekdays,
    "other_hours": _hours,
    "below_minimum": _below,
    "too_few": _too_few,
    "better_benefit": _better,
    "limit_sale": _limit,
    "limit_day": _limit,
    "limit_member": _limit,
    "limit_total": _limit,
    "budget_spent": _budget,
    "not_yet": _day,
    "ended": _day,
    "reward_expired": _day,
    "reward_pending": _plain,
    "other_member_kind": _kinds,
    "other_tier": _other_tier,
    "tier_next": _tier_next,
    "tier_up": _tier_up,
    "tier_top": _tier_top,
    "set_off": _sets,
    "amount_off": _amount,
    "better_rate": _better_rate,
    "not_with": _not_with,
    "alone": _plain,
    "set_not_full": _plain,
    "free_unit_saves_more": _plain,
    "no_member": _plain,
    "no_eligible_goods": _plain,
    "declined": _plain,
    "too_small": _plain,
    "needs_goods": _plain,
    "no_free_unit": _plain,
    "nothing_paid": _plain,
    "counted_today": _plain,
    "saves_nothing": _plain,
    "nothing_counted": _plain,
    "reserved": _plain,
    "other_segment": _plain,
    "other_occasion": _plain,
    "other_birthday": _plain,
    "visits_missing": _visits_missing,
    "visits_over": _plain,
    "away_too_short": _plain,
    "gap_too_long": _plain,
    "code_saves_nothing": _plain,
    "code_void": _plain,
    "code_programme_retired": _plain,
    "code_of_another_member": _plain,
    "code_needs_member": _plain,
    "code_used": _code_day,
    "code_expired": _code_day,
    "once_per_member": _code_day,
    **points_words.SHORT,
    **event_words.SHORT,
}

SENTENCES: dict[str, Words] = {
    "earned_points": _points_full,
    "earned_credit": _credit_full,
    "earned_reward": _stamps_full,
    "reward_used": _reward_full,
    "nth_free": _nth_full,
    "other_segment": _segment,
    "other_occasion": _occasion,
    "other_birthday": _past,
    "visits_missing": _past,
    "visits_over": _past,
    "away_too_short": _past,
    "gap_too_long": _past,
    **points_words.SENTENCES,
    **event_words.SENTENCES,
}


def _tender(line: TraceLine, say: Language) -> str:
    if line.code == "paid_credit":
        return say.t("{amount} paid with credit", amount=say.money(_int(line, "amount_minor")))
    if line.code == "paid_points":
        return say.n(
            "{count} point paid {amount}",
            "{count} points paid {amount}",
            _int(line, "points"),
            amount=say.money(_int(line, "amount_minor")),
        )
    if line.code == "credit_cut":
        asked, used = say.money(_int(line, "asked_minor")), say.money(_int(line, "used_minor"))
        return say.t("{used} of the {asked} of credit asked for could be used", used=used, asked=asked)
    asked, used = say.number(_int(line, "asked")), say.number(_int(line, "used"))
    return say.t("{used} of the {asked} points asked for could be used", used=used, asked=asked)
