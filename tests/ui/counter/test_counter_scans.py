"""A scan is read wherever the keyboard stands, and its Enter never confirms anything."""

from collections.abc import Callable

import pytest

from loyalty_pos.app.commands import EnrolMember, RecordSale, VoidSale
from loyalty_pos.app.queries import Identify
from tests.examples import ALL
from tests.ui.counter.rig import MakeRig, Rig

SARA, LEILA = "4410339108", "4410339306"


def in_search(rig: Rig) -> None:
    rig.keys("F2")


def in_search_with_text(rig: Rig) -> None:
    rig.keys("F2 12")


def in_amount(rig: Rig) -> None:
    rig.keys("469.")


def in_amount_with_member(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()


def in_new_member_form(rig: Rig) -> None:
    rig.keys("469.")
    rig.keys("F3 0912")


def on_a_switch(rig: Rig) -> None:
    in_amount_with_member(rig)
    rig.page.sale.benefits[0].setFocus()


def on_the_confirm_button(rig: Rig) -> None:
    in_amount_with_member(rig)
    rig.page.sale.confirm.setFocus()


def with_the_list_open(rig: Rig) -> None:
    rig.keys("6789 Enter")
    rig.settle()


def with_the_toast(rig: Rig) -> None:
    in_amount_with_member(rig)
    rig.keys("Enter")
    rig.settle()
    rig.service.log.clear()


PLACES = (
    in_search, in_search_with_text, in_amount, in_amount_with_member, in_new_member_form, on_a_switch,
    on_the_confirm_button, with_the_list_open, with_the_toast,
)  # fmt: skip


LAYOUTS_AND_ENDS = [(False, "Enter"), (True, "Tab"), *([(False, "Tab"), (True, "Enter")] if ALL else [])]


@pytest.mark.parametrize(("persian_layout", "end"), LAYOUTS_AND_ENDS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_scan_finds_the_member_and_changes_nothing_else(
    make_rig: MakeRig, place: Callable[[Rig], None], persian_layout: bool, end: str
) -> None:
    rig = make_rig()
    place(rig)
    rig.settle()
    amount = rig.page.sale.amount.value_minor
    rig.persian_layout = persian_layout
    rig.scan(LEILA, end=end)
    rig.settle()
    assert rig.sent(Identify)[-1].text == LEILA
    assert rig.state.member is not None and rig.state.member.member == "m3"
    assert rig.page.sale.amount.value_minor == amount
    assert rig.state.search == ""
    assert not rig.sent(RecordSale) and not rig.sent(VoidSale) and not rig.sent(EnrolMember)


def test_without_scan_codes_the_persian_letters_are_put_right(make_rig: MakeRig) -> None:
    rig = make_rig(persian_layout=True, scan_codes=False)
    rig.scan(LEILA)
    rig.settle()
    assert rig.sent(Identify)[-1].text == LEILA


def test_the_same_code_twice_within_two_seconds_is_one_scan(rig: Rig) -> None:
    rig.scan(SARA)
    rig.at_ms -= 2500  # the helper leaves time between scans; this scanner was quick
    rig.scan(SARA)
    rig.settle()
    assert len(rig.sent(Identify)) == 1
    rig.scan(SARA)
    rig.settle()
    assert len(rig.sent(Identify)) == 2


@pytest.mark.parametrize("gap_ms", [45, 70, 120])
def test_human_typing_reaches_the_field_and_its_enter_counts(rig: Rig, gap_ms: int) -> None:
    rig.keys("09123456789", gap_ms=gap_ms)
    rig.settle()
    assert rig.state.search == "09123456789"
    rig.keys("Enter", gap_ms=gap_ms)
    rig.settle()
    assert rig.state.member is not None and rig.state.member.member == "m1"


def test_a_name_is_looked_up_while_its_letter_is_held(make_rig: MakeRig) -> None:
    rig = make_rig(persian_layout=True)
    rig.keys("s")
    rig.press("h")
    rig.qtbot.waitUntil(lambda: rig.program.dispatcher.idle)
    assert [one.text for one in rig.sent(Identify)] == ["سا"] and rig.state.search == "س"
    rig.settle()
    assert rig.state.candidates is not None and len(rig.sent(Identify)) == 1


def test_digits_are_looked_up_before_the_enter_that_asks_for_them(rig: Rig) -> None:
    rig.keys("6789")
    rig.settle()
    assert rig.sent(Identify) == [Identify(text="6789")] and not rig.state.candidates
    rig.keys("Enter")
    rig.settle()
    assert rig.state.candidates and len(rig.sent(Identify)) == 1


def test_a_scan_looks_nothing_up_but_itself(rig: Rig) -> None:
    rig.keys("F2")
    rig.scan(LEILA)
    rig.settle()
    assert rig.sent(Identify) == [Identify(text=LEILA)]


def test_a_short_fast_burst_is_typing(rig: Rig) -> None:
    rig.keys("469.", gap_ms=8)
    rig.settle()
    assert rig.state.amount_minor == 4_690_000


def test_a_scan_during_the_key_map_closes_it(rig: Rig) -> None:
    rig.keys("F1")
    assert rig.window.help.isVisible()
    rig.scan(SARA)
    rig.settle()
    assert not rig.window.help.isVisible() and rig.state.member is not None


def test_a_long_burst_without_an_end_is_replayed_in_order(rig: Rig) -> None:
    rig.keys("0912345678", gap_ms=10)
    rig.window.scanner.release()
    assert rig.state.search == "0912345678"


@pytest.mark.parametrize("scan_codes", [True, False])
def test_keys_with_ctrl_and_alt_do_not_depend_on_the_layout(make_rig: MakeRig, scan_codes: bool) -> None:
    rig = make_rig(persian_layout=True, scan_codes=scan_codes)
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.keys("Alt+2")
    rig.settle()
    assert len(rig.state.declined) == 1
    rig.keys("Enter")
    rig.settle()
    rig.keys("Ctrl+z")
    rig.settle()
    assert len(rig.sent(VoidSale)) == 1
