"""Monthly reports make themselves: at the opening, one for each month missed, told once, never twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from tests.printing import readers
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig
from tests.ui.studio import office_shop
from tests.ui.studio.desk import Desk

OpenOffice = Callable[..., Desk]


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sold")
    real_shop.build(folder / "shop.db")
    office_shop.add_sales(folder / "shop.db")
    return folder


@pytest.fixture
def desk(sold: Path, tmp_path: Path, make_rig: MakeRig) -> Desk:
    folder = tmp_path / "shop"
    shutil.copytree(sold, folder)
    path = folder / "shop.db"
    return Desk(make_rig(code="en", factory=lambda: open_shop(path), office=office_shop.office(path)), path)


def told(desk: Desk) -> str:
    said = desk.rig.window.page.state.said
    return "" if said is None else f"{said.code} {said.number} {getattr(said.problem, 'code', '')}".strip()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_month_that_ended_is_written_told_once_and_never_made_twice(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    desk.rig.program._report_months()
    desk.rig.settle()
    assert not names(folder) and not told(desk)
    desk.go(desk.settings)
    card = desk.settings.monthly
    card.ask_folder = lambda now: str(folder)
    desk.press("Alt+8")
    desk.rig.settle()
    assert names(folder) == ["monthly-report-1405-07.pdf"]
    assert "Levels in" in readers.text((folder / "monthly-report-1405-07.pdf").read_bytes())
    assert desk.rig.settings.kept.reports_done == "1405-07"
    assert told(desk) == "reports_made 1" and "1 report made" in card.answer.accessibleName()
    assert "Mehr 1405" in card.told.said() and str(folder) in bidi.strip(card.told.said()).replace(
        "\u200b", ""
    )
    (folder / "monthly-report-1405-07.pdf").unlink()
    monthly = desk.rig.program.beside.monthly
    assert monthly is not None
    monthly.look()
    desk.rig.settle()
    assert names(folder) == []


def test_months_missed_are_caught_up_and_one_cut_off_is_not_written_again(desk: Desk, tmp_path: Path) -> None:
    from dataclasses import replace

    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "monthly-report-1405-06.xlsx").write_bytes(b"made before the plug was pulled")
    desk.rig.program.decide(
        replace(
            desk.rig.program.settings, reports_folder=str(folder), reports_form="xlsx", reports_done="1405-04"
        )
    )
    desk.rig.program._report_months()
    desk.rig.settle()
    assert names(folder) == [f"monthly-report-1405-0{month}.xlsx" for month in (5, 6, 7)]
    assert (folder / "monthly-report-1405-06.xlsx").read_bytes() == b"made before the plug was pulled"
    assert (told(desk), desk.rig.settings.kept.reports_done) == ("reports_made 2", "1405-07")


def test_a_folder_out_of_reach_is_a_sentence_told_once_and_tried_again(desk: Desk, tmp_path: Path) -> None:
    from dataclasses import replace

    away = tmp_path / "away"
    desk.go(desk.settings)
    desk.rig.program.decide(replace(desk.rig.program.settings, reports_folder=str(away)))
    desk.rig.program._report_months()
    desk.rig.settle()
    card = desk.settings.monthly
    assert told(desk) == "reports_made 0 not_written"
    assert "tried again every hour" in card.answer.accessibleName()
    assert desk.rig.settings.kept.reports_done == ""
    card.say("info", "")
    monthly = desk.rig.program.beside.monthly
    assert monthly is not None
    monthly.look()
    desk.rig.settle()
    assert not card.answer.isVisible()
    away.mkdir()
    monthly.look()
    desk.rig.settle()
    assert names(away) == ["monthly-report-1405-07.pdf"] and told(desk) == "reports_made 1"
    desk.press("Alt+9")
    desk.rig.settle()
    assert desk.rig.settings.kept.reports_folder == "" and not card.off.isVisible()
