"""How far the memberships and contracts of a member are."""

from typing import Literal

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.term_port import TermRow
from loyalty_pos.app.term_views import TermView
from loyalty_pos.app.terms import rests_minor
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import TermRule
from loyalty_pos.domain.terms import Progress, claw_back, fulfilled, term_rule

Kind = Literal["membership", "contract"]


def kind_of(known: Known) -> Kind | None:
    """Say whether a programme is a membership or a contract; None for every other."""
    rule = known.revision.rule
    if not isinstance(rule, TermRule):
        return None
    return "contract" if rule.contract else "membership"


def term_views(desk: Desk, member: MemberRow, moment: Moment) -> tuple[TermView, ...]:
    """Describe what a member holds now."""
    if not desk.book.has_terms:
        return ()
    rows = desk.store.terms.running(member.id, moment.business_day)
    newest = {row.programme: row for row in rows}
    return tuple(term_view(desk, row, moment) for row in newest.values())


def term_view(desk: Desk, row: TermRow, moment: Moment) -> TermView:
    """Describe one membership or contract as of a moment."""
    known, member = desk.book.revision(row.revision), desk.store.members.get(row.member)
    rule, kind, done = term_rule(known.revision), kind_of(known), progress_of(row)
    assert kind is not None
    return TermView(
        posting_id=row.key,
        kind=kind,
        programme=known.row.key,
        programme_name=known.row.name,
        member=member.ref,
        member_name=member.name,
        from_day=row.from_day,
        until_day=row.until_day,
        good_until=row.good_until,
        state=_state(row, moment.business_day),
        fee_minor=row.fee_minor,
        given_minor=row.given_minor,
        visits=row.visits,
        spend_minor=row.spend_minor,
        promised_visits=rule.promised_visits,
        promised_spend_minor=rule.promised_spend_minor,
        discount_bp=known.params.discount_bp if rule.contract else 0,
        extra_minor=row.extra_minor,
        fulfilled=rule.contract and fulfilled(rule, done),
        claw_back_minor=claw_back(rule, done),
        rests_minor=rests_minor(desk, row, moment),
    )


def _state(row: TermRow, day: str) -> Literal["coming", "running", "grace", "over", "ended"]:
    if row.ended is not None:
        return "ended"
    if day < row.from_day:
        return "coming"
    if day <= row.until_day:
        return "running"
    return "grace" if day <= row.good_until else "over"


def progress_of(row: TermRow) -> Progress:
    return Progress(row.visits, row.spend_minor, row.given_minor, row.extra_minor)
