"""The owner's pages in the real window, over the real service on a real file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loyalty_pos.bootstrap import lists_of, open_shop
from tests.ui.counter import real_shop
from tests.ui.counter.conftest import make_rig, pytest_collection_modifyitems
from tests.ui.counter.rig import MakeRig
from tests.ui.studio.desk import Desk

__all__ = ["make_rig", "pytest_collection_modifyitems"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    real_shop.build(folder / "shop.db")
    return folder


@pytest.fixture
def open_desk(built: Path, tmp_path: Path, make_rig: MakeRig) -> Callable[..., Desk]:
    """Open the window on a copy of the shop, or on a shop without programmes."""

    def opened(*, empty: bool = False, code: str = "fa") -> Desk:
        folder = tmp_path / "shop"
        if empty:
            folder.mkdir()
            real_shop.build_empty(folder / "shop.db")
        else:
            shutil.copytree(built, folder)
        path = folder / "shop.db"
        return Desk(
            make_rig(code=code, factory=lambda: open_shop(path), exchange=lambda: lists_of(path)), path
        )

    return opened
