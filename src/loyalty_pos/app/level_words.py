"""What is missing to a level, in words: money, days of visit, points, together or one of them."""

from collections.abc import Iterable, Mapping

from loyalty_pos.app.language import Language
from loyalty_pos.app.standing_views import LackView
from loyalty_pos.domain.counting import METRICS, MISSING
from loyalty_pos.domain.kinds import listed, one_of


def amount_words(metric: str, count: int, say: Language) -> str:
    """Say so much of what a club counts."""
    if metric == "points":
        return say.n("{count} point", "{count} points", count)
    if metric == "visit_days":
        return say.n("{count} day of visit", "{count} days of visit", count)
    return say.money(count)


def lacks_words(lacks: Iterable[LackView], either: bool, say: Language) -> str:
    words = [amount_words(one.metric, one.amount, say) for one in lacks]
    return one_of(words, say) if either else listed(words, say)


def fact_lacks(facts: Mapping[str, object]) -> tuple[LackView, ...]:
    """Read what is missing out of facts."""
    found = [(metric, facts.get(MISSING[metric])) for metric in METRICS]
    return tuple(
        LackView(metric=metric, amount=amount) for metric, amount in found if isinstance(amount, int)
    )
