"""Import and export on a real shop, as somebody at a command line would."""

import csv
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.cli.conftest import CommandLine
from tests.cli.real_shop import open_real

IRAN = {"currency": "IRR", "display_unit": "toman", "calendar": "jalali", "time_zone": "Asia/Tehran"}
Rows = list[list[Any]]


class Exchanging:
    """A command line before a real shop."""

    def __init__(self, line: CommandLine, name: str = "shop.db", **shop: str) -> None:
        self.line = line
        line.shops.open = open_real  # type: ignore[method-assign,assignment]
        self.shop = line.folder / name
        self.do({"do": "create_shop", "name": "Kava", "language": "en", **IRAN, **shop})

    def do(self, *lines: dict[str, Any]) -> list[Any]:
        self.line.shop = self.shop
        answers = self.line.do(*lines)
        assert all(answer["ok"] for answer in answers), answers
        return [answer["result"] for answer in answers]

    def write(self, rows: Rows | bytes, name: str = "in.csv") -> Path:
        path = self.line.folder / name
        if isinstance(rows, bytes):
            path.write_bytes(rows)
        elif name.endswith(".xlsx"):
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        return path

    def bring(self, what: str, file: Path, *words: str) -> dict[str, Any]:
        """Import a file and read the answer as JSON."""
        answer = self.line.run("import", what, str(file), "--shop", str(self.shop), "--json", *words)
        found: dict[str, Any] = json.loads(answer) if answer else {}
        return found

    def told(self, what: str, file: Path, *words: str) -> list[str]:
        """Import a file and read the sentences."""
        return (
            self.line.run("import", what, str(file), "--shop", str(self.shop), *words).decode().splitlines()
        )

    def export(self, what: str, name: str) -> Path:
        path = self.line.folder / name
        self.line.run("export", what, str(path), "--shop", str(self.shop))
        assert (self.line.status, self.line.errors) == (0, "")
        return path

    def ask(self, name: str, **fields: Any) -> Any:
        return self.do({"ask": name, **fields})[0]

    def members(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("members_page")["members"]
        return found


def cells(path: Path) -> Rows:
    """Read an export the way a stranger would."""
    if path.suffix == ".xlsx":
        return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def column(path: Path, title: str) -> list[Any]:
    heading, *rows = cells(path)
    at = heading.index(title)
    return [row[at] for row in rows]
