"""`python -m tests.native.check`: prove that the compiled engine answers as the plain one does.

The tests of the rules, the commands, the file and the command line run over it; both engines price the same
sales and have to say the same, word for word.
"""

import os
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

from tests.native import NOT_COMPILED, ROOT, SOURCES, compiled_tree

SALES = 3_000
PLAIN_ONLY = (
    # A compiled record takes no text for a number at all, where the plain one leaves it to `check_basket`.
    "tests/domain/test_basket.py::test_a_line_without_sense_is_refused_naming_it",
    # A function is no place to put another one, either.
    "tests/app/test_refund_matrix.py::test_the_table_sees",
    "tests/app/test_machine_sees.py::test_the_model_sees",
    # Reads the sources of the engine it finds, and has books of programmes of its own.
    "tests/app/test_trace_words.py",
    # A constant is no place to put another value.
    "tests/domain/test_lineup.py::test_more_products_than_are_remembered_are_found_anew",
)


def main() -> int:
    tree = compiled_tree()
    if tree is None:
        print(NOT_COMPILED)
        return 0
    plain, compiled = answers(SOURCES), answers(tree)
    for number, (one, other) in enumerate(zip_longest(plain, compiled)):
        if one != other:
            print(f"Sale {number}: plain\n  {one}\ncompiled\n  {other}")
            return 1
    print(f"{len(plain):,} sales: both engines answer the same.")
    left_out = [f"--deselect={name}" for name in PLAIN_ONLY]
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "auto",
        "tests/domain",
        "tests/app",
        "tests/store",
        "tests/cli",
        "tests/native",
        *left_out,
    ]
    environment = {"HYPOTHESIS_PROFILE": "short", **surroundings(tree)}
    return subprocess.run(words, env=environment, cwd=ROOT, check=False).returncode


def answers(tree: Path, count: int = SALES) -> list[str]:
    """Return what the engine of a tree answers, in a process of its own."""
    words = [sys.executable, "-m", "tests.native.answers", "0", str(count)]
    said = subprocess.run(words, env=surroundings(tree), cwd=ROOT, check=True, capture_output=True, text=True)
    return said.stdout.splitlines()


def surroundings(tree: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(tree), str(ROOT)]), "PYTHONHASHSEED": "0"}


if __name__ == "__main__":
    sys.exit(main())
