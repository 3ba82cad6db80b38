import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import BenefitRow
from loyalty_pos.ui.widgets.benefit_row import BenefitState
from tests.ui.conftest import Stage
from tests.ui.hands import heard, image_of, ink, middle_x, name_of, press, tap


def _made(
    stage: Stage, state: BenefitState = "on", *, declinable: bool = True, amount: str = "−128,000"
) -> BenefitRow:
    row = BenefitRow()
    row.set_content(
        "Fifth drink free", "had 4 stamps", amount, state=state, declinable=declinable, keycap="Alt 1"
    )
    return stage.put(row, 452)


def _wishes(row: BenefitRow) -> list[bool]:
    said: list[bool] = []
    row.clicked.connect(lambda on: said.append(on))
    return said


def test_a_tap_anywhere_says_the_wish(stage: Stage) -> None:
    row = _made(stage)
    wishes = _wishes(row)
    tap(row, QPoint(226, 5))
    assert wishes == [False]


def test_space_says_the_wish(stage: Stage) -> None:
    row = _made(stage, "available")
    wishes = _wishes(row)
    press(row, Qt.Key.Key_Space, " ")
    assert wishes == [True]


def test_a_reader_hears_a_switch_with_its_money_and_reason(stage: Stage) -> None:
    row = _made(stage)
    assert heard(row).role() == QAccessible.Role.CheckBox
    assert heard(row).state().checked
    assert name_of(row) == "Fifth drink free, −128,000, had 4 stamps"
    assert heard(row).text(QAccessible.Text.Description) == "Alt 1"


def test_what_cannot_be_declined_has_no_switch(stage: Stage) -> None:
    row = _made(stage, declinable=False)
    assert not row.has_switch()
    tap(row)
    assert not row.isChecked()
    assert row.state() == "on"


def test_what_is_not_used_asks_why_and_changes_nothing(stage: Stage) -> None:
    row = _made(stage, "not_used")
    wishes = _wishes(row)
    tap(row)
    assert wishes == [False]
    assert row.height() == 26
    assert not row.has_switch()


def test_the_knob_travels_to_where_reading_ends(stage: Stage) -> None:
    row = _made(stage)
    track = QRectF(396, 12, 44, 24) if stage.language.rtl else QRectF(12, 12, 44, 24)
    knob = middle_x(ink(image_of(row), theme.color("on_primary"), track, near=4))
    assert (knob < track.center().x()) == stage.language.rtl


def test_money_of_all_rows_stands_in_one_right_aligned_column(stage: Stage) -> None:
    rights = []
    for amount in ("128,000", "5,000"):
        image = image_of(_made(stage, amount=amount))
        area = QRectF(70, 0, 110, 48) if stage.language.rtl else QRectF(270, 0, 115, 48)
        rights.append(max(point.x() for point in ink(image, theme.color("on_primary_soft"), area, near=60)))
    assert abs(rights[0] - rights[1]) <= 2


@pytest.mark.parametrize(
    ("state", "ground"), [("on", "primary_soft"), ("available", "inset"), ("not_used", "bg")]
)
def test_states_differ_by_ground_and_by_mark(stage: Stage, state: BenefitState, ground: str) -> None:
    row = _made(stage, state)
    assert image_of(row).pixelColor(226, 4) == theme.color(ground)


def test_words_without_room_are_found(stage: Stage) -> None:
    row = _made(stage)
    assert row.cut_texts() == ()
    row.resize(200, row.height())
    assert "Fifth drink free" in row.cut_texts()


def test_a_finger_gets_more_room_when_touch_is_set(english: Stage) -> None:
    row = _made(english, "not_used")
    english.look(rtl=False, touch=True)
    assert row.height() == 48


def test_a_reason_of_45_letters_fits_the_narrowest_counter(stage: Stage) -> None:
    row = stage.put(BenefitRow(), 478)
    reason = stage.sample.say(
        "۴ مهر داشت و این، پنجمین نوشیدنی این ماه است.", "had 4 stamps; this is the 5th drink in one day"[:45]
    )
    assert len(reason) == 45
    row.set_content("Fifth drink free", reason, stage.language.money(-12_800_000, unit=False), keycap="Alt 1")
    assert row.cut_texts() == ()
    row.set_content("Voucher", reason, state="not_used")
    assert row.cut_texts() == ()
