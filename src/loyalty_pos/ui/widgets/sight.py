"""Scrolling to what matters."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from loyalty_pos.ui import theme


def bring_into_sight(widget: QWidget, around_px: int = 60) -> None:
    """Scroll whatever a widget stands in until all of it is seen, and as much around it where there is room.

    It need not have a place yet: what waits to be laid out is laid out first.
    """
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    around, outer = theme.px(around_px), widget.parentWidget()
    while outer is not None:
        inside = outer.widget() if isinstance(outer, QScrollArea) else None
        if isinstance(outer, QScrollArea) and inside is not None:
            if isinstance(widget, QLineEdit):  # of which Qt is content with the caret
                middle = widget.mapTo(inside, widget.rect().center())
                outer.ensureVisible(middle.x(), middle.y(), 0, widget.height() // 2 + 1 + around)
            else:
                outer.ensureWidgetVisible(widget, 0, around)
        outer = outer.parentWidget()
