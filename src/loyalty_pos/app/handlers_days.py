"""The days of a shop: catching up with time, closing a day, its paper once more (rules 22, 24, 25)."""

from dataclasses import asdict, replace
from typing import Any

from loyalty_pos.app.commands_lifetime import CatchUp, CloseDay, ReprintDay
from loyalty_pos.app.desk import AHEAD_AT_MOST_DAYS, Desk, request_hash
from loyalty_pos.app.lifetime_views import (
    CaughtUpView,
    DayFigures,
    DayUnitView,
    DayView,
    ReviewView,
    SweptView,
)
from loyalty_pos.app.months import keep_risks
from loyalty_pos.app.ports import StoredPosting
from loyalty_pos.app.queries_lifetime import Day
from loyalty_pos.app.records import Record, read_record
from loyalty_pos.app.reviewing import catch_up_reviews, due_reviews
from loyalty_pos.app.sweeping import sweep
from loyalty_pos.app.wording import posting_key
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import days_between, read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule

SHORT = 12
"""How many letters of the chain's head people read to each other."""


def catch_up(desk: Desk, command: CatchUp) -> CaughtUpView:
    """Sweep and review what is due; a second time nothing is."""
    with desk.store.transaction():
        desk.refresh()
        moment = desk.now()
        _refuse_wild_clock(desk, moment, accept=command.accept_clock)
        return _catch_up(desk, moment)


def close_day(desk: Desk, command: CloseDay) -> DayView:
    """Catch up, then put the summary of a day on record; a day that went on is closed anew."""
    with desk.store.transaction():
        desk.refresh()
        moment = desk.now()
        day = _day(command.day, moment)
        _refuse_wild_clock(desk, moment, accept=command.accept_clock)
        caught = _catch_up(desk, moment)
        last = last_closing(desk, day)
        if last is None or last.seq != desk.store.days.last_posting():
            number = 1 if last is None else read_record(last.record)["number"] + 1
            record = {
                "day": day,
                "number": number,
                "figures": asdict(_figures(desk, day)),
                "swept": asdict(caught.swept),
                "reviews": [asdict(one) for one in caught.reviews],
            }
            posting = desk.posting(
                f"day:{day}:{number}", {"close": day, "number": number}, "day", None, moment, record
            )
            desk.store.ledger.append(posting)
        return day_of(desk, day, moment)


def day(desk: Desk, query: Day) -> DayView:
    moment = desk.now()
    return day_of(desk, _day(query.day, moment), moment)


def reprint_day(desk: Desk, command: ReprintDay) -> DayView:
    """Record that a day's paper is printed again; the same request again records nothing more."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        moment = desk.now()
        asked = _day(command.day, moment)
        request = {"reprint_day": asked}
        known = desk.store.ledger.posting(key)
        if known is not None and known.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        last = last_closing(desk, asked)
        if last is None:
            raise Rejection("day_not_closed", day=asked)
        if known is None:
            record = {"day": asked, "closing": last.seq}
            desk.store.ledger.append(desk.posting(key, request, "reprint", None, moment, record))
        return replace(_closed(desk, last), copy=True)


def day_of(desk: Desk, day: str, moment: Moment) -> DayView:
    """Describe a day as it was closed last, if nothing came after that, or else as it stands now."""
    last = last_closing(desk, day)
    figures = _figures(desk, day)
    if last is not None and (closed := _closed(desk, last)).figures == figures:
        return closed
    today = moment.business_day
    return DayView(
        day=day,
        figures=figures,
        at_ms=moment.at_ms,
        till=desk.till,
        actor=desk.actor,
        stamp_names=_names(desk, figures),
        due_lots=desk.store.lots.count_ended(today),
        due_reviews=tuple(due_reviews(desk, today)),
    )


def _catch_up(desk: Desk, moment: Moment) -> CaughtUpView:
    caught = CaughtUpView(
        day=moment.business_day, swept=sweep(desk, moment), reviews=catch_up_reviews(desk, moment)
    )
    keep_risks(desk, moment.business_day)
    return caught


def _refuse_wild_clock(desk: Desk, moment: Moment, *, accept: bool) -> None:
    """Ask about a clock far ahead of the last sale; one moved back ends nothing anyway (rules 25)."""
    last_ms = desk.store.days.last_sale_ms() if desk.asks_clock and not accept else None
    if last_ms is None:
        return
    last = desk.shop.moment(last_ms).business_day
    if last < moment.business_day and days_between(last, moment.business_day) > AHEAD_AT_MOST_DAYS:
        ahead = days_between(last, moment.business_day)
        raise Rejection("clock_ahead", day=moment.business_day, last_day=last, days=ahead)


def _day(text: str | None, moment: Moment) -> str:
    if text is None:
        return moment.business_day
    if (day := read_day(text)) is None:
        raise InvalidRequest("day", "not_a_day")
    if day > moment.business_day:
        raise Rejection("day_to_come", day=day)
    return day


def last_closing(desk: Desk, day: str) -> StoredPosting | None:
    """Return the posting that closed a day last, None while it is not closed."""
    number, last = 1, None
    while (found := desk.store.ledger.posting(f"day:{day}:{number}")) is not None:
        number, last = number + 1, found
    return last


def _figures(desk: Desk, day: str) -> DayFigures:
    def unit_micro(programme: str) -> int:
        rule = desk.book.newest_named(programme).revision.rule
        cards = isinstance(rule, EarnRule) and rule.yield_unit == "reward" and rule.happening is None
        return desk.book.unit_micro(programme) if cards else 0

    return desk.store.days.figures(day, unit_micro)


def _names(desk: Desk, figures: DayFigures) -> dict[str, str]:
    return {key: desk.book.newest_named(key).row.name for key in figures.stamps}


def _closed(desk: Desk, posting: StoredPosting) -> DayView:
    record: Record = read_record(posting.record)
    head = desk.store.days.hash_of(posting.seq)
    figures = _read_figures(record["figures"])
    return DayView(
        day=record["day"],
        figures=figures,
        closed=True,
        number=record["number"],
        at_ms=posting.at_ms,
        till=posting.till,
        actor=posting.actor,
        posting=posting.seq,
        head=head,
        head_short=head[:SHORT],
        swept=SweptView(**record["swept"]),
        reviews=tuple(ReviewView(**one) for one in record["reviews"]),
        stamp_names=_names(desk, figures),
    )


def _read_figures(told: dict[str, Any]) -> DayFigures:
    units = {name: DayUnitView(**told[name]) for name in ("points", "credit_minor", "rewards")}
    return replace(DayFigures(**{**told, **units}))
