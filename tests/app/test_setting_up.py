"""The shop, its goods and its programmes: revisions never change, and nonsense is refused by name."""

from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.domain.errors import Rejection
from tests.shop import HeldClock, Shop, T, goods, item, open_file


def test_an_empty_file_has_no_shop_and_a_full_one_only_one(tmp_path: Path, shop: Shop) -> None:
    empty = open_file(tmp_path / "empty.db", HeldClock())
    for request in (q.Shop(), q.Member(member="A"), c.QuoteSale(amount_minor=1)):
        with pytest.raises(Rejection, match="no_shop"):
            empty.ask(request)
    with pytest.raises(Rejection, match="no_shop"):
        empty.do(c.PutProduct(sku="x", name="x", price_minor=1))
    empty.close()
    with shop.refuses("shop_exists"):
        shop.service.do(c.CreateShop(name="Second"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"currency": "irr"}, "currency"),
        ({"currency": "IR"}, "currency"),
        ({"currency": "UAH", "display_unit": "toman"}, "display_unit"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"day_ends_hour": 24}, "day_ends_hour"),
        ({"day_ends_hour": -1}, "day_ends_hour"),
    ],
)
def test_a_shop_that_makes_no_sense_is_refused(tmp_path: Path, wrong: dict[str, Any], field: str) -> None:
    service = open_file(tmp_path / "shop.db", HeldClock())
    with pytest.raises(Rejection) as caught:
        service.do(c.CreateShop(**{"name": "Cafe", **wrong}))
    assert caught.value.facts["field"] == field
    service.do(c.CreateShop(name="Cafe"))
    service.close()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sku": ""}, "sku"),
        ({"sku": "x" * 65}, "sku"),
        ({"name": " "}, "name"),
        ({"price_minor": -1}, "price_minor"),
        ({"price_minor": 10**12 + 1}, "price_minor"),
        ({"price_minor": 1.5}, "price_minor"),
        ({"cost_minor": -1}, "cost_minor"),
        ({"tax_bp": 10_001}, "tax_bp"),
        ({"group": ""}, "group"),
        ({"barcode": ""}, "barcode"),
    ],
)
def test_goods_that_make_no_sense_are_refused(shop: Shop, wrong: dict[str, Any], field: str) -> None:
    with shop.refuses_field(field):
        shop.service.do(c.PutProduct(**{"sku": "tea", "name": "Tea", "price_minor": 1, **wrong}))
    assert shop.service.ask(q.Products()).products == ()


def test_a_barcode_belongs_to_one_product(shop: Shop) -> None:
    shop.product("tea", 1, barcode="123")
    with shop.refuses("barcode_taken", sku="tea"):
        shop.product("milk", 1, barcode="۱ ۲ ۳")
    shop.product("tea", 2, barcode="123")
    assert [(p.sku, p.price_minor) for p in shop.service.ask(q.Products()).products] == [("tea", 2)]


def test_a_group_is_the_same_group_whichever_keyboard_typed_it(shop: Shop) -> None:
    shop.enrol()
    shop.product("a", 100 * T, "كيك")
    shop.publish("cake", "percent_off", rate_bp=1000, groups=["کیک"])
    shop.publish("arabic", "stamp_card", {"basket": {"groups_in": ["كيك"]}}, needed=2, groups=["كيك"])
    sale = shop.sell(None, item("a"))
    assert (sale.due_minor, sale.balances.progress["arabic"].have) == (90 * T, 1)


def test_publishing_again_makes_a_new_revision_and_the_old_one_still_explains(shop: Shop) -> None:
    shop.enrol()
    first = shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T)
    second = shop.publish("points", "points", step_minor=50 * T)
    assert (first.revision, second.revision) == (1, 2)
    assert shop.stored(sale).trace == sale.trace
    assert shop.sell(100 * T).earned.points == 2


def test_publishing_the_same_again_changes_nothing(shop: Shop) -> None:
    first = shop.publish("points", "points", step_minor=10 * T)
    before = shop.audit().figures
    assert shop.publish("points", "points", step_minor=10 * T) == first
    assert shop.audit().figures == before


def test_a_retired_programme_comes_back_as_a_new_revision(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=10 * T)
    shop.sell(15 * T)
    shop.retire("points")
    assert shop.sell(100 * T).earned.points == 0
    with shop.refuses("unknown_programme", programme="points"):
        shop.retire("points")
    assert shop.publish("points", "points", step_minor=10 * T).revision == 2
    assert shop.sell(5 * T).earned.points == 1
    shop.proved()


def test_a_key_keeps_its_kind(shop: Shop) -> None:
    shop.publish("x", "points", step_minor=10)
    with shop.refuses("kind_changed", programme="x", kind="points"):
        shop.publish("x", "percent_off", rate_bp=10)


def test_a_point_has_one_price(shop: Shop) -> None:
    shop.publish("a", "points", step_minor=10, point_value_minor=1)
    with shop.refuses("points_have_a_price", programme="a"):
        shop.publish("b", "points", step_minor=10, point_value_minor=2)
    shop.publish("b", "points", step_minor=10)
    shop.publish("a", "points", step_minor=10, point_value_minor=2)
    shop.retire("a")
    shop.publish("b", "points", step_minor=10, point_value_minor=2)


@pytest.mark.parametrize(
    ("kind", "params", "when", "field"),
    [
        ("magic", {}, {}, "kind"),
        ("points", {}, {}, "params.step_minor"),
        ("points", {"step_minor": 0}, {}, "params.step_minor"),
        ("points", {"step_minor": 1.5}, {}, "params.step_minor"),
        ("points", {"step_minor": "10"}, {}, "params.step_minor"),
        ("points", {"step_minor": 10, "speed": 1}, {}, "params.speed"),
        ("points", {"step_minor": 10, "redeem_min": 9, "redeem_max": 8}, {}, "params.redeem_max"),
        ("points", {"step_minor": object()}, {}, "params"),
        ("stamp_card", {"needed": 1}, {}, "params.needed"),
        ("stamp_card", {"needed": 5, "mode": "sometimes"}, {}, "params.mode"),
        ("stamp_card", {"needed": 5, "groups": [""]}, {}, "params.groups.0"),
        ("stamp_card", {"needed": 5, "groups": "all"}, {}, "params.groups"),
        ("stamp_card", {"needed": 5, "reward": 3}, {}, "params.reward"),
        ("percent_off", {"rate_bp": 10_001}, {}, "params.rate_bp"),
        ("percent_off", {"rate_bp": 10}, {"moon": "full"}, "when.moon"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"hours": ["25:00-26:00"]}}, "when.schedule.hours"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"hours": ["10:00-10:00"]}}, "when.schedule.hours"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"hours": ["noon"]}}, "when.schedule.hours"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"from": "soon"}}, "when.schedule.from"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"from": "20261121"}}, "when.schedule.from"),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"to": "2026-W01-1"}}, "when.schedule.to"),
        (
            "percent_off",
            {"rate_bp": 10},
            {"schedule": {"from": "2026-02-02", "to": "2026-02-01"}},
            "when.schedule.to",
        ),
        ("percent_off", {"rate_bp": 10}, {"schedule": {"weekdays": ["someday"]}}, "when.schedule.weekdays.0"),
        ("percent_off", {"rate_bp": 10}, {"basket": {"min_minor": -1}}, "when.basket.min_minor"),
        ("percent_off", {"rate_bp": 10}, {"expiry": {"months": 1, "days": 1}}, "when.expiry"),
        ("percent_off", {"rate_bp": 10}, {"expiry": {"never": True, "days": 1}}, "when.expiry"),
    ],
)
def test_a_programme_that_makes_no_sense_is_refused_naming_the_field(
    shop: Shop, kind: str, params: dict[str, Any], when: dict[str, Any], field: str
) -> None:
    with shop.refuses_field(field):
        shop.publish("x", kind, when, **params)


def test_the_shop_reads_its_programmes_back_as_sentences_in_both_languages(shop: Shop) -> None:
    shop.publish("nth", "stamp_card", {"schedule": {"weekdays": ["sat"]}}, needed=5, mode="every_nth")
    shop.publish("card", "stamp_card", needed=5)
    programmes = {view.key: view for view in shop.service.ask(q.Shop()).programmes}
    assert programmes["nth"].sentence.en.endswith("Only on Saturday.")
    assert programmes["nth"].sentence != programmes["card"].sentence
    assert programmes["card"].counts_in_amount_mode == 1


def test_the_shop_speaks_in_its_own_money(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", currency="UAH", display_unit=None, time_zone="Europe/Kyiv")
    shop.enrol()
    view = shop.publish("points", "points", step_minor=1000)
    assert "10.00 UAH" in view.sentence.en
    assert shop.sell(None, goods("x", 2500)).earned.points == 2
    shop.close()
