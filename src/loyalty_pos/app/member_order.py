"""Anywhere into all members by name: stops at even distances, and a short way on from one."""

from collections.abc import Sequence

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.floor_views import MemberStopsView
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.queries_floor import MemberStops
from loyalty_pos.domain.basket import checked

SKIPPED_AT_MOST = 1_000


def by_name(desk: Desk, after: int | None, skip: int, limit: int) -> Sequence[MemberRow]:
    """Return members in the order of names, so many passed over."""
    if checked(skip, "skip", 0, SKIPPED_AT_MOST):
        stops = desk.store.sieve.stops(after, skip, 1)
        if not stops:
            return ()
        after = stops[0]
    return desk.store.members.in_name_order(after, limit)


def member_stops(desk: Desk, query: MemberStops) -> MemberStopsView:
    every = checked(query.every, "every", 1, SKIPPED_AT_MOST)
    after = None if query.after is None else the_member(desk, query.after).id
    found = desk.store.sieve.stops(after, every, query.limit)
    return MemberStopsView(stops=tuple(desk.store.members.get(stop).ref for stop in found))
