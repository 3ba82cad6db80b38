"""Memberships and contracts: how long they hold, what they lower, what ending one early costs (rules 38)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from loyalty_pos.domain.bill import Bill, Held
from loyalty_pos.domain.families import DiscountRule, Percent, Revision, TermRule
from loyalty_pos.domain.keeping import Kept, Sold, qualifying_of, values_taken
from loyalty_pos.domain.lineup import EVERY_LINE, RATE_MICRO, Discount, tie_of
from loyalty_pos.domain.trace import Facts, Reason


def term_rule(revision: Revision) -> TermRule:
    assert isinstance(revision.rule, TermRule)
    return revision.rule


def discounts_of_terms(terms: Iterable[Held]) -> list[Discount]:
    """List what the contracts somebody holds take off their purchases."""
    return [_discount(held.revision, gives) for held in terms if (gives := term_rule(held.revision).discount)]


def _discount(revision: Revision, gives: DiscountRule) -> Discount:
    assert isinstance(gives.offer, Percent)
    return Discount(revision, gives, EVERY_LINE, tie_of(revision), gives.offer.rate_bp * RATE_MICRO)


def tell_terms(bill: Bill, live: Sequence[Revision]) -> None:
    """Say of every membership and contract of the shop whether the buyer holds it, and until when."""
    held = {one.revision.key: one for one in bill.terms}
    for revision in live:
        mine = held.get(revision.key)
        if bill.buyer is None:
            bill.refuse(revision, "standing", Reason("no_member"))
        elif mine is None:
            bill.refuse(revision, "standing", Reason("not_held"))
        elif mine.rests_minor:
            facts: Facts = {"missing_minor": mine.rests_minor, "days": term_rule(mine.revision).keep_days}
            bill.refuse(revision, "standing", Reason("resting", facts))
        elif bill.moment.business_day > mine.until_day:
            bill.tell(revision, "standing", "in_grace", {"until_day": mine.good_until})
        else:
            bill.tell(revision, "standing", "held_until", {"until_day": mine.until_day})


class Progress(NamedTuple):
    """What a contract has brought so far: purchases, spend, its discounts, and what of them was extra.

    `extra_minor` is what its discounts took off beyond what ordinary benefits would have taken.
    """

    visits: int = 0
    spend_minor: int = 0
    given_minor: int = 0
    extra_minor: int = 0

    def minus(self, other: "Progress") -> "Progress":
        return Progress(*(mine - less for mine, less in zip(self, other, strict=True)))


NO_PROGRESS = Progress()


def fulfilled(rule: TermRule, done: Progress) -> bool:
    """Say whether all that was promised was done."""
    return done.visits >= (rule.promised_visits or 0) and done.spend_minor >= (rule.promised_spend_minor or 0)


def claw_back(rule: TermRule, done: Progress) -> int:
    """Return what is owed when a contract ends now (rules 38), floored to the smallest unit.

    Of two promises the one further from being kept counts.
    """
    promises = ((rule.promised_visits, done.visits), (rule.promised_spend_minor, done.spend_minor))
    return max(
        [
            max(0, done.extra_minor) * max(0, promised - kept) // promised
            for promised, kept in promises
            if promised is not None
        ],
        default=0,
    )


def still_given(sold: Sold, kept: Kept, given: Progress, revisions: frozenset[int]) -> Progress:
    """Return what a sale counts towards a membership or contract on what is kept of it.

    `revisions` are those whose benefits count as given; their extra goes in proportion.
    """
    if kept.nothing:
        return NO_PROGRESS
    now = values_taken(sold, kept, revisions)
    extra = given.extra_minor * now // given.given_minor if given.given_minor else 0
    return Progress(given.visits, qualifying_of(sold, kept), now, extra)
