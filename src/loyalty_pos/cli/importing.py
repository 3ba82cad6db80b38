"""`loyalty-pos import WHAT FILE`: from the words typed to what is told at the end."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, Literal, TextIO
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.queries import Products, Shop
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli.cells import Money
from loyalty_pos.cli.columns import parse_columns
from loyalty_pos.cli.door import OpenShop
from loyalty_pos.cli.import_members import MembersImport
from loyalty_pos.cli.import_products import ProductsImport
from loyalty_pos.cli.import_sales import SalesImport
from loyalty_pos.cli.members_file import MEMBER_COLUMNS, MembersFile
from loyalty_pos.cli.products_file import PRODUCT_COLUMNS, ProductsFile
from loyalty_pos.cli.reading import Imported, Reading
from loyalty_pos.cli.sales_file import SALE_COLUMNS, read_sales
from loyalty_pos.cli.tables import open_table
from loyalty_pos.cli.telling import as_json, told
from loyalty_pos.domain.errors import Fault

COLUMNS = {"sales": SALE_COLUMNS, "members": MEMBER_COLUMNS, "products": PRODUCT_COLUMNS}

Bars = Callable[[int], AbstractContextManager[Any]]
"""Makes something with an `update` that hears of each batch; given how many rows there are at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to bring in, and what its owner said about the file."""

    what: str
    file: Path
    dry_run: bool
    enrol: bool = False
    columns: str | None = None
    dates: Literal["auto", "mdy", "dmy"] = "auto"
    minor: bool = False


def import_file(
    arguments: argparse.Namespace,
    open_shop: OpenShop,
    languages: Languages,
    answers: BinaryIO,
    errors: TextIO,
) -> bool:
    """Import a file, tell how it went, and say whether any row was refused."""
    given = vars(arguments)
    wanted = Wanted(**{each.name: given[each.name] for each in fields(Wanted) if each.name in given})
    with shop_at(arguments.shop, open_shop) as service:
        shop = service.ask(Shop())
        language = languages[shop.language].with_shop(shop)
        quiet = arguments.json or not errors.isatty()
        done = take_in(wanted, service, languages, _Bars(quiet, errors))
    what = arguments.what
    text = (
        json.dumps(as_json(what, done, language), ensure_ascii=False)
        if arguments.json
        else told(what, done, language)
    )
    answers.write((text + "\n").encode())
    answers.flush()
    return bool(done.refused)


@contextmanager
def shop_at(path: Path, open_shop: OpenShop) -> Iterator[Any]:
    """Open a shop that exists already; raises Fault `no_shop_file`."""
    if not path.exists():
        raise Fault("no_shop_file", path=str(path))
    service = open_shop(path, None)
    try:
        yield service
    finally:
        service.close()


def take_in(wanted: Wanted, service: Any, languages: Languages, bars: Bars) -> Imported:
    """Read a file and take its rows in; `bars` is told how many there are at most, then of each batch."""
    shop = service.ask(Shop())
    reading = _reading(wanted, shop, languages[shop.language].with_shop(shop), languages)
    return {"sales": _sales, "members": _members, "products": _products}[wanted.what](
        wanted, service, reading, bars
    )


def _reading(wanted: Wanted, shop: ShopView, language: Language, languages: Languages) -> Reading:
    roles = tuple(COLUMNS[wanted.what].usual)
    return Reading(
        money=Money(shop.currency, 1 if wanted.minor else language.minor_per_unit),
        zone=ZoneInfo(shop.time_zone),
        now_ms=time.time_ns() // 1_000_000,
        columns=parse_columns(wanted.columns, roles) if wanted.columns else None,
        languages=tuple(languages.values()),
        dates=wanted.dates,
    )


class _Bars:
    """Progress bars for people at a terminal."""

    def __init__(self, quiet: bool, errors: TextIO) -> None:
        self._quiet = quiet
        self._errors = errors

    def __call__(self, total: int) -> Any:
        from tqdm import tqdm  # loaded for imports only

        tqdm.monitor_interval = 0  # its watching thread would outlive the bar
        return tqdm(total=total, disable=self._quiet, file=self._errors, unit="")


def _sales(wanted: Wanted, service: Any, reading: Reading, bars: Bars) -> Imported:
    found = read_sales(wanted.file, reading)
    products = service.ask(Products()).products
    run = SalesImport(service, products, reading.zone, enrol=wanted.enrol, dry_run=wanted.dry_run)
    with bars(len(found.sales)) as bar:
        return run.run(found, bar.update)


def _members(wanted: Wanted, service: Any, reading: Reading, bars: Bars) -> Imported:
    with open_table(wanted.file) as table:
        rows = MembersFile(table, reading).rows()
        with bars(table.at_most - 1) as bar:
            return MembersImport(service, dry_run=wanted.dry_run).run(rows, bar.update)


def _products(wanted: Wanted, service: Any, reading: Reading, bars: Bars) -> Imported:
    with open_table(wanted.file) as table:
        rows = ProductsFile(table, reading).rows()
        with bars(table.at_most - 1) as bar:
            return ProductsImport(service, dry_run=wanted.dry_run).run(rows, bar.update)
