"""What months come to, as the handlers keep and read it. A month goes by its last day, in either calendar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from loyalty_pos.domain.counting import Counted, Counting, Counts


class Window(NamedTuple):
    """A month, the window of levels at its end, and the one that the next review goes by."""

    ends_on: str
    earlier: str
    first: str
    next_earlier: str
    next_first: str


class Bought(NamedTuple):
    """What a member bought in a month. `gave` is JSON: how many sales each programme gave something with,
    and how many of those more than points."""

    purchases: int
    sales_minor: int
    discount_minor: int
    cost_minor: int
    points: int
    level: str
    gave: str


class Risk(NamedTuple):
    """A level that what counts in the next month does not hold: what does count, and what is missing."""

    place: int
    level: str
    spend_minor: int
    missing_minor: int
    visit_days: int = 0
    missing_visits: int = 0
    points: int = 0
    missing_points: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(self.spend_minor, self.visit_days, self.points)

    @property
    def missing(self) -> Counts:
        return Counts(self.missing_minor, self.missing_visits, self.missing_points)


class MemberMonth(NamedTuple):
    """A member in a month: what is kept of it, and what decides the level at its end.

    `risks_kept` says whether this month's risks are kept at all, `newest` is the last month there is.
    """

    ends_on: str
    bought: Bought | None
    counted: Counted
    after: Counted
    held: str | None
    risks_kept: bool
    risk: Risk | None
    newest: str


class Cell(NamedTuple):
    """What a month comes to under a name: a level, everybody without a card, a programme, those at risk."""

    kind: str
    name: str
    members: int
    purchases: int
    sales_minor: int
    discount_minor: int
    cost_minor: int
    points: int


class AtEnd(NamedTuple):
    """Somebody at the end of a month, whether they bought in it or not."""

    member: int
    ends_on: str
    counted: Counted
    after: Counted
    held: str | None


class Rated(NamedTuple):
    """A member's kept month, and what decides its level."""

    member: int
    ends_on: str
    level: str
    counted: Counted
    held: str | None


class Top(NamedTuple):
    member: int
    purchases: int
    sales_minor: int
    level: str


class RiskRow(NamedTuple):
    member: int
    risk: Risk


class Months(Protocol):
    """Everything here is moved in the transaction of what moves it; the audit counts it from the records."""

    def of_member(
        self, member: int, programme: int, counting: Counting, windows: Sequence[Window]
    ) -> Sequence[MemberMonth]: ...
    def without_levels(self, member: int, ends: Sequence[str]) -> Sequence[MemberMonth]:
        """Return a member's months by their last days, as they are in a shop that has no club."""

    def kept(self, member: int) -> Sequence[tuple[str, Bought]]:
        """Return all months of a member."""

    def write(self, rows: Iterable[tuple[int, str, Bought]]) -> None: ...
    def drop(self, rows: Iterable[tuple[int, str]]) -> None: ...
    def add(self, cells: Mapping[tuple[str, str, str], Sequence[int]]) -> None:
        """Move what months come to: by month, kind and name the six sums of a `Cell`."""

    def write_risks(self, rows: Iterable[tuple[str, int, Risk]]) -> None: ...
    def drop_risks(self, rows: Iterable[tuple[str, int]]) -> None: ...
    def risk_months(self, member: int) -> Sequence[str]:
        """Return the months in which a member is kept as being at risk."""

    def cells(self, ends_on: str) -> Sequence[Cell]: ...
    def top(self, ends_on: str, limit: int) -> Sequence[Top]: ...
    def risks(self, ends_on: str, limit: int) -> Sequence[RiskRow]: ...
    def ends(self) -> Sequence[str]:
        """Return every month there is."""

    def at_end(self, programme: int, counting: Counting, window: Window) -> Iterator[AtEnd]:
        """Give everybody who stands for themselves, as they stood at the end of a month."""

    def rated(self, programme: int, counting: Counting, windows: Sequence[Window]) -> Iterator[Rated]: ...
    def rate(self, rows: Iterable[tuple[str, int, str]]) -> None:
        """Put members' months on other levels, and count anew what levels and risks come to: none."""

    def clear(self) -> None: ...
    def is_done(self) -> bool:
        """Say whether the sales of before there were months are counted."""

    def note_done(self) -> None: ...
