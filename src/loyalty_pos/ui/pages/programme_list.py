"""The programmes of the shop: name, state, and the plain sentence of each."""

from collections.abc import Callable, Collection
from operator import is_

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.programme_sides import OF_SHOP
from loyalty_pos.ui.pages.programme_use import limits_words, rests_words
from loyalty_pos.ui.pages.unread import Unread
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Chip, Elide, Skeleton, Tx
from loyalty_pos.ui.widgets.share_bar import ShareBar
from loyalty_pos.ui.worker import Problem

NEARLY_MILLI = 800
"""From so many thousandths of a limit on a programme is marked."""
_KEYS = {"partners": "Ctrl B", "gift_cards": "Ctrl G", "news": "Ctrl I"}


class ProgrammeItem(theme.Dressed, QPushButton):
    """One programme, chosen as a button is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self._shown: tuple[object, ...] | None = None
        self.setProperty("k", "key")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._name = Elide("", "input", weight=600)
        self._state = Chip()
        self._kind = Elide("", "secondary", "text2")
        self._sentence = Tx("", "secondary", "text2", wrap=True)
        self._bar = ShareBar()
        self._used = Tx("", "secondary", "text2", wrap=True)
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        self._column.addLayout(head)
        self._column.addWidget(self._kind)
        self._column.addWidget(self._sentence)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._used)
        for label in (self._name, self._state, self._kind, self._sentence, self._bar, self._used):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.dress_now()

    def dress(self) -> None:
        self._column.setContentsMargins(px(12), px(10), px(12), px(10))
        self._column.setSpacing(px(4))
        self._fit()

    def show_programme(
        self,
        programme: ProgrammeDetailView,
        language: Language,
        *,
        current: bool,
        draft: bool,
        warns: bool = True,
    ) -> None:
        """Show one programme in the language of now.

        `draft` says that changes wait to be published, `warns` that most of its limit used up is marked.
        """
        shown = (programme, language, current, draft, warns)
        before = self._shown
        if before is not None and all(map(is_, before, shown)):
            return
        self._shown = shown
        t, code = language.t, language.code
        self.key = programme.key
        limits = programme.limits
        used = limits_words(limits, language)
        over = programme.live and limits is not None and limits.used_up
        state = t("Used up") if over else t("On") if programme.live else t("Paused")
        self._name.setText(programme.name)
        on = programme.live and not over
        if on and warns and limits is not None and limits.share_milli >= NEARLY_MILLI:
            state = t("Nearly used up")
            self._state.set_content(state, "reward", "warning")
        else:
            self._state.set_content(state, "gain" if on else "plain", "check" if on else "pause")
        version = t("version {number}", number=language.number(programme.revision))
        parts = [programme.kind_label.said(code), version, *([t("draft")] if draft else ())]
        self._kind.setText(" · ".join(parts))
        self._sentence.setText(programme.sentence.said(code))
        if limits is not None:
            self._bar.set_share(limits.share_milli, used)
            used = f"{rests_words(limits, language)} · {used}" if over else used
        self._bar.setVisible(bool(used))
        self._used.setText(used)
        self._used.setVisible(bool(used))
        name = f"{programme.name}, {state}" + (f", {t('draft')}" if draft else "")
        self.setAccessibleName(bidi.strip(name))
        said = " ".join(part for part in (programme.sentence.said(code), used) if part)
        self.setAccessibleDescription(bidi.strip(said))
        theme.set_prop(self, "k", "soft" if current else "key")
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the sentence."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(200))
        tall = self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else 0
        return QSize(px(200), max(tall, px(56)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fit(self) -> None:
        self._column.invalidate()
        self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = paint.begin(self)
            paint.focus(painter, self.rect().toRectF(), px(12))


class ProgrammeList(Card):
    """List the programmes, or say why there is nothing to list."""

    chosen = Signal(str)
    new_asked = Signal()
    again_asked = Signal()
    steps_asked = Signal()  # the club's first steps
    desk_asked = Signal(str)  # partners or news

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self._language = language
        self.items: list[ProgrammeItem] = []
        self.warns: Callable[[], bool] = lambda: True
        self._shown: tuple[ProgrammeDetailView, ...] = ()
        self._current = ""
        self._drafts: Collection[str] = ()
        self._read = False  # until then nobody knows that there is none
        head = row()
        self._title = Tx("", "section")
        self.new = Btn("", "soft", icon="plus", keycap="Ctrl N", size="small")
        head.addWidget(self._title, 1)
        head.addWidget(self.new)
        self.body.addLayout(head)
        self._empty = Banner("info")
        self._trouble = Unread()
        self._skeleton = Skeleton()
        inside = QWidget()
        self._rows = column(inside, 8)
        for part in (self._empty, self._trouble, self._skeleton):
            part.hide()
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self.body.addWidget(scroller(inside), 1)
        self.desks: dict[str, Btn] = {}
        for name, side in OF_SHOP.items():
            door = self.desks[name] = Btn("", "outline", icon=side.icon, keycap=_KEYS[name], size="small")
            door.clicked.connect(lambda _=False, name=name: self.desk_asked.emit(name))
            self.body.addWidget(door)
        self.new.clicked.connect(self.new_asked)
        self._empty.acted.connect(lambda key: self.steps_asked.emit())
        self._trouble.again.connect(self.again_asked)

    def wait(self) -> None:
        """Say that the list is being read, when it takes long enough to notice."""
        self._trouble.clear()
        if not self.items:
            self._skeleton.show_later()

    def show_trouble(self, problem: Problem) -> None:
        """Say why there is no list, or why it may be old."""
        self._skeleton.cancel()
        self._trouble.show_problem(problem, self._language)

    def was_read(self) -> None:
        """Learn that what is shown is what there is."""
        self._read = True
        self._skeleton.cancel()
        self._trouble.clear()

    def show_programmes(
        self, programmes: tuple[ProgrammeDetailView, ...], current: str, drafts: Collection[str] = ()
    ) -> None:
        """Show what there is; `current` is the one being edited, `drafts` those with unpublished changes."""
        self._shown, self._current, self._drafts = programmes, current, drafts
        while len(self.items) > len(programmes):
            gone = self.items.pop()
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.items) < len(programmes):
            self._add()
        for item, programme in zip(self.items, programmes, strict=True):
            self._show(item, programme)
        self.new.set_content(self._language.t("Draft") if "" in drafts else self._language.t("New"))
        self._empty.setVisible(self._read and not programmes)

    def item_of(self, key: str) -> ProgrammeItem | None:
        """Find a programme's place in the list."""
        return next((item for item in self.items if item.key == key), None)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        t = language.t
        self._title.setText(t("Programmes"))
        self.new.set_content(t("Draft") if "" in self._drafts else t("New"))
        for name, door in self.desks.items():
            door.set_content(t(OF_SHOP[name].words))
        self._skeleton.set_name(t("The programmes are being read"))
        self._empty.set_content(
            "info",
            t("There is no programme yet"),
            t("Write the first one: choose a kind, fill in the numbers, publish."),
            (Action("club", t("Set up step by step"), "outline", keycap="Ctrl E"),),
        )
        self._trouble.show_texts(language)
        for item, programme in zip(self.items, self._shown, strict=True):
            self._show(item, programme)

    def _show(self, item: ProgrammeItem, programme: ProgrammeDetailView) -> None:
        key = programme.key
        item.show_programme(
            programme,
            self._language,
            current=key == self._current,
            draft=key in self._drafts,
            warns=self.warns(),
        )

    def _add(self) -> None:
        item = ProgrammeItem()
        item.clicked.connect(lambda: self.chosen.emit(item.key))
        self._rows.insertWidget(self._rows.count() - 1, item)
        self.items.append(item)
