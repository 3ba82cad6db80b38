"""What one person chose about the window of one computer; nothing here is part of the shop."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """Choices about the window; `language` is None until somebody was asked."""

    language: Literal["fa", "en"] | None = None
    dark: bool = False
    print_receipts: bool = True
    paper_mm: Literal[58, 80] = 80


class SettingsStore(Protocol):
    """Where the choices are kept between two starts."""

    def load(self) -> UiSettings:
        """Read the choices; what is missing or unreadable is as on the first start."""
        ...

    def save(self, settings: UiSettings) -> None:
        """Keep the choices. Raises Fault `settings_not_saved`; the program goes on with them all the same."""
        ...
