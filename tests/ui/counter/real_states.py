"""States of the counter that need the real shop: goods, lists, questions."""

from collections.abc import Callable

from tests.ui.counter.goods_shop import CAKE, CROISSANT, LATTE, LEILA, SARA, TEA
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


def recent(rig: Rig) -> None:
    rig.keys("111. F9")
    rig.settle()
    rig.scan(LEILA)
    rig.keys("469. Enter")
    rig.settle()
    rig.keys("Shift+F10")


def refund_goods(rig: Rig) -> None:
    items_many(rig)
    rig.keys("Enter")
    rig.settle()
    rig.keys("Shift+F10")
    rig.settle()
    rig.keys("Enter")
    rig.settle()
    rig.keys("Up Tab Up")
    rig.settle()


def exchange(rig: Rig) -> None:
    """Goods of the last sale come back, and others lie there for them."""
    refund_goods(rig)
    rig.keys("Ctrl+E")
    rig.settle()
    _scan(rig, CAKE, TEA)


def exchange_undone(rig: Rig) -> None:
    """Ctrl Z took both halves of an exchange back."""
    exchange(rig)
    rig.keys("Enter")
    rig.settle()
    rig.keys("Ctrl+Z")
    rig.settle()


def refund_amount(rig: Rig) -> None:
    recent(rig)
    rig.settle()
    rig.keys("Home Enter")
    rig.settle()
    rig.keys("300.")
    rig.settle()


def attached(rig: Rig) -> None:
    rig.keys("469. F9")
    rig.settle()
    rig.keys("Shift+F10")
    _scan(rig, LEILA)


def held(rig: Rig) -> None:
    items(rig)
    rig.keys("F6")
    rig.settle()
    rig.keys("F8")
    rig.settle()
    rig.keys("111. F8")
    rig.settle()
    rig.keys("Shift+F8")


def held_none(rig: Rig) -> None:
    rig.keys("Shift+F8")


def part_credit(rig: Rig) -> None:
    _scan(rig, LEILA)
    rig.keys("469.")
    rig.settle()
    rig.keys("Shift+F6 3.")


def part_credit_refused(rig: Rig) -> None:
    part_credit(rig)
    rig.keys("0 Enter")


def linking(rig: Rig) -> None:
    _scan(rig, "4499887766")
    rig.keys("Enter")


def unlinked(rig: Rig) -> None:
    _scan(rig, LEILA, "4499887766")


def duplicate(rig: Rig) -> None:
    for _ in range(2):
        rig.scan(LEILA)
        rig.keys("469. Enter")
        rig.settle()


REAL_STATES: dict[str, Callable[[Rig], None]] = {
    each.__name__: each
    for each in (
        items_empty, items, items_many, items_alone, items_found, items_none_found, recent, refund_goods,
        exchange, exchange_undone, refund_amount, attached, held,
        held_none, part_credit, part_credit_refused, linking, unlinked, duplicate,
    )
}  # fmt: skip
