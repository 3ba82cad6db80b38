"""Labels that keep their side and order whatever script stands in them."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme

Align = Literal["start", "end", "center", "number"]


class Tx(theme.Dressed, QLabel):
    """Show text in a role of the type scale and a colour token, safe in both directions."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "text",
        *,
        weight: int | None = None,
        align: Align = "start",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = text
        self._role, self._weight, self._align = role, weight, align
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("c", color)
        self.setAccessibleName(bidi.strip(text))
        self.dress_now()

    def dress(self) -> None:
        self.setFont(theme.font(self._role, self._weight))
        self.setAlignment(bidi.alignment(self._align, paint.is_rtl(self)) | Qt.AlignmentFlag.AlignVCenter)
        self._show()

    def _show(self) -> None:
        super().setText(bidi.led(self._said, paint.is_rtl(self)))

    def setText(self, text: str) -> None:
        if text != self._said:
            self._said = text
            self._show()
        self.setAccessibleName(bidi.strip(text))

    def set_color(self, token: str) -> None:
        """Change the colour token."""
        theme.set_prop(self, "c", token)

    def set_role(self, role: str, weight: int | None = None) -> None:
        """Change the role in the type scale."""
        self._role, self._weight = role, weight
        self.dress_now()

    def said(self) -> str:
        """Return the text as it was given, without the marks added for display."""
        return self._said


class Elide(Tx):
    """Cut the text with an ellipsis when there is no room; tooltip and accessible name keep all of it."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "text",
        *,
        weight: int | None = None,
        align: Align = "start",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, color, weight=weight, align=align, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def is_cut(self) -> bool:
        """Return whether letters are missing on screen."""
        return bool(self._said) and self._shown() != self._said

    def _shown(self) -> str:
        return QFontMetrics(self.font()).elidedText(self._said, paint.ELLIPSIS, max(0, self.width()))

    def _show(self) -> None:
        shown = self._shown()
        QLabel.setText(self, bidi.led(shown, paint.is_rtl(self)))
        self.setToolTip(bidi.strip(self._said) if shown != self._said else "")

    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(paint.width_of(self._said, self.font()), paint.height_of(self.font()))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(40)), self.sizeHint().height())
