"""A programme's revisions: who published each, when, and what it changed in the words of the form."""

from typing import Any

from loyalty_pos.app import commands as c
from loyalty_pos.app.queries_studio import ProgrammeHistory
from loyalty_pos.app.studio_views import ProgrammeHistoryView
from tests.shop import Shop


def history(shop: Shop, key: str = "p") -> ProgrammeHistoryView:
    view: ProgrammeHistoryView = shop.service.ask(ProgrammeHistory(key=key))
    return view


def newest(shop: Shop, key: str = "p") -> dict[str, tuple[str, str]]:
    """What the newest revision changed, by the English label: before and after."""
    changes = history(shop, key).revisions[0].changes
    for one in changes:
        assert one.label.fa and one.before.fa and one.after.fa
    clean = {ord(mark): None for mark in "\u2066\u2067\u2068\u2069"}
    return {one.label.en: (one.before.en.translate(clean), one.after.en.translate(clean)) for one in changes}


def test_revisions_come_newest_first_with_who_when_and_the_sentence_of_then(shop: Shop) -> None:
    shop.publish("p", "stamp_card", needed=4)
    first_ms = shop.clock.now_ms()
    shop.clock.on(hours=1)
    shop.publish("p", "stamp_card", needed=6)
    shop.retire("p")
    shop.service.do(c.ResumeProgramme(key="p"))
    new, old = history(shop).revisions
    assert (old.number, old.at_ms, old.changes) == (1, first_ms, ())
    assert (new.number, new.at_ms - first_ms) == (2, 3_600_000)
    assert (new.actor, new.till) == ("counter", "1")
    assert "4" in old.sentence.en and "6" in new.sentence.en
    assert newest(shop) == {"Stamps needed": ("4 stamps", "6 stamps")}


def test_a_key_nobody_knows_has_no_history(shop: Shop) -> None:
    with shop.refuses("unknown_programme", programme="nobody"):
        history(shop, "nobody")


def test_what_is_left_out_means_its_default_and_is_no_change(shop: Shop) -> None:
    shop.publish("p", "stamp_card", needed=4)
    shop.publish("p", "stamp_card", needed=4, mode="after_n_paid", when={"schedule": {"weekdays": []}})
    assert newest(shop) == {}


def test_every_type_of_field_is_said_as_its_form_shows_it(shop: Shop) -> None:
    first: dict[str, Any] = {"rate_bp": 500}
    shop.publish("p", "percent_off", **first)
    when = {
        "audience": {"non_members": True},
        "schedule": {"from": "2026-03-21", "hours": ["07:00-10:00"], "weekdays": ["sat", "thu"]},
        "basket": {"min_minor": 50_000, "groups_in": ["tea"], "all_of": ["cake"]},
    }
    shop.publish("p", "percent_off", when=when, rate_bp=1_000)
    found = newest(shop)
    assert found["Percent off"] == ("5%", "10%")
    assert found["For whom: Also without membership"] == ("no", "yes")
    assert found["When: First day"] == ("nothing", "1 Farvardin 1405")
    assert found["When: Hours"] == ("nothing", "07:00-10:00")
    assert found["When: Only on"] == ("nothing", "Saturday, Thursday")
    assert found["On which bill: From a bill of"][1] == "5,000 T"
    assert "cake" in found["On which bill: With all of these on the bill"][1]


def test_rows_multipliers_and_names_are_said_too(shop: Shop) -> None:
    shop.publish("p", "points", step_minor=10_000)
    double = [{"milli": 2_000, "when": {"schedule": {"weekdays": ["thu"]}}}]
    shop.service.do(
        c.PublishProgramme(
            key="p", kind="points", name="Scores", params={"step_minor": 10_000, "coefficients": double}
        )
    )
    found = newest(shop)
    assert found["Name on the receipt"] == ("p", "Scores")
    said = next(after for label, (_, after) in found.items() if label != "Name on the receipt")
    assert "×2" in said and "Thursday" in said
    shop.publish("club", "tiers", levels=[{"key": "a", "name": "A", "from": 0}])
    shop.publish("club", "tiers", levels=[{"key": "a", "name": "A", "from": 0, "coefficient_milli": 1_500}])
    (both,) = newest(shop, "club").values()
    assert "×1.5" in both[1] and "×1.5" not in both[0]
    shop.publish("numbers", "percent_off", rate_bp=500)
    shop.publish("numbers", "percent_off", when={"basket": {"min_quantity": 6}}, rate_bp=500)
    assert any(after.startswith("6") for _, after in newest(shop, "numbers").values())


def test_an_amount_that_counts_something_else_is_no_money(shop: Shop) -> None:
    levels = [{"key": "a", "from": 0}, {"key": "b", "from": 5}]
    shop.publish("club", "tiers", metric="visit_days", levels=levels[:1])
    shop.publish("club", "tiers", metric="visit_days", levels=levels)
    ((_, after),) = newest(shop, "club").values()
    assert "From 5," in after + "," and "From 0.5" not in after and " T" not in after
    prize = {"name": "A", "chances": 1, "worth_minor": 0}
    shop.publish("luck", "draw", out_of=9, prizes=[prize])
    shop.publish(
        "luck", "draw", out_of=9, prizes=[{**prize, "amount": 50}, {**prize, "gives": "credit", "amount": 50}]
    )
    ((_, after),) = newest(shop, "luck").values()
    assert "How much 50," in after and "How much 5 T" in after
