"""Enrolling and finding people, whatever the scanner or the cashier's keyboard makes of them."""

from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.domain.identifiers import receipt_barcode
from tests.shop import Shop, T


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "0912 345 6789",
        "0912-345-6789",
        "+989123456789",
        "00989123456789",
        "9123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "\u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069",
    ],
)
def test_a_phone_is_found_in_any_spelling_and_digit_set(shop: Shop, typed: str) -> None:
    known = shop.service.do(c.EnrolMember(phone="(0912) 345 67 89"))
    assert known.phone == "+989123456789"
    found = shop.identify(typed)
    assert (found.kind, found.member and found.member.member) == ("member", known.member)


@pytest.mark.parametrize("typed", ["ab 12", "AB12", "ab۱۲", "\u200eAB12\u200f"])
def test_a_card_is_found_in_any_case_digit_set_and_spacing(shop: Shop, typed: str) -> None:
    shop.enrol("Ab12")
    assert shop.identify(typed).kind == "member"


def test_a_cards_exact_text_goes_before_everything_it_may_look_like(shop: Shop) -> None:
    shop.service.do(c.EnrolMember(phone="09123456789", name="phone"))
    shop.enrol("6789", name="card")
    found = shop.identify("6789").member
    assert found is not None and found.name == "card"


def test_last_digits_find_the_latest_visitors_first(shop: Shop) -> None:
    for number in ("09121116789", "09122226789", "09123336789"):
        shop.service.do(c.EnrolMember(phone=number))
        shop.clock.on(minutes=1)
    shop.sell(10 * T, member="09122226789")
    found = shop.identify("۶۷۸۹")
    assert found.kind == "candidates"
    assert [one.phone for one in found.candidates] == ["+989122226789", "+989123336789", "+989121116789"]
    exact = shop.identify("26789")
    assert exact.member is not None and exact.member.phone == "+989122226789"
    assert shop.identify("789").kind == "nothing"


@pytest.mark.parametrize("typed", ["علي", "علی", "علی كريمي", "كريمى", "کریمی علی", "می‌ربین", "میر"])
def test_a_name_is_found_by_its_beginning_whatever_keyboard_typed_it(shop: Shop, typed: str) -> None:
    shop.enrol("A", name="علی میربین کریمی")
    shop.enrol("B", name="سارا محمدی")
    found = shop.identify(typed)
    assert found.member is not None and found.member.cards == ("A",)


def test_a_part_inside_a_name_is_found_when_nothing_begins_with_it(shop: Shop) -> None:
    shop.enrol("A", name="محمدرضا")
    assert shop.identify("درضا").kind == "member"
    assert shop.identify("م").kind == "nothing"


def test_names_shared_by_several_come_by_last_visit(shop: Shop) -> None:
    for card in "ABC":
        shop.enrol(card, name="Sara")
        shop.clock.on(minutes=1)
    shop.sell(T, member="A")
    found = shop.identify("sara")
    assert [shop.member(one.member).cards for one in found.candidates] == [("A",), ("C",), ("B",)]


def test_sales_of_the_past_say_when_somebody_enrolled_today_was_here_last(shop: Shop) -> None:
    day_ms = 86_400_000
    for name, days in (("Sara One", 40), ("Sara Two", 3), ("Sara Three", 15)):
        shop.enrol(name, name=name)
        for back in (days + 20, days, days + 5):
            at_ms = shop.clock.now_ms() - back * day_ms
            sale_id = f"{name}-{back}"
            shop.service.do(c.ImportSale(sale_id=sale_id, at_ms=at_ms, amount_minor=1_000 * T, member=name))
    found = shop.service.ask(q.Identify(text="sara")).candidates
    assert [one.name for one in found] == ["Sara Two", "Sara Three", "Sara One"]


def test_a_receipt_is_found_by_its_barcode_its_number_and_the_tills_number(shop: Shop) -> None:
    sale = shop.sell(10 * T, member=None, receipt_no="۱۲-B")
    for typed in (receipt_barcode(sale.number), "1", "۱", "12-B", "۱۲-B"):
        found = shop.identify(typed)
        assert found.kind == "receipt", typed
        assert found.sale is not None and found.sale.sale_id == sale.sale_id
    assert shop.identify(receipt_barcode(2)).kind == "nothing"
    shop.product("tea", 10 * T, barcode=receipt_barcode(2))
    assert shop.identify(receipt_barcode(2)).kind == "product"


@pytest.mark.parametrize(
    ("typed", "looks"),
    [
        ("", "empty"),
        ("  \u200f ", "empty"),
        ("\ud800", "empty"),
        ("09121110000", "phone"),
        ("سارا", "name"),
        ("x" * 201, "name"),
        ("AAAAAA-AAAAAA-AAAAAA", "voucher"),
        ("'; DROP TABLE member; --", "name"),
        ('"* OR x', "name"),
        ("\x00\x01", "empty"),
    ],
)
def test_what_means_nobody_tells_what_it_looks_like(shop: Shop, typed: str, looks: str) -> None:
    shop.enrol("A", name="x")
    found = shop.identify(typed)
    assert (found.kind, found.looks_like) == ("nothing", looks)


def test_a_member_needs_a_phone_or_a_card_and_the_name_can_wait(shop: Shop) -> None:
    assert shop.service.do(c.EnrolMember(phone="09123456789")).name == ""
    for nobody in (c.EnrolMember(name="x"), c.EnrolMember(card="  "), c.EnrolMember(phone=" ")):
        with shop.refuses_field("card" if nobody.card else "phone"):
            shop.service.do(nobody)


@pytest.mark.parametrize(
    ("card", "problem"), [("\xdf" * 33, "too_long"), ("-", "empty"), ("\u066b :", "empty")]
)
def test_a_card_that_cannot_be_kept_or_never_be_found_is_refused(shop: Shop, card: str, problem: str) -> None:
    shop.enrol("A")
    with shop.refuses_field("card", problem):
        shop.enrol(card)
    with shop.refuses_field("card", problem):
        shop.service.do(c.LinkCard(member="A", card=card))


def test_a_phone_or_card_belongs_to_one_member(shop: Shop) -> None:
    known = shop.enrol("a 1", phone="09123456789", name="سارا")
    with shop.refuses("phone_taken", member=known.member, name="سارا"):
        shop.service.do(c.EnrolMember(phone="+98 912 345 6789"))
    with shop.refuses("card_taken", member=known.member):
        shop.enrol("A1")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"phone": "0912"}, "phone"),
        ({"phone": "hello"}, "phone"),
        ({"birthday": "1370-13-40"}, "birthday"),
        ({"name": "x" * 81}, "name"),
        ({"name": "x" * 1_000}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"card": "x" * 65}, "card"),
        ({"city": "x" * 81}, "city"),
        ({"tags": ("",)}, "tags"),
        ({"interests": ("x" * 81,)}, "interests"),
    ],
)
def test_a_member_who_makes_no_sense_is_refused_naming_the_field(
    shop: Shop, more: dict[str, Any], field: str
) -> None:
    with shop.refuses_field(field):
        shop.enrol(**{"card": "A", **more})


def test_a_member_is_brought_by_another_and_not_by_themselves(shop: Shop) -> None:
    with shop.refuses("unknown_referrer", member="B"):
        shop.enrol(referred_by="B")
    with shop.refuses("self_referral"):
        shop.enrol(referred_by=" a ")
    with shop.refuses("self_referral"):
        shop.enrol(phone="09123456789", referred_by="+98 912 345 6789")
    with shop.refuses("unknown_referrer"):
        shop.enrol(phone="09123456789", referred_by="09123456780")
    shop.enrol("B", referred_by=" ")
    shop.enrol(referred_by="B")


def test_a_name_is_kept_clean(shop: Shop) -> None:
    assert shop.enrol("A", name="  علي\u202e   كريمي\u200f ", birthday="۱۹۹۰-۰۱-۰۲").name == "علی کریمی"


def test_an_unknown_member_is_refused_and_a_name_never_posts_value(shop: Shop) -> None:
    shop.enrol("A", name="Sara", phone="09123456789")
    for text in ("Sara", "6789", "nobody"):
        with shop.refuses("unknown_member", member=text):
            shop.sell(T, member=text)


def test_this_months_visits_are_counted_in_the_shops_calendar(shop: Shop) -> None:
    shop.enrol()
    shop.clock.at("2026-11-21T12:00")  # the last day of Aban
    shop.sell(T)
    shop.clock.at("2026-11-22T12:00")  # the first day of Azar
    shop.sell(T)
    shop.sell(T)
    assert (shop.member().visits, shop.member().visits_this_month) == (3, 2)


def test_what_points_would_pay_is_shown_only_where_points_can_pay(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=T)
    shop.sell(5 * T)
    assert shop.member().points_value_minor == 0
    shop.publish("points", "points", step_minor=T, point_value_minor=7)
    assert shop.member().points_value_minor == 35


def test_a_lot_names_the_sale_it_came_from(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=T)
    shop.publish("card", "stamp_card", needed=2)
    first, second = shop.sell(5 * T), shop.sell(T)
    lots = {(lot.unit, lot.sale_id): lot.left for lot in shop.member().lots}
    assert lots == {
        ("points", first.sale_id): 5,
        ("points", second.sale_id): 1,
        ("reward:card", second.sale_id): 1,
    }


@pytest.mark.parametrize("typed", ["1370-07-20", "۱۳۷۰/۰۷/۲۰", "1991-10-12"])
def test_a_jalali_birthday_is_nobodys_who_was_born_in_the_middle_ages(shop: Shop, typed: str) -> None:
    member = shop.enrol("A", birthday=typed).member
    assert shop.service.ask(q.MemberRecord(member=member)).birthday == "1991-10-12"
