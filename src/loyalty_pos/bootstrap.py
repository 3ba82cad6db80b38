"""The composition root: the only place that knows every room and puts the program together."""

import secrets
import time
from functools import cache
from pathlib import Path

from loyalty_pos.app.catalogues import load_languages
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import Chance, Clock
from loyalty_pos.app.programmes import Languages
from loyalty_pos.app.resources import resources_dir
from loyalty_pos.app.service import Service


class SystemClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class SystemChance:
    def ref(self) -> str:
        return secrets.token_hex(8)

    def code_bits(self) -> int:
        return secrets.randbits(80)


@cache
def languages() -> Languages:
    """Load every language the program speaks."""
    return load_languages(resources_dir())


def open_shop(
    path: Path, clock: Clock | None = None, *, actor: str = "counter", chance: Chance | None = None
) -> Service:
    """Open a shop's file, making a new empty one where there is none; raises Fault.

    Call it on the thread that will use the service.
    """
    from loyalty_pos.store.store import SqliteStore  # after the first paint: the store is slow to import

    store = SqliteStore(path.absolute(), create=True)
    return Service(Desk(store, clock or SystemClock(), chance or SystemChance(), languages(), actor=actor))
