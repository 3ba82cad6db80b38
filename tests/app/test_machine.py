"""A whole shop against plain arithmetic: any steps in any order leave the same balances."""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.app.whole_shop import WholeShop, furnish
from tests.examples import ALL


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    furnish(folder / "shop.db")
    return folder


@pytest.mark.parametrize("part", range(4))
def test_any_steps_in_any_order_leave_what_plain_arithmetic_says(part: int, start: Path) -> None:
    """Four parts with chances of their own, so that two processors share them."""
    machine = type(f"WholeShop{part}", (WholeShop,), {"start": start})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=50 if ALL else 6, stateful_step_count=50 if ALL else 30)
    )
