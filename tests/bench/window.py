"""D, E: what the window takes from its start and from a key to paint, measured in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.starting import BEGUN

STUDIO_GOALS = {"studio preview": 100, "page switch": 50}
GOALS = {"first_paint": 1.1, "usable": 2.0, "p50_ms": 4.0, "p99_ms": 16.0}
MOVING = {"frame_ms": 16.0, "switch_ms": 50.0, "memory_mb": 250.0, "grown_mb": 2.0}


def _run(*command: str, **environment: str) -> Any:
    """Run a measurement and read the JSON of its last line."""
    whole = {**os.environ, **environment}
    done = subprocess.run(command, env=whole, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def typing(town: Path, members: int, keys: int) -> dict[str, dict[str, float]]:
    """Type in the window and return the figures of every place typed in."""
    command = (sys.executable, "-m", "tests.bench.typing_in_window", str(town), str(members))
    found: dict[str, dict[str, float]] = _run(*command, "--keys", str(keys), QT_QPA_PLATFORM="offscreen")
    return found


def studio(keys: int) -> dict[str, dict[str, float]]:
    """Type in the studio and switch pages over the demo shop; return both lots of figures."""
    command = (sys.executable, "-m", "tests.bench.studio_in_window", "--keys", str(keys))
    found: dict[str, dict[str, float]] = _run(*command, QT_QPA_PLATFORM="offscreen")
    return found


def studio_table(found: dict[str, dict[str, float]]) -> str:
    """Put the studio's figures beside what is asked of them."""
    lines = [f"{'ms over the demo shop':44}{'p50':>10}{'p95':>10}{'CPU p95':>10}{'goal':>7}"]
    for name, goal in STUDIO_GOALS.items():
        one = found[name]
        figures = f"{one['p50_ms']:10.1f}{one['p95_ms']:10.1f}{one['cpu_p95_ms']:10.1f}"
        lines.append(f"{name + ', p95':44}{figures}{goal:7}")
    return "\n".join(lines)


def moving(town: Path, frames: int) -> dict[str, Any]:
    """Scroll the members of a town, visit every page, and return frames, switches and memory."""
    command = (sys.executable, "-m", "tests.bench.moving_in_window", str(town), "--frames", str(frames))
    found: dict[str, Any] = _run(*command, QT_QPA_PLATFORM="offscreen")
    return found


def moved(found: dict[str, Any]) -> str:
    """Put what moving came to beside its goals."""
    scroll, memory = found["scroll"], found["memory_mb"]
    rounds = ", ".join(f"{each:.0f}" for each in memory)
    lines = [
        (f"scrolling {scroll['rows']:,} members, a frame, p99 ms", scroll["p99_ms"], MOVING["frame_ms"]),
        (
            "dragged far away, until all in sight is there, p95 ms",
            scroll["far_p95_ms"],
            MOVING["switch_ms"],
        ),
        ("page switch, p95 ms", found["switch_p95_ms"], MOVING["switch_ms"]),
        ("the same, CPU", scroll["cpu_p99_ms"], MOVING["frame_ms"]),
        ("page switch, CPU, p95 ms", found["cpu_switch_p95_ms"], MOVING["switch_ms"]),
        (f"MB after every page, round by round: {rounds}", memory[-1], MOVING["memory_mb"]),
        (
            f"MB grown in the last three rounds (SQLite: {found['pages_of_the_file_mb']:.0f})",
            found["grown_mb"],
            MOVING["grown_mb"],
        ),
    ]
    return "\n".join(f"{what:64}{ours:10.1f}{goal:7.0f}" for what, ours, goal in lines)


def starts(town: Path, runs: int) -> dict[str, float]:
    """Return medians of starts in ms, on X where there is any."""
    command = [sys.executable, "-m", "tests.bench.window", str(town), str(runs)]
    if os.environ.get("DISPLAY"):
        found: dict[str, float] = _run(*command, QT_QPA_PLATFORM="xcb")
    elif shutil.which("xvfb-run"):
        found = _run("xvfb-run", "-a", *command, QT_QPA_PLATFORM="xcb")
    else:
        found = _run(*command, QT_QPA_PLATFORM="offscreen")
    return found


def _starts(town: Path, runs: int) -> dict[str, float]:
    """Start an empty window and the program in turn, as fresh processes of one who has chosen a language."""
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="loyalty-pos-bench-") as home:
        choices = Path(home) / "loyalty-pos" / "window.json"
        choices.parent.mkdir()
        choices.write_text('{"language": "fa", "print_receipts": false}')
        # An installed program is compiled; so are both here, by their first start.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(home) / "compiled")}
        for number in range(-1, runs):
            for kind in ("empty", "ours"):
                command = (sys.executable, "-m", "tests.bench.starting", kind, str(town))
                begun = {BEGUN: str(time.monotonic_ns()), "HOME": home, "XDG_DATA_HOME": home, **compiled}
                for name, ms in _run(*command, **begun).items():
                    if number >= 0:  # the first start only brings the files into memory
                        times.setdefault(f"{kind}_{name}", []).append(ms)
    return {name: median(found) for name, found in times.items()}


def table(typed: dict[str, dict[str, float]], started: dict[str, float]) -> str:
    """Put the window's figures beside their goals."""
    head = f"{'ms of the window':44}{'ours':>10}{'beside':>10}{'ratio':>8}{'goal':>7}"
    lines = [head]
    for name in ("first_paint", "usable", "counter"):
        for clock in ("", "cpu_"):
            ours, empty = started[f"ours_{clock}{name}"], started[f"empty_{clock}first_paint"]
            what = f"D {name.replace('_', ' ')} / an empty window{', CPU' if clock else ''}"
            lines.append(f"{what:44}{ours:10.1f}{empty:10.1f}{ours / empty:8.2f}{GOALS.get(name, ''):>7}")
    lines.append(
        "A key counts once the scanner, who holds it 35 ms, lets go; its answer is looked up meanwhile."
    )
    for place, found in typed.items():
        for name in ("p50_ms", "p99_ms", "cpu_p50_ms", "cpu_p99_ms"):
            goal = GOALS[name.removeprefix("cpu_")]
            what = f"E key to paint, {place}, {name.removesuffix('_ms').replace('_', ' ')}"
            lines.append(f"{what:44}{found[name]:10.2f}{'':18}{goal:7}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(json.dumps(_starts(Path(sys.argv[1]), int(sys.argv[2]))))
