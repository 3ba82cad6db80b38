"""What the documentation says about the commands is what the program takes."""

import json
from pathlib import Path
from typing import Any

from loyalty_pos.cli.commands_doc import markdown
from loyalty_pos.cli.vocabulary import COMMANDS, QUERIES
from loyalty_pos.domain.programmes import kinds
from tests.cli.conftest import CommandLine

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run python -m loyalty_pos.cli.commands_doc"


def ask(command_line: CommandLine) -> dict[str, Any]:
    (answer,) = command_line.do({"ask": "commands"})
    schema: dict[str, Any] = answer["result"]
    return schema


def test_the_schema_names_every_command_without_a_shop(command_line: CommandLine) -> None:
    schema = ask(command_line)
    assert {line["title"] for line in schema["oneOf"]} == {*COMMANDS, *QUERIES, "commands"}
    assert command_line.status == 0


def test_the_schema_says_the_bounds_that_are_enforced(command_line: CommandLine) -> None:
    schema = ask(command_line)
    sale = next(line for line in schema["oneOf"] if line["title"] == "record_sale")
    assert sale["properties"]["do"] == {"const": "record_sale"}
    assert sale["required"] == ["do", "sale_id"]
    assert sale["additionalProperties"] is False
    amount = sale["properties"]["amount_minor"]["anyOf"][0]
    assert (amount["minimum"], amount["maximum"]) == (0, 10**12)
    line = schema["$defs"]["SaleLine"]["properties"]
    assert (line["quantity"]["minimum"], line["quantity"]["maximum"]) == (1, 9999)


def test_the_schema_knows_the_parameters_of_every_kind(command_line: CommandLine) -> None:
    schema = ask(command_line)
    publish = next(line for line in schema["oneOf"] if line["title"] == "publish_programme")
    described = {one["properties"]["kind"]["const"]: one["properties"]["params"] for one in publish["oneOf"]}
    assert set(described) == set(kinds())
    for kind, reference in described.items():
        name = reference["$ref"].rpartition("/")[2]
        assert set(schema["$defs"][name]["properties"]) == set(kinds()[kind].params.model_fields)


def test_every_reference_of_the_schema_leads_somewhere(command_line: CommandLine) -> None:
    schema = ask(command_line)
    text = json.dumps(schema)
    for part in text.split('"$ref": "#/$defs/')[1:]:
        assert part.partition('"')[0] in schema["$defs"]
