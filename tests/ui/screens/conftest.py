"""A real window brought to any page, over a copy of one shop."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.bootstrap import open_shop
from tests.ui.counter.conftest import make_rig
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.screens import stops
from tests.ui.studio import office_shop

OpenStop = Callable[..., Rig]
_SCREENLESS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"open_stop", "make_rig"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.qt_log_ignore(_SCREENLESS))


@pytest.fixture(scope="session")
def built_for_stops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stops")
    stops.build(folder / "shop.db")
    return folder


@pytest.fixture
def open_stop(built_for_stops: Path, tmp_path: Path, make_rig: MakeRig) -> OpenStop:
    """Open the window at a stop; `size` is the window's."""

    def opened(name: str, *, size: tuple[int, int] = (1024, 768), folder: str = "", **choices: Any) -> Rig:
        place = tmp_path / (folder or name)
        shutil.copytree(built_for_stops, place)
        path = place / "shop.db"
        office = office_shop.office(path) if name.startswith("reports") else None
        rig = make_rig(factory=lambda: open_shop(path), office=office, **choices)
        rig.window.resize(*size)
        stops.STOPS[name](rig)
        rig.settle()
        return rig

    return opened


__all__ = ["make_rig"]
