"""The shops that an owner's pages are drawn over."""

from pathlib import Path

from tests import gallery_papers
from tests.shop import Shop
from tests.ui.counter import real_shop
from tests.ui.studio import codes_shop, office_shop


def build(path: Path, report: str | None, *, empty: bool, sold: bool) -> None:
    """Make a shop: the one a report is drawn for, or the usual one, with past sales where they matter."""
    if report is not None:
        shop = Shop(path, name="کافه فیروزه")
        gallery_papers.SHOPS[report](shop)
        shop.close()
        return
    if empty:
        real_shop.build_empty(path)
    else:
        real_shop.build(path)
        codes_shop.add(path)
    if sold:
        office_shop.add_sales(path)
