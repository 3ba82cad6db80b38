"""What one person chose about the window of one computer; nothing here is part of the shop."""

from typing import Literal, Protocol

from loyalty_pos.app.sounds import Loudness
from loyalty_pos.domain.lazy import dataclass

SCALES = (90, 100, 115, 125, 150)
"""How large the window may be drawn, in percent."""

LOCKS = (0, 1, 5, 15, 30)
"""After how many minutes without a touch the till may lock itself; 0: never."""


ASKS = ("name", "interests", "tags", "birthday", "gender", "city", "referred_by")
"""What a new member may be asked beside phone and card."""

ASKS_AT_FIRST = tuple(ask for ask in ASKS if ask != "gender")
"""What is asked until an owner chooses; a shop that wants to know the gender says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """Choices about the window; `language` is None until somebody was asked."""

    language: Literal["fa", "en"] | None = None
    dark: bool = False
    print_receipts: bool = True
    scale_percent: int | None = None  # one of SCALES; None: what suits the screen
    printer: str = ""  # a queue of the system; empty: its default one
    save_as_pdf: bool = False
    paper_mm: Literal[58, 80] = 80
    customer_screen: bool = False  # what is sold, on a screen for the customer
    public_causes: bool = True  # while nothing is sold, what causes were given, on the customer's screen
    touch: bool = False  # larger targets, and a keypad on the counter
    sound: Loudness = "soft"
    reduced_motion: bool = False
    backup_folder: str = ""  # empty: the folder beside the shop's file
    asks: tuple[str, ...] = ASKS_AT_FIRST  # of ASKS, what the form for a new member has
    month_reminder: bool = True  # say at the start that last month's report can be read
    budget_warning: bool = True  # mark programmes that have used most of what they may give
    month_seen: str = ""  # the last month whose report was offered
    lock_minutes: int = 0  # one of LOCKS: lock after so long without a touch; 0: never
    latin_digits: bool = False  # in Persian too, on screen and on paper
    reports_folder: str = ""  # where the month's report goes by itself; empty: nowhere
    reports_form: Literal["pdf", "xlsx"] = "pdf"
    reports_done: str = ""  # the last month whose report is there


class SettingsStore(Protocol):
    """Where the choices are kept between two starts."""

    def load(self) -> UiSettings:
        """Read the choices; what is missing or unreadable is as on the first start."""
        ...

    def save(self, settings: UiSettings) -> None:
        """Keep the choices. Raises Fault `settings_not_saved`; the program goes on with them all the same."""
        ...
