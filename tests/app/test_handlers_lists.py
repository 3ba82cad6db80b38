"""Whole lists come a page at a time, nobody twice and nobody missing; a check changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app.commands import CreateShop, EnrolMember, ImportSale, PutProduct
from loyalty_pos.app.queries import CheckMember, CheckProduct, MembersPage, Product, Products, SalesPage
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import ProductView
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from tests.cli.real_shop import open_real


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Service]:
    service = open_real(tmp_path / "shop.db")
    service.do(CreateShop(name="Kava"))
    yield service
    service.close()


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 500])
def test_pages_follow_each_other_to_the_end(shop: Service, limit: int) -> None:
    refs = [shop.do(EnrolMember(card=f"C{at}")).member for at in range(4)]
    for at in range(4):
        shop.do(ImportSale(sale_id=f"s{at}", at_ms=10**12 - at, amount_minor=10, member=refs[at % 2]))
    members: list[str] = []
    sales: list[tuple[str, str | None, str | None]] = []
    after: int | None = 0
    while after is not None:
        people = shop.ask(MembersPage(after=after, limit=limit))
        members += [member.member for member in people.members]
        after = people.next
    after = 0
    while after is not None:
        sold = shop.ask(SalesPage(after=after, limit=limit))
        sales += [(sale.sale_id, sale.member, sale.card) for sale in sold.sales]
        after = sold.next
    assert members == refs
    assert sales == [(f"s{at}", refs[at % 2], f"C{at % 2}") for at in range(4)]


def test_a_page_has_bounds_and_needs_a_shop(shop: Service, tmp_path: Path) -> None:
    for page in (MembersPage, SalesPage):
        for after, limit in ((-1, 1), (0, 0), (0, 501), (2**63, 1)):
            with pytest.raises(InvalidRequest):
                shop.ask(page(after=after, limit=limit))
    empty = open_real(tmp_path / "empty.db")
    for query in (
        MembersPage(),
        SalesPage(),
        CheckMember(card="A"),
        CheckProduct(sku="a", name="b", price_minor=1),
    ):
        with pytest.raises(Rejection, match="no_shop"):
            empty.ask(query)
    empty.close()


def test_a_check_says_what_enrolling_would_keep_and_changes_nothing(shop: Service) -> None:
    check = shop.ask(CheckMember(phone="0912 345 6789", card=" a-1 ", name="علي  رضا", birthday="1990-05-01"))
    assert (check.phone, check.card, check.name) == ("+989123456789", "A-1", "علی رضا")
    assert (check.known_by, check.known, check.perhaps) == (None, None, ())
    assert shop.ask(MembersPage()).members == ()


def test_a_check_finds_the_owner_of_a_phone_before_that_of_a_card(shop: Service) -> None:
    one = shop.do(EnrolMember(phone="09123456789")).member
    two = shop.do(EnrolMember(card="A-1")).member
    both = shop.ask(CheckMember(phone="09123456789", card="A-1"))
    assert (both.known_by, both.known.member) == ("phone", one)
    card = shop.ask(CheckMember(phone="09350000000", card="a-1"))
    assert (card.known_by, card.known.member) == ("card", two)


def test_the_same_folded_name_and_birthday_is_perhaps_the_same_person(shop: Service) -> None:
    one = shop.do(EnrolMember(card="A", name="علی کریمی", birthday="1990-05-01")).member
    shop.do(EnrolMember(card="B", name="علی کریمی", birthday="1990-05-02"))
    shop.do(EnrolMember(card="C", name="علی کریمی"))
    check = shop.ask(CheckMember(card="D", name="علي كريمي", birthday="1990-05-01"))
    assert [other.member for other in check.perhaps] == [one]
    assert shop.ask(CheckMember(card="D", name="علي كريمي")).perhaps == ()
    assert shop.ask(CheckMember(card="A", name="علي كريمي", birthday="1990-05-01")).perhaps == ()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (CheckMember(), "phone_or_card_needed"),
        (CheckMember(phone="12"), "not_a_phone"),
        (CheckMember(card="A", birthday="x"), "not_a_day"),
        (CheckMember(card="A", birthday="2970-05-01"), "still_to_come"),
        (CheckProduct(sku="", name="x", price_minor=1), "empty"),
        (CheckProduct(sku="a", name="x", price_minor=-1), "out_of_range"),
    ],
)
def test_a_check_refuses_what_the_command_would(
    shop: Service, query: CheckMember | CheckProduct, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as no:
        shop.ask(query)
    assert no.value.facts["problem"] == problem


def test_who_is_brought_by_nobody_is_refused_in_a_check_too(shop: Service) -> None:
    with pytest.raises(Rejection, match="unknown_referrer"):
        shop.ask(CheckMember(card="A", referred_by="B"))


def test_a_product_is_found_checked_and_its_barcode_is_its_own(shop: Service) -> None:
    put = PutProduct(sku="a", name=" x  y ", price_minor=5, barcode="40 06", tax_bp=900)
    seen = shop.ask(CheckProduct(sku="a", name=" x  y ", price_minor=5, barcode="40 06", tax_bp=900))
    assert seen == ProductView(sku="a", name="x y", price_minor=5, barcode="4006", tax_bp=900)
    assert shop.ask(Products()).products == ()
    assert shop.do(put) == seen == shop.ask(Product(sku="a"))
    with pytest.raises(Rejection, match="unknown_product"):
        shop.ask(Product(sku="b"))
    with pytest.raises(Rejection) as no:
        shop.do(PutProduct(sku="b", name="z", price_minor=5, barcode="4006"))
    assert (no.value.code, no.value.facts["sku"]) == ("barcode_taken", "a")
