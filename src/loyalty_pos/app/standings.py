"""Where members stand: read for a sale, moved by it, told to people (rules 18, 23, 24)."""

from dataclasses import replace

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.standing_views import LackView, StandingView
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.counting import staying
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.families import Revision, TierRule
from loyalty_pos.domain.keeping import Kept, Sold, points_kept, points_of_rests, qualifying_of
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.tiers import NO_COUNTS, Counts, Standing

_DECIDED = ("review", "set_tier", "merge", "unmerge")
"""Postings that put members on levels otherwise than by what a sale counts."""
_TAKEN_BACK = ("refund", "void")


def standing_of(desk: Desk, member: MemberRow, moment: Moment) -> Standing | None:
    """Return a member's place in the shop's club; None without a club, or when it is not for them."""
    club = desk.book.club
    return standing_in(desk, member, moment, club.revision) if club else None


def standing_in(desk: Desk, member: MemberRow, moment: Moment, club: Revision) -> Standing | None:
    """Return a member's place by one revision of the club, as of a moment.

    A clock moved back takes nothing from what counted by then, and brings back no level given by hand.
    """
    rule, kinds = club.rule, club.condition.member_kinds
    if not isinstance(rule, TierRule) or (kinds and member.kind not in kinds):
        return None
    standings, day, last = desk.store.standings, moment.business_day, moment.life_day
    now, earlier = standings.counted(member.id, rule.counting, desk.shop.level_span(rule, day), last)
    visited = "visit_days" in rule.counting.metrics and standings.tally(member.id, day, day)[0] > 0
    held = standings.held(member.id, club.programme, last)
    return Standing(rule, club.programme, now, *held, visited, earlier)


def note_bought(desk: Desk, member: int, quote: Quote, day: str, posting: int) -> None:
    """Count a sale of `day` towards the member's level and put it on record when the level changed."""
    desk.store.standings.move(member, day, 1, quote.counts.spend_minor, quote.counts.points)
    if quote.stood is not None and quote.stands is not None:
        note_change(desk, member, quote.stood, quote.stands, posting)


def note_taken_back(desk: Desk, member: int, visits: int, counts: Counts, day: str) -> None:
    """Take what was taken back of a sale of `day` out of what counts."""
    desk.store.standings.move(member, day, visits, -counts.spend_minor, -counts.points)


def spared(desk: Desk, sale: SaleRow, sold: Sold, before: Kept, after: Kept) -> Kept:
    """Spare what counts the points that were taken back and had never counted; what other sales earn stays.

    Rests become points without counting too: in a merge, where a sale on account is paid, at another step.
    """
    if sale.member is None or points_kept(sold, after) >= points_of_rests(sold):
        return after
    lost = points_kept(sold, before) - points_kept(sold, after)
    counted, least = desk.store.standings.points(sale.member, sale.posting)
    return after._replace(spared=after.spared + max(0, min(lost, least - counted + lost)))


def counts_taken_back(
    desk: Desk, member: MemberRow | None, sold: Sold, before: Kept, after: Kept, day: str
) -> Counts:
    """Say what counts no more once a part of a sale is taken back; a visit goes with its day's last sale."""
    spend = qualifying_of(sold, before) - qualifying_of(sold, after)
    points = points_kept(sold, before) - points_kept(sold, after)
    last = member is not None and after.nothing and desk.store.standings.tally(member.id, day, day)[0] == 1
    return Counts(spend, int(last), points)


def standing_without(
    desk: Desk, member: MemberRow | None, counts: Counts, day: str, moment: Moment
) -> tuple[Standing | None, Standing | None]:
    """Return the standing before and after something that counted on `day` is taken back."""
    before = standing_of(desk, member, moment) if member is not None else None
    if member is None or before is None:
        return None, None
    span = desk.shop.level_span(before.rule, moment.business_day)
    if not span.earlier <= day <= moment.life_day:
        return before, before.gave_back(NO_COUNTS)
    after = before.gave_back(counts, day < span.first)
    if after.rank < before.rank:
        kept = _protected(desk, member, before, span.earlier)
        after = before.gave_back(counts, day < span.first, kept)
    return before, after


def _protected(desk: Desk, member: MemberRow, standing: Standing, first_day: str) -> str | None:
    """Return the level that time protects whatever is taken back of a window: the one held as it began.

    Of those a review, a merge or a manager put the member on since, one that counting did not reach then:
    what was taken back since counts no more, but the level it took along was not protected.
    """
    rule, standings = standing.rule, desk.store.standings
    least = len(rule.levels)
    for level, day, kind in standings.moves(member.id, standing.programme):
        if day < first_day:
            return level
        if kind in _TAKEN_BACK:
            least = min(least, rule.rank(level))
        if kind in _DECIDED:
            until = add_days(day, -1) if kind == "review" else day  # a review comes before its day's sales
            counted = standings.counted(member.id, rule.counting, desk.shop.level_span(rule, day), until)
            then = replace(standing, counted=counted.now, earlier=counted.earlier)
            return level if least >= rule.rank(level) > then.reached else None
    return None


def standing_view(
    desk: Desk, member: MemberRow, standing: Standing | None, moment: Moment
) -> StandingView | None:
    if standing is None:
        return None
    level, ahead, rule = standing.level, standing.next, standing.rule
    lacks = dict(rule.lacks(ahead, standing.counted)) if ahead else {}
    counted = standing.counted.of(rule.metric)
    view = StandingView(
        tier=level.key if level else None,
        tier_name=level.name if level else "",
        position=standing.position,
        levels=len(rule.levels),
        spend_minor=standing.counted.spend_minor if "spend" in rule.counting.metrics else 0,
        window_months=rule.window_months,
        share_milli=standing.share_milli,
        next=ahead.key if ahead else None,
        next_name=ahead.name if ahead else "",
        missing_minor=lacks.get("spend", 0),
        metric=rule.metric,
        counted=counted,
        missing=lacks.get(rule.metric, 0),
        either=rule.joined == "any",
        lacks=tuple(LackView(metric=metric, amount=amount) for metric, amount in lacks.items()),
    )
    if standing.shield is not None:
        until = desk.store.reviews.shielded_until(member.id, standing.programme, moment.business_day)
        view = replace(view, held_until=until)
    return _warned(desk, member, standing, view, moment)


def _warned(
    desk: Desk, member: MemberRow, standing: Standing, view: StandingView, moment: Moment
) -> StandingView:
    """Say what it takes to keep a level the last review warned about."""
    rule, reviews, level, today = standing.rule, desk.store.reviews, standing.level, moment.business_day
    by_counting = max(rule.rank(standing.shield), -1 if rule.fixed else standing.reached)
    protected = level is not None and standing.rank > by_counting
    warned = reviews.warning(member.id, standing.programme) if protected else None
    if warned is None or level is None or warned.level != level.key:
        return view
    if warned.day != reviews.until(standing.programme):
        return view
    fall = desk.shop.month_start(warned.day, warned.times - rule.grace_reviews - 2)
    span = desk.shop.level_span(rule, fall)
    counts = desk.store.standings.counted(member.id, rule.counting, span, today)
    if rule.fixed and max(rule.reached(counts.now), rule.reached(counts.earlier)) >= standing.rank:
        return view
    lacks = dict(rule.lacks(level, staying(span.first, today, counts)))
    return replace(
        view,
        warned_on=warned.day,
        stay_until=add_days(span.first if rule.fixed and span.first > today else fall, -1),
        stay_missing=lacks.get(rule.metric, 0),
        stay_lacks=tuple(LackView(metric=metric, amount=amount) for metric, amount in lacks.items()),
    )


def note_change(desk: Desk, member: int, before: Standing, after: Standing, posting: int) -> None:
    """Put on record that an event moved a member to another level."""
    if after.held != before.held:
        desk.store.standings.stand(member, after.programme, before.held, after.held, posting)
