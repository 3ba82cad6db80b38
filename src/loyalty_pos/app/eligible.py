"""Whether a programme is open to a member: yes, or no and everything that is missing."""

from collections.abc import Iterator

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.eligible_views import EligibleForView, EligibleView, MissingView
from loyalty_pos.app.eligible_words import missing_words
from loyalty_pos.app.pasts import Past, seen_of
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_standing import Eligible, EligibleFor
from loyalty_pos.app.standings import standing_of
from loyalty_pos.app.terms import held_terms
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.coefficients import Asks
from loyalty_pos.domain.conditions import Buyer, Moment
from loyalty_pos.domain.eligibility import missing_in, missing_of
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.segments import SegmentRule
from loyalty_pos.domain.trace import Reason


def buyer_of(desk: Desk, member: MemberRow, moment: Moment) -> Buyer:
    """Return a member as conditions see one outside a sale."""
    holdings = desk.store.ledger.balances(member.id, moment.at_ms, moment.life_day)
    seen = seen_of(desk, member, moment, holdings, Asks(past=True, birthday=True))
    standing, terms = standing_of(desk, member, moment), held_terms(desk, member, moment)
    return Snapshot(member.id, member.kind, holdings, standing=standing, seen=seen, terms=terms).buyer


def why_closed(revision: Revision, buyer: Buyer, moment: Moment) -> list[Reason]:
    return missing_of(revision.condition, buyer, moment)


def eligible(desk: Desk, query: Eligible) -> EligibleView:
    """Say whether a live programme is open to a member now, and else everything that keeps it closed."""
    member, known = (
        the_member(desk, query.member),
        desk.book.live_named(text_field("programme", query.programme, 64)),
    )
    return _view(desk, known, member, desk.now())


def eligible_for(desk: Desk, query: EligibleFor) -> EligibleForView:
    """Say the same of every live programme that asks something of a member; what is for all is left out."""
    desk.refresh()
    member, moment = the_member(desk, query.member), desk.now()
    asking = [one for one in desk.book.live if _asks(one.revision)]
    views = tuple(_view(desk, known, member, moment) for known in asking)
    return EligibleForView(member=member.ref, programmes=views)


def _asks(revision: Revision) -> bool:
    asked = revision.condition
    who = asked.member_kinds or asked.tiers or asked.segments or asked.standings
    past = (asked.visits_min, asked.visits_max, asked.away_days_min, asked.gap_days_max)
    return bool(who) or any(one is not None for one in past)


def _view(desk: Desk, known: Known, member: MemberRow, moment: Moment) -> EligibleView:
    missing = list(_missing(desk, known, member, moment))
    return EligibleView(
        member=member.ref,
        programme=known.row.key,
        programme_name=known.row.name,
        eligible=not missing,
        missing=tuple(
            MissingView(
                code=one.code,
                facts=one.facts,
                segment=segment,
                sentence=missing_words(known, one, desk),
            )
            for segment, one in missing
        ),
    )


def _missing(desk: Desk, known: Known, member: MemberRow, moment: Moment) -> Iterator[tuple[str, Reason]]:
    """Give what is missing, with the segment that asks for it; of several segments one would be enough."""
    holdings = desk.store.ledger.balances(member.id, moment.at_ms, moment.life_day)
    past = Past(desk, member, moment, holdings)
    rule = known.revision.rule
    if isinstance(rule, SegmentRule):
        if known.row.key not in buyer_of(desk, member, moment).seen.segments:
            yield from _of_segment(known.row.key, rule, past)
        return
    for reason in why_closed(known.revision, buyer_of(desk, member, moment), moment):
        if reason.code != "other_segment":
            yield "", reason
            continue
        for key in sorted(known.revision.condition.segments):
            asked = desk.book.live_named(key).revision.rule
            assert isinstance(asked, SegmentRule)
            yield from _of_segment(key, asked, past)


def _of_segment(key: str, rule: SegmentRule, past: Past) -> Iterator[tuple[str, Reason]]:
    missing = missing_in(rule, past)
    if not missing:
        yield key, Reason("not_listed", {"segment": key})
    for one in missing:
        yield key, Reason(one.code, one.facts)
