"""Real windows over a shop with goods."""

from tests.ui.counter.conftest import make_rig, pytest_collection_modifyitems
from tests.ui.counter.goods_shop import built_with_goods, counter

__all__ = ["built_with_goods", "counter", "make_rig", "pytest_collection_modifyitems"]
