"""A programme that is still being written, compiled as if it ran already."""

from collections.abc import Mapping
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_shop import spelled_out
from loyalty_pos.app.ports import ProgrammeRow
from loyalty_pos.app.programmes import Known, ProgrammeBook, compile_programme
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.families import TierRule

DRAFT = "draft:"  # no key: those hold no colon
REVISION = -1


def drafted(
    desk: Desk, key: str | None, kind: str, params: Mapping[str, Any], when: Mapping[str, Any]
) -> Known:
    """Compile a draft under a number no revision has; raises InvalidRequest or Rejection.

    One of a published programme keeps its number and key, so that what it gave so far counts.
    """
    known = desk.store.programmes.latest(text_field("key", key, 64)) if key else None
    if known is not None:
        number, own, name = known.programme, known.key, known.name
    else:
        number, own, name = max([row.programme for row in desk.newest()], default=0) + 1, DRAFT, ""
    row = ProgrammeRow(
        number, own, text_field("kind", kind, 64), REVISION, 0, name, spelled_out(params), spelled_out(when),
        live=False,
    )  # fmt: skip
    return compile_programme(row)


def beside(desk: Desk, draft: Known) -> tuple[Known, ...]:
    """Return the live programmes that stay when the draft comes: not its older self, not the other club."""
    club = isinstance(draft.revision.rule, TierRule)
    return tuple(
        one
        for one in desk.book.live
        if one.row.key != draft.row.key and not (club and isinstance(one.revision.rule, TierRule))
    )


class DraftBook(ProgrammeBook):
    """The shop's book of programmes with a draft in it, as if it ran."""

    def __init__(self, desk: Desk, draft: Known) -> None:
        super().__init__(desk.store.programmes)
        self._published = desk.book
        self._known[draft.row.revision] = draft
        self._take((*beside(desk, draft), draft))

    def revision(self, number: int) -> Known:
        """Return the draft, or what the shop's own book has compiled already."""
        return self._known[number] if number in self._known else self._published.revision(number)
