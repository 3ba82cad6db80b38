"""SQL that peewee builds once: on a till's hot paths building a query costs ten times running it."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from peewee import SQL


def slot() -> Any:
    """Stand for a value that comes at run time."""
    return SQL("?")


def compiled(query: Any) -> str:
    """Return the text of a peewee query; every value in it must be a `slot()`."""
    text, values = query.sql()
    assert not values, f"not a slot: {values}"
    return str(text)


def inserting(model: Any) -> str:
    """Return the insert of a whole row of `model`, values in the order of its fields."""
    fields = model._meta.sorted_fields
    return compiled(model.insert({field: slot() for field in fields}))


Execute = Callable[[str, Sequence[Any]], Any]
ExecuteMany = Callable[[str, Sequence[Sequence[Any]]], None]

_AT_ONCE = 32


def insert_rows(execute: Execute, into: str, rows: Sequence[Sequence[Any]], then: str = "") -> None:
    """Insert rows with a statement for many at once: running one for each row costs half as much again.

    `into` names table and columns, `then` what follows the values.
    """
    for at in range(0, len(rows), _AT_ONCE):
        some = rows[at : at + _AT_ONCE]
        execute(into + with_slots(len(some[0]), len(some)) + then, tuple(chain(*some)))


@cache
def with_slots(columns: int, rows: int) -> str:
    """Return ` VALUES (?, ?), …` for so many rows."""
    row = f"({', '.join('?' * columns)})"
    return f" VALUES {', '.join([row] * rows)}"
