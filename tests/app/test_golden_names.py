"""Every golden case and every pain of other systems has a test named after it, through the shop's door."""

import re
from pathlib import Path

import pytest

SYSTEMS = tuple(f"p{number}" for number in range(1, 19))
CASES = range(1, 20)
PAINS = {
    "refunds": (
        "earned_points_are_not_kept_after_a_refund",
        "a_refund_of_a_sale_paid_with_points_gives_the_points_back_and_charges_none",
        "used_credit_is_given_back",
        "a_partial_refund_is_neither_all_or_nothing_nor_recomputed_with_the_rule_of_today",
        "a_sale_whose_points_were_spent_can_be_cancelled",
        "voided_items_do_not_earn",
        "a_suspended_sale_eats_no_points",
        "a_deleted_sale_leaves_no_points",
        "the_discount_of_the_whole_bill_is_not_spread_again",
        "a_usage_limit_is_given_back_on_cancel",
    ),
    "double spend": (
        "two_tills_use_one_reward",
        "a_gift_card_that_was_spent_stays_valid_nowhere",
        "a_stale_balance_is_refused",
        "retries_after_a_lost_answer_never_double_points",
        "paying_one_open_sale_changes_no_other_one",
        "what_is_redeemed_is_deducted",
    ),
    "arithmetic": (
        "the_line_of_a_reward_is_not_counted_as_a_unit",
        "points_on_the_discounted_part_are_decided_once",
        "points_on_tax_are_the_owners_decision",
        "paying_with_points_earns_no_points",
        "a_gift_card_earns_once_when_it_is_spent",
        "no_dust_is_left",
        "toman_and_rial_are_never_ten_times_each_other",
        "thirty_and_twenty_make_a_point",
        "a_part_of_a_balance_can_be_redeemed",
        "what_a_sale_earns_is_said_to_be_for_the_next_one",
        "goods_sold_under_their_cost_earn_nothing",
        "a_sale_on_account_never_earns_twice",
    ),
    "expiry": (
        "spent_points_are_tied_to_their_lot",
        "a_policy_change_dates_nothing_anew",
        "staying_away_wipes_nothing",
    ),
    "tiers": (
        "redeeming_never_lowers_a_level",
        "the_boundary_belongs_to_the_level_for_years",
        "a_level_given_by_hand_is_not_overwritten",
    ),
    "finding people": (
        "a_scanned_member_brings_their_benefits",
        "a_scan_under_the_persian_layout_is_the_same_card",
        "persian_and_arabic_digits_find_the_same_member",
        "merging_duplicates_loses_no_stamps",
        "a_sale_booked_on_the_wrong_member_goes_to_the_right_one",
    ),
    "counter": (
        "a_reward_pressed_twice_is_given_once",
        "a_birthday_brings_its_reward_once",
        "the_free_item_is_the_same_on_every_till",
        "what_is_not_applicable_says_why",
        "a_half_full_paper_card_comes_in_with_one_step",
        "a_linked_customer_can_be_taken_off_a_bill",
    ),
}
"""The pains of other systems' users, by what they are about; how fast people are found is measured."""
NAMES = [
    name
    for path in sorted(Path(__file__).parent.parent.glob("*/test_*.py"))
    for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_its_golden_case(system: str) -> None:
    assert [name for name in NAMES if re.search(rf"_{system}(_|$)", name)]


@pytest.mark.parametrize("case", CASES)
def test_every_golden_case_of_the_rules_has_its_test(case: int) -> None:
    assert [name for name in NAMES if re.search(rf"_golden_{case}(_|$)", name)]


@pytest.mark.parametrize(
    ("about", "pain"), [(about, pain) for about, all_of in PAINS.items() for pain in all_of]
)
def test_every_pain_of_other_systems_has_its_test(about: str, pain: str) -> None:
    assert [name for name in NAMES if f"pain_{pain}" in name], about
