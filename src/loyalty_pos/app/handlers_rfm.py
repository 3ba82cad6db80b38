"""Members by how lately, how often and for how much they bought, in fifths, and what that makes of them."""

from collections.abc import Callable

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_reports import Rfm
from loyalty_pos.app.report_views import RfmSegmentView, RfmView
from loyalty_pos.app.saying import both
from loyalty_pos.domain.text import N_

FIFTHS = 5
SEGMENTS: tuple[tuple[str, str, Callable[[int, int, int], bool]], ...] = (
    ("champions", N_("Champions"), lambda r, f, m: r >= 4 and f >= 4 and m >= 4),
    ("not_to_lose", N_("Not to be lost"), lambda r, f, m: r == 1 and f >= 4 and m >= 4),
    ("loyal", N_("Loyal"), lambda r, f, m: r >= 3 and f >= 4),
    ("at_risk", N_("Slipping away"), lambda r, f, m: r <= 2 and f >= 3),
    ("new", N_("New"), lambda r, f, m: r == 5 and f == 1),
    ("promising", N_("Promising"), lambda r, f, m: r >= 4),
    ("attention", N_("Want attention"), lambda r, f, m: r == 3),
    ("asleep", N_("Asleep"), lambda r, f, m: True),
)
"""The first that fits is a member's: key, name, and whether scores of 1 to 5 fit it."""


def groups() -> list[int]:
    """Name the segment of every three scores by its place, those of money changing fastest."""
    scores = range(1, FIFTHS + 1)
    return [
        next(at for at, (_, _, fits) in enumerate(SEGMENTS) if fits(r, f, m))
        for r in scores
        for f in scores
        for m in scores
    ]


def rfm(desk: Desk, query: Rfm) -> RfmView:
    """Score everybody who ever bought: equal figures have equal scores, 5 is the best fifth."""
    reports, languages = desk.store.reports, desk.languages
    days, visits, spends = borders = reports.cuts(FIFTHS)
    found = reports.scored(borders, groups())
    return RfmView(
        day=desk.now().business_day,
        members=sum([one.members for one in found]),
        recency_days=tuple(days),
        visits=tuple(visits),
        spend_minor=tuple(spends),
        segments=tuple(
            RfmSegmentView(
                key=key,
                name=both(languages, _called(name)),
                members=one.members,
                spend_minor=one.spend_minor,
            )
            for (key, name, _), one in zip(SEGMENTS, found, strict=True)
        ),
    )


def _called(name: str) -> Callable[[Language], str]:
    return lambda language: language.t(name)
