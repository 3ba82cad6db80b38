"""Warranties of durable goods, for whoever bought them (product P14)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import queries as q
from loyalty_pos.app.commands import AttachMember
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.receipts import receipt_paper
from loyalty_pos.app.views import SaleView
from loyalty_pos.app.warranty_views import WarrantyView
from loyalty_pos.domain.identifiers import receipt_barcode
from loyalty_pos.domain.text import strip_isolates
from tests.languages import language
from tests.shop import Shop, T, goods, item, raw

PHONE, SPELT_OTHERWISE = "09121234567", "+98 912 123 4567"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol(name="Sara Amini")
    opened.product("grinder", 5_000_000 * T, "machines")
    opened.product("kettle", 1_000_000 * T, "machines")
    opened.publish("machines", "warranty", months=24, groups=["machines"])
    yield opened
    opened.proved()
    opened.close()


def found(shop: Shop, text: str) -> list[WarrantyView]:
    return list(shop.service.ask(q.Warranties(text=text)).warranties)


def test_p14_the_warranty_of_a_sale_without_a_member_is_found_by_its_receipt(shop: Shop) -> None:
    sale = shop.sell(None, item("grinder"), goods("cup", 10 * T), member=None, receipt_no="A-77")
    # Bought on 30 Aban 1405, so until 30 Aban 1407.
    assert [(one.line, one.sku, one.quantity, one.until_day) for one in sale.warranties] == [
        (1, "grinder", 1, "2028-11-20")
    ]
    by_receipt = found(shop, "a-77".upper())
    assert [(one.text, one.business_day, one.until_day, one.over) for one in by_receipt] == [
        ("grinder", "2026-11-21", "2028-11-20", False)
    ]
    assert by_receipt == found(shop, receipt_barcode(sale.number)) == found(shop, "s1") == found(shop, "۱")
    assert found(shop, "A") == found(shop, "A-78") == found(shop, "2") == []


def test_p14_a_warranty_is_found_by_a_phone_or_name_left_at_the_counter(shop: Shop) -> None:
    shop.sell(None, item("grinder"), member=None, contact=PHONE)
    shop.sell(None, item("kettle"), member=None, contact="  Reza   Karimi ")
    assert [one.sku for one in found(shop, SPELT_OTHERWISE)] == ["grinder"]
    assert [(one.sku, one.contact) for one in found(shop, "reza karimi")] == [("kettle", "Reza Karimi")]


def test_a_contact_stands_in_no_posting_and_is_forgotten_without_a_warranty(shop: Shop) -> None:
    shop.sell(None, item("grinder"), member=None, contact=PHONE)
    shop.sell(None, goods("cup", 10 * T), member=None, contact=PHONE)
    rows = list(raw(shop.path).execute("SELECT record FROM posting"))
    assert not [row for (row,) in rows if "9121234567" in row]
    assert list(raw(shop.path).execute("SELECT contact FROM warranty")) == [(PHONE,)]


def test_the_same_sale_with_another_contact_is_another_request(shop: Shop) -> None:
    def sell(contact: str) -> SaleView:
        return shop.sell(None, item("grinder"), member=None, sale_id="till-1", contact=contact)

    assert sell(PHONE) == sell(PHONE)
    with shop.refuses("key_taken"):
        sell("Reza")


def test_a_contact_changes_no_price_so_that_a_quote_without_it_holds(shop: Shop) -> None:
    quoted = shop.quote(None, item("grinder"), member=None)
    assert [one.until_day for one in quoted.warranties] == ["2028-11-20"]
    shop.sell(None, item("grinder"), member=None, contact="Reza", fingerprint=quoted.fingerprint)


def test_a_members_warranties_are_found_by_card_and_stand_in_the_history(shop: Shop) -> None:
    shop.sell(None, item("grinder", 2))
    later = shop.sell(None, item("kettle"), member=None)
    assert later.sale_id
    shop.service.do(AttachMember(sale_id=later.sale_id, member="A"))
    both = [(one.sku, one.quantity, one.member_name) for one in found(shop, "A")]
    assert both == [("kettle", 1, "Sara Amini"), ("grinder", 2, "Sara Amini")]
    history = shop.service.ask(q.MemberHistory(member="A")).items
    told = [(one.kind, [each.sku for each in one.warranties]) for one in history]
    assert ("sale", ["grinder"]) in told and ("attach", ["kettle"]) in told


def test_a_sale_taken_back_has_no_warranty_any_more(shop: Shop) -> None:
    sale = shop.sell(None, item("grinder"), receipt_no="A-1", contact=PHONE)
    shop.void(sale)
    assert found(shop, "A") == found(shop, "A-1") == found(shop, PHONE) == []
    assert shop.stored(sale).warranties == ()
    assert list(raw(shop.path).execute("SELECT contact, contact_key FROM warranty")) == [("", "")]
    history = shop.service.ask(q.MemberHistory(member="A")).items
    assert not any(one.warranties for one in history)


def test_a_warranty_past_its_last_day_is_over(shop: Shop) -> None:
    shop.sell(None, item("grinder"))
    shop.clock.at("2028-11-20T23:00")
    assert [one.over for one in found(shop, "A")] == [False]
    shop.clock.on(days=1)
    assert [one.over for one in found(shop, "A")] == [True]


def test_of_two_warranties_the_longer_counts_and_an_amount_has_none(shop: Shop) -> None:
    shop.publish("best", "warranty", months=36, skus=["grinder"])
    sale = shop.sell(None, item("grinder"))
    assert [one.until_day for one in sale.warranties] == ["2029-11-20"]
    told = {line.programme: (line.applied, line.code) for line in sale.trace}
    assert told == {"machines": (False, "longer_warranty"), "best": (True, "warranty")}
    shop.publish("worst", "warranty", months=1, skus=["grinder"])
    assert [one.until_day for one in shop.sell(None, item("grinder")).warranties] == ["2029-11-20"]
    assert {line.code for line in shop.sell(100 * T).trace} == {"needs_goods"}
    assert {line.code for line in shop.sell(None, goods("cup", T)).trace} == {"no_eligible_goods"}


@pytest.mark.parametrize("code", ["fa", "en"])
def test_a_receipt_says_every_warranty_in_one_line(shop: Shop, code: LanguageCode) -> None:
    sale = shop.sell(None, item("grinder", 2), item("kettle"), member=None)
    said = language(code, shop.service.ask(q.Shop()))
    notes = receipt_paper(sale, shop.service.ask(q.Shop()), None, said).notes
    assert len(notes) == 2
    if code == "en":
        assert strip_isolates(notes[0]) == "2 × grinder: warranty until 30 Aban 1407"
    unnamed = shop.sell(None, goods("", 10 * T), member=None)
    assert receipt_paper(unnamed, shop.service.ask(q.Shop()), None, said).notes == []


def test_a_warranty_names_its_goods_and_has_no_conditions(shop: Shop) -> None:
    with shop.refuses_field("params.groups", "missing"):
        shop.publish("x", "warranty", months=12)
    with shop.refuses_field("when", "not_here"):
        shop.publish("x", "warranty", {"basket": {"min_minor": 10}}, months=12, skus=["cup"])
