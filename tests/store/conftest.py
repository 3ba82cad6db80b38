"""A real shop for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shop import Shop
from tests.store.till import Till


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    yield opened
    opened.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """A till with a shop, a member and one sale."""
    folder = tmp_path / "shop"
    folder.mkdir()
    made = Till(folder / "shop.db")
    made.furnish()
    made.sell("s1")
    yield made
    made.close()
