"""The day's card in the real window: what the day came to, its closing, its paper, and a wild clock."""

from collections.abc import Callable
from pathlib import Path

from loyalty_pos.app.commands import Command, PublishProgramme, RecordSale
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.queries_sheets import Shifts
from loyalty_pos.bootstrap import SystemClock, open_shop
from loyalty_pos.ui.bidi import strip
from loyalty_pos.ui.keeping_up import KeepingUp
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig
from tests.ui.hands import name_of
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]
DAY_MS = 86_400_000
LEILA = "4410339306"
LEVELS = [{"key": "a", "from": 0}]


class Past:
    """A clock of so many days ago."""

    def __init__(self, days: int) -> None:
        self._ms = SystemClock().now_ms() - days * DAY_MS

    def now_ms(self) -> int:
        return self._ms


def sold_long_ago(path: Path, days: int) -> None:
    real_shop.build_empty(path)
    service = open_shop(path, Past(days))
    try:
        service.do(RecordSale(sale_id="old", amount_minor=1_000_000))
    finally:
        service.close()


def test_a_day_is_closed_with_its_figures_and_its_paper_and_printed_again(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page, card = desk.day, desk.day.card
    desk.go(page)
    assert card.told.said().endswith("is on.") and not card.again.isVisible()
    assert "Number of sales: 9" in card.figures.said()
    desk.tab_to(card.end)
    desk.press("Enter")
    assert card.answer.accessibleName() == "The day is closed"
    (printed,) = desk.rig.tray.days
    assert (printed.number, printed.figures.sales, printed.copy) == (1, 9, False)
    assert printed.head_short in strip(card.told.said())
    assert not card.end.isEnabled()
    desk.tab_to(card.again)
    desk.press("Enter")
    assert [one.copy for one in desk.rig.tray.days] == [False, True]
    desk.kept()
    page.ask_file = lambda stem: f"/papers/{stem}"
    assert name_of(page.before.cashiers).startswith("Save what every cashier did")
    desk.press("Ctrl+H")
    ((query, where),) = desk.rig.tray.sheets
    assert isinstance(query, Shifts) and (query.to, where) == (
        printed.day,
        Path(f"/papers/cashiers-{printed.day}.pdf"),
    )
    assert query.from_ is not None and query.from_ <= printed.day
    assert strip(page.before.answer.accessibleName()).startswith("The summary is in")
    page.ask_file = lambda stem: ""
    desk.press("Ctrl+H")
    assert len(desk.rig.tray.sheets) == 1


def test_a_sale_opens_the_day_again(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    card = desk.day.card
    desk.go(desk.day)
    card.end.click()
    desk.rig.settle()
    desk.rig.keys("Ctrl+1")
    desk.rig.scan(LEILA)
    desk.rig.keys("100. Enter")
    desk.rig.settle()
    desk.go(desk.day)
    assert card.told.said().endswith("is on.") and card.end.isEnabled()
    card.end.click()
    desk.rig.settle()
    assert desk.rig.tray.days[-1].number == 2


def test_a_clock_far_ahead_is_said_at_the_counter_and_asked_about_before_the_day_is_closed(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    path = tmp_path / "shop.db"
    sold_long_ago(path, 60)
    desk = Desk(make_rig(code="en", factory=lambda: open_shop(path)), path)
    remark = desk.rig.page.who.remark
    assert remark.isVisible() and "60 days before" in strip(remark.accessibleName())
    card = desk.day.card
    desk.go(desk.day)
    card.end.click()
    desk.rig.settle()
    assert card.question.isVisible() and card.question.buttons["wrong"].hasFocus()
    assert name_of(card.question.buttons["right"]) == "The clock is right"
    desk.press("Enter")
    assert not card.question.isVisible() and card.end.hasFocus() and desk.rig.tray.days == []
    card.end.click()
    desk.rig.settle()
    desk.press("F9")
    desk.rig.settle()
    assert [one.number for one in desk.rig.tray.days] == [1]


def test_the_window_catches_up_when_it_opens_and_pages_ask_again_only_when_something_was_done(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    path = tmp_path / "shop.db"
    sold_long_ago(path, 70)
    commands: tuple[tuple[int, Command], ...] = (
        (70, PublishProgramme(key="club", kind="tiers", name="club", params={"levels": LEVELS})),
        (1, RecordSale(sale_id="new", amount_minor=1_000_000)),
    )
    for days, command in commands:
        service = open_shop(path, Past(days))
        service.do(command)
        service.close()
    desk = Desk(make_rig(code="en", factory=lambda: open_shop(path)), path)
    assert not desk.rig.page.who.remark.isVisible()
    asked: list[object] = []
    desk.rig.program.dispatcher.changed.connect(asked.append)
    (keeping,) = desk.rig.window.findChildren(KeepingUp)
    keeping.catch_up()
    desk.rig.settle()
    assert asked == []
    service = open_shop(path)
    try:
        assert service.do(CatchUp()).reviews == ()  # the window did them
    finally:
        service.close()


def test_a_club_that_counts_visits_is_written_without_money(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page = desk.programmes
    desk.go(page)
    page._choose("club")
    desk.rig.settle()
    levels = page.editor.params.rows["levels"].editor
    first = levels.cards[1].form.rows["from"].editor  # type: ignore[union-attr]
    assert first.line.text() == "300,000"
    metric = page.editor.params.rows["metric"].editor
    assert metric is not None
    metric.put("visit_days")
    metric.edited.emit()
    desk.rig.settle()
    assert first.line.text() == "3,000,000"
    metric.put("spend")
    metric.edited.emit()
    assert first.line.text() == "300,000"
