"""What the audit asks of months and promises: every counter is what records, entries and events come to.

Counted here once more, with none of what counts it in the sale.
"""

from collections.abc import Iterator, Mapping
from json import loads
from typing import Any

from loyalty_pos.app.views import Finding
from loyalty_pos.domain.dates import add_days, month_end
from loyalty_pos.domain.windows import Span, span_of
from loyalty_pos.store.both_ways import APART
from loyalty_pos.store.chain import KeyRing
from loyalty_pos.store.compiled import Execute

_CALENDARS = ("jalali", "gregorian")
_SQL = {
    "promise_differs_from_its_entries": """
        WITH moved (lot, left) AS MATERIALIZED (
            SELECT lot, sum(amount) FROM entry WHERE lot IS NOT NULL GROUP BY 1
        ), sums (x, pieces, amount, left, expired) AS (
            SELECT a.unit || ' ' || a.programme || ' ' || ifnull(l.expires_on, ''), 0,
            sum(l.amount), sum(v.left),
            ifnull(sum((SELECT -sum(e.amount) FROM entry e JOIN lot o ON o.id = e.lot
                WHERE e.lot = l.id AND e.kind = 'expiry' AND e.posting > o.posting)), 0)
            FROM lot l JOIN account a ON a.id = l.account LEFT JOIN moved v ON v.lot = l.id GROUP BY 1
            UNION ALL
            SELECT a.unit || ' ' || a.programme || ' ', 0, 0, sum(e.amount), 0
            FROM entry e JOIN account a ON a.id = e.account WHERE e.lot IS NULL GROUP BY 1
            UNION ALL
            SELECT 'gift_card  ' || ifnull(c.expires_on, ''), count(*), 0, sum(c.left_minor), 0
            FROM gift_card c WHERE c.left_minor > 0 AND c.id NOT IN (SELECT card FROM gift_card_void)
            GROUP BY 1
            UNION ALL
            SELECT 'voucher  ' || ifnull(c.expires_on, ''), count(*), 0, sum(w.worth_minor), 0
            FROM code_worth w JOIN code c ON c.id = w.code
            WHERE c.id NOT IN (SELECT code FROM code_void)
            AND c.id NOT IN (SELECT code FROM code_use WHERE given_back IS NULL) GROUP BY 1
        ), told AS (SELECT * FROM sums WHERE pieces <> 0 OR amount <> 0 OR left <> 0 OR expired <> 0
        ), real (x, pieces, amount, left, expired) AS (
            SELECT unit || ' ' || programme || ' ' || expires_on, pieces, amount, left, expired
            FROM promise_cell WHERE pieces <> 0 OR amount <> 0 OR left <> 0 OR expired <> 0
        )""",
    "level_move_differs_from_its_events": """
        WITH told (x, members) AS (
            SELECT p.business_day || ' ' || e.programme || ' ' || ifnull(e.before, '') || ' '
            || ifnull(e.after, ''), count(*)
            FROM tier_event e JOIN posting p ON p.seq = e.posting GROUP BY 1
        ), real (x, members) AS (
            SELECT day || ' ' || programme || ' ' || before || ' ' || after, members FROM level_move
        )""",
}
_SALES = """
    SELECT s.posting, coalesce(x.survivor, t.member, s.member), s.business_day, p.record, a.record,
    (SELECT b.record FROM refund r JOIN posting b ON b.seq = r.posting WHERE r.sale = s.posting
        ORDER BY r.posting DESC LIMIT 1)
    FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN attached t ON t.sale = s.posting
    LEFT JOIN posting a ON a.seq = t.posting LEFT JOIN alias x ON x.member = ifnull(t.member, s.member)
    WHERE s.posting NOT IN (SELECT sale FROM voided)"""
_PAID = "SELECT t.sale, p.record FROM settlement t JOIN posting p ON p.seq = t.posting"
_CLUB = """
    SELECT g.id, r.params, s.calendar FROM programme g JOIN revision r ON r.id = g.live, shop s
    WHERE g.kind = 'tiers'"""
_WHAT = {"spend": "spend_minor", "visit_days": "(sales > 0)", "points": "points"}
_ALSO = {"spend": "spend_minor", "visit_days": "visit_days", "points": "points"}
_STOOD = """
    SELECT member, {sums} FROM member_day
    WHERE day BETWEEN ? AND ? AND member NOT IN (SELECT member FROM alias) GROUP BY 1"""
_EVENTS = """
    SELECT e.member, e.after FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.programme = ? AND p.business_day <= ? ORDER BY e.posting"""
_NO_SUMS = [0] * 6


def months(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    for code, sql in _SQL.items():
        for (detail,) in execute(sql + APART, ()).fetchall():
            yield Finding(code=code, detail=str(detail))
    if not execute("SELECT done FROM month_count", ()).fetchone()[0]:
        return
    members, cells = _counted(execute)
    levels, risks, has_club = _levels(execute, members, cells)
    yield from _compare("member_month", *_member_months(execute, members, levels, has_club))
    real: dict[Any, Any] = {}
    for ends_on, kind, name, *sums in execute("SELECT * FROM month_cell", ()).fetchall():
        if kind != "risk":  # without levels they are told as one
            key = (ends_on, kind, name if has_club or kind != "level" else "")
            real[key] = [a + b for a, b in zip(real.get(key, _NO_SUMS), sums, strict=True)]
        elif has_club:
            real[ends_on, kind, name] = sums
    yield from _compare("month_cell", cells, {key: sums for key, sums in real.items() if any(sums)})
    if has_club:
        kept = execute("SELECT * FROM month_risk", ())
        yield from _compare("month_risk", risks, {(row[0], row[1]): row[2:] for row in kept.fetchall()})


def _compare(what: str, told: Mapping[Any, Any], real: Mapping[Any, Any]) -> Iterator[Finding]:
    for key in sorted(told.keys() | real.keys()):
        if told.get(key) != real.get(key):
            detail = " ".join(str(part) for part in key)
            yield Finding(code=f"{what}_differs_from_the_records", detail=detail)


def _counted(execute: Execute) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Count members' months, and what everybody without a card and every programme come to."""
    keys = dict(execute("SELECT r.id, g.key FROM revision r JOIN programme g ON g.id = r.programme", ()))
    members: dict[Any, Any] = {}
    cells: dict[Any, Any] = {}
    paid: dict[int, dict[int, int]] = {}
    for sale, text in execute(_PAID, ()):
        for revision, *_, got in loads(text)["earned"]:
            since = paid.setdefault(sale, {})
            since[revision] = since.get(revision, 0) + got
    for sale, member, day, *texts in execute(_SALES, ()):
        record, later, back = (text and loads(text) for text in texts)
        for one in record.get("on_account", {}).get("earned", ()):
            record["earned"].append({**one, "yielded": paid.get(sale, {}).get(one["revision"], 0)})
        net, discount, gave = _figures(record, later, back and back["kept"], keys)
        cost, points = (sum(one[at] for one in gave.values()) for at in (0, 1))
        for ends_on in (month_end(day, calendar, 0) for calendar in _CALENDARS):
            if member is None:
                _add(cells, (ends_on, "others", ""), 0, 1, net, discount, cost, points)
            else:
                sums, counts = members.setdefault((member, ends_on), ([0] * 5, {}))
                for at, more in enumerate((1, net, discount, cost, points)):
                    sums[at] += more
                for key, (minor, _) in gave.items():
                    one = counts.setdefault(key, [0, 0])
                    one[0] += 1
                    one[1] += minor != 0
            for key, (minor, more) in gave.items():
                _add(cells, (ends_on, "gave", key), 0, 1, net, 0, minor, more)
                if not minor:
                    _add(cells, (ends_on, "gave_points", key), 0, 1, net)
    for (_, ends_on), (_, counts) in members.items():
        for key, (_, minors) in counts.items():
            _add(cells, (ends_on, "gave", key), 1)
            if not minors:
                _add(cells, (ends_on, "gave_points", key), 1)
    return members, cells


def _add(cells: dict[Any, Any], key: Any, *more: int) -> None:
    sums = cells.setdefault(key, [0] * 6)
    for at, one in enumerate(more):
        sums[at] += one


def _figures(record: Any, later: Any, kept: Any, keys: Mapping[int, str]) -> tuple[int, int, dict[str, Any]]:
    """Work out a sale from its record: what was paid, what was taken off, what programmes gave."""
    earned = record["earned"]
    if later is not None:
        earned = [one for one in earned if one["unit"] == "pledge"] + later["earned"]
    lines, took = record["lines"], record.get("took", [])
    parts = [(keys[revision], minor) for _, revision, _, _, minor, _ in took]
    left = [(one, one["yielded"]) for one in earned]
    gross, net = sum(line[4] for line in lines), sum(line[5] for line in lines)
    if kept is not None:
        back = dict(kept["yields"])
        left = [(one, one["yielded"] - back.get(one["revision"], 0)) for one in earned]
        held = [
            _withheld(record, one, units) if units else 0
            for one, units in zip(took, kept["withheld"], strict=True)
        ]
        off = _off_kept(record, took, kept["quantities"])
        parts = [(keys[one[1]], minor - price) for one, minor, price in zip(took, off, held, strict=True)]
        net = sum(kept["nets"]) + sum(held)
        units = list(enumerate(kept["quantities"]))
        gross = sum(lines[i][3] * count - _paid(record, i, count) for i, count in units) - sum(held) + net
    gave: dict[str, Any] = {}
    for key, minor in parts:
        gave[key] = [gave.get(key, [0, 0])[0] + minor, 0]
    for one, amount in left:
        given = gave.setdefault(one["programme"], [0, 0])
        given[0] += amount if one["unit"] in ("credit", "pledge") else 0
        given[1] += amount if one["unit"] == "points" else 0
    return net, gross - net, {key: given for key, given in gave.items() if any(given)}


def _before_lanes(record: Any, i: int) -> int:
    goods = record.get("goods") or record.get("later", {}).get("goods")
    return int(record["lines"][i][4] - (goods[i][2] if goods else 0))


def _free_worth(record: Any, i: int) -> int:
    return sum(one[4] for one in record["took"] if one[0] == i and one[5])


def _withheld(record: Any, one: Any, units: int) -> int:
    """Return what units that were free cost after all, as the rest of their line did."""
    i, free = one[0], one[5]
    rest = _before_lanes(record, i) - _free_worth(record, i)
    return int(one[4] * units * record["lines"][i][5] // (rest * free) if rest else one[4] * units // free)


def _off_kept(record: Any, took: Any, quantities: Any) -> Iterator[int]:
    """Work out what every benefit takes off the units that are kept; free ones are kept longest."""
    free = [min(line[6], units) for line, units in zip(record["lines"], quantities, strict=True)]
    if record["amount_mode"]:
        free = [record["lines"][0][6] * (quantities[0] > 0)]
    for i, _, _, _, minor, units in took:
        if units:
            left = min(units, free[i])
            free[i] -= left
            yield minor * left // units
        else:
            whole = _weight(record, i, record["lines"][i][2])
            yield minor * _weight(record, i, quantities[i]) // whole if whole else 0


def _weight(record: Any, i: int, units: int) -> int:
    """Weigh what so many units of a line cost beside what was free."""
    start, free, bought = _before_lanes(record, i), record["lines"][i][6], record["lines"][i][2]
    if not free:
        return units * start
    worth = bought * _free_worth(record, i) or free * start
    return int(free * units * start - min(free, units) * worth)


def _paid(record: Any, i: int, units: int) -> int:
    """Return what so many units of a line were paid for, free ones kept longest."""
    net, bought = record["lines"][i][5], record["lines"][i][2]
    if units == bought:
        return int(net)
    whole = _weight(record, i, bought)
    return int(net - net * (whole - _weight(record, i, units)) // whole) if whole else 0


def _levels(
    execute: Execute, members: Mapping[Any, Any], cells: dict[Any, Any]
) -> tuple[dict[Any, str], dict[Any, Any], bool]:
    """Find the level of every member's month, count the cells of levels, and who is at risk."""
    club = execute(_CLUB, ()).fetchone()
    levels: dict[Any, str] = {}
    risks: dict[Any, Any] = {}
    if club is not None:
        kept = {row[0] for row in execute("SELECT ends_on FROM month_cell WHERE kind = 'risk'", ())}
        for ends_on in {ends_on for _, ends_on in members} | kept:
            stood = _stood(execute, club, ends_on)
            levels |= {(member, ends_on): one[1] for member, one in stood.items()}
            for member, (place, level, stays, *figures) in stood.items() if ends_on in kept else ():
                if not stays:
                    risks[ends_on, member] = (place, level, *figures)
                    _add(cells, (ends_on, "risk", ""), 1)
    for (member, ends_on), (sums, _) in members.items():
        _add(cells, (ends_on, "level", levels.get((member, ends_on), "")), 1, *sums)
    return levels, risks, club is not None


def _stood(execute: Execute, club: Any, ends_on: str) -> dict[int, tuple[Any, ...]]:
    """Find everybody who had a level at the end of a month: its place, it, whether it stays, what counts
    for that and what is missing."""
    programme, text, calendar = club
    params = loads(text)
    steps = _steps(params)
    places = {one["key"]: place for place, one in enumerate(params["levels"])}
    join = any if params.get("joined") == "any" else all
    (earlier, first), (next_earlier, next_first) = _windows(params, calendar, ends_on)
    parts = (
        *((first, ends_on), (earlier, add_days(first, -1))),
        *((next_first, ends_on), (next_earlier, add_days(next_first, -1))),
    )
    held = dict(execute(_EVENTS, (programme, ends_on)))
    gone = {row[0] for row in execute("SELECT member FROM alias", ())}
    counted = _summed(execute, parts, ends_on)

    def reached(*windows: Any) -> int:
        found = [-1]
        for place, asked in enumerate(steps):
            if any(join(one[metric] >= least for metric, least in asked.items()) for one in windows):
                found.append(place)
        return max(found)

    found = {}
    for member in (counted.keys() | held.keys()) - gone:
        now, then, after, closed = counted.get(member) or [dict.fromkeys(_WHAT, 0)] * 4
        place = max(reached(now, then), places.get(held.get(member), -1))
        if place >= 0:
            shows = closed if next_first > ends_on else after
            stays = reached(after, closed) >= place
            lacks = {metric: max(0, least - shows[metric]) for metric, least in steps[place].items()}
            if join is any and not all(lacks.values()):
                lacks = {}
            asked = {metric for step in steps for metric in step}
            figures = [
                figure
                for metric in _WHAT
                for figure in (shows[metric] if metric in asked else 0, lacks.get(metric, 0))
            ]
            found[member] = (place, params["levels"][place]["key"], stays, *figures)
    return found


def _steps(params: Any) -> list[dict[str, int]]:
    """Say what every level asks for, by what is counted."""
    metric = params.get("metric", "spend")
    return [
        {metric: one["from"]} | {other: one[name] for other, name in _ALSO.items() if one.get(name)}
        for one in params["levels"]
    ]


def _windows(params: Any, calendar: Any, ends_on: str) -> tuple[Span, Span]:
    """Return the window of a month's end and the one that the review after it goes by."""
    over, months = params.get("window", "rolling"), params.get("window_months", 12)
    looked = add_days(ends_on, 1)
    if over != "rolling":
        looked = add_days(month_end(looked, calendar, 0), 1)
    since = params.get("from_day") or ""
    now, then = (span_of(day, calendar, (over, months, since)) for day in (ends_on, looked))
    return now, then


def _summed(execute: Execute, parts: Any, ends_on: str) -> dict[int, list[dict[str, int]]]:
    """Sum the days of everybody, by what is counted, over stretches of days up to the end of a month."""
    stretches = [(first, min(last, ends_on)) for first, last in parts]
    sums = ", ".join(
        f"sum(iif(day BETWEEN '{first}' AND '{last}', {what}, 0))"
        for first, last in stretches
        for what in _WHAT.values()
    )
    rows = execute(_STOOD.format(sums=sums), (min(first for first, _ in stretches), ends_on))
    starts = range(1, 1 + len(_WHAT) * len(parts), len(_WHAT))
    return {row[0]: [dict(zip(_WHAT, row[at:], strict=False)) for at in starts] for row in rows}


def _member_months(
    execute: Execute, members: Mapping[Any, Any], levels: Mapping[Any, str], has_club: bool
) -> tuple[dict[Any, Any], dict[Any, Any]]:
    told = {
        key: (*sums, levels.get(key, "") if has_club else "", counts)
        for key, (sums, counts) in members.items()
    }
    real = {}
    for member, ends_on, *sums, level, text in execute("SELECT * FROM member_month", ()).fetchall():
        real[member, ends_on] = (*sums, level if has_club else "", loads(text))
    return told, real
