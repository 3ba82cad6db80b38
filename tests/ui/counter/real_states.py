"""States of the counter that need the real shop: goods, lists, questions."""

from collections.abc import Callable

from tests.ui.counter.goods_shop import CAKE, CROISSANT, LATTE, SARA, TEA
from tests.ui.counter.rig import Rig


def _scan(rig: Rig, *codes: str) -> None:
    for code in codes:
        rig.scan(code)
        rig.settle()


def items_empty(rig: Rig) -> None:
    rig.keys("F4")


def items(rig: Rig) -> None:
    _scan(rig, SARA, LATTE, CAKE, CROISSANT, CROISSANT)


def items_many(rig: Rig) -> None:
    _scan(rig, SARA, LATTE, CAKE, CROISSANT, TEA, TEA, LATTE)


def items_alone(rig: Rig) -> None:
    _scan(rig, CAKE)


def items_found(rig: Rig) -> None:
    _scan(rig, SARA, LATTE)
    rig.keys("ک")


def items_none_found(rig: Rig) -> None:
    rig.keys("F5 xyz")


REAL_STATES: dict[str, Callable[[Rig], None]] = {
    each.__name__: each
    for each in (items_empty, items, items_many, items_alone, items_found, items_none_found)
}
