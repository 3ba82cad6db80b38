"""Sums of days as levels count them, for the statements that find out where members stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from loyalty_pos.domain.counting import Counted, Counting, Metric, counts_of

_WHAT: Mapping[Metric, str] = {"spend": "spend_minor", "visit_days": "sales > 0", "points": "points"}


def sums(counting: Counting, earlier: str, first: str, last: str) -> str:
    """List the sums over rows of `member_day` that `counted` reads; `last` is the last day, included."""
    return ", ".join(
        f"ifnull(sum(iif({days}, {_WHAT[metric]}, 0)), 0)"
        for metric in counting.metrics
        for days in _spans(counting, earlier, first, last)
    )


def sums_apart(counting: Counting, member: str, earlier: str, first: str, last: str) -> str:
    """List the same sums, each asked for by itself: beside other tables that needs no sorting."""
    return ", ".join(
        f"""ifnull((SELECT sum({_WHAT[metric]}) FROM member_day d
        WHERE d.member = {member} AND {days}), 0)"""  # noqa: S608 - our own text
        for metric in counting.metrics
        for days in _spans(counting, earlier, first, last)
    )


def _spans(counting: Counting, earlier: str, first: str, last: str) -> tuple[str, ...]:
    now = f"day BETWEEN {first} AND {last}"
    return (now, f"day >= {earlier} AND day < {first} AND day <= {last}") if counting.fixed else (now,)


def counted(counting: Counting, row: Iterator[Any]) -> Counted:
    """Read what such sums came to off the front of a row."""
    now: dict[Metric, int] = {}
    earlier: dict[Metric, int] = {}
    for metric in counting.metrics:
        now[metric] = next(row)
        if counting.fixed:
            earlier[metric] = next(row)
    return Counted(counts_of(now), counts_of(earlier))
