"""Sales and quotes by either engine: a child process imports the compiled one, where there is one."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from loyalty_pos import bootstrap
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.queries import Audit
from loyalty_pos.app.service import Service
from loyalty_pos.store.store import SqliteStore
from tests import native
from tests.bench import by_hand as hand
from tests.bench import mixed, pricing, sales
from tests.bench.rounds import Measured, measure
from tests.bench.shop import make_shop


def measured(where: str | None, members: int, rounds: int, *, cpu_only: bool) -> list[Measured]:
    """Measure this engine on a new shop; rows only repeated go into copies, which no audit would like."""
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-bench-", dir=where) as folder:
        path = Path(folder) / "bench.shop"
        make_shop(path, members).close()
        for name in ("commits", "by-hand"):
            shutil.copy(path, path.with_name(name))
        store, commits = SqliteStore(path), SqliteStore(path.with_name("commits"))
        plain = hand.Hand(path.with_name("by-hand"))
        chance, now = bootstrap.SystemChance(), bootstrap.SystemClock()
        service = Service(Desk(store, now, chance, bootstrap.languages()))
        pairs = [
            *sales.pairs(service, commits, plain, members),
            pricing.pair("G quote of 10 lines x 30 programmes", 10, 30, 200, 1.2),
            mixed.pair(200),
        ]
        found = measure(pairs, rounds, time.thread_time_ns if cpu_only else time.perf_counter_ns)
        assert service.ask(Audit()).ok
        plain.close()
        commits.close()
        service.close()
        return found


def compiled(where: str | None, members: int, rounds: int, *, cpu_only: bool) -> list[Measured]:
    """Measure the compiled engine; an empty list when there is none of the sources as they are."""
    tree = native.compiled_tree()
    if tree is None:
        return []
    path = os.pathsep.join([str(tree), str(native.ROOT)])
    asked = json.dumps([where, members, rounds, cpu_only])
    given = [sys.executable, "-m", "tests.bench.engines", asked]
    environment = {**os.environ, "PYTHONPATH": path}
    told = subprocess.run(given, env=environment, check=True, capture_output=True, text=True).stdout
    return [Measured(**row) for row in json.loads(told)]


def main() -> int:
    where, members, rounds, cpu_only = json.loads(sys.argv[1])
    print(json.dumps([asdict(one) for one in measured(where, members, rounds, cpu_only=cpu_only)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
