"""Arithmetic on whole units. Money is an integer of the smallest unit; nothing here is ever a float."""

from collections.abc import Sequence
from fractions import Fraction

MICRO = 1_000_000
"""Progress is kept in millionths of a unit (rules 2)."""

MAX_AMOUNT = 10**12
"""The largest amount a shop may type, inclusive (rules 3)."""

MAX_QUANTITY = 9_999


def floor_to_step(amount_minor: int, step_minor: int) -> int:
    """Round a non-negative amount down to a whole number of steps."""
    return amount_minor - amount_minor % step_minor


def split(total: int, weights: list[int]) -> list[int]:
    """Split `total` in proportion to non-negative `weights` so that the parts add up exactly.

    Largest remainder; of equal remainders the earlier part gets the unit (rules 2). All weights
    zero: everything falls on nobody, so `total` must be zero.
    """
    whole = sum(weights)
    if whole == 0:
        assert total == 0, "nothing to split on"
        return [0] * len(weights)
    if not total:
        return [0] * len(weights)
    shares = [total * weight for weight in weights]
    parts = [share // whole for share in shares]
    missing = total - sum(parts)
    if missing == 1:  # the most common of all: no order is needed to find the first of the largest
        rests = [share % whole for share in shares]
        parts[rests.index(max(rests))] += 1
    elif missing:
        rests = [share % whole for share in shares]
        for i in sorted(range(len(rests)), key=rests.__getitem__, reverse=True)[:missing]:
            parts[i] += 1
    return parts


def split_growing(total: int, weights: Sequence[int]) -> list[int]:
    """Split like `split`, but so that no part shrinks when the total grows.

    Each unit goes where the share of it would be the largest; of equal shares the earlier part gets it.
    """
    whole = sum(weights)
    parts = [total * weight // whole if whole else 0 for weight in weights]
    for _ in range(total - sum(parts) if whole else 0):
        i = max(range(len(parts)), key=lambda i: (Fraction(weights[i], parts[i] + 1), -i))
        parts[i] += 1
    return parts
