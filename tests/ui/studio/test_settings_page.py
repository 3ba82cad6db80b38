"""Choices take effect at once and are kept; the shop's own settings are saved together."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit

from loyalty_pos.app.queries import Shop
from loyalty_pos.app.views import ShopView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui import theme
from loyalty_pos.ui.bidi import strip
from loyalty_pos.ui.pages.settings_cards import PDF, QUEUE, SYSTEM
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


def shop_of(path: Path) -> ShopView:
    service = open_shop(path)
    try:
        view: ShopView = service.ask(Shop())
        return view
    finally:
        service.close()


def pick(desk: Desk, card: str, key: str, value: str) -> None:
    """Choose a value as a person does: put it there and tell."""
    editor = getattr(desk.settings, card).editor(key)
    editor.put(value)
    editor.edited.emit()
    desk.rig.settle()


def test_language_look_and_size_change_at_once_and_are_kept(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.settings)
    pick(desk, "look", "language", "en")
    pick(desk, "look", "look", "dark")
    pick(desk, "look", "scale", "125")
    kept = desk.rig.settings.kept
    assert (kept.language, kept.dark, kept.scale_percent) == ("en", True, 125)
    assert (theme.look().dark, theme.look().rtl, theme.look().scale_percent) == (True, False, 125)
    assert desk.settings.look.title.said() == "This window"
    desk.rig.program.choose("theme")
    assert desk.settings.look.editor("look").value() == "light"
    assert theme.look().scale_percent == 125


def test_receipts_can_be_left_out(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.settings)
    desk.settings.paper.editor("receipts").switch.click()  # type: ignore[attr-defined]
    desk.rig.settle()
    assert not desk.rig.settings.kept.print_receipts
    desk.rig.scan("4410339306")
    desk.rig.keys("100. Enter")
    desk.rig.settle()
    assert desk.rig.tray.sales == []


def test_a_printer_or_pdf_is_chosen_and_one_that_is_gone_stays_in_the_list(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.settings)
    desk.settings._queues_read(("Till", "Office"))
    pick(desk, "paper", "printer", QUEUE + "Till")
    assert (desk.rig.settings.kept.printer, desk.rig.settings.kept.save_as_pdf) == ("Till", False)
    desk.settings._queues_read(("Office",))
    assert desk.settings.paper.editor("printer").value() == QUEUE + "Till"
    pick(desk, "paper", "printer", PDF)
    assert (desk.rig.settings.kept.printer, desk.rig.settings.kept.save_as_pdf) == ("", True)
    pick(desk, "paper", "printer", SYSTEM)
    assert (desk.rig.settings.kept.printer, desk.rig.settings.kept.save_as_pdf) == ("", False)


def test_the_test_page_says_where_it_went_or_why_not(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.settings)
    card = desk.settings.paper
    desk.rig.keys("Ctrl+p")
    desk.rig.settle()
    assert "Tray" in card.answer.accessibleName()
    desk.rig.tray.empty = True
    desk.rig.keys("Ctrl+p")
    desk.rig.settle()
    assert card.answer.accessibleName().startswith("The printer did not take the paper")
    desk.settings._test_failed(Fault("no_printer"))
    assert card.answer.accessibleName().startswith("No printer is set up")


def test_the_shop_gets_another_name_by_keyboard(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.settings)
    card = desk.settings.shop
    assert not card.save.isEnabled()
    line = card.rows["name"].findChildren(QLineEdit)[0]
    assert line.hasFocus()
    line.selectAll()
    desk.press("Blue")
    pick(desk, "shop", "calendar", "gregorian")
    desk.press("Ctrl+s")
    kept = shop_of(desk.path)
    assert (kept.name, kept.calendar, kept.currency) == ("Blue", "gregorian", "IRR")
    assert desk.rig.window.windowTitle() == "Blue"
    assert desk.rig.program.shop == kept
    assert card.answer.accessibleName() == "Saved" and not card.save.isEnabled()


def test_every_wrong_field_of_the_shop_is_marked_at_once_under_it(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.settings)
    card = desk.settings.shop
    hour = card.rows["day_ends_hour"].findChildren(QLineEdit)[0]
    for typed, error in (("24", "From 0 to 23."), ("x", "A whole number goes here.")):
        hour.setFocus()
        hour.selectAll()
        desk.press(typed)
        desk.press("Ctrl+s")
        assert card.rows["day_ends_hour"].error.said() == error
    name = card.rows["name"].findChildren(QLineEdit)[0]
    name.setFocus()
    name.selectAll()
    desk.press("Back")
    desk.press("Ctrl+s")
    assert card.rows["name"].error.said() == "Fill this in." and name.hasFocus()
    assert card.rows["day_ends_hour"].error.said() == "A whole number goes here."
    hour.selectAll()
    hour.setFocus()
    desk.press("4")
    desk.press("Ctrl+s")
    assert card.rows["name"].error.said() and not card.rows["day_ends_hour"].error.said()
    assert shop_of(desk.path).day_ends_hour == 0


def test_the_tax_in_the_prices_is_kept_as_typed_and_nonsense_is_said_under_it(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.settings)
    card = desk.settings.shop
    tax = card.rows["tax_bp"].findChildren(QLineEdit)[0]
    assert tax.text() == "0" and card.editor("earn_on_tax").value() is True
    for typed, error in (("x", "A whole number goes here."), ("101", "From 0% to 100%.")):
        tax.setFocus()
        tax.selectAll()
        desk.press(typed)
        desk.press("Ctrl+s")
        assert strip(card.rows["tax_bp"].error.said()) == error
    tax.selectAll()
    desk.press("9.5")
    desk.press("Ctrl+s")
    assert (shop_of(desk.path).tax_bp, shop_of(desk.path).earn_on_tax) == (950, True)
    tax.setFocus()
    tax.selectAll()
    desk.press("Back")
    card.editor("earn_on_tax").put(False)
    desk.press("Ctrl+s")
    assert (shop_of(desk.path).tax_bp, shop_of(desk.path).earn_on_tax) == (0, False)


def test_the_shop_s_file_is_named_and_its_path_copied(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.settings.equip(desk.rig.page.paper, desk.path)
    desk.go(desk.settings)
    assert desk.settings.file.isVisible()
    desk.rig.keys("Ctrl+e")
    assert QApplication.clipboard().text() == str(desk.path)


def test_narrow_paper_is_chosen_for_the_next_receipt(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.settings)
    pick(desk, "paper", "paper_mm", "58")
    assert desk.rig.settings.kept.paper_mm == 58
