"""A town's shop with years of sales behind it: `python -m tests.bench.big [--members N] [--sales N]`.

Rows are written straight into the tables by SQL, twenty million sales in some minutes. What is there is
real: postings with a record of one line, sales, days, lots and entries of points for two sales of five,
accounts, levels with their events (dealt by number, not by spend), and every counter of months and promises.
What is not: seals of the chain (each hash is a number), and of the records what only receipts read. So the
file is for measuring reports; an audit of it finds broken seals.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.months import keep_risks
from loyalty_pos.domain.dates import month_end
from loyalty_pos.store.store import SqliteStore
from tests.bench.crowd import FOLDER, NEWEST_MS, town_file

DAYS = 1_126  # 37 months
LEVELS = [
    {"key": "bronze", "name": "Bronze", "from": 0},
    {"key": "silver", "name": "Silver", "from": 40_000_000},
    {"key": "gold", "name": "Gold", "from": 120_000_000},
]
# Sale i was of member `who`: a few come often, most seldom, and each on other days than their neighbours.
_SALES = """
    CREATE TEMP TABLE sold AS
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sales})
    SELECT i, 1 + ({members} - 1) * x / 1000000 * x / 1000000 AS who, (i - 1) * {days} / {sales} AS d,
        (1 + (i * 7919) % 97) * 100000 AS net
    FROM (SELECT i, (i * 2654435761) % 1000003 % 1000000 AS x FROM n)"""
_LEVEL = "CASE WHEN {0} % 20 = 0 THEN 'gold' WHEN {0} % 4 = 0 THEN 'silver' ELSE 'bronze' END"
_RECORD = """
    '{"number":' || (NUMBER0 + i) || ',"receipt_no":null,"amount_mode":true,"lines":[[null,"",1,' || net
    || ',' || net || ',' || net || ',0]],"paid":{"credit_minor":0,"points":0,"points_minor":0},"earned":'
    || '[{"revision":1,"programme":"points","unit":"points","yielded":' || net / 10000
    || '}],"trace":[],"took":[]}'"""
_STEPS: tuple[tuple[str, str], ...] = (
    (
        "postings",
        f"""INSERT INTO posting SELECT SEQ0 + i, 'big-' || i, zeroblob(16), 'sale', who, 'counter', '1', 1,
        AT0 + d * 86400000, k.day, {_RECORD}, zeroblob(32), CAST(printf('%032d', SEQ0 + i) AS BLOB)
        FROM sold JOIN days k ON k.n = sold.d""",
    ),
    (
        "sales",
        """INSERT INTO sale SELECT SEQ0 + i, 'big-' || i, NUMBER0 + i, who, NULL, '1', k.day, net
        FROM sold JOIN days k ON k.n = sold.d""",
    ),
    (
        "days",
        """INSERT INTO member_day SELECT who, k.day, count(*), sum(net), sum(net / 10000)
        FROM sold JOIN days k ON k.n = sold.d GROUP BY 1, 2
        ON CONFLICT DO UPDATE SET sales = sales + excluded.sales,
        spend_minor = spend_minor + excluded.spend_minor, points = points + excluded.points""",
    ),
    (
        "states",
        """INSERT OR REPLACE INTO member_state SELECT member, sum(sales), sum(spend_minor), max(day)
        FROM member_day GROUP BY member""",
    ),
    (
        "accounts",
        """INSERT INTO account SELECT (SELECT max(id) FROM account) + m.id, m.id, 'points', '', 0, m.id
        FROM member m WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.member = m.id AND a.unit = 'points'
        AND a.programme = '')""",
    ),
    (
        "lots",
        """INSERT INTO lot SELECT LOT0 + i, a.id, SEQ0 + i, net / 10000, net / 10000, 0,
        CASE WHEN i % 5 = 0 THEN (SELECT jalali FROM days WHERE n = min(sold.d + 300, LAST)) END, 1
        FROM sold JOIN account a ON a.member = who AND a.unit = 'points' AND a.programme = ''
        WHERE i % 5 < 2""",
    ),
    (
        "entries",
        """INSERT INTO entry SELECT ENTRY0 + id, posting, account, id, amount, 'accrual', NULL FROM lot
        WHERE id > LOT0""",
    ),
    (
        "balances",
        """UPDATE account SET balance = s.have FROM (SELECT account, sum(left) AS have FROM lot
        GROUP BY account) s         WHERE s.account = account.id AND unit = 'points' AND programme = ''""",
    ),
    (
        "levels",
        f"""INSERT INTO tier_event SELECT min(posting), member, CLUB, NULL, {_LEVEL.format("member")}
        FROM sale WHERE posting > SEQ0 GROUP BY member""",
    ),
    ("standing", "INSERT OR REPLACE INTO standing SELECT member, programme, after, posting FROM tier_event"),
    ("moves", "DELETE FROM level_move"),
    (
        "moves again",
        """INSERT INTO level_move SELECT p.business_day, e.programme, ifnull(e.before, ''),
        ifnull(e.after, ''), count(*) FROM tier_event e JOIN posting p ON p.seq = e.posting
        GROUP BY 1, 2, 3, 4""",
    ),
    ("promises", "DELETE FROM promise_cell WHERE unit = 'points'"),
    (
        "promises again",
        """INSERT INTO promise_cell SELECT a.unit, a.programme, ifnull(l.expires_on, ''), 0, sum(l.amount),
        sum(l.left), 0 FROM lot l JOIN account a ON a.id = l.account WHERE a.unit = 'points'
        GROUP BY 1, 2, 3""",
    ),
    ("months", "DELETE FROM member_month"),
    *(
        (
            f"{calendar} months",
            f"""INSERT INTO member_month SELECT b.member, k.{calendar}, sum(b.sales), sum(b.spend_minor),
            0, 0, sum(b.points), {_LEVEL.format("b.member")}, '{{"points":[' || sum(b.sales) || ',0]}}'
            FROM member_day b JOIN days k ON k.day = b.day GROUP BY 1, 2""",
        )
        for calendar in ("jalali", "gregorian")
    ),
    ("cells", "DELETE FROM month_cell"),
    (
        "levels of months",
        """INSERT INTO month_cell SELECT ends_on, 'level', level, count(*), sum(purchases), sum(sales_minor),
        0, 0, sum(points) FROM member_month GROUP BY 1, 3""",
    ),
    (
        "what programmes gave",
        """INSERT INTO month_cell SELECT ends_on, k.kind, 'points', count(*), sum(purchases),
        sum(sales_minor), 0, 0, iif(k.kind = 'gave', sum(points), 0)
        FROM member_month, (SELECT 'gave' AS kind UNION ALL SELECT 'gave_points') k GROUP BY 1, 2""",
    ),
)
_LATER = (
    "posting_member", "posting_day", "sale_member", "sale_receipt", "sale_day", "lot_open", "lot_ending",
    "entry_posting", "entry_expiry", "entry_reverses", "member_month_top", "tier_event_member",
)  # fmt: skip


def big_file(
    members: int, sales: int, folder: Path = FOLDER, say: Callable[[str], object] = lambda text: None
) -> Path:
    """Return a big shop's file, made now unless an earlier run left it."""
    path = folder / f"big-{members}-{sales}.shop"
    if path.exists():
        return path
    town = town_file(members, members // 5, folder)
    half_made = path.with_suffix(".half")
    for left in folder.glob(half_made.name + "*"):
        left.unlink()
    shutil.copy(town, half_made)
    shutil.copy(f"{town}.key", f"{half_made}.key")
    service = bootstrap.open_shop(half_made)
    club = {"metric": "spend", "window_months": 12, "levels": LEVELS}
    service.do(PublishProgramme(key="club", kind="tiers", name="Club", params=club))
    service.close()
    _fill(half_made, members, sales, say)
    _keep_risks(half_made, say)
    for left in folder.glob(half_made.name + ".before*"):
        left.unlink()
    shutil.move(f"{half_made}.key", f"{path}.key")
    half_made.rename(path)
    for left in folder.glob(half_made.name + "*"):
        left.unlink()
    return path


def _fill(path: Path, members: int, sales: int, say: Callable[[str], object]) -> None:
    connection = apsw.Connection(str(path))
    execute: Any = connection.execute
    settings = {
        "journal_mode": "off", "synchronous": 0, "foreign_keys": 0, "cache_size": -3_000_000, "temp_store": 2,
    }  # fmt: skip
    for name, value in settings.items():
        execute(f"PRAGMA {name} = {value}").fetchall()
    triggers = execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    indexes = [
        execute("SELECT name, sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone() for name in _LATER
    ]
    for name, _ in triggers:
        execute(f"DROP TRIGGER {name}")
    for name, _ in indexes:
        execute(f"DROP INDEX {name}")
    newest = datetime.fromtimestamp(NEWEST_MS / 1000, UTC).date()
    days = [(newest - timedelta(days=DAYS - 1 - n)).isoformat() for n in range(DAYS)]
    execute("CREATE TEMP TABLE days (n INTEGER PRIMARY KEY, day TEXT UNIQUE, jalali TEXT, gregorian TEXT)")
    rows = [
        (n, day, month_end(day, "jalali", 0), month_end(day, "gregorian", 0)) for n, day in enumerate(days)
    ]
    connection.executemany("INSERT INTO days VALUES (?, ?, ?, ?)", rows)
    last = execute(
        "SELECT (SELECT max(seq) FROM posting), (SELECT max(number) FROM sale), (SELECT max(id) FROM lot),"
        " (SELECT max(id) FROM entry), (SELECT id FROM programme WHERE key = 'club')"
    ).fetchone()
    names = dict(zip(("SEQ0", "NUMBER0", "LOT0", "ENTRY0", "CLUB"), last, strict=True))
    names |= {"AT0": NEWEST_MS - (DAYS - 1) * 86_400_000, "LAST": DAYS - 1}
    steps = [("who bought what", _SALES.format(sales=sales, members=members, days=DAYS)), *_STEPS]
    with connection:
        for name, sql in steps:
            for placeholder, value in names.items():
                sql = sql.replace(placeholder, str(value))
            began = time.monotonic()
            execute(sql).fetchall()
            say(f"{name}: {time.monotonic() - began:,.0f} s")
        execute("DROP TABLE sold")
        began = time.monotonic()
        for _, sql in [*indexes, *triggers]:
            execute(sql)
        say(f"indexes: {time.monotonic() - began:,.0f} s")
        execute("UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM posting) WHERE name = 'posting'")
    execute("PRAGMA journal_mode = wal").fetchall()
    connection.close()


def _keep_risks(path: Path, say: Callable[[str], object]) -> None:
    """Let the program find who is at risk in the last two months."""
    began = time.monotonic()
    store = SqliteStore(path)
    desk = Desk(store, bootstrap.SystemClock(), bootstrap.SystemChance(), bootstrap.languages())
    newest = datetime.fromtimestamp(NEWEST_MS / 1000, UTC).date().isoformat()
    with store.transaction():
        for months_on in (-1, 0):
            keep_risks(desk, newest, months_on)
    store.checkpoint()
    store.close()
    say(f"who is at risk: {time.monotonic() - began:,.0f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a shop with years of sales, unless there is one.")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--sales", type=int, default=20_000_000)
    given = parser.parse_args()
    began = time.monotonic()
    path = big_file(given.members, given.sales, say=lambda text: print(text, flush=True))
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB after {time.monotonic() - began:,.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
