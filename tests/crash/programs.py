"""Run a harness as the program it is: in a process of its own, which may fork and stand before SQLite."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def figures_of(name: str, *words: object) -> dict[str, Any]:
    """Return what `python -m tests.crash.NAME WORDS` counted; its status must say the same."""
    command = [sys.executable, "-m", f"tests.crash.{name}", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.stdout, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    print("\n" + ", ".join(f"{key} {value}" for key, value in figures.items()))
    figures["status"] = done.returncode
    return figures
