"""What stands on a report: finished texts in tables, for paper and screen alike."""

from collections.abc import Sequence

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column; `weight` is its part of the width, `number` aligns units under units."""

    title: str
    weight: int
    number: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table under a title; without rows it says `empty`."""

    title: str
    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ReportBar:
    """A bar of so many thousandths of the longest one; what goes up is filled."""

    text: str
    value_text: str
    milli: int
    filled: bool


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A figure in a frame: what it is, how much, and how it was before."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """A report on A4. `page_text` has places for {page} and {pages}, written in `numerals`.

    Without `bars_title` it has no bars, without `signature_text` no line to sign.
    """

    language: str
    title: str
    under_text: str
    period_text: str
    made_text: str
    figures: Sequence[ReportFigure]
    tables: Sequence[ReportTable]
    bars_after: int = 0
    """So many tables stand before the bars."""
    bars_title: str = ""
    bars: Sequence[ReportBar] = ()
    bars_empty: str = ""
    signature_text: str = ""
    footer_text: str
    page_text: str
    numerals: str
