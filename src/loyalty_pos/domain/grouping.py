"""Earning programmes that share a group: each line feeds one of them (rules 17)."""

from collections.abc import Sequence
from fractions import Fraction

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.lineup import Earner, Lineup, tie_of
from loyalty_pos.domain.trace import Reason
from loyalty_pos.domain.weighing import named_on, worth_on


def share_lines(bill: Bill, lineup: Lineup) -> dict[int, Reason]:
    """Give each line to the best programme of every group; return why others get nothing.

    A card that made an Nth unit free here goes first: what was given must be counted (rules 19). Then a
    programme that names goods goes before one that takes everything; then the one whose gain is worth most;
    then the one that ends sooner, then the lower one.
    """
    losers = _set_aside(bill, lineup)
    groups: dict[str, list[Earner]] = {}
    for earner in lineup.grouped:
        if earner.revision.id not in losers and bill.why_not(earner.revision) is None:
            groups.setdefault(earner.revision.stacking.group or "", []).append(earner)
    for members in groups.values():
        losers |= _share(bill, members)
    return losers


def _set_aside(bill: Bill, lineup: Lineup) -> dict[int, Reason]:
    """Leave out what is for everybody where the buyer has a rate table of their own (rules 38)."""
    losers: dict[int, Reason] = {}
    for own in lineup.own_rates:
        if bill.why_not(own.revision) is None:
            for other in lineup.earners:
                same = other.rule.yield_unit == own.rule.yield_unit
                if same and not other.revision.condition.member_kinds:
                    losers.setdefault(other.revision.id, Reason("own_rates", {"by": own.revision.id}))
    return losers


def _share(bill: Bill, members: Sequence[Earner]) -> dict[int, Reason]:
    winner: dict[int, Revision] = {}
    losers: dict[int, Reason] = {}
    for i in range(len(bill.nets)):
        takers = [one for one in members if i in bill.earning[one.aim]]
        if takers:
            winner[i] = min(takers, key=lambda one: _rank(bill, one, i)).revision
    for earner in members:
        revision, lines = earner.revision, bill.earning[earner.aim]
        mine = [i for i in lines if winner[i] is revision]
        if lines and not mine:
            losers[revision.id] = Reason("better_rate", {"by": winner[lines[0]].id})
        bill.feeds[revision.id] = mine
    return losers


def _rank(bill: Bill, earner: Earner, line: int) -> tuple[bool, bool, Fraction, tuple[str, int]]:
    rule, revision = earner.rule, earner.revision
    named = not rule.goods.everything or revision.condition.groups_in or revision.condition.skus_in
    general = not named and not named_on(bill, rule, line)
    counts = rule.instant and revision.id in bill.given
    return (not counts, general, -worth_on(bill, rule, line), tie_of(revision))
