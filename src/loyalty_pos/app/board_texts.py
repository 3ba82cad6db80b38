"""The owner's first side as finished texts: charts, grids and tasks, for eyes and screen readers."""

from collections.abc import Sequence

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar of two parts, in thousandths of the chart's height; no label where there is no room for one."""

    label: str
    main_milli: int
    rest_milli: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars over time; `ticks` are texts at thousandths of the height, `parts` name the two parts."""

    title: str
    unit: str
    bars: Sequence[ChartBar] = ()
    ticks: Sequence[tuple[str, int]] = ()
    parts: Sequence[str] = ()
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class RankRow:
    """A name with a bar of so many thousandths in a colour, a number, and what stands under it."""

    name: str
    value: str
    note: str
    milli: int
    colour: str = "chart1"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    title: str
    note: str
    rows: Sequence[RankRow]
    empty: str


@dataclass(frozen=True, slots=True)
class DonutText:
    """Parts of a whole in thousandths, each in a colour; the number in the middle and what it counts."""

    parts: Sequence[tuple[str, int]]
    number: str
    under: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridText:
    """A grid of parts of a whole: a row a month of joining; every cell is a text and its thousandths."""

    title: str
    note: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[tuple[str, int]]]]
    empty: str


@dataclass(frozen=True, slots=True)
class TaskText:
    """Something to do, and the page where it is done."""

    icon: str
    text: str
    note: str
    page: str
    urgent: bool = False
