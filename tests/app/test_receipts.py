"""A receipt says what was bought, what came off and why, what was earned and what waits."""

from dataclasses import replace

import pytest

from loyalty_pos.app.commands import IssueGiftCard, SellGiftCards
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.papers import NARROW_DOTS, ReceiptPaper
from loyalty_pos.app.queries import Shop as ShopQuery
from loyalty_pos.app.receipts import receipt_paper, short_name, trial_paper, voucher_paper
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.identifiers import receipt_barcode
from tests.languages import language
from tests.shop import Shop, T, goods, item


def said(shop: Shop, code: LanguageCode = "en") -> Language:
    return language(code, shop.service.ask(ShopQuery()))


def paper(shop: Shop, sale: SaleView, code: LanguageCode = "en") -> ReceiptPaper:
    member = shop.member(sale.member) if sale.member else None
    return receipt_paper(sale, shop.service.ask(ShopQuery()), member, said(shop, code))


def plain(rows: object) -> str:
    """Leave the invisible marks of direction out."""
    return str(rows).translate(dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069])).replace("\u2212", "-")


def test_goods_stand_with_their_number_and_a_nameless_one_is_an_item(shop: Shop) -> None:
    shop.product("latte", 128_000 * T)
    sale = shop.sell(None, item("latte", 2), goods("Scarf", 90_000 * T), goods("", 500 * T), member=None)
    rows = [tuple(map(plain, row)) for row in paper(shop, sale).lines]
    assert rows == [("2 × latte", "256,000"), ("Scarf", "90,000"), ("Item", "500")]


def test_a_typed_amount_is_one_purchase_in_the_shop_s_words(shop: Shop) -> None:
    receipt = paper(shop, shop.sell(469_000 * T, member=None), "fa")
    assert receipt.lines == (("جمع خرید", "۴۶۹٬۰۰۰"),)
    assert (receipt.paid_text, receipt.saved_text, receipt.member_text) == ("۴۶۹٬۰۰۰ تومان", "", "")
    assert (receipt.earned_title, receipt.earned, receipt.notes) == ("", (), [])


def test_a_member_known_by_a_card_alone_leaves_no_empty_line(shop: Shop) -> None:
    shop.enrol("A")
    receipt = paper(shop, shop.sell(5_000 * T))
    assert (receipt.member_text, receipt.phone_text) == ("", "")


def test_what_came_off_is_told_by_who_took_it_off(shop: Shop) -> None:
    shop.publish("five", "percent_off", rate_bp=500)
    shop.publish("back", "spend_credit", rate_bp=1000, rounding_minor=10)
    shop.publish("points", "points", step_minor=1000 * T, points_per_step=1, point_value_minor=10 * T)
    shop.enrol("A", name="Sara Ahmadi")
    shop.sell(100_000 * T)
    sale = shop.sell(
        None, goods("Coat", 100_000 * T, discount_minor=20_000 * T), credit_minor=9_500 * T, points=95
    )
    receipt = paper(shop, sale)
    assert [tuple(map(plain, row)) for row in receipt.lines] == [
        ("Coat", "100,000"),
        ("five", "-4,000"),
        ("Discount at the till", "-20,000"),
        ("Paid with credit", "-9,500"),
        ("Paid with points", "-950"),
    ]
    assert plain(receipt.paid_text) == "65,550 T"
    assert plain(receipt.saved_text) == "You saved 4,000 T as a member"


def test_points_and_credit_are_told_with_the_balance_they_make(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1000 * T, points_per_step=1)
    shop.publish("back", "spend_credit", rate_bp=1000, rounding_minor=10)
    shop.enrol("A", name="Sara Ahmadi", phone="09123456789")
    shop.sell(50_000 * T)
    receipt = paper(shop, shop.sell(100_000 * T))
    assert [tuple(map(plain, row)) for row in receipt.earned] == [
        ("Points", "+100", "balance 150"),
        ("Credit", "+10,000", "balance 15,000"),
    ]
    assert (plain(receipt.member_text), plain(receipt.phone_text)) == ("Sara A.", "0912 ••• 6789")


def test_a_sale_that_earns_nothing_says_no_more_than_its_sum(shop: Shop) -> None:
    shop.enrol("A", name="Sara")
    receipt = paper(shop, shop.sell(100_000 * T))
    assert (receipt.earned, receipt.notes, receipt.why) == ([], [], [])


def test_what_came_to_nothing_is_not_explained_on_paper(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1000 * T, points_per_step=1)
    shop.enrol("A", name="Sara")
    sale = shop.sell(5 * T)
    assert [line.code for line in sale.trace if line.applied] == ["earned_points"]
    assert paper(shop, sale).why == []


@pytest.mark.parametrize(
    ("cards", "note"), [(1, "1 reward is waiting for you"), (2, "2 rewards are waiting for you")]
)
def test_a_reward_that_waits_is_told_beside_the_stamps(shop: Shop, cards: int, note: str) -> None:
    shop.publish("drink", "stamp_card", needed=5, mode="after_n_paid")
    shop.enrol("A")
    receipt = paper(shop, shop.sell(None, goods("Tea", 40_000 * T, 5 * cards + 3)))
    assert receipt.notes == [note]
    assert [(plain(row.name), row.have, row.needed) for row in receipt.stamps] == [("drink", 3, 5)]
    assert receipt.stamp_counts == ["3 of 5"]


def test_why_names_what_came_off_first_and_three_reasons_at_most(shop: Shop) -> None:
    shop.publish("five", "percent_off", rate_bp=500)
    for number in range(4):
        shop.publish(f"points{number}", "points", step_minor=1000 * T, points_per_step=1)
    shop.enrol("A")
    sale = shop.sell(100_000 * T)
    why = paper(shop, sale).why
    assert len(why) == 3
    assert why[0] == next(line.sentence.en for line in sale.trace if line.benefit_minor)


def test_a_voucher_is_for_its_member_until_its_day_or_for_whoever_has_no_name(shop: Shop) -> None:
    shop.publish("drink", "stamp_card", when={"expiry": {"days": 30}}, needed=2)
    shop.enrol("A", name="سارا احمدی")
    shop.sell(None, goods("Tea", 40_000 * T, 2))
    named = shop.print_voucher("drink")
    view, english = shop.service.ask(ShopQuery()), said(shop)
    assert plain(voucher_paper(named, view, english).for_text) == "A gift for سارا ا."
    assert voucher_paper(named, view, english).expiry_text.startswith("Until ")
    nameless = voucher_paper(replace(named, member_name="", expires_on=None, copy=True), view, english)
    assert (nameless.for_text, nameless.expiry_text) == ("A gift for you", "No end date")
    assert (nameless.copy_text, voucher_paper(named, view, english).copy_text) == ("Copy", "")


def test_a_test_page_has_letters_digits_bars_and_the_width_of_its_paper(shop: Shop) -> None:
    page = trial_paper(shop.service.ask(ShopQuery()), said(shop, "fa"), width_dots=NARROW_DOTS)
    assert page.lines == (("حرف و رقم", "۱٬۲۳۴٬۵۶۷٬۸۹۰"),)
    assert (page.barcode, page.width_dots) == (receipt_barcode(0), NARROW_DOTS)


@pytest.mark.parametrize(
    ("name", "short"), [("Sara", "Sara"), ("Sara Ahmadi", "Sara A."), ("Ali Reza Karimi", "Ali K."), ("", "")]
)
def test_a_name_others_may_see_is_a_first_name_and_an_initial(name: str, short: str) -> None:
    assert short_name(name) == short


def test_gift_cards_stand_with_what_they_paid_and_what_stays_and_those_sold_as_goods(shop: Shop) -> None:
    issued = shop.service.do(IssueGiftCard(posting_id="card", face_minor=100 * T))
    sale = shop.sell(
        60 * T,
        gift_cards=(issued.codes[0].code,),
        sells=(SellGiftCards(face_minor=50 * T, count=2),),
        member=None,
    )
    receipt = paper(shop, sale)
    assert [tuple(map(plain, row)) for row in receipt.lines] == [
        ("Purchase", "60"),
        ("2 gift cards sold", "100"),
        ("Gift card 1, 40 stays on it", "-60"),
    ]
    assert plain(receipt.paid_text) == "100 T"
    assert receipt.saved_text == ""
    with_goods = shop.sell(
        None, goods("Scarf", 5 * T), sells=(SellGiftCards(face_minor=50 * T),), member=None
    )
    assert [plain(row[0]) for row in paper(shop, with_goods).lines] == ["Scarf", "1 gift card sold"]
