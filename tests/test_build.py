"""The recipe of the one-folder program names everything the program needs; nothing is built here."""

import ast
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from babel.messages.mofile import write_mo

import loyalty_pos
from loyalty_pos.app.resources import resources_dir
from loyalty_pos.domain import programmes
from loyalty_pos.store.opening import MIGRATIONS
from tests import catalogues, native

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(loyalty_pos.__file__).parent
QT = "PySide6/Qt"
Entry = tuple[str, str, str]

FOUND: list[Entry] = [
    ("libpython3.11.so.1.0", "/l/libpython3.11.so.1.0", "BINARY"),
    ("PIL/_imaging.so", "/p/_imaging.so", "EXTENSION"),
    ("loyalty_pos_engine__mypyc.so", "/e/loyalty_pos_engine__mypyc.so", "EXTENSION"),
    ("pillow.libs/libzstd-40ad.so.1", "/p/libzstd-40ad.so.1", "BINARY"),
    (f"{QT}/lib/libQt6Gui.so.6", "/q/libQt6Gui.so.6", "BINARY"),
    (f"{QT}/lib/libQt6Quick.so.6", "/q/libQt6Quick.so.6", "BINARY"),
    ("libcairo.so.2", "/l/libcairo.so.2", "BINARY"),
    (f"{QT}/plugins/platforms/libqxcb.so", "/q/libqxcb.so", "BINARY"),
    (f"{QT}/plugins/platforms/libqoffscreen.so", "/q/libqoffscreen.so", "BINARY"),
    (f"{QT}/plugins/platforms/libqeglfs.so", "/q/libqeglfs.so", "BINARY"),
    (f"{QT}/plugins/platformthemes/libqgtk3.so", "/q/libqgtk3.so", "BINARY"),
    (f"{QT}/plugins/printsupport/libcupsprintersupport.so", "/q/libcups.so", "BINARY"),
    (f"{QT}/plugins/tls/libqopensslbackend.so", "/q/libqopensslbackend.so", "BINARY"),
]
ASKS = {
    "/p/_imaging.so": {("libzstd-40ad.so.1", "/p/libzstd-40ad.so.1")},
    "/q/libqxcb.so": {("libQt6Gui.so.6", "/q/libQt6Gui.so.6"), ("libc.so.6", "/lib/libc.so.6")},
    "/q/libqgtk3.so": {("libcairo.so.2", "/l/libcairo.so.2")},
    "/q/libqeglfs.so": {("libQt6Quick.so.6", "/q/libQt6Quick.so.6")},
}
LINKS: list[Entry] = [
    ("libQt6Gui.so.6", f"{QT}/lib/libQt6Gui.so.6", "SYMLINK"),
    ("libQt6Quick.so.6", f"{QT}/lib/libQt6Quick.so.6", "SYMLINK"),
    (f"{QT}/translations/qtbase_fa.qm", "/q/qtbase_fa.qm", "DATA"),
    (f"{QT}/translations/qtbase_de.qm", "/q/qtbase_de.qm", "DATA"),
]


class Recipe:
    """What the recipe asks of PyInstaller, taken down instead of done."""

    def __init__(self, project: Path) -> None:
        self.analysed: dict[str, Any] = {}
        self.collected: set[str] = set()
        names = {
            "SPECPATH": str(project),
            "Analysis": self._analyse,
            "PYZ": lambda pure: pure,
            "EXE": lambda *parts, **options: SimpleNamespace(options=options),
            "COLLECT": self._collect,
        }
        source = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
        exec(compile(source, "build_installer.spec", "exec"), names)

    def _analyse(self, scripts: list[str], **options: Any) -> SimpleNamespace:
        self.analysed = {"scripts": scripts, **options}
        return SimpleNamespace(pure=[], scripts=[], binaries=FOUND, datas=LINKS)

    def _collect(self, executable: object, *lists: list[Entry], **options: object) -> None:
        self.collected = {place for entries in lists for place, _, _ in entries}

    def places_of(self, folder: Path) -> dict[str, str]:
        """Tell for every shipped file from `folder` the folder it goes to."""
        shipped = [(Path(source), to) for source, to in self.analysed["datas"]]
        return {
            path.relative_to(folder).as_posix(): to for path, to in shipped if path.is_relative_to(folder)
        }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with shipped files, compiled; and a system loader that answers from `ASKS`."""
    for name in ("fonts/a.ttf", "demo/cafe_fa.json", "i18n/fa/LC_MESSAGES/loyalty_pos.po", "i18n/fa.d/x.po"):
        path = tmp_path / "resources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    compiled = tmp_path / "resources" / "i18n" / "fa" / "LC_MESSAGES" / "loyalty_pos.mo"
    with compiled.open("wb") as file:
        write_mo(file, catalogues.merged())
    loader = ModuleType("PyInstaller.depend.bindepend")
    loader.get_imports = lambda source: ASKS.get(source, set())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "PyInstaller.depend.bindepend", loader)
    for name in ("PyInstaller", "PyInstaller.depend"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def test_every_kind_is_named(project: Path) -> None:
    files = (PACKAGE / "domain" / "programmes").glob("*.py")
    kinds = {f"loyalty_pos.domain.programmes.{path.stem}" for path in files if path.stem != "__init__"}
    assert kinds
    assert kinds == set(programmes.module_names())
    assert kinds <= set(Recipe(project).analysed["hiddenimports"])


def test_a_compiled_engine_is_shipped_with_all_that_cannot_be_seen_in_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = project / "build" / "native" / "src"
    monkeypatch.setattr(native, "compiled_tree", lambda: tree)
    asked = Recipe(project).analysed
    assert (asked["scripts"], asked["pathex"]) == ([str(tree / "loyalty_pos" / "__main__.py")], [str(tree)])
    engine = {f"loyalty_pos.domain.{path.stem}" for path in (PACKAGE / "domain").glob("[a-z]*.py")}
    assert {*engine, "loyalty_pos_engine__mypyc", "persiantools.jdatetime"} <= set(asked["hiddenimports"])
    around = {f"loyalty_pos.{name.replace('/', '.')}" for name in native.AROUND}
    asked_by_them = {"loyalty_pos.app.account_words", "loyalty_pos.store.models"}
    assert around | asked_by_them <= set(asked["hiddenimports"])


def test_without_a_compiled_engine_of_these_sources_the_plain_one_is_shipped(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "compiled_tree", lambda: None)
    assert Recipe(project).analysed["pathex"] == [str(project / "src")]
    assert "plain Python" in capsys.readouterr().out


def test_every_migration_is_shipped_where_the_program_looks(project: Path) -> None:
    shipped = Recipe(project).places_of(MIGRATIONS)
    assert set(shipped) == {path.name for path in MIGRATIONS.glob("[0-9]*.py")}
    assert set(shipped.values()) == {f"loyalty_pos/{MIGRATIONS.relative_to(PACKAGE).as_posix()}"}


def test_shipped_files_go_where_the_program_looks_and_sources_of_catalogues_stay(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Recipe(project).places_of(project / "resources")
    assert shipped == {
        "fonts/a.ttf": "loyalty_pos/resources/fonts",
        "demo/cafe_fa.json": "loyalty_pos/resources/demo",
        "i18n/fa/LC_MESSAGES/loyalty_pos.mo": "loyalty_pos/resources/i18n/fa/LC_MESSAGES",
    }
    built = tmp_path / "built" / "loyalty_pos"
    (built / "resources").mkdir(parents=True)
    monkeypatch.setattr(loyalty_pos, "__file__", str(built / "__init__.py"))
    assert resources_dir.__wrapped__() == built / "resources"


def test_nothing_is_built_without_the_compiled_catalogue(project: Path) -> None:
    (project / "resources" / "i18n" / "fa" / "LC_MESSAGES" / "loyalty_pos.mo").unlink()
    with pytest.raises(SystemExit, match="make setup"):
        Recipe(project)


def test_plug_ins_no_till_has_stay_out_and_what_they_alone_asked_for(project: Path) -> None:
    left_out = {place for place, _, _ in (*FOUND, *LINKS)} - Recipe(project).collected
    assert left_out == {
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/lib/libQt6Quick.so.6",
        "libQt6Quick.so.6",
        "libcairo.so.2",
        f"{QT}/translations/qtbase_de.qm",
    }


@pytest.mark.slow
def test_nothing_the_program_imports_is_excluded(project: Path) -> None:
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    excluded = set(Recipe(project).analysed["excludes"])
    above = {".".join(name.split(".")[:depth]) for name in imported for depth in range(1, 9)}
    assert "PySide6.QtPdf" in above
    assert not above & excluded
