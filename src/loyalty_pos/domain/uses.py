"""What a priced sale used of its programmes: how often they gave, and how much money (rules 31)."""

from collections.abc import Mapping
from typing import NamedTuple

from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.keeping import Kept, Sold, units_kept, whole_micros
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
    sums: dict[int, list[int]] = {}

    def add(number: int, times: int, spent_minor: int) -> None:
        sum_ = sums.setdefault(revisions[number].programme, [0, 0])
        sum_[0] += times
        sum_[1] += spent_minor

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
    return [Use(programme, *sum_) for programme, sum_ in sorted(sums.items()) if any(sum_)]


def unused_of(sold: Sold, kept: Kept, used: Mapping[int, Use]) -> dict[int, Use]:
    """Return of what a sale used of its programmes, by number, what no longer counts (rules 31).

    The money of a benefit goes with its goods; an application counts until all of its goods came back.
    """
    if kept.nothing:
        return dict(used)
    sums: dict[int, Usage] = {}

    def add(number: int, times: int, spent_minor: int) -> None:
        programme = sold.revisions[number].programme
        sums[programme] = sums.get(programme, NOTHING_USED).more(times, spent_minor)

    for revision, (took, back) in _benefits_back(sold, kept).items():
        add(revision, sold.counts.get(revision, 0) if took == back else 0, back)
    for one in sold.contributions:
        rule = sold.revisions[one.revision].rule
        assert isinstance(rule, EarnRule)
        taken = min(max(0, kept.yields.get(one.revision, 0)), one.yielded)
        held = min(taken, one.yielded - one.given)
        if rule.yield_unit == "voucher":
            gone = int(taken == one.yielded)
        else:
            gone = int(one.micros > 0 and not whole_micros(sold, kept, one))
        add(
            one.revision,
            taken if rule.yield_unit == "reward" else gone,
            (step_worth(rule) or 0) * held // rule.yield_per_step,
        )
    return {
        number: Use(number, min(usage.total, most.times), min(usage.spent_minor, most.spent_minor))
        for number, usage in sums.items()
        if (most := used.get(number)) is not None
    }


def _benefits_back(sold: Sold, kept: Kept) -> dict[int, tuple[int, int]]:
    """Sum by revision what its benefits took, and how much of that is on goods that came back."""
    found: dict[int, tuple[int, int]] = {}
    for one, units in zip(sold.took, units_kept(sold, kept), strict=True):
        of_voucher = not one.units and isinstance(sold.revisions[one.revision].rule, EarnRule)
        if one.source == "reward" or of_voucher:
            continue  # counted when it was given
        bought, left = sold.basket.lines[one.line].quantity, kept.quantities[one.line]
        gone, of = (one.units - units, one.units) if one.units else (bought - left, bought)
        took, gave = found.get(one.revision, (0, 0))
        found[one.revision] = (took + one.minor, gave + one.minor * gone // of)
    return found


def _gave(one: Contribution) -> bool:
    return one.micros > 0 or one.yielded > 0
