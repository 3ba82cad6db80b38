"""Pains of other systems at the counter: people not found, a reward given twice (product 4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.domain.keyboards import repair_layout
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol("4410339108", phone="09123456789", name="Sara Ahmadi", birthday="1990-11-21")
    yield opened
    opened.proved()
    opened.close()


SARA = "4410339108"


@pytest.mark.parametrize("typed", ["۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩", "0912 345 6789", "+98 912 345 6789", "۶۷۸۹"])
def test_pain_persian_and_arabic_digits_find_the_same_member(shop: Shop, typed: str) -> None:
    found = shop.identify(typed)
    named = found.member.name if found.member else found.candidates[0].name
    assert named == "Sara Ahmadi"


def test_pain_a_scan_under_the_persian_layout_is_the_same_card(shop: Shop) -> None:
    shop.service.do(c.LinkCard(member=SARA, card="QX-17"))
    under_persian = "\u0636\u0637-17"  # what a scanner types for QX-17 while Persian is on
    for scanned in ("QX-17", "qx-17", under_persian):
        found = shop.identify(repair_layout(scanned))  # as the scanner's filter hands it on
        assert found.member is not None and found.member.name == "Sara Ahmadi", scanned


def test_pain_a_scanned_member_brings_their_benefits_with_them(shop: Shop) -> None:
    shop.publish("tenth", "percent_off", {"audience": {"tiers": ["gold"]}}, rate_bp=1_000, lane="member")
    shop.publish("club", "tiers", levels=[{"key": "gold", "from": 0}])
    assert shop.quote(100 * T, member=None).due_minor == 100 * T
    assert shop.quote(100 * T, member=SARA).due_minor == 90 * T


def test_pain_merging_duplicates_loses_no_stamps(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5)
    shop.enrol("B")
    shop.sell(None, goods("tea", 100 * T, 3), member=SARA)
    shop.sell(None, goods("tea", 100 * T, 4), member="B")
    shop.service.do(MergeMembers(keep=SARA, drop="B"))
    assert (shop.rewards(SARA), shop.member(SARA).progress["card"].have) == (1, 2)


def test_pain_a_reward_pressed_twice_is_given_once(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=2)
    shop.sell(None, goods("tea", 100 * T, 2), member=SARA)
    claim = c.ClaimReward(posting_id="press", member=SARA, programme="card")
    assert shop.service.do(claim) == shop.service.do(claim)
    assert shop.rewards(SARA) == 0
    with shop.refuses("not_enough_rewards"):
        shop.service.do(c.ClaimReward(posting_id="again", member=SARA, programme="card"))


def test_pain_a_birthday_brings_its_reward_once_a_year(shop: Shop) -> None:
    shop.publish("gift", "event_gift", event="birthday", points=50)
    first = [shop.sell(10 * T, member=SARA).earned.points for _ in range(3)]
    shop.clock.on(days=3)
    assert (first, shop.sell(10 * T, member=SARA).earned.points) == ([50, 0, 0], 0)
    shop.clock.at("2027-11-21T12:00")
    assert shop.sell(10 * T, member=SARA).earned.points == 50


def test_pain_the_free_item_is_the_same_on_every_till_and_in_every_order_of_lines(shop: Shop) -> None:
    shop.product("tea", 50 * T)
    shop.product("cake", 80 * T)
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, item("tea", 5), member=SARA)
    dues = {
        shop.quote(None, *lines, member=SARA).due_minor
        for lines in ((item("tea"), item("cake")), (item("cake"), item("tea")))
    }
    assert dues == {80 * T}


def test_pain_what_is_not_applicable_says_why_and_what_is_missing(shop: Shop) -> None:
    shop.publish("big", "percent_off", {"basket": {"min_minor": 500 * T}}, rate_bp=1_000, lane="member")
    (line,) = [one for one in shop.quote(460 * T, member=SARA).trace if one.programme == "big"]
    assert not line.applied and line.facts["missing_minor"] == 40 * T and "40 T" in line.sentence.en


def test_pain_a_linked_customer_can_be_taken_off_a_bill_again(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T)
    with_member = shop.quote(100 * T, member=SARA)
    alone = shop.quote(100 * T, member=None)
    sold = shop.sell(100 * T, member=None, fingerprint=alone.fingerprint)
    assert (with_member.earned.points, sold.member, shop.member(SARA).points) == (100, None, 0)
