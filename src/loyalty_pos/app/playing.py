"""What concerns a member beside balances: challenges, badges, questions, the usual, the next offer."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.game_views import BadgeView, ChallengeView, NextView, PlayingView, UsualView
from loyalty_pos.app.handlers_participation import asks_of_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.records import read_record
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import Chase, DiscountRule, EarnRule
from loyalty_pos.domain.games import since, standing_now
from loyalty_pos.domain.habits import suggested, usual

LOOKED_BACK = 20
"""Postings of a member in which purchases are looked for."""


def playing_of(desk: Desk, row: MemberRow, moment: Moment) -> PlayingView:
    """Look up only what the shop uses: without such programmes and goods nothing is read."""
    chasing = _chasing(desk)
    challenges = tuple(_challenge(desk, row, moment, known, chase) for known, chase in chasing)
    habits, following = _habits(desk, row, challenges) if desk.goods else ((), None)
    return PlayingView(
        challenges=challenges,
        badges=tuple(one for known, chase in chasing for one in _badge(desk, row, known, chase)),
        asks=asks_of_member(desk, row),
        preferences=tuple(desk.store.guests.preferences(row.id)),
        usual=habits,
        next=following,
    )


def _chasing(desk: Desk) -> list[tuple[Known, Chase]]:
    return [
        (known, known.revision.rule.chase)
        for known in (desk.book.live if desk.book.games else ())
        if isinstance(known.revision.rule, EarnRule) and known.revision.rule.chase is not None
    ]


def _challenge(desk: Desk, row: MemberRow, moment: Moment, known: Known, chase: Chase) -> ChallengeView:
    day = moment.business_day
    marks = desk.store.games.marks(row.id, known.row.programme, since(chase, day))
    have, until = standing_now(chase, marks, day, desk.shop.view.calendar)
    sku = known.params.sku
    product = desk.store.shops.product(sku) if sku else None
    what = product.name if product is not None else sku or known.params.group or ""
    return ChallengeView(
        programme=known.row.key,
        programme_name=known.row.name,
        what=what,
        have=have,
        times=chase.times,
        until_day=until if have else "",
    )


def _badge(desk: Desk, row: MemberRow, known: Known, chase: Chase) -> list[BadgeView]:
    count = desk.store.games.wins(row.id, known.row.programme) if chase.badge else 0
    return [BadgeView(programme=known.row.key, badge=chase.badge, count=count)] if count else []


def _habits(
    desk: Desk, row: MemberRow, challenges: tuple[ChallengeView, ...]
) -> tuple[tuple[UsualView, ...], NextView | None]:
    purchases = _purchases(desk, row)
    goods = {product.sku: product for _, _, product in desk.goods}
    known = [{sku for sku in bought if sku in goods} for bought in purchases]
    habits = tuple(
        UsualView(sku=one.sku, name=goods[one.sku].name, times=one.times, of=len(purchases))
        for one in usual(known)
    )
    near = next((one for one in challenges if one.have and one.times - one.have == 1), None)
    if near is not None:
        return habits, NextView(
            sku="",
            name=near.what,
            programme=near.programme,
            programme_name=near.programme_name,
            reason="challenge",
            bought_times=near.have,
        )
    found = suggested(known, {sku: product.group for sku, product in goods.items() if product.group})
    if found is None:
        return habits, None
    offer = _offer(desk, found.sku, found.group)
    return habits, NextView(
        sku=found.sku,
        name=goods[found.sku].name,
        programme=offer.row.key if offer else "",
        programme_name=offer.row.name if offer else "",
        reason="of_group",
        bought_times=found.times,
    )


def _purchases(desk: Desk, row: MemberRow) -> list[set[str]]:
    """Return the skus on each of the last kept purchases, newest first."""
    history = desk.store.ledger.history(row.id, None, LOOKED_BACK)
    kept = [read_record(one.record)["lines"] for one in history if one.kind == "sale" and not one.voided]
    return [{line[0] for line in lines if line[0] is not None} for lines in kept]


def _offer(desk: Desk, sku: str, group: str) -> Known | None:
    """Find a live discount that names the goods."""
    for known in desk.book.live:
        rule = known.revision.rule
        if isinstance(rule, DiscountRule) and (sku in rule.goods.skus or group in rule.goods.groups):
            return known
    return None
