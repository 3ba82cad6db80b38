"""Who belongs to a segment: every end included, all that is asked, or the list."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.segments import SegmentRule, belongs_to
from tests.domain.pieces import revision


@dataclass
class Person:
    """Somebody with an ordinary past; `visits` and spend are those of ever or of the window asked for."""

    kind: str = "individual"
    away_days: int | None = 10
    gap_days: int | None = 5
    points: int = 40
    age: int | None = 30
    gender: str = "woman"
    city: str = "yazd"
    interests: frozenset[str] = frozenset({"tea"})
    tags: frozenset[str] = frozenset({"student"})
    ever: tuple[int, int] = (12, 900)
    lately: tuple[int, int] = (3, 200)
    goods: frozenset[tuple[str, str]] = frozenset({("group", "coffee"), ("sku", "beans")})
    goods_lately: frozenset[tuple[str, str]] = frozenset({("group", "tea")})

    def visits(self, days: int | None) -> int:
        return (self.ever if days is None else self.lately)[0]

    def spend_minor(self, days: int | None) -> int:
        return (self.ever if days is None else self.lately)[1]

    def bought(self, days: int | None) -> frozenset[tuple[str, str]]:
        return self.goods if days is None else self.goods_lately


def rule(**params: Any) -> SegmentRule:
    found = revision("segment", **params).rule
    assert isinstance(found, SegmentRule)
    return found


@pytest.mark.parametrize(
    ("params", "inside"),
    [
        ({"genders": ["man", "woman"]}, True),
        ({"genders": ["man", "unknown"]}, False),
        ({"visits_min": 12}, True),
        ({"visits_min": 13}, False),
        ({"visits_max": 12}, True),
        ({"visits_max": 11}, False),
        ({"visits_min": 3, "window_days": 30}, True),
        ({"visits_min": 4, "window_days": 30}, False),
        ({"spend_min_minor": 900}, True),
        ({"spend_min_minor": 901}, False),
        ({"spend_max_minor": 900}, True),
        ({"spend_max_minor": 200, "window_days": 30}, True),
        ({"spend_max_minor": 199, "window_days": 30}, False),
        ({"bought_groups": ["coffee", "cake"]}, True),
        ({"bought_groups": ["beans"], "bought_skus": ["coffee"]}, False),
        ({"bought_skus": ["beans"]}, True),
        ({"bought_groups": ["coffee"], "bought_days": 30}, False),
        ({"bought_groups": ["tea"], "bought_days": 30}, True),
        ({"bought_groups": ["coffee"], "gap_days_min": 6}, False),
        ({"away_days_min": 10}, True),
        ({"away_days_min": 11}, False),
        ({"away_days_max": 10}, True),
        ({"away_days_max": 9}, False),
        ({"gap_days_min": 5}, True),
        ({"gap_days_min": 6}, False),
        ({"gap_days_max": 5}, True),
        ({"gap_days_max": 4}, False),
        ({"points_min": 40}, True),
        ({"points_min": 41}, False),
        ({"points_max": 40}, True),
        ({"points_max": 39}, False),
        ({"age_min": 30, "age_max": 30}, True),
        ({"age_min": 31}, False),
        ({"age_max": 29}, False),
        ({"member_kinds": ["individual"]}, True),
        ({"member_kinds": ["company"]}, False),
        ({"member_kinds": ["company", "individual"], "visits_min": 1}, True),
        ({"cities": ["Rasht", "YAZD"]}, True),
        ({"cities": ["Rasht"]}, False),
        ({"interests": ["Tea", "Jam"]}, True),
        ({"interests": ["Jam"]}, False),
        ({"tags": ["student"]}, True),
        ({"tags": ["staff"]}, False),
        ({"visits_min": 12, "points_min": 41}, False),
        ({"visits_min": 13, "points_min": 40}, False),
        ({}, False),
        ({"member_kinds": ["company", "individual"]}, False),
    ],
    ids=str,
)
def test_all_that_is_asked_must_hold_and_every_end_is_included(params: dict[str, Any], inside: bool) -> None:
    assert rule(**params).holds(Person()) is inside


@pytest.mark.parametrize(
    "params",
    [{"away_days_min": 1}, {"away_days_max": 99}, {"gap_days_max": 99}, {"age_min": 1}, {"age_max": 99}],
)
def test_what_is_not_known_of_a_member_lies_in_no_span(params: dict[str, Any]) -> None:
    assert not rule(**params).holds(Person(away_days=None, gap_days=None, age=None))


def test_a_member_on_the_list_belongs_whatever_the_condition_says() -> None:
    segments = [("many", 1, rule(visits_min=99)), ("few", 2, rule(visits_max=99)), ("hand", 3, rule())]
    assert belongs_to(segments, frozenset(), Person()) == {"few"}
    assert belongs_to(segments, frozenset({1, 3, 8}), Person()) == {"many", "few", "hand"}


people = st.builds(
    Person,
    away_days=st.none() | st.integers(0, 40),
    gap_days=st.none() | st.integers(1, 40),
    points=st.integers(0, 80),
    age=st.none() | st.integers(0, 90),
    ever=st.tuples(st.integers(0, 20), st.integers(0, 2_000)),
)
asked = st.fixed_dictionaries(
    {},
    optional={
        "visits_min": st.integers(1, 20),
        "spend_max_minor": st.integers(0, 2_000),
        "away_days_min": st.integers(1, 40),
        "gap_days_max": st.integers(1, 40),
        "points_min": st.integers(1, 80),
        "age_max": st.integers(0, 90),
    },
)


@given(person=people, params=st.lists(asked, max_size=4), data=st.data())
def test_asking_twice_or_in_another_order_changes_nothing(
    person: Person, params: list[dict[str, Any]], data: st.DataObject
) -> None:
    segments = [(str(number), number, rule(**one)) for number, one in enumerate(params)]
    found = belongs_to(segments, frozenset(), person)
    assert belongs_to(segments, frozenset(), person) == found
    assert belongs_to(data.draw(st.permutations(segments)), frozenset(), person) == found


@given(person=people, params=asked)
def test_every_condition_more_lets_nobody_else_in(person: Person, params: dict[str, Any]) -> None:
    alone = [rule(**{name: value}).holds(person) for name, value in params.items()]
    assert rule(**params).holds(person) == (bool(params) and all(alone))


@pytest.mark.parametrize(
    ("params", "field", "problem"),
    [
        ({"visits_min": 3, "visits_max": 2}, "params.visits_max", "out_of_range"),
        ({"spend_min_minor": 3, "spend_max_minor": 2}, "params.spend_max_minor", "out_of_range"),
        ({"age_min": 3, "age_max": 2}, "params.age_max", "out_of_range"),
        ({"window_days": 30}, "params.window_days", "not_here"),
        ({"window_days": 30, "points_min": 1}, "params.window_days", "not_here"),
        ({"visits_min": 0}, "params.visits_min", "out_of_range"),
        ({"bought_days": 30}, "params.bought_days", "not_here"),
    ],
)
def test_a_segment_nobody_can_be_in_is_refused_at_its_field(
    params: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision("segment", **params)
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (field, problem)


def test_a_segment_has_no_conditions_of_a_programme() -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision("segment", when={"schedule": {"weekdays": ["sat"]}})
    assert caught.value.facts["field"] == "when"
    assert kind_named("segment").family == "segment"
