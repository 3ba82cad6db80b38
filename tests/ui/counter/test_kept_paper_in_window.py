"""After a power cut the window asks about every paper in doubt, and nothing prints unasked."""

from pathlib import Path

import pytest

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.devices.spool import Spool
from tests.languages import language
from tests.ui.counter.rig import MakeRig, Rig


class Tray:
    """A printer that remembers."""

    def __init__(self) -> None:
        self.came: list[str] = []

    def put(self, name: str, pdf: bytes) -> str:
        self.came.append(name)
        return "tray"


@pytest.fixture
def tray() -> Tray:
    return Tray()


@pytest.fixture
def rig(make_rig: MakeRig, tmp_path: Path, tray: Tray) -> Rig:
    """A window opened over two papers that a power cut left half printed."""
    for number in (7, 8):
        (tmp_path / f"0000000{number}.receipt-{number}.printing.pdf").write_bytes(b"pdf")
    return make_rig(queue=Spool(tmp_path, lambda: tray))


def test_the_window_asks_about_one_paper_after_the_other_and_obeys(rig: Rig, tray: Tray) -> None:
    question = rig.page.who.kept
    assert not question.isHidden()
    assert "۷" in question.accessibleName()
    rig.keys("Ctrl+d")
    rig.settle()
    assert "۸" in question.accessibleName()
    rig.keys("Ctrl+p")
    rig.settle()
    assert tray.came == ["receipt-8"]
    assert question.isHidden()
    assert rig.page.paper.kept == ()


@pytest.mark.parametrize("code", ["fa", "en"])
def test_the_question_fits_into_its_pane(rig: Rig, code: LanguageCode) -> None:
    rig.page.set_language(language(code))
    rig.settle()
    who = rig.page.who
    assert not who.kept.isHidden()
    assert who.minimumSizeHint().width() <= who.width()
    assert rig.window.minimumSizeHint().height() <= 768
    for button in who.kept.buttons.values():
        assert button.width() >= button.sizeHint().width()


def test_a_customer_comes_before_an_old_paper(rig: Rig) -> None:
    question = rig.page.who.kept
    rig.scan("4410339108")
    rig.settle()
    assert question.isHidden()
    rig.keys("Esc Esc")
    rig.settle()
    assert not question.isHidden()
