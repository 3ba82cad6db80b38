"""What a start loads: the counter and what finds a member; the rest waits until somebody asks for it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme
from tests.bench.starting import BEGUN

OURS_AT_MOST = 370
"""How many modules of ours are loaded when the counter is usable; a start pays for every one."""
LATER = {
    *("babel", "numpy", "openpyxl", "phonenumbers", "pydantic", "pydantic_core", "reportlab"),
    *("loyalty_pos.app.service", "loyalty_pos.app.demo", "loyalty_pos.app.forms", "loyalty_pos.app.trying"),
    *(f"loyalty_pos.app.handlers_{name}" for name in ("dashboard", "promises", "simulate", "tier_report")),
    *(f"loyalty_pos.app.handlers_{name}" for name in ("merge", "partners", "people", "studio")),
    *(f"loyalty_pos.ui.pages.{name}" for name in ("members", "programmes", "reports", "settings", "sales")),
    *(f"loyalty_pos.ui.pages.{name}" for name in ("day", "first_steps", "members_list", "members_detail")),
    *(f"loyalty_pos.domain.programmes.{name}" for name in ("draw", "challenge", "stamp_card", "tiers")),
    *("loyalty_pos.store.audit", "loyalty_pos.store.copies", "playhouse.migrations"),
}
ROOMS_OF_LATER = ("loyalty_pos.cli", "loyalty_pos.printing", "loyalty_pos.ui.customer")


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    service = bootstrap.open_shop(path)
    service.do(CreateShop(name="Café"))
    service.do(PublishProgramme(key="points", kind="points", name="Points", params={"step_minor": 10_000}))
    service.do(EnrolMember(phone="09121112233", card="CARD-000007", name="Mina One"))
    service.close()
    return path


def test_a_start_loads_what_finds_the_first_member_and_no_more(shop_file: Path) -> None:
    home = str(shop_file.parent)
    choices = shop_file.parent / "loyalty-pos" / "window.json"
    choices.parent.mkdir()
    choices.write_text('{"language": "fa", "print_receipts": false}', "utf-8")
    about = {BEGUN: str(time.monotonic_ns()), "HOME": home, "XDG_DATA_HOME": home}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.starting", "loaded", str(shop_file)],
        env={**os.environ, **about, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        stdout=subprocess.PIPE,
        timeout=60,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded & LATER == set()
    assert [name for name in loaded if name.startswith(ROOMS_OF_LATER)] == []
    assert len([name for name in loaded if name.startswith("loyalty_pos.")]) <= OURS_AT_MOST


def test_what_is_said_to_come_later_is_there() -> None:
    from importlib.util import find_spec

    assert [name for name in LATER if name.startswith("loyalty_pos.") and find_spec(name) is None] == []
