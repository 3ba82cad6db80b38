"""The vocabulary as one JSON Schema, for the programs that write its lines."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic.json_schema import models_json_schema

from loyalty_pos.cli import vocabulary
from loyalty_pos.cli.vocabulary import Json
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.params import Params, model_of
from loyalty_pos.domain.programmes import kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCommands:
    """This vocabulary as JSON Schema."""


vocabulary.forbid_unknown(AskCommands)

_ENVELOPE: Mapping[str, Json] = {
    "id": {"description": "Any value; the answer carries it back."},
    "at": {
        "type": "string",
        "format": "date-time",
        "description": "With `--clock given` only: ISO 8601 with offset, never before the line above.",
    },
}


def vocabulary_schema() -> dict[str, Json]:
    """Describe every line that is understood, commands first.

    `x-not-available` names what is still to come.
    """
    defs: dict[str, Json] = {}
    lines = [
        _line(mode, name, record, defs)
        for mode, records in (("do", vocabulary.COMMANDS), ("ask", queries()))
        for name, record in records.items()
    ]
    parameters = _parameter_models(defs)
    publish = next(line for line in lines if line["title"] == "publish_programme")
    publish["oneOf"] = [
        {"properties": {"kind": {"const": kind}, "params": model}} for kind, model in parameters.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "loyalty-pos do",
        "oneOf": lines,
        "$defs": defs,
    }


def queries() -> dict[str, type[Any]]:
    """Give every query by name, with the one the door answers itself."""
    return {**vocabulary.QUERIES, "commands": AskCommands}


def _line(mode: str, name: str, record: type[Any], defs: dict[str, Json]) -> dict[str, Json]:
    schema = vocabulary.adapter(record).json_schema()
    for inner, described in schema.pop("$defs", {}).items():
        defs[inner] = _bounded(described)
    properties = _bounded(schema, record).get("properties", {})
    return {
        "title": name,
        "description": schema.get("description", ""),
        "type": "object",
        "properties": {mode: {"const": name}, **_ENVELOPE, **properties},
        "required": [mode, *schema.get("required", [])],
        "additionalProperties": False,
    }


def _parameter_models(defs: dict[str, Json]) -> dict[str, Json]:
    models = {name: model_of(cast(type[Params], kind.params)) for name, kind in sorted(kinds().items())}
    places, described = models_json_schema(
        [(model, "validation") for model in models.values()], ref_template="#/$defs/{model}"
    )
    defs.update(described.get("$defs", {}))
    return {name: places[(model, "validation")] for name, model in models.items()}


def _bounded(schema: dict[str, Json], record: type[Any] | None = None) -> dict[str, Json]:
    """Add to an object's fields the bounds their names imply, and drop titles that repeat the names."""
    schema.pop("title", None)
    for name, described in schema.get("properties", {}).items():
        described.pop("title", None)
        for value in (described, *described.get("anyOf", ()), described.get("additionalProperties")):
            if isinstance(value, dict):
                _bound(name, value, record)
    return schema


def _bound(name: str, value: dict[str, Json], record: type[Any] | None) -> None:
    limits = vocabulary.bounds(name, record)
    if value.get("type") == "integer" and limits:
        value["minimum"], value["maximum"] = limits
    elif value.get("type") == "string" and "const" not in value and "enum" not in value:
        value["maxLength"] = vocabulary.longest(name)
    elif value.get("type") == "array":
        value["maxItems"] = vocabulary.MAX_ITEMS
