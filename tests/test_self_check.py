"""The program proves that it is whole, and names the part when it is not."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from reportlab.pdfbase.ttfonts import TTFont

from loyalty_pos import bootstrap, self_check
from loyalty_pos.__main__ import main
from loyalty_pos.app.catalogues import load_languages
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.domain import programmes
from loyalty_pos.printing.fonts import ShapedFont
from loyalty_pos.store import opening
from loyalty_pos.ui import application
from tests.languages import language

CODES: tuple[LanguageCode, ...] = ("fa", "en")


@pytest.fixture(autouse=True)
def _catalogues_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the catalogue's source: the compiled one may be older."""
    monkeypatch.setattr(bootstrap, "languages", lambda: {code: language(code) for code in CODES})


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def no_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(programmes, "__path__", [str(tmp_path)])
    programmes.kinds.cache_clear()
    yield
    programmes.kinds.cache_clear()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_whole_program_uses_every_part_and_leaves_nothing_behind(
    qapp: QApplication, own_temp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert self_check.check() == 0
    said = capsys.readouterr()
    told = dict(line.split(": ", 1) for line in said.out.splitlines()[:-1])
    assert list(told) == [name for name, _ in self_check.Parts(own_temp).all()]
    assert told["kinds"].split(", ") == list(programmes.kinds())
    assert told["languages"] == "fa, en"
    assert f"schema {opening.head_version()}," in told["shop"]
    assert "(offscreen)" in told["window"]
    assert said.out.splitlines()[-1].startswith("whole, in ")
    assert said.err == ""
    assert list(own_temp.iterdir()) == []


def test_a_program_without_kinds_is_not_whole(no_kinds: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert self_check.check() == 1
    said = capsys.readouterr()
    assert said.err.startswith("kinds: FAILED: RuntimeError: no programme kinds")
    assert "whole" not in said.out


def test_a_program_without_migrations_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "MIGRATIONS", tmp_path)
    assert self_check.check() == 1
    assert capsys.readouterr().err.startswith("shop: FAILED: IndexError")


def test_a_lost_catalogue_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "languages", lambda: load_languages(tmp_path))
    assert self_check.check() == 1
    said = capsys.readouterr().err
    assert said.startswith("languages: FAILED: catalogue_missing")
    assert str(tmp_path) in said


def test_a_catalogue_without_translations_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "languages", lambda: {"fa": language("en"), "en": language("en")})
    with pytest.raises(self_check.IncompleteError, match="the same"):
        self_check.Parts(tmp_path).languages()


def test_time_zones_come_with_the_program_not_with_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = self_check.Parts(tmp_path)
    assert "Asia/Tehran" in parts.zones()
    for name in [name for name in sys.modules if name.partition(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)  # not importable
    with pytest.raises(LookupError):
        parts.zones()


def test_persian_that_cannot_be_searched_is_not_whole(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = self_check.Parts(tmp_path)
    parts.shop()
    assert "fa" in parts.paper()
    monkeypatch.setattr(ShapedFont, "addObjects", TTFont.addObjects)  # glyphs without their letters
    with pytest.raises(self_check.IncompleteError, match="receipt in fa lacks"):
        parts.paper()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_window_without_qts_own_persian_is_not_whole(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = self_check.Parts(tmp_path)
    parts.shop()
    monkeypatch.setattr("loyalty_pos.ui.parts.qt_translations_dir", lambda: str(tmp_path))
    with pytest.raises(self_check.IncompleteError, match="Qt's own texts in Persian"):
        parts.window()
    assert application.qt_translations_dir() != str(tmp_path)


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_screen_is_used_where_there_is_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(each, raising=False)
    assert self_check._has_no_screen()
    monkeypatch.setenv(name, "something")
    assert not self_check._has_no_screen()


@pytest.mark.parametrize("status", [0, 1])
def test_the_program_answers_with_the_checks_status(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["loyalty-pos", "--self-check"])
    monkeypatch.setattr(self_check, "check", lambda: status)
    assert main() == status
