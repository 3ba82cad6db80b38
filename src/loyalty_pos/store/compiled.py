"""SQL that peewee builds once: on a till's hot paths building a query costs ten times running it."""

from collections.abc import Callable, Sequence
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
