"""A gift card goes through the one box: it pays what it can, says what stays on it, and comes off again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loyalty_pos.app.commands import (
    HoldSale,
    IssueGiftCard,
    PublishProgramme,
    SellGiftCards,
    VoidCode,
    VoidSale,
)
from loyalty_pos.app.gift_card_views import IssuedGiftCard
from loyalty_pos.app.views import SaleView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Rejection
from tests.languages import language
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig, Rig

LEILA = "4410339306"
OpenRig = Callable[[], tuple[Rig, tuple[IssuedGiftCard, ...]]]


@pytest.fixture
def open_rig(tmp_path: Path, make_rig: MakeRig) -> OpenRig:
    def opened() -> tuple[Rig, tuple[IssuedGiftCard, ...]]:
        path = tmp_path / "shop.db"
        real_shop.build(path)
        service = open_shop(path)
        cards = service.do(IssueGiftCard(posting_id="cards", face_minor=1_000_000, count=3)).codes
        service.do(VoidCode(posting_id="stop", code=cards[2].code))
        sells = (SellGiftCards(face_minor=500_000, count=2),)
        service.do(HoldSale(posting_id="held", amount_minor=100_000, sells=sells))
        service.close()
        return make_rig(factory=lambda: open_shop(path)), cards

    return opened


def rows(rig: Rig) -> list[tuple[str, str, str]]:
    shown = [row for row in rig.page.sale.benefits if not row.isHidden()]
    return [(row._title, row._reason, row._amount) for row in shown]


def sold(rig: Rig) -> list[tuple[int, int]]:
    return [(one.face_minor, one.count) for one in rig.state.cards_sold]


def test_a_scanned_card_pays_shows_its_rest_and_is_spent_with_the_sale(open_rig: OpenRig) -> None:
    rig, cards = open_rig()
    rig.keys("150.")
    rig.settle()
    for card in cards[:2]:
        rig.scan(card.barcode)
        rig.settle()
    say = language("fa").with_shop(rig.state.shop)
    assert rig.state.quote is not None and rig.state.quote.due_minor == 0
    first, second = rows(rig)[:2]
    assert (first[0], first[2]) == ("کارت هدیه‌ی ۱", say.money(-1_000_000, unit=False))
    assert second[1] == f"{say.money(500_000)} روی آن می‌ماند"
    rig.keys("Enter")
    rig.settle()
    assert rig.state.gift_cards == ()
    rig.scan(cards[0].barcode)
    rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection) and said.problem.code == "gift_card_empty"


def test_a_typed_card_says_what_is_on_it_and_waits_for_the_amount(open_rig: OpenRig) -> None:
    rig, cards = open_rig()
    rig.keys("F2")
    rig.keys(cards[0].code)
    rig.keys("Enter")
    rig.settle()
    said = rig.state.said
    assert said is not None and (said.code, said.after_minor) == ("gift_card_handed_in", 1_000_000)
    rig.keys("50000")
    rig.settle()
    assert rig.state.quote is not None and rig.state.quote.paid_by.gift_card_minor == 500_000


def test_escape_takes_the_last_card_off_and_ctrl_z_brings_it_back(open_rig: OpenRig) -> None:
    rig, cards = open_rig()
    rig.scan(LEILA)
    rig.keys("150000")
    rig.settle()
    for card in cards[:2]:
        rig.scan(card.barcode)
        rig.settle()
    rig.keys("Esc Esc")
    rig.settle()
    assert [one.card for one in rig.state.gift_cards] == [1]
    rig.keys("Ctrl+z")
    rig.settle()
    assert [one.card for one in rig.state.gift_cards] == [1, 2]


def test_a_click_on_its_row_takes_a_card_off(open_rig: OpenRig) -> None:
    rig, cards = open_rig()
    rig.keys("150.")
    rig.settle()
    for card in cards[:2]:
        rig.scan(card.barcode)
        rig.settle()
    rig.page.sale.benefits[0].click()
    rig.settle()
    assert [one.card for one in rig.state.gift_cards] == [2]
    assert rig.state.quote is not None and rig.state.quote.due_minor == 500_000


def test_a_card_out_of_use_is_refused_at_once(open_rig: OpenRig) -> None:
    rig, cards = open_rig()
    rig.keys("150.")
    rig.settle()
    rig.scan(cards[2].barcode)
    rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection) and said.problem.code == "gift_card_void"
    assert rig.state.gift_cards == ()


def test_a_sale_on_hold_that_sells_cards_comes_back_with_them(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.keys("Shift+F8")
    rig.settle()
    rig.keys("Enter")
    rig.settle()
    assert rig.state.quote is not None and rig.state.quote.due_minor == 1_100_000
    assert rows(rig)[0][0] == "۲ کارت هدیه فروخته شد"


def test_a_voucher_the_sale_makes_is_printed_with_it_and_used_on_the_next_day(
    tmp_path: Path, make_rig: MakeRig
) -> None:
    path = tmp_path / "shop.db"
    real_shop.build(path)
    service = open_shop(path)
    service.do(
        PublishProgramme(
            key="next",
            kind="next_visit_voucher",
            name="کوپن بعدی",
            params={"rate_bp": 1000, "expires": {"days": 30}},
        )
    )
    service.close()
    rig = make_rig(factory=lambda: open_shop(path))
    rig.scan(LEILA)
    rig.keys("200000")
    rig.settle()
    assert "کوپن" in str([item.amount for item in rig.page.sale.earn._items])
    rig.keys("Enter")
    rig.settle()
    assert len(rig.tray.vouchers) == 1
    voucher = rig.tray.vouchers[0]
    assert voucher.from_day is not None and not voucher.copy
    rig.scan(LEILA)
    rig.keys("200000")
    rig.settle()
    rig.scan(voucher.barcode)
    rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection) and said.problem.code == "code_not_yet"
    assert rig.state.codes == ()


def test_a_gift_card_is_sold_with_a_key_made_with_the_sale_and_printed(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.scan(LEILA)
    rig.keys("50000")
    rig.settle()
    rig.keys("Ctrl+g 30. Enter Ctrl+g 30. Enter")
    rig.settle()
    say = language("fa").with_shop(rig.state.shop)
    assert (
        rig.state.quote is not None and rig.state.quote.due_minor == 475_000 + 2 * 300_000
    )  # her level takes 5 % off
    assert (say.n("{count} gift card sold", "{count} gift cards sold", 2)) in [row[0] for row in rows(rig)]
    rig.keys("Enter")
    rig.settle()
    made = rig.tray.gift_cards
    assert [(one.face_minor, len(one.codes), one.bought) for one in made] == [(300_000, 2, True)]
    rig.keys("150.")
    rig.scan(made[0].codes[1].barcode)
    rig.settle()
    assert [held.left_minor for held in rig.state.gift_cards] == [300_000]


def test_escape_takes_a_sold_card_off_one_by_one_and_no_amount_sells_none(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.keys("Ctrl+g Enter")
    assert sold(rig) == [] and rig.state.pay is None
    rig.keys("Ctrl+g 30. Enter Ctrl+g 30. Enter Ctrl+g 20. Enter")
    rig.settle()
    assert rig.state.quote is not None and rig.state.quote.due_minor == 800_000
    rig.keys("Esc")
    rig.settle()
    assert sold(rig) == [(300_000, 2)]
    rig.page.sale.benefits[0].click()
    rig.settle()
    assert sold(rig) == [(300_000, 1)]
    rig.keys("Esc")
    rig.settle()
    assert not rig.state.sells
    rig.keys("Ctrl+z")
    rig.settle()
    assert sold(rig) == [(300_000, 1)]


def test_printing_a_sale_again_makes_cards_that_were_never_made_and_no_others(open_rig: OpenRig) -> None:
    rig, _ = open_rig()
    rig.page.flow.closing.make_cards = lambda sale: None  # the program was cut off right here
    rig.keys("Ctrl+g 30. Enter")
    rig.settle()
    rig.keys("F9")
    rig.settle()
    assert rig.tray.gift_cards == []
    for _time in range(2):
        rig.keys("F10")
        rig.settle()
    assert [len(cards.codes) for cards in rig.tray.gift_cards] == [1]
    assert rig.state.said is None or rig.state.said.problem is None


def test_cards_of_a_sale_that_was_taken_back_meanwhile_are_not_made_and_that_is_told(
    open_rig: OpenRig, tmp_path: Path
) -> None:
    rig, _ = open_rig()
    kept: list[SaleView] = []
    make = rig.page.flow.closing.make_cards
    rig.page.flow.closing.make_cards = kept.append
    rig.keys("Ctrl+g 30. Enter")
    rig.settle()
    rig.keys("F9")
    rig.settle()
    (sale,) = kept
    other = open_shop(tmp_path / "shop.db")
    other.do(VoidSale(sale_id=str(sale.sale_id)))
    other.close()
    make(sale)
    rig.settle()
    said = rig.state.said
    assert said is not None and isinstance(said.problem, Rejection)
    assert said.problem.code == "sale_of_cards_voided" and rig.tray.gift_cards == []
