"""Tab goes through a page as eyes do, also after parts of it were built anew."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

_Stop = tuple[QWidget, QWidget]


def tab_in_order(root: QWidget) -> None:
    """Let Tab visit what stands in a widget in the order of its layouts.

    Qt keeps the order in which widgets were made, so a row added later would come after everything else.
    """
    for (_, last), (first, _) in pairwise(_stops(root)):
        QWidget.setTabOrder(last, first)


def _stops(widget: QWidget | None) -> Iterator[_Stop]:
    """Find where Tab stops: the first widget and the last; an editor that hands on its focus moves whole."""
    if widget is None:
        return
    layout, proxy = widget.layout(), widget.focusProxy()
    inner = list(_laid(layout)) if layout is not None else []
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif proxy is not None and widget.isAncestorOf(proxy):
        yield widget, inner[-1][1] if inner else proxy
    else:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget, widget
        yield from inner


def _laid(layout: QLayout) -> Iterator[_Stop]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _laid(inner)
