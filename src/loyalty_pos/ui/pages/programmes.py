"""The programmes page: what runs, what is paused, and a desk to write them at."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.commands import PublishProgramme, ResumeProgramme, RetireProgramme
from loyalty_pos.app.form_views import DraftView, KindsView, ProgrammeDetailView, ProgrammesView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import Kinds, Presets, Programmes
from loyalty_pos.app.views import PublishedView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.page import Page, shop_day
from loyalty_pos.ui.pages.programme_annex import Annex
from loyalty_pos.ui.pages.programme_cost import Costing
from loyalty_pos.ui.pages.programme_drafts import Keeping
from loyalty_pos.ui.pages.programme_editor import ProgrammeEditor, still
from loyalty_pos.ui.pages.programme_list import ProgrammeList
from loyalty_pos.ui.pages.programme_trial import Trying
from loyalty_pos.ui.pages.programme_undo import Undoing
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import Btn, Elide
from loyalty_pos.ui.widgets.sight import bring_into_sight
from loyalty_pos.ui.worker import Problem

LIST_WIDTH, LIST_SHARE_PERCENT = (
    300,
    23,
)  # the list beside a form: never as wide as what it stands beside asks
WIDE = 1180  # below this the list and the editor take turns
FIRST_KIND = "stamp_card"
_OF_SHOP = {Action.PARTNERS: "partners", Action.NEWS: "news", Action.SELL_CARD: "gift_cards"}


class ProgrammesPage(Page):
    """List and edit programmes; every sentence and every error comes from the shop itself."""

    key = "programmes"
    icon = "gift"
    title = N_("Programmes")
    concerns = Changes.PROGRAMMES | Changes.SHOP | Changes.LEDGER | Changes.MEMBERS
    guide = "programmes"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self.list, self.editor = ProgrammeList(language), ProgrammeEditor(language)
        self.keeping = Keeping(self, self.editor)
        self.costing = Costing(
            self.editor.side.cost,
            lambda: self.editor.request() if self.editor.ready else None,
            lambda: shop_day(self.wall_ms(), self.language),
        )
        side = self.editor.side
        self.trying = Trying(
            side.trial,
            side.overlaps,
            dispatcher,
            lambda: self.editor.request() if self._editing and self.editor.ready else None,
        )
        self.undoing = Undoing(self, self._failed)
        self._shown: tuple[ProgrammeDetailView, ...] = ()
        self._editing = False
        self._publishing = False
        self._done = ""  # the programme something was just done to
        self._name, self._line = Elide("", "name"), Elide("", "secondary", "text2")
        self.back = Btn("", "outline", icon="chevron-back", keycap="Esc")
        self.pause = Btn("", "outline", keycap="Ctrl R")
        self.throw = Btn("", "ghost", icon="undo", keycap="Ctrl Z")
        self.publish = Btn("", "primary", icon="check", keycap="Ctrl S")
        self.annex = Annex(self)
        self.annex.otherwise = self.back.setFocus
        _lay(self, (self._name, self._line))
        self.annex.moved.connect(self._show)
        self.editor.side.use.opened.connect(lambda: self.annex.open_for(self.editor.original))
        self.list.chosen.connect(self._choose)
        self.list.new_asked.connect(self._new)
        self.list.again_asked.connect(self.refresh)
        self.list.steps_asked.connect(lambda: self.went.emit("club"))
        side.history.clicked.connect(lambda: self.annex.open_history(self.editor.original))
        self.list.desk_asked.connect(self.annex.open_of_shop)
        self.editor.edited.connect(lambda: _written(self))
        self.throw.clicked.connect(lambda: self.keeping.throw_away(self._open, self._new))
        self.editor.side.told.acted.connect(lambda key: self.keeping.bring_back())
        self.back.clicked.connect(self._to_list)
        self.pause.clicked.connect(self._pause)
        self.publish.clicked.connect(self._publish)
        self.show_texts()

    def show_texts(self) -> None:
        t = self.language.t
        self.throw.set_content(t("Drop the changes"))
        self.list.set_language(self.language)
        self.editor.set_language(self.language)
        self.annex.show_texts(self.language)
        self.costing.show_texts(self.language)
        self.trying.set_language(self.language)
        self.undoing.set_language(self.language)
        self.publish.set_content(t("Publish"))
        self._show()

    def refresh(self) -> None:
        self.list.wait()
        self.trying.learn_goods()
        self.dispatcher.ask(Kinds(), self._learn, self._trouble, self)

    def put_focus(self) -> None:
        if self.annex.on:
            self.annex.put_focus()
        elif self._editing:
            self.editor.name.setFocus()
        elif self.list.items:
            left = self.list.item_of(self.editor.original.key) if self.editor.original else None
            (left or self.list.items[0]).setFocus()
        else:
            self.list.new.setFocus()

    def act(self, pressed: Pressed) -> bool:
        if self.annex.act(pressed):
            return True
        if pressed.action is Action.NEW:
            self._new()
        elif pressed.action is Action.CODES:
            self.editor.side.use.open.click()
        elif pressed.action in _OF_SHOP:
            self.annex.open_of_shop(_OF_SHOP[pressed.action])
        elif pressed.action is Action.PUBLISH:
            self._publish()
        elif pressed.action is Action.PAUSE:
            self.pause.click()
        elif pressed.action is Action.HISTORY:
            self.editor.side.history.click()
        elif pressed.action is Action.UNDO:
            return self.undoing.obey(self.throw)
        elif pressed.action is Action.SEARCH and self.editor.side.trial.isVisible():
            self.editor.side.trial.whom.open()
        elif pressed.action is Action.ESCAPE and self.editor.side.trial.whom.looking:
            self.editor.side.trial.whom.close_search()
        elif pressed.action is Action.ESCAPE and self.back.isVisible():
            self._to_list()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Take a scan while codes or a list are worked on, or a draft is to be tried on a member."""
        whom = self.editor.side.trial.whom
        if not self.annex.on and whom.looking and whom.picker is not None:
            whom.picker.take(code)
            return True
        return self.annex.takes_scan(code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list and editor beside each other where both fit."""
        super().resizeEvent(event)
        self._show()

    def _learn(self, kinds: KindsView) -> None:
        # A form under somebody's hands is not taken away.
        if not (self._editing and self.editor.dirty):
            self.editor.set_kinds(kinds)
        self.dispatcher.ask(Presets(), self.editor.offer, self._trouble, self)
        self.dispatcher.ask(Programmes(), self._list, self._trouble, self)

    def _list(self, view: ProgrammesView) -> None:
        first, self._shown = not self._shown, view.programmes
        self.list.was_read()
        original, done, self._done = self.editor.original, self._done, ""
        wanted = done or (original.key if original is not None and not self.editor.dirty else "")
        found = next((each for each in view.programmes if each.key == wanted), None)
        if self._editing and found is not None:
            self._open(found)
        elif not self._editing and self._wide and view.programmes:
            self._open(view.programmes[0])
        self.annex.refresh(view.programmes)
        self._show()
        item = self.list.item_of(done)
        if item is not None:  # its sentence is broken into lines first
            QTimer.singleShot(0, item, lambda: bring_into_sight(item))
        if first and self.list.new.hasFocus():
            self.put_focus()

    def _trouble(self, problem: Problem) -> None:
        self.list.show_trouble(problem)
        self._editing = self._editing and self.editor.ready
        self._show()

    def _choose(self, key: str) -> None:
        found = next((each for each in self._shown if each.key == key), None)
        if found is not None:
            self._open(found)
            self.editor.name.setFocus()

    def _open(self, programme: ProgrammeDetailView) -> None:
        self._editing = True
        if self.annex.programme is not None and self.annex.programme.key != programme.key:
            self.annex.close_desk()
        self.editor.open(programme)
        self.costing.forget()
        self.trying.start()
        self.keeping.take_up(programme.key)
        self._draft()

    def _new(self) -> None:
        self._editing = True
        self.annex.close_desk()
        self.editor.start_new(FIRST_KIND)
        self.costing.forget()
        self.trying.start()
        self.keeping.take_up("")
        self._draft()
        self.editor.name.setFocus()

    def _to_list(self) -> None:
        if self.annex.on:
            self.annex.act(Pressed(Action.ESCAPE))
            return
        self._editing = False
        self._show()
        self.put_focus()

    def _draft(self) -> None:
        self._show()
        if self.editor.ready:
            self.dispatcher.ask_latest("draft", self.editor.request(), self._drafted, self._failed, self)

    def _drafted(self, draft: DraftView) -> None:
        wanted, self._publishing = self._publishing, False
        self.editor.show_draft(draft, tried=wanted)
        with still(self.editor):
            self.trying.look(draft)
            self._show()
        if wanted and draft.problems:
            self.editor.focus_problem()
        elif wanted:
            asked = self.editor.request()
            command = PublishProgramme(
                key=draft.key, kind=asked.kind, name=asked.name, params=asked.params, when=asked.when
            )

            forget, before = self.keeping.forgetting(), self.editor.original

            def done(view: PublishedView) -> None:
                forget()
                self._done = view.key
                self.undoing.published(view.key, view.revision, before)

            self.dispatcher.do(command, done, self._failed, self)

    def _publish(self) -> None:
        """Publish what is written now, or go to what keeps it from being published."""
        if self._editing and self.editor.ready and (self.editor.dirty or self.editor.original is None):
            self._publishing = True
            self._draft()

    def _pause(self) -> None:
        original = self.editor.original
        if original is None:
            return
        key = original.key
        command = RetireProgramme(key=key) if original.live else ResumeProgramme(key=key)

        def done(view: PublishedView) -> None:
            self._done = key
            self.undoing.switched(key, live=not original.live)

        self.dispatcher.do(command, done, self._failed, self)

    def _failed(self, problem: Problem) -> None:
        self._publishing = False
        self.editor.side.show_trouble(say_problem(problem, self.language))
        self._show()

    @property
    def _wide(self) -> bool:
        return self.width() >= px(WIDE)

    def _show(self) -> None:
        t, editor, desk = self.language.t, self.editor, self.annex.on
        self.guide = self.annex.side.guide if self.annex.side is not None else ProgrammesPage.guide
        original = editor.original if self._editing else None
        editor.side.use.show_programme(original, self.language)
        editor.side.history.setVisible(original is not None)
        editor.side.history.set_content(t("History"))
        editor.show_presets()
        self.list.setVisible(self._wide or not (self._editing or desk))
        beside = self._wide and (self._editing or desk)
        width = min(px(LIST_WIDTH), self.width() * LIST_SHARE_PERCENT // 100)
        self.list.setMinimumWidth(width if beside else 0)
        self.list.setMaximumWidth(width if beside else 16_777_215)
        editor.setVisible(self._editing and not desk)
        self.annex.setVisible(desk)
        side, of_shop = self.annex.side, desk and self.annex.programme is None
        back = t("Back") if of_shop else t("Back to the form")
        self.back.set_content(back if desk else t("List"))
        self.back.setVisible(desk or (self._editing and not self._wide))
        self.pause.setVisible(original is not None and not desk)
        self.publish.setVisible(self._editing and not desk)
        self.list.show_programmes(self._shown, original.key if original else "", self.keeping.keys)
        dirty = self._editing and editor.dirty
        self.throw.setVisible(dirty and editor.ready and not desk)
        if of_shop and side is not None:
            self._name.setText(t(side.words))
            self._line.setText(t("Beside the programmes"))
            return
        if not self._editing:
            self._name.setText(t("Programmes"))
            self._line.setText(t("What the shop gives its members, each in one sentence"))
            return
        self._name.setText(editor.name.text().strip() or t("New programme"))
        if side is not None:
            self._line.setText(t(side.words))
            return
        live = original is not None and original.live
        self.pause.set_content(t("Pause") if live else t("Resume"), icon="pause" if live else "check")
        self.pause.setEnabled(not dirty)
        self.publish.setEnabled(editor.ready and (original is None or dirty))
        if original is None:
            self._line.setText(t("not published yet"))
        else:
            said = t("version {number}", number=self.language.number(original.revision))
            key = t("short name {key}", key=self.language.isolate(original.key))
            self._line.setText(" · ".join((said, t("changes not published yet") if dirty else key)))


def _written(page: ProgrammesPage) -> None:
    """Keep what was just written, and ask what it means."""
    with still(page.editor):
        page.keeping.put_aside()
        page._draft()
    page.costing.forget()


def _lay(page: ProgrammesPage, names: Sequence[QWidget]) -> None:
    """Put a page's head over its list, and beside that the form or what stands in its place."""
    whole = QVBoxLayout(page)
    theme.space(whole, 10, (14, 10, 14, 14))
    head, lines = row(12), QVBoxLayout()
    theme.space(lines)
    for line in names:
        lines.addWidget(line)
    head.addWidget(page.back)
    head.addLayout(lines, 1)
    for button in (page.throw, page.pause, page.publish):
        head.addWidget(button)
    whole.addLayout(head)
    across = row(14)
    across.addWidget(page.list, 1)
    across.addWidget(page.editor, 3)
    across.addWidget(page.annex, 3)
    whole.addLayout(across, 1)
