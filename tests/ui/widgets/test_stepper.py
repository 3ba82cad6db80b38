import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Stepper
from tests.ui.conftest import Stage
from tests.ui.hands import heard, image_of, ink, name_of, press, tap


def _made(stage: Stage) -> Stepper:
    stepper = stage.put(Stepper(stage.language, "cup", "Drinks", "*", maximum=3), 234)
    stepper.set_value(1)
    return stepper


def _plus(stage: Stage, stepper: Stepper) -> QPoint:
    """Where the plus stands: before the keycap at the reading's end."""
    return QPoint(60 if stage.language.rtl else stepper.width() - 60, 20)


def _minus(stage: Stage, stepper: Stepper) -> QPoint:
    return QPoint(134 if stage.language.rtl else stepper.width() - 134, 20)


def test_plus_stands_after_minus_in_reading_order(stage: Stage) -> None:
    stepper = _made(stage)
    tap(stepper, _plus(stage, stepper))
    assert stepper.value() == 2
    tap(stepper, _minus(stage, stepper))
    tap(stepper, _minus(stage, stepper))
    assert stepper.value() == 0


def test_a_person_stepping_is_told_the_program_is_not(stage: Stage, qtbot: QtBot) -> None:
    stepper = _made(stage)
    told: list[int] = []
    stepper.stepped.connect(told.append)
    stepper.set_value(3)
    stepper.set_range(0, 2)
    assert (stepper.value(), told) == (2, [])
    stepper.step(-1)
    stepper.step(5)
    assert told == [1, 2]


def test_nothing_is_told_at_the_bounds(stage: Stage, qtbot: QtBot) -> None:
    stepper = _made(stage)
    stepper.set_value(3)
    with qtbot.assertNotEmitted(stepper.stepped):
        stepper.step(1)
        tap(stepper, _plus(stage, stepper))


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        (Qt.Key.Key_Up, "", 2),
        (Qt.Key.Key_Down, "", 0),
        (Qt.Key.Key_Plus, "+", 2),
        (Qt.Key.Key_Minus, "-", 0),
        (Qt.Key.Key_Space, " ", 2),
        (Qt.Key.Key_Home, "", 0),
        (Qt.Key.Key_End, "", 3),
    ],
)
def test_keys_step(stage: Stage, key: Qt.Key, text: str, value: int) -> None:
    stepper = _made(stage)
    assert press(stepper, key, text)
    assert stepper.value() == value


def test_sideways_keys_follow_the_reading(stage: Stage) -> None:
    stepper = _made(stage)
    press(stepper, Qt.Key.Key_Left if stage.language.rtl else Qt.Key.Key_Right)
    assert stepper.value() == 2


def test_keys_of_the_page_are_left_to_it(english: Stage) -> None:
    assert not press(_made(english), Qt.Key.Key_F7)


def test_a_wheel_over_it_changes_no_sale(english: Stage) -> None:
    stepper = _made(english)
    place = QPointF(20, 20)
    wheel = QWheelEvent(
        place, place, QPoint(0, 120), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(stepper, wheel)
    assert stepper.value() == 1


def test_quick_taps_count_each(english: Stage) -> None:
    stepper = _made(english)
    place = _plus(english, stepper)
    QTest.mouseClick(stepper, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(stepper, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert stepper.value() == 3


def test_a_reader_hears_name_and_value(stage: Stage) -> None:
    stepper = _made(stage)
    assert heard(stepper).role() == QAccessible.Role.Slider
    assert name_of(stepper) == "Drinks"
    stepper.set_texts(stage.language, "Breakfast", "/")
    assert name_of(stepper) == "Breakfast"
    assert heard(stepper).text(QAccessible.Text.Description) == "/"


def test_it_never_gets_less_room_than_its_words_and_shows_its_focus(stage: Stage) -> None:
    stepper = _made(stage)
    assert stepper.minimumSizeHint() == stepper.sizeHint()
    assert stepper.height() == 40
    before = len(ink(image_of(stepper), theme.color("primary")))
    stepper.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(ink(image_of(stepper), theme.color("primary"))) > before + 300
