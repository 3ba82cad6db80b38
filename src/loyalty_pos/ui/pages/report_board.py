"""The first side of the reports: a month at a glance, painted, and what wants doing today."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.board_texts import TaskText
from loyalty_pos.app.board_words import (
    board_figures,
    cohorts_grid,
    days_chart,
    hours_chart,
    redeemed_ranking,
    returns_ranking,
    segments_ranking,
    task_texts,
    tiers_donut,
    tiers_ranking,
)
from loyalty_pos.app.dashboard_views import DashboardView
from loyalty_pos.app.language import Language
from loyalty_pos.ui import paint, theme
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.report_parts import FigureCard
from loyalty_pos.ui.pages.report_try import TryCard
from loyalty_pos.ui.widgets import Card, Elide, Skeleton, Tx
from loyalty_pos.ui.widgets.charts import BarsView, Donut, GridView, Legend, RankView
from loyalty_pos.ui.widgets.task_line import TaskLine


class ChartCard(Card):
    """A title at the start, a note at the end, and what is painted under them."""

    def __init__(self, *views: QWidget) -> None:
        super().__init__(padding=14)
        self.title, self.note = Elide("", "body", weight=600), Tx("", "caption", "text2")
        self.head = row(8)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.note)
        self.body.addLayout(self.head)
        self.inside: QHBoxLayout = row(16)
        for view in views:
            self.inside.addWidget(view)
        self.body.addLayout(self.inside)

    def say(self, title: str, note: str) -> None:
        """Say what stands here."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class TodayCard(Card):
    """What wants doing, each line a way to where it is done."""

    wanted = Signal(str)  # a page, or a side of the reports

    def __init__(self) -> None:
        super().__init__(padding=14)
        self.title = Elide("", "body", weight=600)
        self.nothing = Tx("", "secondary", "text2", wrap=True)
        self.body.addWidget(self.title)
        self.body.addWidget(self.nothing)
        self.lines: list[TaskLine] = []

    def show_tasks(self, tasks: Sequence[TaskText], language: Language) -> None:
        """Show other tasks."""
        self.title.setText(language.t("Do today"))
        self.nothing.setText(language.t("Nothing waits for you today."))
        self.nothing.setVisible(not tasks)
        while len(self.lines) < len(tasks):
            line = TaskLine()
            line.wanted.connect(self.wanted)
            self.lines.append(line)
            self.body.addWidget(line)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(tasks))
            if number < len(tasks):
                line.show_task(tasks[number])


class Board(QWidget):
    """Four figures over two columns that scroll: the charts, and what to do and what paid."""

    wanted = Signal(str)

    def __init__(self, today: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trying = TryCard(today)
        whole = column(self, 12)
        across = row(12)
        self.figures = [FigureCard() for _ in range(4)]
        for each in self.figures:
            each.value.set_role("name", 700)
            across.addWidget(each, 1)
        whole.addLayout(across)
        self.days, self.hours = BarsView(200), BarsView(130)
        self.donut, self.tiers = Donut(), RankView()
        self.returns, self.redeemed, self.cohorts = RankView(), RankView(), GridView()
        self.day_card, self.hour_card = ChartCard(self.days), ChartCard(self.hours)
        self.legend = Legend()
        self.day_card.head.addWidget(self.legend)
        self.tier_card = ChartCard(self.donut, self.tiers)
        self.return_card, self.redeemed_card = ChartCard(self.returns), ChartCard(self.redeemed)
        self.cohort_card = ChartCard(self.cohorts)
        self.segments = RankView()
        self.segment_card = ChartCard(self.segments)
        self.today = TodayCard()
        self.today.wanted.connect(self.wanted)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        theme.space(columns, 12)
        columns.addLayout(
            _stack(self.day_card, self.tier_card, self.hour_card, self.segment_card, self.cohort_card), 5
        )
        columns.addLayout(_stack(self.today, self.return_card, self.redeemed_card, self.trying), 3)
        self.inside = inside
        self.area = scroller(inside)
        whole.addWidget(self.area, 1)

    def save_picture(self, path: Path) -> bool:
        """Write the charts as they are seen, also those scrolled away; False when that did not go."""
        picture = QPixmap(self.inside.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(theme.color("bg"))
        self.inside.render(picture)
        return picture.save(str(path))

    def show_board(self, view: DashboardView, language: Language) -> None:
        """Show a month."""
        for shown, figure in zip(self.figures, board_figures(view, language), strict=True):
            shown.show_figure(figure)
        days, hours = days_chart(view, language), hours_chart(view, language)
        self.days.show_chart(days)
        self.day_card.say(f"{days.title} ({days.unit})", "")
        self.legend.show_parts(days.parts)
        self.hours.show_chart(hours)
        self.hour_card.say(f"{hours.title} ({hours.unit})", hours.note)
        tiers = tiers_ranking(view, language)
        self.tiers.show_ranking(tiers)
        self.donut.show_donut(tiers_donut(view, language))
        self.donut.setVisible(bool(view.report.totals.members))
        self.tier_card.say(tiers.title, tiers.note)
        for part, card, ranking in (
            (self.returns, self.return_card, returns_ranking(view, language)),
            (self.redeemed, self.redeemed_card, redeemed_ranking(view, language)),
            (self.segments, self.segment_card, segments_ranking(view, language)),
        ):
            part.show_ranking(ranking)
            card.say(ranking.title, ranking.note if part is not self.segments else "")
        self.segments.setToolTip(segments_ranking(view, language).note)
        grid = cohorts_grid(view, language)
        self.cohorts.show_grid(grid)
        self.cohort_card.say(grid.title, "")
        self.cohorts.setToolTip(grid.note)
        self.today.show_tasks(task_texts(view, language), language)


class BoardSkeleton(Skeleton):
    """Draw the shape of a month that is still being read."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, gap = paint.begin(self), float(theme.px(12))
        width, high = float(self.width()), float(theme.px(90))
        tiles = paint.Row(QRectF(0, 0, width, high), paint.is_rtl(self))
        for _ in range(4):
            paint.box(painter, tiles.start((width - 3 * gap) / 4, gap), theme.px(12), "sunken")
        rest = QRectF(0, high + gap, width, max(0.0, self.height() - high - gap))
        below = paint.Row(rest, paint.is_rtl(self))
        paint.box(painter, below.start((width - gap) * 5 / 8, gap), theme.px(12), "sunken")
        paint.box(painter, below.rest(), theme.px(12), "sunken")


def _stack(*cards: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    theme.space(layout, 12)
    for card in cards:
        layout.addWidget(card)
    layout.addStretch(1)
    return layout
