"""`python -m tests.bench`: how long a look-up, a sale and a quote take, beside the same work by hand.

It reports and judges nothing: milliseconds are the machine's, ratios are ours.
"""

import argparse
import json
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import apsw

from loyalty_pos import bootstrap
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.queries import Audit, Identify
from loyalty_pos.app.service import Service
from loyalty_pos.store.store import SqliteStore
from tests.bench import by_hand as hand
from tests.bench import pricing, sales
from tests.bench.rounds import Measured, Pair, measure
from tests.bench.shop import card, make_shop, phone

REPORT = Path("build/bench.json")


def lookups(store: SqliteStore, service: Service, plain: hand.Hand, members: int) -> list[Pair]:
    """A1, A2: people by card, phone, last digits and name."""
    people = store.members

    def some(call: int) -> int:
        return call * 7919 % members

    return [
        Pair(
            "A1 look-up by phone, object included",
            lambda call: people.by_phone(phone(some(call))),
            lambda call: plain.people(hand.BY_PHONE, phone(some(call))),
            400,
            1.3,
        ),
        Pair(
            "A1 look-up by card, object included",
            lambda call: people.by_card(card(some(call))),
            lambda call: plain.people(hand.BY_CARD, card(some(call))),
            400,
            1.3,
        ),
        Pair(
            "A1 identify by card, whole view",
            lambda call: service.ask(Identify(text=card(some(call)))),
            lambda call: plain.whole_member(hand.BY_CARD, card(some(call))),
            150,
        ),
        Pair(
            "A1 identify by phone, whole view",
            lambda call: service.ask(Identify(text=phone(some(call)))),
            lambda call: plain.whole_member(hand.BY_PHONE, phone(some(call))),
            150,
        ),
        Pair(
            "A2 look-up by last 4 digits",
            lambda call: people.by_last_digits(f"{some(call) % 10_000:04}", 20),
            lambda call: plain.people(hand.BY_LAST4, f"{some(call) % 10_000:04}"),
            200,
            1.3,
        ),
        Pair(
            "A2 look-up by a name's first letters",
            lambda call: people.by_name(("mina", "reza", "sara", "omid")[call % 4], 20),
            lambda call: plain.people(hand.BY_WORD, f'"{("mina", "reza", "sara", "omid")[call % 4]}"*'),
            60,
            1.3,
        ),
    ]


def quotes() -> list[Pair]:
    """G: ten lines under thirty programmes."""
    goods, live = pricing.basket(), pricing.programmes()
    ours, loop = pricing.by_engine(goods, live), pricing.by_loop(goods, live)
    assert pricing.answer_of(ours(0)) == loop(0), "the loop by hand answers something else"
    return [Pair("G quote of 10 lines x 30 programmes", ours, loop, 200, 3.0)]


def table(found: list[Measured]) -> str:
    head = f"{'us per call':44}{'ours p50':>10}{'p99':>9}{'by hand p50':>13}{'p99':>9}{'ratio':>8}{'goal':>7}"
    head += f"{'p99/p50':>9}"
    lines = [
        f"{one.name:44}{one.ours_p50_us:10.1f}{one.ours_p99_us:9.1f}{one.by_hand_p50_us:13.1f}"
        f"{one.by_hand_p99_us:9.1f}{one.ratio:8.2f}{one.goal if one.goal else '':>7}"
        f"{one.ours_p99_us / one.ours_p50_us:9.2f}"
        for one in found
    ]
    return "\n".join([head, *lines])


def measured(path: Path, members: int, rounds: int, clock: Callable[[], int]) -> list[Measured]:
    """Measure on the shop at `path`; rows only repeated go into copies, which no audit would like."""
    for name in ("commits", "by-hand"):
        shutil.copy(path, path.with_name(name))
    store, commits = SqliteStore(path), SqliteStore(path.with_name("commits"))
    plain = hand.Hand(path.with_name("by-hand"))
    chance, now = bootstrap.SystemChance(), bootstrap.SystemClock()
    service = Service(Desk(store, now, chance, bootstrap.languages()))
    pairs = [
        *lookups(store, service, plain, members),
        *sales.pairs(service, commits, plain, members),
        *quotes(),
    ]
    found = measure(pairs, rounds, clock)
    assert service.ask(Audit()).ok
    plain.close()
    commits.close()
    service.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", help="where the shop lies; a folder in memory leaves the disk out of it")
    parser.add_argument(
        "--cpu", action="store_true", help="count the processor's time alone: for a busy machine"
    )
    given = parser.parse_args()
    clock = time.thread_time_ns if given.cpu else time.perf_counter_ns
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-bench-", dir=given.folder) as folder:
        path = Path(folder) / "bench.shop"
        make_shop(path, given.members).close()
        found = measured(path, given.members, given.rounds, clock)
    print(table(found))
    REPORT.parent.mkdir(exist_ok=True)
    about = {
        "python": platform.python_version(),
        "sqlite": apsw.sqlite_lib_version(),
        "members": given.members,
        "rounds": given.rounds,
        "cpu_only": given.cpu,
    }
    REPORT.write_text(json.dumps({**about, "measured": [asdict(one) for one in found]}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
