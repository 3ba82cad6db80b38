"""The first paint of a start, over a real file, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loyalty_pos.app.commands import CreateShop, EnrolMember
from loyalty_pos.bootstrap import open_shop

START = """
import os, sys
from pathlib import Path
from loyalty_pos import bootstrap
from loyalty_pos.ui.shell import Shell

greet = Shell.greet

def greeted(shell, name_of):
    from PySide6.QtCore import QTimer
    greet(shell, name_of)
    QTimer.singleShot(0, lambda: then(shell))

def then(shell):
    {then}

Shell.greet = greeted
sys.exit(bootstrap.run_window(Path({path!r})))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    service = open_shop(tmp_path / "shop.db")
    service.do(CreateShop(name="Café"))
    service.do(EnrolMember(card="CARD-000007", name="سارا احمدی"))
    service.close()
    (tmp_path / "loyalty-pos").mkdir()
    (tmp_path / "loyalty-pos" / "window.json").write_text('{"language": "fa"}', "utf-8")
    return tmp_path / "shop.db"


def start(path: Path, then: str) -> subprocess.CompletedProcess[str]:
    about = {"HOME": str(path.parent), "XDG_DATA_HOME": str(path.parent), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", START.format(then=then, path=str(path))],
        env={**os.environ, **about, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


def test_a_card_scanned_while_the_counter_is_loaded_is_named_before_it_is_there(path: Path) -> None:
    then = (
        "shell.line.insert('CARD-000007'); shell.line.returnPressed.emit();"
        "print(shell.met.text(), 'loyalty_pos.ui.main_window' in sys.modules, flush=True); os._exit(0)"
    )
    done = start(path, then)
    assert done.stdout == "سارا احمدی False\n", done.stderr


def test_an_outline_closed_before_the_window_is_there_ends_the_program(path: Path) -> None:
    done = start(path, "shell.close()")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
