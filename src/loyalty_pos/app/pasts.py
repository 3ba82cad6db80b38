"""What conditions and segments may ask about a member's past, found out only when one asks (rules 4, 17)."""

from collections.abc import Sequence
from functools import cached_property

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow, PersonRow
from loyalty_pos.app.sold import lines_kept
from loyalty_pos.domain.coefficients import Asks
from loyalty_pos.domain.conditions import NEVER_SEEN, Birthday, Moment, Seen
from loyalty_pos.domain.dates import add_days, age_on, birthday_on, days_between
from loyalty_pos.domain.ledger import POINTS, Book, Holdings
from loyalty_pos.domain.segments import belongs_to
from loyalty_pos.domain.text import search_key

_EVER = "0000-00-00"


def seen_of(desk: Desk, member: MemberRow, moment: Moment, holdings: Holdings, asks: Asks) -> Seen:
    """Return a member's past as it was before a sale of this moment.

    Without a live segment and a condition that asks, nothing is looked up.
    """
    if not asks.past and not desk.book.segments:
        return NEVER_SEEN
    past = Past(desk, member, moment, holdings)
    born: Birthday = past.birthday if asks.birthday else ""
    return Seen(segments_of(desk, past), past.visits(None) + 1, past.away_days, born)


def segments_of(desk: Desk, past: "Past") -> frozenset[str]:
    """Name the live segments a member belongs to."""
    if not desk.book.segments:
        return frozenset()
    return belongs_to(desk.book.segments, desk.store.segments.of_member(past.row.id), past)


class Past:
    """A member as segments see one on a business day: the sales up to it, this one not among them."""

    def __init__(self, desk: Desk, row: MemberRow, moment: Moment, holdings: Holdings) -> None:
        self.row = row
        self._desk, self._moment, self._holdings = desk, moment, holdings
        self._day = moment.business_day
        self._tallies: dict[int | None, tuple[int, int]] = {}
        self._bought: dict[int | None, frozenset[tuple[str, str]]] = {}

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def away_days(self) -> int | None:
        """Days since the last visit; the counters know it unless the sale is older than that visit."""
        last = self.row.last_visit_day
        if last is not None and last > self._day:
            last = next(iter(self._days), None)
        return None if last is None else days_between(last, self._day)

    @property
    def gap_days(self) -> int | None:
        """Days between the last two visits on different days."""
        return days_between(self._days[1], self._days[0]) if len(self._days) > 1 else None

    @cached_property
    def points(self) -> int:
        return Book(self._holdings, self._moment.at_ms, self._moment.life_day).balance(POINTS)

    @property
    def age(self) -> int | None:
        born = self._person.birthday
        return None if born is None else age_on(born, self._day, self._desk.shop.view.calendar)

    @property
    def birthday(self) -> Birthday:
        born = self._person.birthday
        return "" if born is None else birthday_on(born, self._day, self._desk.shop.view.calendar)

    @property
    def gender(self) -> str:
        return self._person.gender

    @property
    def city(self) -> str:
        return search_key(self._person.city)

    @property
    def interests(self) -> frozenset[str]:
        return frozenset(map(search_key, self._person.interests))

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(map(search_key, self._person.tags))

    def visits(self, days: int | None) -> int:
        """Count purchases of the last `days` days and today, or of ever."""
        last = self.row.last_visit_day
        if days is None and (last is None or last <= self._day):
            return self.row.visits
        return self._tally(days)[0]

    def spend_minor(self, days: int | None) -> int:
        """Sum what counts towards levels too: net eligible purchases before tender (rules 23)."""
        return self._tally(days)[1]

    def bought(self, days: int | None) -> frozenset[tuple[str, str]]:
        """Name the skus and groups of what was bought; a product counts to the group it is in now."""
        if days not in self._bought:
            first = _EVER if days is None else add_days(self._day, -days)
            rows = self._desk.store.sales.of_member(self.row.id, first, self._day)
            skus = {line[0] for row in rows for line in lines_kept(row) if line[0]}
            found = (self._desk.store.shops.product(sku) for sku in skus)
            groups = {one.group for one in found if one is not None and one.group}
            named = [("sku", sku) for sku in skus] + [("group", group) for group in groups]
            self._bought[days] = frozenset(named)
        return self._bought[days]

    def _tally(self, days: int | None) -> tuple[int, int]:
        if days not in self._tallies:
            first = _EVER if days is None else add_days(self._day, -days)
            self._tallies[days] = self._desk.store.standings.tally(self.row.id, first, self._day)
        return self._tallies[days]

    @cached_property
    def _days(self) -> Sequence[str]:
        return self._desk.store.standings.last_days(self.row.id, self._day, 2)

    @cached_property
    def _person(self) -> PersonRow:
        return self._desk.store.members.person(self.row.id)
