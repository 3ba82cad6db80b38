"""A lazy dataclass is a dataclass in every way; only its methods come later."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from loyalty_pos.domain import lazy


@lazy.dataclass(frozen=True, slots=True)
class Slotted:
    name: str
    size: int = 3
    marks: list[int] = field(default_factory=list, compare=False)


@lazy.dataclass(frozen=True, slots=True, kw_only=True)
class Above(Slotted):
    color: str = "red"


@lazy.dataclass
class Plain:
    name: str
    said: str = field(init=False)

    def __post_init__(self) -> None:
        self.said = self.name.upper()


@lazy.dataclass(frozen=True, eq=False)
class Own:
    name: str

    def __init__(self) -> None:
        object.__setattr__(self, "name", "own")


def unused() -> Any:
    @lazy.dataclass(frozen=True, slots=True)
    class Unused:
        name: str
        size: int = 3

    return Unused


def test_it_is_made_compared_shown_and_hashed_as_the_standard_one() -> None:
    @dataclass(frozen=True, slots=True)
    class Standard:
        name: str
        size: int = 3

    made = unused()("a")
    assert repr(made).rpartition(".")[2] == repr(Standard("a")).rpartition(".")[2].replace(
        "Standard", "Unused"
    )
    assert made == type(made)("a", 3) != type(made)("a", 4)
    assert hash(made) == hash(Standard("a"))
    assert type(made).__slots__ == ("name", "size")
    with pytest.raises(TypeError):
        type(made)()


@pytest.mark.parametrize("ask", [repr, hash, lambda made: made == replace(made), lambda made: made != made])
def test_what_compares_it_comes_when_it_is_asked_for(ask: Callable[[Any], object]) -> None:
    @dataclass(frozen=True, slots=True)
    class Unused:
        name: str
        size: int = 3

    made = unused()("a")
    said, expected = ask(made), ask(Unused("a"))
    if isinstance(said, str) and isinstance(expected, str):
        said, expected = said.rpartition(".")[2], expected.rpartition(".")[2]
    assert said == expected
    assert made != unused()("a") and made.__eq__(3) is NotImplemented


def test_its_fields_are_told_before_the_first_one_is_made() -> None:
    assert is_dataclass(unused())
    assert [each.name for each in fields(unused())] == ["name", "size"]
    match unused()("a", 1):
        case object(name=name, size=size):
            assert (name, size) == ("a", 1)
    assert unused().__match_args__ == ("name", "size")


def test_nothing_of_a_frozen_one_can_be_set() -> None:
    for made in (Slotted("a"), Above(name="a")):
        with pytest.raises(FrozenInstanceError):
            made.name = "b"  # type: ignore[misc]


def test_one_can_stand_on_another() -> None:
    assert asdict(Above(name="a", size=1)) == {"name": "a", "size": 1, "marks": [], "color": "red"}
    assert replace(Above(name="a"), color="blue").color == "blue"
    assert not hasattr(Above(name="a"), "__dict__")


def test_it_can_be_copied_and_carried() -> None:
    made = Slotted("a", 1, [2])
    for other in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert other == made and other.marks == [2]


def test_its_own_methods_stay() -> None:
    assert Plain("a").said == "A"
    assert Own().name == "own"
    assert Own() != Own()
    assert [each.name for each in fields(Own)] == ["name"]
