"""Reviews of levels: warned on the first of a month, one step down on the next (rules 23, 24)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.lifetime_views import ReviewView
from loyalty_pos.app.standing_views import StandingView
from tests.shop import Shop, T, goods

LEVELS: list[dict[str, Any]] = [
    {"key": "bronze", "from": 0},
    {"key": "silver", "from": 1_000},
    {"key": "gold", "from": 5_000},
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", calendar="gregorian")
    opened.clock.at("2026-01-15T12:00")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def club(shop: Shop, levels: list[dict[str, Any]] | None = None, **more: Any) -> None:
    shop.publish("club", "tiers", levels=levels or LEVELS, **{"window_months": 1, **more})


def review(shop: Shop, at: str | None = None) -> tuple[ReviewView, ...]:
    if at is not None:
        shop.clock.at(f"{at}T09:00")
    reviews: tuple[ReviewView, ...] = shop.service.do(cl.CatchUp(accept_clock=True)).reviews
    return reviews


def did(reviews: tuple[ReviewView, ...]) -> list[tuple[str, int, int]]:
    return [(one.day, one.warned, one.fell) for one in reviews]


def standing(shop: Shop) -> StandingView:
    found = shop.member().standing
    assert found is not None
    return found


def set_tier(shop: Shop, tier: str, until: str, **more: Any) -> Any:
    given = {"posting_id": "by hand", "member": "A", "reason": "a friend of the house", **more}
    return shop.service.do(cl.SetTier(tier=tier, until=until, **given))


def test_golden_8_spend_that_leaves_the_window_warns_at_the_next_review_and_falls_at_the_one_after(
    shop: Shop,
) -> None:
    club(shop, window_months=12)
    shop.sell(1_000)
    for month in range(2, 13):
        assert did(review(shop, f"2026-{month:02d}-01")) == [(f"2026-{month:02d}-01", 0, 0)]
    assert did(review(shop, "2027-01-01")) == [("2027-01-01", 0, 0)]
    assert (shop.member().tier, standing(shop).warned_on) == ("silver", None)
    assert did(review(shop, "2027-02-01")) == [("2027-02-01", 1, 0)]
    assert (shop.member().tier, standing(shop).warned_on) == ("silver", "2027-02-01")
    assert did(review(shop, "2027-03-01")) == [("2027-03-01", 0, 1)]
    assert shop.member().tier == "bronze"


def test_golden_p4_the_first_purchase_gives_a_level_up_is_at_once_and_down_waits_for_the_reviews(
    shop: Shop,
) -> None:
    club(shop, window_months=1)
    assert shop.sell(1).tier.after == "bronze"
    assert shop.sell(1_000).tier.after == "silver"
    levels = []
    for month in ("02", "03", "04"):
        shop.clock.at(f"2026-{month}-01T09:00")
        levels.append(shop.member().tier)
        review(shop)
        levels.append(shop.member().tier)
    assert levels == ["silver", "silver", "silver", "silver", "silver", "bronze"]


def test_tiers_pain_redeeming_never_lowers_a_level(shop: Shop) -> None:
    club(shop)
    shop.publish("points", "points", step_minor=10, point_value_minor=10)
    shop.sell(1_000)
    shop.sell(1_000, points=100)
    review(shop, "2026-02-01")
    assert (shop.member().tier, standing(shop).counted) == ("silver", 2_000)


@pytest.mark.parametrize(("spent", "level"), [(999, "bronze"), (1_000, "silver"), (1_001, "silver")])
def test_tiers_pain_the_boundary_belongs_to_the_level_for_years(shop: Shop, spent: int, level: str) -> None:
    club(shop, window_months=24)
    shop.sell(spent)
    review(shop, "2027-12-31")
    assert shop.member().tier == level


def test_tiers_pain_a_level_given_by_hand_is_not_overwritten_until_its_day(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    given = set_tier(shop, "gold", "2026-04-15")
    assert (given.tier, given.standing.held_until) == ("gold", "2026-04-15")
    sale = shop.sell(10)
    shop.void(sale)
    assert did(review(shop, "2026-04-01")) == [
        ("2026-02-01", 0, 0),
        ("2026-03-01", 0, 0),
        ("2026-04-01", 0, 0),
    ]
    assert shop.member().tier == "gold"
    assert did(review(shop, "2026-05-01")) == [("2026-05-01", 1, 0)]
    assert (shop.member().tier, standing(shop).held_until) == ("gold", None)
    assert did(review(shop, "2026-06-01")) == [("2026-06-01", 0, 1)]
    assert shop.member().tier == "silver"


def test_a_member_who_was_warned_is_told_what_keeps_the_level_and_keeps_it_so(shop: Shop) -> None:
    club(shop)
    shop.sell(1_500)
    review(shop, "2026-02-01")
    shop.sell(300)
    assert standing(shop).warned_on is None
    review(shop, "2026-03-01")
    told = standing(shop)
    # The 300 of February still count in March's window, the review of April looks at March alone.
    assert (told.warned_on, told.stay_until, told.stay_missing) == ("2026-03-01", "2026-03-31", 1_000)
    shop.sell(400)
    assert standing(shop).stay_missing == 600
    shop.sell(600)
    assert standing(shop).warned_on is None
    assert did(review(shop, "2026-04-01")) == [("2026-04-01", 0, 0)]
    assert shop.member().tier == "silver"


def test_a_warning_counts_only_in_a_row(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    review(shop, "2026-03-01")
    assert standing(shop).warned_on == "2026-03-01"
    shop.sell(1_000)
    review(shop, "2026-04-01")
    assert did(review(shop, "2026-05-01")) == [("2026-05-01", 1, 0)]
    assert shop.member().tier == "silver"


def test_missed_reviews_are_caught_up_in_order_a_step_at_a_time(shop: Shop) -> None:
    club(shop)
    shop.sell(5_000)
    done = review(shop, "2026-06-20")
    assert did(done) == [
        ("2026-02-01", 0, 0),
        ("2026-03-01", 1, 0),
        ("2026-04-01", 0, 1),
        ("2026-05-01", 1, 0),
        ("2026-06-01", 0, 1),
    ]
    assert shop.member().tier == "bronze"
    assert review(shop) == ()
    events = [one for one in shop.service.ask(q.MemberHistory(member="A")).items if one.kind == "review"]
    assert len(events) == 4


def test_grace_is_further_reviews_before_the_fall(shop: Shop) -> None:
    club(shop, grace_reviews=2)
    shop.sell(1_000)
    review(shop, "2026-03-01")
    assert standing(shop).stay_until == "2026-05-31"
    assert did(review(shop, "2026-06-01")) == [
        ("2026-04-01", 1, 0),
        ("2026-05-01", 1, 0),
        ("2026-06-01", 0, 1),
    ]


def test_a_level_reached_without_an_event_is_protected_as_well(shop: Shop) -> None:
    shop.sell(1_000)
    club(shop)
    assert shop.member().tier == "silver"
    assert did(review(shop, "2026-03-01")) == [("2026-02-01", 0, 0), ("2026-03-01", 1, 0)]
    assert shop.member().tier == "silver"
    assert did(review(shop, "2026-04-01")) == [("2026-04-01", 0, 1)]
    (fell, *_) = shop.service.ask(q.MemberHistory(member="A")).items
    assert fell.why is not None and "bronze" in fell.why.en
    assert shop.member().tier == "bronze"


def test_who_falls_below_the_first_level_has_none(shop: Shop) -> None:
    club(shop, LEVELS[1:])
    shop.sell(1_000)
    review(shop, "2026-04-01")
    assert (shop.member().tier, standing(shop).position) == (None, 0)


def test_a_level_reached_since_a_missed_review_is_put_on_record(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    shop.clock.at("2026-04-10T12:00")  # nobody opened the shop for the reviews of March and April
    shop.sell(1_000)
    done = review(shop, "2026-04-11")
    assert did(done)[-1] == ("2026-04-01", 0, 0)
    assert shop.member().tier == "silver"


def test_a_level_the_club_gives_lower_now_is_put_on_record_by_the_review(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    club(shop, [*LEVELS[:2], {"key": "gold", "from": 900}][::2])
    assert [one.rose for one in review(shop, "2026-02-01")] == [1]
    assert shop.member().tier == "gold"


def test_companies_have_no_review_in_a_club_for_persons(shop: Shop) -> None:
    club(shop)
    shop.enrol("F", member_kind="company")
    shop.sell(1_000, member="F")
    shop.publish(
        "club", "tiers", {"audience": {"member_kinds": ["individual"]}}, levels=LEVELS, window_months=1
    )
    assert [one.looked_at for one in review(shop, "2026-03-01")] == [0, 0]


def test_without_a_club_there_is_no_review(shop: Shop) -> None:
    shop.sell(1_000)
    assert review(shop, "2026-06-01") == ()


@pytest.mark.parametrize("again", ["resume", "publish"])
def test_a_club_that_was_paused_begins_its_reviews_anew(shop: Shop, again: str) -> None:
    club(shop)
    shop.sell(1_000)
    shop.retire("club")
    assert review(shop, "2026-05-10") == ()
    if again == "resume":
        shop.service.do(c.ResumeProgramme(key="club"))
    else:
        club(shop)
    assert review(shop) == ()
    assert did(review(shop, "2026-06-01")) == [("2026-06-01", 1, 0)]


@pytest.mark.parametrize("metric", ["visit_days", "points"])
def test_other_things_than_money_lift_to_a_level_and_a_review_counts_them(shop: Shop, metric: str) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    club(shop, [{"key": "new", "from": 0}, {"key": "known", "from": 2}], metric=metric)
    first = shop.sell(10 * T)
    assert (standing(shop).counted, standing(shop).missing, standing(shop).missing_minor) == (1, 1, 0)
    (told,) = [line for line in first.trace if line.programme == "club"]
    assert told.facts == {
        "tier": "known",
        "missing_visits" if metric == "visit_days" else "missing_points": 1,
    }
    assert ("1 day of visit" if metric == "visit_days" else "1 point") in told.short.en
    shop.clock.on(days=1)
    second = shop.sell(10 * T)
    assert (second.tier.after, standing(shop).counted) == ("known", 2)
    back = shop.void(second)
    assert (back.tier.after, standing(shop).counted) == ("new", 1)
    shop.sell(10 * T)
    review(shop, "2026-03-01")
    assert (shop.member().tier, standing(shop).warned_on) == ("known", "2026-03-01")


def test_two_sales_of_a_day_are_one_visit_and_the_last_of_them_takes_it_back(shop: Shop) -> None:
    club(shop, [{"key": "new", "from": 0}, {"key": "known", "from": 1}], metric="visit_days")
    first, second = shop.sell(100), shop.sell(100)
    assert standing(shop).counted == 1
    assert shop.void(first).tier.after == "known"
    assert shop.refund(second, 50).tier.after == "known"
    assert shop.void(second).tier.after == "new"


def test_points_of_gifts_lift_nobody_and_refunds_take_what_was_earned(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10)
    shop.publish("first", "event_gift", event="first_purchase", gives="points", points=500)
    club(shop, [{"key": "new", "from": 0}, {"key": "known", "from": 100}], metric="points")
    sale = shop.sell(1_000)
    assert (shop.member().points, standing(shop).counted, shop.member().tier) == (600, 100, "known")
    shop.refund(sale, 10)
    assert (standing(shop).counted, shop.member().tier) == (99, "new")


def test_the_sentence_of_a_club_says_what_counts(shop: Shop) -> None:
    for metric, said in (("visit_days", "2 days"), ("points", "2 points")):
        club(shop, [{"key": "known", "from": 2}], metric=metric, window_months=3)
        (view,) = shop.service.ask(q.Programmes()).programmes
        assert said in view.sentence.en
        assert view.sentence.fa


def test_a_level_by_hand_asked_again_answers_the_same(shop: Shop) -> None:
    club(shop)
    first = set_tier(shop, "gold", "2026-02-15")
    assert set_tier(shop, "gold", "2026-02-15") == first
    with shop.refuses("key_taken"):
        set_tier(shop, "silver", "2026-02-15")


def test_a_level_by_hand_may_shield_the_one_that_is_held(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    set_tier(shop, "silver", "2026-12-31")
    review(shop, "2026-06-01")
    assert shop.member().tier == "silver"


def test_a_level_by_hand_that_makes_no_sense_is_refused(shop: Shop) -> None:
    with shop.refuses("no_levels"):
        set_tier(shop, "gold", "2026-02-15")
    club(shop)
    with shop.refuses("unknown_tier", tier="platinum"):
        set_tier(shop, "platinum", "2026-02-15")
    shop.sell(1_000)
    with shop.refuses("tier_reached", tier="silver"):
        set_tier(shop, "bronze", "2026-02-15")
    with shop.refuses_field("until", "out_of_range"):
        set_tier(shop, "gold", "2026-01-14")
    with shop.refuses_field("reason", "empty"):
        set_tier(shop, "gold", "2026-02-15", reason=" ")


def test_what_is_taken_back_never_goes_below_the_level_given_by_hand(shop: Shop) -> None:
    club(shop)
    sale = shop.sell(None, goods("x", 5_000))
    set_tier(shop, "gold", "2026-02-15")
    assert shop.void(sale).tier.after == "gold"
    assert shop.member().tier == "gold"


def test_a_changed_level_is_told_by_its_name_and_by_its_key_once_the_club_is_no_more(shop: Shop) -> None:
    named = [{"key": "low", "name": "Bronze", "from": 0}, {"key": "high", "name": "Gold", "from": 1_000}]
    club(shop, named)
    shop.sell(1)
    sale = shop.sell(2_000)
    assert (sale.tier.before_name, sale.tier.after_name) == ("Bronze", "Gold")
    assert shop.sell(1).tier.after_name == "", "nothing changed"
    back = shop.quote_refund(sale, 2_000).tier
    assert (back.before_name, back.after_name) == ("Gold", "Bronze")
    shop.retire("club")
    gone = shop.stored(sale).tier
    assert (gone.before_name, gone.after_name) == ("low", "high")


def test_a_stale_warning_is_not_told_before_the_next_review_has_looked(shop: Shop) -> None:
    club(shop)
    shop.sell(1_000)
    review(shop, "2026-03-01")
    shop.sell(1_000)
    review(shop, "2026-04-01")
    shop.clock.at("2026-05-01T09:00")  # the review of May is still to come
    assert (shop.member().tier, standing(shop).warned_on) == ("silver", None)


def test_the_history_tells_what_reviews_and_managers_did(shop: Shop) -> None:
    club(shop, [{"key": "silver", "name": "نقره", "from": 1_000}])
    shop.sell(1_000)
    review(shop, "2026-04-01")
    set_tier(shop, "silver", "2026-04-30")

    def told() -> list[str]:
        items = shop.service.ask(q.MemberHistory(member="A")).items
        return [item.why.en for item in items if item.why is not None]

    plain = str.maketrans("", "", "\u2068\u2069\u2066\u2067")
    assert [one.translate(plain) for one in told()] == [
        "نقره until 30 Apr 2026: a friend of the house",
        "no level any more",
        "warned: too little for نقره",
    ]
    shop.retire("club")
    assert "silver" in told()[0]


@pytest.mark.parametrize("later", [1_000, 6_000])
def test_a_sale_taken_back_leaves_the_level_that_time_protected_before_it(shop: Shop, later: int) -> None:
    club(shop)
    shop.sell(1_000)
    assert did(review(shop, "2026-03-02")) == [("2026-02-01", 0, 0), ("2026-03-01", 1, 0)]
    sale = shop.sell(later)
    assert standing(shop).tier == ("gold" if later > 5_000 else "silver")
    back = shop.void(sale)
    assert (back.tier.after, standing(shop).tier) == ("silver", "silver")
    assert did(review(shop, "2026-04-01")) == [("2026-04-01", 0, 1)]
    assert standing(shop).tier == "bronze"


@pytest.mark.parametrize(("meanwhile", "level"), [(0, "silver"), (1_000, "bronze")])
def test_a_level_a_review_left_falls_with_the_sales_that_had_reached_it(
    shop: Shop, meanwhile: int, level: str
) -> None:
    club(shop)
    shop.sell(6_000)
    review(shop, "2026-03-02")
    reached = [shop.sell(meanwhile)] if meanwhile else []
    review(shop, "2026-04-01")
    assert standing(shop).tier == "silver"
    for sale in [shop.sell(6_000), *reached]:
        shop.void(sale)
    assert standing(shop).tier == level


def test_a_level_that_went_with_a_sale_is_not_given_back_by_buying_and_voiding(shop: Shop) -> None:
    club(shop)
    shop.sell(6_000)
    review(shop, "2026-03-02")
    reached = shop.sell(1_000)
    review(shop, "2026-04-01")
    shop.void(reached)
    assert standing(shop).tier == "bronze"
    assert shop.sell(2_000, sale_id="more").tier.after == "silver"
    assert shop.void("more").tier.after == standing(shop).tier == "bronze"


def test_a_level_reached_by_a_merge_goes_for_good_with_what_had_reached_it(shop: Shop) -> None:
    club(shop)
    shop.enrol("B")
    shop.sell(600)
    brought = shop.sell(600, member="B")
    shop.service.do(MergeMembers(keep="A", drop="B"))
    assert standing(shop).tier == "silver"
    shop.refund(brought, 600)
    shop.clock.on(days=1)
    shop.void(shop.sell(600))
    assert standing(shop).tier == "bronze"


def test_a_level_given_by_hand_outlives_what_was_bought_and_taken_back_after_it(shop: Shop) -> None:
    club(shop)
    set_tier(shop, "silver", "2026-01-15")
    shop.clock.at("2026-01-16T12:00")
    shop.void(shop.sell(6_000))
    assert standing(shop).tier == "silver"


def test_levels_reached_in_the_window_fall_whatever_is_taken_back_first(shop: Shop) -> None:
    club(shop)
    sales = [shop.sell(1_000), shop.sell(4_000)]
    for sale in sales:
        shop.void(sale)
    assert standing(shop).tier == "bronze"


def test_a_sale_that_left_the_window_takes_no_level_along_when_it_is_taken_back(shop: Shop) -> None:
    club(shop)
    sale = shop.sell(6_000)
    shop.clock.at("2026-03-02T09:00")
    shop.void(sale)
    assert standing(shop).tier == "gold"
