"""A member's level put into words and one of four tones."""

from typing import Literal

from loyalty_pos.app.language import Language
from loyalty_pos.app.level_words import lacks_words
from loyalty_pos.app.standing_views import StandingView

Tone = Literal["bronze", "silver", "gold", "vip"]
_TONES: dict[int, tuple[Tone, ...]] = {
    1: ("gold",),
    2: ("silver", "gold"),
    3: ("bronze", "silver", "gold"),
}
_MANY: tuple[Tone, ...] = ("bronze", "silver", "gold", "vip")


def tone(standing: StandingView | None) -> Tone | None:
    """The colour of a level by its place: the highest of three is gold, whatever it is called."""
    if standing is None or not standing.position:
        return None
    tones = _TONES.get(standing.levels, _MANY)
    from_top = standing.levels - standing.position
    return tones[max(0, len(tones) - 1 - from_top)]


def level(standing: StandingView | None, language: Language) -> str:
    """The name of the level, "" below the first one."""
    return language.name(standing.tier_name) if standing is not None and standing.tier else ""


def way(standing: StandingView | None, language: Language) -> str:
    """How far the next level is; for somebody who was warned, what keeps the one they have."""
    if standing is None:
        return ""
    if standing.stay_until is not None:
        return language.t(
            "{missing} more until {day} to stay {level}",
            missing=lacks_words(standing.stay_lacks, standing.either, language),
            day=language.day(standing.stay_until),
            level=language.name(standing.tier_name),
        )
    if standing.next is None:
        return ""
    return language.t(
        "{missing} more to {level}",
        missing=lacks_words(standing.lacks, standing.either, language),
        level=language.name(standing.next_name),
    )
