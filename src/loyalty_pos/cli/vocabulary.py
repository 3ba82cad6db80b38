"""The vocabulary as JSON: every command and query record by its name, read strictly and written whole.

Nothing is listed twice: names, fields and types come from the records of `app`, bounds from the names
of the fields, which say their unit.
"""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from loyalty_pos.app.commands import Command, RefundLine, SaleLine, SellGiftCards, Use
from loyalty_pos.app.commands_games import PartnerVoucher
from loyalty_pos.app.paging import ROWS_AT_MOST
from loyalty_pos.app.queries import Query
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.kinds import PROBLEMS
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY

Json = Any
MAX_ITEMS = 500

_PROBLEMS = {
    **PROBLEMS,
    "unexpected_keyword_argument": "unknown",
    "dataclass_type": "not_an_object",
    "json_invalid": "too_deep",  # everything else was already read once
}
_NUMBER_BOUNDS = {
    "quantity": (1, MAX_QUANTITY),
    "times": (1, MAX_QUANTITY),
    "counts": (0, MAX_QUANTITY),
    "free_lines": (1, MAX_ITEMS),
    "points": (0, MAX_AMOUNT),
    "amount": (-MAX_AMOUNT, MAX_AMOUNT),
    "day_ends_hour": (0, 23),
    "line": (1, MAX_ITEMS),
    "after": (0, MAX_AMOUNT),
    "lot": (1, MAX_AMOUNT),
    "before": (1, MAX_AMOUNT),
    "at_ms": (0, 4_102_444_800_000),  # the year 2100
}
_TEXT_LENGTHS = {"name": 80, "text": 200, "code": 200, "sku": 64, "sale_id": 64, "refund_id": 64, "key": 64}
_LONGEST_TEXT = 500
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


COMMANDS: Mapping[str, type[Any]] = MappingProxyType({_snake(c.__name__): c for c in get_args(Command)})
QUERIES: Mapping[str, type[Any]] = MappingProxyType({_snake(q.__name__): q for q in get_args(Query)})


def _outside(name: str) -> str:
    """Give a field's name in JSON; where Python keeps a word to itself, the record writes `from_`."""
    return name.rstrip("_")


def forbid_unknown(record: type[Any]) -> None:
    """Make a record's reader refuse fields it does not know; only pydantic reads this mark."""
    with_config(ConfigDict(extra="forbid", alias_generator=_outside))(record)


for _record in (
    *COMMANDS.values(),
    *QUERIES.values(),
    PartnerVoucher,
    RefundLine,
    SaleLine,
    SellGiftCards,
    Use,
):
    forbid_unknown(_record)


def read(record: type[Any], fields: Mapping[str, Json]) -> Any:
    """Build a record from the fields of a JSON object, taking nothing for something it is not.

    Raises InvalidRequest, which names the field by its dotted path.
    """
    check_values(fields)
    try:
        built = adapter(record).validate_json(json.dumps(fields), strict=True)
    except ValidationError as found:
        raise _refusal(found, fields) from None
    _check_bounds(built, ())
    return built


def adapter(record: type[Any]) -> TypeAdapter[Any]:
    """Give the record's reader; making one costs a thousand times reading with it."""
    if record not in _ADAPTERS:
        _ADAPTERS[record] = TypeAdapter(record)
    return _ADAPTERS[record]


def check_values(value: Json, path: tuple[str, ...] = ()) -> None:
    """Refuse what no field can hold, however deep: broken characters and endless texts and lists."""
    if isinstance(value, str):
        if any(char == "\0" or 0xD800 <= ord(char) <= 0xDFFF for char in value):
            raise InvalidRequest(".".join(path), "broken_text")
        if len(value) > _LONGEST_TEXT:
            raise InvalidRequest(".".join(path), "too_long", high=_LONGEST_TEXT)
    elif isinstance(value, dict | list):
        if len(value) > MAX_ITEMS:
            raise InvalidRequest(".".join(path), "too_many", high=MAX_ITEMS)
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str):
                check_values(key, path)
            check_values(inner, (*path, str(key)))


def bounds(name: str, record: type[Any] | None = None) -> tuple[int, int] | None:
    """Say the least and greatest whole number a field of this name takes (rules 3), here in one record."""
    if name == "limit" and record is not None:
        return 1, ROWS_AT_MOST[record]
    if name.endswith("_minor"):
        return 0, MAX_AMOUNT
    return (0, 10_000) if name.endswith("_bp") else _NUMBER_BOUNDS.get(name)


def longest(name: str) -> int:
    """Say how many characters a text field of this name takes."""
    return _TEXT_LENGTHS.get(name, _LONGEST_TEXT)


def _check_bounds(record: Any, path: tuple[str, ...]) -> None:
    for field in dataclasses.fields(record):
        for inner, at in _leaves(getattr(record, field.name), (*path, field.name)):
            if dataclasses.is_dataclass(inner):
                _check_bounds(inner, at)
            elif type(inner) is int and (limits := bounds(field.name, type(record))):
                _check_number(inner, limits, at)
            elif isinstance(inner, str) and len(inner) > longest(field.name):
                raise InvalidRequest(".".join(at), "too_long", high=longest(field.name))


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[object, tuple[str, ...]]]:
    if isinstance(value, tuple):
        yield from ((inner, (*path, str(at))) for at, inner in enumerate(value))
    elif isinstance(value, dict):
        yield from ((inner, (*path, key)) for key, inner in value.items())
    else:
        yield value, path


def _check_number(number: int, limits: tuple[int, int], path: tuple[str, ...]) -> None:
    low, high = limits
    if not low <= number <= high:
        raise InvalidRequest(".".join(path), "out_of_range", low=low, high=high)


def _refusal(found: ValidationError, fields: Mapping[str, Json]) -> InvalidRequest:
    first = found.errors(include_url=False)[0]
    problem = _PROBLEMS.get(first["type"], "not_valid")
    where = ".".join(_path(first["loc"], fields, keep_last=problem == "missing")) or "line"
    if problem == "not_a_choice":
        return InvalidRequest(where, problem, expected=str(first["ctx"]["expected"]))
    return InvalidRequest(where, problem)


def _path(loc: Sequence[str | int], fields: Json, keep_last: bool) -> list[str]:
    """Keep of pydantic's place only what the sender wrote; the branches of a union are our own business."""
    path: list[str] = []
    inside = fields
    for at, part in enumerate(loc):
        known = isinstance(inside, dict) and part in inside
        if known or (isinstance(inside, list) and isinstance(part, int)):
            inside = inside[part]
        elif not (keep_last and at == len(loc) - 1):
            continue
        path.append(str(part))
    return path


def written(value: object) -> Json:
    """Turn an answer into JSON values under the records' own field names (`yield_` is `yield`)."""
    if dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value))
        return {name.rstrip("_"): written(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): written(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [written(inner) for inner in value]
    return value
