"""Which desk stands beside a programme, and what its door says."""

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import N_
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """A desk by name; `words` have to be translated."""

    name: str
    words: str
    icon: str
    guide: str = "games"  # the page of the guide that F1 opens over it


_OF_KINDS = {
    "challenge": Side("challenge", N_("Its standings"), "star"),
    "draw": Side("draw", N_("Its draws"), "ticket"),
    "invitation": Side("invitation", N_("Its guest list"), "people"),
    "participation": Side("participation", N_("Its answers"), "note"),
    "prize": Side("prize", N_("Prizes to hand over"), "gift"),
    "vip": Side("vip", N_("To win back"), "crown", "standing"),
}
HISTORY = Side("history", N_("Its history"), "clock", "programmes")
OF_SHOP = {
    "partners": Side("partners", N_("Partners"), "link"),
    "gift_cards": Side("gift_cards", N_("Gift cards given away"), "gift", "rewards"),
    "news": Side("news", N_("News for an interest"), "heart"),
}


def side_of(programme: ProgrammeDetailView | None) -> Side | None:
    """Name the desk of a programme; None when it has none."""
    if programme is None:
        return None
    if programme.by_code:
        return Side("codes", N_("Its codes"), "ticket", "codes")
    if programme.cause:
        return Side("cause", N_("Its pledges"), "gift", "standing")
    if programme.listed is not None:
        return Side("list", N_("Its list by hand"), "people", "segments")
    return _OF_KINDS.get(programme.kind)
