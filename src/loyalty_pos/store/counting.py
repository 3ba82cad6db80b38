"""Sums of days as levels count them, for the statements that find out where members stand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loyalty_pos.domain.counting import METRICS, NO_COUNTS, Counted, Counting, Counts, Metric
from loyalty_pos.domain.tuples import made

_WHAT: Mapping[Metric, str] = {"spend": "spend_minor", "visit_days": "sales > 0", "points": "points"}


def sums(counting: Counting, earlier: str, first: str, last: str) -> str:
    """List the sums over rows of `member_day` that `counted` reads; `last` is the last day, included."""
    return ", ".join(
        f"ifnull(sum(iif({days}, {what}, 0)), 0)" if what else "0"
        for days, what in _listed(counting, earlier, first, last)
    )


def sums_apart(counting: Counting, member: str, earlier: str, first: str, last: str) -> str:
    """List the same sums, each asked for by itself: beside other tables that needs no sorting."""
    return ", ".join(
        f"ifnull((SELECT sum({what}) FROM member_day d WHERE d.member = {member} AND {days}), 0)"  # noqa: S608 - our own text
        if what
        else "0"
        for days, what in _listed(counting, earlier, first, last)
    )


def _listed(counting: Counting, earlier: str, first: str, last: str) -> Iterator[tuple[str, str]]:
    """Give the days and what is summed of them, nothing where a club does not count it."""
    spans = [f"day BETWEEN {first} AND {last}"]
    if counting.fixed:
        spans.append(f"day >= {earlier} AND day < {first} AND day <= {last}")
    for days in spans:
        for metric in METRICS:
            yield days, _WHAT[metric] if metric in counting.metrics else ""


def width(counting: Counting) -> int:
    """Return how many columns such sums are."""
    return 2 * len(METRICS) if counting.fixed else len(METRICS)


def counted(counting: Counting, row: Sequence[Any], at: int = 0) -> Counted:
    """Read what such sums came to, from a place in a row on; nothing where no day was found."""
    if row[at] is None:
        return Counted()
    earlier = made(Counts, row[at + 3 : at + 6]) if counting.fixed else NO_COUNTS
    return made(Counted, (made(Counts, row[at : at + 3]), earlier))
