"""A shop with a whole town in it: members, cards and enrolments written straight into the tables, then sales.

Everything is as the program would have left it, so an audit of the file holds; only the way there is short.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from json import loads
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos.app.ports import NewSale, Posting
from loyalty_pos.app.records import canonical
from loyalty_pos.domain.ledger import Movement, NewLot
from loyalty_pos.domain.text import search_key
from loyalty_pos.store.chain import KeyRing, Seal
from loyalty_pos.store.opening import PRAGMAS
from loyalty_pos.store.store import SqliteStore
from tests.bench.by_hand import Hand
from tests.bench.shop import card, found_shop, sale

FOLDER = Path("build/bench")
SEED = 1404
AT_A_TIME = 50_000
DAY_MS = 86_400_000
NEWEST_MS = 1_795_000_000_000
PATTERN = "pattern"

_FIRST = (
    "محمد علی حسین رضا مهدی امیر حسن سعید مجید حمید فاطمه زهرا مریم سارا مینا لیلا نرگس پریسا شیرین نازنین "
    "آرش کاوه بابک سیاوش بهرام فرهاد یلدا رویا ستاره مهسا نسرین پروین اکبر اصغر جواد کریم رحیم یوسف ایوب "
    "Sara Omid Dara Mina Reza Nina Anna Leon Kaveh Babak Parisa Nasrin"
)
_STEM = (
    "محمدی حسینی احمدی کریمی رضایی موسوی هاشمی صادقی جعفری قاسمی رحیمی ابراهیمی اکبری حیدری باقری نوری "
    "زارعی مرادی عباسی سلیمانی صالحی یوسفی امینی کاظمی رستمی شریفی بهرامی نظری طاهری غلامی فرهادی تهرانی "
    "شیرازی اصفهانی تبریزی یزدی کرمانی همدانی گیلانی کاشانی Karimi Rostami Tehrani Moradi Nouri Sharifi"
)
FIRST, STEM = _FIRST.split(), _STEM.split()
TAIL = ("", "", "", "نیا", "فر", "زاده", "پور", "نژاد", "دوست", "راد", "منش", "خواه")

_NAMED = "SELECT sql FROM sqlite_schema WHERE name = ?"
_LATER = ("person_last4", "person_name", "card_member", "posting_member")
"""Indexes that are built faster over rows that are there already."""


@dataclass(frozen=True, slots=True)
class Town:
    """Who lives in a shop's file; the same number is the same person in every file of the same size."""

    members: int

    @property
    def endings(self) -> int:
        """Return how many different last four digits there are: at least twenty people share each."""
        return max(1, min(10_000, self.members // 25))

    def phone(self, member: int) -> str:
        return f"+98912{member // self.endings:03}{member % self.endings:04}"

    def last_digits(self, member: int) -> str:
        return f"{member % self.endings:04}"

    def name(self, member: int) -> str:
        return _name(member)

    def ref(self, member: int) -> str:
        return f"{member:016x}"


def _name(member: int) -> str:
    chance = random.Random(member * 7919 + SEED)
    return f"{chance.choice(FIRST)} {chance.choice(STEM)}{chance.choice(TAIL)}"


@cache
def _key(word: str) -> str:
    return search_key(word)


def town_file(members: int, sales: int, folder: Path = FOLDER) -> Path:
    """Return a town's file, made now unless an earlier run left it."""
    path = folder / f"town-{members}-{sales}.shop"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half_made = path.with_suffix(".half")
        for old in folder.glob(half_made.name + "*"):
            old.unlink()
        make_town(half_made, members, sales)
        KeyRing(half_made).save_as(path.with_name(path.name + ".key"))
        half_made.rename(path)
        for left in folder.glob(half_made.name + "*"):
            left.unlink()
    return path


def make_town(path: Path, members: int, sales: int) -> None:
    """Make a shop of so many members, of whom `sales` bought something once."""
    service = found_shop(path)
    service.close()
    _settle(path, Town(members))
    _sell(path, members, sales)


def _settle(path: Path, town: Town) -> None:
    connection = apsw.Connection(str(path))
    execute: Any = connection.execute
    for name, value in [*PRAGMAS, ("cache_size", -200_000), ("synchronous", 0)]:
        execute(f"PRAGMA {name} = {value}")
    ((trigger,),) = execute(_NAMED, ("person_added",)).fetchall()
    indexes = [execute(_NAMED, (name,)).fetchall()[0][0] for name in _LATER]
    execute("DROP TRIGGER person_added")
    for name in _LATER:
        execute(f"DROP INDEX {name}")
    people = _people(town)
    postings = _enrolments(town, KeyRing(path), connection)
    while rows := list(islice(people, AT_A_TIME)):
        with connection:
            for table, part in zip(_INSERTS, zip(*rows, strict=True), strict=True):
                connection.executemany(table, part)
            connection.executemany(_POSTING, islice(postings, len(rows)))
        execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with connection:
        for statement in [*indexes, trigger]:
            execute(statement)
        for words in ("person_words", "person_parts"):
            execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")
            execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")
    execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


_INSERTS = (_insert("member", 4), _insert("person", 13), _insert("member_state", 4), _insert("card", 2))
_POSTING = _insert("posting", 13)


def _day(member: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=member % 700)).isoformat()


def _people(town: Town) -> Iterator[tuple[tuple[Any, ...], ...]]:
    for member in range(town.members):
        number, name = member + 1, town.name(member)
        key = " ".join(_key(word) for word in name.split())
        seen = NEWEST_MS - member * 7919 % 700 * DAY_MS - member
        yield (
            (number, town.ref(member), "individual", _day(member)),
            (number, name, key, town.phone(member), town.last_digits(member),
             None, "", "[]", "[]", "", 0, seen, "unknown"),
            (number, 0, 0, None),
            (card(member), number),
        )  # fmt: skip


def _enrolments(town: Town, keys: KeyRing, connection: apsw.Connection) -> Iterator[tuple[Any, ...]]:
    head: Any = connection.execute(
        "SELECT seq, epoch, hash FROM posting ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    seq, epoch, prev = head
    key = keys.key(epoch)
    assert key is not None
    for member in range(town.members):
        seq += 1
        ref, day = town.ref(member), _day(member)
        record = canonical({"member": ref, "kind": "individual"})
        seal = Seal(
            seq, f"enrol:{ref}", bytes(16), "enrolment", member + 1, "counter", "1", epoch,
            NEWEST_MS, day, record, (), (),
        )  # fmt: skip
        sealed = seal.hashed(key, prev)
        yield (
            seq, seal.key, seal.request_hash, seal.kind, seal.member, "counter", "1", epoch,
            NEWEST_MS, day, record, prev, sealed,
        )  # fmt: skip
        prev = sealed


def _sell(path: Path, members: int, sales: int) -> None:
    """Let people buy what the first one bought: the same rows, each sealed as a sale of their own."""
    service = found_shop(path, again=True)
    service.do(sale(PATTERN, card(0)))
    service.close()
    hand = Hand(path)
    rows = hand.rows_of(PATTERN)
    hand.close()
    posting, sold = rows.posting, rows.sale
    opens = {lot[0]: (-number, NewLot(*lot[5:])) for number, lot in enumerate(rows.lots, 1)}
    movements = tuple(
        Movement(rows.accounts[account], amount, kind, *opens.get(lot, (None, None)))
        for _, _, account, lot, amount, kind, _ in rows.entries
    )
    like = Posting(
        "", posting[2], "sale", None, posting[5], posting[6], posting[8], posting[9], "", movements
    )
    points = sum(one["yielded"] for one in loads(posting[10])["earned"] if one["unit"] == "points")
    store = SqliteStore(path)
    buyers = range(1, min(sales, members), 1)
    step = max(1, members // max(1, sales))
    with store.transaction():
        for number, buyer in enumerate(buyers, 2):
            member, key = buyer * step + 1, f"sale-{buyer}"
            record = posting[10].replace(f'"number":{sold[2]},', f'"number":{number},', 1)
            seq = store.ledger.append(replace(like, key=key, member=member, record=record))
            store.sales.add(NewSale(key, number, member, sold[4], sold[5], sold[6], sold[7], posting[8]), seq)
            store.members.move_state(member, 1, sold[7], sold[6], posting[8])
            store.standings.move(member, sold[6], 1, sold[7], points)
        store._execute("UPDATE month_count SET done = 0", ())
    store.close()
    service = found_shop(path, again=True)  # counts the months
    service.idle()
    service.close()


def towns(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Return the towns that were made, the smallest first."""
    return sorted((int(path.stem.split("-")[1]), path) for path in folder.glob("town-*.shop"))


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a town to measure look-ups in, unless there is one.")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--sales", type=int, help="by default one for every five members")
    given = parser.parse_args()
    began = time.monotonic()
    sales = given.members // 5 if given.sales is None else given.sales
    path = town_file(given.members, sales)
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB after {time.monotonic() - began:,.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
