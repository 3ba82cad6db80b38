"""What the shop pledges to causes: why, why not, and what is kept within its limits (product P6)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app.commands import RetireProgramme
from loyalty_pos.app.commands_people import Settle
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.text import strip_isolates
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


@pytest.mark.parametrize(
    ("when", "field"),
    [({"stacking": {"group": "g"}}, "when.stacking.group"), ({"expiry": {"days": 5}}, "when.expiry")],
)
def test_a_pledge_has_no_group_and_never_expires(shop: Shop, when: dict[str, Any], field: str) -> None:
    with shop.refuses_field(field, "not_here"):
        shop.publish("good", "charity", when, rate_bp=1000, cause="school")


def test_a_pledge_says_why_it_is_nothing_and_keeps_its_budget(shop: Shop) -> None:
    shop.product("bag", 10_000 * T, "bags", earns=False)
    shop.publish("good", "charity", {"basket": {"groups_in": ["bags"]}}, rate_bp=1000, cause="school")
    shop.publish("firms", "charity", {"audience": {"member_kinds": ["company"]}}, rate_bp=100, cause="park")
    shop.publish("cup", "charity", {"limits": {"budget_minor": 1_500 * T}}, rate_bp=1000, cause="park")
    shop.publish(
        "double", "charity", rate_bp=100, cause="park", coefficients=[{"milli": 2000}], margin_floor_bp=100
    )
    shop.publish("off", "percent_off", {"basket": {"groups_in": ["gifts"]}}, rate_bp=10_000)
    shop.product("gift", 10_000 * T, "gifts")
    first = shop.sell(None, goods("x", 10_000 * T))
    said = {one.programme: strip_isolates(one.sentence.en) for one in first.trace}
    assert said["good"] == "nothing here belongs to it"
    assert said["firms"] == "only for persons" or said["firms"] == "only for companies"
    assert said["cup"] == "10% of 10,000 T paid: the shop gives 1,000 T to park."
    assert said["double"] == "Multiplied by ×2: 1% of 10,000 T paid: the shop gives 200 T to park."
    second = shop.sell(None, goods("x", 10_000 * T))
    told = {one.programme: strip_isolates(one.short.en) for one in second.trace}
    assert told["cup"] == "only 500 T was left of its budget"
    third = shop.sell(None, item("gift"))
    assert {one.programme: one.code for one in third.trace}["cup"] == "budget_spent"
    assert {one.programme: one.code for one in third.trace}["double"] == "nothing_paid"
    shop.refund(second, 5_000 * T)
    shop.void(second)
    assert {one.programme: one.code for one in shop.quote(10_000 * T).trace}["cup"] == "earned_pledge"


def test_causes_are_listed_before_anything_was_pledged_to_them(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    found = shop.service.ask(qs.Causes())
    assert [(one.cause, one.pledged_minor, one.programmes) for one in found.causes] == [
        ("school", 0, ("good",))
    ]
    assert found.pledged_minor == 0
    with pytest.raises(Rejection, match="unknown_cause"):
        shop.service.ask(qs.Causes(cause="nobody"))


def test_a_pledge_of_goods_costing_too_much_says_so(shop: Shop) -> None:
    shop.product("dear", 10_000 * T, cost_minor=9_990 * T)
    shop.publish("good", "charity", rate_bp=1000, cause="school", margin_floor_bp=5_000)
    sale = shop.sell(None, item("dear"))
    assert (sale.earned.pledged_minor, sale.trace[0].code) == (0, "below_margin")


def test_a_pledge_without_tax_leaves_the_tax_out(tmp_path: Path) -> None:
    taxed = Shop(tmp_path / "taxed.db", tax_bp=1000)
    taxed.publish("good", "charity", rate_bp=1000, cause="school", tax="out")
    sale = taxed.sell(110_000 * T, member=None)
    assert sale.earned.pledged_minor == 10_000 * T
    taxed.refund(sale, 55_000 * T)
    assert taxed.service.ask(qs.Causes()).causes[0].pledged_minor == 5_000 * T
    taxed.proved()
    taxed.close()


def test_a_coefficient_multiplies_a_pledge(shop: Shop) -> None:
    when = {"audience": {"member_kinds": ["individual"]}}
    weights = [{"milli": 1500, "when": when}, {"milli": 9000, "when": {"schedule": {"weekdays": ["mon"]}}}]
    shop.publish("good", "charity", rate_bp=1000, cause="school", coefficients=weights)
    sale = shop.sell(100_000 * T)
    assert sale.earned.pledged_minor == 15_000 * T
    assert shop.sell(100_000 * T, member=None).earned.pledged_minor == 10_000 * T
    shop.refund(sale, 50_000 * T)
    assert shop.service.ask(qs.Causes()).causes[0].pledged_minor == 17_500 * T


@pytest.mark.parametrize("paid", [0, 30, 100])
def test_a_sale_on_account_pledges_at_delivery_and_takes_its_pledge_along_whatever_was_paid(
    shop: Shop, paid: int
) -> None:
    shop.publish("good", "charity", rate_bp=1_000, cause="school")
    sale = shop.sell(100 * T, on_account=True)
    assert _cause(shop) == 10 * T
    if paid:
        shop.service.do(Settle(posting_id="paid", sale_id=sale.sale_id or "", amount_minor=paid * T))
    assert _cause(shop) == 10 * T
    shop.refund(sale, 40 * T)
    assert _cause(shop) == 6 * T
    shop.proved()
    shop.void(sale)
    assert _cause(shop) == 0


def test_the_public_counter_names_the_running_causes_most_first_and_moves_with_sales_and_refunds(
    shop: Shop,
) -> None:
    def told() -> list[tuple[str, int, int]]:
        found = shop.service.ask(qs.PublicCauses()).causes
        return [(one.cause, one.given_minor, one.handed_over_minor) for one in found]

    assert told() == []
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.publish("more", "charity", rate_bp=500, cause="school")
    shop.publish("green", "charity", rate_bp=2000, cause="park")
    assert told() == [("park", 0, 0), ("school", 0, 0)]
    shop.sell(None, goods("x", 10_000 * T))
    second = shop.sell(None, goods("x", 100_000 * T))
    assert told() == [("park", 22_000 * T, 0), ("school", 16_500 * T, 0)]
    shop.service.do(SettlePledges(posting_id="handed", cause="park", amount_minor=2_000 * T, receipt_no="7"))
    shop.void(second)
    assert told() == [("park", 2_000 * T, 2_000 * T), ("school", 1_500 * T, 0)]
    shop.service.do(RetireProgramme(key="green"))
    assert told() == [("school", 1_500 * T, 0)]


def test_the_public_counter_reads_as_many_rows_after_many_purchases_as_after_one(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    steps = []
    for _ in range(2):
        for _ in range(20):
            shop.sell(None, goods("x", 10_000 * T))
        steps.append(_steps(shop, lambda: shop.service.ask(qs.PublicCauses())))
    assert steps[0] == steps[1]


def _steps(shop: Shop, job: Callable[[], object]) -> int:
    """Count what the database does meanwhile, in its own steps."""
    counted = [0]

    def step() -> bool:
        counted[0] += 1
        return False

    store: Any = shop.service._desk.store
    job()  # once before, so that nothing has to be prepared
    store._connection.set_progress_handler(step, 1)
    try:
        job()
    finally:
        store._connection.set_progress_handler(None)
    return counted[0]


def _cause(shop: Shop) -> int:
    (found,) = shop.service.ask(qs.Causes(cause="school")).causes
    return int(found.pledged_minor)
