"""Recent sales, sales on hold, naming a member later, paying in parts, key for key over the real shop."""

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import Attached, HeldList, RecentList, Undone
from tests.ui.counter import real_shop
from tests.ui.counter.goods_shop import (
    CAKE,
    HAMID,
    KAVEH,
    LATTE,
    LEILA,
    SARA,
    Counter,
    built_with_goods,
    counter,
)

__all__ = ["built_with_goods", "counter"]


def said(counter: Counter) -> str:
    return counter.rig.state.said.code if counter.rig.state.said else ""


def refusal(counter: Counter) -> str:
    found = counter.rig.state.said
    return getattr(found.problem, "code", "") if found else ""


def test_the_card_said_after_paying_is_two_actions(counter: Counter) -> None:
    counter.do("469. F9")
    before = real_shop.member(counter.path, KAVEH)
    counter.do("Shift+F10")
    counter.scan(KAVEH)
    toast = counter.rig.state.toast
    assert isinstance(toast, Attached) and toast.sale.member_name == "کاوه شریفی"
    after = real_shop.member(counter.path, KAVEH)
    assert after.points == before.points + 469 and after.visits == before.visits + 1
    assert counter.sales()[0].member_name == "کاوه شریفی"
    assert counter.rig.state.listing is None and counter.rig.state.member is None


def test_the_newest_sale_without_a_member_is_marked_and_arrows_choose_another(counter: Counter) -> None:
    for keys in ("111. F9", "222. F9"):
        counter.do(keys)
    counter.scan(LEILA)
    counter.do("333. Enter")
    counter.do("Shift+F10")
    listing = counter.rig.state.listing
    assert isinstance(listing, RecentList) and listing.rows[listing.chosen].gross_minor == 2_220_000
    counter.do("Down")
    counter.do("8090 Enter")  # the last digits of a phone do as well as a card
    named = {sale.gross_minor: sale.member_name for sale in counter.sales()[:3]}
    assert named == {3_330_000: "لیلا کاظمی", 2_220_000: "", 1_110_000: "کاوه شریفی"}


def test_a_sale_that_has_a_member_keeps_it_and_says_so(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("333. Enter")
    counter.do("Shift+F10")
    counter.scan(KAVEH)
    assert refusal(counter) == "sale_has_member"
    assert counter.sales()[0].member_name == "لیلا کاظمی"


def test_recent_sales_are_printed_again_and_taken_back_from_the_list(counter: Counter) -> None:
    counter.do("111. F9")
    counter.do("222. F9")
    printed = list(counter.rig.tray.sales)
    counter.do("Shift+F10")
    counter.do("Down F10")
    assert counter.rig.tray.sales == [*printed, printed[0]]
    counter.do("Ctrl+z")
    assert isinstance(counter.rig.state.toast, Undone)
    assert [sale.voided for sale in counter.sales()[:2]] == [False, True]


def test_f10_prints_the_last_receipt_again(counter: Counter) -> None:
    counter.do("111. F9")
    counter.do("F10")
    assert len(counter.rig.tray.sales) == 2 and len(set(counter.rig.tray.sales)) == 1


def test_escape_closes_a_list(counter: Counter) -> None:
    counter.do("Shift+F10 Esc")
    assert counter.rig.state.listing is None
    seen = []
    for _ in range(2):
        counter.do("Shift+F8")
        seen.append(type(counter.rig.page.state.listing))
    assert seen == [HeldList, type(None)]


def test_a_sale_on_hold_comes_back_as_it_was(counter: Counter) -> None:
    counter.scan(SARA)
    for code in (LATTE, CAKE):
        counter.scan(code)
    counter.do("F6")
    due = counter.rig.state.quote.due_minor if counter.rig.state.quote else 0
    before = len(counter.sales())
    counter.do("F8")
    assert not counter.rig.state.selling and counter.rig.state.held_count == 1
    assert real_shop.member(counter.path, SARA).credit_reserved_minor > 0
    counter.scan(LEILA)
    counter.do("F4 100. Enter")
    counter.do("Shift+F8 Enter")
    assert [item.product.sku for item in counter.rig.state.items] == ["latte", "cake"]
    assert counter.rig.state.member is not None and counter.rig.state.credit_on
    assert counter.rig.state.quote is not None and counter.rig.state.quote.due_minor == due
    assert counter.rig.state.held_count == 0
    counter.do("Enter")
    assert counter.sales()[0].due_minor == due and len(counter.sales()) == before + 2


def test_nothing_is_put_on_hold_from_an_empty_counter(counter: Counter) -> None:
    counter.do("F8")
    assert said(counter) == "nothing_to_hold"


def test_a_sale_on_hold_waits_until_the_counter_is_free(counter: Counter) -> None:
    counter.do("111. F8")
    counter.do("222.")
    counter.do("Shift+F8 Enter")
    assert said(counter) == "finish_first"
    assert counter.rig.state.amount_minor == 2_220_000


def test_a_part_of_the_credit_pays(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100.")
    credit = counter.rig.state.member.credit_minor if counter.rig.state.member else 0
    counter.do("Shift+F6 3. Enter")
    assert counter.rig.state.quote is not None
    assert counter.rig.state.quote.paid_by.credit_minor == 30_000 < credit
    counter.do("Enter")
    assert counter.sales()[0].paid_by.credit_minor == 30_000


def test_more_credit_than_there_is_is_refused_and_the_sale_goes_on(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100.")
    counter.do("Shift+F6 99. Enter")
    assert refusal(counter) == "not_enough_credit"
    assert counter.rig.state.quote is not None and counter.rig.state.quote.due_minor == 950_000


def test_nothing_of_the_credit_leaves_it(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100.")
    counter.do("Shift+F6 3. Enter")
    counter.do("Shift+F6 Back Back Back Back Enter")
    assert counter.rig.state.credit_part_minor is None
    counter.do("Shift+F6 Esc")
    assert counter.rig.state.pay is None and counter.rig.state.member is not None


def priced_points(counter: Counter) -> None:
    service = open_shop(counter.path)
    try:
        params: dict[str, object] = {
            "step_minor": 10_000, "points_per_step": 1, "point_value_minor": 500, "redeem_min": 50,
            "redeem_step": 10,
        }  # fmt: skip
        service.do(PublishProgramme(key="points", kind="points", name="امتیاز خرید", params=params))
    finally:
        service.close()
    counter.rig.page.flow.start()
    counter.rig.settle()


def test_points_pay_within_their_limits(counter: Counter) -> None:
    priced_points(counter)
    counter.scan(SARA)
    counter.do("469.")
    most = counter.rig.state.quote.points_at_most if counter.rig.state.quote else 0
    assert most > 100 and most % 10 == 0
    counter.do("Ctrl+F6 45 Enter")
    assert refusal(counter) == "points_below_minimum"
    counter.do("Ctrl+F6 105 Enter")
    assert refusal(counter) == "points_not_in_steps"
    counter.do("Ctrl+F6 100 Enter")
    assert counter.rig.state.quote is not None
    assert counter.rig.state.quote.paid_by.points_minor == 50_000
    counter.do("Ctrl+F6")
    counter.do("F6")
    counter.do("Enter")
    counter.do("Enter")
    assert counter.sales()[0].paid_by.points_minor == most * 500


def test_points_that_pay_nothing_say_so(counter: Counter) -> None:
    counter.scan(SARA)
    counter.do("469. Ctrl+F6")
    assert said(counter) == "points_do_not_pay"


def test_an_unknown_card_is_linked_to_the_phone_typed_next(counter: Counter) -> None:
    counter.scan("4499887766")
    counter.do("Enter")
    assert counter.rig.state.link_card == "4499887766"
    counter.do("8090 Enter")
    assert counter.rig.state.member is not None and counter.rig.state.member.name == "کاوه شریفی"
    assert "4499887766" in counter.rig.state.member.cards
    counter.do("Esc Esc")
    counter.scan("4499887766")
    assert counter.rig.state.member is not None and counter.rig.state.member.name == "کاوه شریفی"


def test_an_unknown_card_goes_to_the_member_on_the_counter_at_once(counter: Counter) -> None:
    counter.scan(HAMID)
    counter.scan("4499887766")
    counter.do("Enter")
    assert "4499887766" in real_shop.member(counter.path, HAMID).cards


def test_escape_leaves_a_card_unlinked(counter: Counter) -> None:
    counter.scan("4499887766")
    counter.do("Enter Esc")
    assert counter.rig.state.link_card == "" and counter.rig.state.member is None


def test_the_same_amount_again_is_asked_about_and_enter_is_dead(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100. Enter")
    before = len(counter.sales())
    counter.rig.steady += 100_000
    counter.scan(LEILA)
    counter.do("100. Enter")
    assert counter.rig.state.doubt is not None and counter.rig.state.doubt.minutes == 1
    counter.do("Enter Enter F9")  # F9 so soon was meant for something else
    assert len(counter.sales()) == before
    counter.rig.steady += 500
    counter.do("Enter")
    assert len(counter.sales()) == before
    counter.do("F9")
    assert len(counter.sales()) == before + 1


def test_escape_says_it_was_the_same_sale(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100. Enter")
    before = len(counter.sales())
    counter.scan(LEILA)
    counter.do("100. Enter")
    counter.do("Esc")
    assert len(counter.sales()) == before and not counter.rig.state.selling


def test_another_amount_another_member_or_two_minutes_are_no_double(counter: Counter) -> None:
    before = len(counter.sales())
    for card, keys in ((LEILA, "100. Enter"), (LEILA, "101. Enter"), (KAVEH, "100. Enter")):
        counter.scan(card)
        counter.do(keys)
    counter.rig.steady += 120_001
    counter.scan(KAVEH)
    counter.do("100. Enter")
    assert len(counter.sales()) == before + 4


def test_a_sale_taken_back_is_no_double(counter: Counter) -> None:
    counter.scan(LEILA)
    counter.do("100. Enter")
    counter.do("Ctrl+z")
    before = len(counter.sales())
    counter.scan(LEILA)
    counter.do("100. Enter")
    assert len(counter.sales()) == before + 1
