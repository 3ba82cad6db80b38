"""Earnings, total, why: what a sale does."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import EarnItem, EarnStrip, TotalBar, Tx, WhyPanel, WhyRow, WhySection
from tests.ui.conftest import Stage
from tests.ui.hands import image_of, ink, middle_x, name_of, press, tap

ITEMS = [EarnItem("star", "+971 pts", "Gold"), EarnItem("wallet", "+6,479", "2% cashback")]


def test_a_strip_says_all_it_earns(stage: Stage) -> None:
    strip = stage.put(EarnStrip("Earns", "Why?"), 450)
    strip.set_items(ITEMS)
    assert name_of(strip) == "Earns: +971 pts Gold, +6,479 2% cashback"
    strip.set_items([], "Nothing with this sale")
    assert name_of(strip) == "Earns: Nothing with this sale"
    strip.set_texts("Verdient", "Warum?")
    assert (name_of(strip), name_of(strip.why)) == ("Verdient: Nothing with this sale", "Warum?")


def test_a_strip_offers_the_why_where_reading_ends(stage: Stage, qtbot: QtBot) -> None:
    strip = stage.put(EarnStrip("Earns", "Why?"), 450)
    assert (strip.why.x() < 225) == stage.language.rtl
    with qtbot.waitSignal(strip.why_asked):
        tap(strip.why)


def test_more_than_fits_is_found_and_no_more_than_four_are_shown(stage: Stage) -> None:
    strip = stage.put(EarnStrip("Earns", "Why?"), 450)
    strip.set_items(ITEMS * 3)
    assert name_of(strip).count("971") == 2
    strip.set_items(ITEMS)
    assert strip.cut_texts() == ()
    strip.resize(150, strip.height())
    assert "2% cashback" in strip.cut_texts()


def _total(stage: Stage, total: str = "323,950", saves: str = "saves 145,050 T") -> TotalBar:
    bar = stage.put(TotalBar(), 478)
    bar.set_content("To pay", total, "Toman", saves)
    return bar


def test_the_total_stands_where_reading_ends_and_its_unit_after_it(stage: Stage) -> None:
    image = image_of(_total(stage, saves=""))
    figures = middle_x(ink(image, theme.color("text"), near=30))
    assert (figures < 239) == stage.language.rtl
    beyond = QRectF(0, 0, 62, 62) if stage.language.rtl else QRectF(416, 0, 62, 62)
    assert ink(image, theme.color("text2"), beyond, near=40)


def test_a_reader_hears_the_total_once_per_pause(
    english: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = _total(english)
    assert name_of(bar) == "To pay: 323,950 Toman, saves 145,050 T"
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    for total in ("4", "46", "469"):
        bar.set_content("To pay", total, "Toman")
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["To pay: 469 Toman"]


def test_a_changed_total_flashes_and_a_first_one_does_not(english: Stage, qtbot: QtBot) -> None:
    bar = _total(english)
    assert not ink(image_of(bar), theme.color("gain_soft"), near=1)
    bar.set_content("To pay", "10", "Toman")
    assert ink(image_of(bar), theme.color("gain_soft"), near=1)
    qtbot.waitUntil(lambda: not ink(image_of(bar), theme.color("gain_soft"), near=1))


def test_the_longest_total_shrinks_and_pushes_nothing_out(stage: Stage) -> None:
    bar = _total(stage, stage.language.number(100_000_000_000))
    assert bar.cut_texts() == ()
    bar.resize(300, bar.height())
    assert "saves 145,050 T" in bar.cut_texts()


SECTIONS = [
    WhySection(
        "Where 971 points come from",
        "star",
        (
            WhyRow("Gold tier", "×1.5"),
            WhyRow("Rounded down"),
            WhyRow("Sum", "+971", "total"),
            WhyRow("!", "", "note"),
        ),
        "Rule 7",
    ),
    WhySection("Voucher not used", "ticket", muted=True),
]


def _why(stage: Stage) -> WhyPanel:
    panel = stage.put(WhyPanel("Why?", "Close"), 460, 360)
    panel.set_content("Why?", "Close", SECTIONS)
    image_of(panel)
    return panel


def test_the_arithmetic_is_all_there_and_figures_stand_right(stage: Stage) -> None:
    panel = _why(stage)
    labels = {label.said(): label for label in panel.findChildren(Tx)}
    assert {"Gold tier", "×1.5", "Sum", "+971", "Rule 7", "Voucher not used"} <= set(labels)
    assert labels["+971"].alignment() & Qt.AlignmentFlag.AlignRight
    assert labels["+971"].alignment() & Qt.AlignmentFlag.AlignAbsolute
    assert (labels["+971"].x() < labels["Sum"].x()) == stage.language.rtl
    assert 100 < panel.natural_height() < 360


def test_new_contents_replace_the_old(english: Stage) -> None:
    panel = _why(english)
    panel.set_content("Warum?", "Zu", SECTIONS[1:])
    assert {label.said() for label in panel.findChildren(Tx)} == {"Warum?", "Voucher not used"}
    assert (name_of(panel), name_of(panel.close_button)) == ("Warum?", "Zu")


def test_escape_and_the_button_close(stage: Stage, qtbot: QtBot) -> None:
    panel = _why(stage)
    with qtbot.waitSignal(panel.closed):
        assert press(panel, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.closed):
        tap(panel.close_button)
    assert not press(panel, Qt.Key.Key_F2)


def test_figures_of_all_sections_stand_in_one_column(stage: Stage) -> None:
    sections = [
        WhySection("a", rows=(WhyRow("b", "600,000"),)),
        WhySection("c", rows=(WhyRow("d", "10,400 T"),)),
    ]
    panel = stage.put(WhyPanel("Why?", "Close"), 360, 300)
    panel.set_content("Why?", "Close", [*sections, WhySection("e", note="nothing")])
    QApplication.processEvents()
    labels = [each for each in panel.findChildren(Tx) if each.said() in ("600,000", "10,400 T")]
    assert len({each.mapTo(panel, each.rect().topRight()).x() for each in labels}) == 1
    assert len({each.width() for each in labels}) == 1
