"""A record of the compiled engine is to its readers what the named tuple is that it stands for."""

import copy
import pickle
from collections.abc import Callable
from operator import eq
from typing import Any, NamedTuple

import pytest

from tests.native.records import written_out
from tests.native.rows import Row, made

SOURCE = '''"""Two records."""

from typing import NamedTuple


class Pair(NamedTuple):
    """Two values."""

    left: int
    right: str = "r"
    """The second."""

    def turned(self) -> tuple[str, int]:
        return self.right, self.left
'''


class Pair(NamedTuple):
    left: int
    right: str = "r"

    def turned(self) -> tuple[str, int]:
        return self.right, self.left


def as_compiled() -> Any:
    text = written_out(SOURCE).replace("loyalty_pos.domain.tuples", "tests.native.rows")
    found: dict[str, Any] = {"__name__": __name__, "_attr": lambda **_: lambda kind: kind}
    exec(compile(text, "records", "exec"), found)
    return found["Pair"]


RowPair: Any = as_compiled()
RowPair.__qualname__ = "RowPair"  # where pickle finds it


@pytest.mark.parametrize(
    "seen",
    [
        tuple,
        len,
        hash,
        repr,
        lambda one: one[1],
        lambda one: one[-2:],
        lambda one: one._fields,
        lambda one: one._asdict(),
        lambda one: one._replace(right="x"),
        lambda one: one.turned(),
        lambda one: (one == (1, "r"), eq((1, "r"), one), one == (2, "r"), one == "r", one != (1, "r")),
        lambda one: one in {(1, "r")},
        lambda one: sorted([one._replace(left=3), one, one._replace(left=2)]),
        lambda one: one < one._replace(left=2),
        lambda one: copy.deepcopy(one),
    ],
)
def test_a_record_reads_as_its_named_tuple_does(seen: Callable[[Any], Any]) -> None:
    assert seen(RowPair(1)) == seen(Pair(1))


def test_a_record_is_taken_apart_and_travels() -> None:
    left, right = RowPair(1, "x")
    assert (left, right) == (1, "x")
    assert pickle.loads(pickle.dumps(RowPair(1, "x"))) == RowPair(1, "x")
    assert copy.copy(RowPair(7)).left == 7


def test_records_and_named_tuples_are_made_alike_of_all_their_values() -> None:
    assert made(RowPair, (1, "x")) == RowPair(1, "x")
    assert isinstance(made(RowPair, (1, "x")), Row)
    assert made(Pair, (1, "x")) == Pair(1, "x")
