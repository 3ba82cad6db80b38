"""Lists in and out on the settings page: seen before anything is recorded, over a real shop's file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loyalty_pos.app.queries import Identify, MembersPage
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.settings_lists import ListsCard
from tests.ui.studio.desk import Desk
from tests.ui.studio.test_settings_page import pick

OpenDesk = Callable[..., Desk]
MEMBERS = "phone,name,birthday\n0912 555 0101,Ava Test,1370-05-12\n09125550102,Bahar Test,\n12,Nobody,\n"


def at_lists(desk: Desk, file: Path) -> ListsCard:
    desk.go(desk.settings)
    desk.rig.settle()
    desk.settings.exchanging.ask_file = lambda: str(file)
    return desk.settings.lists


def wait(desk: Desk) -> None:
    desk.rig.qtbot.waitUntil(lambda: desk.settings.exchanging.idle)
    desk.rig.settle()


def read(desk: Desk) -> None:
    desk.tab_to(desk.settings.lists.read)
    desk.press("Enter")
    wait(desk)


def said(card: ListsCard) -> str:
    return bidi.strip(card.told.said())


def members_of(path: Path) -> int:
    """Count the members in the file, page by page."""
    service = open_shop(path)
    try:
        after: int | None = 0
        count = 0
        while after is not None:
            page = service.ask(MembersPage(after=after))
            after, count = page.next, count + len(page.members)
        return count
    finally:
        service.close()


def test_a_file_is_seen_first_and_only_then_brought_in(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(code="en")
    file = tmp_path / "people.csv"
    file.write_text(MEMBERS)
    card, before = at_lists(desk, file), members_of(desk.path)
    read(desk)
    assert said(card).startswith("A trial run: nothing was posted.\n2 new members.")
    assert "0912 555 0101 becomes" in said(card) and "Line 4:" in said(card)
    assert card.question.isVisible() and card.question.buttons["take"].hasFocus()
    assert members_of(desk.path) == before
    desk.press("Enter")
    wait(desk)
    assert said(card).startswith("2 new members.") and not card.question.isVisible()
    assert card.answer.accessibleName() == "Finished"
    assert members_of(desk.path) == before + 2
    desk.rig.keys("Ctrl+1")
    desk.rig.scan("09125550101")
    desk.rig.settle()
    assert desk.rig.state.member is not None and desk.rig.state.member.name == "Ava Test"


def test_a_file_that_is_left_records_nothing_and_one_without_news_asks_nothing(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(code="en")
    file = tmp_path / "people.csv"
    file.write_text(MEMBERS)
    card, before = at_lists(desk, file), members_of(desk.path)
    read(desk)
    desk.tab_to(card.question.buttons["leave"])
    desk.press("Enter")
    assert members_of(desk.path) == before and not card.question.isVisible() and not card.told.isVisible()
    file.write_text("phone,name\n12,Nobody\n")
    read(desk)
    assert not card.question.isVisible() and "1 row refused." in said(card)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n1,2\n", "Give it that heading"),
        (b"PK\x03\x04 not a workbook", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(
    open_desk: OpenDesk, tmp_path: Path, content: bytes, why: str
) -> None:
    desk = open_desk(code="en")
    file = tmp_path / ("people.xlsx" if content.startswith(b"PK") else "people.csv")
    file.write_bytes(content)
    card = at_lists(desk, file)
    read(desk)
    assert why in card.answer.accessibleName() and not card.question.isVisible()
    assert card.read.isEnabled()


def test_a_file_without_its_column_is_told_the_heading_in_its_own_language(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk()
    file = tmp_path / "people.csv"
    file.write_text("نام\nسارا\n")
    card = at_lists(desk, file)
    read(desk)
    assert "«موبایل»" in card.answer.accessibleName()


def test_choosing_another_list_forgets_what_was_seen(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk()
    file = tmp_path / "people.csv"
    file.write_text(MEMBERS)
    card = at_lists(desk, file)
    read(desk)
    assert "اجرای آزمایشی" in card.told.said()
    pick(desk, "lists", "what", "sales")
    assert not card.question.isVisible() and card.rows["enrol"].isVisible()


@pytest.mark.slow
def test_a_stopped_import_keeps_its_batches_and_the_rest_comes_later(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(code="en")
    file = tmp_path / "people.csv"
    rows = "".join(f"0912555{n:04},\n" for n in range(1_200))
    file.write_text("phone,name\n" + rows)
    card, before = at_lists(desk, file), members_of(desk.path)
    read(desk)
    desk.rig.keys("Ctrl+n")
    card.progress.stop.click()
    wait(desk)
    assert card.answer.accessibleName().startswith("Stopped.")
    assert members_of(desk.path) == before + 500
    read(desk)
    desk.press("Enter")
    wait(desk)
    assert members_of(desk.path) == before + 1_200


def test_a_list_is_written_for_a_spreadsheet(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk()
    card = at_lists(desk, tmp_path)
    asked: list[str] = []
    desk.settings.exchanging.ask_place = lambda name: asked.append(name) or str(tmp_path / "out")  # type: ignore[func-returns-value]
    desk.tab_to(card.write)
    desk.press("Enter")
    wait(desk)
    assert asked == ["members"] and card.answer.accessibleName() == "انجام شد"
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None and sheet.max_row == members_of(desk.path) + 1


@pytest.mark.slow
def test_the_counter_looks_people_up_while_a_file_comes_in(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(code="en")
    file = tmp_path / "people.csv"
    file.write_text("phone,name\n" + "".join(f"0912555{n:04},\n" for n in range(600)))
    card = at_lists(desk, file)
    read(desk)
    desk.rig.keys("Ctrl+n")
    assert card.progress.isVisible() and card.progress.stop.isVisible()
    desk.rig.keys("Ctrl+1")
    desk.rig.scan("4410339306")
    desk.rig.settle()
    assert desk.rig.state.member is not None
    wait(desk)
    service = open_shop(desk.path)
    try:
        assert service.ask(Identify(text="09125550599")).kind == "member"
    finally:
        service.close()
