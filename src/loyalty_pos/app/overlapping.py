"""Which live programmes a draft meets on the same goods at the same time, and what comes of it (rules 9)."""

from collections.abc import Callable, Iterable, Iterator

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.drafting import beside, drafted
from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_studio import Overlaps
from loyalty_pos.app.saying import both
from loyalty_pos.app.studio_views import Meeting, OverlapsView, OverlapView
from loyalty_pos.domain.basket import Line
from loyalty_pos.domain.conditions import EVERYTHING, Condition, Goods
from loyalty_pos.domain.families import DiscountRule, EarnRule, Revision, TermRule, TierRule
from loyalty_pos.domain.lineup import FOREVER

DAY_MINUTES = 1_440
Windows = tuple[tuple[int, int], ...]


def overlaps(desk: Desk, query: Overlaps) -> OverlapsView:
    """Name every live programme that meets a draft; raises InvalidRequest and Rejection."""
    draft = drafted(desk, query.key, query.kind, query.params, query.when)
    groups = {product.group for _, _, product in desk.goods}
    found = []
    for other in beside(desk, draft):
        how = _how(draft.revision, other.revision)
        if how is None or not _meet(draft.revision, other.revision, desk, groups):
            continue
        found.append(_view(desk, how, draft, other))
    return OverlapsView(overlaps=tuple(found))


def _how(draft: Revision, other: Revision) -> Meeting | None:
    """Say what two programmes do to each other, if they meet at all."""
    one, two = draft.rule, other.rule
    prices = bool(_lanes(draft)) and bool(_lanes(other))
    if other.key in draft.stacking.not_with or draft.key in other.stacking.not_with:
        return "never_together"
    if prices and (draft.stacking.alone or other.stacking.alone):
        return "alone"
    if prices:
        return "same_lane" if _compete(draft, other) else "discounts_add_up"
    if isinstance(one, EarnRule) and isinstance(two, EarnRule):
        return _both_earn(draft, one, other, two)
    earner = one if isinstance(one, EarnRule) else two
    measured = isinstance(earner, EarnRule) and earner.measure == "amount"
    return "earns_on_rest" if measured and bool(_lanes(draft) | _lanes(other)) else None


def _both_earn(draft: Revision, one: EarnRule, other: Revision, two: EarnRule) -> Meeting | None:
    if one.happening is not None or two.happening is not None:
        same = one.happening is not None and two.happening is not None and not one.game
        return "same_event" if same and _event(one) == _event(two) else None
    if draft.stacking.group is not None and draft.stacking.group == other.stacking.group:
        return "same_lines"
    if one.yield_unit == two.yield_unit:
        return "both_earn"
    frees = "reward" in (one.yield_unit, two.yield_unit)
    money = any(rule.measure == "amount" and rule.yield_unit != "reward" for rule in (one, two))
    return "earns_on_rest" if frees and money else None


def _event(rule: EarnRule) -> str:
    return rule.happening.event if rule.happening is not None else ""


def _lanes(revision: Revision) -> set[int]:
    """Return the lanes a programme lowers prices in."""
    return {one.lane for one in _discounts(revision)}


def _compete(draft: Revision, other: Revision) -> bool:
    """Say whether one of two takes the place of the other; what is handed in adds up in lane 4 (rules 10)."""
    both_of = _discounts(draft), _discounts(other)
    return any(
        one.lane == two.lane and not (one.lane == 4 and (one.by_code or two.by_code))
        for one in both_of[0]
        for two in both_of[1]
    )


def _discounts(revision: Revision) -> list[DiscountRule]:
    rule = revision.rule
    if isinstance(rule, DiscountRule):
        return [rule]
    if isinstance(rule, TierRule):
        return [level.discount for level in rule.levels if level.discount is not None]
    return [rule.discount] if isinstance(rule, TermRule) and rule.discount is not None else []


def _meet(draft: Revision, other: Revision, desk: Desk, groups: Iterable[str | None]) -> bool:
    one, two = draft.condition, other.condition
    return (
        _days_meet(one, two)
        and _common(one.weekdays, two.weekdays)
        and _common(one.occasions, two.occasions)
        and _common(one.member_kinds, two.member_kinds)
        and _common(one.tiers, two.tiers)
        and _hours_meet(one.hours, two.hours)
        and _goods_meet(draft, other, desk, groups)
    )


def _common(one: frozenset[str], two: frozenset[str]) -> bool:
    """Say whether two choices have anything in common; nothing chosen means everything."""
    return not one or not two or bool(one & two)


def _days_meet(one: Condition, two: Condition) -> bool:
    first = max(one.from_day or "", two.from_day or "")
    return first <= min(one.to_day or FOREVER, two.to_day or FOREVER)


def _hours_meet(one: Windows, two: Windows) -> bool:
    if not one or not two:
        return True
    return any(a < d and c < b for a, b in _stretches(one) for c, d in _stretches(two))


def _stretches(hours: Windows) -> Iterator[tuple[int, int]]:
    """Give windows as stretches of one day: one that passes midnight is two."""
    for start, end in hours:
        if start <= end:
            yield start, end
        else:
            yield from ((start, DAY_MINUTES), (0, end))


def _goods_meet(draft: Revision, other: Revision, desk: Desk, groups: Iterable[str | None]) -> bool:
    """Say whether there is anything both may be about: goods of the shop, or those they name."""
    named = [*_named(draft), *_named(other)]
    lines = [
        Line("", 1, 0, group=group) for group in {None, *groups, *(g for one in named for g in one.groups)}
    ]
    for sku in {sku for one in named for sku in one.skus}:
        product = desk.store.shops.product(sku)
        lines.append(Line("", 1, 0, sku=sku, group=product.group if product else None))
    return any(_about(draft, line) and _about(other, line) for line in lines)


def _named(revision: Revision) -> list[Goods]:
    condition = revision.condition
    return [*_goods(revision), Goods(condition.groups_in, condition.skus_in)]


def _goods(revision: Revision) -> list[Goods]:
    rule = revision.rule
    if isinstance(rule, EarnRule):
        return [rule.goods]
    return [one.goods for one in _discounts(revision)] or [EVERYTHING]


def _about(revision: Revision, line: Line) -> bool:
    return revision.condition.allows(line) and any(line in goods for goods in _goods(revision))


def _view(desk: Desk, how: Meeting, draft: Known, other: Known) -> OverlapView:
    words = _WORDS[how]
    return OverlapView(
        programme=other.row.key,
        name=other.row.name,
        how=how,
        sentence=both(desk.languages, lambda say: words(draft.revision, other, say)),
    )


def _never(draft: Revision, other: Known, say: Language) -> str:
    return say.t(
        "Never together with “{other}”: the customer gets what saves more.", other=say.name(other.row.name)
    )


def _alone(draft: Revision, other: Known, say: Language) -> str:
    name = say.name(other.row.name)
    if draft.stacking.alone:
        return say.t("Stands alone: it comes instead of “{other}” when it saves more.", other=name)
    return say.t("“{other}” stands alone: it comes instead of this one when it saves more.", other=name)


def _lane(draft: Revision, other: Known, say: Language) -> str:
    return say.t(
        "Same goods as “{other}”: on each only the one that saves more counts.",
        other=say.name(other.row.name),
    )


def _add_up(draft: Revision, other: Known, say: Language) -> str:
    return say.t(
        "Adds up with “{other}”: both come off, one after the other.", other=say.name(other.row.name)
    )


def _rest(draft: Revision, other: Known, say: Language) -> str:
    name, rule = say.name(other.row.name), draft.rule
    if isinstance(rule, EarnRule) and rule.measure == "amount" and rule.yield_unit != "reward":
        return say.t("Earns on what is paid: nothing for what “{other}” makes free or cheaper.", other=name)
    return say.t(
        "“{other}” earns on what is paid: nothing for what this one makes free or cheaper.", other=name
    )


def _lines(draft: Revision, other: Known, say: Language) -> str:
    return say.t(
        "In one group with “{other}”: each line feeds the better of the two.", other=say.name(other.row.name)
    )


def _both(draft: Revision, other: Known, say: Language) -> str:
    return say.t("“{other}” counts the same goods: customers get both.", other=say.name(other.row.name))


def _same_event(draft: Revision, other: Known, say: Language) -> str:
    return say.t("“{other}” is given for the same: customers get both.", other=say.name(other.row.name))


_WORDS: dict[Meeting, Callable[[Revision, Known, Language], str]] = {
    "never_together": _never,
    "alone": _alone,
    "same_lane": _lane,
    "discounts_add_up": _add_up,
    "earns_on_rest": _rest,
    "same_lines": _lines,
    "both_earn": _both,
    "same_event": _same_event,
}
