"""Parameters are checked where they come in and plain everywhere else."""

import subprocess
import sys

import pytest

from loyalty_pos.domain.params import LevelName, Params, model_of, param, read, read_all, stored


class Part(Params):
    """A part."""

    name: LevelName = param(..., label="Name")
    from_: int = param(0, label="From", alias="from", ge=0)


class Whole(Params):
    parts: list[Part] = param([Part(name="usual")], label="Parts")
    more: tuple[Part, ...] = param((), label="More")
    one: Part = param(Part(name="one"), label="One")
    other: Part | None = None


class Longer(Whole):
    note: str = ""


GIVEN = {
    "parts": [{"name": " a  b", "from": 3}],
    "more": [{"name": "c"}],
    "other": {"name": "d"},
    "note": "n",
}


def test_what_was_checked_once_reads_the_same_from_the_store() -> None:
    assert stored(Longer, GIVEN) == read(Longer, GIVEN, "params")
    assert stored(Longer, GIVEN).parts == [Part(name="a b", from_=3)]
    assert stored(Longer, {"other": None}) == Longer() == read(Longer, {}, "params")


def test_one_object_never_shares_its_lists_with_another() -> None:
    Whole().parts.append(Part(name="x"))
    assert Whole().parts == [Part(name="usual")]


def test_the_class_and_every_parameter_make_the_difference() -> None:
    assert Part(name="a") != Part(name="b")
    assert Part(name="a") != "a"
    assert Whole() != Longer()
    assert repr(Part(name="a")) == "Part(name='a', from_=0)"


def test_they_are_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        Part(name="a").name = "b"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"name": ""}, "not_valid"),
        ({"name": "a", "from": -1}, "out_of_range"),
        ({"name": "a", "from": "1"}, "not_a_whole_number"),
        ({"name": "a", "from_": 1}, "unknown"),
        ({"name": object()}, "not_valid"),
    ],
)
def test_what_comes_in_is_checked(data: dict[str, object], problem: str) -> None:
    found = read_all(Part, data, "params")
    assert isinstance(found, list)
    assert found[0].facts["problem"] == problem


def test_the_form_and_the_schema_are_the_models() -> None:
    assert set(Longer.model_fields) == {"parts", "more", "one", "other", "note"}
    assert Longer.model_json_schema() == model_of(Longer).model_json_schema()
    assert model_of(Part).__doc__ == "A part."


def test_reading_programmes_of_the_store_does_not_load_pydantic() -> None:
    probe = (
        "import sys; from loyalty_pos.domain.params import stored;"
        "from loyalty_pos.domain.programmes import kind_named; from loyalty_pos.domain.when import When;"
        "stored(kind_named('points').params, {'step_minor': 10}); stored(When, {});"
        "sys.exit('pydantic' in sys.modules or 'pydantic_core' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
