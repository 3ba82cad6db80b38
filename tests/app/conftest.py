"""A real shop for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """An Iranian shop with the toman and a held clock, standing on a Saturday noon."""
    opened = Shop(tmp_path / "shop.db")
    yield opened
    opened.close()
