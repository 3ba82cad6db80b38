"""What a member usually takes, and what may suit them next, from their own purchases (product P15)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

USUAL_FROM = 2
USUAL_AT_MOST = 3


class Habit(NamedTuple):
    """A product on so many of the last purchases."""

    sku: str
    times: int


class Suggestion(NamedTuple):
    """A product never bought, of the group that is bought most: `times` of the last purchases had one."""

    sku: str
    group: str
    times: int


def usual(purchases: Sequence[Collection[str]]) -> list[Habit]:
    """Return what is on the most purchases, newest first among equals; once is no habit."""
    counts = Counter(sku for bought in purchases for sku in sorted(bought))
    newest = {sku: -place for place, bought in reversed(list(enumerate(purchases))) for sku in bought}
    ranked = sorted(counts, key=lambda sku: (-counts[sku], -newest[sku], sku))
    return [Habit(sku, counts[sku]) for sku in ranked if counts[sku] >= USUAL_FROM][:USUAL_AT_MOST]


def suggested(purchases: Sequence[Collection[str]], groups: Mapping[str, str]) -> Suggestion | None:
    """Suggest a product of the favourite group; `groups` names the group of every product there is."""
    bought = {sku for each in purchases for sku in each}
    counts: Counter[str] = Counter()
    for each in purchases:
        counts.update({groups[sku] for sku in each if sku in groups})
    for group in sorted(counts, key=lambda group: (-counts[group], group)):
        if counts[group] < USUAL_FROM:
            return None
        new = sorted(sku for sku, of in groups.items() if of == group and sku not in bought)
        if new:
            return Suggestion(new[0], group, counts[group])
    return None
