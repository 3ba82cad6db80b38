"""Conditions read back as sentences, in both languages, with nothing left out."""

from typing import Any

import pytest

from loyalty_pos.domain.families import NEVER, Expiry
from loyalty_pos.domain.kinds import read
from loyalty_pos.domain.text import strip_isolates
from loyalty_pos.domain.when import When, condition_of, expiry_of, when_sentence
from tests.languages import language

SAID: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"audience": {"non_members": True}}, "Also for customers who are not members."),
    ({"audience": {"member_kinds": ["individual"]}}, "Only for persons."),
    ({"audience": {"member_kinds": ["company"]}}, "Only for companies."),
    ({"audience": {"member_kinds": ["company", "individual"]}}, ""),
    ({"audience": {"segments": ["vip"]}}, "Only for the segment vip."),
    ({"audience": {"segments": ["vip", "near"]}}, "Only for the segment vip or near."),
    ({"audience": {"birthday": "any"}}, ""),
    ({"audience": {"birthday": "day"}}, "Only on the birthday."),
    ({"audience": {"birthday": "month"}}, "Only in the month of the birthday."),
    ({"audience": {"visits_min": 3}}, "From purchase number 3 on."),
    ({"audience": {"visits_max": 3}}, "Up to purchase number 3."),
    ({"audience": {"away_days_min": 30}}, "Only when the last visit is 30 days ago or longer."),
    ({"audience": {"gap_days_max": 30}}, "Only when the last visit is no more than 30 days ago."),
    ({"audience": {"gap_days_max": 1}}, "Only when the last visit is no more than 1 day ago."),
    ({"audience": {"hold_out_bp": 1000}}, "10% of the members, drawn by lot, go without it for now."),
    ({"schedule": {"occasions": ["yalda"]}}, "Only on Yalda (30 Azar)."),
    (
        {"schedule": {"occasions": ["sizdah_bedar", "nowruz"]}},
        "Only on Nowruz (1 to 13 Farvardin) or Sizdah Bedar (13 Farvardin).",
    ),
    ({"schedule": {"weekdays": ["fri", "thu"]}}, "Only on Thursday and Friday."),
    ({"schedule": {"hours": ["18:00-23:00"]}}, "Only from 18:00 to 23:00."),
    ({"schedule": {"hours": ["08:00-09:00", "22:00-02:00"]}}, "Only from 08:00 to 09:00 and 22:00 to 02:00."),
    ({"schedule": {"from": "2026-03-21"}}, "From 1 Farvardin 1405 on."),
    ({"schedule": {"to": "2026-03-21"}}, "Until 1 Farvardin 1405."),
    ({"basket": {"min_minor": 1000}}, "From a bill of 100 T."),
    ({"basket": {"min_minor": 1000, "count_groups": ["tea"]}}, "From 100 T of tea on one bill."),
    ({"basket": {"min_quantity": 6}}, "From 6 items on one bill."),
    ({"basket": {"min_quantity": 1}}, "From 1 item on one bill."),
    ({"basket": {"groups_in": ["tea", "cake", "jam"]}}, "Only on tea, cake and jam."),
    ({"basket": {"groups_out": ["tea"]}}, "Not on tea."),
    ({"basket": {"groups_in": ["tea"], "skus_in": ["pot"]}}, "Only on tea and pot."),
    ({"basket": {"skus_in": ["cup"]}}, "Only on cup."),
    ({"basket": {"skus_out": ["cup"]}}, "Not on cup."),
    ({"basket": {"no_discounted": True}}, "Not on goods that are reduced already."),
    ({"basket": {"below_minor": 1000}}, "Below a bill of 100 T."),
    (
        {"basket": {"below_minor": 1000, "min_minor": 500, "count_groups": ["tea"]}},
        "From 50 T of tea on one bill. Below 100 T of tea on one bill.",
    ),
    (
        {"basket": {"min_quantity": 2, "count_skus": ["cup"]}},
        "From 2 units of cup on one bill.",
    ),
    ({"basket": {"all_of": [{"groups": ["tea"]}]}}, "Only with 1 unit of tea on the bill."),
    (
        {"basket": {"all_of": [{"units": 2, "groups": ["tea", "jam"]}, {"skus": ["cup"]}]}},
        "Only with 2 units of tea or jam and 1 unit of cup on the bill.",
    ),
    ({"audience": {"tiers": ["gold", "silver"]}}, "Only for the level gold or silver."),
    ({"stacking": {"alone": True}}, "Only alone: no other benefit counts beside it."),
    ({"stacking": {"not_with": ["tea", "jam"]}}, "Not together with tea and jam."),
    ({"stacking": {"group": "sweets"}}, "Of the group sweets the best one counts."),
    ({"expiry": {"months": 3}}, "Valid to the end of the month, 3 months on."),
    ({"expiry": {"days": 1}}, "Valid for 1 day."),
    ({"expiry": {"never": True}}, ""),
]


@pytest.mark.parametrize(("when", "said"), SAID, ids=str)
def test_a_condition_is_said_in_plain_words(when: dict[str, Any], said: str) -> None:
    chosen = read(When, when, "when")
    condition_of(chosen)
    assert strip_isolates(when_sentence(chosen, language("en"))) == said
    persian = when_sentence(chosen, language("fa"))
    assert bool(persian) == bool(said)
    assert "{" not in persian and persian.isascii() == (not said)


def test_no_two_conditions_are_said_alike() -> None:
    for code in ("fa", "en"):
        said = [when_sentence(read(When, when, "when"), language(code)) for when, words in SAID if words]
        assert len(set(said)) == len(said)


def test_a_minimum_of_units_of_chosen_goods_names_the_goods() -> None:
    chosen = read(When, {"basket": {"min_quantity": 6, "count_groups": ["tea"]}}, "when")
    assert "tea" in when_sentence(chosen, language("en"))


@pytest.mark.parametrize(
    ("choice", "expiry"),
    [({}, NEVER), ({"never": True}, NEVER), ({"months": 2}, Expiry(2, 0)), ({"days": 9}, Expiry(0, 9))],
)
def test_an_expiry_is_months_or_days_or_never(choice: dict[str, Any], expiry: Expiry) -> None:
    assert expiry_of(read(When, {"expiry": choice}, "when")) == expiry
