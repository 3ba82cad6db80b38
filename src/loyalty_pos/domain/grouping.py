"""Earning programmes that share a group: each line feeds one of them (rules 17)."""

from collections.abc import Sequence
from fractions import Fraction

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.earning import earning_lines
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.trace import Reason
from loyalty_pos.domain.weighing import named_on, worth_on


def share_lines(bill: Bill, earning: Sequence[Revision]) -> dict[int, Reason]:
    """Give each line to the best programme of every group; return why others get nothing.

    A programme that names goods goes before one that takes everything; then the one whose gain is worth most;
    then the one that ends sooner, then the lower one.
    """
    groups: dict[str, list[tuple[Revision, EarnRule]]] = {}
    losers = _set_aside(bill, earning)
    for revision in earning:
        rule, group = revision.rule, revision.stacking.group
        if (
            group is not None
            and revision.id not in losers
            and isinstance(rule, EarnRule)
            and bill.why_not(revision) is None
        ):
            groups.setdefault(group, []).append((revision, rule))
    for members in groups.values():
        losers |= _share(bill, members)
    return losers


def _set_aside(bill: Bill, earning: Sequence[Revision]) -> dict[int, Reason]:
    """Leave out what is for everybody where the buyer has a rate table of their own (rules 38)."""
    losers: dict[int, Reason] = {}
    for own in earning:
        if isinstance(own.rule, EarnRule) and own.rule.rates and bill.why_not(own) is None:
            for other in earning:
                rule = other.rule
                same = isinstance(rule, EarnRule) and rule.yield_unit == own.rule.yield_unit
                if same and not other.condition.member_kinds:
                    losers.setdefault(other.id, Reason("own_rates", {"by": own.id}))
    return losers


def _share(bill: Bill, members: Sequence[tuple[Revision, EarnRule]]) -> dict[int, Reason]:
    winner: dict[int, Revision] = {}
    losers: dict[int, Reason] = {}
    reached = [(one, earning_lines(bill, *one)) for one in members]
    for i in range(len(bill.nets)):
        takers = [one for one, lines in reached if i in lines]
        if takers:
            winner[i] = min(takers, key=lambda one: _rank(bill, one[0], one[1], i))[0]
    for (revision, _), lines in reached:
        mine = [i for i in lines if winner[i] is revision]
        if lines and not mine:
            losers[revision.id] = Reason("better_rate", {"by": winner[lines[0]].id})
        bill.feeds[revision.id] = mine
    return losers


def _rank(bill: Bill, revision: Revision, rule: EarnRule, line: int) -> tuple[bool, Fraction, str, int]:
    condition = revision.condition
    named = not rule.goods.everything or condition.groups_in or condition.skus_in
    general = not named and not named_on(bill, rule, line)
    return (general, -worth_on(bill, rule, line), condition.to_day or "9999-12-31", revision.programme)
