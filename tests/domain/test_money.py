"""Money is split without gain or loss (rules 2)."""

import pytest

from loyalty_pos.domain import money


def test_what_weighs_nothing_takes_nothing() -> None:
    assert money.split(0, [0, 0]) == [0, 0]


def test_nothing_split_is_nothing_each() -> None:
    assert money.split(0, [3, 4]) == [0, 0]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (10, [0, 1], [0, 10]),
        (5, [1, 2, 3], [1, 2, 2]),
        (2, [1, 1, 1], [1, 1, 0]),
        (3, [1, 3, 3, 1], [1, 1, 1, 0]),
        (5, [1] * 7, [1, 1, 1, 1, 1, 0, 0]),
    ],
)
def test_parts_add_up_and_equal_remainders_favour_the_earlier(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert money.split(total, weights) == parts
