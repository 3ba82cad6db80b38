"""What can be typed after `loyalty-pos`. Light to load: the window's start reads it too."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from loyalty_pos import __version__

Role = Literal["when", "amount", "clock", "card", "phone", "item", "receipt", "quantity"]
"""What a column of a sales file can be."""

ROLES: tuple[Role, ...] = get_args(Role)


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
        "--self-check",
        action="store_true",
        help="use every part once, away from any shop, and say how it went",
    )
    window.add_argument("--headless-demo", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    _add_do(commands)
    _add_import(commands)
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
    what = imports.add_subparsers(dest="what", required=True, metavar="WHAT")
    sales = what.add_parser("sales", help="past sales from a CSV file; importing again posts only new rows")
    sales.add_argument(
        "file", type=Path, metavar="FILE", help="a CSV file, in any usual encoding and delimiter"
    )
    sales.add_argument("--shop", type=Path, required=True, metavar="SHOP", help="the shop's file")
    sales.add_argument(
        "--columns",
        metavar="ROLE=COLUMN,…",
        help=f"which column is what ({', '.join(ROLES)}); guessed from the heading when left out",
    )
    sales.add_argument(
        "--dates",
        choices=("auto", "mdy", "dmy"),
        default="auto",
        help="whether the month or the day comes first; found out from the whole column when left out",
    )
    sales.add_argument("--minor", action="store_true", help="amounts are in the currency's smallest unit")
    sales.add_argument("--enrol", action="store_true", help="enrol the owner of every unknown card or phone")
    sales.add_argument("--dry-run", action="store_true", help="say what would happen and post nothing")
    sales.add_argument("--json", action="store_true", help="answer with one JSON object and no progress bar")
