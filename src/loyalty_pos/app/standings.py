"""Where members stand: read for a sale, moved by it, told to people (rules 18, 23, 24)."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.views import StandingView
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import Revision, TierRule
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.tiers import Standing


def standing_of(desk: Desk, member: MemberRow, moment: Moment) -> Standing | None:
    """Return a member's place in the shop's club; None without a club, or when it is not for them."""
    club = desk.book.club
    return standing_in(desk, member, moment, club.revision) if club else None


def standing_in(desk: Desk, member: MemberRow, moment: Moment, club: Revision) -> Standing | None:
    """Return a member's place by one revision of the club, as of a moment."""
    rule, kinds = club.rule, club.condition.member_kinds
    if not isinstance(rule, TierRule) or (kinds and member.kind not in kinds):
        return None
    standings, day = desk.store.standings, moment.business_day
    spend = standings.spend(member.id, desk.shop.month_start(day, rule.window_months), day)
    return Standing(rule, club.programme, spend, standings.held(member.id, club.programme))


def note_bought(desk: Desk, member: int, quote: Quote, day: str, posting: int) -> None:
    """Count a sale of `day` towards the member's level and put it on record when the level changed."""
    desk.store.standings.move(member, day, 1, quote.qualifying_minor)
    if quote.stood is not None and quote.stands is not None:
        _note_change(desk, member, quote.stood, quote.stands, posting)


def note_taken_back(desk: Desk, member: int, visits: int, spend_minor: int, day: str) -> None:
    """Take what was taken back of a sale of `day` out of what counts."""
    desk.store.standings.move(member, day, visits, -spend_minor)


def standing_without(
    desk: Desk, member: MemberRow | None, spend_minor: int, day: str, moment: Moment
) -> tuple[Standing | None, Standing | None]:
    """Return the standing before and after something that counted on `day` is taken back."""
    before = standing_of(desk, member, moment) if member is not None else None
    if before is None:
        return None, None
    first = desk.shop.month_start(moment.business_day, before.rule.window_months)
    inside = first <= day <= moment.business_day
    return before, before.gave_back(spend_minor if inside else 0)


def note_fallen(desk: Desk, member: int, before: Standing, after: Standing, posting: int) -> None:
    _note_change(desk, member, before, after, posting)


def standing_view(standing: Standing | None) -> StandingView | None:
    if standing is None:
        return None
    level, ahead = standing.level, standing.next
    return StandingView(
        tier=level.key if level else None,
        tier_name=level.name if level else "",
        position=standing.position,
        levels=len(standing.rule.levels),
        spend_minor=standing.spend_minor,
        window_months=standing.rule.window_months,
        share_milli=standing.share_milli,
        next=ahead.key if ahead else None,
        next_name=ahead.name if ahead else "",
        missing_minor=standing.away[ahead.key] if ahead else 0,
    )


def _note_change(desk: Desk, member: int, before: Standing, after: Standing, posting: int) -> None:
    if after.held != before.held:
        desk.store.standings.stand(member, after.programme, before.held, after.held, posting)
