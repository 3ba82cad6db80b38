"""The engine's sources are written out for the compiler without a change of what they say."""

import ast
import dataclasses
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import pytest

from tests import native
from tests.native import build
from tests.native.records import compilable, written_out

HEAD = '"""Text."""\n\nfrom x import y\n'


def rest(text: str) -> str:
    """Return what became of a text below the import it needs."""
    return written_out(HEAD + text).partition("from x import y\n")[2]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("LIMIT = 3\n", "LIMIT: _typing.Final = 3\n"),
        ("NONE: Facts = {}\n", "NONE: _typing.Final[Facts] = {}\n"),
        ("T = TypeVar('T')\n", "T = TypeVar('T')\n"),
        ("Kind = int | str\n", "Kind = int | str\n"),
        ("a = made(Pair, (1, left))\n", "a = Pair(1, left)\n"),
        ("a = made(kind, row)\n", "a = made(kind, row)\n"),
        ("a = sum([one for one in found])\n", "a = sum(one for one in found)\n"),
        ("a = sum([one for one in found], start=b)\n", "a = sum([one for one in found], start=b)\n"),
        ("a = zip(b, c, strict=True)\n", "a = zip(b, c)\n"),
        ("a = zip(*b, strict=True)\n", "a = zip(*b, strict=True)\n"),
        (
            "from loyalty_pos.domain.lazy import dataclass\n",
            "from dataclasses import dataclass\n",
        ),
    ],
)
def test_what_hides_work_from_the_compiler_is_shown(said: str, written: str) -> None:
    assert rest(said) == written


def test_what_is_asked_is_of_no_type_whoever_reads_it() -> None:
    head = "from loyalty_pos.app.commands import Edit, Put\n"
    said = "def read(desk: Desk, one: Edit | Put, other: Put | None = None) -> Edit: ...\n"
    written = "def read(desk: Desk, one: _typing.Any, other: _typing.Any = None) -> Edit: ...\n"
    assert rest(head + said).endswith(head + written)
    assert rest(said) == said


def test_a_dataclass_gets_its_constructor_and_stays_one() -> None:
    text = """
@dataclass(slots=True)
class Box:
    name: str
    marks: list[int] = field(default_factory=list)
    loud: str = field(init=False, compare=False)
    size: int = 3

    def __post_init__(self) -> None:
        self.loud = self.name.upper()
"""
    found: dict[str, Any] = {"__name__": __name__, **vars(dataclasses)}
    exec(compile(written_out('"""Text."""\nimport ast\n' + text), "box", "exec"), found)
    one = found["Box"]("a")
    assert (one.name, one.marks, one.loud, one.size) == ("a", [], "A", 3)
    assert dataclasses.replace(one, size=4) == found["Box"]("a", size=4)
    assert one.__reduce__() == (found["Box"], ("a", [], 3))
    assert found["Box"]("b").marks is not found["Box"]("b").marks


def test_what_needs_what_stays_python_stays_python_too() -> None:
    sources = {
        "domain/params": "import pydantic\n",
        "domain/when": "from loyalty_pos.domain.params import Params\n",
        "domain/far": "from loyalty_pos.domain.when import When\n",
        "domain/near": "from loyalty_pos.domain.lazy import dataclass\n",
        "domain/lazy": "",
        "app/around": "from loyalty_pos.domain.when import When\n",
    }
    assert compilable(sources) == ["app/around", "domain/near"]


def test_every_module_a_sale_needs_is_compiled_and_still_python() -> None:
    sources = {native.name_of(path): path.read_text(encoding="utf-8") for path in native.engine_files()}
    names = compilable(sources)
    assert {f"domain/{one}" for one in ("quote", "bill", "discounting", "earning", "ledger")} <= set(names)
    assert set(native.AROUND) <= set(names)
    for name in names:
        ast.parse(written_out(sources[name]))


def test_an_engine_of_other_sources_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(native, "STAMP", stamp)
    assert native.compiled_tree() is None
    stamp.write_text(native.sum_of(native.engine_files()))
    assert native.compiled_tree() == native.TREE
    stamp.write_text(native.sum_of(native.engine_files()[1:]))
    assert native.compiled_tree() is None


def test_what_is_not_compiled_stands_beside_it_as_it_is_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sources, tree = tmp_path / "src", tmp_path / "tree"
    for name in ("app/compiled", "app/plain", "app/gone", "ui/window"):
        path = sources / "loyalty_pos" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.setattr(build, "SOURCES", sources)
    monkeypatch.setattr(build, "TREE", tree)
    library = tree / "loyalty_pos" / "app" / f"compiled{EXTENSION_SUFFIXES[0]}"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"")
    build.link_rest({"app/compiled"})
    (sources / "loyalty_pos" / "app" / "gone.py").unlink()
    (sources / "loyalty_pos" / "app" / "fresh.py").write_text("app/fresh")
    build.link_rest({"app/compiled"})
    package = tree / "loyalty_pos"
    assert sorted(path.name for path in (package / "app").iterdir()) == [library.name, "fresh.py", "plain.py"]
    assert (package / "ui" / "window.py").read_text() == "ui/window"
