"""Goods are found by what a cashier types or scans."""

import pytest

from loyalty_pos.app.commands import PutProduct, QuoteSale, RecordSale
from loyalty_pos.app.queries import FindProducts, Identify
from tests.app.shop_fixtures import shop
from tests.app.shop_in_hand import SARA, ShopInHand, lines

__all__ = ["shop"]


def found(shop: ShopInHand, text: str, limit: int = 8) -> list[str]:
    return [product.sku for product in shop.ask(FindProducts(text=text, limit=limit)).products]


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("لاته", ["latte"]),
        ("لاته دبل", ["latte"]),
        ("دبل", ["latte"]),
        ("كيك", ["cake"]),  # typed on an Arabic keyboard
        ("ک", ["croissant", "cake"]),
        ("روسان", ["croissant"]),  # inside a word
        ("cro", ["croissant"]),  # the shop's own code
        ("TEA", ["tea"]),
        ("6260000000031", ["cake"]),
        ("۶۲۶۰۰۰۰۰۰۰۰۳۱", ["cake"]),
        ("نیست", []),
        ("  ", []),
    ],
)
def test_goods_are_found_however_they_are_typed(shop: ShopInHand, typed: str, skus: list[str]) -> None:
    assert sorted(found(shop, typed)) == sorted(skus)


def test_a_name_that_begins_so_comes_before_one_that_holds_it(shop: ShopInHand) -> None:
    shop.do(PutProduct(sku="x", name="ترد کیک", price_minor=1))
    assert found(shop, "کیک") == ["cake", "x"]
    assert found(shop, "کیک", limit=1) == ["cake"]


def test_goods_put_in_later_are_found_at_once(shop: ShopInHand) -> None:
    assert found(shop, "دمنوش") == []
    shop.do(PutProduct(sku="herb", name="دمنوش بهار", price_minor=700_000))
    assert found(shop, "دمنوش") == ["herb"]


def test_a_scanned_barcode_means_its_goods_and_a_card_its_member_first(shop: ShopInHand) -> None:
    answer = shop.ask(Identify(text="6260000000024"))
    assert answer.kind == "product" and answer.product.sku == "tea" and answer.product.price_minor == 600_000
    shop.do(PutProduct(sku="odd", name="عجیب", price_minor=1, barcode=SARA))
    assert shop.ask(Identify(text=SARA)).kind == "member"


def test_a_line_says_how_many_of_it_are_free(shop: ShopInHand) -> None:
    for number in range(5):
        shop.do(RecordSale(sale_id=f"s{number}", member=SARA, lines=lines(("tea", 1))))
    sale = shop.ask(QuoteSale(member=SARA, lines=lines(("latte", 1), ("tea", 2), ("cake", 1))))
    assert [line.free_quantity for line in sale.lines] == [0, 1, 0]
    assert sum(line.discount_minor for line in sale.lines) == sale.discount_minor
