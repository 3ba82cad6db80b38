"""Write docs/commands.md from the vocabulary: `python -m loyalty_pos.cli.commands_doc > docs/commands.md`."""

import inspect
import json
import sys
from collections.abc import Iterator
from typing import Any

from loyalty_pos.cli.schema import vocabulary_schema
from loyalty_pos.cli.vocabulary import Json
from loyalty_pos.domain.programmes import kinds

_OPENING = """# The commands as JSON lines

This page is generated from the program; change the records in `src/loyalty_pos/app` and run
`python -m loyalty_pos.cli.commands_doc > docs/commands.md`.

    loyalty-pos do --shop FILE [--clock given] < commands.jsonl > answers.jsonl

- A line holds `"do": name` or `"ask": name` and the fields below; optionally `"id"`, any value, which the
  answer carries back, and with `--clock given` `"at"`, a time in ISO 8601 with its offset that never goes
  back. Without `at` the time before stands.
- Every line gets one answer, in order, before the next line is read: `{"id": …, "ok": true, "result": {…}}`
  or `{"id": …, "ok": false, "code": "…", "message": "…", "facts": {…}}`. A refusal never stops the rest.
- Exit status: 0 all well · 1 something was refused · 2 the shop could not be opened.
- Money is a whole number of the currency's smallest unit (`…_minor`), rates are basis points (`…_bp`), days
  ISO dates. A field that is unknown, missing, of the wrong type or out of range is refused with
  `invalid_request`; `facts.field` names it by its path (`lines.0.quantity`).
- `member` is any text that identifies one: card, phone in any spelling, member id.
- `{"ask": "commands"}` answers this vocabulary as JSON Schema.
"""


def markdown() -> str:
    """Describe every command, query and programme kind."""
    schema = vocabulary_schema()
    parts = [_OPENING]
    for mode, title in (("do", "Commands"), ("ask", "Queries")):
        parts.append(f"## {title}\n")
        lines = (line for line in schema["oneOf"] if mode in line["properties"])
        parts.extend(_section(line["title"], line) for line in lines)
    parts.append("## Records inside\n")
    models = {kind.params.__name__ for kind in kinds().values()}
    for name, described in sorted(schema["$defs"].items()):
        if name not in models:
            parts.append(_section(name, described))
    parts.append("## Programme kinds\n\nThe `params` of `publish_programme`, by `kind`.\n")
    for name, kind in sorted(kinds().items()):
        described = {**schema["$defs"][kind.params.__name__], "description": _module_line(kind)}
        parts.append(_section(name, described))
    return "\n".join(parts)


def _module_line(kind: Any) -> str:
    module = inspect.getmodule(kind.rule)
    return (module.__doc__ or "").strip() if module else ""


def _section(name: str, described: Json) -> str:
    text = " ".join(described.get("description", "").split())
    needed = described.get("required", ())
    fields = [
        _row(field, value, field in needed)
        for field, value in described.get("properties", {}).items()
        if field not in ("do", "ask", "id", "at")
    ]
    table = ["| field | type | default |", "|---|---|---|", *fields, ""] if fields else []
    return "\n".join([f"### {name}\n", *([f"{text}\n"] if text else []), *table])


def _row(name: str, value: Json, needed: bool) -> str:
    default = "needed" if needed else f"`{json.dumps(value.get('default'), ensure_ascii=False)}`"
    if not needed and "default" not in value:
        default = "empty"
    return f"| `{name}` | {_type(value)} | {default} |"


def _type(value: Json) -> str:
    if "$ref" in value:
        return f"[{value['$ref'].rpartition('/')[2]}](#{value['$ref'].rpartition('/')[2].lower()})"
    if "anyOf" in value:
        return " or ".join(_type(one) for one in value["anyOf"] if one.get("type") != "null")
    if "const" in value or "enum" in value:
        return " or ".join(f"`{json.dumps(one)}`" for one in value.get("enum", [value.get("const")]))
    if value.get("type") == "array":
        return "list of " + _type(value.get("items", {}))
    if value.get("type") == "object" and isinstance(value.get("additionalProperties"), dict):
        return "object of " + _type(value["additionalProperties"])
    return str(value.get("type", "any")) + _limits(value)


def _limits(value: Json) -> str:
    return "".join(_limit(value))


def _limit(value: Json) -> Iterator[str]:
    if "minimum" in value or "maximum" in value:
        yield f" {value.get('minimum', '')} … {value.get('maximum', '')}"
    if "maxLength" in value:
        yield f", at most {value['maxLength']} characters"


if __name__ == "__main__":
    sys.stdout.buffer.write(markdown().encode())
