"""Members by how lately, how often and for how much they bought, in fifths, and what that makes of them."""

from collections.abc import Callable

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.programmes import both
from loyalty_pos.app.queries_reports import Rfm
from loyalty_pos.app.report_views import RfmSegmentView, RfmView
from loyalty_pos.domain.text import N_

FIFTHS = 5
FIGURES = ("last_visit_day", "visits", "spend_minor")
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


def rfm(desk: Desk, query: Rfm) -> RfmView:
    """Score everybody who ever bought: equal figures have equal scores, 5 is the best fifth."""
    reports, languages = desk.store.reports, desk.languages
    days, visits, spends = (reports.cuts(what, FIFTHS) for what in FIGURES)
    sums = {key: [0, 0, 0] for key, _, _ in SEGMENTS}
    for cell in reports.scored(days, visits, spends):
        key = next(key for key, _, fits in SEGMENTS if fits(cell.recency, cell.frequency, cell.money))
        for at, more in enumerate((cell.members, cell.visits, cell.spend_minor)):
            sums[key][at] += more
    return RfmView(
        day=desk.now().business_day,
        members=sum([one[0] for one in sums.values()]),
        recency_days=tuple([str(day) for day in days]),
        visits=tuple([int(count) for count in visits]),
        spend_minor=tuple([int(minor) for minor in spends]),
        segments=tuple(
            RfmSegmentView(
                key=key,
                name=both(languages, lambda say, name=name: say.t(name)),  # type: ignore[misc]
                members=sums[key][0],
                visits=sums[key][1],
                spend_minor=sums[key][2],
            )
            for key, name, _ in SEGMENTS
        ),
    )
