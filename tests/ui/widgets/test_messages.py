"""Toast and banner: what has happened and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Action, Banner, Toast
from tests.ui.conftest import Stage
from tests.ui.eyes import cut_texts, look_at
from tests.ui.hands import image_of, ink, name_of, press, tap


def _toast(stage: Stage, *, undo: str = "Undo") -> Toast:
    toast = stage.put(Toast(stage.language), 480)
    toast.show_message("Recorded: 323,950 T", "receipt printed", undo=undo)
    return toast


def test_a_toast_takes_no_focus_and_neither_does_its_undo(stage: Stage, qtbot: QtBot) -> None:
    line = stage.put(QLineEdit())
    line.setFocus()
    toast = _toast(stage)
    with qtbot.waitSignal(toast.undone):
        tap(toast.undo)
    assert line.hasFocus()
    assert not toast.isVisible()
    assert toast.focusPolicy() == toast.undo.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_toast_goes_after_its_ten_seconds(stage: Stage, qtbot: QtBot) -> None:
    toast = _toast(stage)
    toast.pass_time(9_900)
    assert toast.isVisible()
    with qtbot.waitSignal(toast.expired):
        toast.pass_time(100)
    assert not toast.isVisible()
    with qtbot.assertNotEmitted(toast.expired):
        toast.pass_time(100)


def test_a_new_message_starts_the_time_anew(stage: Stage) -> None:
    toast = _toast(stage)
    toast.pass_time(9_000)
    toast.show_message("Reversed: sale 1894", seconds=5)
    toast.pass_time(4_000)
    assert toast.isVisible()
    assert name_of(toast) == "Reversed: sale 1894"
    assert not toast.undo.isVisible()


def test_a_toast_counts_in_the_languages_digits(stage: Stage) -> None:
    toast = _toast(stage)
    assert toast.seconds_said() == stage.sample.say("۱۰", "10")
    toast.pass_time(2_600)
    assert toast.seconds_said() == stage.sample.say("۸", "8")


def test_time_runs_by_itself_and_stops_when_dismissed(stage: Stage, qtbot: QtBot) -> None:
    toast = stage.put(Toast(stage.language), 480)
    toast.show_message("Recorded", seconds=1)
    qtbot.waitUntil(lambda: not toast.isVisible())
    toast.show_message("Recorded")
    with qtbot.assertNotEmitted(toast.expired):
        toast.dismiss()
    assert not toast.isVisible()


def test_a_toast_says_a_long_message_whole_and_is_as_low_as_before_with_the_next(stage: Stage) -> None:
    toast = stage.put(Toast(stage.language), 354)
    long = stage.sample.say(
        "برگشت: خرید ۱۸۹۴ و پاداش‌هایش، و کارت هدیه‌ای که با آن", "Reversed: sale 1894 and its rewards"
    )
    toast.show_message(
        long, stage.sample.say("آن‌چه پس آمده بود می‌ماند", "What came back for it stays returned")
    )
    assert list(cut_texts(toast, look_at(toast))) == []
    assert toast.height() > theme.px(64)
    toast.show_message(stage.sample.say("ثبت شد", "Recorded"))
    assert list(cut_texts(toast, look_at(toast))) == []
    assert toast.height() == theme.px(64)


def test_a_floating_toast_keeps_to_its_parents_lower_edge(stage: Stage) -> None:
    page = stage.put(QWidget(), 700, 500)
    toast = Toast(stage.language, page, floating=True)
    toast.show_message("Recorded", undo="Undo")
    assert toast.geometry().bottom() == 500 - 16 - 1
    page.resize(900, 600)
    assert toast.geometry().bottom() == 600 - 16 - 1
    assert abs(toast.geometry().center().x() - 450) <= 1


def test_a_banner_says_what_is_and_offers_what_to_do(stage: Stage, qtbot: QtBot) -> None:
    actions = [Action("again", "Print again", "primary", "printer", "F10"), Action("no", "No receipt")]
    banner = stage.put(Banner("reward", "Not printed: out of paper", "The sale is recorded", actions))
    assert name_of(banner) == "Not printed: out of paper. The sale is recorded"
    with qtbot.waitSignal(banner.acted) as told:
        tap(banner.buttons["again"])
    assert told.args == ["again"]
    with qtbot.waitSignal(banner.acted) as told:
        press(banner.buttons["no"], Qt.Key.Key_Space, " ")
    assert told.args == ["no"]


def test_a_banner_changes_as_a_whole(stage: Stage) -> None:
    banner = stage.put(Banner("info", "One", actions=[Action("a", "A")]), 420, 120)
    banner.set_content("danger", "", "Two")
    image = image_of(banner)
    assert ink(image, theme.color("danger_soft"), near=1)
    assert ink(image, theme.color("on_danger_soft"), near=60)
    assert banner.buttons == {}
    assert name_of(banner) == "Two"
