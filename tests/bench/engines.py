"""Quotes by the compiled engine: a child process imports it, where `make native` has compiled one."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict

from tests import native
from tests.bench import mixed, pricing
from tests.bench.rounds import Measured, Pair, measure


def pairs() -> list[Pair]:
    """Return the quotes that are told of either engine."""
    return [pricing.pair("G quote of 10 lines x 30 programmes", 10, 30, 200, 1.2), mixed.pair(200)]


def compiled(rounds: int, cpu_only: bool) -> list[Measured]:
    """Measure the compiled engine; an empty list when there is none of the sources as they are."""
    tree = native.compiled_tree()
    if tree is None:
        return []
    path = os.pathsep.join([str(tree), str(native.ROOT)])
    given = [sys.executable, "-m", "tests.bench.engines", str(rounds), str(int(cpu_only))]
    environment = {**os.environ, "PYTHONPATH": path}
    told = subprocess.run(given, env=environment, check=True, capture_output=True, text=True).stdout
    return [Measured(**row) for row in json.loads(told)]


def main() -> int:
    rounds, cpu_only = int(sys.argv[1]), bool(int(sys.argv[2]))
    clock = time.thread_time_ns if cpu_only else time.perf_counter_ns
    print(json.dumps([asdict(one) for one in measure(pairs(), rounds, clock)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
