"""The paper of a refund, in both languages."""

import pytest

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.refund_paper import refund_paper
from loyalty_pos.ui import bidi
from tests.languages import language
from tests.shop import Shop, T, goods


@pytest.mark.parametrize("code", ["fa", "en"])
def test_a_refund_on_paper_says_what_came_back_the_money_and_what_is_held_now(shop: Shop, code: str) -> None:
    shop.enrol(phone="09123456789", name="Sara Ahmadi")
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    shop.sell(100 * T)
    sale = shop.sell(None, goods("tea", 30 * T, 2), goods("", 40 * T), points=10, credit_minor=5 * T)
    back = shop.refund(sale, None, (1, 2))
    view = shop.service.ask(AskShop())
    said = language("fa" if code == "fa" else "en").with_shop(view)
    paper = refund_paper(back, shop.stored(sale), view, shop.member(), said)
    assert [bidi.strip(paper.title), bidi.strip(paper.paid_label)] == {
        "fa": ["برگشت", "پس داده شد"],
        "en": ["Refund", "Paid back"],
    }[code]
    assert len(paper.lines) == 3 and len(paper.earned) == 2
    assert paper.paid_text == said.money(51 * T)
    rest = refund_paper(shop.refund(sale, None, (2, 1)), shop.stored(sale), view, None, said)
    assert (rest.member_text, len(rest.earned), rest.earned_title) == ("", 0, "")


def test_the_price_of_a_free_unit_that_was_withheld_stands_on_the_paper(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=2, mode="every_nth")
    sale = shop.sell(None, goods("tea", 10 * T, 2))
    back = shop.refund(sale, None, (1, 1))
    view = shop.service.ask(AskShop())
    said = language("en").with_shop(view)
    lines = refund_paper(back, shop.stored(sale), view, shop.member(), said).lines
    assert [bidi.strip(name) for name, _ in lines] == ["tea", "A free one is paid for after all"]


def test_what_goes_onto_cards_and_what_a_spent_voucher_holds_stand_on_the_paper(shop: Shop) -> None:
    shop.enrol()
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 30})
    card = shop.service.do(IssueGiftCard(posting_id="card", face_minor=50 * T)).codes[0].code
    sale = shop.sell(100 * T, gift_cards=(card,))
    shop.clock.on(days=1)
    spent = shop.sell(100 * T, codes=(sale.vouchers[0].code,))
    view = shop.service.ask(AskShop())
    said = language("en").with_shop(view)

    def lines() -> list[str]:
        back = shop.refund(sale, 20 * T)
        paper = refund_paper(back, shop.stored(sale), view, shop.member(), said)
        return [bidi.strip(name) for name, _ in paper.lines[1:]]

    onto = "Back onto the gift card"
    assert lines() == ["Withheld: a voucher of this sale was spent", onto]
    shop.void(spent)
    assert lines() == ["What was withheld for a voucher comes back", onto]


def test_the_money_that_goes_onto_a_new_gift_card_stands_on_the_paper_and_none_is_paid_back(
    shop: Shop,
) -> None:
    sale = shop.sell(100 * T, member=None)
    back = shop.refund(sale, 40 * T, refund_to="gift_card")
    view = shop.service.ask(AskShop())
    said = language("en").with_shop(view)
    paper = refund_paper(back, shop.stored(sale), view, None, said)
    told = [(bidi.strip(name), bidi.strip(amount)) for name, amount in paper.lines[1:]]
    assert told == [("Onto a new gift card", "\u221240")]
    assert bidi.strip(paper.paid_text) == "0 T"
