"""To whom a programme is open: everything a member misses, not only the first thing."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.conditions import Buyer, Condition, Moment
from loyalty_pos.domain.segments import Profile, SegmentRule, Span
from loyalty_pos.domain.trace import NO_FACTS, Facts, Reason

_ASPECTS = (
    "member_kinds",
    "tiers",
    "segments",
    "standings",
    "birthday",
    "visits_min",
    "visits_max",
    "away_days_min",
    "gap_days_max",
    "trial",
    "from_day",
    "to_day",
    "weekdays",
    "hours",
    "occasions",
)
_NO_GOODS = Basket(())


def missing_of(condition: Condition, buyer: Buyer, moment: Moment) -> list[Reason]:
    """Name everything about a member and the moment that keeps a programme closed; the bill is not asked."""
    found = []
    for name in _ASPECTS:
        alone = Condition(**{name: getattr(condition, name)})
        reason = alone.why_not(buyer, moment, _NO_GOODS)
        if reason is not None:
            found.append(reason)
    return found


class Missing(NamedTuple):
    """One thing a member lacks for a segment, with the figures its words are made of."""

    code: str
    facts: Facts = NO_FACTS


def missing_in(rule: SegmentRule, member: Profile) -> list[Missing]:
    """Name everything a member misses of what a segment asks; nothing when its list is made by hand alone."""
    days: Facts = {} if rule.window_days is None else {"days": rule.window_days}
    found = [
        *_outside("visits", rule.visits, lambda: member.visits(rule.window_days), days),
        *_outside("spend", rule.spend_minor, lambda: member.spend_minor(rule.window_days), days),
        *_outside("away", rule.away_days, lambda: member.away_days),
        *_outside("gap", rule.gap_days, lambda: member.gap_days),
        *_outside("points", rule.points, lambda: member.points),
        *_outside("age", rule.age, lambda: member.age),
    ]
    if rule.kinds and member.kind not in rule.kinds:
        found.append(Missing("other_member_kind", {"kind": next(iter(rule.kinds))}))
    if rule.genders and member.gender not in rule.genders:
        found.append(Missing("gender_unknown" if member.gender == "unknown" else "gender_other"))
    if rule.cities and member.city not in rule.cities:
        found.append(Missing("city_other"))
    if rule.interests and not rule.interests & member.interests:
        found.append(Missing("interests_other"))
    if rule.tags and not rule.tags & member.tags:
        found.append(Missing("tags_other"))
    if rule.bought and not rule.bought & member.bought(rule.bought_days):
        found.append(Missing("not_bought", {"goods": ", ".join(sorted(name for _, name in rule.bought))}))
    return found


def _outside(
    name: str, span: Span, value: Callable[[], int | None], facts: Facts = NO_FACTS
) -> Iterator[Missing]:
    """Say how a figure lies outside a span; it is found out only when the span asks anything."""
    if not span.asked:
        return
    have = value()
    if have is None:
        yield Missing(f"{name}_unknown")
    elif span.least is not None and have < span.least:
        yield Missing(f"{name}_below", {"least": span.least, "have": have, **facts})
    elif span.most is not None and have > span.most:
        yield Missing(f"{name}_above", {"most": span.most, "have": have, **facts})
