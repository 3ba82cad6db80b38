"""The reports page over a real shop: the month, the promises, paper with one key, a draft's cost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.queries_reports import TierReport
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from loyalty_pos.ui.pages.reports import ReportsPage
from tests.printing import readers
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig
from tests.ui.studio import office_shop
from tests.ui.studio.desk import Desk

OpenOffice = Callable[..., Desk]
TRIED = "129"
"""The sales of a month before the window's day, and the nine of that day."""


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sold")
    real_shop.build(folder / "shop.db")
    office_shop.add_sales(folder / "shop.db")
    return folder


@pytest.fixture
def open_office(sold: Path, tmp_path: Path, make_rig: MakeRig) -> OpenOffice:
    import shutil

    def opened(*, code: str = "en", office: bool = True) -> Desk:
        folder = tmp_path / "shop"
        shutil.copytree(sold, folder)
        path = folder / "shop.db"
        made = office_shop.office(path) if office else None
        return Desk(make_rig(code=code, factory=lambda: open_shop(path), office=made), path)

    return opened


def reports(desk: Desk, side: str = "tiers") -> ReportsPage:
    page = desk._page(ReportsPage)
    if not page.isVisible():
        desk.press("Ctrl+4")
    page.turn_to(side)
    desk.rig.settle()
    return page


def test_the_page_shows_what_the_shop_answers(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk)
    service = open_shop(desk.path)
    view = service.ask(TierReport(month="1405-08"))
    service.close()
    assert page.shown.report is not None and page.shown.report.tiers == view.tiers
    english = desk.rig.program.language
    spoken = page.shown.body.tables[0].accessibleName()
    for one in view.tiers:
        assert bidi.strip(english.money(one.sales_minor, unit=False)) in spoken
    assert page.shown.body.figures[0].value.said() == english.money(view.totals.sales_minor)
    assert (
        "Silver" in page.shown.body.bars.accessibleName() or "نقره‌ای" in page.shown.body.bars.accessibleName()
    )


def test_the_first_side_says_in_numbers_what_it_paints(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk, "board")
    view, english = page.shown.glance, desk.rig.program.language
    assert view is not None and page.shown.report is view.report
    board = page.shown.board
    assert board.figures[1].value.said() == english.percent(view.report.totals.share_bp // 100 * 100)
    busiest = max(view.days, key=lambda day: day.member_minor)
    assert bidi.strip(english.money(busiest.member_minor)) in board.days.accessibleName()
    for tier in view.report.tiers:
        assert f"{english.number(tier.members)} member" in board.tiers.accessibleName()
    assert english.number(view.report.totals.members) in board.donut.accessibleName()
    for programme in view.report.programmes:
        assert programme.name in board.returns.accessibleName()
    assert board.hours.accessibleName() and board.cohorts.accessibleName()
    assert sum(one.members for one in view.segments) > 0
    for segment in view.segments:
        assert f"{segment.name.en}: {english.number(segment.members)}" in board.segments.accessibleName()


def test_a_task_leads_to_the_page_where_it_is_done(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk, "board")
    first = page.shown.board.today.lines[0]
    assert "no copy of the shop" in first.accessibleName()
    desk.tab_to(first)
    desk.press("Enter")
    assert desk.settings.isVisible()
    desk.press("Ctrl+4")
    ending = [line for line in page.shown.board.today.lines if line._task.page == "tiers"]
    for line in ending:
        line.click()
        desk.rig.settle()
        assert page.side == "tiers"


def test_the_first_side_goes_to_paper_and_into_tables(open_office: OpenOffice, tmp_path: Path) -> None:
    desk = open_office()
    page = reports(desk, "board")
    desk.press("Ctrl+p")
    paper = readers.text((desk.path.parent / "paper" / "month-1405-08.pdf").read_bytes())
    view, english = page.shown.glance, desk.rig.program.language
    assert view is not None
    totals = view.report.totals
    assert english.money(totals.all_sales_minor - totals.sales_minor, unit=False) in paper
    page.ask_file = lambda stem: str(tmp_path / f"{stem}.csv")
    desk.press("Ctrl+s")
    table = (tmp_path / "month-1405-08.csv").read_text("utf-8-sig")
    day = max(view.days, key=lambda one: one.member_minor)
    assert f"{day.day},{day.purchases},{day.member_minor // 10},{day.other_minor // 10}" in table
    for segment in view.segments:
        assert f"{segment.name.en},{segment.members},{segment.spend_minor // 10}" in table
    page.ask_file = lambda stem: str(tmp_path / f"{stem}.png")
    desk.press("Ctrl+s")
    drawn = QImage(str(tmp_path / "month-1405-08.png"))
    assert drawn.height() > page.shown.board.area.height()  # also what is scrolled away
    page.ask_file = lambda stem: str(tmp_path / "nowhere" / f"{stem}.png")
    desk.press("Ctrl+s")
    assert "cannot be written" in page.told.accessibleName()


def test_a_programme_is_tried_from_the_reports_as_well_and_can_be_stopped(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk, "board")
    card = page.shown.board.trying
    names = [card.choice.itemText(number) for number in range(card.choice.count())]
    card.choice.setCurrentIndex(next(n for n, one in enumerate(card._programmes) if one.key == "back"))
    assert len(names) == len(card._programmes) > 1
    desk.rig.keys("Ctrl+r")
    assert card.progress.isVisible() and not card.try_it.isVisible()
    card.progress.stop.click()
    desk.rig.settle()
    assert "Stopped" in card.lines.said() and card.try_it.isVisible() and not card.found.isVisible()
    desk.rig.keys("Ctrl+r")
    desk.rig.settle()
    assert TRIED in card.lines.said() and card.found.isVisible() and not card.progress.isVisible()
    card.choice.setCurrentIndex(0)
    assert not card.found.isVisible()


def test_a_month_back_and_forth(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk)
    desk.press("Ctrl+PageUp")
    assert page.shown.report is not None and page.shown.report.month == "1405-07"
    desk.press("Ctrl+PageDown")
    assert page.shown.report.month == "1405-08"


def test_promises_stand_beside(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk)
    page.which.segments()[2].click()
    desk.rig.settle()
    assert page.shown.promised is not None
    assert page.shown.body.figures[0].value.said() == desk.rig.program.language.money(
        page.shown.promised.total_minor
    )
    assert not page.print.isVisible() and not page.shown.body.bars.isVisible()


def test_one_key_puts_the_month_on_paper(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk)
    desk.press("Ctrl+p")
    file = desk.path.parent / "paper" / "tiers-1405-08.pdf"
    assert page.shown.report is not None
    english = desk.rig.program.language
    assert english.money(page.shown.report.totals.sales_minor, unit=False) in readers.text(file.read_bytes())
    assert "tiers-1405-08.pdf" in bidi.strip(page.told.accessibleName()).replace("\u200b", "")


def test_a_key_saves_it_as_a_file(open_office: OpenOffice, tmp_path: Path) -> None:
    desk = open_office()
    page = reports(desk)
    kept = {"month.xlsx": "month.xlsx", "month.csv": "month.csv", "month": "month.pdf"}
    names = iter(kept)
    page.ask_file = lambda stem: str(tmp_path / next(names))
    for made in kept.values():
        desk.press("Ctrl+s")
        assert (tmp_path / made).stat().st_size > 0


def test_trouble_is_said_and_the_page_stays(open_office: OpenOffice, tmp_path: Path) -> None:
    desk = open_office()
    page = reports(desk)
    page.ask_file = lambda stem: str(tmp_path / "none" / "x.pdf")
    desk.press("Ctrl+s")
    assert "cannot be written" in bidi.strip(page.told.accessibleName())
    page.ask_file = lambda stem: ""
    desk.press("Ctrl+s")
    assert page.idle


def test_escape_leads_to_the_counter(open_office: OpenOffice) -> None:
    desk = open_office()
    page = reports(desk)
    desk.press("Esc")
    assert not page.isVisible()


def test_without_an_office_nothing_is_promised(open_office: OpenOffice) -> None:
    desk = open_office(office=False)
    page = reports(desk)
    desk.press("Ctrl+p Ctrl+s")
    assert page.shown.report is None and page.idle and not page.shown.body.isVisible()
    assert not page.shown.board.isVisible()
    assert not desk._page(ProgrammesPage).editor.side.cost.isVisible()


def test_where_there_is_no_programme_none_can_be_tried(tmp_path: Path, make_rig: MakeRig) -> None:
    path = tmp_path / "shop.db"
    real_shop.build_empty(path)
    desk = Desk(make_rig(code="en", factory=lambda: open_shop(path), office=office_shop.office(path)), path)
    card = reports(desk, "board").shown.board.trying
    assert card.isVisible() and not card.choice.count() and not card.try_it.isEnabled()


def test_a_draft_is_tried_on_past_sales_and_a_change_makes_it_old(open_office: OpenOffice) -> None:
    desk = open_office(code="fa")
    desk.go(desk.programmes)
    desk.rig.settle()
    page = desk.programmes
    page._choose("back")
    desk.rig.settle()
    card = page.editor.side.cost
    desk.rig.keys("F7")
    desk.rig.settle()
    assert card.found.said() and "۱۲۹" in card.lines.said()
    assert not card.lines.visibleRegion().isEmpty(), "what a key asked for is seen"
    desk.rig.program.choose("language")
    assert TRIED in card.lines.said()
    page.editor.edited.emit()
    desk.rig.settle()
    assert not card.found.isVisible()


def test_what_cannot_be_tried_says_why(open_office: OpenOffice) -> None:
    desk = open_office()
    service = open_shop(desk.path)
    service.do(PublishProgramme(key="vip", kind="segment", name="vip", params={}))
    service.close()
    desk.go(desk.programmes)
    desk.rig.settle()
    page = desk.programmes
    page._choose("vip")
    desk.rig.settle()
    desk.rig.keys("F7")
    desk.rig.settle()
    assert "cannot be tried" in page.editor.side.cost.lines.said()
