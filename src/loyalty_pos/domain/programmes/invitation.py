"""An event with invitations: a guest list, places, and a check-in that may bring points (product P17)."""

from datetime import date

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import EarnRule, GuestList, Happening
from loyalty_pos.domain.kinds import GoodsName, Kind, Say, param
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.text import N_


class Invitation(EarnParams):
    title: GoodsName = param(..., label=N_("Event"))
    day: str = param(..., label=N_("Day"), unit="day")
    places: int | None = param(None, label=N_("Places"), unit="units", ge=1, le=100_000)
    points: int = param(0, label=N_("Points for being there"), unit="points", ge=0, le=1_000_000)


def rule(params: Invitation) -> EarnRule:
    """Compile; raises InvalidRequest for a day that is none."""
    return EarnRule(
        measure="event",
        rate_micro=params.points * MICRO,
        step_micro=MICRO,
        yield_unit="points",
        yield_per_step=1,
        happening=Happening("check_in"),
        guests=GuestList(_day(params), params.places),
    )


def _day(params: Invitation) -> str:
    try:
        day = date.fromisoformat(params.day).isoformat()
    except ValueError:
        day = ""
    if day != params.day:
        raise InvalidRequest("params.day", "not_a_day")
    return day


def sentence(params: Invitation, say: Say) -> str:
    said = [say.t("Invitation to {title} on {day}.", title=params.title, day=say.day(_day(params)))]
    if params.places is not None:
        said.append(say.n("{count} place.", "{count} places.", params.places))
    if params.points:
        said.append(
            say.n("Being there brings {count} point.", "Being there brings {count} points.", params.points)
        )
    return " ".join(said)


KIND = Kind("invitation", "earn", Invitation, rule, sentence, label=N_("Invitation to an event"))
