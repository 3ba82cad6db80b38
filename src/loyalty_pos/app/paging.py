"""How many rows each list gives at most on one page; who wants more asks for the next page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from loyalty_pos.app import queries as q
from loyalty_pos.app import queries_floor as floor
from loyalty_pos.app import queries_games as games
from loyalty_pos.app.commands_people import Duplicates
from loyalty_pos.app.queries_standing import LapsedMembers
from loyalty_pos.domain.basket import checked

ROWS_AT_MOST: Mapping[type, int] = MappingProxyType(
    {
        **dict.fromkeys((q.RecentSales, q.FindProducts), 50),
        **dict.fromkeys((q.MembersList, q.MemberHistory, q.SegmentMembers, q.Codes, Duplicates), 200),
        **dict.fromkeys((floor.FindSales, floor.ClosedDays, floor.GivenGiftCards), 200),
        **dict.fromkeys((q.MembersPage, q.SalesPage, games.Standings, LapsedMembers), 500),
        **dict.fromkeys((games.Participations, games.HandOvers, games.Draws, games.NewsFor), 1_000),
        floor.MemberStops: 1_000,
    }
)


def check_page(query: Any) -> None:
    """Refuse a page without rows, and one of more than its list gives; raises InvalidRequest."""
    most = ROWS_AT_MOST.get(type(query))
    if most is not None:
        checked(query.limit, "limit", 1, most)
