"""Garbage is collected on the main thread, from the event loop, and nowhere else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.ui.collector import Collector


class Knot:
    """A cycle that only a collection can free."""

    def __init__(self, widget: QWidget) -> None:
        self.widget, self.itself = widget, self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()


def test_nothing_is_collected_while_other_threads_allocate(collector: Collector, qapp: QApplication) -> None:
    knot = weakref.ref(Knot(QWidget()))
    worker = threading.Thread(target=lambda: [[{}] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert knot() is not None
    collector.collect()
    assert knot() is None


def test_what_lives_at_the_start_is_left_out_of_later_collections(collector: Collector) -> None:
    collector.settle()
    assert gc.get_freeze_count() > 0


def test_stopping_gives_collection_back(qapp: QApplication) -> None:
    made = Collector()
    made.settle()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
