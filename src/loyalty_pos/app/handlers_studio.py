"""What an owner asks while writing a programme; each answer is loaded when it is first asked for."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.queries_studio import Overlaps, ProgrammeHistory, TryProgramme
from loyalty_pos.app.studio_views import OverlapsView, ProgrammeHistoryView, TrialView


def try_programme(desk: Desk, query: TryProgramme) -> TrialView:
    from loyalty_pos.app import trying

    return trying.try_programme(desk, query)


def overlaps(desk: Desk, query: Overlaps) -> OverlapsView:
    from loyalty_pos.app import overlapping

    return overlapping.overlaps(desk, query)


def programme_history(desk: Desk, query: ProgrammeHistory) -> ProgrammeHistoryView:
    from loyalty_pos.app import revisions

    return revisions.programme_history(desk, query)
