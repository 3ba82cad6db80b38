"""What a priced sale used of its programmes: how often they gave, and how much money (rules 31)."""

from collections.abc import Mapping
from typing import NamedTuple

from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.limits import NOTHING_USED, Usage, step_worth
from loyalty_pos.domain.quote import Quote

COUNTED_BEFORE = frozenset({"reward_used", "voucher_off"})
"""What was counted when it was given, so not once more when it is used."""


class Use(NamedTuple):
    """What one sale used of a programme."""

    programme: int
    times: int
    spent_minor: int


def uses_of(quote: Quote, revisions: Mapping[int, Revision]) -> list[Use]:
    """Sum the applications with value by programme, and the money they gave.

    A reward counts when it is given, at the most it may cost; a unit free at once at what it did cost.
    """
    sums: dict[int, Usage] = {}

    def add(number: int, times: int, spent_minor: int) -> None:
        programme = revisions[number].programme
        sums[programme] = sums.get(programme, NOTHING_USED).more(times, spent_minor)

    for line in quote.trace:
        if line.family == "discount" and line.applied and line.code not in COUNTED_BEFORE:
            times = 0 if line.code == "nth_free" else int(line.facts.get("sets", 1))
            add(line.revision, times, line.benefit_minor)
    for one in quote.contributions:
        rule = revisions[one.revision].rule
        assert isinstance(rule, EarnRule)
        held = one.yielded - one.given
        worth = (step_worth(rule) or 0) * held // rule.yield_per_step
        add(one.revision, one.yielded if rule.yield_unit == "reward" else int(_gave(one)), worth)
    used = [Use(programme, use.total, use.spent_minor) for programme, use in sorted(sums.items())]
    return [use for use in used if use.times or use.spent_minor]


def _gave(one: Contribution) -> bool:
    return one.micros > 0 or one.yielded > 0
