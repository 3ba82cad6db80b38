"""When a claimed prize is handed over: stock, how many a day, and the time that is promised (product P17)."""

from loyalty_pos.app.claim_views import ClaimableView
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.guest_port import HandOverRow
from loyalty_pos.app.language import N_
from loyalty_pos.app.named import called
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.families import EarnRule, PrizeRule, Revision
from loyalty_pos.domain.trace import Reason

DAYS_AHEAD = 366
WAITING_SHOWN = 20
_MINUTE_MS, _DAY_MS = 60_000, 86_400_000


def out_of_stock(desk: Desk, revision: Revision, rule: PrizeRule, times: int) -> Reason | None:
    """Say that fewer are left than are wanted, or that so many cannot be handed over on one day."""
    if rule.a_day is not None and times > rule.a_day:
        return Reason("limit_sale", {"limit": rule.a_day})
    if rule.stock is None:
        return None
    left = rule.stock - desk.store.guests.taken(revision.id)
    return Reason("out_of_stock", {"left": max(0, left)}) if left < times else None


def promise(desk: Desk, claim: int, member: int, known: Known, times: int, moment: Moment) -> None:
    """Put a claimed prize where it is counted: promised for the first day that has room for it."""
    rule = known.revision.rule
    if not isinstance(rule, PrizeRule) or (rule.stock is None and not rule.queued):
        return
    ready_ms = moment.at_ms + rule.ready_minutes * _MINUTE_MS
    first = desk.shop.moment(ready_ms).business_day
    later = _days_on(desk, known.row.programme, rule, first, times)
    row = HandOverRow(
        claim,
        "",
        member,
        known.row.programme,
        known.revision.id,
        times,
        add_days(first, later),
        ready_ms + later * _DAY_MS,
        None,
        None,
    )
    desk.store.guests.add_hand_over(row)
    if not rule.queued:  # counted for the stock, and given away at once
        desk.store.guests.hand(claim, claim)


def _days_on(desk: Desk, programme: int, rule: PrizeRule, first: str, times: int) -> int:
    """Count the days until one has room."""
    if rule.a_day is None:
        return 0
    for later in range(DAYS_AHEAD):
        if desk.store.guests.promised(programme, add_days(first, later)) + times <= rule.a_day:
            return later
    return DAYS_AHEAD


def waiting_for(desk: Desk, row: MemberRow, day: str) -> list[ClaimableView]:
    """List what waits for a member at the counter: prizes to hand over, events of today to check in to."""
    found = []
    for one in desk.store.guests.waiting(WAITING_SHOWN, row.id):
        known = desk.book.revision(one.revision)
        what = _named(desk, N_("Hand over: {what}"), called(desk, known).reward(desk.languages))
        found.append(_claimable(known, what, waits=one.key))
    for known in desk.book.live if desk.book.events else ():
        rule = known.revision.rule
        if not isinstance(rule, EarnRule) or rule.guests is None or rule.guests.day != day:
            continue
        guest = desk.store.guests.guest(known.row.programme, row.id)
        if guest is not None and guest.came is None and guest.taken_back is None:
            title = known.params.title
            what = _named(desk, N_("Check in: {what}"), Sentence(fa=title, en=title))
            found.append(_claimable(known, what, event=known.row.key))
    return found


def _named(desk: Desk, msgid: str, what: Sentence) -> Sentence:
    return both(desk.languages, lambda say: say.t(msgid, what=what.said(say.code)))


def _claimable(known: Known, what: Sentence, *, waits: str = "", event: str = "") -> ClaimableView:
    return ClaimableView(
        programme=known.row.key,
        programme_name=known.row.name,
        what=what,
        price_points=0,
        at_most=1,
        waits=waits,
        event=event,
    )
