"""Garbage is collected on the main thread, from the event loop, and nowhere else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.ui.collector import IN_A_ROW, Collector


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


def test_no_collection_begins_by_itself_even_after_the_end(qapp: QApplication) -> None:
    gc.enable()
    made = Collector()
    made.settle()
    assert not gc.isenabled()
    made.stop()
    assert not gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_while_somebody_works_only_what_is_new_is_looked_at(qapp: QApplication) -> None:
    working = True
    made = Collector(lambda: not working)
    made.settle()
    old = weakref.ref(kept := Knot(QWidget()))
    gc.collect()  # it has lived through a look at everything, so it is no longer new
    del kept
    new = weakref.ref(Knot(QWidget()))
    made.collect()
    assert (new() is None, old() is None) == (True, False)
    working = False
    made.collect()
    assert old() is None
    made.stop()


def test_somebody_who_never_rests_is_disturbed_once_in_a_while(qapp: QApplication) -> None:
    made = Collector(lambda: False)
    made.settle()
    old = weakref.ref(kept := Knot(QWidget()))
    gc.collect()
    del kept
    for _ in range(IN_A_ROW):
        made.collect()
    assert old() is not None
    made.collect()
    assert old() is None
    made.stop()
