"""The command line: what can be typed after `loyalty-pos`, and the exit status each word answers with.

0 all well · 1 something was refused · 2 the shop or file could not be opened.
"""

import argparse
import sys
from collections.abc import Callable
from gettext import NullTranslations
from typing import BinaryIO, TextIO

from loyalty_pos.app.language import Language, Languages
from loyalty_pos.cli.bring_back import bring_back
from loyalty_pos.cli.door import Door, GivenClock, OpenShop
from loyalty_pos.cli.exporting import export
from loyalty_pos.cli.importing import import_file
from loyalty_pos.cli.report_file import report
from loyalty_pos.cli.sentences import say
from loyalty_pos.cli.sheet_file import DrawReport
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass

OK, REFUSED, UNOPENED = 0, 1, 2


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
    *,
    draw: DrawReport | None = None,
) -> int:
    """Run a command and give the exit status."""
    at = streams or standard_streams()
    try:
        languages = load_languages()
        if arguments.command == "do":
            return _do(arguments, open_shop, languages, at)
        if arguments.command == "import":
            refused = import_file(arguments, open_shop, languages, at.answers, at.errors)
            return REFUSED if refused else OK
        if arguments.command == "restore":
            bring_back(arguments, open_shop, languages, at.answers)
            return OK
        if arguments.command == "report" and draw is not None:
            report(arguments, open_shop, languages, draw, at.answers)
            return OK
        export(arguments, open_shop, languages, at.answers)
        return OK
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
