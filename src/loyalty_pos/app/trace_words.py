"""Sentences for trace lines: a short reason for the row, the whole arithmetic for F7 and paper."""

from loyalty_pos.app import account_words, event_words, game_words, points_words, standing_words
from loyalty_pos.app.earn_words import (
    Names,
    Words,
    credit_full,
    credit_short,
    earn_rule,
    fact,
    points_full,
    points_short,
    stamps_full,
    stamps_short,
    times,
)
from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.level_words import fact_lacks, lacks_words
from loyalty_pos.app.programmes import Known, ProgrammeBook
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.tender_words import tender_words
from loyalty_pos.app.views import TraceView
from loyalty_pos.domain.bill_conditions import wanted_words
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.kinds import listed, one_of
from loyalty_pos.domain.trace import Reason, TraceLine
from loyalty_pos.domain.trials import HELD_OUT
from loyalty_pos.domain.when import WEEKDAYS, occasion_words, past_words, weekday_words

_CUTTABLE = frozenset(
    {"percent_off", "set_off", "amount_off", "earned_credit", "earned_reward", "earned_pledge"}
)
_OF_LEVELS = frozenset({"other_tier", "tier_next", "tier_up"})


def trace_view(line: TraceLine, book: ProgrammeBook, languages: Languages) -> TraceView:
    """Explain one stored trace line from the revision it names."""
    if line.revision == 0:
        sentence = both(languages, lambda say: tender_words(line, say))
        return _view(line, "", "", "tender", sentence, sentence)
    known = book.revision(line.revision)
    names = _names(line, book)
    in_short = SHORT[line.code]  # now, while a mistake over a damaged record is still the file's
    short = both(languages, lambda say: in_short(line, known, names, say))
    full = SENTENCES.get(line.code)
    sentence = both(languages, lambda say: full(line, known, names, say)) if full else short
    if line.code in _CUTTABLE and ("left_minor" in line.facts or "at_most" in line.facts):
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
            "no more than {count} this time", "no more than {count} this time", fact(line, "at_most")
        )
    return say.t("only {left} was left of its budget", left=say.money(fact(line, "left_minor")))


def _names(line: TraceLine, book: ProgrammeBook) -> Names:
    """Read the other names a reason says: its words come later, maybe on a thread without the file."""
    if "by" in line.facts:
        return {"by": book.revision(fact(line, "by")).row.name}
    if line.code == "other_segment":
        return {known.row.key: known.row.name for known in book.live if known.kind.family == "segment"}
    if line.code == "other_standing":
        return {known.row.key: known.row.name for known in book.live if known.kind.family == "standing"}
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


def _reward_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("free: a full card") if earn_rule(known).happening is None else say.t("free: a gift")


def _reward_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if earn_rule(known).happening is not None:
        return say.n(
            "A gift makes {count} unit free: {benefit} off.",
            "Gifts make {count} units free: {benefit} off.",
            fact(line, "units"),
            benefit=say.money(line.benefit_minor),
        )
    return say.n(
        "A full card makes {count} unit free: {benefit} off.",
        "Full cards make {count} units free: {benefit} off.",
        fact(line, "units"),
        benefit=say.money(line.benefit_minor),
    )


def _nth_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    before, nth = fact(line, "before"), fact(line, "nth")
    return say.t("had {before} stamps; this reaches {nth}", before=say.number(before), nth=say.number(nth))


def _nth_full(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t(
        "The card had {before} stamps and reaches {nth} now, so {units} free at once: {benefit} off.",
        before=say.number(fact(line, "before")),
        nth=say.number(fact(line, "nth")),
        units=say.n("{count} unit is", "{count} units are", fact(line, "units")),
        benefit=say.money(line.benefit_minor),
    )


def _percent_short(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    rate, base = say.percent(fact(line, "rate_bp")), say.money(fact(line, "base_minor"))
    if fact(line, "capped") and "points" not in line.facts:
        return say.t("{rate} of {base}, at its limit", rate=rate, base=base)
    return points_words.paid(line, say.t("{rate} of {base}", rate=rate, base=base), say)


def _sets(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.n("{count} full set", "{count} full sets", fact(line, "sets"))


def _amount(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return points_words.paid(line, say.t("off {base}", base=say.money(fact(line, "base_minor"))), say)


def _voucher_made(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    said = say.t(
        "a voucher of {got} for {paid}",
        got=say.money(fact(line, "got")),
        paid=say.money(fact(line, "measured")),
    )
    return " ".join([said, *times(line, say)])


def _voucher_missing(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("{missing} more for a voucher", missing=say.money(fact(line, "missing_minor")))


def _voucher_off(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    worth, lost = say.money(fact(line, "worth_minor")), fact(line, "lost_minor")
    if lost:
        return say.t("voucher of {worth}; {lost} is lost", worth=worth, lost=say.money(lost))
    return say.t("voucher of {worth}", worth=worth)


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
    missing, least = say.money(fact(line, "missing_minor")), say.money(fact(line, "min_minor"), unit=False)
    return say.t("{missing} more to reach {least}", missing=missing, least=least)


def _not_below(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("only below {amount}", amount=say.money(fact(line, "below_minor")))


def _not_all_there(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    part = known.when.basket.all_of[fact(line, "part")]
    return say.t("{goods} missing", goods=wanted_words(part, fact(line, "missing"), say))


def _warranty(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.t("warranty until {day}", day=say.day(str(line.facts["until_day"])))


def _too_few(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    return say.n("{count} more item is needed", "{count} more items are needed", fact(line, "missing"))


def _limit(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    limit = fact(line, "limit")
    if line.code == "limit_sale":
        return say.n("at most {count} time a purchase", "at most {count} times a purchase", limit)
    if line.code == "limit_day":
        return say.n("{count} time a day, used today", "{count} times a day, used today", limit)
    if line.code == "limit_member":
        return say.n("used {count} time, that was all", "used {count} times, that was all", limit)
    return say.n("given {count} time, none is left", "given {count} times, none is left", limit)


def _budget(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    left = fact(line, "left_minor")
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
    if line.code == "code_not_yet":
        return say.t("its voucher counts from {day} on", day=day)
    if line.code == "code_expired":
        return say.t("its code was good until {day}", day=day)
    return say.t("its code was used on {day}", day=day)


def _kinds(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    companies = known.revision.condition.member_kinds == {"company"}
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
    return say.n("{count} more purchase first", "{count} more purchases first", fact(line, "missing"))


def _other_tier(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    if "tier" in line.facts:
        return _tier_next(line, known, names, say)
    levels = one_of([_level(tier, names, say) for tier in known.when.audience.tiers], say)
    return say.t("only for the level {levels}", levels=levels)


def _tier_next(line: TraceLine, known: Known, names: Names, say: Language) -> str:
    level = _level(str(line.facts["tier"]), names, say)
    missing = lacks_words(fact_lacks(line.facts), "either" in line.facts, say)
    return say.t("{missing} more to {level}", missing=missing, level=level)


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
        "all_reduced": say.t("all of it is reduced already"),
        "below_margin": say.t("too little margin is left"),
        "longer_warranty": say.t("another warranty lasts longer"),
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
        "code_reserved": say.t("its code is reserved for a sale on hold"),
        "code_programme_retired": say.t("ended; its codes count no more"),
        "code_of_another_member": say.t("its code is another member's"),
        "code_needs_member": say.t("its code counts only for a member"),
        HELD_OUT: say.t("not in its trial group"),
    }[line.code]


SHORT: dict[str, Words] = {
    "earned_points": points_short,
    "earned_credit": credit_short,
    "earned_reward": stamps_short,
    "earned_voucher": _voucher_made,
    "voucher_missing": _voucher_missing,
    "voucher_off": _voucher_off,
    "reward_used": _reward_short,
    "nth_free": _nth_short,
    "percent_off": _percent_short,
    "other_weekday": _weekdays,
    "other_hours": _hours,
    "below_minimum": _below,
    "not_below": _not_below,
    "not_all_there": _not_all_there,
    "all_reduced": _plain,
    "below_margin": _plain,
    "own_rates": _better_rate,
    "warranty": _warranty,
    "longer_warranty": _plain,
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
    "code_reserved": _plain,
    "code_programme_retired": _plain,
    "code_of_another_member": _plain,
    "code_needs_member": _plain,
    HELD_OUT: _plain,
    "code_used": _code_day,
    "code_expired": _code_day,
    "code_not_yet": _code_day,
    "once_per_member": _code_day,
    **points_words.SHORT,
    **standing_words.SHORT,
    **event_words.SHORT,
    **account_words.SHORT,
    **game_words.SHORT,
}

SENTENCES: dict[str, Words] = {
    "earned_points": points_full,
    "earned_credit": credit_full,
    "earned_reward": stamps_full,
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
    **standing_words.SENTENCES,
    **event_words.SENTENCES,
    **account_words.SENTENCES,
    **game_words.SENTENCES,
}
