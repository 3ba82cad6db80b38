"""Sentences for benefits and prizes that cost points."""

from collections.abc import Callable, Mapping

from loyalty_pos.app.language import Language
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.trace import TraceLine

Words = Callable[[TraceLine, Known, Mapping[str, str], Language], str]


def points_cost(line: TraceLine, say: Language) -> str:
    """Say how many points a benefit takes, or would take."""
    points = int(line.facts["points"])
    return say.n("uses {count} point", "uses {count} points", points)


def paid(line: TraceLine, said: str, say: Language) -> str:
    """Tell beside a benefit the points it took."""
    if "points" not in line.facts:
        return said
    return say.t("{said}, {cost}", said=said, cost=points_cost(line, say))


def _offered(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t(
        "{cost}, {saving} off", cost=points_cost(line, say), saving=say.money(int(line.facts["saves_minor"]))
    )


def _offered_full(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t("{said}; it is taken only when it is switched on.", said=_offered(line, known, names, say))


def _short(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    missing = int(line.facts["missing"])
    return say.n("{count} point is missing", "{count} points are missing", missing)


def _owed(line: TraceLine, known: Known, names: Mapping[str, str], say: Language) -> str:
    return say.t("points are owed first")


SHORT: dict[str, Words] = {"costs_points": _offered, "points_short": _short, "points_owed": _owed}
SENTENCES: dict[str, Words] = {"costs_points": _offered_full}
