"""What F1 shows is the guide itself, without what only a browser draws."""

from pathlib import Path

import pytest

from loyalty_pos.app import guide
from loyalty_pos.app.guide import guide_dir, guide_page


@pytest.mark.parametrize("code", ["fa", "en"])
@pytest.mark.parametrize("name", ["members", "programmes", "reports", "settings", "start"])
def test_every_page_of_the_rail_has_a_page_of_the_guide(name: str, code: str) -> None:
    text = guide_page(name, "fa" if code == "fa" else "en")
    assert text.startswith("# ") and len(text) > 500
    assert not any(mark in text for mark in ("<kbd>", "<div", "](", "!["))


def test_a_page_nobody_wrote_is_empty() -> None:
    assert guide_page("nothing", "en") == ""


def test_shipped_pages_come_before_those_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guide_dir().parts[-2:] == ("docs", "guide")
    (tmp_path / "guide").mkdir()
    monkeypatch.setattr(guide, "resources_dir", lambda: tmp_path)
    assert guide_dir() == tmp_path / "guide"
