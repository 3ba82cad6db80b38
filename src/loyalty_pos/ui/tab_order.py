"""The order of Tab: as a page is read, which is the order of its layouts in either direction.

Qt's own order is that of making, and rows come and go here.
"""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QRadioButton, QScrollArea, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab comes to, in reading order; of radio buttons the chosen one stands for all."""
    return [each for each in _within(root) if _stops_at(each)]


def beside(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the stop after or before the one that has the keyboard, round the ends."""
    order = stops(root)
    if not order:
        return None
    if now in order:
        return order[(order.index(now) + (1 if forward else -1)) % len(order)]
    return _nearest(order, now, forward=forward) or order[0 if forward else -1]


def _nearest(order: list[QWidget], gone: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return a stop near one that was just hidden or disabled, so that the keyboard stays in its part."""
    outer = gone.parentWidget() if gone is not None else None
    while outer is not None:
        near = [each for each in order if outer.isAncestorOf(each)]
        if near:
            return near[0 if forward else -1]
        outer = outer.parentWidget()
    return None


def _stops_at(widget: QWidget) -> bool:
    if not (widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
        return False
    if widget.focusProxy() is not None:
        return False
    if isinstance(widget, QRadioButton) and not widget.isChecked():
        group = widget.group()
        return group is None or group.checkedButton() is None or widget.hasFocus()
    return True


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Go through a widget that is shown and what stands in it: no key waits for the pages behind."""
    if not widget.isVisible():
        return
    yield widget
    seen: set[QWidget] = set()
    layout = widget.layout()
    for child in _laid(layout) if layout is not None else ():
        seen.add(child)
        yield from _within(child)
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        yield from _within(inside)
        return
    for other in widget.children():
        # What is placed by hand, such as the line inside a painted field, comes after what is laid out.
        if isinstance(other, QWidget) and other not in seen and not other.isWindow():
            yield from _within(other)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """Go through the widgets of a layout, a grid line by line."""
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda number: cast(tuple[int, ...], layout.getItemPosition(number))[:2])
    for number in numbers:
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
