"""What can be typed after `loyalty-pos`. Light to load: the window's start reads it too."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from loyalty_pos import __version__

ROLES = {
    "sales": "when, amount, clock, card, phone, item, receipt, quantity, sale, voided",
    "members": "phone, card, name, family, birthday, gender, city, tags, interests, consent, kind, points,"
    " credit, stamps",
    "products": "sku, name, price, group, barcode, cost, tax, earns, sale_from, early_for",
}
"""What a column of each kind of file can be."""

_IMPORTS = {
    "sales": "past sales; importing again posts only new rows",
    "members": "members; whoever is one already is skipped, whoever seems to be twice is shown",
    "products": "products; those that differ are changed",
}
_EXPORTS = {
    "sales": "every sale, one row each",
    "members": "every member",
    "products": "every product",
}


def parse_arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; without a command the window is meant (`command` is None)."""
    parser = argparse.ArgumentParser(
        prog="loyalty-pos", description="The loyalty companion that stands beside a shop's till."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    window = parser.add_argument_group("without a command: the window")
    window.add_argument("--shop", dest="window_shop", type=Path, metavar="FILE", help="the shop's file")
    window.add_argument(
        "--training", action="store_true", help="practise in a shop of its own where nothing is real"
    )
    window.add_argument(
        "--self-check",
        action="store_true",
        help="use every part once, away from any shop, and say how it went",
    )
    window.add_argument("--headless-demo", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    _add_do(commands)
    _add_import(commands)
    _add_export(commands)
    _add_restore(commands)
    _add_report(commands)
    return parser.parse_args(argv)


def _add_do(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    do = commands.add_parser(
        "do",
        help="answer commands that come as JSON lines",
        description="Read commands as JSON lines from standard input and answer each on standard output.",
    )
    do.add_argument("--shop", type=Path, required=True, metavar="FILE", help="the shop's file")
    do.add_argument(
        "--clock",
        choices=("given", "system"),
        default="system",
        help="given: the time is what the lines say in `at`",
    )


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    imports = commands.add_parser("import", help="bring in what other programs wrote")
    kinds = imports.add_subparsers(dest="what", required=True, metavar="WHAT")
    for what, told in _IMPORTS.items():
        one = kinds.add_parser(what, help=told)
        one.add_argument(
            "file", type=Path, metavar="FILE", help="CSV in any usual encoding and delimiter, or .xlsx"
        )
        one.add_argument("--shop", type=Path, required=True, metavar="SHOP", help="the shop's file")
        one.add_argument(
            "--columns",
            metavar="ROLE=COLUMN,…",
            help=f"which column is what ({ROLES[what]}); guessed from the heading when left out",
        )
        one.set_defaults(dates="auto", minor=False)
        if what != "products":
            one.add_argument(
                "--dates",
                choices=("auto", "mdy", "dmy"),
                default="auto",
                help="whether the month or the day comes first; found out from the column when left out",
            )
        if what != "members":
            one.add_argument(
                "--minor", action="store_true", help="amounts are in the currency's smallest unit"
            )
        if what == "sales":
            one.add_argument(
                "--enrol", action="store_true", help="enrol the owner of every unknown card or phone"
            )
        one.add_argument(
            "--dry-run", action="store_true", help="say what would happen, show the first rows, post nothing"
        )
        one.add_argument(
            "--json", action="store_true", help="answer with one JSON object and no progress bar"
        )


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    exports = commands.add_parser("export", help="write lists for a spreadsheet")
    kinds = exports.add_subparsers(dest="what", required=True, metavar="WHAT")
    for what, told in _EXPORTS.items():
        one = kinds.add_parser(what, help=told)
        one.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file; replaced if there")
        one.add_argument("--shop", type=Path, required=True, metavar="SHOP", help="the shop's file")
        one.add_argument("--json", action="store_true", help="answer with one JSON object")


def _add_restore(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    restore = commands.add_parser(
        "restore",
        help="bring a shop back from a backup and the sales journal",
        description="Bring a shop back from a backup and, to its last sale, from the sales journal.",
    )
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="a backup of the shop")
    restore.add_argument("--shop", type=Path, required=True, metavar="FILE", help="where the shop comes back")
    journal = restore.add_mutually_exclusive_group()
    journal.add_argument(
        "--journal", type=Path, metavar="FOLDER", help="where the journal is now; else where the shop kept it"
    )
    journal.add_argument(
        "--without-journal", action="store_true", help="go back to the backup alone, as the shop was then"
    )
    restore.add_argument(
        "--without-key", action="store_true", help="take a backup although its key file is lost"
    )
    restore.add_argument("--json", action="store_true", help="answer with one JSON object")


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    reports = commands.add_parser("report", help="write a report for the manager")
    kinds = reports.add_subparsers(dest="what", required=True, metavar="WHAT")
    tiers = kinds.add_parser("tiers", help="a month by levels: members, sales, rewards, who moved")
    tiers.add_argument(
        "--month", required=True, metavar="MONTH", help="1404-08 is a Jalali month, 2025-03 a Gregorian one"
    )
    statement = kinds.add_parser("statement", help="a member's account: what moved and why, what ends when")
    statement.add_argument("--member", required=True, metavar="MEMBER", help="their card, phone or id")
    shifts = kinds.add_parser("shifts", help="what every cashier did: sales, refunds, corrections")
    for each, usual in ((statement, "the month two months ago"), (shifts, "today")):
        each.add_argument("--from", dest="from_", metavar="DAY", help=f"the first day; else {usual}")
        each.add_argument("--to", metavar="DAY", help="the last day; else today")
    for each in (tiers, statement, shifts):
        each.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="a .pdf, .xlsx or .csv file"
        )
        each.add_argument("--shop", type=Path, metavar="SHOP", help="the shop's file; else the window's own")
        each.add_argument("--language", choices=("fa", "en"), help="the shop's language when left out")
        each.add_argument("--json", action="store_true", help="answer with one JSON object")
