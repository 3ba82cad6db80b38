"""What a form asks is read off the parameter model, lists of models included."""

from loyalty_pos.app.forms import by_path, fields_of
from loyalty_pos.domain.programmes import kinds
from tests import ladder


def test_a_list_of_models_is_rows_of_one_small_form() -> None:
    levels, coefficients, usual = ladder.fields()
    assert (levels.type, levels.path, levels.row.en, levels.needed) == ("rows", "levels", "Level", True)
    assert (levels.low, levels.high, levels.default) == (2, 4, None)
    assert [field.path for field in levels.fields] == ["name", "from_minor", "color", "gift"]
    assert [field.path for field in levels.fields[3].fields] == ["gift.wanted", "gift.points"]
    assert (coefficients.type, coefficients.default) == ("rows", [])
    when = dict(by_path(coefficients.fields, "one"))
    assert when["one.when"].type == "group" and when["one.when.schedule.from"].type == "day"
    assert usual.default == [{"name": "All"}]


def test_a_problem_in_a_row_keeps_the_row_s_number_and_speaks_its_field_s_unit() -> None:
    found = ladder.problems(
        {
            "levels": [{"name": "A"}, {"name": "", "from_minor": -1, "gift": {"points": 501}}],
            "coefficients": [{"rate_bp": 0, "milli": 0, "when": {"basket": {"groups_in": ["tea", ""]}}}],
        }
    )
    assert {path: each.message.en for path, each in found.items()} == {
        "levels.1.name": "Fill this in.",
        "levels.1.from_minor": "From 0 T to 1,000,000 T.",
        "levels.1.gift.points": "From 0 to 500.",
        "coefficients.0.rate_bp": "From 0.01% to 1,000%.",
        "coefficients.0.milli": "From \u2066×0.001\u2069 to \u2066×100\u2069.",
        "coefficients.0.when.basket.groups_in": "This cannot be used.",
    }


def test_a_row_that_is_no_row_is_wrong_as_a_whole() -> None:
    found = ladder.problems({"levels": [{"name": "A"}, 7]})
    assert {path: each.problem for path, each in found.items()} == {"levels.1": "not_an_object"}


def test_too_few_and_too_many_rows_are_said_at_the_list() -> None:
    few = ladder.problems({"levels": [{"name": "A"}]})
    many = ladder.problems({"levels": [{"name": name} for name in "ABCDE"]})
    assert few["levels"].message.en == "At least 2 are needed."
    assert few["levels"].message.fa == "دست‌کم ۲ تا لازم است."
    assert many["levels"].message.en == "At most 4 are possible."


def test_only_a_factor_is_written_with_decimals_and_a_count_as_it_counts() -> None:
    asked = {
        path: field.type
        for kind in kinds().values()
        for path, field in by_path(fields_of(kind.params, ladder.LANGUAGES), kind.name)
    }
    factors = {path for path, type in asked.items() if type == "times"}
    assert factors == {path for path in asked if path.endswith("milli")}
    assert asked["challenge.times"] == asked["draw.out_of"] == asked["draw.prizes.*.chances"] == "number"
