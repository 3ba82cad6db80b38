"""The test page really goes where the choices say."""

from pathlib import Path

import pytest

from loyalty_pos.app.settings import UiSettings
from loyalty_pos.bootstrap import printing_for
from loyalty_pos.domain.errors import Fault
from tests.ui.counter import real_shop


def test_save_as_pdf_writes_the_page_into_the_paper_folder(tmp_path: Path) -> None:
    real_shop.build_empty(tmp_path / "shop.db")
    choices = UiSettings(language="fa", save_as_pdf=True)
    printing = printing_for(tmp_path / "shop.db", tmp_path / "paper", choices=lambda: choices)
    assert printing.print_test is not None
    where = Path(str(printing.print_test()))
    assert where.parent == tmp_path / "paper" and where.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("qapp")
def test_a_printer_that_is_gone_is_a_fault_and_never_another_printer(tmp_path: Path) -> None:
    real_shop.build_empty(tmp_path / "shop.db")
    choices = UiSettings(language="fa", printer="Gone")
    printing = printing_for(tmp_path / "shop.db", tmp_path / "paper", choices=lambda: choices)
    assert printing.print_test is not None
    with pytest.raises(Fault) as caught:
        printing.print_test()
    assert caught.value.code == "no_printer"
