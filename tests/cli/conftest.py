import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.language import Languages
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import Streams, run
from loyalty_pos.domain.errors import Fault
from tests.cli.fake_shop import Shops
from tests.languages import language

LANGUAGES: Languages = {"fa": language("fa"), "en": language("en")}


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class CommandLine:
    """Types commands and reads what comes back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shop = folder / "shop.db"
        self.shops = Shops()
        self.status = -1
        self.mute = False
        self.errors = ""

    def languages(self) -> Languages:
        if self.mute:
            raise Fault("catalogue_missing", path="fa.mo")
        return LANGUAGES

    def run(self, *words: str, typed: bytes = b"", terminal: bool = False) -> bytes:
        answers, errors = BytesIO(), _Terminal() if terminal else StringIO()
        streams = Streams(BytesIO(typed), answers, errors)
        self.status = run(parse_arguments(words), self.shops.open, self.languages, streams)
        self.errors = errors.getvalue()
        return answers.getvalue()

    def do(self, *lines: str | bytes | dict[str, Any], clock: str = "system") -> list[dict[str, Any]]:
        typed = b"".join(_line(line) + b"\n" for line in lines)
        answers = self.run("do", "--shop", str(self.shop), "--clock", clock, typed=typed)
        return [json.loads(answer) for answer in answers.splitlines()]

    def open_shop(self, **fields: Any) -> None:
        fields = {
            "name": "Shop",
            "currency": "UAH",
            "calendar": "gregorian",
            "time_zone": "Europe/Kyiv",
        } | fields
        (answer,) = self.do({"do": "create_shop", "language": "en", **fields})
        assert answer["ok"], answer

    @property
    def service(self) -> Any:
        return self.shops.by_path[self.shop]


def _line(line: str | bytes | dict[str, Any]) -> bytes:
    if isinstance(line, dict):
        return json.dumps(line).encode()
    return line.encode() if isinstance(line, str) else line


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)
