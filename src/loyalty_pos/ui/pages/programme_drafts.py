"""The drafts of one window: put aside with every key, written down when the hands rest."""

import logging
from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.unpublished import KeptDraft, Shelf, ShelfStore
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.pages.counter_words import day_and_time
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.programme_editor import ProgrammeEditor
from loyalty_pos.ui.widgets import Action

log = logging.getLogger(__name__)

REST_MS = 600


class Drafts(QObject):
    """Keep drafts while the program runs, and in a store when there is one."""

    def __init__(self, store: ShelfStore | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._read: Shelf | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._write)

    def keys(self, shop: str) -> Collection[str]:
        """Return which programmes of a shop have a draft."""
        return self._shelf.get(shop, {}).keys()

    def get(self, shop: str, key: str) -> KeptDraft | None:
        """Return the draft of a programme."""
        return self._shelf.get(shop, {}).get(key)

    def put(self, shop: str, key: str, draft: KeptDraft) -> None:
        """Put a draft aside."""
        self._shelf.setdefault(shop, {})[key] = draft
        self._rest.start()

    def drop(self, shop: str, key: str) -> None:
        """Forget a draft: it was published, or thrown away."""
        if self._shelf.get(shop, {}).pop(key, None) is not None:
            self._rest.start()

    def write(self) -> None:
        """Write down what was put aside since the last time."""
        if self._rest.isActive():
            self._rest.stop()
            self._write()

    def _write(self) -> None:
        if self._store is None:
            return
        try:
            self._store.save(self._shelf)
        except Fault as trouble:
            log.warning("drafts not kept: %s", trouble.code)

    @property
    def _shelf(self) -> Shelf:
        if self._read is None:
            self._read = self._store.load() if self._store else {}
        return self._read


class Keeping:
    """See to it that nothing written in the editor of a page is lost before it is published."""

    def __init__(self, page: Page, editor: ProgrammeEditor) -> None:
        self.drafts = Drafts(parent=page)
        self._page, self._editor = page, editor
        self._thrown: KeptDraft | None = None

    @property
    def keys(self) -> Collection[str]:
        """Which programmes have a draft; a new one's key is empty."""
        return self.drafts.keys(self._shop)

    def take_up(self, key: str) -> None:
        """Go on with the draft of a programme just opened, when it has one, and say so."""
        language, original = self._page.language, self._editor.original
        kept = self.drafts.get(self._shop, key)
        if kept is None or (original is not None and original.kind != kept.kind):
            return
        self._editor.take_up(kept)
        if original is not None and original.revision != kept.revision:
            said = language.t("Your draft is older than what runs now; look before you publish")
        else:
            when = day_and_time(kept.at_ms, language)
            said = language.t("Your draft of {when} is here; it is not published yet", when=when)
        self._editor.side.tell(said, kind="info")

    def put_aside(self) -> None:
        """Keep what is written now, or nothing when it is what runs."""
        self._thrown = None
        if self._editor.dirty:
            self.drafts.put(self._shop, self._key, self._editor.kept(self._page.wall_ms()))
        else:
            self.drafts.drop(self._shop, self._key)

    def forgetting(self) -> Callable[[], None]:
        """Return what forgets the draft of now, to be called when it is published."""
        shop, key = self._shop, self._key
        return lambda: self.drafts.drop(shop, key)

    def throw_away(
        self, open_known: Callable[[ProgrammeDetailView], None], open_new: Callable[[], None]
    ) -> None:
        """Drop the draft of now and go back to what runs; it can be brought back at once."""
        thrown = self._editor.kept(self._page.wall_ms())
        self.drafts.drop(self._shop, self._key)
        if self._editor.original is not None:
            open_known(self._editor.original)
        else:
            open_new()
        self._thrown = thrown
        t = self._page.language.t
        back = (Action("back", t("Bring it back"), "outline", icon="undo", keycap="Ctrl Z"),)
        self._editor.side.tell(t("The changes are dropped"), back)

    def bring_back(self) -> None:
        """Write the draft thrown away just now again."""
        thrown = self._thrown
        if thrown is not None:
            self._editor.take_up(thrown)
            self._editor.side.tell("")
            self._editor.edited.emit()

    @property
    def _key(self) -> str:
        return self._editor.original.key if self._editor.original else ""

    @property
    def _shop(self) -> str:
        shop = self._page.language.shop
        return shop.shop if shop else ""
