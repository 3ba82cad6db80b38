"""What a priced sale pledges to causes: the shop's own gift, whoever buys (product P6).

A pledge is kept in millionths with its cause, so that what causes get never depends on how purchases are
split; what a sale says of itself is floored.
"""

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.earning import (
    NO_WEIGHTS,
    Contribution,
    Weights,
    measured_amount,
    measured_lines,
    multiplied,
)
from loyalty_pos.domain.families import UNLIMITED
from loyalty_pos.domain.limits import cut_progress
from loyalty_pos.domain.lineup import Earner
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.trace import NO_FACTS, Facts, Reason
from loyalty_pos.domain.weighing import weigh


def pledge(bill: Bill, earner: Earner, bases_minor: list[int]) -> Contribution | None:
    """Pledge what one programme gives for a bill, telling why when it is nothing."""
    revision, rule = earner.revision, earner.rule
    reason = bill.why_not(revision)
    measured = 0 if reason else measured_amount(bill, earner, bases_minor)
    if not measured:
        bill.refuse(revision, "cause", reason or _nothing(bill, earner))
        return None
    weights: Weights = NO_WEIGHTS
    told: Facts = NO_FACTS
    if rule.by_line:
        weighed = weigh(bill, earner, measured, bases_minor)
        if isinstance(weighed, Reason):
            bill.refuse(revision, "cause", weighed)
            return None
        weights = (weighed.weights, weighed.on_some, measured)
        measured, micros, told = weighed.measured, weighed.micros, weighed.facts
    else:
        micros, counted = multiplied(bill, rule, measured)
        if counted:
            weights = (tuple(counted), (), 0)
            told = {"milli": "×".join([str(milli) for milli, _ in counted])}
    if revision.limits is not UNLIMITED and (allowance := bill.allowance(revision)) is not None:
        cut = cut_progress(rule, allowance, 0, measured, micros)
        assert not isinstance(cut, Reason), "a pledge is cut to what is left"
        measured, micros, _, left = cut
        told = {**told, **left}
    got = micros // MICRO
    bill.tell(revision, "cause", earner.told, {"measured": measured, "got": got, **told})
    what = (revision.id, revision.key, measured, micros, rule.step_micro, rule.yield_per_step)
    lines = measured_lines(bill, earner)
    return Contribution(*what, earner.account, got, 0, 0, None, lines, *weights)


def _nothing(bill: Bill, earner: Earner) -> Reason:
    if not bill.earning[earner.aim]:
        return bill.no_goods(earner.rule.goods, earner.revision.condition)
    return Reason("nothing_paid")
