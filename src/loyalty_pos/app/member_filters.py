"""Which members a list shows besides all of them: a stretch of names at a time, never by a full scan."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.filter_port import LevelFilter, MemberFilter
from loyalty_pos.app.floor_views import MemberFiltersView, NamedView
from loyalty_pos.app.pasts import Past, segments_of
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.queries import MembersList
from loyalty_pos.app.queries_floor import MemberFilters
from loyalty_pos.app.standings import standing_of
from loyalty_pos.app.views import MemberLineView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain import dates
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.text import search_key

AWAY_DAYS = 60
LOOKED_AT = 1_000
"""So many names one question goes through; whoever wants more asks again from where it ended."""
ASKED_RULES = 200
"""… and of so many it asks the rules for level and segments."""
MEANT_AT_MOST, WORDS_MEANT_AT_MOST = 200, 60
"""So many members a text of one word, or of several, may mean before they are sieved."""
TAGS_OF = 1_000
TAG_AT_MOST = 80
DAYS_AT_MOST = 7_300


Meant = Callable[[Desk, str, int], Sequence[MemberRow]]


class Narrowing(NamedTuple):
    """What a list is narrowed by: what the store can sieve by, and what only the rules can say."""

    sieve: MemberFilter
    levels: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    moment: Moment | None = None

    def holds(self, desk: Desk, row: MemberRow) -> bool:
        """Ask the rules about one member."""
        moment = cast("Moment", self.moment)
        if self.levels:
            standing = standing_of(desk, row, moment)
            if standing is None or standing.level is None or standing.level.key not in self.levels:
                return False
        if not self.segments:
            return True
        holdings = desk.store.ledger.balances(row.id, moment.at_ms, moment.business_day)
        return self.segments <= segments_of(desk, Past(desk, row, moment, holdings))


def narrowing(desk: Desk, query: MembersList, moment: Moment) -> Narrowing | None:
    """Return what a query narrows by, None when by nothing.

    Raises Rejection `unknown_tier` or `unknown_segment`, and InvalidRequest for days or a tag.
    """
    tags = frozenset(search_key(text_field("tags", tag, TAG_AT_MOST)) for tag in query.tags)
    segments = frozenset(query.segments)
    for segment in sorted(segments - {key for key, *_ in desk.book.segments}):
        raise Rejection("unknown_segment", segment=segment)
    day, jalali = moment.business_day, desk.shop.view.calendar == "jalali"
    month = _month(day, jalali=jalali)
    sieve = MemberFilter(
        enrolled_from=desk.shop.month_start(day) if query.only == "new" else None,
        last_from=_ago("seen_days", query.seen_days, day),
        last_until=_gone_since(query, day),
        born=(lambda born: _month(born, jalali=jalali) == month)
        if query.birthday or query.only == "birthday"
        else None,
        tagged=(lambda held: tags <= set(map(search_key, held))) if tags else None,
        units=tuple(sorted(_units(query))),
        ending=_ending(query, day),
        level=_level(desk, query.levels, day),
    )
    if sieve == MemberFilter() and not segments and not query.levels:
        return None
    return Narrowing(sieve, frozenset(query.levels), segments, moment)


def chosen(
    desk: Desk, asked: Narrowing, after: int | None, limit: int
) -> tuple[Sequence[MemberRow], int | None]:
    """Return members a narrowing keeps, in the order of names, and after whom to go on; None at the end."""
    rows, looked = desk.store.sieve.among(after, LOOKED_AT, asked.sieve)
    kept: list[MemberRow] = []
    for number, row in enumerate(rows):
        if len(kept) == limit or (number == ASKED_RULES and _asks_rules(asked)):
            return kept, rows[number - 1].id
        if asked.holds(desk, row):
            kept.append(row)
    return kept, looked


def sifted(
    desk: Desk, asked: Narrowing, text: str, meant: Meant, limit: int
) -> tuple[Sequence[MemberRow], bool]:
    """Return those a text may mean whom a narrowing keeps, and whether it may mean others as well."""
    most = WORDS_MEANT_AT_MOST if len(text.split()) > 1 else MEANT_AT_MOST
    rows = meant(desk, text, most)
    kept = desk.store.sieve.kept([row.id for row in rows], asked.sieve)
    return [row for row in kept if asked.holds(desk, row)][:limit], len(rows) == most


def holding(query: MembersList, lines: Iterable[MemberLineView]) -> tuple[MemberLineView, ...]:
    """Leave out whose account says more than is left of it: what has ended is nobody's."""
    wanted = _units(query)
    has = {
        "points": lambda line: line.points > 0,
        "credit": lambda line: line.credit_minor > 0,
        "reward": lambda line: line.rewards > 0,
    }
    return tuple(line for line in lines if all(has[unit](line) for unit in wanted))


def member_filters(desk: Desk, query: MemberFilters) -> MemberFiltersView:
    """Tell what the list can be narrowed by; the tags are those of the newest members and of segments."""
    club = _club(desk)
    levels = club[1].levels if club else ()
    segments = [known for known in desk.book.live if known.kind.family == "segment"]
    tags = {search_key(tag): tag for tag in desk.store.sieve.newest_tags(TAGS_OF)}
    for known in segments:
        tags |= {search_key(tag): tag for tag in known.row.params.get("tags", ())}
    return MemberFiltersView(
        levels=tuple(NamedView(key=level.key, name=level.name) for level in levels),
        segments=tuple(NamedView(key=known.row.key, name=known.row.name) for known in segments),
        tags=tuple(tags[key] for key in sorted(tags)),
    )


def _units(query: MembersList) -> set[str]:
    return {*query.holds, "reward"} if query.only == "reward" else set(query.holds)


def _asks_rules(asked: Narrowing) -> bool:
    return bool(asked.levels or asked.segments)


def _ago(field: str, days: int | None, day: str) -> str | None:
    return None if days is None else dates.add_days(day, -checked(days, field, 0, DAYS_AT_MOST))


def _gone_since(query: MembersList, day: str) -> str | None:
    """Return the last day of a visit for those who stay away; the longer of two times is asked."""
    since = _ago("away_days", query.away_days, day)
    if query.only != "away":
        return since
    longest = dates.add_days(day, -AWAY_DAYS)
    return longest if since is None else min(since, longest)


def _ending(query: MembersList, day: str) -> tuple[str, str] | None:
    if query.ending_days is None:
        return None
    return day, dates.add_days(day, checked(query.ending_days, "ending_days", 0, DAYS_AT_MOST))


def _month(iso_day: str, *, jalali: bool) -> int:
    return dates.to_jalali(iso_day)[1] if jalali else int(iso_day[5:7])


def _club(desk: Desk) -> tuple[int, TierRule] | None:
    """Return the club's number and rule."""
    club = desk.book.club
    return None if club is None else (club.revision.programme, cast("TierRule", club.revision.rule))


def _level(desk: Desk, keys: Sequence[str], day: str) -> LevelFilter | None:
    if not keys:
        return None
    club = _club(desk)
    if club is None:
        raise Rejection("unknown_tier", tier=keys[0])
    programme, rule = club
    thresholds = {level.key: level.threshold for level in rule.levels}
    for key in keys:
        if key not in thresholds:
            raise Rejection("unknown_tier", tier=key)
    if rule.fixed or rule.joined != "alone":
        return None  # what several counts or the window before come to, the rules say of each one
    return LevelFilter(
        programme=programme,
        keys=tuple(keys),
        metric=rule.metric,
        from_day=desk.shop.month_start(day, rule.window_months),
        day=day,
        least=min(thresholds[key] for key in keys),
    )
