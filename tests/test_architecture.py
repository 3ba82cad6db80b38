"""What docs/architecture.md promises about the sources and import-linter cannot see."""

import ast
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import pytest

from loyalty_pos.domain.programmes import kinds

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "loyalty_pos"
TESTS = ROOT / "tests"

FUNCTION_LINES = 60
MODULE_LINES = 500
CLASS_METHODS = 20
MAIN_LINES = 30

# What a pure room may lean on; the clock, chance and the file system are handed in from outside.
PURE_THIRD_PARTY = {"pydantic", "persiantools"}
# fmt: off
IMPURE_STANDARD = {
    "asyncio", "fcntl", "glob", "io", "locale", "logging", "mmap", "multiprocessing", "os", "pathlib",
    "platform", "queue", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "subprocess",
    "sys", "tempfile", "threading", "time", "urllib", "uuid",
}
# fmt: on
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__"}
CLOCK_READERS = {"now", "utcnow", "today"}

# Qt modules whose licence would become ours.
GPL_ONLY_QT = {"QtCharts", "QtDataVisualization", "QtNetworkAuth", "QtHttpServer"}

# Rooms whose business is letters: tables of what folds into what. Everybody else asks the catalogues.
LETTER_MODULES = {"domain/text.py"}

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
LEFTOVERS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(?:home|root|work|opt|Users|mnt)/\w|\b[A-Z]:\\\\?Users\b")


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text, self.path)))

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler | ast.alias, what: str) -> str:
        return f"{self.path}:{node.lineno}: {what}"


def modules(folder: Path) -> list[Module]:
    return [
        Module(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
    ]


SOURCES = modules(SRC)
EVERYTHING = SOURCES + modules(TESTS)
PURE = [m for m in SOURCES if m.path.startswith("domain/")]

Rule = Callable[[Module], Iterator[str]]


def imported(module: Module) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    """Yield every absolute name imported: `a.b` and `a.b.c` for `from a.b import c`."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def impure_imports(module: Module) -> Iterator[str]:
    for name, node in imported(module):
        top = name.partition(".")[0]
        if top == "loyalty_pos" or top in PURE_THIRD_PARTY:
            continue
        if top in IMPURE_STANDARD or top not in sys.stdlib_module_names:
            yield module.at(node, f"imports {top}")


def impure_calls(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield module.at(node, f"calls {node.func.id}()")
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_READERS:
            yield module.at(node, f"reads the clock with .{node.func.attr}()")


def fractions(module: Module) -> Iterator[str]:
    """Yield every float near value (rules 1): literals, conversions, true division."""
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield module.at(node, f"float literal {node.value}")
        elif isinstance(node, ast.Name) and node.id == "float":
            yield module.at(node, "mentions float")
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield module.at(node, "true division makes a float")


def long_functions(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield module.at(node, f"{node.name} has {lines} lines")


def long_modules(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > MODULE_LINES:
        yield f"{module.path}: {lines} lines"


def crowded_classes(module: Module) -> Iterator[str]:
    """Yield classes that can do too much; a property is a value, not a deed."""
    for node in module.nodes:
        if isinstance(node, ast.ClassDef):
            functions = [n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
            methods = sum(not any("property" in ast.unparse(d) for d in f.decorator_list) for f in functions)
            if methods > CLASS_METHODS:
                yield module.at(node, f"{node.name} has {methods} methods")


def direction_characters(module: Module) -> Iterator[str]:
    """Yield invisible direction marks: they reorder what a reader sees. Write them as escapes."""
    for number, line in enumerate(module.text.splitlines(), 1):
        for character in line if not line.isascii() else "":
            invisible = unicodedata.category(character) == "Cf" and character not in "\u200c\u00ad"
            if invisible:
                yield f"{module.path}:{number}: U+{ord(character):04X}"


def right_to_left_letters(module: Module) -> Iterator[str]:
    """Yield texts with right-to-left letters that belong into a catalogue or the demo data."""
    if module.path in LETTER_MODULES or "demo" in module.path:
        return
    documentation = {node.value for node in module.nodes if isinstance(node, ast.Expr)}
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            if not RIGHT_TO_LEFT.search(node.value):
                continue  # the source is looked at only where there is something to find
            segment = ast.get_source_segment(module.text, node) or ""
            if RIGHT_TO_LEFT.search(segment):
                yield module.at(node, segment)


def broad_excepts(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = [] if node.type is None else [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)]
        if node.type is None or {"Exception", "BaseException"} & set(caught):
            yield module.at(node, "catches everything")


def gpl_only_qt(module: Module) -> Iterator[str]:
    for name, node in imported(module):
        if name.startswith("PySide6.") and name.split(".")[1] in GPL_ONLY_QT:
            yield module.at(node, f"imports {name}")


def leftovers(module: Module) -> Iterator[str]:
    for number, line in enumerate(module.text.splitlines(), 1):
        if LEFTOVERS.search(line) or MACHINE_PATHS.search(line):
            yield f"{module.path}:{number}: {line.strip()}"


KEEPS_PURE: list[Rule] = [impure_imports, impure_calls, fractions]
KEEPS_READABLE: list[Rule] = [long_functions, long_modules, crowded_classes, direction_characters]
KEEPS_OUT: list[Rule] = [right_to_left_letters, gpl_only_qt, leftovers]


@lru_cache(maxsize=1)
def findings() -> Mapping[Rule, list[str]]:
    """Give what every rule finds where it holds; a file is parsed once for all of them, and forgotten."""
    found: dict[Rule, list[str]] = defaultdict(list)
    for module in EVERYTHING:
        rules = [*KEEPS_READABLE]
        rules += KEEPS_PURE if module in PURE else []
        rules += [*KEEPS_OUT, broad_excepts] if module in SOURCES else []
        parsed = replace(module)
        for rule in rules:
            found[rule] += rule(parsed)
    return found


@pytest.mark.parametrize("rule", KEEPS_PURE)
def test_the_domain_is_pure(rule: Rule) -> None:
    assert findings()[rule] == []


@pytest.mark.parametrize("rule", KEEPS_READABLE)
def test_everything_stays_readable(rule: Rule) -> None:
    assert findings()[rule] == []


@pytest.mark.parametrize("rule", KEEPS_OUT)
def test_sources_keep_out_what_belongs_elsewhere(rule: Rule) -> None:
    assert findings()[rule] == []


def test_everything_is_caught_in_one_place_at_most() -> None:
    assert len(findings()[broad_excepts]) <= 1


def test_every_file_of_a_programme_kind_is_found_under_its_own_name() -> None:
    files = {path.stem for path in (SRC / "domain" / "programmes").glob("*.py")} - {"__init__"}
    assert set(kinds()) == files
    assert all(kind.name == name for name, kind in kinds().items())


def test_the_way_in_is_short() -> None:
    main = [m for m in SOURCES if m.path == "__main__.py"]
    assert all(m.text.count("\n") <= MAIN_LINES for m in main)


def test_every_locked_dependency_has_a_hash_and_no_private_source() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][^ =]*==.*$", lock, re.MULTILINE)
    assert len(pinned) > 20
    assert all(line.endswith("\\") for line in pinned), "a pin without hashes"
    assert "://" not in lock


@pytest.mark.parametrize(
    ("rule", "guilty", "innocent"),
    [
        (impure_imports, "import time", "import zoneinfo, pydantic, loyalty_pos.domain.money"),
        (impure_imports, "from os import path", "from datetime import date"),
        (impure_imports, "import PySide6.QtCore", "import persiantools"),
        (impure_calls, "open('x')", "bag.open('x')"),
        (impure_calls, "from datetime import date\ndate.today()", "date.fromisoformat('2026-01-01')"),
        (fractions, "due = 1.5", "due = 15"),
        (fractions, "due = total / 2", "due = total // 2"),
        (fractions, "total /= 2", "total //= 2"),
        (fractions, "due = float(total)", "due = int(total)"),
        (long_functions, "def f():\n" + "  x = 1\n" * 60, "def f():\n" + "  x = 1\n" * 59),
        (long_modules, "x = 1\n" * 501, "x = 1\n" * 500),
        (
            crowded_classes,
            "class C:\n" + "  def f(self): ...\n" * 21,
            "class C:\n" + "  def f(self): ...\n" * 20,
        ),
        (direction_characters, "x = 'a\u202eb'", "x = 'a\\u202eb'"),
        (direction_characters, "x = 'a\u2066b'", "x = '\u0645\u06cc\u200c\u0634\u0648\u062f'"),
        (right_to_left_letters, "x = '\u0645'", "x = '\\u0645'  # \u0645"),
        (right_to_left_letters, "x = f'{n} \u06f4'", "def f():\n  '\u06f4'"),
        (broad_excepts, "try: f()\nexcept Exception: pass", "try: f()\nexcept OSError: pass"),
        (
            broad_excepts,
            "try: f()\nexcept (OSError, BaseException): pass",
            "try: f()\nexcept (OSError, KeyError): pass",
        ),
        (broad_excepts, "try: f()\nexcept: pass", "try: f()\nfinally: pass"),
        (gpl_only_qt, "from PySide6 import QtCharts", "from PySide6 import QtGui"),
        (gpl_only_qt, "from PySide6.QtCharts import QChart", "from PySide6.QtGui import QColor"),
        (leftovers, "x = 1  # " + "TO" + "DO later", "x = 1  # later"),
        (leftovers, "x = '/" + "home/reza/shop'", "x = 'resources/home/icon'"),
    ],
)
def test_each_rule_tells_the_guilty_from_the_innocent(rule: Rule, guilty: str, innocent: str) -> None:
    assert list(rule(Module("guilty.py", guilty)))
    assert not list(rule(Module("innocent.py", innocent)))
