"""How fast past sales are replayed: `python -m tests.bench.replays [sales]`.

Beside the same sales read and nothing done with them. Times are of this process alone, so that a busy
machine does not count.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from loyalty_pos.app.commands import CreateShop, EnrolMember, ImportSale, PublishProgramme, SaleLine
from loyalty_pos.app.queries_reports import Promises, Simulate, TierReport
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop

BEGIN_MS = 1_760_000_000_000  # October 2025
SPAN_MS = 360 * 86_400_000
CARD = {"count": "units", "needed": 5, "mode": "after_n_paid"}
LIVE: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "tiers",
        {"levels": [{"key": "b", "name": "B", "from": 0}, {"key": "g", "name": "G", "from": 9_000_000}]},
    ),
    ("stamp_card", CARD),
    ("spend_credit", {"rate_bp": 300, "rounding_minor": 10}),
    ("points", {"step_minor": 10_000, "points_per_step": 1}),
)


def build(path: Path, sales: int) -> Service:
    """Make a shop with a year of one-line sales: 400 members, 40 prices."""
    service, chance = open_shop(path), Random(7)
    service.do(CreateShop(name="Bench", display_unit="toman"))
    for kind, params in LIVE:
        service.do(PublishProgramme(key=kind, kind=kind, name=kind, params=params))
    members = [service.do(EnrolMember(card=f"M{number}")).member for number in range(400)]
    with service.batch():
        for number in range(sales):
            line = SaleLine(text="x", unit_price_minor=chance.randrange(1, 41) * 50_000)
            at_ms = BEGIN_MS + SPAN_MS * number // sales
            service.do(
                ImportSale(sale_id=f"s{number}", member=chance.choice(members), lines=(line,), at_ms=at_ms)
            )
    return service


def timed(job: Callable[[], object]) -> float:
    began = process_time()
    job()
    return process_time() - began


def main(sales: int) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        service = build(Path(folder) / "shop.db", sales)
        days = ("2025-01-01", "2027-01-01")

        def tried(kind: str, params: dict[str, Any], **more: Any) -> Callable[[], object]:
            query = Simulate(kind=kind, params=params, from_=days[0], to=days[1], **more)
            return lambda: service.ask(query)

        evenings = {"schedule": {"hours": ["18:00-23:00"]}}
        daily = {"limits": {"per_member_day": 1}}
        jobs: dict[str, Callable[[], object]] = {
            "read only": lambda: sum(1 for _ in service._desk.store.reports.past_sales(*days)),
            "one card, other step": tried("stamp_card", {**CARD, "needed": 6}),
            "one discount by hours": tried("percent_off", {"rate_bp": 500, "lane": "member"}, when=evenings),
            "one card, every Nth": tried("stamp_card", {**CARD, "mode": "every_nth"}),
            "one card, days": tried("stamp_card", {**CARD, "count": "visit_days"}),
            "one discount, once a day": tried("percent_off", {"rate_bp": 500, "lane": "member"}, when=daily),
            "another club": tried("tiers", {"levels": [{"key": "b", "name": "B", "from": 1_000_000}]}),
            "the live ones": tried("stamp_card", CARD),
        }
        plain = 0.0
        for name, job in jobs.items():
            best = min(timed(job) for _ in range(3))
            plain = plain or best
            print(f"{name:24} {sales / best:10,.0f} sales/s   {best / plain:6.1f} × reading them")
        for name, query in (("tier report", TierReport(month="1404-10")), ("promises", Promises())):
            best = min(timed(lambda query=query: service.ask(query)) for _ in range(3))  # type: ignore[misc]
            print(f"{name:24} {best * 1000:10,.1f} ms")
        service.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
