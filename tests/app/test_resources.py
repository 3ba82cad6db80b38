"""Shipped files are found in the project and in an installed or frozen program."""

from pathlib import Path

import pytest

import loyalty_pos
from loyalty_pos.app.resources import resources_dir


def test_the_project_has_its_fonts() -> None:
    assert (resources_dir() / "fonts" / "Vazirmatn-UI-Regular.ttf").is_file()


def test_files_inside_the_package_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "somewhere" / "loyalty_pos"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(loyalty_pos, "__file__", str(package / "__init__.py"))
    assert resources_dir.__wrapped__() == package / "resources"
