"""The scenarios of the counter, key for key, in the order a cashier presses them."""

import pytest

from loyalty_pos.app.commands import EnrolMember, QuoteSale, RecordSale, VoidSale
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries import Identify
from loyalty_pos.domain.errors import Fault, InvalidRequest
from loyalty_pos.ui.counter.state import Place, Recorded, Undone
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.fake_service import DRINKS, SILVER

SARA, LEILA = "4410339108", "4410339306"


def recorded(rig: Rig) -> RecordSale:
    (sale,) = rig.sent(RecordSale)
    assert isinstance(sale, RecordSale)
    return sale


def where(rig: Rig) -> Place | None:
    return rig.page._keys.where()


def test_one_more_digit_narrows_the_list(rig: Rig) -> None:
    rig.keys("6789 Enter")
    rig.settle()
    rig.keys("5")  # said as "five, then 6789"
    assert rig.state.candidates is not None
    assert [person.member for person in rig.state.candidates.people] == ["m1"]
    rig.keys("Enter")
    rig.settle()
    assert rig.state.member is not None and rig.state.member.member == "m1"


def test_a_name_is_looked_up_while_it_is_typed(rig: Rig) -> None:
    rig.keys("کاوه")
    rig.settle()
    assert rig.state.candidates is not None
    rig.keys("Enter")
    rig.settle()
    assert rig.state.member is not None and rig.state.member.name == "کاوه شریفی"


def test_only_the_newest_of_the_typed_names_is_answered(rig: Rig) -> None:
    rig.service.gate.clear()
    rig.keys("سارا")
    rig.service.gate.set()
    rig.settle()
    asked = [request.text for request in rig.sent(Identify)]
    assert asked[-1] == "سارا" and len(asked) <= 2


def test_an_unknown_number_is_already_in_the_new_members_form(rig: Rig) -> None:
    rig.keys("09121112233 Enter")
    rig.settle()
    assert "۰۹۱۲۱۱۱۲۲۳۳" in rig.page.who.nobody._banner.accessibleName()
    rig.keys("F3")
    assert rig.page.who.join.phone.text() == "09121112233"


def test_an_unknown_card_goes_to_the_new_member(rig: Rig) -> None:
    rig.scan("4499887766")
    rig.settle()
    rig.keys("F3 09121112233 Enter")
    rig.settle()
    assert rig.sent(EnrolMember)[0].card == "4499887766"


def test_enter_dismisses_no_warning_but_f9_goes_on_without_a_member(rig: Rig) -> None:
    rig.keys("469.")
    rig.scan("4499887766")
    rig.settle()
    rig.keys("Enter Enter")
    rig.settle()
    assert rig.state.link_card == "4499887766" and not rig.sent(RecordSale)
    rig.keys("F9")
    rig.settle()
    assert recorded(rig).member is None


@pytest.mark.parametrize("ending", [".", " Tab 000"])
def test_digits_in_the_member_box_can_be_the_amount(rig: Rig, ending: str) -> None:
    rig.keys("469" + ending)
    rig.settle()
    assert (rig.state.amount_minor, rig.state.search, where(rig)) == (4_690_000, "", Place.AMOUNT)
    rig.keys("F2 Enter")
    rig.settle()
    assert recorded(rig).member is None


def test_amount_first_then_the_card(rig: Rig) -> None:
    rig.keys("469.")
    rig.scan(LEILA)
    rig.keys("Enter")
    rig.settle()
    assert (recorded(rig).member, recorded(rig).amount_minor) == ("m3", 4_690_000)


def test_early_enter_is_kept_until_the_price_is_there(rig: Rig) -> None:
    rig.service.gate.clear()
    rig.scan(SARA)
    rig.keys("469. Enter")
    assert not rig.sent(RecordSale)
    rig.service.gate.set()
    rig.settle()
    assert recorded(rig).member == "m1"


def test_early_enter_is_forgotten_when_the_amount_changes(rig: Rig) -> None:
    rig.scan(SARA)
    rig.settle()
    rig.service.gate.clear()
    rig.keys("46 Enter 9.")
    rig.service.gate.set()
    rig.settle()
    assert not rig.sent(RecordSale)
    assert rig.state.amount_minor == 4_690_000


def test_early_enter_records_nothing_for_a_card_that_is_nobody(rig: Rig) -> None:
    rig.service.gate.clear()
    rig.scan("4499887766")
    rig.keys("469. Enter")
    rig.service.gate.set()
    rig.settle()
    assert not rig.sent(RecordSale) and not rig.state.confirm_wanted


def test_double_enter_records_once(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.service.gate.clear()
    rig.keys("Enter Enter Enter")
    rig.service.gate.set()
    rig.settle()
    rig.keys("Enter")
    rig.settle()
    recorded(rig)


def test_a_card_scanned_while_recording_is_served_next(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.service.gate.clear()
    rig.keys("Enter")
    rig.scan(LEILA)
    rig.service.gate.set()
    rig.settle()
    assert recorded(rig).member == "m1"
    assert rig.state.member is not None and rig.state.member.member == "m3"


def test_trying_again_after_trouble_uses_the_same_key(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.service.trouble[RecordSale] = Fault("disk_full")
    rig.keys("Enter")
    rig.settle()
    assert rig.state.said is not None and rig.state.said.place is Place.CONFIRM
    assert rig.page.sale.remark.isVisible()
    rig.keys("Enter")
    rig.settle()
    first, second = rig.sent(RecordSale)
    assert first == second


def test_credit_is_used_only_when_asked(rig: Rig) -> None:
    rig.scan(LEILA)
    rig.keys("469.")
    rig.settle()
    assert rig.state.quote is not None
    before = rig.state.quote.due_minor
    rig.keys("F6")
    rig.settle()
    assert rig.state.quote.due_minor == before - 200_000
    rig.keys("F6")
    rig.settle()
    assert rig.state.quote.due_minor == before
    rig.keys("F6 Enter")
    rig.settle()
    assert recorded(rig).use.credit_minor == "all"


def test_alt_and_a_number_leave_a_benefit_out_and_take_it_back_in(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.keys("Alt+2")
    rig.settle()
    assert rig.state.declined == {SILVER}
    rig.keys("Alt+1")
    rig.settle()
    assert rig.state.quote is not None and rig.state.quote.due_minor == 4_690_000
    rig.keys("Alt+2 Enter")
    rig.settle()
    assert recorded(rig).use.decline == (DRINKS,)


def test_keypad_signs_move_the_stamps_and_leave_the_amount_alone(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.keys("* * / - Enter")
    rig.settle()
    sale = recorded(rig)
    assert (sale.counts, sale.amount_minor) == ({"drinks": 3, "breakfast": 0}, 4_690_000)


def test_undo_within_the_toast_takes_that_sale_back(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469. Enter")
    rig.settle()
    rig.keys("Ctrl+z")
    rig.settle()
    (void,) = rig.sent(VoidSale)
    assert void.sale_id == recorded(rig).sale_id
    assert isinstance(rig.state.toast, Undone)


def test_undo_later_takes_the_last_sale_back_but_never_a_second_one(rig: Rig) -> None:
    for card in (SARA, LEILA):
        rig.scan(card)
        rig.keys("469. Enter")
        rig.settle()
    rig.page.flow.toast_ended()
    rig.keys("Ctrl+z")
    rig.settle()
    rig.page.flow.toast_ended()
    rig.keys("Ctrl+z")
    rig.settle()
    (void,) = rig.sent(VoidSale)
    assert void.sale_id == rig.sent(RecordSale)[-1].sale_id
    assert rig.state.said is not None and rig.state.said.code == "already_undone"


def test_undo_does_not_reach_behind_an_open_sale(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469. Enter")
    rig.settle()
    rig.page.flow.toast_ended()
    rig.keys("469.")
    rig.settle()
    rig.keys("Ctrl+z")
    rig.settle()
    assert not rig.sent(VoidSale)


def test_escape_goes_one_rung_at_a_time(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.keys("Esc")
    assert rig.state.amount_minor == 0 and rig.state.member is not None
    rig.keys("Esc")
    released = rig.state
    assert released.member is None and where(rig) is Place.SEARCH
    rig.keys("12 Esc")
    assert rig.state.search == ""


def test_escape_releases_the_member_before_the_amount_typed_for_them(rig: Rig) -> None:
    rig.keys("469.")
    rig.scan(SARA)
    rig.settle()
    rig.keys("F2 Esc")
    rig.settle()
    assert rig.state.member is None and rig.state.amount_minor == 4_690_000
    rig.keys("Esc")
    assert rig.state.amount_minor == 0


def test_escape_closes_a_search_and_keeps_the_member(rig: Rig) -> None:
    rig.scan(SARA)
    rig.settle()
    rig.keys("F2 کاوه")
    rig.settle()
    rig.keys("Esc")
    assert rig.state.candidates is None
    assert rig.state.member is not None and rig.state.member.member == "m1"


def test_a_changed_price_is_shown_and_confirmed_anew(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    assert rig.state.quote is not None
    shown = rig.state.quote.due_minor
    rig.change_member("m1", rewards=(), visits=42)
    rig.keys("Enter")
    rig.settle()
    assert rig.state.said is not None and rig.state.quote is not None
    assert (rig.state.said.before_minor, rig.state.said.after_minor) == (shown, rig.state.quote.due_minor)
    rig.keys("Enter")  # too soon to have been read
    rig.settle()
    assert len(rig.sent(RecordSale)) == 1
    rig.steady += 600
    rig.keys("Enter")
    rig.settle()
    first, second = rig.sent(RecordSale)
    assert first.sale_id == second.sale_id and first.fingerprint != second.fingerprint


def test_every_new_offer_has_its_own_key(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("4")
    rig.settle()
    first = rig.state.sale_id
    rig.keys("6")
    rig.settle()
    assert first and rig.state.sale_id not in ("", first)


def test_the_amount_can_be_typed_while_the_member_is_read(rig: Rig) -> None:
    rig.service.gate.clear()
    rig.scan(SARA)
    rig.keys("469.")
    assert rig.page.sale.amount.value_minor == 4_690_000
    assert not rig.sent(QuoteSale)
    rig.qtbot.waitUntil(lambda: rig.page.who.skeleton.isVisible())
    rig.service.gate.set()
    rig.settle()
    assert rig.page.who.member.isVisible()


def test_why_opens_and_closes_beside_the_total(rig: Rig) -> None:
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    rig.keys("F7")
    assert rig.page.who.why.isVisible()
    rig.keys("Esc")
    assert rig.page.who.member.isVisible() and rig.state.amount_minor == 4_690_000


def test_trouble_with_paper_touches_no_value(rig: Rig) -> None:
    rig.tray.empty = True
    rig.scan(SARA)
    rig.keys("469. Enter")
    rig.settle()
    assert rig.page.who.trouble.isVisible() and isinstance(rig.state.toast, Recorded)
    rig.tray.empty = False
    rig.keys("F10")
    rig.settle()
    assert rig.tray.sales == [recorded(rig).sale_id]


@pytest.mark.parametrize("code", ["fa", "en"])
def test_both_answers_to_trouble_with_paper_have_room_for_word_and_key(
    make_rig: MakeRig, code: LanguageCode
) -> None:
    rig = make_rig(code=code)
    rig.window.resize(1024, 768)
    rig.tray.empty = True
    rig.scan(SARA)
    rig.keys("469. Enter")
    rig.settle()
    buttons = rig.page.who.trouble.buttons
    assert [button.keycap for button in buttons.values()] == ["F10", "Esc"]
    for button in buttons.values():
        assert button.width() >= button.sizeHint().width()


def test_without_a_printer_nothing_is_printed_and_nothing_promised(make_rig: MakeRig) -> None:
    rig = make_rig(code="en", printing=False)
    rig.scan(SARA)
    rig.keys("469.")
    rig.settle()
    assert rig.page.sale.confirm.text() == "Confirm"
    rig.keys("Enter")
    rig.settle()
    assert isinstance(rig.state.toast, Recorded)


def test_a_waiting_reward_is_printed_once_even_after_trouble(rig: Rig) -> None:
    from loyalty_pos.app.commands import PrintRewardVoucher

    rig.scan(SARA)
    rig.settle()
    rig.service.trouble[PrintRewardVoucher] = Fault("disk_full")
    for _ in range(2):
        rig.keys("Ctrl+p")
        rig.settle()
    first, second = rig.sent(PrintRewardVoucher)
    assert first.posting_id == second.posting_id
    assert len(rig.tray.vouchers) == 1
    assert rig.state.member is not None and rig.state.member.rewards[0].voucher_printed


def test_one_letter_is_not_looked_up_and_makes_nobody_a_member(rig: Rig) -> None:
    rig.keys("س Enter")
    rig.settle()
    assert not rig.sent(Identify) and rig.state.nobody is None
    assert rig.state.said is not None and rig.state.said.code == "one_more_letter"


def test_credit_that_is_not_there_is_said(rig: Rig) -> None:
    rig.keys("469. F6")
    rig.settle()
    assert rig.state.said is not None and rig.state.said.code == "member_first"
    rig.change_member("m1", credit_minor=0)
    rig.scan(SARA)
    rig.settle()
    rig.keys("F6")
    rig.settle()
    assert rig.state.said is not None and rig.state.said.code == "no_credit_here"
    assert not rig.state.credit_on


def test_a_name_refused_is_where_the_keyboard_and_the_reason_are(rig: Rig) -> None:
    rig.keys("09121112233 Enter")
    rig.settle()
    rig.service.trouble[EnrolMember] = InvalidRequest("name", "too_long", high=80)
    rig.keys("F3 Enter")
    rig.settle()
    join = rig.page.who.join
    assert join.name.hasFocus() and join._trouble.isVisible()
    assert join.name.geometry().bottom() < join._trouble.geometry().top()
    assert join._trouble.geometry().bottom() < join.save.geometry().top()
    rig.keys("Esc Esc F3")
    assert join.phone.hasFocus()


def test_a_number_longer_than_money_may_be_is_no_amount(rig: Rig) -> None:
    rig.keys("12345678901234.")
    assert rig.state.amount_minor == 0 and rig.state.search == "12345678901234."
    rig.keys("Esc 12345678901.")
    assert rig.state.amount_minor == 123_456_789_010


def test_enter_belongs_to_one_button_at_a_time(rig: Rig) -> None:
    rig.scan(SARA)
    rig.settle()
    rig.keys("469. Shift+F6")
    rig.settle()
    pay, confirm = rig.page.sale.pay, rig.page.sale.confirm
    assert pay.isVisible() and pay.use.keycap == "Enter"
    assert confirm.keycap == "" and not confirm.isEnabled()
    rig.keys("Esc")
    assert confirm.keycap == "Enter" and confirm.isEnabled()
