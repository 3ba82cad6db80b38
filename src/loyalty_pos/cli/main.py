"""The command line: what can be typed after `loyalty-pos`, and the exit status each word answers with.

0 all well · 1 something was refused · 2 the shop or file could not be opened.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, BinaryIO, TextIO
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Products, Shop
from loyalty_pos.cli.cells import Money
from loyalty_pos.cli.door import Door, GivenClock, Languages, OpenShop
from loyalty_pos.cli.import_sales import Imported, SalesImport
from loyalty_pos.cli.sales_file import Reading, RefusedRow, parse_columns, read_sales
from loyalty_pos.cli.sentences import say
from loyalty_pos.domain.errors import Fault, Rejection

OK, REFUSED, UNOPENED = 0, 1, 2
_SHOWN_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command reads and writes; commands and answers are bytes, so that they are always UTF-8."""

    commands: BinaryIO
    answers: BinaryIO
    errors: TextIO


def standard_streams() -> Streams:
    """Give the process's own streams."""
    return Streams(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)


def run(
    arguments: argparse.Namespace,
    open_shop: OpenShop,
    load_languages: Callable[[], Languages],
    streams: Streams | None = None,
) -> int:
    """Run a command and give the exit status."""
    at = streams or standard_streams()
    try:
        command = _do if arguments.command == "do" else _import_sales
        return command(arguments, open_shop, load_languages(), at)
    except (Fault, Rejection) as no:
        at.errors.write(say(no, Language("en", NullTranslations())) + "\n")
        return UNOPENED
    except BrokenPipeError:  # whoever read the answers has gone
        return REFUSED


def _do(arguments: argparse.Namespace, open_shop: OpenShop, languages: Languages, at: Streams) -> int:
    if not arguments.shop.absolute().parent.is_dir():
        raise Fault("no_folder", path=str(arguments.shop.absolute().parent))
    clock = GivenClock() if arguments.clock == "given" else None
    door = Door(arguments.shop, open_shop, languages, clock)
    try:
        door.serve(at.commands, at.answers)
    finally:
        door.close()
    if door.unopened:
        raise door.unopened
    return REFUSED if door.refused else OK


def _import_sales(
    arguments: argparse.Namespace, open_shop: OpenShop, languages: Languages, at: Streams
) -> int:
    if not arguments.shop.exists():
        raise Fault("no_shop_file", path=str(arguments.shop))
    service = open_shop(arguments.shop, None)
    try:
        shop = service.ask(Shop())
        language = languages[shop.language].with_shop(shop)
        columns = parse_columns(arguments.columns) if arguments.columns else None
        reading = Reading(
            money=Money(shop.currency, 1 if arguments.minor else language.minor_per_unit),
            zone=ZoneInfo(shop.time_zone),
            now_ms=time.time_ns() // 1_000_000,
            columns=columns,
            languages=tuple(languages.values()),
            dates=arguments.dates,
        )
        found = read_sales(arguments.file, reading)
        products = service.ask(Products()).products
        run_import = SalesImport(service, products, enrol=arguments.enrol, dry_run=arguments.dry_run)
        quiet = arguments.json or not at.errors.isatty()
        with _progress_bar(len(found.sales), quiet, at.errors) as bar:
            done = run_import.run(found, bar.update)
    finally:
        service.close()
    text = (
        json.dumps(_as_json(done, language), ensure_ascii=False) if arguments.json else _told(done, language)
    )
    at.answers.write((text + "\n").encode())
    at.answers.flush()
    return REFUSED if done.refused else OK


def _progress_bar(total: int, quiet: bool, errors: TextIO) -> Any:
    from tqdm import tqdm  # loaded for imports only

    tqdm.monitor_interval = 0  # its watching thread would outlive the bar
    return tqdm(total=total, disable=quiet, file=errors, unit="")


def _as_json(done: Imported, language: Language) -> dict[str, Any]:
    return {
        "imported": done.imported,
        "skipped": done.skipped,
        "refused": [_refused_as_json(row, language) for row in done.refused],
        "members_new": done.members_new,
        "dry_run": done.dry_run,
    }


def _refused_as_json(row: RefusedRow, language: Language) -> dict[str, Any]:
    return {
        "line": row.line,
        "reason": str(row.refusal.facts.get("problem", row.refusal.code)),
        "message": say(row.refusal, language),
        "facts": {
            name: list(fact) if isinstance(fact, tuple) else fact for name, fact in row.refusal.facts.items()
        },
    }


def _told(done: Imported, language: Language) -> str:
    told = [
        language.n("{count} sale imported.", "{count} sales imported.", done.imported),
        language.n(
            "{count} was there already and was skipped.",
            "{count} were there already and were skipped.",
            done.skipped,
        ),
        language.n("{count} new member.", "{count} new members.", done.members_new),
        language.n("{count} row refused.", "{count} rows refused.", len(done.refused)),
    ]
    if done.dry_run:
        told.insert(0, language.t("A trial run: nothing was posted."))
    for row in done.refused[:_SHOWN_REFUSALS]:
        told.append(
            language.t(
                "Line {line}: {reason}", line=language.number(row.line), reason=say(row.refusal, language)
            )
        )
    if len(done.refused) > _SHOWN_REFUSALS:
        told.append(language.t("… and more; --json lists them all."))
    return "\n".join(told)
