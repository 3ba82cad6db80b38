"""Earning programmes that share a group: each line feeds one of them (rules 17)."""

from collections.abc import Sequence
from fractions import Fraction

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.earning import earning_lines, weights_of
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.trace import Reason


def share_lines(bill: Bill, earning: Sequence[Revision]) -> dict[int, Reason]:
    """Give each line to the best programme of every group; return why the others get nothing.

    A programme that names goods goes before one that takes everything; then the one whose gain is worth most;
    then the one that ends sooner, then the lower one.
    """
    groups: dict[str, list[tuple[Revision, EarnRule]]] = {}
    for revision in earning:
        rule, group = revision.rule, revision.stacking.group
        if group is not None and isinstance(rule, EarnRule) and bill.why_not(revision) is None:
            groups.setdefault(group, []).append((revision, rule))
    losers: dict[int, Reason] = {}
    for members in groups.values():
        losers |= _share(bill, members)
    return losers


def _share(bill: Bill, members: Sequence[tuple[Revision, EarnRule]]) -> dict[int, Reason]:
    winner: dict[int, Revision] = {}
    losers: dict[int, Reason] = {}
    for revision, rule in sorted(members, key=lambda one: _rank(bill, *one)):
        lines = earning_lines(bill, revision, rule)
        mine = [i for i in lines if i not in winner]
        if lines and not mine:
            losers[revision.id] = Reason("better_rate", {"by": winner[lines[0]].id})
        bill.feeds[revision.id] = mine
        for i in mine:
            winner[i] = revision
    return losers


def _rank(bill: Bill, revision: Revision, rule: EarnRule) -> tuple[bool, Fraction, str, int]:
    general = rule.goods.everything and not revision.condition.groups_in
    worth = Fraction(rule.rate_micro * rule.yield_per_step, rule.step_micro)
    for milli, _ in weights_of(bill, rule):
        worth *= Fraction(milli, 1_000)
    return (general, -worth, revision.condition.to_day or "9999-12-31", revision.programme)
