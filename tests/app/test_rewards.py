"""Free things: held, printed, handed in, left, and never silently lost (rules 12, 13, 19, 34)."""

import pytest

from loyalty_pos.app import commands as c
from tests.shop import Shop, T, goods, item


@pytest.fixture
def cafe(shop: Shop) -> Shop:
    shop.enrol("A", name="سارا")
    shop.product("latte", 90 * T, "coffee")
    shop.product("tea", 40 * T, "coffee")
    shop.product("cake", 60 * T, "pastry")
    shop.publish("card", "stamp_card", {"expiry": {"days": 30}}, needed=2, groups=["coffee"])
    return shop


def fill(shop: Shop, cards: int = 1) -> None:
    shop.sell(None, item("tea", 2 * cards), decline=("card",))


def test_a_free_item_takes_the_cheapest_unless_the_cashier_picks_another(cafe: Shop) -> None:
    fill(cafe)
    lines = (item("latte"), item("tea"), item("cake"))
    assert cafe.quote(None, *lines).due_minor == 150 * T
    assert cafe.quote(None, *lines, free_lines={"card": 1}).due_minor == 100 * T
    assert (
        cafe.quote(None, *lines, free_lines={"card": 3}).due_minor == 150 * T
    )  # cake is not among its goods


def test_a_declined_reward_stays_held(cafe: Shop) -> None:
    fill(cafe)
    sale = cafe.sell(None, item("tea"), decline=("card",))
    assert (sale.due_minor, cafe.rewards()) == (40 * T, 1)
    assert [line.code for line in sale.trace if line.family == "discount"] == ["declined"]


def test_a_reward_without_a_thing_to_be_free_stays_held_and_says_so(cafe: Shop) -> None:
    fill(cafe)
    sale = cafe.sell(None, item("cake"))
    assert (sale.due_minor, cafe.rewards()) == (60 * T, 1)
    assert "no_free_unit" in {line.code for line in sale.trace}


def test_as_many_rewards_are_used_as_there_are_units(cafe: Shop) -> None:
    fill(cafe, 3)
    assert cafe.rewards() == 3
    sale = cafe.sell(None, item("tea", 2))
    assert (sale.due_minor, cafe.rewards()) == (0, 1)
    cafe.proved()


def test_a_cap_pays_up_to_its_worth_and_the_rest_is_paid(cafe: Shop) -> None:
    cafe.publish("card", "stamp_card", needed=2, groups=["coffee"], reward={"value_cap_minor": 30 * T})
    fill(cafe)
    sale = cafe.sell(None, item("tea"))
    assert (sale.due_minor, cafe.member().progress["card"].have) == (10 * T, 0)


def test_five_purchases_may_give_another_thing(cafe: Shop) -> None:
    cafe.publish("visits", "stamp_card", needed=2, count="sales", reward={"skus": ["cake"]})
    cafe.sell(None, item("latte"))
    cafe.sell(None, item("latte"))
    sale = cafe.sell(None, item("latte"), item("cake"), decline=("card",))
    assert sale.due_minor == 90 * T


def test_a_free_unit_goes_before_the_members_percent(cafe: Shop) -> None:
    cafe.publish("members", "percent_off", rate_bp=1000)
    fill(cafe)
    sale = cafe.sell(None, item("tea", 2))
    assert sale.due_minor == 36 * T
    assert sale.discount_minor == sum(line.benefit_minor for line in sale.trace) == 44 * T


def test_two_cards_never_make_the_same_unit_free(cafe: Shop) -> None:
    cafe.publish("second", "stamp_card", needed=2)
    fill(cafe)
    assert (cafe.rewards(programme="card"), cafe.rewards(programme="second")) == (1, 1)
    one = cafe.sell(None, item("tea"))
    assert (one.due_minor, cafe.rewards()) == (0, 1)
    assert cafe.sell(None, item("tea")).due_minor == 0
    cafe.proved()


def test_two_cards_that_free_the_nth_at_once_take_two_units(cafe: Shop) -> None:
    cafe.retire("card")
    for key in ("x", "y"):
        cafe.publish(key, "stamp_card", needed=3, mode="every_nth")
    sale = cafe.sell(None, item("tea", 4))
    assert sale.due_minor == 80 * T
    cafe.proved()


def test_an_nth_that_is_declined_is_kept_for_later(cafe: Shop) -> None:
    cafe.retire("card")
    cafe.publish("nth", "stamp_card", needed=2, mode="every_nth")
    sale = cafe.sell(None, item("tea", 2), decline=("nth",))
    assert (sale.due_minor, cafe.rewards(programme="nth")) == (80 * T, 1)
    assert cafe.sell(None, item("tea")).due_minor == 0
    cafe.proved()


def test_what_is_held_of_a_retired_programme_can_be_used_and_left(cafe: Shop) -> None:
    fill(cafe, 2)
    cafe.retire("card")
    assert cafe.rewards() == 2
    assert cafe.sell(None, item("tea"), decline=("card",)).due_minor == 40 * T
    assert cafe.sell(None, item("latte"), item("tea"), free_lines={"card": 1}).due_minor == 0
    assert cafe.rewards() == 0
    cafe.proved()


def test_a_reward_keeps_the_terms_it_was_given_under(cafe: Shop) -> None:
    fill(cafe)
    cafe.publish("card", "stamp_card", needed=9, groups=["pastry"])
    assert cafe.sell(None, item("tea"), item("cake")).due_minor == 60 * T


def test_in_amount_mode_a_free_unit_is_worth_what_the_card_says_and_never_more(cafe: Shop) -> None:
    cafe.publish("card", "stamp_card", needed=2, amount_mode_value_minor=30 * T)
    cafe.sell(100 * T, counts={"card": 2})
    assert cafe.rewards() == 1
    sale = cafe.sell(50 * T, counts={"card": 2})
    assert (sale.due_minor, cafe.member().progress["card"].have) == (20 * T, 1)
    cafe.sell(100 * T, counts={"card": 1})
    assert cafe.sell(25 * T).due_minor == 0
    cafe.proved()


def test_in_amount_mode_without_a_worth_the_reward_stays_and_says_so(cafe: Shop) -> None:
    fill(cafe)
    sale = cafe.sell(50 * T, counts={"card": 1})
    assert (sale.due_minor, cafe.rewards()) == (50 * T, 1)
    assert "needs_goods" in {line.code for line in sale.trace}


def test_a_stepper_starts_at_one_for_a_card_over_everything_and_at_none_for_chosen_goods(cafe: Shop) -> None:
    cafe.publish("all", "stamp_card", needed=5)
    cafe.sell(50 * T)
    progress = cafe.member().progress
    assert (progress["all"].have, progress["card"].have) == (1, 0)


def test_a_printed_voucher_is_found_by_its_code_and_its_barcode_and_names_the_right(cafe: Shop) -> None:
    fill(cafe)
    printed = cafe.print_voucher("card")
    assert (printed.member_name, printed.programme, printed.copy, printed.expires_on) == (
        "سارا",
        "card",
        False,
        "2026-12-21",
    )
    for text in (printed.code, printed.code.lower(), printed.code.replace("-", ""), printed.barcode):
        found = cafe.identify(text)
        assert (found.kind, found.programme) == ("voucher", "card")
    assert [reward.voucher_printed for reward in cafe.member().rewards] == [True]


def test_a_reprint_is_a_copy_that_kills_the_code_before(cafe: Shop) -> None:
    fill(cafe)
    old, new = cafe.print_voucher("card"), cafe.print_voucher("card")
    assert (old.copy, new.copy) == (False, True)
    assert (cafe.identify(old.code).kind, cafe.identify(new.code).kind) == ("nothing", "voucher")
    with cafe.refuses("voucher_used"):
        cafe.sell(None, item("tea"), vouchers=(old.code,))
    assert cafe.sell(None, item("tea"), vouchers=(new.code,)).due_minor == 0
    with cafe.refuses("voucher_used"):
        cafe.sell(None, item("tea"), vouchers=(new.code,))


def test_using_the_right_without_the_paper_uses_the_paper_too(cafe: Shop) -> None:
    fill(cafe)
    printed = cafe.print_voucher("card")
    cafe.sell(None, item("tea"))
    with cafe.refuses("voucher_used"):
        cafe.sell(None, item("tea"), vouchers=(printed.code,))


def test_a_voucher_that_is_handed_in_must_be_used_or_the_sale_is_refused(cafe: Shop) -> None:
    fill(cafe)
    code = cafe.print_voucher("card").code
    with cafe.refuses("voucher_not_usable", reason="no_free_unit", programme="card"):
        cafe.sell(None, item("cake"), vouchers=(code,))
    sale = cafe.sell(None, item("cake"), vouchers=(code,), lenient=True)
    assert (sale.due_minor, cafe.rewards()) == (60 * T, 1)


def test_a_voucher_whose_right_expired_is_refused_and_not_forgotten(cafe: Shop) -> None:
    fill(cafe)
    code = cafe.print_voucher("card").code
    cafe.clock.on(days=31)
    with cafe.refuses("voucher_not_usable", reason="reward_expired"):
        cafe.sell(None, item("tea"), vouchers=(code,))
    sale = cafe.sell(None, item("tea"), vouchers=(code,), lenient=True)
    assert "reward_expired" in {line.code for line in sale.trace}
    assert sale.due_minor == 40 * T


def test_a_voucher_of_a_right_that_is_still_to_come_is_refused(cafe: Shop) -> None:
    fill(cafe)
    code = cafe.print_voucher("card").code
    cafe.clock.on(hours=-3)
    with cafe.refuses("voucher_not_usable", reason="reward_pending"):
        cafe.sell(None, item("tea"), vouchers=(code,))


def test_a_voucher_is_its_members_own(cafe: Shop) -> None:
    cafe.enrol("B")
    fill(cafe)
    code = cafe.print_voucher("card").code
    with cafe.refuses("voucher_of_another_member"):
        cafe.sell(None, item("tea"), vouchers=(code,), member="B")


def test_a_declined_programme_still_honours_the_paper_that_is_handed_in(cafe: Shop) -> None:
    fill(cafe, 1)
    code = cafe.print_voucher("card").code
    assert cafe.sell(None, item("tea"), vouchers=(code,), decline=("card",)).due_minor == 0


def test_a_code_is_shown_once_and_its_key_is_no_other_requests(cafe: Shop) -> None:
    fill(cafe, 2)
    cafe.publish("other", "stamp_card", needed=2)
    cafe.print_voucher("card", posting_id="p")
    with cafe.refuses("shown_once"):
        cafe.print_voucher("card", posting_id="p")
    with cafe.refuses("key_taken"):
        cafe.print_voucher("other", posting_id="p")
    sale = cafe.sell(None, goods("x", T))
    with cafe.refuses("key_taken"):
        cafe.print_voucher("card", posting_id=sale.sale_id)


def test_a_print_cannot_take_the_key_of_a_void(cafe: Shop) -> None:
    fill(cafe)
    with cafe.refuses_field("posting_id"):
        cafe.print_voucher("card", posting_id="void:s1")
    cafe.void("s1")


def test_there_is_nothing_to_print_without_a_right(cafe: Shop) -> None:
    with cafe.refuses("no_reward_to_print", programme="card"):
        cafe.print_voucher("card")


def test_printing_changes_nothing_that_is_held(cafe: Shop) -> None:
    fill(cafe, 2)
    before = cafe.audit().figures
    cafe.print_voucher("card")
    after = cafe.audit().figures
    assert (after["rewards"], after["entries"]) == (before["rewards"], before["entries"])
    cafe.service.do(c.RecordSale(sale_id="later", member="A", lines=(item("tea", 2),)))
    cafe.proved()
