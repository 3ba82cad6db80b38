"""A state that stays until somebody acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.widgets.buttons import BtnKind

BannerKind = Literal["info", "reward", "gain", "danger"]


@dataclass(frozen=True, slots=True)
class Action:
    key: str
    text: str
    kind: BtnKind = "outline"
    icon: str = ""
    keycap: str = ""


class Banner(QFrame):
    """Say what is the case, then what to do, inside the card it concerns."""

    acted = Signal(str)  # the action's key

    def __init__(
        self,
        kind: BannerKind = "info",
        title: str = "",
        text: str = "",
        actions: Sequence[Action] = (),
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_content(
        self, kind: BannerKind, title: str, text: str = "", actions: Sequence[Action] = (), *, icon: str = ""
    ) -> None:
        """Say something else. `icon` empty takes the kind's own."""
