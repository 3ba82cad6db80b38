"""No programme asks for a segment there is not: nobody would ever be told why it never counts."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.programmes import Known
from loyalty_pos.domain.coefficients import conditions_of
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import TermRule


def refuse_unknown_segments(desk: Desk, draft: Known) -> None:
    """Raise Rejection `unknown_segment` naming the field and the first segment that is not live."""
    live = {key for key, *_ in desk.book.segments}
    for field, condition in conditions_of(draft.revision):
        for segment in sorted(condition.segments - live):
            raise Rejection("unknown_segment", segment=segment, field=f"{field}.audience.segments")
    _refuse_unknown_standings(desk, draft)


def _refuse_unknown_standings(desk: Desk, draft: Known) -> None:
    """Raise Rejection `unknown_standing` for what nobody could ever hold; what is paused is still held."""
    asked = [(field, one) for field, cond in conditions_of(draft.revision) for one in sorted(cond.standings)]
    for field, standing in asked:
        row = desk.store.programmes.latest(standing)
        if row is None or not isinstance(desk.book.revision(row.revision).revision.rule, TermRule):
            raise Rejection("unknown_standing", standing=standing, field=f"{field}.audience.standings")


def refuse_wanted_segment(desk: Desk, segment: Known) -> None:
    """Raise Rejection `segment_in_use` when a live programme asks for a segment that is to be retired."""
    if segment.kind.family != "segment":
        return
    for known in desk.book.live:
        if any(segment.row.key in condition.segments for _, condition in conditions_of(known.revision)):
            raise Rejection("segment_in_use", segment=segment.row.key, programme=known.row.key)
