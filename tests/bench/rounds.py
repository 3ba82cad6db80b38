"""Timing two ways of doing the same work, side by side in one run: interleaved rounds, medians, ratios."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Work = Callable[[int], object]
"""Do the work once; the argument counts the calls, so that no call repeats another."""


@dataclass(frozen=True)
class Pair:
    """Our way, and the same work by hand. `goal` is the ratio performance asks for; it is no gate.

    `between` is done before every call, `tidy` after every round, and neither is timed.
    """

    name: str
    ours: Work
    by_hand: Work
    calls: int
    goal: float | None = None
    tidy: Callable[[], object] = lambda: None
    between: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Measured:
    """Microseconds of one call, ours and by hand, and how many times longer ours takes."""

    name: str
    ours_p50_us: float
    ours_p99_us: float
    by_hand_p50_us: float
    by_hand_p99_us: float
    ratio: float
    goal: float | None


def measure(pairs: Sequence[Pair], rounds: int, clock: Callable[[], int]) -> list[Measured]:
    """Run every pair in every round, each side in turn first, so that a slow moment hits both."""
    times: dict[tuple[str, bool], list[list[int]]] = {
        (pair.name, ours): [] for pair in pairs for ours in (True, False)
    }
    for number in range(-1, rounds):
        for pair in pairs:
            for ours in (True, False) if number % 2 else (False, True):
                found = _timed(pair, pair.ours if ours else pair.by_hand, number + 1, clock)
                pair.tidy()
                if number >= 0:  # the first round only warms up
                    times[pair.name, ours].append(found)
    return [_measured(pair, times[pair.name, True], times[pair.name, False]) for pair in pairs]


def _timed(pair: Pair, work: Work, number: int, clock: Callable[[], int]) -> list[int]:
    found = []
    gc.collect()
    gc.disable()
    for call in range(number * pair.calls, (number + 1) * pair.calls):
        pair.between()
        started = clock()
        work(call)
        found.append(clock() - started)
    gc.enable()
    return found


def _measured(pair: Pair, ours: list[list[int]], by_hand: list[list[int]]) -> Measured:
    ratios = [median(one) / median(other) for one, other in zip(ours, by_hand, strict=True)]
    return Measured(
        pair.name,
        median(median(found) for found in ours) / 1000,
        _p99(ours),
        median(median(found) for found in by_hand) / 1000,
        _p99(by_hand),
        median(ratios),
        pair.goal,
    )


def _p99(rounds: list[list[int]]) -> float:
    return quantiles([time for found in rounds for time in found], n=100)[98] / 1000
