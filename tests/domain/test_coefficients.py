"""Coefficients multiply exactly, and only where their conditions hold (rules 2, golden 16)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.coefficients import weights_sentence
from loyalty_pos.domain.conditions import Moment, Seen
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.programmes.points import Points
from loyalty_pos.domain.text import strip_isolates
from tests.domain.pieces import after, basket, line, member, priced, revision
from tests.languages import language

SATURDAY = {"schedule": {"weekdays": ["sat"]}}
FRIDAY = {"schedule": {"weekdays": ["fri"]}}


@pytest.mark.parametrize(
    ("kind", "params", "yielded"),
    [
        ("points", {"step_minor": 10}, 30),
        ("spend_credit", {"rate_bp": 1_000}, 30),
        ("stamp_card", {"needed": 3}, 1),
    ],
)
def test_every_earn_kind_multiplies(kind: str, params: dict[str, Any], yielded: int) -> None:
    rule = revision(kind, coefficients=[{"milli": 3_000, "when": SATURDAY}], **params)
    sale = priced(basket(line(100)), [rule])
    assert [one.yielded for one in sale.contributions] == [yielded]
    assert [told.facts["milli"] for told in sale.trace] == ["3000"]


def test_all_that_hold_multiply_and_the_others_do_not() -> None:
    weights = [{"milli": 1_500}, {"milli": 2_000, "when": SATURDAY}, {"milli": 9_000, "when": FRIDAY}]
    sale = priced(basket(line(100)), [revision("points", step_minor=10, coefficients=weights)])
    assert [one.yielded for one in sale.contributions] == [30]
    assert [told.facts["milli"] for told in sale.trace] == ["1500×2000"]


@pytest.mark.parametrize(
    ("when", "seen", "milli"),
    [
        ({"audience": {"segments": ["vip"]}}, Seen(segments=frozenset({"vip"})), "2000"),
        ({"audience": {"segments": ["vip"]}}, Seen(segments=frozenset({"old"})), None),
        ({"audience": {"gap_days_max": 7}}, Seen(gap_days=7), "2000"),
        ({"audience": {"gap_days_max": 7}}, Seen(gap_days=8), None),
        ({"audience": {"visits_min": 5}}, Seen(visit=5), "2000"),
        ({"audience": {"birthday": "month"}}, Seen(birthday="month"), "2000"),
        ({"schedule": {"occasions": ["yalda"]}}, Seen(), None),
    ],
)
def test_a_coefficient_may_ask_for_the_past_of_the_member(
    when: dict[str, Any], seen: Seen, milli: str | None
) -> None:
    rule = revision("points", step_minor=10, coefficients=[{"milli": 2_000, "when": when}])
    sale = priced(basket(line(100)), [rule], member(seen=seen))
    assert [told.facts.get("milli") for told in sale.trace] == [milli]


def test_yalda_multiplies_on_its_day_alone() -> None:
    rule = revision(
        "points",
        step_minor=10,
        coefficients=[{"milli": 3_000, "when": {"schedule": {"occasions": ["yalda"]}}}],
    )
    days = {"2026-12-20": 10, "2026-12-21": 30, "2026-12-22": 10}
    for day, points in days.items():
        sale = priced(basket(line(100)), [rule], at=Moment(0, day, "mon", 720))
        assert sale.contributions[0].yielded == points, day


@given(amounts=st.lists(st.integers(0, 500), max_size=8), milli=st.integers(1, 5_000))
def test_the_split_into_sales_never_matters(amounts: list[int], milli: int) -> None:
    rule = revision("points", step_minor=10, coefficients=[{"milli": milli}])
    parts = member()
    for amount in amounts:
        parts = after(priced(basket(line(amount)), [rule], parts))
    whole = after(priced(basket(line(sum(amounts))), [rule]))
    points = [sum(lot.left for lot in one.holdings.lots) for one in (parts, whole)]
    assert points[0] == points[1] == sum(amounts) * milli // 10_000


@pytest.mark.parametrize(
    ("kind", "params", "weight", "field"),
    [
        ("stamp_card", {"needed": 5, "mode": "every_nth"}, {"milli": 2_000}, "params.coefficients"),
        ("points", {"step_minor": 1}, {"milli": 0}, "params.coefficients.0.milli"),
        ("points", {"step_minor": 1}, {"milli": 1.5}, "params.coefficients.0.milli"),
        (
            "points",
            {"step_minor": 1},
            {"milli": 2_000, "when": {"schedule": {"from": "x"}}},
            "params.coefficients.0.when.schedule.from",
        ),
        (
            "points",
            {"step_minor": 1},
            {"milli": 2_000, "when": {"basket": {"all_of": [{"units": 2}]}}},
            "params.coefficients.0.when.basket.all_of.0.groups",
        ),
        (
            "points",
            {"step_minor": 1},
            {"milli": 2_000, "when": {"expiry": {"months": 1}}},
            "params.coefficients.0.when.expiry",
        ),
        (
            "points",
            {"step_minor": 1},
            {"milli": 2_000, "when": {"audience": {"non_members": True}}},
            "params.coefficients.0.when.audience.non_members",
        ),
    ],
)
def test_a_coefficient_that_cannot_be_kept_is_refused_at_its_field(
    kind: str, params: dict[str, Any], weight: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision(kind, coefficients=[weight], **params)
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize(
    ("milli", "en", "fa"), [(2_000, "×2", "×۲"), (1_500, "×1.5", "×۱٫۵"), (1_005, "×1.005", "×۱٫۰۰۵")]
)
def test_a_multiplier_is_written_without_useless_zeros(milli: int, en: str, fa: str) -> None:
    assert en in language("en").times(milli)
    assert fa in language("fa").times(milli)


def test_a_coefficient_is_said_with_its_condition_or_as_always() -> None:
    read = kind_named("points").read(
        {"step_minor": 10, "coefficients": [{"milli": 1_500}, {"milli": 2_000, "when": SATURDAY}]}
    )
    assert isinstance(read, Points)
    said = strip_isolates(weights_sentence(read.coefficients, language("en")))
    assert said == "×1.5 always. ×2 if: Only on Saturday."


def test_within_a_group_a_rate_competes_with_its_coefficients() -> None:
    group = {"stacking": {"group": "back"}}
    often = revision("points", 1, key="often", when=group, step_minor=10, coefficients=[{"milli": 3_000}])
    plain = revision("points", 2, key="plain", when=group, step_minor=5)
    sale = priced(basket(line(100)), [plain, often])
    assert [(one.programme, one.yielded) for one in sale.contributions] == [("often", 30)]
