"""The desk of an event: its guest list, inviting and taking back, checking in on the day."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_games import CheckIn, Invite, Uninvite
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.guest_views import CheckedInView, GuestsView, GuestView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_games import Guests
from loyalty_pos.app.views import MemberLineView
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.pages.named_line import NamedLine
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets import Btn
from loyalty_pos.ui.widgets.banner import Action as Offer


class GuestsDesk(SideDesk):
    """Invite by searching or scanning; on the day a scan and a row's button check in.

    An invitation is taken back with its reason: a row's small button, or Ctrl Z for the row with the keyboard
    and else for the last one who was invited here.
    """

    tiles = ("people", "check", "calendar")
    stem = "guests"

    _view: GuestsView | None = None
    _last = ""  # whom was invited last here

    def __init__(
        self,
        dispatcher: Dispatcher,
        language: Language,
        new_key: Callable[[], str],
        today: Callable[[], str],
    ) -> None:
        self._today = today
        super().__init__(dispatcher, language, new_key)
        self.picker.picked.connect(self._invite)
        self.listed.undone.connect(self.leaving.open_for)
        self.leaving.given.connect(self._uninvite)
        self.leaving.closed.connect(self.put_focus)

    def parts(self) -> Sequence[QWidget]:
        self.picker = MemberPicker(self.dispatcher, self.language, "guest")
        self.leaving = Leaving()
        self.leaving.hide()
        return (self.picker, self.leaving)

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        self._last = ""
        self.leaving.hide()
        super().open_for(programme)

    def ask(self) -> None:
        self.courier.ask_latest("guests", self.to_save(), self._came, self.unread)

    def to_save(self) -> Guests:
        assert self.programme is not None
        return Guests(programme=self.programme.key)

    def put_focus(self) -> None:
        self.picker.setFocus()

    def act(self, pressed: Pressed) -> bool:
        if pressed.action is Action.SEARCH:
            self.put_focus()
        elif pressed.action is Action.ESCAPE and not self.leaving.isHidden():
            self.leaving.close_it()
        elif pressed.action is Action.UNDO and self.leaving.isHidden():
            self._take_back()
        elif pressed.action is Action.ESCAPE and self.picker.search.text():
            self.picker.clear()
        else:
            return super().act(pressed)
        return True

    def takes_scan(self, code: str) -> bool:
        """Check a guest in on the day; before it, put whoever is scanned on the list."""
        if self._is_on:
            self._check_in(code)
        else:
            self.picker.take(code)
        return True

    def row_acted(self, key: str) -> None:
        self._check_in(key)

    def show_texts(self, language: Language) -> None:
        self.picker.show_texts(language)
        self.leaving.show_texts(language)
        super().show_texts(language)

    def show_view(self) -> None:
        t, view, number = self.language.t, self._view, self.language.number
        self.heading.setText(t("Invite"))
        on = t("Scan a card to check a guest in.")
        before = t("Whoever is found or scanned is on the guest list.")
        self.help.setText(on if self._is_on else before)
        if view is None or self.programme is None or view.programme != self.programme.key:
            return
        left = "" if view.places_left is None else t("{count} places left", count=number(view.places_left))
        self.figures[0].set_content(t("Invited"), number(view.invited), "", left)
        self.figures[1].set_content(t("Came"), number(view.came))
        self.figures[2].set_content(t("Day"), self.language.day_short(view.day))
        rows = [self._row(one) for one in view.guests]
        title = t("Guests of {event}", event=self.language.name(view.title))
        find = Offer("find", t("Find a member"), "soft", icon="search", keycap="F2")
        hint = t("Guests are listed here with whether they came.")
        none = t("Nobody is invited yet")
        self.listed.show_rows(title, rows, none, hint=hint, offer=find, icon="people")

    @property
    def _is_on(self) -> bool:
        return self._view is not None and self._view.day == self._today()

    def _row(self, one: GuestView) -> RowWords:
        t, named = self.language.t, called(one.member_name, None, self.language)
        if one.came:
            return RowWords(key=one.member, title=named, chip=t("here"), chip_kind="gain")
        button = t("Check in") if self._is_on else ""
        return RowWords(
            key=one.member,
            title=named,
            chip=t("invited"),
            button=button,
            hears=t("Check {name} in", name=named),
            undoes=t("Take back the invitation of {name}", name=named),
        )

    def _came(self, view: GuestsView) -> None:
        self._view = view
        self.show_view()

    def _invite(self, member: MemberLineView) -> None:
        if self.programme is None:
            return
        command = Invite(posting_id=self.new_key(), programme=self.programme.key, members=(member.member,))
        named = called(member.name, member.phone, self.language)

        def done(view: GuestsView) -> None:
            self._last = member.member
            self.picker.clear()
            self.say("gain", self.language.t("{name} is invited", name=named))
            self._came(view)

        self.courier.do(command, done, self.failed)

    def _check_in(self, member: str) -> None:
        if self.programme is None:
            return
        command = CheckIn(posting_id=self.new_key(), programme=self.programme.key, member=member)

        def done(view: CheckedInView) -> None:
            named = called(view.member_name, None, self.language)
            self.say("gain", self.language.t("{name} is here", name=named))

        self.courier.do(command, done, self.failed)

    def _take_back(self) -> None:
        """Ask why somebody is invited no more: whose row has the keyboard, or who was invited last."""
        waiting = [one.member for one in self._view.guests if not one.came] if self._view else []
        marked = [row.key for row in self.listed.rows if row.button.hasFocus() or row.undo.hasFocus()]
        whom = next((key for key in (*marked, self._last) if key in waiting), None)
        if whom is not None:
            self.leaving.open_for(whom)

    def _uninvite(self, member: str, reason: str) -> None:
        if self.programme is None:
            return
        command = Uninvite(
            posting_id=self.new_key(), programme=self.programme.key, member=member, reason=reason
        )
        listed = self._view.guests if self._view else ()
        named = next((one.member_name for one in listed if one.member == member), "")

        def done(view: GuestsView) -> None:
            said = called(named, None, self.language)
            self.leaving.close_it()
            self.say("info", self.language.t("The invitation of {name} is taken back", name=said))
            self._came(view)

        self.courier.do(command, done, self.failed)


class Leaving(QWidget):
    """Why an invitation is taken back; without a reason it is not."""

    given = Signal(str, str)  # the member and the reason
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "clear")
        self._member = ""
        self._language: Language | None = None
        self.why = NamedLine()
        self.sure, self.close_button = Btn("", "primary", keycap="Enter"), Btn("", "outline", keycap="Esc")
        across = row()
        across.addWidget(self.sure, 2)
        across.addWidget(self.close_button, 1)
        lines = column(self, 6)
        lines.addWidget(self.why)
        lines.addLayout(across)
        self.why.line.returnPressed.connect(self._give)
        self.why.told.connect(lambda: self.why.mark(""))
        self.sure.clicked.connect(self._give)
        self.close_button.clicked.connect(self.close_it)

    def show_texts(self, language: Language) -> None:
        """Speak a language; what was typed stays."""
        self._language = language
        self.why.set_texts(language.t("Why is the invitation taken back?"), language)
        self.sure.set_content(language.t("Take the invitation back"))
        self.close_button.set_content(language.t("Close"))

    def open_for(self, member: str) -> None:
        """Ask for the reason of one member."""
        self._member = member
        self.why.line.clear()
        self.why.mark("")
        self.show()
        self.why.setFocus()

    def close_it(self) -> None:
        """Leave the invitation as it is."""
        self.hide()
        self.closed.emit()

    def _give(self) -> None:
        reason = self.why.line.text().strip()
        if reason:
            self.given.emit(self._member, reason)
        elif self._language is not None:
            self.why.mark(self._language.t("Say in a word why."))
