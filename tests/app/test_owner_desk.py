"""What an owner does at the desk: forms, drafts, pausing, and the shop's own settings."""

from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.form_views import DraftView, FieldView, KindsView, ProgrammesView
from loyalty_pos.domain.programmes import kinds
from tests.shop import Shop, raw


def programmes(shop: Shop) -> ProgrammesView:
    view: ProgrammesView = shop.service.ask(q.Programmes())
    return view


def draft(shop: Shop, kind: str = "stamp_card", key: str | None = None, **more: Any) -> DraftView:
    request = {"name": "Drinks", "params": {"needed": 4}, **more}
    view: DraftView = shop.service.ask(q.DraftProgramme(kind=kind, key=key, **request))
    return view


def problems(view: DraftView) -> dict[str, str]:
    return {each.field: each.problem for each in view.problems}


def every(fields: tuple[FieldView, ...]) -> list[FieldView]:
    return [each for field in fields for each in (field, *every(field.fields))]


def test_programmes_live_and_paused_are_listed_by_their_newest_revision(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", needed=4)
    shop.publish("drinks", "stamp_card", needed=6)
    shop.publish("off", "percent_off", rate_bp=500)
    shop.retire("drinks")
    drinks, off = programmes(shop).programmes
    assert (drinks.key, drinks.revision, drinks.live, drinks.params) == ("drinks", 2, False, {"needed": 6})
    assert (off.key, off.live, off.kind_label.en) == ("off", True, "Percent off")
    assert "6" in drinks.sentence.en and "۶" in drinks.sentence.fa


def test_a_paused_programme_resumes_with_its_newest_revision(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", needed=4)
    shop.retire("drinks")
    shop.enrol()
    assert shop.quote(100_000).trace == ()
    view = shop.service.do(c.ResumeProgramme(key="drinks"))
    assert (view.revision, programmes(shop).programmes[0].live) == (1, True)
    assert [line.programme for line in shop.quote(100_000).trace] == ["drinks"]
    shop.proved()


def test_resuming_what_runs_already_posts_nothing(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", needed=4)
    before = shop.audit().figures
    shop.service.do(c.ResumeProgramme(key="drinks"))
    assert shop.audit().figures == before


def test_the_books_notice_a_programme_switched_behind_their_back(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", needed=4)
    shop.publish("drinks", "stamp_card", needed=6)
    shop.retire("drinks")
    shop.service.do(c.ResumeProgramme(key="drinks"))
    shop.proved()
    connection = raw(shop.path)
    connection.execute("UPDATE programme SET live = 1")
    connection.close()
    assert [found.code for found in shop.audit().findings] == ["live_programme_is_not_the_last_published"]


def test_nothing_resumes_under_an_unknown_key_or_into_a_second_price(shop: Shop) -> None:
    with shop.refuses("unknown_programme"):
        shop.service.do(c.ResumeProgramme(key="nobody"))
    shop.publish("one", "points", step_minor=10, point_value_minor=5)
    shop.retire("one")
    shop.publish("two", "points", step_minor=10, point_value_minor=6)
    with shop.refuses("points_have_a_price", programme="two"):
        shop.service.do(c.ResumeProgramme(key="one"))


def test_every_kind_has_a_form_in_both_languages(shop: Shop) -> None:
    view: KindsView = shop.service.ask(q.Kinds())
    assert [kind.kind for kind in view.kinds] == list(kinds())
    fields = [each.label for kind in view.kinds for each in every(kind.fields)]
    for label in (*fields, *(kind.label for kind in view.kinds), *(each.label for each in every(view.when))):
        assert label.en and label.fa and label.en != label.fa
    for field in (each for kind in view.kinds for each in every(kind.fields)):
        assert all(choice.label.en != choice.label.fa for choice in field.choices)


def test_a_field_knows_its_type_bounds_and_default(shop: Shop) -> None:
    view: KindsView = shop.service.ask(q.Kinds())
    stamps = {
        each.path: each for kind in view.kinds if kind.kind == "stamp_card" for each in every(kind.fields)
    }
    assert (stamps["needed"].type, stamps["needed"].low, stamps["needed"].high) == ("number", 2, 1_000)
    assert stamps["needed"].needed and not stamps["mode"].needed
    assert stamps["mode"].default == "after_n_paid" and len(stamps["mode"].choices) == 2
    assert (stamps["groups"].type, stamps["reward"].type) == ("tags", "group")
    assert (stamps["reward.value_cap_minor"].type, stamps["max_per_day"].default) == ("money", None)
    when = {each.path: each for each in every(view.when)}
    assert (when["schedule.from"].type, when["schedule.weekdays"].type) == ("day", "several")
    assert when["audience.non_members"].type == "yes_no" and "expiry.days" in when
    assert (when["limits.per_member"].low, when["limits.budget_minor"].type) == (1, "money")
    assert (when["basket.no_discounted"].type, when["basket.all_of"].type) == ("yes_no", "rows")


def test_a_form_shows_no_field_with_nothing_to_choose(shop: Shop) -> None:
    view: KindsView = shop.service.ask(q.Kinds())
    for kind in view.kinds:
        choices = [each for each in kind.fields if each.type == "choice"]
        assert all(len(each.choices) > 1 for each in choices), kind.kind


def test_a_draft_is_said_as_it_would_be_published(shop: Shop) -> None:
    view = draft(shop, when={"schedule": {"weekdays": ["thu"]}})
    assert view.problems == () and view.key.startswith("stamp_card_")
    published = shop.service.do(
        c.PublishProgramme(
            key=view.key, kind="stamp_card", name="Drinks", params={"needed": 4},
            when={"schedule": {"weekdays": ["thu"]}},
        )
    )  # fmt: skip
    assert published.sentence == view.sentence
    again = draft(shop, key=view.key)
    assert again.key == view.key


def test_a_draft_names_every_wrong_field_at_once(shop: Shop) -> None:
    view = draft(
        shop,
        name="  ",
        params={"needed": 1, "max_per_day": "x", "reward": {"value_cap_minor": 0}},
        when={"schedule": {"from": "2026-13-01", "hours": ["25"]}, "expiry": {"months": 1, "days": 1}},
    )
    assert view.sentence is None
    assert problems(view) == {
        "name": "empty",
        "params.needed": "out_of_range",
        "params.max_per_day": "not_a_whole_number",
        "params.reward.value_cap_minor": "out_of_range",
        "when.schedule.from": "not_a_day",
        "when.schedule.hours": "not_hours",
        "when.expiry": "choose_one",
    }
    messages = {each.field: each.message.en for each in view.problems}
    assert messages["params.needed"] == "From 2 to 1,000."
    assert all(each.message.fa and "{" not in each.message.fa for each in view.problems)


def test_a_draft_names_a_missing_field_and_one_the_form_has_not(shop: Shop) -> None:
    assert problems(draft(shop, params={})) == {"params.needed": "missing"}
    assert problems(draft(shop, params={"needed": 4, "odd": 1})) == {"params.odd": "unknown"}
    assert problems(draft(shop, when={"audience": {"segments": ["vip"]}})) == {
        "when.audience.segments": "unknown_segment"
    }
    assert problems(draft(shop, when={"basket": {"min_minor": -1}, "odd": 1})) == {
        "when.basket.min_minor": "out_of_range",
        "when.odd": "unknown",
    }
    assert problems(draft(shop, params={"needed": 4, "groups": ["tea", ""]})) == {
        "params.groups": "not_valid"
    }


def test_a_day_before_the_first_is_said_under_the_last(shop: Shop) -> None:
    view = draft(shop, when={"schedule": {"from": "2026-03-21", "to": "2026-03-20"}})
    assert problems(view) == {"when.schedule.to": "ends_before_it_starts"}


@pytest.mark.parametrize(
    ("kind", "params", "field", "said"),
    [
        ("percent_off", {"rate_bp": 0}, "params.rate_bp", "From 0.01% to 100%."),
        ("points", {"step_minor": 10, "redeem_min": 9, "redeem_max": 3}, "params.redeem_max",
         "From 9 to 1,000,000,000,000."),
        ("points", {"step_minor": 0}, "params.step_minor", "From 0.1 T to 100,000,000,000 T."),
    ],
)  # fmt: skip
def test_bounds_are_said_in_the_field_s_own_unit(
    shop: Shop, kind: str, params: dict[str, Any], field: str, said: str
) -> None:
    view = draft(shop, kind, params=params)
    assert [(each.field, each.message.en) for each in view.problems] == [(field, said)]


def test_a_draft_of_another_or_unknown_kind_is_wrong_at_the_kind(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", needed=4)
    assert problems(draft(shop, "points", key="drinks", params={"step_minor": 10})) == {
        "kind": "kind_changed"
    }
    assert problems(draft(shop, "odd")) == {"kind": "unknown_kind"}


def test_a_second_price_of_points_is_said_at_its_field_beside_the_sentence(shop: Shop) -> None:
    shop.publish("one", "points", step_minor=10, point_value_minor=5)
    view = draft(shop, "points", params={"step_minor": 10, "point_value_minor": 6})
    assert view.sentence is not None
    assert problems(view) == {"params.point_value_minor": "points_have_a_price"}


def test_the_shop_s_name_calendar_language_and_day_may_change(shop: Shop) -> None:
    view = shop.service.do(
        c.EditShop(name=" New  name ", language="en", calendar="gregorian", day_ends_hour=4)
    )
    assert (view.name, view.language, view.calendar, view.day_ends_hour) == ("New name", "en", "gregorian", 4)
    assert shop.service.ask(q.Shop()) == view
    assert (view.currency, view.display_unit, view.time_zone) == ("IRR", "toman", "Asia/Tehran")
    shop.proved()


def test_an_edit_without_a_change_posts_nothing(shop: Shop) -> None:
    before = shop.audit().figures
    assert shop.service.do(c.EditShop(name="Cafe")).name == "Cafe"
    assert shop.audit().figures == before


def test_a_shop_keeps_a_name_and_an_hour_of_the_clock(shop: Shop) -> None:
    with shop.refuses_field("name", "empty"):
        shop.service.do(c.EditShop(name=" "))
    with shop.refuses_field("day_ends_hour", "out_of_range"):
        shop.service.do(c.EditShop(day_ends_hour=24))


def test_a_draft_is_told_which_condition_its_family_cannot_have(shop: Shop) -> None:
    view = draft(shop, when={"stacking": {"alone": True}})
    assert [problem.field for problem in view.problems] == ["when.stacking.alone"]


def test_a_programme_says_which_membership_it_is_for(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=100, term_months=12)
    made = shop.publish("price", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1_000)
    assert "Only with \u2068vip\u2069." in made.sentence.en and "vip" in made.sentence.fa


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("percent_off", {"rate_bp": 1_000}),
        ("amount_off", {"amount_minor": 5_000, "by_code": True}),
        ("set_price", {"units": 3, "price_minor": 5_000, "groups": ["tea"]}),
        ("next_visit_voucher", {"rate_bp": 1_000, "expires": {"days": 9}}),
    ],
)
def test_what_is_earned_has_a_life_and_an_offer_that_gives_nothing_to_keep_has_none(
    shop: Shop, kind: str, params: dict[str, Any]
) -> None:
    when = {"expiry": {"days": 30}}
    assert problems(draft(shop, kind=kind, params=params, when=when)) == {"when.expiry": "not_here"}
    with shop.refuses_field("when.expiry", "not_here"):
        shop.publish("offer", kind, when, **params)
    assert draft(shop, kind=kind, params=params).problems == ()
