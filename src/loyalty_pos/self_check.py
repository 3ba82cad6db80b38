"""Prove that this program is whole: every part that a build or a move can lose is used once.

Works on a shop of its own in a temporary folder and touches nobody else's.
"""

import io
import json
import os
import secrets
import sys
import time
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any
from unicodedata import category

from loyalty_pos import __version__, bootstrap
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.domain.errors import Fault, Rejection

PHONE = "09123456789"
PHONES = {"IR": PHONE, "UA": "050 123 4567", "DE": "01512 3456789", "US": "(201) 555-0123"}
AMOUNT_MINOR = 1_280_000
ROWS = "date,amount,card\n2026-01-05 10:00,45000,90017\n"
ZONES = ("Asia/Tehran", "Europe/Kyiv", "America/New_York")


class IncompleteError(Exception):
    """A part is missing, or does not do what it is there for."""


def check() -> int:
    """Use every part, one line of result each; returns the exit status, 1 at the first part that fails."""
    began = time.monotonic()
    if _has_no_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    bootstrap.refuse_broken_qt()
    with TemporaryDirectory(prefix="loyalty-pos-", ignore_cleanup_errors=True) as folder:
        parts = Parts(Path(folder))
        for name, use in parts.all():
            try:
                told = use()
            except (Fault, Rejection) as no:
                return _failed(name, f"{no.code} {dict(no.facts)}")
            except (IncompleteError, ImportError, LookupError, OSError, RuntimeError, ValueError) as error:
                return _failed(name, f"{type(error).__name__}: {error}")
            print(f"{name}: {told}", flush=True)
    print(f"whole, in {time.monotonic() - began:.1f} s")
    return 0


def _failed(name: str, why: str) -> int:
    print(f"{name}: FAILED: {why}", file=sys.stderr)
    return 1


def _has_no_screen() -> bool:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


class Parts:
    """The parts of the program, each with a use that fails when it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shop_file = folder / "self-check.shop"
        self._sale_id = secrets.token_hex(8)
        self._member = self._card = ""

    def all(self) -> list[tuple[str, Callable[[], str]]]:
        """List the parts in the order they build on each other."""
        return [
            ("program", self.program),
            ("engine", self.engine),
            ("kinds", self.kinds),
            ("languages", self.languages),
            ("zones", self.zones),
            ("phones", self.phones),
            ("shop", self.shop),
            ("door", self.door),
            ("import", self.imports),
            ("window", self.window),
            ("paper", self.paper),
        ]

    def program(self) -> str:
        """Say who is speaking."""
        built = "built" if getattr(sys, "frozen", False) else "from source"
        return f"Loyalty POS {__version__}, {built}, Python {sys.version.split()[0]}"

    def engine(self) -> str:
        """Price something, and say what works it out: machine code made of the engine, or Python itself."""
        from loyalty_pos.domain.money import split

        if split(100, [1, 1, 1]) != [34, 33, 33]:
            raise IncompleteError("the engine splits wrongly")
        return "plain Python" if isinstance(split, FunctionType) else "compiled"

    def kinds(self) -> str:
        """Find the programme kinds and draw each one's form."""
        from loyalty_pos.domain.programmes import kinds

        for kind in kinds().values():
            if not kind.params.model_json_schema()["properties"]:
                raise IncompleteError(f"{kind.name} has no parameters")
        return ", ".join(kinds())

    def languages(self) -> str:
        """Say one text in every language."""
        spoken = bootstrap.languages()
        if len({language.t("To pay") for language in spoken.values()}) < len(spoken):
            raise IncompleteError("two languages say the same")
        return ", ".join(spoken)

    def zones(self) -> str:
        """Read the shipped time zones, whatever the machine has."""
        places = zoneinfo.TZPATH
        zoneinfo.reset_tzpath(())
        try:
            return ", ".join(zoneinfo.ZoneInfo.no_cache(name).key for name in ZONES)
        finally:
            zoneinfo.reset_tzpath(places)

    def phones(self) -> str:
        """Read numbers of several countries; each country's rules are a file of its own."""
        from loyalty_pos.app.phones import normalise_phone, region_of

        for region, typed in PHONES.items():
            if normalise_phone(typed, region) is None:
                raise IncompleteError(f"{typed} is a number in {region}, and was not read")
        if region_of("EUR", "Europe/Berlin") != "DE":
            raise IncompleteError("the table of countries and their time zones does not know Berlin")
        return ", ".join(PHONES)

    def shop(self) -> str:
        """Open an empty shop, furnish it like the demo café, record a sale and prove the books."""
        from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme, RecordSale
        from loyalty_pos.app.demo import load_cafe
        from loyalty_pos.app.queries import Audit
        from loyalty_pos.store.opening import head_version

        cafe = load_cafe()
        service = bootstrap.open_shop(self._shop_file, actor="self-check")
        try:
            service.do(CreateShop(**cafe["shop"]))
            for programme in cafe["programmes"]:
                service.do(PublishProgramme(**programme))
            member = service.do(EnrolMember(phone=PHONE))
            self._member = member.member
            self._card = member.cards[0] if member.cards else PHONE
            sale = service.do(
                RecordSale(sale_id=self._sale_id, member=member.member, amount_minor=AMOUNT_MINOR)
            )
            if not service.ask(Audit()).ok:
                raise IncompleteError("the books of a single sale do not add up")
        finally:
            service.close()
        return f"opened empty at schema {head_version()}, sale {sale.number} recorded, books proved"

    def door(self) -> str:
        """Ask the shop as a script does, for its vocabulary and for the sale."""
        asked = [{"ask": "commands"}, {"ask": "sale", "sale_id": self._sale_id}]
        vocabulary, sale = self._told("do", lines=asked)
        if sale["result"]["number"] != 1:
            raise IncompleteError(f"the sale came back as {sale}")
        return f"{len(json.dumps(vocabulary))} letters of vocabulary, sale {sale['result']['number']} told"

    def imports(self) -> str:
        """Bring in a till's file of one sale."""
        path = self._folder / "sales.csv"
        path.write_text(ROWS, encoding="utf-8")
        done = self._told("import", "sales", str(path), "--enrol", "--json")[0]
        if (done["imported"], done["refused"]) != (1, []):
            raise IncompleteError(f"a row was refused: {done}")
        return "1 sale brought in from a CSV file"

    def _told(self, *words: str, lines: Sequence[Mapping[str, str]] = ()) -> list[Any]:
        """Give words and lines to the command line; return what it answers."""
        from loyalty_pos.cli.arguments import parse_arguments
        from loyalty_pos.cli.main import Streams, run

        asked = io.BytesIO("".join(json.dumps(line) + "\n" for line in lines).encode())
        answers, errors = io.BytesIO(), io.StringIO()
        arguments = parse_arguments([*words, "--shop", str(self._shop_file)])
        run(arguments, bootstrap.open_shop, bootstrap.languages, Streams(asked, answers, errors))
        if errors.getvalue():
            raise IncompleteError(errors.getvalue().strip())
        return [json.loads(line) for line in answers.getvalue().splitlines()]

    def window(self) -> str:
        """Show the counter, find the member, price an amount; needs every part of Qt we use."""
        from loyalty_pos.ui.parts import missing_parts, platform
        from loyalty_pos.ui.picture import take_picture

        picture = self._folder / "counter.png"
        shown = take_picture(
            lambda: bootstrap.open_shop(self._shop_file),
            bootstrap.languages(),
            bootstrap.MemorySettings(),
            self._card,
            "469.",
            picture,
        )
        if not shown:
            raise IncompleteError("the counter did not answer")
        if missing := missing_parts():
            raise IncompleteError("missing: " + ", ".join(missing))
        return f"the counter priced an amount ({platform()})"

    def paper(self) -> str:
        """Print a receipt in every language and find its words again, as a search in a PDF does."""
        from loyalty_pos.devices.pdf_text import read_text

        papers = self._receipts()
        for code, pdf in papers.items():
            language = bootstrap.languages()[code]
            text = "".join(char for char in read_text(pdf) if category(char) != "Cf")
            for words in (language.t("To pay"), language.t("Members' club receipt")):
                if words.replace("\u200c", "") not in text:
                    raise IncompleteError(f"the receipt in {code} lacks {words!a}: {text!a}")
        sink = bootstrap.paper_sink(self._folder)
        sizes = ", ".join(f"{code} {len(pdf) // 1024} KB" for code, pdf in papers.items())
        return f"receipts in {sizes}, searchable; paper goes to {type(sink).__name__}"

    def _receipts(self) -> dict[LanguageCode, bytes]:
        from loyalty_pos.app.queries import Member, Sale, Shop
        from loyalty_pos.app.receipts import receipt_paper
        from loyalty_pos.printing.papers import render

        service = bootstrap.open_shop(self._shop_file, actor="self-check")
        try:
            sale, shop = service.ask(Sale(sale_id=self._sale_id)), service.ask(Shop())
            member = service.ask(Member(member=self._member))
        finally:
            service.close()
        return {
            code: render(receipt_paper(sale, shop, member, language.with_shop(shop)))
            for code, language in bootstrap.languages().items()
        }
