"""Beginning and ending the sales journal on a second medium."""

from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.journal_views import JournalView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import Fault


def keep_journal(desk: Desk, command: KeepJournal) -> JournalView | None:
    """Begin the journal together with the copy it goes on from; a medium that takes none keeps none."""
    shop, store = desk.shop.view.shop, desk.store
    folder = None if command.folder is None else text_field("folder", command.folder, 500)
    _keep(desk, folder)
    if folder is None:
        return None
    view = store.journal.view()
    assert view is not None
    if any(code != "journal_same_disk" for code in view.warnings):
        _keep(desk, None)
        raise Fault("journal_not_begun", path=folder)
    store.backup(folder, shop, desk.clock.now_ms())
    return view


def _keep(desk: Desk, folder: str | None) -> None:
    with desk.store.transaction():
        desk.store.journal.keep(folder)
