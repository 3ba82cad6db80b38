"""Going about in the window: frames while a town's members scroll by, page switches, and memory.

Run as a program of its own, for it must choose the platform before Qt begins. A frame is a step of the scroll
bar and everything the event loop does until nothing is left to do, the next page's arrival too. Memory is the
program's resident set after each round of visits to every page, in both languages.
"""

import argparse
import json
import os
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from loyalty_pos import bootstrap
from loyalty_pos.ui.application import Program, rests
from loyalty_pos.ui.collector import Collector
from loyalty_pos.ui.main_window import MainWindow
from loyalty_pos.ui.pages.members import MembersPage
from tests.bench.typing_in_window import Typist

ROUNDS = 3
STEP_ROWS = 3
WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def resident_mb() -> float:
    """Return the memory the program holds, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def scroll(app: QApplication, typist: Typist, window: MainWindow, frames: int) -> dict[str, float]:
    """Scroll down the list of members; every so many frames the next page is waited for, untimed."""
    window.go_to("members")
    page = next(each for each in window.made if isinstance(each, MembersPage))
    typist.rest(500)
    rows = page.people.table.rows
    bar, step = rows.verticalScrollBar(), STEP_ROWS * rows.sizeHintForRow(0)
    times: list[int] = []
    cpu: list[int] = []
    while len(times) < frames:
        if bar.value() == bar.maximum():
            typist.rest(0)
            app.processEvents()
        began, used = time.perf_counter_ns(), time.thread_time_ns()
        bar.setValue(bar.value() + step)
        app.processEvents()
        times.append(time.perf_counter_ns() - began)
        cpu.append(time.thread_time_ns() - used)
    listed = len(page.people.table.shown())
    return {
        "frames": len(times), "rows": listed,
        "cpu_p50_ms": median(cpu) / 1e6, "cpu_p99_ms": quantiles(cpu, n=100)[98] / 1e6,
        "p50_ms": median(times) / 1e6, "p99_ms": quantiles(times, n=100)[98] / 1e6,
    }  # fmt: skip


def visit(app: QApplication, typist: Typist, program: Program, window: MainWindow) -> dict[str, object]:
    """Visit every page, round after round, in both languages; time each switch until it is painted."""
    keys = ["counter", *(page.key for page in window.others)]
    switches: list[int] = []
    cpu: list[int] = []
    memory = []
    for number in range(ROUNDS):
        for language in ("fa", "en"):
            for key in keys:
                began, used = time.perf_counter_ns(), time.thread_time_ns()
                window.go_to(key)
                app.processEvents()
                if number:  # the first time a page is also made
                    switches.append(time.perf_counter_ns() - began)
                    cpu.append(time.thread_time_ns() - used)
                typist.rest(50)
            if language == "fa" or number < ROUNDS - 1:
                program.choose("language")
                typist.rest(50)  # another language is no switch of pages
        memory.append(round(resident_mb(), 1))
    return {
        "switch_p95_ms": quantiles(switches, n=20)[18] / 1e6,
        "cpu_switch_p95_ms": quantiles(cpu, n=20)[18] / 1e6,
        "memory_mb": memory,
    }


def measured(path: Path, frames: int) -> dict[str, object]:
    app = QApplication(sys.argv[:1])
    program = Program(
        app, lambda: bootstrap.open_shop(path), bootstrap.languages(), bootstrap.MemorySettings()
    )
    collector = Collector(partial(rests, program))
    program.start()
    try:
        while program.window is None:
            app.processEvents(WAIT)
        typist = Typist(app, program.window, program)
        typist.rest(1_000)
        found = visit(app, typist, program, program.window)
        collector.settle()
        return {**found, "scroll": scroll(app, typist, program.window, frames)}
    finally:
        collector.stop()
        program.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--frames", type=int, default=600)
    given = parser.parse_args()
    print(json.dumps(measured(given.path, given.frames)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
