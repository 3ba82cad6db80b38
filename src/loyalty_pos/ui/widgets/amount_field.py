"""The amount as it is typed, large, grouped, and said again in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.speech import Speech

CAP_MINOR = 10**12


class AmountField(QFrame):
    """Take an amount of money in the shop's display unit; `value_minor` is in the smallest unit.

    `minor_per_unit` 10 and `decimals` 0 for toman over rial, 100 and 2 for hryvnia. Digits of three sets; `.`
    types 000 where the unit has no decimals, else it is the decimal mark. Holds at most CAP_MINOR.
    """

    edited = Signal(object)  # int, smallest unit
    submitted = Signal()  # Enter

    def __init__(
        self,
        speech: Speech,
        label: str = "",
        *,
        minor_per_unit: int = 1,
        decimals: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    @property
    def value_minor(self) -> int:
        return 0

    @value_minor.setter
    def value_minor(self, value: int) -> None: ...

    def set_unit(self, minor_per_unit: int, decimals: int) -> None:
        """Change the display unit; the value is kept."""

    def set_texts(self, speech: Speech, label: str) -> None:
        """Speak another language."""

    def clear(self) -> None:
        """Go to zero without a signal."""

    def type_text(self, text: str) -> None:
        """Type as a person would: digits of three sets, the dot, or '000'; a backspace is one '\b'."""
