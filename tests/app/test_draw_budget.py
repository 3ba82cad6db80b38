"""Whatever is bought and taken back, the prizes of a draw never cost more than its budget."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.app.queries import Programmes
from loyalty_pos.app.queries_games import Draws
from tests.shop import Shop, T

WORTHS = st.lists(st.integers(1, 400), min_size=1, max_size=3)
STEPS = st.lists(st.sampled_from(["sell", "sell", "sell", "void", "elsewhere"]), min_size=4, max_size=14)


def kept_within(worths: list[int], budget: int, seed: int, steps: list[str]) -> None:
    prizes: list[dict[str, Any]] = [
        {"name": f"P{n}", "chances": 2, "gives": "points", "amount": 1, "worth_minor": worth}
        for n, worth in enumerate(worths)
    ]
    with TemporaryDirectory() as folder:
        shop = Shop(Path(folder) / "shop.db", chance=seed)
        shop.enrol("A")
        shop.enrol("B")
        shop.publish("draw", "draw", {"limits": {"budget_minor": budget}}, out_of=7, prizes=prizes)
        sold: list[str] = []
        for number, step in enumerate(steps):
            if step == "void" and sold:
                shop.void(sold.pop(0))
            else:
                sale = shop.sell(100 * T, member="B" if step == "elsewhere" else "A", sale_id=f"d{number}")
                sold.append(sale.sale_id or "")
            drawn = shop.service.ask(Draws(programme="draw")).seeds[0].draws
            kept = sum(one.worth_minor for one in drawn if not one.taken_back)
            (programme,) = shop.service.ask(Programmes()).programmes
            assert programme.limits is not None
            assert kept == programme.limits.spent_minor <= budget
        shop.proved()
        shop.close()


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(worths=WORTHS, budget=st.integers(1, 1_200), seed=st.integers(1, 10_000), steps=STEPS)
def test_a_draws_prizes_never_cost_more_than_its_budget(
    worths: list[int], budget: int, seed: int, steps: list[str]
) -> None:
    kept_within(worths, budget, seed, steps)


def test_a_draw_goes_on_when_what_it_cost_comes_back_and_never_costs_more_than_its_budget() -> None:
    kept_within([120, 70], 250, 5, ["sell"] * 6 + ["void", "elsewhere", "sell", "void", "sell"])
