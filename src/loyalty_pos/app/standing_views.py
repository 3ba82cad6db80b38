"""Where a member stands in the club, and what a review of the levels will ask of them."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LackView:
    """What is missing of one thing that a level asks for."""

    metric: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """Where a member stands in the club.

    `position` counts the levels from 1 (0: below the first) up to `levels`; `share_milli` is how much of the
    way to the next level is walked, in thousandths. `counted` and `missing` are in what the club counts
    (`metric`), the fields of money are 0 where no money is counted. `lacks` are everything the next level
    still asks for; with `either` one of them is enough. Whoever was warned needs `stay_missing` more by
    `stay_until`, that day included, to keep the level, and whatever else `stay_lacks` names.
    """

    tier: str | None
    tier_name: str = ""
    position: int = 0
    levels: int = 0
    spend_minor: int = 0  # qualifying, in the window
    window_months: int = 0
    share_milli: int = 1_000
    next: str | None = None
    next_name: str = ""
    missing_minor: int = 0  # to the next level
    metric: str = "spend"
    counted: int = 0
    missing: int = 0
    warned_on: str | None = None
    stay_until: str | None = None
    stay_missing: int = 0
    held_until: str | None = None  # of a level given by hand: its last day
    either: bool = False
    lacks: tuple[LackView, ...] = ()
    stay_lacks: tuple[LackView, ...] = ()
