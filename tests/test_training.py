"""Training happens in a shop of its own: the real one keeps its head, and every paper says what it is."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, RecordSale
from loyalty_pos.app.commands_lifetime import CloseDay
from loyalty_pos.app.queries import Audit, Shop
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.bootstrap import open_shop, open_training, printing_for, training_file
from loyalty_pos.domain.identifiers import card_text
from loyalty_pos.ui import application
from tests.languages import language
from tests.printing import readers
from tests.ui.counter.conftest import make_rig
from tests.ui.counter.rig import MakeRig

__all__ = ["make_rig"]

CARD = card_text(1)


@pytest.fixture(autouse=True)
def _both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "languages", lambda: {code: language(code) for code in ("fa", "en")})


@pytest.fixture(autouse=True)
def _small_cafe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A café of one member in place of the demo's months."""

    def fill(service: Any) -> None:
        service.do(CreateShop(name="کافه", display_unit="toman"))
        service.do(EnrolMember(card=CARD, phone="09123456789", name="سارا احمدی"))

    monkeypatch.setattr(bootstrap, "fill_with_demo", fill)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "shop.db"
    with closing(open_shop(path)) as service:
        service.do(CreateShop(name="نارون", display_unit="toman"))
        service.do(EnrolMember(card=CARD, name="سارا احمدی"))
        service.do(RecordSale(sale_id="s1", member=CARD, amount_minor=4_690_000))
    yield path


def head(path: Path) -> tuple[str, int]:
    """Return the mark of a shop's last closed day and how many postings there are."""
    with closing(open_shop(path)) as service:
        return service.do(CloseDay()).head, service.ask(Audit()).figures["postings"]


def test_what_is_done_in_training_leaves_the_real_shop_as_it_was(real: Path) -> None:
    before, bytes_before = head(real), None
    bytes_before = real.read_bytes()
    path = training_file(real)
    for _ in range(2):  # the second time it is there already
        with closing(open_training(lambda: open_shop(path), lambda: UiSettings(language="en"))) as service:
            assert service.ask(Shop()).name == "Training shop"
    with closing(open_shop(path)) as service:
        service.do(RecordSale(sale_id="s1", member=CARD, amount_minor=1_000_000))
        assert service.ask(Audit()).ok
    assert real.read_bytes() == bytes_before and head(real) == before
    key, own = (each.with_name(each.name + ".key").read_bytes() for each in (real, path))
    assert key != own


@pytest.mark.parametrize(("code", "said"), [("fa", "آموزشی"), ("en", "Training")])
def test_every_paper_of_the_training_shop_says_what_it_is(tmp_path: Path, code: Any, said: str) -> None:
    path = tmp_path / "shop.training.db"
    with closing(open_training(lambda: open_shop(path), lambda: UiSettings(language=code))) as service:
        service.do(RecordSale(sale_id="s1", member=CARD, amount_minor=1_000_000))
        day = service.do(CloseDay())
    came: dict[str, bytes] = {}

    class Tray:
        def put(self, name: str, pdf: bytes) -> str:
            came[name] = pdf
            return name

    papers = printing_for(path, tmp_path / "paper", Tray(), training=True)
    assert papers.print_day and papers.reprint_sale and papers.print_card
    papers.print_sale("s1")
    papers.reprint_sale("s1", "k1")
    papers.print_day(day)
    came["card"] = Path(str(papers.print_card(CARD))).read_bytes()
    for name, pdf in came.items():
        assert said in readers.text(pdf), name


def test_the_window_goes_into_training_and_back_and_ends_where_it_was_closed(
    real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[tuple[bool, Path, bool]] = []
    answers = iter((application.SWAP, application.SWAP, 0))

    def run(factory: Callable[[], Any], *_: object, **given: Any) -> int:
        with closing(factory()):
            runs.append((given["training"], given["shop_file"], given["backups"] is None))
        return next(answers)

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setattr(bootstrap, "data_folder", lambda: real.parent)
    monkeypatch.setattr(bootstrap, "usual_folder", lambda: real.parent)
    monkeypatch.setattr(bootstrap, "keep_log", lambda folder: None)
    assert bootstrap.run_window(real) == 0
    assert runs == [(False, real, False), (True, training_file(real), True), (False, real, False)]


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_a_band_stands_over_every_page_and_leads_back(real: Path, make_rig: MakeRig) -> None:
    left: list[int] = []
    rig = make_rig(code="en", factory=lambda: open_shop(real), training=True)
    rig.program._app = type("App", (), {"exit": staticmethod(left.append)})()
    band = rig.window.band
    assert band is not None
    for number in range(1, len(rig.window.others) + 2):
        rig.keys(f"Ctrl+{number}")
        rig.settle()
        assert band.isVisible() and band.accessibleName() == "Training: nothing here is real"
        rig.keys("Ctrl+t")
    rig.keys("Ctrl+5 Ctrl+t")
    assert left == [application.SWAP] * (len(rig.window.others) + 2)
    rig.close()
    assert make_rig(factory=lambda: open_shop(real)).window.band is None
