"""Taking whole sales back: what comes home, what is owed, and what must never be doubled (rules 26-30)."""

from tests.shop import Shop, T, goods


def test_a_void_asked_twice_answers_the_same_and_moves_once(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T)
    first = shop.void(sale)
    before = shop.audit().figures
    assert shop.void(sale) == first
    assert shop.audit().figures == before
    assert (first.refund_minor, shop.member().points, shop.member().visits) == (100 * T, 0, 0)


def test_a_voided_sale_asked_again_answers_as_it_did_the_first_time(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T, sale_id="x")
    shop.void(sale)
    assert shop.sell(100 * T, sale_id="x") == sale
    assert shop.member().points == 0


def test_a_sale_without_a_member_can_be_voided(shop: Shop) -> None:
    sale = shop.sell(100 * T, member=None)
    assert shop.void(sale).refund_minor == 100 * T
    shop.proved()


def test_an_unknown_sale_cannot_be_voided(shop: Shop) -> None:
    with shop.refuses("unknown_sale", sale_id="nothing"):
        shop.void("nothing")


def test_a_sale_is_found_by_its_own_digits_before_another_spelling_of_them(shop: Shop) -> None:
    shop.sell(10 * T, member=None, sale_id="12")
    shop.sell(20 * T, member=None, sale_id="۱۲")
    assert shop.void("۱۲").refund_minor == 20 * T
    assert shop.void("12").refund_minor == 10 * T


def test_a_sale_is_found_however_its_id_is_typed(shop: Shop) -> None:
    shop.sell(10 * T, member=None, sale_id="7 يك")
    assert shop.void("۷ یک").refund_minor == 10 * T


def test_credit_spent_on_a_voided_sale_comes_back_into_its_own_lot(shop: Shop) -> None:
    shop.enrol()
    shop.publish("credit", "spend_credit", {"expiry": {"days": 30}}, rate_bp=1000)
    shop.sell(1000 * T)
    before = shop.member()
    paid = shop.sell(60 * T, credit_minor="all")
    assert (paid.due_minor, paid.earned.credit_minor) == (0, 0)
    back = shop.void(paid)
    assert (back.refund_minor, back.to_credit_minor) == (0, 60 * T)
    after = shop.member()
    assert (after.credit_minor, after.lots) == (before.credit_minor, before.lots)
    shop.proved()


def test_value_of_a_lot_that_expired_meanwhile_is_not_revived_and_not_claimed(shop: Shop) -> None:
    shop.enrol()
    shop.publish("credit", "spend_credit", {"expiry": {"days": 3}}, rate_bp=1000)
    shop.sell(1000 * T)
    paid = shop.sell(60 * T, credit_minor=60 * T)
    shop.clock.on(days=10)
    back = shop.void(paid)
    assert (back.to_credit_minor, back.moved) == (0, ())
    assert shop.member().credit_minor == 0
    shop.proved()


def test_what_expired_unspent_of_the_sales_own_lot_counts_as_taken_back(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", {"expiry": {"days": 3}}, step_minor=10 * T)
    sale = shop.sell(100 * T)
    shop.clock.on(days=10)
    other = shop.sell(50 * T)
    shop.void(sale)
    assert (shop.member().points, shop.member().owed.points) == (other.earned.points, 0)


def test_a_free_unit_of_the_same_sale_goes_with_it_even_after_its_day(shop: Shop) -> None:
    shop.enrol()
    when = {"expiry": {"days": 3}}
    shop.publish("card", "stamp_card", when, needed=5, mode="every_nth")
    shop.sell(None, goods("tea", 10 * T, 3))
    sale = shop.sell(None, goods("tea", 10 * T, 2))
    assert sale.due_minor == 10 * T
    shop.clock.on(days=10)
    shop.void(sale)
    member = shop.member()
    assert (member.progress["card"].have, member.owed.stamps, shop.rewards()) == (3, {}, 0)
    shop.proved()


def test_a_used_reward_whose_card_was_taken_back_is_owed_as_stamps_and_repaid_first(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    full = shop.sell(None, goods("tea", 10 * T, 5))
    assert shop.sell(None, goods("tea", 10 * T, 1)).due_minor == 0
    shop.void(full)
    assert (shop.member().owed.stamps, shop.rewards()) == ({"card": 5}, 0)
    shop.sell(None, goods("tea", 10 * T, 7))
    assert (shop.member().owed.stamps, shop.member().progress["card"].have, shop.rewards()) == ({}, 2, 0)
    shop.proved()


def test_voiding_the_earning_then_the_using_of_a_reward_leaves_neither_reward_nor_debt(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    full = shop.sell(None, goods("tea", 10 * T, 5))
    free = shop.sell(None, goods("tea", 10 * T, 1))
    shop.void(full)
    shop.void(free)
    assert (shop.member().owed.stamps, shop.rewards(), shop.member().progress["card"].have) == ({}, 0, 0)
    shop.proved()


def test_a_reward_that_comes_home_settles_what_is_still_owed_and_leaves_the_rest_as_stamps(
    shop: Shop,
) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    full = shop.sell(None, goods("tea", 10 * T, 5))
    free = shop.sell(None, goods("tea", 10 * T, 1))
    shop.void(full)
    shop.sell(None, goods("tea", 10 * T, 2))
    assert shop.member().owed.stamps == {"card": 3}
    shop.void(free)
    assert (shop.member().owed.stamps, shop.rewards(), shop.member().progress["card"].have) == ({}, 0, 2)
    shop.proved()


def test_a_void_cancels_an_unused_reward_with_its_printed_code(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    full = shop.sell(None, goods("tea", 10 * T, 5))
    code = shop.print_voucher("card").code
    shop.void(full)
    assert shop.rewards() == 0
    assert shop.identify(code).kind == "nothing"
    with shop.refuses("voucher_used"):
        shop.sell(None, goods("tea", 10 * T, 1), vouchers=(code,))


def test_a_void_of_a_sale_that_used_a_paper_voucher_gives_the_right_and_its_code_back(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 10 * T, 5))
    code = shop.print_voucher("card").code
    used = shop.sell(None, goods("tea", 10 * T, 1), vouchers=(code,))
    assert shop.identify(code).kind == "nothing"
    shop.void(used)
    assert (shop.rewards(), shop.identify(code).kind) == (1, "voucher")
    assert shop.sell(None, goods("tea", 10 * T, 1), vouchers=(code,)).due_minor == 0
    shop.proved()


def test_a_void_borrows_at_the_step_of_today_when_the_step_changed_between(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=100 * T)
    sale = shop.sell(270 * T)
    shop.publish("points", "points", step_minor=50 * T)
    shop.sell(30 * T)
    # 2 points and 70 carried, then 30 more at 50 each: 2 more points, nothing carried.
    assert (shop.member().points, shop.member().progress["points"].have) == (4, 0)
    shop.void(sale)
    # Its two whole steps go as two points; its rest of 70 borrows two steps of 50.
    assert (shop.member().points, shop.member().progress["points"].have) == (0, 30 * T)
    shop.proved()


def test_a_sale_of_a_programme_retired_since_can_be_voided(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    full = shop.sell(None, goods("tea", 10 * T, 5))
    free = shop.sell(None, goods("tea", 10 * T, 1))
    shop.retire("card")
    shop.void(free)
    assert shop.rewards() == 1
    shop.void(full)
    assert (shop.rewards(), shop.member().owed.stamps) == (0, {})
    shop.proved()


def test_a_void_gives_points_back_to_the_lots_they_came_from_in_any_order(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    first = shop.sell(10 * T)
    second = shop.sell(20 * T)
    spent = shop.sell(25 * T, points=25)
    shop.void(first)
    # 10 are taken back: the five that are left, and five are owed.
    assert (shop.member().points, shop.member().owed.points) == (0, 5)
    shop.void(spent)
    assert (shop.member().points, shop.member().owed.points) == (20, 0)
    shop.void(second)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)
    shop.proved()


def test_the_last_visit_goes_back_to_the_one_before(shop: Shop) -> None:
    shop.enrol()
    shop.sell(10 * T)
    shop.clock.on(days=2)
    late = shop.sell(20 * T)
    assert (shop.member().last_visit_day, shop.member().spend_minor) == ("2026-11-23", 30 * T)
    shop.void(late)
    assert (shop.member().last_visit_day, shop.member().spend_minor) == ("2026-11-21", 10 * T)


def test_the_view_of_a_voided_sale_says_so(shop: Shop) -> None:
    shop.enrol()
    sale = shop.sell(10 * T)
    shop.void(sale)
    assert shop.stored(sale).voided
    assert [view.voided for view in shop.recent()] == [True]


def test_a_sale_whose_share_came_to_nothing_is_taken_back_like_any_other(shop: Shop) -> None:
    shop.enrol()
    shop.publish("back", "spend_credit", rate_bp=1, rounding_minor=1, coefficients=[{"milli": 1}])
    sale = shop.sell(1)
    assert [line.applied for line in sale.trace] == [True]
    assert shop.void(sale).refund_minor == 1
    assert shop.member().credit_minor == 0
    shop.proved()
