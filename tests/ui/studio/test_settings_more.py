"""Digits, safety copies and the scanner's test on the settings page, over a real shop's file."""

from collections.abc import Callable
from pathlib import Path

from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets.sight import bring_into_sight
from tests.ui.hands import name_of
from tests.ui.studio.desk import Desk
from tests.ui.studio.test_settings_page import pick, shop_of

OpenDesk = Callable[..., Desk]
CARD = "4410339306"


def switch(desk: Desk, key: str) -> None:
    desk.settings.look.editor(key).switch.click()  # type: ignore[attr-defined]
    desk.rig.settle()


def test_touch_sound_and_movement_are_kept_and_touch_is_worn_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.settings)
    switch(desk, "touch")
    switch(desk, "calm")
    pick(desk, "look", "sound", "loud")
    kept = desk.rig.settings.kept
    assert (kept.touch, kept.reduced_motion, kept.sound) == (True, True, "loud")
    assert (theme.look().touch, theme.look().motion) == (True, False)
    switch(desk, "touch")
    switch(desk, "calm")


def test_latin_digits_reach_everything_persian_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.settings
    desk.go(page)
    pick(desk, "look", "scale", "100")
    assert page.look.editor("scale").many.currentText() == "۱۰۰٪"  # type: ignore[attr-defined]
    pick(desk, "look", "digits", "latin")
    assert desk.rig.settings.kept.latin_digits
    assert page.look.editor("scale").many.currentText() == "100%"  # type: ignore[attr-defined]
    assert desk.rig.program.language.money(1_234_500) == "123,450 تومان"
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    desk.rig.settle()
    row = desk.programmes.editor.params.rows["amount_mode_value_minor"]
    assert row.editor is not None and row.editor.line.text() == "128,000"  # type: ignore[attr-defined]
    desk.go(page)
    pick(desk, "look", "digits", "own")
    assert desk.rig.program.language.digits("7") == "۷"


def test_a_copy_is_made_listed_and_gone_back_to_and_every_page_asks_again(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page, card = desk.settings, desk.settings.copies
    desk.go(page)
    desk.rig.settle()
    assert card.last.said() == "There is no backup yet." and not card.back.isVisible()
    desk.tab_to(card.make)
    desk.press("Enter")
    assert card.last.said().endswith("Checked and sound.")
    assert card.answer.accessibleName() == "A copy is there, checked and sound"
    assert "free" in card.place.said() and str(desk.path.parent) in card.place.accessibleName()
    before = shop_of(desk.path).name
    rename(desk, "After the copy")
    desk.go(desk.programmes)
    desk.rig.settle()
    desk.go(page)
    desk.rig.keys("Ctrl+1")
    desk.rig.scan(CARD)
    desk.rig.settle()
    assert at_counter(desk)
    desk.go(page)
    desk.tab_to(card.back)
    desk.press("Enter")
    assert card.question.isVisible() and name_of(card.question.buttons["stay"]) == "Leave everything as it is"
    assert card.question.buttons["stay"].hasFocus()
    desk.tab_to(card.question.buttons["back"])
    desk.press("Enter")
    assert card.answer.accessibleName().startswith("The shop is as it was then. 1 entry left the books.")
    assert shop_of(desk.path).name == before == desk.rig.window.windowTitle()
    assert desk.rig.program.shop == shop_of(desk.path)
    assert page.shop.editor("name").value() == before
    assert desk.rig.page.search.text() == "" and not at_counter(desk)
    assert desk.programmes._stale


def test_a_journal_is_begun_shown_and_brings_back_what_came_after_the_copy(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(code="en")
    page, card = desk.settings, desk.settings.copies
    folder = tmp_path / "second"
    folder.mkdir()
    page.copying.ask_folder = lambda now: str(folder)
    desk.go(page)
    desk.rig.settle()
    assert card.journal.said().startswith("No sales journal is kept")
    desk.tab_to(card.keep)
    desk.press("Enter")
    assert card.answer.accessibleName() == "Every sale is written there as well from now on"
    assert card.journal.said().startswith("Every sale is also written to the sales journal in ")
    assert "on the same disk as the shop" in card.warning.accessibleName()
    desk.press("Alt+1")
    desk.rig.settle()
    rename(desk, "After the copy")
    assert len(next(folder.glob("*.journal")).read_bytes().splitlines()) == 2
    desk.press("Alt+2")
    desk.press("Ctrl+z")
    said = card.answer.accessibleName()
    assert said.startswith("The shop is back. 0 entries left the books. 1 line of the sales journal was")
    assert shop_of(desk.path).name == "After the copy"
    folder.rename(tmp_path / "unplugged")
    rename(desk, "Later")
    page.copying.read()
    desk.rig.settle()
    assert card.journal.said().endswith("1 line waits for its disk.")
    page.copying.ask_folder = lambda now: ""
    desk.press("Alt+5")
    desk.rig.settle()
    assert card.answer.accessibleName() == said


def at_counter(desk: Desk) -> bool:
    return desk.rig.state.member is not None


def rename(desk: Desk, name: str) -> None:
    line = desk.settings.shop.editor("name")
    line.put(name)
    line.edited.emit()
    desk.press("Ctrl+s")
    assert desk.rig.window.windowTitle() == name


def test_the_question_can_be_left_and_nothing_happens(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    card = desk.settings.copies
    desk.go(desk.settings)
    desk.press("Alt+1")
    desk.rig.settle()
    desk.rig.window.resize(1024, 768)
    desk.settings.put_focus()
    bring_into_sight(desk.settings.shop.title)
    assert card.back.visibleRegion().isEmpty()
    desk.press("Alt+2")
    stay = card.question.buttons["stay"]
    assert stay.visibleRegion().boundingRect().size() == stay.size(), "a key's question is seen"
    desk.press("Enter")
    assert not card.question.isVisible() and card.back.hasFocus()
    assert not list(desk.path.parent.glob("shop.db.before*"))


def test_copies_go_to_a_chosen_folder_and_trouble_is_said(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(code="en")
    page = desk.settings
    folder = tmp_path / "safe"
    folder.mkdir()
    page.copying.ask_folder = lambda now: str(folder)
    desk.go(page)
    desk.press("Alt+3")
    desk.rig.settle()
    assert desk.rig.settings.kept.backup_folder == str(folder)
    desk.rig.keys("Alt+1")
    assert not page.copies.make.isEnabled()
    desk.rig.settle()
    assert page.copies.make.isEnabled() and len(list(folder.glob("*.db"))) == 1
    page.copying._failed(Fault("backup_failed", path="x"))
    assert page.copies.answer.accessibleName().startswith("No backup could be written")


def test_a_scan_during_the_test_is_shown_and_stays_away_from_the_counter(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    card = desk.settings.scanner
    desk.go(desk.settings)
    desk.press("Ctrl+k")
    desk.rig.scan(CARD)
    desk.rig.settle()
    assert desk.settings.isVisible() and desk.rig.state.member is None
    assert bidi.strip(card.code.said()) == CARD
    assert card.facts.said().startswith("10 characters, one every 10 ms · Enter at the end")
    assert bidi.strip(card.meaning.said()).startswith("The card of ")
    desk.rig.scan("zz998877", end="Tab")
    desk.rig.settle()
    assert "Tab at the end" in card.facts.said()
    assert card.meaning.said() == "A card that is not linked to anyone yet."
    desk.press("Ctrl+k")
    desk.rig.scan(CARD)
    desk.rig.settle()
    assert not desk.settings.isVisible() and desk.rig.state.member is not None


def test_a_scanner_on_a_persian_keyboard_and_one_without_enter_are_told(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    card = desk.settings.scanner
    desk.go(desk.settings)
    card.run(True)
    desk.rig.persian_layout = True
    desk.rig.scan(CARD)
    desk.rig.settle()
    assert bidi.strip(card.code.said()) == CARD and "Persian keyboard" in card.facts.said()
    desk.rig.persian_layout = False
    for digit in "12345678":
        desk.rig.press(digit, 8)
    desk.rig.window.scanner.release()
    assert "nothing at the end" in card.facts.said() and card.advice.isVisible()
    desk.go(desk.programmes)
    assert not card.running
    desk.press("Esc")
