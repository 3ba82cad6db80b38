"""A real shop in a real file, speaking the catalogue's source; nothing needs to be compiled first."""

import sys
from pathlib import Path

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import Clock
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import SystemChance, SystemClock
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import run
from loyalty_pos.store.store import SqliteStore
from tests.cli.conftest import LANGUAGES


def open_real(path: Path, clock: Clock | None = None) -> Service:
    store = SqliteStore(path.absolute(), create=True)
    desk = Desk(store, clock or SystemClock(), SystemChance(), LANGUAGES, asks_clock=clock is None)
    return Service(desk)


if __name__ == "__main__":
    sys.exit(run(parse_arguments(), open_real, lambda: LANGUAGES))
