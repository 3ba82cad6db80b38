"""Issuing codes: which, how many, for whom, until when; then what was issued, shown this once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import IssueCodes, IssueVoucher
from loyalty_pos.app.form_views import FieldType
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberLineView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import codes_words as words
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.widgets import Banner, Btn, Card, Segmented, Tx
from loyalty_pos.ui.worker import Problem

FIELDS = {"codes": ("count", "expires"), "word": ("text", "per_member", "expires"), "voucher": ("expires",)}
_COUNT = 10

_TYPES: dict[str, FieldType] = {"text": "text", "count": "number", "per_member": "number", "expires": "day"}


class IssueCard(FormCard):
    """Ask what to issue, and issue it; `came` carries the codes."""

    came = Signal(object)  # CodesView

    def __init__(self, dispatcher: Dispatcher, language: Language, make_id: Callable[[], str]) -> None:
        super().__init__()
        self._courier, self._make_id, self._language = Courier(dispatcher, self), make_id, language
        self._programme = self._key = ""
        self._member: MemberLineView | None = None
        self._busy = False
        self.how = Segmented([(key, "") for key in words.HOWS])
        self.body.addWidget(self.how)
        self.picker = MemberPicker(dispatcher, language, "codes.member")
        self.body.addWidget(self.picker)
        for key, kind in _TYPES.items():
            self.add(key, kind)
        self.what = Tx("", "secondary", "text2", wrap=True)
        self.issue = Btn("", "primary", icon="ticket", keycap="Ctrl S")
        for part in (self.what, self.answer, self.issue):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.how.chosen.connect(lambda how: self._turn())
        self.picker.picked.connect(self._pick)
        self.picker.emptied.connect(lambda: self._pick(None))
        self.edited.connect(self._forget_key)
        self.issue.clicked.connect(self.submit)
        self.show_texts(language)

    def open_for(self, programme: str) -> None:
        """Begin anew, for the codes of a programme."""
        self._programme, self._busy = programme, False
        self._pick(None)
        self.picker.clear()
        for key in self.rows:
            self.editor(key).put(_COUNT if key == "count" else None)
        self._turn()

    def show_texts(self, language: Language) -> None:
        """Speak a language; what is written stays."""
        t = language.t
        self._language = language
        self.title.setText(t("Issue codes"))
        self.how.set_texts([(key, t(said)) for key, said in words.HOWS.items()])
        self.how.set_name(t("What to issue"))
        self.word(language, "text", t("The word"))
        self.word(language, "count", t("How many codes"))
        self.word(language, "per_member", t("Times for each member"), help=t("Empty: as often as they like."))
        self.word(language, "expires", t("Last day"), help=t("Empty: no end date."))
        self.picker.show_texts(language)
        self.issue.set_content(t("Issue"))
        self._show_what()

    def focus_first(self) -> None:
        """Put the keyboard where the first answer goes."""
        if self.how.current() == "voucher":
            self.picker.setFocus()
        else:
            self.editor(FIELDS[self.how.current()][0]).focus_first()

    def submit(self) -> None:
        """Issue what is written; the same again under its key, should the answer have been lost."""
        if self._busy:
            return
        how, t = self.how.current(), self._language.t
        if how == "voucher" and self._member is None:
            self.say("danger", t("Choose the member first"))
            self.picker.setFocus()
            return
        self._key = self._key or self._make_id()
        self._show_problem("", "")
        self._busy = True
        self._courier.do(self._request(how), self._came, self._failed)

    def _request(self, how: str) -> IssueCodes | IssueVoucher:
        said: dict[str, Any] = {key: self.editor(key).value() for key in FIELDS[how]}
        if how == "voucher" and self._member is not None:
            member = self._member.member
            return IssueVoucher(posting_id=self._key, programme=self._programme, member=member, **said)
        if how == "word":
            said["text"] = said["text"] or ""
        return IssueCodes(posting_id=self._key, programme=self._programme, **said)

    def _came(self, codes: CodesView) -> None:
        self.open_for(self._programme)
        self.came.emit(codes)

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        field, said = words.field_problem(problem, self._language)
        self._show_problem(field, said)
        if field:
            self.editor(field).focus_first()

    def _show_problem(self, field: str, said: str) -> None:
        for key, each in self.rows.items():
            each.show_problem(said if key == field else "")
        self.say("danger", "" if field else said)

    def _pick(self, member: MemberLineView | None) -> None:
        self._member = member
        self._forget_key()

    def _forget_key(self) -> None:
        """Another request needs a key of its own."""
        self._key = ""
        self._show_problem("", "")

    def _turn(self) -> None:
        how = self.how.current()
        for key, each in self.rows.items():
            each.setVisible(key in FIELDS[how])
        self.picker.setVisible(how == "voucher")
        self._forget_key()
        self._show_what()

    def _show_what(self) -> None:
        t = self._language.t
        said = {
            "codes": t("Each is good for one sale, for whoever brings it. They are shown once."),
            "word": t("Everybody may say it; it can be told and printed anywhere."),
            "voucher": t("One code for one sale, for this member only. It is shown once."),
        }
        self.what.setText(said[self.how.current()])


class ShownCodes(Card):
    """The codes just issued: they can be printed and saved now, and never again."""

    print_asked = Signal()
    save_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.codes: CodesView | None = None
        self.kept = False
        self._warned = False
        self._language: Language | None = None
        self.title = Tx("", "section", wrap=True)
        self.warning = Banner("reward")
        self.told = Banner("gain")
        self._model = QStringListModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.print = Btn("", "primary", icon="printer", keycap="Ctrl P")
        self.save = Btn("", "outline", icon="copy", keycap="Ctrl S")
        self.done = Btn("", "ghost", keycap="Esc")
        for part in (self.title, self.warning, self.told):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        buttons = row(8)
        for button in (self.print, self.save):
            buttons.addWidget(button, 1)
        self.body.addLayout(buttons)
        self.body.addWidget(self.done)
        self.told.hide()
        self.print.clicked.connect(self.print_asked)
        self.save.clicked.connect(self.save_asked)
        self.done.clicked.connect(self.leave)

    def dress(self) -> None:
        """Show codes as large as they are read off a screen."""
        super().dress()
        if hasattr(self, "list"):
            self.list.setFont(theme.font("section"))

    def show_codes(self, codes: CodesView, language: Language) -> None:
        """Show codes that were just issued."""
        self.codes, self.kept, self._warned = codes, not codes.codes[0].barcode, False
        self._model.setStringList([code.code for code in codes.codes])
        self.list.setCurrentIndex(self._model.index(0))
        self.told.hide()
        self.show_texts(language)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t, codes = language.t, self.codes
        self._language = language
        self.print.set_content(t("Print slips"))
        self.save.set_content(t("Save as a table"))
        self.done.set_content(t("Done"))
        self.list.setAccessibleName(t("Codes"))
        if codes is None:
            return
        secret = bool(codes.codes[0].barcode)
        self.title.setText(words.shown_title(codes, language))
        once = t("Shown only now: the shop keeps no copy.")
        first = t("They are not printed or saved yet. Leave them all the same?")
        self.warning.set_content(
            "danger" if self._warned else "reward",
            first if self._warned else once,
            t("Print or save them. Lost ones are taken out of use in the list, and new ones issued."),
        )
        self.warning.setVisible(secret)
        self.print.setVisible(secret)

    def tell(self, said: str, *, kept: bool) -> None:
        """Say what became of printing or saving."""
        self.kept = self.kept or kept
        self.told.set_content("gain" if kept else "danger", said)
        self.told.show()

    def leave(self) -> None:
        """Go back to issuing; codes that are on no paper and in no file are asked about once."""
        if self.kept or self._warned:
            self.codes = None
            self.closed.emit()
            return
        self._warned = True
        if self._language is not None:
            self.show_texts(self._language)
