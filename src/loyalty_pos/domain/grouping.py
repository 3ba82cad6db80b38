"""Earning programmes that share a group: each line feeds one of them (rules 17)."""

from collections.abc import Sequence
from fractions import Fraction

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.earning import coefficients_of
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.lineup import Earner, tie_of
from loyalty_pos.domain.trace import Reason


def share_lines(bill: Bill, grouped: Sequence[Earner]) -> dict[int, Reason]:
    """Give each line to the best programme of every group; return why the others get nothing.

    A programme that names goods goes before one that takes everything; then the one whose gain is worth most;
    then the one that ends sooner, then the lower one.
    """
    groups: dict[str, list[Earner]] = {}
    for earner in grouped:
        if bill.why_not(earner.revision) is None:
            groups.setdefault(earner.revision.stacking.group or "", []).append(earner)
    losers: dict[int, Reason] = {}
    for members in groups.values():
        losers |= _share(bill, members)
    return losers


def _share(bill: Bill, members: Sequence[Earner]) -> dict[int, Reason]:
    winner: dict[int, Revision] = {}
    losers: dict[int, Reason] = {}
    for earner in sorted(members, key=lambda one: _rank(bill, one)):
        revision, lines = earner.revision, bill.earning[earner.aim]
        mine = [i for i in lines if i not in winner]
        if lines and not mine:
            losers[revision.id] = Reason("better_rate", {"by": winner[lines[0]].id})
        bill.feeds[revision.id] = mine
        for i in mine:
            winner[i] = revision
    return losers


def _rank(bill: Bill, earner: Earner) -> tuple[bool, Fraction, tuple[str, int]]:
    rule, revision = earner.rule, earner.revision
    general = rule.goods.everything and not revision.condition.groups_in
    worth = Fraction(rule.rate_micro * rule.yield_per_step, rule.step_micro)
    for milli in coefficients_of(bill, rule):
        worth *= Fraction(milli, 1_000)
    return (general, -worth, tie_of(revision))
