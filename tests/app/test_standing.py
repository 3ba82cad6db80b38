"""Who holds what until when, to whom programmes are open, and what may be bought early."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app.claim_views import ClaimableView
from loyalty_pos.app.commands import AttachMember, ClaimReward
from loyalty_pos.app.eligible_views import EligibleView
from loyalty_pos.app.queries import Claimables, MemberHistory, Product
from loyalty_pos.app.term_views import MembershipsView, TermView
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


def vip(shop: Shop, **more: Any) -> None:
    shop.publish("vip", "vip", **{"fee_minor": 10_000 * T, "term_months": 12, **more})
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)


def sell(shop: Shop, key: str = "vip-1", member: str = "A") -> Any:
    return shop.service.do(cs.SellMembership(posting_id=key, member=member, programme="vip"))


def begin(shop: Shop, key: str = "deal-1", member: str = "A") -> Any:
    return shop.service.do(cs.StartContract(posting_id=key, member=member, programme="deal"))


def progress(shop: Shop) -> TermView:
    found = shop.service.ask(qs.QuoteEndContract(member="A", programme="deal"))
    assert isinstance(found, TermView)
    return found


def eligible(shop: Shop, programme: str) -> EligibleView:
    found = shop.service.ask(qs.Eligible(member="A", programme=programme))
    assert isinstance(found, EligibleView)
    return found


def missing(shop: Shop, programme: str) -> list[str]:
    found = eligible(shop, programme)
    assert found.eligible == (not found.missing)
    assert all(one.sentence.fa != one.sentence.en for one in found.missing)
    return [strip_isolates(one.sentence.en) for one in found.missing]


def memberships(shop: Shop) -> MembershipsView:
    found = shop.service.ask(qs.Memberships(member="A"))
    assert isinstance(found, MembershipsView)
    return found


def rows(shop: Shop) -> list[ClaimableView]:
    return list(shop.service.ask(Claimables(member="A")).items)


def test_what_was_sold_under_a_key_is_sold_once(shop: Shop) -> None:
    vip(shop)
    shop.publish("deal", "contract", months=6, promised_visits=2, discount_bp=1000)
    sold = sell(shop)
    assert sell(shop) == sold
    shop.enrol("B")
    with shop.refuses("key_taken"):
        sell(shop, member="B")
    with shop.refuses("key_taken"):
        shop.service.do(cs.StartContract(posting_id="vip-1", member="A", programme="deal"))
    with shop.refuses("not_a_membership"):
        shop.service.do(cs.SellMembership(posting_id="x", member="A", programme="deal"))
    with shop.refuses("not_a_contract"):
        shop.service.do(cs.StartContract(posting_id="x", member="A", programme="vip"))
    with shop.refuses("unknown_membership"):
        shop.service.do(cs.UndoMembership(posting_id="nothing"))
    with shop.refuses("not_a_membership"):
        shop.service.ask(qs.LapsedMembers(programme="tenth"))
    with shop.refuses("not_a_contract"):
        shop.service.ask(qs.QuoteEndContract(member="A", programme="vip"))
    with shop.refuses("no_contract"):
        progress(shop)
    begin(shop)
    end = cs.EndContract(posting_id="end", member="A", programme="deal")
    shop.service.do(end)
    with shop.refuses("key_taken"):
        shop.service.do(cs.EndContract(posting_id="end", member="A", programme="deal", paid_minor=1))
    with shop.refuses("key_taken"):
        shop.service.do(cs.EndContract(posting_id="deal-1", member="A", programme="deal"))
    with shop.refuses("unknown_sale"):
        shop.void("nothing")


def test_what_a_member_holds_and_may_begin_is_listed_newest_first(shop: Shop) -> None:
    assert memberships(shop).terms == ()
    vip(shop, grace_days=3)
    shop.publish("deal", "contract", months=6, promised_visits=2, discount_bp=1000)
    sell(shop)
    begin(shop)
    found = memberships(shop)
    assert [(one.programme, one.kind, one.state) for one in found.terms] == [
        ("deal", "contract", "running"),
        ("vip", "membership", "running"),
    ]
    assert [(one.programme, one.renews, one.held) for one in found.offers] == [
        ("vip", True, False),
        ("deal", False, True),
    ]
    assert (found.offers[0].from_day, found.offers[0].until_day) == ("2027-11-22", "2028-11-20")
    shop.clock.at("2028-01-01T12:00")
    assert [one.state for one in memberships(shop).terms] == ["over", "over"]
    with shop.refuses("contract_open"):  # it ran out, and its promise was not kept
        begin(shop, "deal-2")


def test_a_membership_is_sold_to_its_audience_alone_and_others_hear_what_is_missing(shop: Shop) -> None:
    shop.publish("regulars", "segment", visits_min=3, window_days=30, spend_min_minor=50_000 * T)
    shop.publish("vip", "vip", {"audience": {"segments": ["regulars"]}}, fee_minor=10_000 * T, term_months=12)
    shop.sell(20_000 * T)
    with shop.refuses("not_eligible", programme="vip", reason="other_segment"):
        sell(shop)
    assert missing(shop, "vip") == [
        "purchases: 1 of 3 in the last 30 days",
        "money spent: 20,000 T of 50,000 T in the last 30 days",
    ]
    assert missing(shop, "regulars") == missing(shop, "vip")
    shop.sell(20_000 * T)
    shop.sell(20_000 * T)
    assert missing(shop, "vip") == missing(shop, "regulars") == []
    assert sell(shop).term.state == "running"


def test_everything_that_keeps_a_programme_closed_is_named(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "gold", "from": 100_000 * T}])
    vip(shop)
    when = {
        "audience": {
            "member_kinds": ["company"],
            "tiers": ["gold"],
            "standings": ["vip"],
            "birthday": "day",
            "visits_min": 3,
        },
        "schedule": {"from": "2026-12-01", "weekdays": ["mon"], "hours": ["18:00-19:00"]},
    }
    shop.publish("closed", "percent_off", when, rate_bp=500)
    assert missing(shop, "closed") == [
        "only for companies",
        "100,000 T more to gold",
        "only with vip",
        "not the birthday it waits for",
        "2 more purchases first",
        "starts on 10 Azar 1405",
        "only on Monday",
        "only from 18:00 to 19:00",
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"away_days_max": 3}, "no visit yet"),
        ({"gap_days_max": 3}, "fewer than two visits"),
        ({"points_min": 3}, "points: 0 of 3"),
        ({"visits_min": 2}, "purchases: 0 of 2"),
        ({"age_min": 18}, "the birthday is not known"),
        ({"cities": ["Shiraz"]}, "another city"),
        ({"genders": ["woman"]}, "the gender is not known"),
        ({"interests": ["tea"]}, "other interests"),
        ({"tags": ["old"]}, "other tags"),
        ({"bought_skus": ["tea"]}, "has not bought tea"),
        ({"member_kinds": ["company"]}, "only for companies"),
        ({}, "not on its list"),
    ],
)
def test_what_a_segment_asks_and_a_member_misses_is_said(
    shop: Shop, asked: dict[str, Any], said: str
) -> None:
    shop.publish("few", "segment", **asked)
    assert missing(shop, "few") == [said]


def test_a_member_is_told_of_every_programme_that_is_not_for_everybody(shop: Shop) -> None:
    shop.publish("all", "points", step_minor=10)
    shop.publish("few", "segment", visits_min=1)
    shop.publish("first", "percent_off", {"audience": {"segments": ["few"]}}, rate_bp=100)
    shop.publish("second", "percent_off", {"audience": {"visits_min": 2}}, rate_bp=100)
    shop.publish("firms", "percent_off", {"audience": {"member_kinds": ["company"]}}, rate_bp=100)
    shop.sell(1_000 * T)
    found = shop.service.ask(qs.EligibleFor(member="A")).programmes
    told = {one.programme: [each.code for each in one.missing] for one in found}
    assert told == {"first": [], "second": [], "firms": ["other_member_kind"]}
    assert [one.eligible for one in found] == [not codes for codes in told.values()]


def test_too_much_is_said_as_well_as_too_little(shop: Shop) -> None:
    shop.publish("new", "segment", visits_max=1)
    shop.publish("firms", "segment", member_kinds=["individual"])
    shop.sell(1_000 * T)
    shop.sell(1_000 * T)
    assert missing(shop, "new") == ["purchases: 2, at most 1"]
    shop.enrol("B", member_kind="company")
    found = shop.service.ask(qs.Eligible(member="B", programme="firms"))
    assert [strip_isolates(one.sentence.en) for one in found.missing] == ["only for persons"]


def test_benefits_rest_while_too_little_is_spent_and_go_on_again(shop: Shop) -> None:
    vip(shop, keep_spend_minor=50_000 * T, keep_days=30)
    sell(shop)
    shop.clock.at("2026-12-20T12:00")  # the first thirty days ask nothing
    assert shop.quote(10_000 * T).due_minor == 9_000 * T
    shop.clock.at("2026-12-22T12:00")
    quoted = shop.quote(10_000 * T)
    assert quoted.due_minor == 10_000 * T
    assert "rests: 50,000 T more to spend first" in [strip_isolates(t.short.en) for t in quoted.trace]
    assert shop.member().terms[0].rests_minor == 50_000 * T
    shop.sell(60_000 * T)
    assert shop.quote(10_000 * T).due_minor == 9_000 * T


def test_a_product_is_sold_early_to_those_it_is_for_and_to_everybody_from_its_day(shop: Shop) -> None:
    vip(shop)
    shop.product("new", 10_000 * T, sale_from="2026-12-01", early_for=("vip", "gold"))
    assert shop.service.ask(Product(sku="new")).early_for == ("vip", "gold")
    with shop.refuses("not_on_sale_yet", sku="new", day="2026-12-01", line=1):
        shop.sell(None, item("new"), member=None)
    with shop.refuses("not_on_sale_yet"):
        shop.sell(None, item("new"))
    sell(shop)
    assert shop.sell(None, item("new")).due_minor == 9_000 * T
    shop.clock.at("2026-12-01T12:00")
    assert shop.sell(None, item("new"), member=None).due_minor == 10_000 * T
    with shop.refuses_field("sale_from", "not_a_day"):
        shop.product("new", 10_000 * T, sale_from="soon")


def test_a_level_may_buy_early_too(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=[{"key": "gold", "from": 100_000 * T}])
    shop.product("new", 10_000 * T, sale_from="2026-12-01", early_for=("gold",))
    with shop.refuses("not_on_sale_yet"):
        shop.sell(None, item("new"))
    shop.sell(100_000 * T)
    assert shop.sell(None, item("new")).due_minor == 10_000 * T


def test_no_programme_asks_for_a_standing_there_is_not(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10)
    for name in ("vip", "points"):
        with shop.refuses("unknown_standing", standing=name):
            shop.publish("tenth", "percent_off", {"audience": {"standings": [name]}}, rate_bp=1000)


def test_what_was_bought_holds_though_its_programme_is_paused(shop: Shop) -> None:
    vip(shop)
    sell(shop)
    shop.retire("vip")
    assert shop.quote(10_000 * T).due_minor == 9_000 * T
    with pytest.raises(Rejection):
        sell(shop, "vip-2")


def test_a_contract_keeps_the_terms_it_was_begun_with(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    begin(shop)
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=2000)
    assert shop.sell(100_000 * T).due_minor == 90_000 * T
    shop.publish("half", "amount_off", {"stacking": {"alone": True}}, amount_minor=50_000 * T)
    assert shop.sell(100_000 * T).due_minor == 50_000 * T
    assert progress(shop).given_minor == 10_000 * T


def test_a_member_named_later_gets_the_purchase_and_no_discount(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    before = shop.sell(100_000 * T, member=None)
    begin(shop)
    after = shop.sell(100_000 * T, member=None)
    for sale in (before, after):
        shop.service.do(AttachMember(sale_id=sale.sale_id or "", member="A"))
    done = progress(shop)
    assert (done.visits, done.spend_minor, done.given_minor) == (1, 100_000 * T, 0)
    shop.void(after)
    assert (progress(shop).visits, progress(shop).spend_minor) == (0, 0)


def test_of_two_promises_the_one_further_from_being_kept_counts(shop: Shop) -> None:
    shop.publish(
        "deal",
        "contract",
        months=6,
        promised_visits=4,
        promised_spend_minor=900_000 * T,
        discount_bp=1000,
    )
    begin(shop)
    for _ in range(3):
        shop.sell(100_000 * T)
    done = progress(shop)
    assert (done.extra_minor, done.spend_minor) == (30_000 * T, 270_000 * T)
    assert done.claw_back_minor == 30_000 * T * 630 // 900
    with shop.refuses_field("params.promised_visits", "missing"):
        shop.publish("empty", "contract", months=6, discount_bp=1000)


def test_half_of_an_amount_that_comes_back_takes_half_of_what_a_contract_gave(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    begin(shop)
    sale = shop.sell(100_000 * T)
    shop.refund(sale, 45_000 * T)
    done = progress(shop)
    assert (done.visits, done.spend_minor, done.given_minor) == (1, 45_000 * T, 5_000 * T)


def test_free_units_and_goods_that_cost_nothing_count_as_given_with_what_is_kept(shop: Shop) -> None:
    vip(shop)
    shop.publish(
        "two", "set_offer", {"audience": {"standings": ["vip"]}}, buy=1, get=1, rate_bp=10_000, groups=["x"]
    )
    shop.product("cup", 10_000 * T, "x")
    sell(shop)
    sale = shop.sell(None, item("cup", 4), goods("nothing", 0))
    assert shop.member().terms[0].given_minor == 22_000 * T
    shop.refund(sale, None, (1, 2))
    assert 0 < shop.member().terms[0].given_minor < 22_000 * T
    shop.void(sale)
    assert shop.member().terms[0].given_minor == 0


def test_a_prize_may_be_for_those_who_hold_a_membership(shop: Shop) -> None:
    vip(shop)
    shop.publish("points", "points", step_minor=1_000 * T)
    shop.publish("mug", "prize", {"audience": {"standings": ["vip"]}}, what="mug", price_points=1)
    shop.sell(10_000 * T)
    claim = ClaimReward(posting_id="claim", member="A", programme="mug")
    with shop.refuses("claim_refused", reason="other_standing"):
        shop.service.do(claim)
    sell(shop)
    assert shop.service.do(claim).points == 1


def test_what_may_be_sold_begun_or_ended_stands_beside_the_prizes(shop: Shop) -> None:
    shop.publish("firms", "vip", {"audience": {"member_kinds": ["company"]}}, fee_minor=5 * T)
    vip(shop)
    shop.publish(
        "deal", "contract", months=6, promised_visits=2, promised_spend_minor=90_000 * T, discount_bp=1000
    )
    said = [(one.does, strip_isolates(one.what.en), one.price_minor, one.at_most) for one in rows(shop)]
    assert said == [
        ("sell", "firms until 30 Aban 1406", 5 * T, 0),
        ("sell", "vip until 30 Aban 1406", 10_000 * T, 1),
        ("start", "Contract deal until 30 Ordibehesht 1406", 0, 1),
    ]
    assert rows(shop)[0].reason is not None
    sell(shop)
    begin(shop)
    shop.sell(10_000 * T)
    said = [(one.does, strip_isolates(one.what.en), one.price_minor, one.at_most) for one in rows(shop)]
    assert said[1:] == [
        ("sell", "Renew vip until 30 Aban 1407", 10_000 * T, 1),
        ("end", "End the contract deal", 0, 1),  # the membership would have given the same
    ]
    reason = rows(shop)[2].reason
    assert reason is not None
    assert strip_isolates(reason.en) == "1 of 2 purchases · 9,000 of 90,000 T"


def test_the_timeline_tells_of_memberships_and_contracts(shop: Shop) -> None:
    vip(shop)
    shop.publish("deal", "contract", months=6, promised_visits=2, discount_bp=1000)
    sell(shop)
    begin(shop)
    shop.sell(10_000 * T)
    shop.service.do(cs.EndContract(posting_id="end", member="A", programme="deal"))
    shop.service.do(cs.UndoMembership(posting_id="vip-1"))
    told = [
        (one.kind, one.programme_name, one.due_minor, one.voided)
        for one in shop.service.ask(MemberHistory(member="A")).items
    ]
    assert told[:2] == [("membership_back", "vip", 10_000 * T, False), ("contract_end", "deal", 0, False)]
    assert told[3:5] == [("contract", "deal", 0, False), ("membership", "vip", 10_000 * T, True)]


@pytest.mark.parametrize("kind", ["vip", "contract"])
@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"basket": {"min_minor": 5}}, "when.basket"),
        ({"limits": {"total": 5}}, "when.limits"),
        ({"audience": {"non_members": True}}, "when.audience.non_members"),
    ],
)
def test_a_membership_is_on_no_bill(shop: Shop, kind: str, when: dict[str, Any], field: str) -> None:
    params = {"vip": {"fee_minor": 5}, "contract": {"months": 1, "promised_visits": 1, "discount_bp": 1}}
    with shop.refuses_field(field, "not_here"):
        shop.publish("x", kind, when, **params[kind])


def test_what_a_purchase_says_of_a_membership_in_grace_and_of_a_contract_nobody_has(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1, grace_days=5)
    shop.publish("deal", "contract", months=6, promised_visits=2, discount_bp=1000)
    sell(shop)
    shop.clock.at("2026-12-22T12:00")
    said = {one.programme: strip_isolates(one.short.en) for one in shop.quote(10_000 * T).trace}
    assert said == {
        "vip": "run out; benefits until 5 Dey 1405",
        "deal": "no contract with this member",
    }


def test_what_comes_back_and_never_counted_moves_nothing_in_a_membership(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=12)
    shop.product("bag", 1_000 * T, earns=False)
    sell(shop)
    sale = shop.sell(None, item("bag"), goods("x", 5_000 * T))
    shop.refund(sale, None, (1, 1))
    (term,) = shop.member().terms
    assert (term.visits, term.spend_minor) == (1, 5_000 * T)


def test_only_what_is_missing_of_a_segment_is_said(shop: Shop) -> None:
    shop.publish("regulars", "segment", visits_min=1, spend_max_minor=1_000 * T)
    shop.sell(20_000 * T)
    assert missing(shop, "regulars") == ["money spent: 20,000 T, at most 1,000 T"]


@pytest.mark.parametrize(
    ("promise", "said"),
    [({"promised_visits": 2}, "0 of 2 purchases"), ({"promised_spend_minor": 900}, "0 of 90 T")],
)
def test_a_contract_to_be_ended_says_how_far_it_is(shop: Shop, promise: dict[str, Any], said: str) -> None:
    shop.publish("deal", "contract", months=6, discount_bp=1000, **promise)
    begin(shop)
    reason = rows(shop)[0].reason
    assert reason is not None and strip_isolates(reason.en) == said
