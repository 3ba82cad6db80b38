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


def start(path: Path, then: str, before: str = "") -> subprocess.CompletedProcess[str]:
    about = {"HOME": str(path.parent), "XDG_DATA_HOME": str(path.parent), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            START.format(then=then, path=str(path)).replace("sys.exit(", f"{before}\nsys.exit("),
        ],
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


@pytest.mark.parametrize("data_home", ["own", ""], ids=["chosen", "usual"])
def test_the_outline_knows_the_folder_of_data_before_what_finds_it_is_loaded(
    tmp_path: Path, data_home: str
) -> None:
    about = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / data_home) if data_home else ""}
    asks = (
        "from loyalty_pos import bootstrap as b; print(b.usual_folder() == b.data_folder(), b.usual_folder())"
    )
    words = [sys.executable, "-c", asks]
    done = subprocess.run(words, env={**os.environ, **about}, capture_output=True, check=True, text=True)
    assert done.stdout.startswith(f"True {tmp_path}")


def test_an_outline_of_another_folder_does_not_stay(path: Path) -> None:
    elsewhere = path.parent / "elsewhere"
    elsewhere.mkdir()
    before = (
        f"bootstrap.data_folder = lambda: Path({str(elsewhere)!r})\n"
        "bootstrap._one_window = lambda _, folder, choices, shell, training: print(shell, folder.name) or 0"
    )
    done = start(path, "pass", before)
    assert (done.returncode, done.stdout) == (0, "None elsewhere\n"), done.stderr
