"""Games: challenges that several purchases win together, and draws that anybody can work out again.

Days are the shop's business days. What counts in a challenge is kept as marks, one for each sale.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.dates import Calendar, add_days, month_end, month_key
from loyalty_pos.domain.families import Chase, DrawPrize, EarnRule, Odds
from loyalty_pos.domain.lineup import Earner
from loyalty_pos.domain.trace import Facts, Reason

COUNTED = frozenset({"challenge_counted", "challenge_again"})
"""Codes of a sale that counts in a challenge and does not win it."""

LOOKED_BACK_MONTHS = 31


class Mark(NamedTuple):
    """A kept sale that counted in a challenge; `used` when a prize was won with it."""

    sale: int
    day: str
    used: bool = False


class Counted(NamedTuple):
    """How far a challenge is: `marks` are the sales that count beside the one of today.

    `again` when today's period had its purchase already. The next one counts until `until_day`, included.
    """

    have: int
    marks: tuple[int, ...]
    until_day: str
    again: bool = False


def since(chase: Chase, today: str) -> str:
    """Return the first day whose marks may matter today."""
    days = {"sale": chase.within_days, "day": chase.within_days, "week": chase.times * 7 + 7}
    return add_days(today, -days.get(chase.pace, chase.times * LOOKED_BACK_MONTHS + LOOKED_BACK_MONTHS))


def counted(chase: Chase, marks: Iterable[Mark], today: str, calendar: Calendar) -> Counted:
    """Count a purchase of today among the marks there are."""
    now = _place(chase, today, calendar)
    before = [one for one in marks if _place(chase, one.day, calendar) <= now]
    if chase.pace == "sale":
        near = [one for one in before if not one.used and one.day >= add_days(today, -chase.within_days)]
        chosen = sorted(near, key=lambda one: (one.day, one.sale))[-(chase.times - 1) :]
        return _told(chase, chosen, today, calendar)
    places = _by_place(chase, before, calendar)
    open_ones = {place: mark for place, mark in places.items() if mark is not None and place != now}
    if chase.pace == "day":
        run = [open_ones[place] for place in sorted(open_ones) if now - place <= chase.within_days]
        run = run[-(chase.times - 1) :]
    else:
        run, place = [], now - 1
        while place in open_ones and len(run) < chase.times - 1:
            run.insert(0, open_ones[place])
            place -= 1
    found = _told(chase, run, today, calendar)
    if now not in places:
        return found
    return found._replace(have=len(run) + (places[now] is not None), again=True)


def standing_now(chase: Chase, marks: Sequence[Mark], today: str, calendar: Calendar) -> tuple[int, str]:
    """Say how far a member is without buying today, and until when the next purchase counts."""
    found = counted(chase, marks, today, calendar)
    if found.again:
        return found.have, found.until_day
    if chase.pace in ("week", "month"):
        return found.have - 1, _period_end(chase, today, calendar, 0)
    return found.have - 1, found.until_day


def refilled(chase: Chase, marks: Iterable[Mark], calendar: Calendar) -> tuple[int, ...] | None:
    """Find sales that win a challenge together, the earliest ones; None: there are not enough."""
    places: list[tuple[int, int]] = []
    for one in sorted(marks, key=lambda one: (one.day, one.sale)):
        place = _place(chase, one.day, calendar)
        if chase.pace == "sale" or not places or places[-1][0] != place:
            places.append((place, one.sale))
    most = _reach(chase)
    for first in range(len(places) - chase.times + 1):
        run = places[first : first + chase.times]
        if run[-1][0] - run[0][0] <= most:
            return tuple(sale for _, sale in run)
    return None


def play(bill: Bill, earner: Earner) -> None:
    """Say what a sale does in a game; a prize is given once the sale is on record."""
    revision, state = earner.revision, bill.events.get(earner.revision.id, Reason("event_not_now"))
    reason = bill.why_not(revision) or (Reason("no_member") if bill.buyer is None else None)
    reason = reason or _nothing_bought(bill, earner)
    if reason is None and isinstance(state, Reason) and state.code not in COUNTED:
        reason = state
    if reason is not None:
        bill.refuse(revision, "earn", reason)
    elif isinstance(state, Reason):
        bill.tell(revision, "earn", state.code, state.facts)
    else:
        bill.tell(revision, "earn", *_won(earner.rule))


def draw(odds: Odds, seed: str, number: int) -> tuple[int, DrawPrize | None]:
    """Draw once: which of the numbers from 0 comes up, and the prize it wins.

    It is SHA-256 of the seed, a colon and the number of the draw, as one big number, modulo all chances.
    """
    drawn = int.from_bytes(sha256(f"{seed}:{number}".encode()).digest(), "big") % odds.out_of
    above = 0
    for prize in odds.prizes:
        above += prize.chances
        if drawn < above:
            return drawn, prize
    return drawn, None


def commitment(seed: str) -> str:
    """Return what is published of a seed before anything is drawn with it."""
    return sha256(seed.encode()).hexdigest()


def _won(rule: EarnRule) -> tuple[str, Facts]:
    if rule.chase is not None:
        badge: Facts = {"badge": rule.chase.badge} if rule.chase.badge else {}
        return "challenge_won", {"times": rule.chase.times, **badge}
    assert rule.odds is not None
    return "draw_now", {"chances": sum(one.chances for one in rule.odds.prizes), "out_of": rule.odds.out_of}


def _nothing_bought(bill: Bill, earner: Earner) -> Reason | None:
    goods = earner.rule.goods
    if bill.basket.amount_mode and not goods.everything:
        return Reason("needs_goods")
    if any(bill.nets[i] for i in bill.earning[earner.aim]):
        return None
    return bill.no_goods(goods, earner.revision.condition)


def _told(chase: Chase, run: Sequence[Mark], today: str, calendar: Calendar) -> Counted:
    first = run[0].day if run else today
    if chase.pace in ("week", "month"):
        until = _period_end(chase, today, calendar, 1)
    else:
        until = add_days(first, chase.within_days)
    return Counted(len(run) + 1, tuple(one.sale for one in run), until)


def _by_place(chase: Chase, marks: Iterable[Mark], calendar: Calendar) -> dict[int, Mark | None]:
    """Give the first open mark of every day or period; None where a prize was won with one of it."""
    found: dict[int, Mark | None] = {}
    for one in sorted(marks, key=lambda one: (one.day, one.sale)):
        place = _place(chase, one.day, calendar)
        if one.used:
            found[place] = None
        else:
            found.setdefault(place, one)
    return found


def _reach(chase: Chase) -> int:
    return chase.within_days if chase.pace in ("sale", "day") else chase.times - 1


def _place(chase: Chase, day: str, calendar: Calendar) -> int:
    """Number the days, weeks or months; a Jalali shop's week begins on Saturday, any other on Monday."""
    if chase.pace == "month":
        year, month = month_key(day, calendar).split("-")
        return int(year) * 12 + int(month)
    number = date.fromisoformat(day).toordinal()
    return number if chase.pace != "week" else (number + _week_shift(calendar)) // 7


def _period_end(chase: Chase, day: str, calendar: Calendar, on: int) -> str:
    if chase.pace == "month":
        return month_end(day, calendar, on)
    shift = _week_shift(calendar)
    into = (date.fromisoformat(day).toordinal() + shift) % 7
    return add_days(day, 6 - into + 7 * on)


def _week_shift(calendar: Calendar) -> int:
    return 1 if calendar == "jalali" else 6
