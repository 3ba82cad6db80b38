"""The one style sheet, generated from the tokens; widgets are told apart by the properties `k` and `c`."""

from collections.abc import Callable, Mapping

_SURFACES = {
    "card": ("surface", "line", 14),
    "inset": ("inset", "line", 12),
    "reward": ("reward_soft", "reward_line", 12),
    "gain": ("gain_soft", "gain_soft", 12),
    "danger": ("danger_soft", "danger_soft", 12),
    "info": ("info_soft", "info_soft", 12),
    "primary": ("primary_soft", "primary_soft", 12),
    "toast": ("toast", "toast", 14),
}
# kind: ground, ground under the pointer, ground pressed, border
_BUTTONS = {
    "primary": ("primary", "primary_hover", "primary_press", "primary"),
    "soft": ("primary_soft", "primary_soft", "sunken", "primary_soft"),
    "outline": ("surface", "inset", "sunken", "line_strong"),
    "ghost": ("transparent", "sunken", "sunken", "transparent"),
    "danger": ("danger", "danger", "danger", "danger"),
    "toast": ("toast_button", "toast_button", "toast", "toast_button"),
    "key": ("surface", "inset", "sunken", "line"),
    "key2": ("sunken", "sunken", "line", "sunken"),
}


def sheet(tokens: Mapping[str, str], px: Callable[[float], int]) -> str:
    """Return the sheet for a token map and a scale."""
    t = {**tokens, "transparent": "transparent"}
    return "\n".join((*_labels(t), *_surfaces(t, px), *_buttons(t, px), *_fields(t, px), *_stock(t, px)))


def _labels(t: Mapping[str, str]) -> list[str]:
    return [f'QLabel[c="{name}"] {{ color: {value}; }}' for name, value in t.items()]


def _surfaces(t: Mapping[str, str], px: Callable[[float], int]) -> list[str]:
    return [
        f'QFrame[k="{name}"] {{ background: {t[ground]}; border: 1px solid {t[line]};'
        f" border-radius: {px(radius)}px; }}"
        for name, (ground, line, radius) in _SURFACES.items()
    ] + [
        f'QFrame[k="rail"] {{ background: {t["rail"]}; border: none; }}',
        f'QFrame[k="bar"] {{ background: {t["surface"]}; border: none;'
        f" border-bottom: 1px solid {t['line']}; }}",
        f'QFrame[k="foot"] {{ background: {t["surface"]}; border: none;'
        f" border-top: 1px solid {t['line']}; }}",
        f'QFrame[k="training"] {{ background: {t["reward_soft"]}; border: none;'
        f" border-bottom: 2px solid {t['reward_line']}; }}",
        f'QFrame[k="rule"] {{ background: {t["line"]}; border: none; }}',
        f'QFrame[k="track"] {{ background: {t["sunken"]}; border: none; border-radius: {px(10)}px; }}',
        'QScrollArea[k="clear"], QWidget[k="clear"] { background: transparent; border: none; }',
    ]


def _buttons(t: Mapping[str, str], px: Callable[[float], int]) -> list[str]:
    rules = []
    for kind, (ground, over, down, line) in _BUTTONS.items():
        each = f'QAbstractButton[k="{kind}"]'
        rules += [
            f"{each} {{ background: {t[ground]}; border: 1px solid {t[line]};"
            f" border-radius: {px(12)}px; padding: 0; }}",
            f"{each}:hover {{ background: {t[over]}; }}",
            f"{each}:pressed {{ background: {t[down]}; }}",
            f"{each}:disabled {{ background: {t['sunken']}; border-color: {t['sunken']}; }}",
        ]
    return rules


def _fields(t: Mapping[str, str], px: Callable[[float], int]) -> list[str]:
    return [
        f"QLineEdit {{ background: {t['surface']}; color: {t['text']}; border: 1px solid {t['line_strong']};"
        f" border-radius: {px(10)}px; padding: 0 {px(12)}px; min-height: {px(42)}px;"
        f" selection-background-color: {t['primary']}; selection-color: {t['on_primary']};"
        f" placeholder-text-color: {t['text3']}; }}",
        f'QLineEdit[k="wrong"] {{ border: 2px solid {t["danger"]}; }}',
        f"QLineEdit:focus {{ border: 2px solid {t['primary']}; }}",
        f"QComboBox QAbstractItemView {{ background: {t['surface']}; color: {t['text']};"
        f" selection-background-color: {t['primary_soft']}; selection-color: {t['on_primary_soft']}; }}",
        'QLineEdit[k="bare"], QLineEdit[k="bare"]:focus { background: transparent; border: none;'
        " padding: 0; min-height: 0; }",
    ]


def _stock(t: Mapping[str, str], px: Callable[[float], int]) -> list[str]:
    bar = px(12)
    return [
        f"QToolTip {{ background: {t['text']}; color: {t['bg']}; border: none; padding: {px(6)}px; }}",
        f"QListView, QTableView {{ background: transparent; border: none; color: {t['text']}; outline: 0;"
        f" selection-background-color: {t['primary_soft']}; selection-color: {t['on_primary_soft']}; }}",
        "QTableView { selection-background-color: transparent; }",  # a row draws its own, with round corners
        f"QMenu {{ background: {t['surface']}; color: {t['text']}; border: 1px solid {t['line']};"
        f" padding: {px(6)}px; }}",
        f"QMenu::item {{ padding: {px(8)}px {px(16)}px; border-radius: {px(8)}px; }}",
        f"QMenu::item:selected {{ background: {t['primary_soft']}; color: {t['on_primary_soft']}; }}",
        f"QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}",
        f"QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}",
        f"QScrollBar::handle {{ background: {t['line_strong']}; border-radius: {px(3)}px;"
        f" min-height: {px(32)}px; min-width: {px(32)}px; }}",
        # so far from what scrolls that no figure touches it
        f"QScrollBar::handle:vertical {{ margin: {px(2)}px {px(3)}px; }}",
        f"QScrollBar::handle:horizontal {{ margin: {px(3)}px {px(2)}px; }}",
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }",
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }",
    ]
