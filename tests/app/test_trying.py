"""A draft tried on a made-up sale does what it would do once published, and leaves no trace."""

from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app.presets import PRESETS, coin_minor
from loyalty_pos.app.queries_studio import TryProgramme
from loyalty_pos.app.studio_views import TrialView
from loyalty_pos.app.views import ProgressView
from tests.domain.test_kinds_contract import CASES
from tests.shop import Shop, T, goods, item

COFFEE = goods("Coffee", 60_000 * T)


def trial(shop: Shop, kind: str, params: dict[str, Any], *lines: c.SaleLine, **more: Any) -> TrialView:
    view: TrialView = shop.service.ask(TryProgramme(kind=kind, params=params, lines=lines, **more))
    return view


def test_the_fifth_drink_is_free_on_the_sample_and_the_reason_is_said(shop: Shop) -> None:
    before = shop.audit().figures
    card = {"needed": 5, "mode": "every_nth"}
    view = trial(shop, "stamp_card", card, COFFEE, have=4)
    assert (view.gross_minor, view.off_minor, view.due_minor) == (600_000, 600_000, 0)
    assert view.had == ProgressView(have=4, step=5) and view.stamps == ProgressView(have=0, step=5)
    assert "had 4 stamps" in view.trace[0].short.en and "۴" in view.trace[0].short.fa
    assert trial(shop, "stamp_card", card, COFFEE, have=3).off_minor == 0
    assert shop.audit().figures == before


def test_a_card_that_is_full_before_the_sale_holds_what_it_gives(shop: Shop) -> None:
    card = {"needed": 5}
    assert trial(shop, "stamp_card", card, COFFEE, have=5).off_minor == 600_000
    view = trial(shop, "stamp_card", card, COFFEE, have=4)
    assert (view.off_minor, view.rewards) == (0, 1)
    assert trial(shop, "stamp_card", card, amount_minor=900_000, count=5).rewards == 1


def test_the_draft_of_a_running_programme_takes_its_place(shop: Shop) -> None:
    shop.publish("off", "percent_off", rate_bp=1_000)
    view = trial(shop, "percent_off", {"rate_bp": 2_000}, COFFEE, key="off")
    assert (view.off_minor, view.discount_minor, view.others) == (120_000, 120_000, ())
    beside = trial(shop, "percent_off", {"rate_bp": 500}, COFFEE)
    assert (beside.off_minor, beside.discount_minor) == (0, 60_000)
    assert [line.programme for line in beside.others] == ["off"]
    assert beside.trace[0].code == "better_benefit"


def test_the_trial_says_what_the_published_programme_then_does(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10_000)
    view = trial(shop, "spend_credit", {"rate_bp": 500}, COFFEE)
    shop.publish("credit", "spend_credit", rate_bp=500)
    shop.enrol()
    sold = shop.quote(None, COFFEE)
    assert (view.credit_minor, view.due_minor) == (sold.earned.credit_minor, sold.due_minor)
    assert [line.programme for line in view.others] == ["points"]


def test_outside_its_hours_the_trial_still_shows_what_it_gives_and_says_why_not_now(shop: Shop) -> None:
    hours = {"schedule": {"hours": ["07:00-10:00"]}, "audience": {"tiers": ["gold"]}}
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, when=hours)
    assert view.off_minor == 60_000
    assert view.not_now is not None and "07:00" in view.not_now.en
    shop.clock.at("2026-11-21T08:00")
    assert trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, when=hours).not_now is None


def test_a_minimum_holds_on_the_sample_too(shop: Shop) -> None:
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, when={"basket": {"min_quantity": 6}})
    assert (view.off_minor, view.trace[0].code) == (0, "too_few")


def test_a_guest_gets_only_what_guests_get(shop: Shop) -> None:
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, guest=True)
    assert (view.off_minor, view.trace[0].code) == (0, "no_member")
    everybody = {"audience": {"non_members": True}}
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, guest=True, when=everybody)
    assert view.off_minor == 60_000
    assert trial(shop, "stamp_card", {"needed": 4}, COFFEE, guest=True).stamps is None
    by_points = {"rate_bp": 1_000, "price_points": 30}
    assert trial(shop, "percent_off", by_points, COFFEE, guest=True).off_minor == 0


def test_the_sample_hands_in_a_code_and_gives_the_points_that_are_asked(shop: Shop) -> None:
    assert trial(shop, "percent_off", {"rate_bp": 1_000, "lane": "code"}, COFFEE).off_minor == 60_000
    assert trial(shop, "percent_off", {"rate_bp": 1_000, "price_points": 30}, COFFEE).off_minor == 60_000


def test_a_level_rates_the_sample_and_an_unknown_one_is_none(shop: Shop) -> None:
    levels = [
        {"key": "a", "name": "A", "from": 0},
        {"key": "b", "name": "B", "from": 10**9, "discount_bp": 500},
    ]
    assert trial(shop, "tiers", {"levels": levels}, COFFEE, tier="b").off_minor == 30_000
    assert trial(shop, "tiers", {"levels": levels}, COFFEE, tier="nobody").off_minor == 0
    shop.publish("club", "tiers", levels=levels)
    view = trial(shop, "points", {"step_minor": 10_000}, COFFEE, tier="b")
    assert (view.discount_minor, view.points) == (30_000, 57)
    assert trial(shop, "tiers", {"levels": levels[:1]}, COFFEE).discount_minor == 0, "a shop has one club"


@pytest.mark.parametrize(
    ("field", "asked"), [("have", {"have": -1}), ("count", {"count": -1, "amount_minor": 5})]
)
def test_a_sample_nobody_can_be_is_refused(shop: Shop, field: str, asked: dict[str, Any]) -> None:
    with shop.refuses_field(field, "out_of_range"):
        trial(shop, "stamp_card", {"needed": 5}, **asked)


def test_a_gift_is_given_as_if_it_happened_now(shop: Shop) -> None:
    gift = {"event": "birthday", "gives": "credit", "credit_minor": 200_000}
    assert trial(shop, "event_gift", gift, COFFEE).credit_minor == 200_000


def test_every_kind_can_be_tried(shop: Shop) -> None:
    for kind, params in CASES:
        view = trial(shop, kind, params, goods("x", 500, 2), goods("y", 300))
        assert 0 <= view.due_minor == view.gross_minor - view.discount_minor, (kind, params)
        for line in (*view.trace, *view.others):
            assert line.sentence.fa and line.sentence.en, (kind, params)


def test_every_ready_made_one_can_be_tried(shop: Shop) -> None:
    coin = coin_minor("IRR")
    for preset in PRESETS:
        params, when = dict(preset.params(coin, str)), dict(preset.when)
        view = trial(shop, preset.kind, params, amount_minor=100 * coin, when=when, count=1)
        assert view.gross_minor == 100 * coin, preset.key


def test_the_sample_buys_goods_of_the_shop(shop: Shop) -> None:
    shop.product("latte", 700_000, "drinks")
    card = {"needed": 5, "mode": "every_nth", "groups": ["drinks"]}
    assert trial(shop, "stamp_card", card, item("latte"), COFFEE, have=4).off_minor == 700_000


def test_a_real_member_gets_what_the_published_programme_then_gives_them(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=3)
    shop.publish("points", "points", step_minor=10_000)
    shop.enrol(name="Sara")
    for _ in range(2):
        shop.sell(None, COFFEE)
    before = shop.audit().figures
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="A", have=99, guest=True)
    assert (view.member_name, view.off_minor, view.not_now) == ("Sara", 60_000, None)
    own = trial(shop, "stamp_card", {"needed": 3}, COFFEE, key="card", member="A")
    assert own.had == ProgressView(have=2, step=3) and own.rewards == 1
    assert shop.audit().figures == before
    shop.sell(None, COFFEE)
    full = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="A")
    assert full.discount_minor == shop.quote(None, COFFEE).discount_minor, "a reward they hold counts"
    shop.publish("off", "percent_off", rate_bp=1_000)
    sold = shop.quote(None, COFFEE)
    assert (full.discount_minor, full.due_minor) == (sold.discount_minor, sold.due_minor)


def test_a_real_member_meets_every_condition_of_the_draft(shop: Shop) -> None:
    shop.enrol(name="Sara")
    hours = {"schedule": {"hours": ["07:00-10:00"]}}
    view = trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="A", when=hours)
    assert view.off_minor == 0 and "07:00" in view.trace[0].sentence.en
    shop.clock.at("2026-11-21T08:00")
    assert trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="A", when=hours).off_minor == 60_000
    with shop.refuses("unknown_member"):
        trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="nobody")


def test_a_draft_asks_for_a_real_member_s_past_and_segments(shop: Shop) -> None:
    shop.publish("hand", "segment")
    shop.enrol()

    def off(**audience: Any) -> int:
        when = {"audience": audience}
        return trial(shop, "percent_off", {"rate_bp": 1_000}, COFFEE, member="A", when=when).off_minor

    assert off(segments=["hand"]) == off(visits_min=2) == 0
    shop.service.do(c.AddToSegment(segment="hand", members=("A",)))
    shop.sell(100)
    assert off(segments=["hand"]) == off(visits_min=2) == 60_000


def test_a_real_member_stands_where_a_draft_of_levels_would_put_them(shop: Shop) -> None:
    shop.enrol()
    shop.sell(900_000)
    levels = [
        {"key": "a", "name": "A", "from": 0},
        {"key": "b", "name": "B", "from": 900_000, "discount_bp": 500},
    ]
    assert trial(shop, "tiers", {"levels": levels}, COFFEE, member="A").off_minor == 30_000
    assert trial(shop, "stamp_card", {"needed": 5}, COFFEE, member="A").had == ProgressView(have=0, step=5)
