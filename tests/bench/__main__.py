"""`python -m tests.bench`: how long a look-up, a sale and a quote take, beside the same work by hand.

It reports and judges nothing: milliseconds are the machine's, ratios are ours.
"""

import argparse
import json
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

import apsw

from tests import native
from tests.bench import engines, lookups, months, pricing, window
from tests.bench.crowd import town_file, towns
from tests.bench.rounds import Measured, measure

REPORT = Path("build/bench.json")


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", help="where the shop lies; a folder in memory leaves the disk out of it")
    parser.add_argument(
        "--cpu", action="store_true", help="count the processor's time alone: for a busy machine"
    )
    parser.add_argument("--keys", type=int, default=200, help="how many keys are pressed on either page")
    parser.add_argument("--frames", type=int, default=600, help="how far the members are scrolled")
    parser.add_argument("--starts", type=int, default=7, help="how often either window is started")
    given = parser.parse_args()
    clock = time.thread_time_ns if given.cpu else time.perf_counter_ns
    village = 10_000, town_file(10_000, 2_000)
    town = towns()[-1]
    print(f"Look-ups and typing: {town[0]:,} members in {town[1]}; `make bench-data` makes a million.")
    beside, flat = lookups.measured(town[::-1], village[::-1], given.rounds, clock)
    print(table(beside))
    print(f"{town[0]:,} members beside {village[0]:,}, the small shop in the place of by hand:")
    print(table(flat))
    typed = window.typing(town[1], town[0], given.keys)
    moved = window.moving(town[1], given.frames)
    started = window.starts(town_file(50_000, 10_000), given.starts)
    print(window.table(typed, started))
    studio = window.studio(given.keys)
    print(window.studio_table(studio))
    print(window.moved(moved))
    till = {"members": given.members, "rounds": given.rounds, "cpu_only": given.cpu}
    found = engines.measured(given.folder, **till)
    print(table(found))
    print("The same by the compiled engine:")
    compiled = engines.compiled(given.folder, **till)
    print(table(compiled) if compiled else native.NOT_COMPILED)
    grown = measure(pricing.growth(), given.rounds, clock)
    print("A quote with its whole trace, as programmes and lines grow:")
    print(table(grown))
    months.costs(given.folder, given.rounds)
    owner = months.told()
    REPORT.parent.mkdir(exist_ok=True)
    about = {
        "python": platform.python_version(),
        "sqlite": apsw.sqlite_lib_version(),
        "members": given.members,
        "rounds": given.rounds,
        "cpu_only": given.cpu,
    }
    sections = {"measured": [*beside, *found], "flat": flat, "growth": grown, "compiled": compiled}
    lists = {name: [asdict(one) for one in rows] for name, rows in sections.items()}
    report = {**about, "town": town[0], **lists, "typing": typed, "moving": moved, "starts": started}
    report["reports"] = owner
    report["studio"] = studio
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
