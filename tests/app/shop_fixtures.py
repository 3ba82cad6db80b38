"""Shops that are closed again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.shop_in_hand import CREDIT, DRINKS, MEMBER5, POINTS, ShopInHand


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopInHand]:
    """A shop with a stamp card, points, credit and a member price; its books are proved at the end."""
    made = ShopInHand(tmp_path / "shop.db").fill(DRINKS, POINTS, CREDIT, MEMBER5)
    yield made
    made.figures()
    made.close()


@pytest.fixture
def till(shop: ShopInHand) -> Iterator[Callable[[str], ShopInHand]]:
    """Open other tills on the same file."""
    made: list[ShopInHand] = []

    def opened(name: str) -> ShopInHand:
        made.append(shop.till(name))
        return made[-1]

    yield opened
    for each in made:
        each.close()
