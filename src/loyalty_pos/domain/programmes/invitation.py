"""An event with invitations: a guest list, places, and a check-in that may bring points (product P17)."""

from loyalty_pos.domain.coefficients import EarnParams
from loyalty_pos.domain.families import EarnRule, GuestList, Happening
from loyalty_pos.domain.kinds import GoodsName, Kind, Say, iso_day, param
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.text import N_


class Invitation(EarnParams):
    title: GoodsName = param(..., label=N_("Event"))
    day: str = param(..., label=N_("Day"), unit="day")
    places: int | None = param(None, label=N_("Places"), ge=1, le=100_000)
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
        guests=GuestList(iso_day(params.day, "params.day"), params.places),
    )


def sentence(params: Invitation, say: Say) -> str:
    said = [
        say.t(
            "Invitation to {title} on {day}.",
            title=params.title,
            day=say.day(iso_day(params.day, "params.day")),
        )
    ]
    if params.places is not None:
        said.append(say.n("{count} place.", "{count} places.", params.places))
    if params.points:
        said.append(
            say.n("Being there brings {count} point.", "Being there brings {count} points.", params.points)
        )
    return " ".join(said)


KIND = Kind("invitation", "earn", Invitation, rule, sentence, label=N_("Invitation to an event"))
