"""A till with a real file and a clock that is moved by hand; run as a script, it sells until it is killed."""

import sys
from pathlib import Path
from typing import Any

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.backup_views import BackupView, RestoredView
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import AuditView
from loyalty_pos.bootstrap import SystemChance
from loyalty_pos.store.store import SqliteStore
from tests.languages import language

NOON_MS = 1_790_000_000_000
HOUR_MS = 3_600_000
PHONE = "09121234567"


class Till:
    """One program at a shop's file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.time_ms = NOON_MS
        languages: Any = {code: language(code) for code in ("fa", "en")}
        self.store = SqliteStore(path, create=True)
        self.service = Service(Desk(self.store, self, SystemChance(), languages))

    def now_ms(self) -> int:
        return self.time_ms

    def furnish(self, name: str = "Firuze") -> None:
        """Open a shop that gives points, with one member."""
        self.service.do(c.CreateShop(name=name))
        points: dict[str, object] = {"step_minor": 1000}
        self.service.do(c.PublishProgramme(key="points", kind="points", name="Points", params=points))
        self.service.do(c.EnrolMember(phone=PHONE, name="Roya"))

    def sell(self, sale_id: str) -> Any:
        return self.service.do(c.RecordSale(sale_id=sale_id, member=PHONE, amount_minor=25_000))

    def backup(self, path: Path | None = None) -> BackupView:
        made: BackupView = self.service.do(c.Backup(path=None if path is None else str(path)))
        return made

    def restore(self, path: str | Path, *, without_key: bool = False) -> RestoredView:
        restored: RestoredView = self.service.do(c.Restore(path=str(path), without_key=without_key))
        return restored

    @property
    def points(self) -> int:
        return int(self.service.ask(q.Member(member=PHONE)).points)

    @property
    def proof(self) -> AuditView:
        proof: AuditView = self.service.ask(q.Audit())
        return proof

    def close(self) -> None:
        self.service.close()


def audited(path: str | Path) -> AuditView:
    """Open a copy as a program of its own would, and audit it."""
    till = Till(Path(path))
    try:
        return till.proof
    finally:
        till.close()


if __name__ == "__main__":
    busy, number = Till(Path(sys.argv[1])), 0
    while True:
        number += 1
        busy.sell(f"{sys.argv[2]}-{number}")
        if "backup" in sys.argv:
            busy.time_ms += HOUR_MS
            busy.backup()
        elif "restore" in sys.argv:
            busy.restore(busy.service.ask(q.Backups()).backups[0].path)
        print(number, flush=True)
