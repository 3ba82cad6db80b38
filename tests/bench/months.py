"""C: an owner's reports on a big shop, beside plain SQL over its sales and beside DuckDB's own table.

`python -m tests.bench.months` measures the biggest shop that `make bench-data` left. DuckDB is no part of the
program: where it is not installed, that is said. What the counters cost is measured in a sale of a small shop
with them and without, in one run.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import apsw

from loyalty_pos import bootstrap
from loyalty_pos.app import handlers_sales
from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.months import CALENDARS
from loyalty_pos.app.queries_reports import Promises, Rfm, TierReport
from loyalty_pos.app.service import Service
from loyalty_pos.domain.dates import add_days, month_end, month_key
from loyalty_pos.store.store import SqliteStore
from tests.bench.big import LEVELS
from tests.bench.crowd import FOLDER, NEWEST_MS
from tests.bench.rounds import Pair, measure
from tests.bench.shop import buyer, make_shop, sale

ROUNDS = 5
_KEPT = "FROM sale s LEFT JOIN voided v ON v.sale = s.posting WHERE v.sale IS NULL AND s.business_day"
PLAIN_TIERS = f"""
    WITH spent AS (
        SELECT s.member, sum(iif(s.business_day >= ?1, s.net_minor, 0)) AS now,
        sum(iif(s.business_day < ?3, s.net_minor, 0)) AS before,
        sum(s.business_day >= ?3) AS purchases, sum(iif(s.business_day >= ?3, s.net_minor, 0)) AS sales
        {_KEPT} BETWEEN ?2 AND ?4 GROUP BY s.member
    )
    SELECT (now >= 40000000) + (now >= 120000000), (before >= 40000000) + (before >= 120000000), count(*),
    sum(purchases > 0), sum(purchases), sum(sales) FROM spent GROUP BY 1, 2"""
"""Levels by what was spent, who moved, members, purchases and sales of a month: one pass over the sales."""
PLAIN_PROMISES = """
    SELECT a.unit, a.programme, l.expires_on, sum(l.left) FROM lot l JOIN account a ON a.id = l.account
    WHERE l.left > 0 AND (l.expires_on IS NULL OR l.expires_on >= ?) GROUP BY 1, 2, 3"""
PLAIN_RFM = """
    SELECT r, f, m, count(*), sum(spend) FROM (
        SELECT ntile(5) OVER (ORDER BY last_day, member) AS r, ntile(5) OVER (ORDER BY visits, member) AS f,
        ntile(5) OVER (ORDER BY spend, member) AS m, spend FROM {source}
    ) GROUP BY 1, 2, 3"""
_BY_SALES = """(SELECT s.member, max(s.business_day) AS last_day, count(*) AS visits,
    sum(s.net_minor) AS spend FROM sale s LEFT JOIN voided v ON v.sale = s.posting
    WHERE v.sale IS NULL GROUP BY s.member)"""


def bigs(folder: Path = FOLDER) -> list[tuple[int, int, Path]]:
    """Return the big shops that were made, the one with most sales last."""
    found = [(path.stem.split("-"), path) for path in folder.glob("big-*.shop")]
    return sorted((int(name[2]), int(name[1]), path) for name, path in found)


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median milliseconds of some calls, after one that warms up."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times) * 1_000


def reports(path: Path) -> list[tuple[str, float, str, float]]:
    """Time each report and what it is measured beside: name, ours, beside what, that."""
    service = bootstrap.open_shop(path)
    plain = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    plain.execute("PRAGMA cache_size = -1000000")
    day = datetime.fromtimestamp(NEWEST_MS / 1000, UTC).date().isoformat()
    found = []
    for calendar in CALENDARS:
        end = month_end(day, calendar, 0)
        first, start, before = (add_days(month_end(day, calendar, -back), 1) for back in (1, 13, 14))
        query = TierReport(month=month_key(end, calendar))
        ours = best(lambda query=query: service.ask(query), 20)  # type: ignore[misc]
        values = (start, before, first, end)
        raw = best(lambda values=values: plain.execute(PLAIN_TIERS, values).fetchall(), 1)  # type: ignore[misc]
        found.append((f"C1 tier report, {calendar} month", ours, "plain SQL over the sales", raw))
    ours = best(lambda: service.ask(Promises()), 20)
    raw = best(lambda: plain.execute(PLAIN_PROMISES, (day,)).fetchall(), 1)
    found.append(("C3 promises", ours, "plain SQL over the lots", raw))
    ours = best(lambda: service.ask(Rfm()))
    raw = best(lambda: plain.execute(PLAIN_RFM.format(source=_BY_SALES)).fetchall(), 1)
    found.append(("C2 RFM segments", ours, "plain SQL over the sales", raw))
    for name, duck in _duck(plain):
        pair = Pair(name, lambda _: service.ask(Rfm()), lambda _, duck=duck: duck(), 1)  # type: ignore[misc]
        for clock, said in ((time.perf_counter_ns, name), (time.process_time_ns, f"{name}, CPU")):
            (one,) = measure([pair], ROUNDS, clock)
            found.append(("C2 RFM segments", one.ours_p50_us / 1000, said, one.by_hand_p50_us / 1000))
    plain.close()
    service.close()
    return found


def _duck(plain: apsw.Connection) -> list[tuple[str, Callable[[], object]]]:
    """Put the members into a table of DuckDB's own, where it is installed."""
    try:
        import duckdb  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("DuckDB is not installed: RFM is not measured beside it.")
        return []
    duck: Any = duckdb.connect()
    duck.execute("CREATE TABLE buyers (member BIGINT, last_day VARCHAR, visits BIGINT, spend BIGINT)")
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        for row in plain.execute(
            "SELECT member, last_visit_day, visits, spend_minor FROM member_state WHERE visits > 0"
        ):
            file.write(",".join(str(value) for value in row) + "\n")
        file.flush()
        duck.execute(f"COPY buyers FROM '{file.name}'")
    duck.execute("ALTER TABLE buyers ALTER last_day TYPE DATE")

    def scored(threads: int) -> object:
        duck.execute(f"SET threads = {threads}")
        return duck.execute(PLAIN_RFM.format(source="buyers")).fetchall()

    return [(f"DuckDB's own table, {n} threads", lambda n=n: scored(n)) for n in (1, 2)]  # type: ignore[misc]


def table(found: Sequence[tuple[str, float, str, float]]) -> str:
    lines = [
        f"{name:32}{ours:10.2f} ms   {beside:28}{other:12.1f} ms   {other / ours:10,.1f} times faster"
        for name, ours, beside, other in found
    ]
    return "\n".join(lines)


NEW_TRIGGERS = (
    "lot_is_promised", "entry_moves_promise", "gift_card_moves_promise", "gift_card_void_moves_promise",
    "code_worth_is_promised", "code_use_moves_promise", "code_back_moves_promise", "code_void_moves_promise",
    "tier_event_moves_level",
)  # fmt: skip
NEW_INDEXES = ("member_state_last", "member_state_visits", "member_state_spend")


def _nothing(*_: object) -> None:
    """Stand where months are counted."""


class _Counter:
    """Count the statements a connection runs."""

    def __init__(self) -> None:
        self.statements = 0
        self._last = ""

    def __call__(self, cursor: object, sql: str, values: object) -> bool:
        self.statements += sql != self._last  # one statement over many rows is one
        self._last = sql
        return True


class Costs:
    """The same sales in two shops of the same members, of which one keeps no counters."""

    def __init__(self, folder: Path, members: int) -> None:
        self._members, self._clock = members, ""
        self.paths = [folder / name for name in ("with.shop", "without.shop")]
        for path in self.paths:
            service = make_shop(path, members)
            club = {"metric": "spend", "window_months": 12, "levels": LEVELS}
            service.do(PublishProgramme(key="club", kind="tiers", name="Club", params=club))
            service.close()
        self.stores = [SqliteStore(path) for path in self.paths]
        for kind, names in (("TRIGGER", NEW_TRIGGERS), ("INDEX", NEW_INDEXES)):
            for name in names:
                self.stores[1]._execute(f"DROP {kind} {name}", ())
        now, chance, words = bootstrap.SystemClock(), bootstrap.SystemChance(), bootstrap.languages()
        self.shops = [Service(Desk(store, now, chance, words)) for store in self.stores]
        self._noting = vars(handlers_sales)["note_sale"]

    def pair(self, clock: str) -> Pair:
        """Pair the sale with itself without counters; every clock needs sales of its own."""
        self._clock = clock
        name = f"B1 whole sale with all counters beside without, {clock}"
        return Pair(name, self.with_, self.without, 60, 1.3, self.tidy)

    def with_(self, call: int) -> None:
        self.shops[0].do(sale(f"{self._clock}-{call}", buyer(call * 7, self._members)))

    def without(self, call: int) -> None:
        vars(handlers_sales)["note_sale"] = _nothing
        try:
            self.shops[1].do(sale(f"{self._clock}-{call}", buyer(call * 7, self._members)))
        finally:
            vars(handlers_sales)["note_sale"] = self._noting

    def tidy(self) -> None:
        for shop in self.shops:
            shop.idle()

    def statements(self) -> tuple[int, int]:
        """Count the statements of one sale, with the counters and without."""
        counts = []
        for store, work in zip(self.stores, (self.with_, self.without), strict=True):
            counter = _Counter()
            store._connection.exec_trace = counter
            work(10_000_000)
            store._connection.exec_trace = None
            counts.append(counter.statements)
        return counts[0], counts[1]

    def close(self) -> None:
        for shop in self.shops:
            shop.close()


def costs(folder: str | None, rounds: int) -> None:
    """Say what all counters together cost a sale: statements, the clock on the wall, and the processor's."""
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-bench-", dir=folder) as made:
        shops = Costs(Path(made), 2_000)
        print("Statements of a sale with the counters and without: {} and {}".format(*shops.statements()))
        for clock, said in ((time.perf_counter_ns, "wall"), (time.process_time_ns, "CPU")):
            for one in measure([shops.pair(said)], rounds, clock):
                times = f"{one.ours_p50_us:,.0f} us beside {one.by_hand_p50_us:,.0f} us"
                print(f"{one.name}: {times}, ratio {one.ratio:.2f}, goal {one.goal}")
        shops.close()


def told(folder: Path = FOLDER) -> list[dict[str, object]]:
    """Print the reports of the biggest shop there is, and return them for the report's file."""
    found = []
    for sales, members, path in bigs(folder)[-1:]:
        print(f"Reports: {members:,} members and {sales:,} sales in {path}")
        measured = reports(path)
        print(table(measured))
        size: dict[str, object] = {"sales": sales, "members": members}
        names = ("name", "ours_ms", "beside", "other_ms")
        found = [{**size, **dict(zip(names, one, strict=True))} for one in measured]
    return found


def main() -> int:
    costs(None, ROUNDS)
    told()
    return 0


if __name__ == "__main__":
    sys.exit(main())
