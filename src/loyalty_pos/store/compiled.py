"""SQL that peewee builds once: on a till's hot paths building a query costs ten times running it.

Each text is built when it is first run: two hundred of them took as long as half an empty window's start, and
the first member is found with a dozen.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from peewee import SQL, Query


class Statement:
    """A text that is built when it is first asked for."""

    __slots__ = ("_build", "text")

    text: str

    def __init__(self, build: Callable[[], str]) -> None:
        self._build = build

    def __getattr__(self, name: str) -> str:
        """Build the text; only an attribute that is not there yet comes here."""
        if name != "text":
            raise AttributeError(name)
        self.text = self._build()
        return self.text

    def __str__(self) -> str:
        return self.text

    def __add__(self, more: str) -> "Statement":
        return Statement(lambda: self.text + more)

    def replace(self, old: str, new: str, count: int = -1) -> "Statement":
        """Return this text with `old` in other words."""
        return Statement(lambda: self.text.replace(old, new, count))


Sql = str | Statement


def slot() -> Any:
    """Stand for a value that comes at run time."""
    return SQL("?")


def compiled(query: Callable[[], Any] | Query) -> Statement:
    """Return the text of a peewee query, or of what makes one; every value in it must be a `slot()`."""

    def build() -> str:
        text, values = (query if isinstance(query, Query) else query()).sql()
        assert not values, f"not a slot: {values}"
        return str(text)

    return Statement(build)


def inserting(model: Any) -> Statement:
    """Return the insert of a whole row of `model`, values in the order of its fields."""
    return compiled(lambda: model.insert({field: slot() for field in model._meta.sorted_fields}))


Execute = Callable[[Sql, Sequence[Any]], Any]
ExecuteMany = Callable[[Sql, Sequence[Sequence[Any]]], None]

_AT_ONCE = 32


def insert_rows(execute: Execute, into: str, rows: Sequence[Sequence[Any]], then: str = "") -> None:
    """Insert rows with a statement for many at once: running one for each row costs half as much again.

    `into` names table and columns, `then` what follows the values.
    """
    for at in range(0, len(rows), _AT_ONCE):
        some = rows[at : at + _AT_ONCE]
        execute(_rows_inserted(into, len(some[0]), len(some), then), tuple(chain(*some)))


@cache
def _rows_inserted(into: str, columns: int, rows: int, then: str) -> str:
    return into + with_slots(columns, rows) + then


@cache
def with_slots(columns: int, rows: int) -> str:
    """Return ` VALUES (?, ?), …` for so many rows."""
    row = f"({', '.join('?' * columns)})"
    return f" VALUES {', '.join([row] * rows)}"
