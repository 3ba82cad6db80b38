"""What the limits and the money budget of a programme leave for one sale (rules 12, 31)."""

from dataclasses import replace
from typing import NamedTuple

from loyalty_pos.domain.families import (
    DiscountRule,
    EarnRule,
    Limits,
    PrizeRule,
    Revision,
    Rule,
    SetOffer,
    SetPrice,
)
from loyalty_pos.domain.trace import Facts, Reason


class Usage(NamedTuple):
    """How often a programme has given by now, and how much; what was taken back does not count."""

    total: int = 0
    by_member: int = 0
    by_member_today: int = 0
    spent_minor: int = 0

    def more(self, times: int, spent_minor: int) -> "Usage":
        return Usage(
            self.total + times,
            self.by_member + times,
            self.by_member_today + times,
            self.spent_minor + spent_minor,
        )


NOTHING_USED = Usage()


class Allowance(NamedTuple):
    """What a programme may still give on a sale; None is without end."""

    times: int | None
    money_minor: int | None


def allowance_of(revision: Revision, usage: Usage, now: Usage, money_step_minor: int) -> Allowance | Reason:
    """Return what is left for this sale, or why nothing is. `now` is what the sale itself used already."""
    limits = revision.limits
    times: int | None = None
    for code, limit, used in (
        ("limit_sale", limits.per_sale, now.total),
        ("limit_day", limits.per_member_day, usage.by_member_today + now.total),
        ("limit_member", limits.per_member, usage.by_member + now.total),
        ("limit_total", limits.total, usage.total + now.total),
    ):
        if limit is None:
            continue
        if used >= limit:
            return Reason(code, {"limit": limit})
        times = limit - used if times is None else min(times, limit - used)
    if limits.budget_minor is None:
        return Allowance(times, None)
    left = limits.budget_minor - usage.spent_minor - now.spent_minor
    if left < least_worth(revision.rule, money_step_minor):
        return no_budget(left)
    return Allowance(times, left)


def no_budget(left_minor: int) -> Reason:
    return Reason("budget_spent", {"left_minor": max(0, left_minor)})


def used_up(revision: Revision, usage: Usage, money_step_minor: int) -> bool:
    """Say whether a programme can give nobody anything any more."""
    shared = replace(
        revision, limits=Limits(total=revision.limits.total, budget_minor=revision.limits.budget_minor)
    )
    return isinstance(allowance_of(shared, usage, NOTHING_USED, money_step_minor), Reason)


def least_worth(rule: Rule, money_step_minor: int) -> int:
    """Return the money worth of the least a programme can give."""
    if isinstance(rule, PrizeRule):
        return rule.worth_minor or 0
    return (step_worth(rule) or 0) if isinstance(rule, EarnRule) else money_step_minor


def step_worth(rule: EarnRule) -> int | None:
    """Return what the yield of one step may cost the shop; None when nothing says so.

    A point is worth what it pays, a free unit the most it may cost.
    """
    if rule.odds is not None:  # a draw rests rather than run out of a prize it published
        return max(prize.worth_minor for prize in rule.odds.prizes)
    if rule.yield_unit in ("credit", "voucher", "pledge"):
        return rule.yield_per_step
    if rule.yield_unit == "points":
        return rule.tender.value_minor * rule.yield_per_step if rule.tender else None
    item = rule.free_item
    if item is None or item.cap_minor is None:
        return None
    return max(item.cap_minor, item.amount_mode_minor or 0) * rule.yield_per_step


def has_money_worth(rule: Rule) -> bool:
    """Say whether a budget can be kept: whether everything a programme gives has a worth in money."""
    if isinstance(rule, PrizeRule):
        return rule.worth_minor is not None
    return not isinstance(rule, EarnRule) or step_worth(rule) is not None


def narrowed(rule: DiscountRule, allowance: Allowance) -> DiscountRule:
    """Return a benefit as far as its limits and budget still let it go."""
    offer, cap = rule.offer, rule.cap_minor
    times, money = allowance
    if times is not None and isinstance(offer, SetOffer | SetPrice):
        offer = replace(offer, max_sets=times if offer.max_sets is None else min(times, offer.max_sets))
    if money is not None:
        cap = money if cap is None else min(cap, money)
    if offer is rule.offer and cap == rule.cap_minor:
        return rule
    return replace(rule, offer=offer, cap_minor=cap)


CUT_BY = frozenset({"at_most", "left_minor"})
"""The facts that tell of an earning that a limit had cut it: by how often, by how much money."""


def most_steps(rule: EarnRule, allowance: Allowance) -> tuple[int, Facts] | None:
    """Return how many steps may turn into their yield, and what says so; None: as many as there are."""
    found: list[tuple[int, Facts]] = []
    if allowance.times is not None and rule.yield_unit == "reward":
        found.append((allowance.times // rule.yield_per_step, {"at_most": allowance.times}))
    if allowance.money_minor is not None:
        steps = allowance.money_minor // (step_worth(rule) or 1)
        found.append((steps, {"left_minor": allowance.money_minor}))
    return min(found, key=lambda one: one[0], default=None)


def cut_progress(
    rule: EarnRule, allowance: Allowance, have_micro: int, measured: int, micros: int
) -> tuple[int, int, int | None, Facts] | Reason:
    """Cut what a sale adds to where the last step that may be given is full (rules 12).

    Returns what was measured and what is added, the steps that may convert, and facts about the cut.
    Points and vouchers are given whole or not at all.
    """
    most = most_steps(rule, allowance)
    if most is None or (have_micro + micros) // rule.step_micro <= most[0]:
        return measured, micros, None, {}
    steps, facts = most
    if rule.yield_unit in ("points", "voucher"):
        return no_budget(allowance.money_minor or 0)
    fits = max(0, steps * rule.step_micro - have_micro)
    counted = -(-measured * fits // micros) if rule.yield_unit == "reward" else measured
    return counted, fits, steps, facts
