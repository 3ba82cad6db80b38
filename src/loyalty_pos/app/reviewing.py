"""Reviews of the levels on the first day of a month: warn, then one step down (rules 24)."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.lifetime_ports import Candidate, Warned
from loyalty_pos.app.lifetime_views import ReviewView
from loyalty_pos.app.months import note_level
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import month_end
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.tiers import Reviewed, Standing, review
from loyalty_pos.domain.windows import review_span


def due_reviews(desk: Desk, day: str) -> list[str]:
    """List the first days of months whose review was not done yet, in order."""
    club = desk.book.club
    if club is None:
        return []
    until, due = desk.store.reviews.until(club.revision.programme), []
    first = desk.shop.month_start(day)
    while first > until:
        due.append(first)
        first = desk.shop.month_start(first, 1)
    return due[::-1]


def catch_up_reviews(desk: Desk, moment: Moment) -> tuple[ReviewView, ...]:
    """Do every review that is due, one after the other, as if each had been done on its day."""
    club = desk.book.club
    return tuple(_review(desk, club, day, moment) for day in due_reviews(desk, moment.business_day) if club)


def begin_reviews(desk: Desk, known: Known, moment: Moment, posting: int) -> None:
    """Let the reviews of a club that was paused begin anew: nobody could keep a level meanwhile."""
    if isinstance(known.revision.rule, TierRule):
        desk.store.reviews.note(known.revision.programme, moment.business_day, posting)


def _review(desk: Desk, club: Known, day: str, moment: Moment) -> ReviewView:
    programme, reviews = club.revision.programme, desk.store.reviews
    looked, changed = _changes(desk, club, day, moment)
    warned = fell = rose = 0
    for found, result in changed:
        _note(desk, programme, found, result, day, moment)
        rule = club.revision.rule
        assert isinstance(rule, TierRule)
        up = rule.rank(result.held) - rule.rank(found.held)
        warned += result.warned is not None
        fell += result.warned is None and up < 0
        rose += result.warned is None and up > 0
    view = ReviewView(day=day, programme=club.row.key, looked_at=looked, warned=warned, fell=fell, rose=rose)
    record = {"programme": programme, "day": day, "warned": warned, "fell": fell, "rose": rose}
    request = {"review": programme, "day": day}
    posting = desk.posting(f"review:{programme}:{day}", request, "reviews", None, moment, record)
    reviews.note(programme, day, desk.store.ledger.append(posting))
    return view


def _changes(
    desk: Desk, club: Known, day: str, moment: Moment
) -> tuple[int, list[tuple[Candidate, Reviewed]]]:
    """Look at all whom the review may concern; what was bought until it is done counts, within its month."""
    rule, kinds = club.revision.rule, club.revision.condition.member_kinds
    assert isinstance(rule, TierRule)
    shop, programme = desk.shop, club.revision.programme
    before = shop.month_start(day, 1)
    end = min(moment.business_day, month_end(day, shop.view.calendar, 0))
    windows = (shop.level_span(rule, before), review_span(day, shop.view.calendar, rule.way), end)
    looked, changed = 0, []
    for found in desk.store.reviews.candidates(programme, rule.counting, day, windows):
        if kinds and found.kind not in kinds:
            continue
        looked += 1
        now, then = (
            Standing(rule, programme, one.now, found.held, found.shield, earlier=one.earlier)
            for one in (found.counted, found.before)
        )
        result = review(now, then.reached, _times(found, before))
        if result.changes(found.held):
            changed.append((found, result))
    return looked, changed


def _times(found: Candidate, before: str) -> int:
    """Say how often in a row the member was warned: a warning counts when the review before gave it."""
    warned = found.warned
    return warned.times if warned is not None and (warned.level, warned.day) == (found.held, before) else 0


def _note(desk: Desk, programme: int, found: Candidate, result: Reviewed, day: str, moment: Moment) -> None:
    ref = desk.store.members.get(found.member).ref
    record = {
        "review": day,
        "warned": result.warned,
        "times": result.times,
        "tier": [found.held, result.held, programme],
    }
    request = {"review": programme, "day": day, "member": ref}
    key = f"review:{programme}:{day}:{ref}"
    posting = desk.posting(key, request, "review", found.member, moment, record)
    seq = desk.store.ledger.append(posting)
    if result.held != found.held:
        desk.store.standings.stand(found.member, programme, found.held, result.held, seq)
        note_level(desk, found.member, moment.business_day)
    if result.warned is not None:
        warned = Warned(result.warned, day, result.times)
        desk.store.reviews.warn(found.member, programme, warned, seq)
