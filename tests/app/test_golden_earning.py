"""Golden figures of what purchases earn: money stamps, tax, companies, goods, and what counts beside them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.commands import AttachMember, EditShop
from loyalty_pos.app.queries import DraftProgramme, Programmes
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.text import strip_isolates
from tests.languages import language
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def stamps(shop: Shop, card: str = "A") -> tuple[int, int]:
    have = shop.member(card).progress["card"]
    return have.have, have.step


def test_a_stamp_for_every_full_amount_carries_what_is_left_over(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5, count="amount", step_minor=100_000 * T)
    first = shop.sell(250_000 * T)
    assert (first.earned.stamps, stamps(shop)) == ({"card": 2}, (2, 5))
    second = shop.sell(60_000 * T)  # 50,000 were left over
    assert (second.earned.stamps, stamps(shop)) == ({"card": 1}, (3, 5))
    third = shop.sell(390_000 * T)  # 10,000 were left over: four stamps, the card is full
    assert [(reward.programme, reward.count) for reward in third.earned.rewards] == [("card", 1)]
    assert (third.earned.stamps, stamps(shop), shop.rewards()) == ({"card": 4}, (2, 5), 1)


def test_money_stamps_do_not_depend_on_how_purchases_are_split_and_go_with_a_sale_taken_back(
    shop: Shop,
) -> None:
    shop.enrol("B")
    shop.publish("card", "stamp_card", needed=3, count="amount", step_minor=30_000 * T)
    for _ in range(10):
        shop.sell(12_500 * T)
    whole = shop.sell(125_000 * T, member="B")
    assert stamps(shop) == stamps(shop, "B") == (1, 3)
    assert shop.rewards() == shop.rewards("B") == 1
    back = shop.void(whole)
    assert {(one.account, one.amount) for one in back.moved} == {("reward:card", -1), ("stamps:card", -1)}
    assert (stamps(shop, "B"), shop.rewards("B")) == ((0, 3), 0)


def test_money_stamps_that_were_used_already_are_owed_in_stamps(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=2, count="amount", step_minor=100 * T)
    first = shop.sell(None, goods("tea", 250 * T))
    used = shop.sell(None, goods("tea", 50 * T))
    assert (used.due_minor, shop.rewards()) == (0, 0)
    shop.void(first)
    assert shop.member().owed.stamps == {"card": 2}
    assert shop.sell(None, goods("tea", 150 * T)).balances.owed.stamps == {"card": 1}
    assert shop.sell(None, goods("tea", 50 * T)).balances.owed.stamps == {}
    assert shop.member().owed.stamps == {}


def test_money_stamps_count_their_own_goods_within_their_caps_and_free_units_never(shop: Shop) -> None:
    shop.product("latte", 90_000 * T, "coffee")
    shop.publish(
        "card", "stamp_card", needed=5, count="amount", step_minor=30_000 * T, groups=["coffee"],
        max_per_sale=4, max_per_day=6,
    )  # fmt: skip
    assert shop.sell(None, item("latte", 2), goods("cake", 500_000 * T)).earned.stamps == {"card": 4}
    assert shop.sell(None, item("latte", 2)).earned.stamps == {"card": 2}
    last = shop.sell(None, item("latte", 2))
    assert {line.code for line in last.trace if line.family == "earn"} == {"counted_today"}
    assert last.due_minor == 90_000 * T  # the full card made one free


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"count": "amount"}, "params.step_minor"),
        ({"step_minor": 10}, "params.step_minor"),
        ({"count": "amount", "step_minor": 10, "mode": "every_nth"}, "params.mode"),
        ({"count": "amount", "step_minor": 10, "amount_mode_default": 1}, "params.amount_mode_default"),
    ],
)
def test_a_card_for_money_that_makes_no_sense_is_refused(
    shop: Shop, params: dict[str, Any], field: str
) -> None:
    with shop.refuses_field(field):
        shop.publish("card", "stamp_card", needed=5, **params)


def test_money_stamps_are_told_with_what_they_were_made_of(shop: Shop) -> None:
    double = {"milli": 2_000, "when": {"basket": {"min_minor": 300_000 * T}}}
    shop.publish(
        "card", "stamp_card", needed=5, count="amount", step_minor=100_000 * T, coefficients=[double]
    )
    first = shop.sell(150_000 * T).trace[0]
    assert strip_isolates(first.sentence.en) == (
        "150,000 T paid brings 1 stamp: now 1 of 5, and 50,000 T is carried on."
    )
    assert first.short.en == "1 of 5 stamps"
    second = shop.sell(300_000 * T).trace[0]
    assert strip_isolates(second.sentence.en) == (
        "Multiplied by ×2: 300,000 T paid brings 6 stamps: now 2 of 5, and 50,000 T is carried on."
        " Full cards: 1."
    )
    assert "۳۰۰٬۰۰۰ تومان پرداخت شد و ۶ مهر آورد" in strip_isolates(second.sentence.fa)


def test_bare_names_of_wanted_goods_come_back_as_rows_that_a_form_can_edit(shop: Shop) -> None:
    wanted: dict[str, Any] = {"basket": {"all_of": ["cup", {"units": 2, "skus": ["tea"]}]}}
    weight = {"milli": 2_000, "when": wanted}
    shop.publish("points", "points", wanted, step_minor=10, coefficients=[weight])
    view = shop.service.ask(Programmes()).programmes[0]
    rows = {"basket": {"all_of": [{"groups": ["cup"], "skus": ["cup"]}, {"units": 2, "skus": ["tea"]}]}}
    assert (view.when, view.params["coefficients"]) == (rows, [{"milli": 2_000, "when": rows}])


@pytest.mark.parametrize("last_day", ["1405-12-29", "۱۴۰۵/۱۲/۲۹", "2027-03-20", "2027/3/20"])
def test_a_last_day_written_by_either_calendar_ends_a_programme_on_that_day(
    shop: Shop, last_day: str
) -> None:
    schedule = {"schedule": {"from": "1405-01-01", "to": last_day}}
    shop.publish("points", "points", schedule, step_minor=10)
    view = shop.service.ask(Programmes()).programmes[0]
    assert view.when == {"schedule": {"from": "2026-03-21", "to": "2027-03-20"}}
    assert shop.sell(1_000, member="A").earned.points == 100


def test_a_card_cannot_turn_from_units_to_money_and_the_draft_says_so(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5)
    params: dict[str, Any] = {"needed": 5, "count": "amount", "step_minor": 10}
    with shop.refuses("measure_changed", programme="card"):
        shop.publish("card", "stamp_card", **params)
    draft = shop.service.ask(DraftProgramme(key="card", kind="stamp_card", name="card", params=params))
    assert [(one.field, one.problem) for one in draft.problems] == [("params.count", "measure_changed")]
    shop.publish("card", "stamp_card", needed=6, count="sales")


def test_the_three_cards_cannot_be_taken_for_one_another(shop: Shop) -> None:
    """Whoever reads only the sentence knows which one is free, and what brings a stamp."""
    cards: dict[str, dict[str, Any]] = {
        "after": {"needed": 5},
        "nth": {"needed": 5, "mode": "every_nth"},
        "money": {"needed": 5, "count": "amount", "step_minor": 100_000 * T},
    }
    said = {key: shop.publish(key, "stamp_card", **params).sentence for key, params in cards.items()}
    assert {key: strip_isolates(one.en) for key, one in said.items()} == {
        "after": "After 5 paid items, one item is free on a later purchase.",
        "nth": "Of every 5 items, one is free in the same purchase: 4 are paid, the last costs nothing.",
        "money": "A stamp for every 100,000 T spent; 5 stamps make one item free on a later purchase.",
    }
    assert "۱۰۰٬۰۰۰ تومان" in said["money"].fa and len({one.fa for one in said.values()}) == 3


@pytest.mark.parametrize(("earn_on_tax", "points"), [(True, 1_100), (False, 1_000)])
def test_tax_in_the_prices_earns_only_if_the_shop_says_so(shop: Shop, earn_on_tax: bool, points: int) -> None:
    edit(shop, tax_bp=1_000, earn_on_tax=earn_on_tax)
    shop.publish("points", "points", step_minor=100 * T)
    assert shop.sell(110_000 * T).earned.points == points
    assert shop.sell(None, goods("tea", 110_000 * T)).earned.points == points


def test_goods_have_a_tax_of_their_own_and_a_programme_may_decide_for_itself(shop: Shop) -> None:
    edit(shop, tax_bp=1_000, earn_on_tax=False)
    shop.product("book", 100_000 * T, tax_bp=0)
    shop.product("tobacco", 125_000 * T, tax_bp=2_500)
    shop.product("cup", 110_000 * T)
    shop.publish("points", "points", step_minor=1_000 * T)
    shop.publish("whole", "spend_credit", rate_bp=1_000, tax="in")
    sale = shop.sell(None, item("book"), item("tobacco"), item("cup"))
    assert (sale.earned.points, sale.earned.credit_minor) == (300, 33_500 * T)
    shop.publish("whole", "spend_credit", rate_bp=1_000, tax="out")
    assert shop.sell(None, item("cup")).earned.credit_minor == 10_000 * T


def test_prices_without_tax_have_none_to_take_out(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "net.db", prices_include_tax=False, tax_bp=1_000, earn_on_tax=False)
    shop.enrol()
    shop.publish("points", "points", step_minor=1_000 * T)
    assert shop.sell(110_000 * T).earned.points == 110
    shop.proved()
    shop.close()


def test_a_company_earns_by_its_own_rates_on_what_the_wholesale_discount_left(shop: Shop) -> None:
    """A company: 20 % wholesale discount on 1,000,000; 3 %, from 500,000 on 4 %, on paper 1 %."""
    shop.enrol("C", member_kind="company")
    shop.product("cup", 100_000 * T)
    shop.product("paper", 100_000 * T, "paper")
    shop.publish("wholesale", "percent_off", {"audience": {"member_kinds": ["company"]}}, rate_bp=2_000)
    shop.publish("everybody", "spend_credit", rate_bp=1_000)
    rates = [
        {"rate_bp": 300},
        {"rate_bp": 400, "from_minor": 500_000 * T},
        {"rate_bp": 100, "groups": ["paper"]},
    ]
    shop.publish("own", "company_credit", rates=rates)
    assert shop.sell(None, item("cup", 4), member="C").earned.credit_minor == 9_600 * T  # 3 % of 320,000
    large = shop.sell(None, item("cup", 8), item("paper", 2), member="C")
    assert large.due_minor == 800_000 * T
    assert large.earned.credit_minor == 27_200 * T  # 4 % of 640,000 and 1 % of 160,000
    told = {line.programme: line for line in large.trace if line.family == "earn"}
    assert told["everybody"].code == "own_rates"
    assert strip_isolates(told["everybody"].short.en) == "own counts instead"
    assert told["own"].short.en == "own rates on 800,000 T"
    assert told["own"].sentence.en == "800,000 T paid gives 27,200 T of credit by its own rates."
    person = shop.sell(None, item("cup", 4))
    assert (person.due_minor, person.earned.credit_minor) == (400_000 * T, 40_000 * T)


def test_a_margin_floor_cuts_what_a_company_earns_where_the_cost_is_known(shop: Shop) -> None:
    """Bought for 70,000 and sold for 80,000: 10 % margin must stay, so 2,000 may be given, not 4,000."""
    shop.enrol("C", member_kind="company")
    shop.product("cup", 80_000 * T, cost_minor=70_000 * T)
    shop.product("dear", 80_000 * T, cost_minor=79_000 * T)
    shop.product("unknown", 80_000 * T)
    shop.publish("own", "company_credit", rates=[{"rate_bp": 500}], margin_floor_bp=1_000)
    sale = shop.sell(None, item("cup"), member="C")
    assert sale.earned.credit_minor == 2_000 * T
    told = next(line for line in sale.trace if line.programme == "own")
    assert told.sentence.en.endswith("40,000 T more does not earn: too little margin is left.")
    none = shop.sell(None, item("dear"), member="C")
    assert {line.code for line in none.trace if line.programme == "own"} == {"below_margin"}
    assert shop.sell(None, item("dear"), item("unknown"), member="C").earned.credit_minor == 4_000 * T


def test_a_rate_table_tells_how_much_a_bill_lacks_for_its_first_rate(shop: Shop) -> None:
    shop.enrol("C", member_kind="company")
    shop.publish("own", "company_credit", rates=[{"rate_bp": 500, "from_minor": 1_000 * T}])
    line = next(one for one in shop.sell(400 * T, member="C").trace if one.programme == "own")
    assert (line.code, line.facts["missing_minor"]) == ("below_minimum", 600 * T)
    line = next(one for one in shop.sell(400 * T).trace if one.programme == "own")
    assert (line.code, line.short.en) == ("other_member_kind", "only for companies")


def test_a_coefficient_of_some_goods_multiplies_only_them(shop: Shop) -> None:
    shop.product("latte", 30_000 * T, "coffee")
    shop.product("cake", 50_000 * T, "pastry")
    double = {"milli": 2_000, "when": {"basket": {"groups_in": ["coffee"]}}}
    triple = {"milli": 3_000, "when": {"basket": {"skus_in": ["cake"], "min_quantity": 3}}}
    shop.publish("points", "points", step_minor=1_000 * T, coefficients=[double, triple])
    sale = shop.sell(None, item("latte"), item("cake"))
    assert sale.earned.points == 2 * 30 + 50
    told = next(line for line in sale.trace if line.family == "earn")
    assert strip_isolates(told.sentence.en).startswith("Some goods multiplied by ×2: 80,000 T paid")
    assert shop.sell(None, item("latte"), item("cake", 2)).earned.points == 2 * 30 + 3 * 100


def test_the_amount_of_a_sale_has_a_coefficient_of_its_own_in_every_bracket(shop: Shop) -> None:
    weights = [
        {"milli": 1_500, "when": {"basket": {"min_minor": 100 * T, "below_minor": 500 * T}}},
        {"milli": 2_000, "when": {"basket": {"min_minor": 500 * T}}},
    ]
    shop.publish("points", "points", step_minor=T, coefficients=weights)
    earned = [shop.sell(amount * T).earned.points for amount in (99, 100, 499, 500)]
    assert earned == [99, 150, 748, 1_000]  # the half of 748.5 is carried


CONDITIONS: dict[str, tuple[dict[str, Any], bool, str]] = {
    "amount": ({"basket": {"min_minor": 200_000 * T}}, True, "below_minimum"),
    "visits": ({"audience": {"visits_min": 2}}, True, "visits_missing"),
    "gap between visits": ({"audience": {"gap_days_max": 3}}, True, "gap_too_long"),
    "time since last purchase": ({"audience": {"away_days_min": 10}}, False, "away_too_short"),
    "product": ({"basket": {"skus_in": ["cup"]}}, True, ""),
    "product group": ({"basket": {"groups_in": ["coffee"]}}, False, ""),
    "weekday": ({"schedule": {"weekdays": ["sun"]}}, True, "other_weekday"),
    "hour": ({"schedule": {"hours": ["12:00-13:00"]}}, True, "other_hours"),
    "occasion": ({"schedule": {"occasions": ["yalda"]}}, False, "other_occasion"),
    "birthday month": ({"audience": {"birthday": "month"}}, False, "other_birthday"),
    "tier": ({"audience": {"tiers": ["gold"]}}, True, "other_tier"),
    "segment": ({"audience": {"segments": ["often"]}}, True, "other_segment"),
    "member kind": ({"audience": {"member_kinds": ["company"]}}, False, "other_member_kind"),
}


@pytest.mark.parametrize("criterion", CONDITIONS)
def test_every_criterion_of_the_owner_can_have_a_coefficient(shop: Shop, criterion: str) -> None:
    """Amount, visits, gap, time since, goods, occasion and time, level, segment and kind of member."""
    when, holds, _ = CONDITIONS[criterion]
    shop.product("cup", 200_000 * T)
    shop.publish("club", "tiers", levels=[{"key": "gold", "from": 100 * T}])
    shop.publish("often", "segment", visits_min=1)
    shop.sell(100 * T)
    shop.clock.on(days=1)  # a Sunday at noon
    shop.publish("points", "points", step_minor=1_000 * T, coefficients=[{"milli": 2_000, "when": when}])
    assert shop.sell(None, item("cup")).earned.points == (400 if holds else 200)


def test_goods_together_are_asked_for_with_their_quantities(shop: Shop) -> None:
    shop.product("latte", 100 * T, "coffee")
    shop.product("cake", 100 * T, "pastry")
    parts = [{"groups": ["coffee"], "units": 2}, "cake"]
    shop.publish("pair", "percent_off", {"basket": {"all_of": parts}}, rate_bp=1_000)
    lacking = shop.sell(None, item("latte"), item("cake"))
    assert [(line.code, line.short.en) for line in lacking.trace] == [
        ("not_all_there", "1 unit of coffee missing")
    ]
    assert shop.sell(None, item("latte", 2), item("cake")).due_minor == 270 * T
    typed = shop.sell(300 * T)
    assert [line.code for line in typed.trace] == ["needs_goods"]
    said = shop.publish("pair", "percent_off", {"basket": {"all_of": parts}}, rate_bp=1_000).sentence
    assert "Only with 2 units of coffee and 1 unit of cake on the bill." in strip_isolates(said.en)


def test_goods_reduced_already_are_left_out_of_offers_and_of_earning(shop: Shop) -> None:
    shop.product("latte", 100 * T, "coffee")
    shop.publish("happy", "percent_off", rate_bp=5_000, groups=["coffee"])
    only_full = {"basket": {"no_discounted": True}}
    shop.publish("code", "percent_off", only_full, rate_bp=1_000, lane="code")
    shop.publish("points", "points", only_full, step_minor=T)
    sale = shop.sell(
        None, item("latte"), goods("tea", 100 * T), goods("old cake", 100 * T, discount_minor=20 * T)
    )
    assert (sale.due_minor, sale.earned.points) == (230 * T, 100)
    reduced = shop.sell(None, item("latte"))
    assert [line.code for line in reduced.trace if line.programme == "points"] == ["all_reduced"]


def test_a_sale_named_later_earns_on_the_goods_that_were_not_reduced_then(shop: Shop) -> None:
    edit(shop, tax_bp=1_000, earn_on_tax=False)
    anybody = {"audience": {"non_members": True}}
    shop.publish("instant", "percent_off", anybody, rate_bp=5_000, skus=["cup"])
    shop.publish("points", "points", {"basket": {"no_discounted": True}}, step_minor=T)
    shop.product("cup", 110 * T)
    sale = shop.sell(None, item("cup"), goods("tea", 110 * T), member=None)
    assert (sale.due_minor, sale.earned.points) == (165 * T, 0)
    assert sale.sale_id
    assert shop.service.do(AttachMember(sale_id=sale.sale_id, member="A")).earned.points == 100


def test_an_amount_off_every_unit_goes_to_full_groups_and_no_further_than_its_cap(shop: Shop) -> None:
    params: dict[str, Any] = {
        "amount_minor": 10 * T,
        "per": "unit",
        "group_size": 3,
        "max_discount_minor": 50 * T,
    }
    shop.publish("trio", "amount_off", **params)
    due = [shop.sell(None, goods("tea", 100 * T, units)).due_minor // T for units in (2, 3, 5, 6)]
    assert due == [200, 270, 470, 550]
    with shop.refuses_field("params.group_size", "not_here"):
        shop.publish("bill", "amount_off", amount_minor=10, group_size=2)


def test_whoever_bought_some_goods_lately_belongs_to_their_segment(shop: Shop) -> None:
    shop.product("beans", 100 * T, "coffee")
    shop.publish("roasters", "segment", bought_groups=["coffee"], bought_days=30)
    shop.publish("grinder", "segment", bought_skus=["beans"])
    shop.publish("smokers", "segment", bought_groups=["tobacco"])
    shop.publish("news", "percent_off", {"audience": {"segments": ["roasters"]}}, rate_bp=1_000)
    first = shop.sell(None, item("beans"))
    assert (first.due_minor, first.segments) == (100 * T, ())
    again = shop.sell(None, goods("tea", 100 * T))
    assert (again.due_minor, again.segments) == (90 * T, ("grinder", "roasters"))
    shop.clock.on(days=31)
    assert shop.quote(100 * T).segments == ("grinder",)
    shop.void(first)
    assert shop.quote(100 * T).segments == ()


def edit(shop: Shop, **settings: Any) -> None:
    shop.service.do(EditShop(**settings))


def test_the_sentence_says_tax_and_margin(shop: Shop) -> None:
    said = shop.publish("a", "spend_credit", rate_bp=100, tax="out", margin_floor_bp=1_500).sentence
    taxed = shop.publish("c", "spend_credit", rate_bp=100, tax="in").sentence
    assert strip_isolates(taxed.en).endswith("The tax in the prices earns too.")
    assert strip_isolates(said.en) == (
        "1% of every purchase becomes credit for the next one."
        " The tax in the prices does not earn. Only as far as a margin of 15% is left."
    )
    with shop.refuses_field("params.margin_floor_bp", "no_money_worth"):
        shop.publish("b", "points", step_minor=10, margin_floor_bp=1_500)
    assert language("fa").t("Rates") == "نرخ‌ها"


def test_parts_that_are_no_list_are_refused_at_their_field(shop: Shop) -> None:
    with pytest.raises(InvalidRequest) as caught:
        shop.publish("pair", "percent_off", {"basket": {"all_of": "cup"}}, rate_bp=1_000)
    assert caught.value.facts["field"] == "when.basket.all_of"
