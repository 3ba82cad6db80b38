"""Selling goods, key for key over the real shop."""

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.queries import Warranties
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import Recorded
from tests.ui.counter.goods_shop import CAKE, CROISSANT, LATTE, SARA, TEA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


def goods(counter: Counter) -> list[tuple[str, int]]:
    return [(item.product.sku, item.quantity) for item in counter.rig.state.items]


def test_scanned_goods_lie_on_the_counter_and_are_recorded(counter: Counter) -> None:
    counter.scan(SARA)
    for code in (LATTE, CAKE, CROISSANT, CROISSANT):
        counter.scan(code)
    assert counter.rig.state.mode == "items"
    assert goods(counter) == [("latte", 1), ("cake", 1), ("croissant", 2)]
    counter.do("Enter")
    sale = counter.sales()[0]
    assert not sale.amount_mode and sale.gross_minor == 1_280_000 + 1_450_000 + 2 * 980_000
    assert [line.quantity for line in sale.lines] == [1, 1, 2]
    assert sale.member_name == "سارا احمدی"
    assert counter.rig.state.items == () and counter.rig.state.mode == "items"


def test_goods_scanned_faster_than_they_are_found_all_count(counter: Counter) -> None:
    counter.do("F4")
    for code in (LATTE, CAKE, TEA, LATTE):
        counter.rig.scan(code)
    counter.rig.settle()
    assert sorted(goods(counter)) == [("cake", 1), ("latte", 2), ("tea", 1)]


def test_goods_are_found_by_two_letters_and_enter(counter: Counter) -> None:
    counter.do("F5")
    counter.rig.keys("کی Enter")  # Enter before the answer came
    counter.rig.settle()
    assert goods(counter) == [("cake", 1)]
    counter.do("کرو")
    counter.do("Enter")
    assert goods(counter) == [("cake", 1), ("croissant", 1)]


def test_arrows_choose_among_the_found(counter: Counter) -> None:
    counter.do("F5 ک")
    found = counter.rig.state.found
    assert found is not None and len(found.products) == 2
    counter.do("Down Enter")
    assert goods(counter) == [(found.products[1].sku, 1)]


def test_counting_up_and_down_with_keys(counter: Counter) -> None:
    for code in (LATTE, CAKE):
        counter.scan(code)
    counter.do("* *")
    assert goods(counter) == [("latte", 1), ("cake", 3)]
    counter.do("Up -")
    assert goods(counter) == [("cake", 3)]


def test_the_reward_takes_the_cheapest_unless_another_line_is_chosen(counter: Counter) -> None:
    counter.scan(SARA)
    for code in (LATTE, TEA):
        counter.scan(code)
    rows = counter.rig.page.sale.goods.lines.rows
    assert [row.chip for row in rows] == ["", "رایگان"]
    counter.do("Up Ctrl+f")
    rows = counter.rig.page.sale.goods.lines.rows
    assert [row.chip for row in rows] == ["رایگان", ""]
    counter.do("Enter")
    assert [line.free_quantity for line in counter.sales()[0].lines] == [1, 0]


def test_choosing_the_same_line_again_leaves_it_to_the_rule(counter: Counter) -> None:
    counter.scan(SARA)
    for code in (LATTE, TEA):
        counter.scan(code)
    counter.do("Up Ctrl+f")
    counter.do("Ctrl+f")
    assert counter.rig.state.free_skus == {}


def test_a_typed_amount_is_not_lost_to_a_scan_of_goods(counter: Counter) -> None:
    counter.scan(SARA)
    counter.do("469.")
    counter.scan(CAKE)
    assert counter.rig.state.amount_minor == 4_690_000 and counter.rig.state.items == ()
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "amount_is_typed"


def test_goods_without_a_member_are_recorded_plainly(counter: Counter) -> None:
    counter.scan(TEA)
    counter.do("F9")
    assert isinstance(counter.rig.state.toast, Recorded)
    assert counter.sales()[0].member is None and counter.sales()[0].due_minor == 600_000


def test_escape_goes_back_rung_by_rung(counter: Counter) -> None:
    counter.scan(SARA)
    counter.scan(TEA)
    counter.do("کی Esc")
    assert counter.rig.state.item_search == "" and counter.rig.state.member is not None
    left = []
    for _ in range(2):
        counter.do("Esc")
        left.append((counter.rig.page.state.member is None, goods(counter)))
    assert left == [(True, [("tea", 1)]), (True, [])]


def test_the_two_modes_keep_what_they_hold(counter: Counter) -> None:
    counter.scan(CAKE)
    counter.do("F4 12.")
    assert counter.rig.state.quote is not None and counter.rig.state.quote.gross_minor == 120_000
    counter.do("F4")
    assert counter.rig.state.quote.gross_minor == 1_450_000


def test_wide_windows_give_goods_a_column_of_their_own(counter: Counter) -> None:
    counter.scan(SARA)
    counter.scan(CAKE)
    sale = counter.rig.page.sale
    counter.rig.window.resize(1366, 768)
    counter.rig.settle()
    assert (
        sale.total.mapTo(sale, sale.total.rect().topLeft()).x()
        != sale.goods.mapTo(sale, sale.goods.rect().topLeft()).x()
    )
    counter.rig.window.resize(1024, 768)
    counter.rig.settle()
    assert sale.goods.geometry().bottom() < sale.total.mapTo(sale, sale.total.rect().topLeft()).y()


def test_a_warranty_is_told_at_the_counter_with_or_without_a_member(counter: Counter) -> None:
    service = open_shop(counter.path)
    warranty = PublishProgramme(
        key="years", kind="warranty", name="گارانتی", params={"months": 24, "skus": ["cake"]}
    )
    service.do(warranty)
    service.close()
    earn = counter.rig.page.sale.earn
    counter.do("F4")
    counter.scan(CAKE)
    assert earn.isVisible() and "گارانتی تا" in earn.accessibleName()
    counter.scan(SARA)
    assert "گارانتی تا" in earn.accessibleName()


def test_whose_warranty_it_is_is_asked_without_a_member_and_found_again(counter: Counter) -> None:
    service = open_shop(counter.path)
    service.do(
        PublishProgramme(
            key="years", kind="warranty", name="گارانتی", params={"months": 24, "skus": ["cake"]}
        )
    )
    service.close()
    rig = counter.rig
    counter.do("Ctrl+w")
    assert (
        rig.state.pay is None and rig.state.said is not None and rig.state.said.code == "no_warranty_to_name"
    )
    counter.do("F4")
    counter.scan(CAKE)
    counter.do("Ctrl+w")
    rig.keys("Ali")
    rig.keys("-")  # a letter here, not one unit less
    counter.do("Enter")
    assert (rig.state.contact, rig.state.pay) == ("Ali-", None)
    assert "Ali-" in rig.page.sale.benefits[0].accessibleName()
    counter.do("Ctrl+z")
    assert rig.state.contact == ""
    rig.page.sale.benefits[0].click()
    rig.settle()
    rig.keys("09121110000")
    counter.do("Enter Enter")
    service = open_shop(counter.path)
    try:
        (found,) = service.ask(Warranties(text="0912 111 0000")).warranties
        assert found.contact == "09121110000"
    finally:
        service.close()


def test_a_member_needs_no_name_for_a_warranty(counter: Counter) -> None:
    service = open_shop(counter.path)
    service.do(
        PublishProgramme(
            key="years", kind="warranty", name="گارانتی", params={"months": 24, "skus": ["cake"]}
        )
    )
    service.close()
    counter.do("F4")
    counter.scan(CAKE)
    counter.scan(SARA)
    counter.do("Ctrl+w")
    assert counter.rig.state.pay is None
