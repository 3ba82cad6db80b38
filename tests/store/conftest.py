"""A furnished till on a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.till import Till


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
