"""One look for the whole program: type scale, palette and the only style sheet.

Colours are read while painting and lengths in `dress()`, by `space` or by `hold`, so a change of look reaches
every living widget.
"""

from functools import lru_cache

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from loyalty_pos.app.settings import SCALES as SCALES
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import fonts
from loyalty_pos.ui.sheet import sheet
from loyalty_pos.ui.tokens import DARK, LIGHT

TYPE: dict[str, tuple[int, int]] = {
    "caption": (12, 500),
    "secondary": (13, 500),
    "body": (14, 500),
    "input": (15, 500),
    "section": (17, 600),
    "name": (20, 700),
    "tile": (24, 700),
    "kpi": (30, 700),
    "amount": (40, 700),
    "total": (48, 700),
    "customer": (64, 700),
}
_WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a person may choose about the screen. `scale_percent` is one of SCALES."""

    dark: bool = False
    rtl: bool = True
    scale_percent: int = 100
    touch: bool = False
    motion: bool = True


class _Now:
    """The look that is on."""

    look = Look()
    sheet = ""


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole program, now and again whenever the look changes."""
    if look.scale_percent not in SCALES:
        raise ValueError(look.scale_percent)
    fonts.load()
    _Now.look = look
    color.cache_clear()
    font.cache_clear()
    # Once a sheet is on, the style no longer tells its name; setting it again would undress every widget.
    if not app.styleSheet() and app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette())
    app.setFont(font("body"))
    direction = Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight
    app.setLayoutDirection(direction)
    wanted = sheet(DARK if look.dark else LIGHT, px)
    if wanted != _Now.sheet or app.styleSheet() != wanted:
        _Now.sheet = wanted
        app.setStyleSheet(wanted)
    # Last, because polishing for a new sheet gives labels back the font they had before it.
    everything = app.allWidgets()
    for widget in everything:
        _measure(widget)
    for widget in everything:  # what a widget gives its parts itself comes after what they were given
        if isinstance(widget, Dressed):
            widget.dress_now()
            widget.updateGeometry()
            widget.update()


def look() -> Look:
    """Return the look that is on."""
    return _Now.look


@lru_cache(maxsize=128)
def color(token: str) -> QColor:
    """Return the colour a token has now; read it while painting, never keep or change it."""
    return QColor((DARK if _Now.look.dark else LIGHT)[token])


def px(value: float) -> int:
    """Scale a length given at 100 %; hairlines stay."""
    return max(1, round(value * _Now.look.scale_percent / 100)) if value > 0 else 0


def target(value: float) -> int:
    """Scale the height of something a finger hits; touch lifts 36 and 40 to 48."""
    return px(max(value, 48) if _Now.look.touch and value >= 36 else value)


_GAP, _EDGES, _HELD = "gap", "edges", "held"


def space(layout: QLayout, gap: float = 0, edges: float | tuple[float, float, float, float] = 0) -> None:
    """Give a layout its gap and edges (one, or left, top, right, bottom) at 100 %; they follow the scale."""
    layout.setProperty(_GAP, gap)
    layout.setProperty(_EDGES, list(edges) if isinstance(edges, tuple) else [edges] * 4)
    _space_now(layout)


def hold(
    widget: QWidget,
    *,
    width: float | None = None,
    most_width: float | None = None,
    height: float | None = None,
) -> None:
    """Fix a width, or limit one, or set a least height, at 100 %; they follow the scale."""
    widget.setProperty(_HELD, [width or 0, most_width or 0, height or 0])
    _hold_now(widget)


def _space_now(layout: QLayout) -> None:
    edges = layout.property(_EDGES)
    if edges is not None:
        left, top, right, bottom = (px(edge) for edge in edges)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(px(layout.property(_GAP)))


def _hold_now(widget: QWidget) -> None:
    held = widget.property(_HELD)
    if held is None:
        return
    width, most, height = held
    if width:
        widget.setFixedWidth(px(width))
    if most:
        widget.setMaximumWidth(px(most))
    if height:
        widget.setMinimumHeight(target(height))


def _measure(widget: QWidget) -> None:
    """Take the lengths of a widget and of its layouts anew."""
    _hold_now(widget)
    layout = widget.layout()
    if layout is not None:
        for each in (layout, *layout.findChildren(QLayout)):
            _space_now(each)


@lru_cache(maxsize=64)
def font(role: str, weight: int | None = None) -> QFont:
    """Return the font of a type-scale role (a key of TYPE), in another weight (400..700) if given."""
    size, usual = TYPE[role]
    made = QFont(fonts.FAMILY)
    made.setPixelSize(px(size))
    made.setWeight(_WEIGHTS[usual if weight is None else weight])
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


def _palette() -> QPalette:
    """Return every role, so that nothing is left to the system."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    tokens = {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "inset",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_primary",
        role.Highlight: "primary",
        role.HighlightedText: "on_primary",
        role.ToolTipBase: "text",
        role.ToolTipText: "bg",
        role.PlaceholderText: "text3",
        role.Link: "primary",
        role.LinkVisited: "vip",
        role.Accent: "primary",
        role.Light: "surface",
        role.Midlight: "inset",
        role.Mid: "line",
        role.Dark: "line_strong",
        role.Shadow: "line_strong",
    }
    made = QPalette()
    for each, token in tokens.items():
        made.setColor(each, color(token))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, each, color("text3"))
    return made


class Dressed:
    """Let a widget follow the look: `dress()` sets fonts and lengths and runs again after every change.

    Stands before the Qt class among the bases; the constructor ends with `dress_now()`.
    """

    _is_dressed = False

    def dress(self) -> None:
        """Set what depends on scale, touch or direction."""

    def dress_now(self) -> None:
        """Dress for the look of now."""
        self._is_dressed = True
        self.dress()

    def changeEvent(self, event: QEvent) -> None:
        if self._is_dressed and event.type() == QEvent.Type.LayoutDirectionChange:
            self.dress_now()
            if isinstance(self, QWidget):
                self.update()
        super().changeEvent(event)  # type: ignore[misc]  # the Qt class that follows


def repolish(widget: QWidget) -> None:
    """Let the sheet see a property that has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_prop(widget: QWidget, name: str, value: str) -> None:
    """Set a property the sheet selects by (`k`, `c`), at no cost when it is so already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)
