"""Going about in the window: frames while a town's members scroll by, page switches, and memory.

Run as a program of its own, for it must choose the platform before Qt begins. Of a frame is kept how
long after its time it was painted, so that whatever the event loop had to do before counts, rows that arrive
too. Memory is the program's resident set after each round of visits to every page, in both languages.
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

import apsw
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from loyalty_pos import bootstrap
from loyalty_pos.ui.ahead import Ahead
from loyalty_pos.ui.application import Program, rests
from loyalty_pos.ui.collector import Collector
from loyalty_pos.ui.main_window import MainWindow
from loyalty_pos.ui.pages.members import MembersPage
from loyalty_pos.ui.widgets import MemberTable
from tests.bench.typing_in_window import Typist

ROUNDS, WARM = 8, 5
"""At first a large file's pages fill SQLite's cache, which has a bound; then nothing grows."""
FRAME_NS = 16_666_667
WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def resident_mb() -> float:
    """Return the memory the program holds, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Scroller:
    """Go through the list of all members as people do, a frame at a time, 60 frames a second."""

    def __init__(self, app: QApplication, typist: Typist, table: MemberTable) -> None:
        self._app, self._typist, self._table = app, typist, table
        self._rows, self._bar = table.rows, table.rows.verticalScrollBar()
        self.late_ns: list[int] = []
        self.cpu_ns: list[int] = []

    def go(self, number: int) -> None:
        """Turn the wheel; now and then press Page Down, or drag the bar far away, or go to the very end."""
        if number % 50 == 49:
            self._typist.send("End")
        elif number % 20 == 19:
            self._bar.setValue(self._bar.maximum() * (number * 7919 % 1000) // 1000)
        elif number % 7 == 6:
            self._typist.send("PageDown" if number % 2 else "PageUp")
        else:
            self._wheel()

    def _wheel(self) -> None:
        where = QPointF(self._rows.viewport().rect().center())
        turned = QWheelEvent(
            where, self._rows.viewport().mapToGlobal(where), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self._rows.viewport(), turned)

    def frames(self, count: int) -> None:
        """Move at every frame's time; keep when it was painted, and the processor's time until the next."""
        wait, timer, clock = QEventLoop(), QTimer(), time.perf_counter_ns
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.timeout.connect(wait.quit)
        due, used = clock() + FRAME_NS, time.thread_time_ns()
        for number in range(count):
            timer.start(max(0, (due - clock()) // 1_000_000))
            wait.exec()
            while clock() < due:
                pass
            self.go(number)
            self._app.processEvents()
            ended, used_by_now = clock(), time.thread_time_ns()
            self.late_ns.append(ended - due)
            self.cpu_ns.append(used_by_now - used)
            due, used = max(due + FRAME_NS, ended), used_by_now

    def far(self, times: int) -> list[int]:
        """Drag the bar far away and keep how long it takes until everybody in sight is there."""
        found = []
        for number in range(times):
            began = time.perf_counter_ns()
            self._bar.setValue(self._bar.maximum() * (number * 7907 % 1000) // 1000)
            while self._table.missing() is not None:
                self._app.processEvents(WAIT)
            found.append(time.perf_counter_ns() - began)
            self._typist.rest(50)
        return found


def scroll(typist: Typist, app: QApplication, window: MainWindow, frames: int) -> dict[str, float]:
    """Scroll through all members."""
    window.go_to("members")
    page = next(each for each in window.made if isinstance(each, MembersPage))
    typist.rest(500)
    table = page.people.table
    scroller = Scroller(app, typist, table)
    scroller.frames(frames)
    late, cpu = scroller.late_ns, scroller.cpu_ns
    typist.rest(500)
    return {
        "frames": frames, "rows": page.people.view.total if page.people.view else 0,
        "kept": len(table.records), "far_p95_ms": quantiles(scroller.far(40), n=20)[18] / 1e6,
        "cpu_p50_ms": median(cpu) / 1e6, "cpu_p99_ms": quantiles(cpu, n=100)[98] / 1e6,
        "p50_ms": median(late) / 1e6, "p99_ms": quantiles(late, n=100)[98] / 1e6,
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
        "grown_mb": round(memory[-1] - memory[WARM - 1], 1),
        "pages_of_the_file_mb": round(apsw.memory_used() / 1e6, 1),
    }


def made_ahead(typist: Typist, ahead: Ahead) -> float:
    """Make the pages as an open window does when nobody works; return how long the longest step took, CPU."""
    done: list[bool] = []
    ahead.done.connect(lambda: done.append(True))
    longest = 0
    while not done:
        used = time.thread_time_ns()
        ahead.step()
        longest = max(longest, time.thread_time_ns() - used)
        typist.rest(0)
    return longest / 1e6


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
        ahead = Ahead(lambda: program.window, lambda: True)
        longest = made_ahead(typist, ahead)
        found = visit(app, typist, program, program.window)
        collector.settle()
        found["longest_step_ms"] = longest
        return {**found, "scroll": scroll(typist, app, program.window, frames)}
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
