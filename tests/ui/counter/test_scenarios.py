"""The scenarios a cashier knows by heart, key for key, over real widgets and a real file.

Every key event sent to the window is counted, held modifiers included; a scan is an action without keys.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from loyalty_pos.app.views import SaleView
from tests.ui.counter import real_shop
from tests.ui.counter.goods_shop import HAMID, KAVEH, LEILA, SARA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


Check = Callable[[Counter, tuple[SaleView, ...]], object]


@dataclass(frozen=True)
class Scenario:
    """What is done (`scan` and a code, or keys), in how many actions and keys, and what must come of it.

    `before` is done uncounted.
    """

    name: str
    steps: tuple[str, ...]
    keys: int
    due_minor: int
    member: str | None
    check: Check = lambda counter, sales: None
    before: tuple[str, ...] = ()


def scan(code: str) -> str:
    return f"scan {code}"


def _free_drink_used(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    assert sales[0].discount_minor == 1_280_000 + 170_500
    assert sum(reward.count for reward in real_shop.member(counter.path, SARA).rewards) == 0
    assert counter.rig.tray.sales == [sales[0].sale_id]


def _all_credit_used(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    assert sales[0].paid_by.credit_minor == LEILAS_CREDIT


def _part_of_it_used(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    assert sales[0].paid_by.credit_minor == 50_000


def _joined(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    joined = real_shop.member(counter.path, "09121112233")
    assert (joined.name, joined.visits) == ("", 1)


def _attached(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    member = real_shop.member(counter.path, KAVEH)
    assert (member.visits, member.points) == (1, 469)


def _taken_back(counter: Counter, sales: tuple[SaleView, ...]) -> None:
    assert sales[0].voided
    kaveh = real_shop.member(counter.path, KAVEH)
    assert (kaveh.points, kaveh.credit_minor) == (0, 0)


LEILAS_CREDIT = 76_000
SCENARIOS = (
    Scenario(
        "repeat member, the reward is on already", (scan(SARA), "469.", "Enter"), 5, 3_239_500,
        SARA, _free_drink_used,
    ),
    Scenario(
        "no card, the last four digits are unique", ("8090 Enter", "469.", "Enter"), 10, 4_455_500, KAVEH,
    ),
    # Ranked by the last visit: Leila was the last, then Sara; Hamid never came.
    Scenario(
        "three people share the four digits", ("6789 Enter", "Down Enter", "469.", "Enter"), 12, 3_239_500,
        SARA,
    ),
    Scenario(
        "three people share the four digits, one more digit", ("6789 Enter", "5 Enter", "469.", "Enter"), 12,
        3_239_500, SARA,
    ),
    Scenario(
        "all the store credit too", (scan(LEILA), "469.", "F6", "Enter"), 6, 4_455_500 - LEILAS_CREDIT,
        LEILA, _all_credit_used,
    ),
    Scenario(
        "a part of the credit", (scan(LEILA), "469.", "Shift+F6", "5. Enter", "Enter"), 10,
        4_455_500 - 50_000, LEILA, _part_of_it_used,
    ),
    Scenario(
        "new member, the phone only", ("F3 09121112233 Enter", "469.", "Enter"), 18, 4_455_500, "new",
        _joined,
    ),
    Scenario(
        "the card comes after paying", ("Shift+F10", scan(KAVEH)), 2, 4_690_000, KAVEH, _attached,
        before=("469. F9",),
    ),
    Scenario(
        "the last sale is taken back", ("Ctrl+z",), 2, 4_455_500, KAVEH, _taken_back,
        before=(scan(KAVEH), "469. Enter"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_takes_these_keys_and_no_more(counter: Counter, scenario: Scenario) -> None:
    act(counter, *scenario.before)
    assert act(counter, *scenario.steps) == scenario.keys
    sales = counter.sales()
    assert sales[0].due_minor == scenario.due_minor
    if scenario.member == "new":
        assert sales[0].member is not None
    elif scenario.member is not None:
        assert sales[0].member == real_shop.member(counter.path, scenario.member).member
    scenario.check(counter, sales)


def act(counter: Counter, *steps: str) -> int:
    """Do steps one after the other; return how many keys went down, those of a scanner left out."""
    before, scanned = counter.rig.keys_pressed, 0
    for step in steps:
        start = counter.rig.keys_pressed
        if step.startswith("scan "):
            counter.scan(step.removeprefix("scan "))
            scanned += counter.rig.keys_pressed - start
        else:
            counter.do(step)
    return counter.rig.keys_pressed - before - scanned


def test_the_numbers_of_actions_are_those_promised() -> None:
    promised = [3, 3, 4, 4, 4, 5, 3, 2, 1]
    assert [len(scenario.steps) for scenario in SCENARIOS] == promised


def test_one_key_too_many_is_counted(counter: Counter) -> None:
    assert act(counter, scan(HAMID), "4699", "Back", ".", "Enter") == 5 + 2
    assert act(counter, "Ctrl+z") == 2
    assert act(counter, "F2", "-") == 2
