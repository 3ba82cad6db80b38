"""How long the studio takes to answer a key with sentence, live test and overlaps, and a page to come.

Run as a program of its own, over the demo shop. As in `typing_in_window` the clock starts when the scanner
lets go of a key and stops when the pass of the event loop that painted the last answer is over. Pages were
gone to once before they are timed, as in a window that has been open for a while.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from loyalty_pos import bootstrap
from loyalty_pos.app.demo import build_demo
from loyalty_pos.ui.application import Program, rests
from loyalty_pos.ui.collector import Collector
from loyalty_pos.ui.main_window import MainWindow
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from tests.bench.typing_in_window import PaintWatch, Typist, figures

PAGES = 5


@contextmanager
def demo_window(folder: Path) -> Iterator[tuple[QApplication, Program, MainWindow]]:
    """Open the window on a demo shop made anew."""
    path = folder / "demo.db"
    service = bootstrap.open_shop(path, actor="demo")
    build_demo(service, bootstrap.SystemClock().now_ms(), bootstrap.DEMO_SEED)
    service.close()
    app = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    program = Program(
        app, lambda: bootstrap.open_shop(path), bootstrap.languages(), bootstrap.MemorySettings()
    )
    collector = Collector(partial(rests, program))
    program.start()
    try:
        while program.window is None:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        program.window.resize(1366, 768)
        yield app, program, program.window
    finally:
        collector.stop()
        program.close()


def in_studio(typist: Typist, program: Program, window: MainWindow, keys: int) -> dict[str, float]:
    """Type and take back digits in a number of the first programme."""
    window.go_to("programmes")
    typist.rest(500)
    page = next(each for each in window.made if isinstance(each, ProgrammesPage))
    page._choose(page.list.items[0].key)
    typist.rest(500)
    row = next(row for row in page.editor.params.rows.values() if row.field.type == "number")
    assert row.editor is not None
    row.editor.focus_first()
    watch = PaintWatch(page.editor.side.trial)
    typist.times_ns, typist.cpu_ns = [], []
    for letter in islice(cycle("12\b\b3\b"), keys):
        typist.press(letter, lambda: program.dispatcher.idle, watch)
    return with_p95(typist)


def switching(typist: Typist, app: QApplication, window: MainWindow, times: int) -> dict[str, float]:
    """Go round the pages by their keys."""
    for number in range(1, PAGES + 1):
        control(window, number)
        typist.rest(500)
    typist.times_ns, typist.cpu_ns = [], []
    for number in islice(cycle(range(1, PAGES + 1)), times):
        began, cpu = time.perf_counter_ns(), time.process_time_ns()
        control(window, number)
        shown = window.stack.currentWidget()
        assert shown is not None
        watch = PaintWatch(shown)
        for _ in range(3):
            app.processEvents()
            if watch.painted:
                break
        typist.times_ns.append(time.perf_counter_ns() - began)
        typist.cpu_ns.append(time.process_time_ns() - cpu)
        typist.rest(60)
    return with_p95(typist)


def control(window: MainWindow, number: int) -> None:
    """Press Ctrl and a digit."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key(ord(str(number))), Qt.KeyboardModifier.ControlModifier, "")
        QApplication.sendEvent(window.windowHandle(), event)


def with_p95(typist: Typist) -> dict[str, float]:
    found = figures(typist)
    for prefix, times in (("", typist.times_ns), ("cpu_", typist.cpu_ns)):
        found[f"{prefix}p95_ms"] = quantiles(times, n=20)[18] / 1e6
    return found


def measured(keys: int) -> dict[str, dict[str, float]]:
    with (
        TemporaryDirectory(prefix="loyalty-pos-bench-") as folder,
        demo_window(Path(folder)) as (app, program, window),
    ):
        typist = Typist(app, window, program)
        typist.rest(1_000)
        return {
            "studio preview": in_studio(typist, program, window, keys),
            "page switch": switching(typist, app, window, max(40, keys)),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=120)
    print(json.dumps(measured(parser.parse_args().keys)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
