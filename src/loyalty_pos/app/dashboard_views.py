"""What the owner's first side answers with: the month at a glance, and what wants doing today."""

from collections.abc import Sequence
from typing import Literal

from loyalty_pos.app.report_views import RfmSegmentView, TierReportView
from loyalty_pos.domain.lazy import dataclass

TaskKind = Literal["no_backup", "prizes", "budget", "expiring", "at_risk", "birthdays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySalesView:
    """What was sold on a day of the month, to members and to others."""

    day: str
    member_minor: int = 0
    other_minor: int = 0
    purchases: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HourSalesView:
    """What was sold in the month in an hour of the clock on the wall, 0 to 23."""

    hour: int
    purchases: int
    sales_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemedView:
    """Of one unit: what members were given in the month and what they used in it, whenever it was given.

    `used_bp` is used by given; None when nothing was given.
    """

    unit: Literal["points", "credit", "reward"]
    given: int
    used: int
    used_bp: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionView:
    """The answers from 1 to 5 of the month; `average_milli` is None without any."""

    answers: int
    average_milli: int | None
    by_answer: Sequence[int]
    """How many answered 1, 2, 3, 4 and 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortView:
    """Those who became members in a month, and the part of them who bought so many months on.

    `bought_bp` begins with the month of joining and ends with the month shown.
    """

    month: str
    members: int
    bought_bp: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """Something to do today. `count` are people, pieces or days by `kind`, `minor` what it is about."""

    kind: TaskKind
    count: int
    minor: int = 0
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardView:
    """The month at a glance: its tier report, and what that does not tell.

    `tasks` and `segments` are of today, whatever month is shown: members by how lately, often and for how
    much they bought.
    """

    report: TierReportView
    today: str
    days: Sequence[DaySalesView]
    hours: Sequence[HourSalesView]
    redeemed: Sequence[RedeemedView]
    satisfaction: SatisfactionView
    cohorts: Sequence[CohortView]
    tasks: Sequence[TaskView]
    segments: Sequence[RfmSegmentView] = ()
