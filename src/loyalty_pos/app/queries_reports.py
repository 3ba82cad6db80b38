"""What a shop's manager can ask: the month by levels, what is promised, what a draft would have cost."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TierReport:
    """The month's report by levels: "1404-08" is a Jalali month, "2025-03" a Gregorian one.

    `measured` adds what programmes brought beside members' own past, and beside those a lot left out.
    """

    month: str
    measured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What is promised: credit, points, free items, vouchers, gift cards, by month of expiry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rfm:
    """Members by how lately, how often and for how much they bought: fifths, and the segments they make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulate:
    """Replay the shop's own sales of some days, both included, through a draft; nothing is posted.

    `key` names the live programme it would take the place of. `with_live` adds what the draft changes among
    the live programmes. `margin_bp` of a sale is what stays
    of its price; left out, it is worked out from the costs of the goods where they are known.
    """

    kind: str
    params: Mapping[str, Any]
    from_: str
    to: str
    when: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    with_live: bool = False
    margin_bp: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """The month at a glance and what wants doing today.

    `backup_folder` is where the window's copies go; left out, the folder beside the shop's file.
    """

    month: str
    backup_folder: str | None = None


ReportQuery = TierReport | Promises | Rfm | Simulate | Dashboard
