"""The policy of taking back, cell by cell: how much comes back, of what, and whether it was used.

Every sale is of four units at 100 T. All four come back, or one, or one and two in either order; a cell
says what the member then has.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import IssueCodes
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.errors import Rejection
from tests.shop import Shop, T, goods

FOUR = goods("tea", 100 * T, 4)
Cell = tuple[int, ...]
WAYS: dict[str, list[Cell]] = {"full": [(4,)], "partial": [(1,)], "several": [(1, 2), (2, 1)]}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def points(shop: Shop) -> Cell:
    return shop.member().points, shop.member().owed.points


def credit(shop: Shop) -> Cell:
    return shop.member().credit_minor // T, shop.member().owed.credit_minor // T


def card(shop: Shop) -> Cell:
    """Rewards held, stamps, and stamps owed."""
    member = shop.member()
    return shop.rewards(), member.progress["card"].have, member.owed.stamps.get("card", 0)


def earned_points(shop: Shop) -> SaleView:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    return shop.sell(None, FOUR)


def spent_points(shop: Shop) -> SaleView:
    sale = earned_points(shop)
    shop.sell(35 * T, points=35)
    return sale


def paid_with_points(shop: Shop) -> SaleView:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(200 * T)
    shop.retire("points")
    shop.publish("price", "points", step_minor=10**11, point_value_minor=T)
    return shop.sell(None, FOUR, points=200)


def earned_credit(shop: Shop) -> SaleView:
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    return shop.sell(None, FOUR)


def spent_credit(shop: Shop) -> SaleView:
    sale = earned_credit(shop)
    shop.sell(35 * T, credit_minor=35 * T)
    return sale


def paid_with_credit(shop: Shop) -> SaleView:
    shop.publish("credit", "spend_credit", rate_bp=10_000)
    shop.sell(200 * T)
    shop.retire("credit")
    return shop.sell(None, FOUR, credit_minor=200 * T)


def stamps(shop: Shop) -> SaleView:
    shop.publish("card", "stamp_card", needed=9)
    return shop.sell(None, FOUR)


def stamps_used(shop: Shop) -> SaleView:
    """Four stamps of five; a later purchase fills the card, and the reward is used."""
    shop.publish("card", "stamp_card", needed=5)
    sale = shop.sell(None, FOUR)
    shop.sell(None, goods("tea", 100 * T))
    assert shop.sell(None, goods("tea", 100 * T)).due_minor == 0
    return sale


def rewards(shop: Shop) -> SaleView:
    shop.publish("card", "stamp_card", needed=2)
    return shop.sell(None, FOUR)


def rewards_used(shop: Shop) -> SaleView:
    sale = rewards(shop)
    assert shop.sell(None, goods("tea", 100 * T, 2)).due_minor == 0
    return sale


def paid_with_a_reward(shop: Shop) -> SaleView:
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 100 * T, 5))
    sale = shop.sell(None, FOUR)
    assert sale.due_minor == 300 * T
    return sale


def _code(shop: Shop) -> str:
    shop.publish("spring", "percent_off", rate_bp=1_000, lane="code")
    view: CodesView = shop.service.do(IssueCodes(posting_id="issue", programme="spring"))
    return view.codes[0].code


def code_kept(shop: Shop) -> SaleView:
    shop.code = _code(shop)  # type: ignore[attr-defined]
    return shop.sell(None, FOUR)


def code_used(shop: Shop) -> SaleView:
    shop.code = _code(shop)  # type: ignore[attr-defined]
    return shop.sell(None, FOUR, codes=(shop.code,))  # type: ignore[attr-defined]


def usable(shop: Shop) -> Cell:
    try:
        shop.quote(100 * T, codes=(shop.code,))  # type: ignore[attr-defined]
    except Rejection as no:
        assert no.code == "code_used"
        return (0,)
    return (1,)


# The cells: money paid back in all, and what the member then has.
CELLS: list[tuple[str, Callable[[Shop], SaleView], Callable[[Shop], Cell], dict[str, tuple[int, Cell]]]] = [
    ("points, unspent", earned_points, points,
     {"full": (400, (0, 0)), "partial": (100, (30, 0)), "several": (300, (10, 0))}),
    ("points, spent", spent_points, points,
     {"full": (400, (0, 35)), "partial": (100, (0, 5)), "several": (300, (0, 25))}),
    ("points, used on it", paid_with_points, points,
     {"full": (200, (200, 0)), "partial": (50, (50, 0)), "several": (150, (150, 0))}),
    ("credit, unspent", earned_credit, credit,
     {"full": (400, (0, 0)), "partial": (100, (30, 0)), "several": (300, (10, 0))}),
    ("credit, spent", spent_credit, credit,
     {"full": (400, (0, 35)), "partial": (100, (0, 5)), "several": (300, (0, 25))}),
    ("credit, used on it", paid_with_credit, credit,
     {"full": (200, (200, 0)), "partial": (50, (50, 0)), "several": (150, (150, 0))}),
    ("stamps, unspent", stamps, card,
     {"full": (400, (0, 0, 0)), "partial": (100, (0, 3, 0)), "several": (300, (0, 1, 0))}),
    ("stamps, spent", stamps_used, card,
     {"full": (400, (0, 0, 4)), "partial": (100, (0, 0, 1)), "several": (300, (0, 0, 3))}),
    ("reward, unspent", rewards, card,
     {"full": (400, (0, 0, 0)), "partial": (100, (1, 1, 0)), "several": (300, (0, 1, 0))}),
    ("reward, spent", rewards_used, card,
     {"full": (400, (0, 0, 4)), "partial": (100, (0, 0, 1)), "several": (300, (0, 0, 3))}),
    ("reward, used on it", paid_with_a_reward, card,
     {"full": (300, (1, 0, 0)), "partial": (100, (0, 2, 0)), "several": (300, (0, 0, 0))}),
    ("code, unspent", code_kept, usable,
     {"full": (400, (1,)), "partial": (100, (1,)), "several": (300, (1,))}),
    ("code, spent", code_used, usable,
     {"full": (360, (1,)), "partial": (90, (0,)), "several": (270, (0,))}),
]  # fmt: skip
TABLE = [
    pytest.param(made, seen, units, *cells[way], id=f"{name}, {way} {units}")
    for name, made, seen, cells in CELLS
    for way, ways in WAYS.items()
    for units in ways
]


@pytest.mark.parametrize(("made", "seen", "units", "money", "left"), TABLE)
def test_a_cell_of_the_policy(
    shop: Shop,
    made: Callable[[Shop], SaleView],
    seen: Callable[[Shop], Cell],
    units: tuple[int, ...],
    money: int,
    left: Cell,
) -> None:
    sale = made(shop)
    paid_back = 0
    for quantity in units:
        paid_back += shop.refund(sale, None, (1, quantity)).refund_minor
        shop.proved()
    assert (paid_back // T, seen(shop)) == (money, left)
