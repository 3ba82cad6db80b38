"""The counter with fingers and a scanner alone: nothing here presses a key of a keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import EnrolMember, RecordSale, VoidSale
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import HeldList, Place, Recorded, Undone
from loyalty_pos.ui.widgets import Btn, Segmented, Stepper
from tests.examples import ALL
from tests.ui.counter.goods_shop import CAKE, built_with_goods
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.counter.states import LEILA, SARA
from tests.ui.hands import tap

__all__ = ["built_with_goods"]


class Fingers:
    """A till that is touched."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    def pad(self, typed: str) -> None:
        for letter in typed:
            tap(self.rig.page.sale.pad.key("\b" if letter == "<" else letter))

    def tap(self, widget: QWidget) -> None:
        assert widget.isVisible(), widget
        tap(widget)
        self.rig.settle()

    def bar(self, key: str) -> None:
        """Tap a key of the bar."""
        place = self.rig.window.keys.place_of(key)
        assert not place.isNull(), key
        tap(self.rig.window.keys, place.center().toPoint())
        self.rig.settle()

    def scan(self, code: str) -> None:
        self.rig.scan(code)
        self.rig.settle()


def toast(rig: Rig) -> type:
    return type(rig.state.toast)


@pytest.fixture(params=["fa", "en"] if ALL else ["fa"])
def hand(make_rig: MakeRig, request: pytest.FixtureRequest) -> Iterator[Fingers]:
    yield Fingers(make_rig(code=request.param, touch=True))


def test_scan_amount_confirm_and_back_again(hand: Fingers) -> None:
    rig = hand.rig
    hand.scan(SARA)
    hand.pad("469.")
    rig.settle()
    assert rig.state.amount_minor == 4_690_000 and rig.state.fresh
    hand.tap(rig.page.sale.confirm)
    assert toast(rig) is Recorded
    hand.bar("Ctrl Z")
    assert toast(rig) is Undone and len(rig.sent(VoidSale)) == 1


def test_the_keypad_never_mirrors(hand: Fingers) -> None:
    pad = hand.rig.page.sale.pad
    assert pad.layoutDirection() is Qt.LayoutDirection.LeftToRight
    xs = [pad.key(key).mapTo(pad, QPoint(0, 0)).x() for key in "789"]
    assert xs == sorted(xs)
    assert min(pad.key(key).height() for key in "0123456789.\b") >= 58


def test_what_applies_takes_the_keypads_place_and_a_tap_on_the_amount_brings_it_back(hand: Fingers) -> None:
    page = hand.rig.page
    assert page.sale.pad.isVisible()
    hand.pad("469.")
    hand.scan(SARA)
    assert not page.sale.pad.isVisible() and page.sale.benefits[0].isVisible()
    hand.tap(page.sale.amount.edit)
    assert page.sale.pad.isVisible()
    hand.pad("<<<")
    hand.rig.settle()
    assert hand.rig.state.amount_minor == 4_690
    hand.tap(page.sale.pad_toggle)
    assert not page.sale.pad.isVisible()


def test_a_member_is_found_by_digits_with_fingers(hand: Fingers) -> None:
    rig = hand.rig
    hand.tap(rig.page.search.line)
    hand.pad("8091<0")
    assert rig.state.search == "8090" and rig.state.amount_minor == 0
    hand.tap(rig.page.sale.confirm)
    assert rig.state.member is not None and rig.state.member.member == "m4"
    hand.pad("52.")
    hand.tap(rig.page.sale.confirm)
    (sale,) = rig.sent(RecordSale)
    assert (sale.member, sale.amount_minor) == ("m4", 520_000)


def test_somebody_of_several_is_tapped(hand: Fingers) -> None:
    rig = hand.rig
    hand.tap(rig.page.search.line)
    hand.pad("6789")
    hand.tap(rig.page.sale.confirm)
    hand.pad("5")  # one more digit narrows
    assert rig.state.candidates is not None and len(rig.state.candidates.people) == 1


def test_a_new_member_is_made_by_phone_with_fingers(hand: Fingers) -> None:
    rig = hand.rig
    hand.tap(rig.page.who.idle.join)
    hand.pad("09121112233")
    hand.tap(rig.page.who.join.save)
    (joined,) = rig.sent(EnrolMember)
    assert joined.phone == "09121112233" and rig.state.member is not None


def test_digits_ended_by_000_are_the_amount_even_in_the_member_box(hand: Fingers) -> None:
    hand.tap(hand.rig.page.search.line)
    hand.pad("469.")
    hand.rig.settle()
    assert (hand.rig.state.amount_minor, hand.rig.state.search) == (4_690_000, "")


def test_a_part_of_the_credit_is_typed_on_the_keypad(hand: Fingers) -> None:
    rig = hand.rig
    hand.scan(LEILA)
    hand.pad("469.")
    rig.settle()
    hand.bar("Shift F6")
    assert rig.page.sale.pad.isVisible() and not rig.page.sale.amount.isVisible()
    hand.pad("3.")
    assert rig.state.pay is not None and rig.state.pay.amount == 30_000
    hand.tap(rig.page.sale.pay.use)
    assert rig.state.credit_part_minor == 30_000 and rig.page.sale.amount.isVisible()


def test_escape_and_what_it_took_are_a_tap_away(hand: Fingers) -> None:
    rig = hand.rig
    hand.scan(SARA)
    hand.pad("469.")
    rig.settle()
    hand.bar("Esc")
    assert rig.state.amount_minor == 0
    hand.bar("Ctrl Z")
    assert rig.state.amount_minor == 4_690_000 and not rig.sent(VoidSale)


def test_sales_on_hold_are_counted_in_the_bar_and_opened_from_it(hand: Fingers) -> None:
    rig = hand.rig
    assert rig.window.keys.place_of("Shift F8").isNull()
    rig.page.flow.desk.change(held_count=2)
    hand.bar("Shift F8")
    assert isinstance(rig.state.listing, HeldList)


def test_targets_grow_and_shrink_with_the_choice(make_rig: MakeRig) -> None:
    rig = make_rig()
    rig.scan(SARA)
    rig.settle()
    small: list[QWidget] = [
        *rig.page.findChildren(Segmented), *rig.page.findChildren(Stepper), rig.page.sale.goods.more,
    ]  # fmt: skip
    assert {widget.height() for widget in small} <= {36, 40} and rig.window.keys.height() == 32
    rig.program.decide(replace(rig.program.settings, touch=True))
    assert {widget.minimumHeight() for widget in small} == {48} and rig.window.keys.height() == 48
    assert all(b.minimumHeight() >= 48 for b in rig.page.findChildren(Btn) if b.isVisible())
    rig.program.decide(replace(rig.program.settings, touch=False))
    assert rig.window.keys.height() == 32 and not rig.page.sale.pad.isVisible()


def test_the_keyboard_stays_where_the_keypad_typed(hand: Fingers) -> None:
    hand.pad("4")
    assert hand.rig.page.where() is Place.AMOUNT


def test_paying_from_goods_makes_room_for_the_keypad(make_rig: MakeRig, built_with_goods: Path) -> None:
    rig = make_rig(factory=lambda: open_shop(built_with_goods / "shop.db"), touch=True)
    hand = Fingers(rig)
    hand.scan(LEILA)
    hand.scan(CAKE)
    hand.bar("Shift F6")
    sale = rig.page.sale
    assert sale.pad.isVisible() and sale.pay.isVisible() and not sale.goods.isVisible()
    assert min(sale.pad.key(key).height() for key in "0123456789.") >= 58
    hand.pad("3.")
    hand.tap(sale.pay.use)
    assert sale.goods.isVisible() and not sale.pad.isVisible()
    assert rig.state.credit_part_minor == 30_000


def test_no_key_of_the_keypad_is_squeezed_after_the_look_changed(hand: Fingers) -> None:
    rig = hand.rig
    hand.scan(LEILA)
    hand.pad("469.")
    rig.settle()
    hand.bar("Shift F6")
    rig.program.choose("theme")
    rig.settle()
    assert min(rig.page.sale.pad.key(key).height() for key in "0123456789.") >= 58
    field = rig.page.sale.pay.money
    assert rig.page.sale.pay.use.geometry().top() > field.geometry().bottom()
