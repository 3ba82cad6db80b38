"""The inline form for a new member and for what is written down about one."""

from collections.abc import Callable, Collection
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import EditMember, EnrolMember
from loyalty_pos.app.language import Language
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.settings import ASKS
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.segments import Gender
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.pages import members_words as words
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, Check, Segmented, Tx
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem

_NEW = ("phone", "name", "card", "interests", "tags", "birthday", "gender", "city", "referred_by")
_KNOWN = ("name", "phone", "note", "preferences", "interests", "tags", "birthday", "gender", "city")
_CHOSEN = "gender"
_LATIN = ("phone", "card", "referred_by")
_NUMBERS = ("phone", "birthday")

_ABOUT = {
    "phone_taken": "phone",
    "card_taken": "card",
    "self_referral": "referred_by",
    "unknown_referrer": "referred_by",
}


class PersonForm(QWidget):
    """Take a new member (`open_new`) or what changes about a known one (`open_known`)."""

    submitted = Signal(object)  # EnrolMember or EditMember
    cancelled = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._record: MemberRecordView | None = None
        self._posting_id = self._first = ""
        self._before: dict[str, str] = {}
        self._problem: Problem | None = None
        self.saving = False
        self.asks: Callable[[], Collection[str]] = lambda: ASKS
        self.title = Tx("", "section")
        self.trouble = Banner("danger")
        self.trouble.hide()
        self.fields: dict[str, TextLine] = {}
        self._labels: dict[str, Tx] = {}
        self._lines: dict[str, QWidget] = {}
        inside = QWidget()
        self.gender = Segmented()
        lines = column(inside, 5)
        for name in dict.fromkeys((*_NEW, *_KNOWN)):
            lines.addWidget(self._line(name))
        self.consent = Check()
        lines.addWidget(self.consent)
        lines.addStretch(1)
        self.save = Btn("", "primary", icon="check", keycap="Enter")
        self.cancel = Btn("", "outline", keycap="Esc")
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.cancelled)
        buttons = row()
        buttons.addWidget(self.save, 2)
        buttons.addWidget(self.cancel, 1)
        layout = column(self, 10)
        layout.addWidget(self.title)
        layout.addWidget(self.trouble)
        layout.addWidget(scroller(inside), 1)
        layout.addLayout(buttons)

    def open_new(self, typed: str, language: Language) -> None:
        """Ask for a new member; what was typed becomes the phone or the name."""
        self._record = None
        is_name = any(letter.isalpha() for letter in typed)
        self._fill({"name" if is_name else "phone": typed}, "unknown", consent=False)
        self._first = "phone"
        self.show_texts(language)

    def open_known(self, record: MemberRecordView, posting_id: str, language: Language) -> None:
        """Show what is written down, to be changed under one key."""
        self._record, self._posting_id = record, posting_id
        texts = {
            "name": record.name,
            "phone": bidi.strip(language.phone(record.phone)) if record.phone else "",
            "note": record.note,
            "birthday": language.day_short(record.birthday) if record.birthday else "",
            "city": record.city,
            "preferences": words.write_list(record.preferences, language),
            "tags": words.write_list(record.tags, language),
            "interests": words.write_list(record.interests, language),
        }
        self._fill(texts, record.gender, consent=record.consent)
        self._first = "name"
        self.show_texts(language)

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self._focus(self._first)

    def done(self) -> None:
        """Be ready for the next one: this was kept."""
        self._save(False)

    def show_texts(self, language: Language) -> None:
        """Speak a language; what was typed stays."""
        t = language.t
        self._language = language
        new = self._record is None
        self.title.setText(t("New member") if new else t("Edit details"))
        self.gender.set_texts([(key, t(word)) for key, word in words.GENDERS.items()])
        named = {
            "phone": t("Mobile phone"),
            "name": t("Name (can wait)") if new else t("Name"),
            "card": t("Card number (if there is one)"),
            "note": t("Note for the counter"),
            "preferences": t("As they like it, with commas between"),
            "interests": t("Preferences, with commas between"),
            "tags": t("Tags, with commas between"),
            "birthday": t("Birthday, such as {day}", day=language.day_short("1990-03-21")),
            "gender": t("Gender"),
            "city": t("City"),
            "referred_by": t("Brought by (card or phone)"),
        }
        for name, said in named.items():
            self._labels[name].setText(said)
            if name == _CHOSEN:
                self.gender.set_name(said)
            else:
                self.fields[name].setAccessibleName(said)
            self._lines[name].setVisible(self._asked(name) if new else name in _KNOWN)
        for name in _NUMBERS:
            self.fields[name].write_digits(language)
        self.consent.set_text(t("Agreed to get messages"))
        self.save.set_content(t("Saving…") if self.saving else t("Make member") if new else t("Save"))
        self.cancel.set_content(t("Close"))
        if self._problem is not None:
            self.trouble.set_content("danger", say_problem(self._problem, language))

    def submit(self) -> None:
        """Send what was typed; nothing changed means nothing to send."""
        if self.saving:
            return
        command = self._enrolment() if self._record is None else self._edit(self._record)
        if command is None:
            self.cancelled.emit()
            return
        self.trouble.hide()
        self._save(True)
        self.submitted.emit(command)

    def refused(self, problem: Problem) -> None:
        """Say what stands in the way, and put the keyboard where it can be helped."""
        self._save(False)
        self._problem = problem
        self.trouble.show()
        self.show_texts(self._language)
        if isinstance(problem, Rejection):
            about = _ABOUT.get(problem.code)
            self._focus(about or str(problem.facts.get("field", "")).partition(".")[0])

    def _asked(self, name: str) -> bool:
        """Say whether a new member is asked for something; what was typed already stays."""
        if name not in _NEW or (name in ASKS and name not in self.asks()):
            return name in _NEW and name in self.fields and bool(self.fields[name].text())
        return True

    def _line(self, name: str) -> QWidget:
        line = QWidget()
        line.setProperty("k", "clear")
        label = Tx("", "secondary", "text2", weight=600)
        both = column(line, 2)
        both.addWidget(label)
        self._labels[name], self._lines[name] = label, line
        if name == _CHOSEN:
            both.addWidget(self.gender)
            return line
        field = self.fields[name] = TextLine(latin=name in _LATIN)
        theme.hold(field, height=42)
        label.setBuddy(field)
        both.addWidget(field)
        return line

    def _fill(self, texts: dict[str, str], gender: str, *, consent: bool) -> None:
        self.trouble.hide()
        self.saving = False
        for name, field in self.fields.items():
            field.setText(texts.get(name, ""))
        self.consent.setChecked(consent)
        self.gender.set_current(gender)
        self._before = self._typed()

    def _typed(self) -> dict[str, str]:
        """Return what is written; numbers in Latin digits, for the shown ones follow the language."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        return {name: latin_digits(text) if name in _NUMBERS else text for name, text in typed.items()}

    def _enrolment(self) -> EnrolMember:
        typed = self._typed()
        return EnrolMember(
            phone=typed["phone"] or None,
            card=typed["card"] or None,
            name=typed["name"] or None,
            birthday=words.read_day(typed["birthday"], self._language) or None,
            city=typed["city"] or None,
            tags=words.read_list(typed["tags"]),
            interests=words.read_list(typed["interests"]),
            referred_by=typed["referred_by"] or None,
            consent=self.consent.isChecked(),
            gender=self._gender(),
        )

    def _edit(self, record: MemberRecordView) -> EditMember | None:
        typed = {name: text for name, text in self._typed().items() if text != self._before[name]}
        consent = self.consent.isChecked()
        gender = self._gender()
        if not typed and consent == record.consent and gender == record.gender:
            return None
        birthday, *lists = (typed.get(name) for name in ("birthday", "tags", "interests", "preferences"))
        tags, interests, preferences = (None if text is None else words.read_list(text) for text in lists)
        return EditMember(
            posting_id=self._posting_id,
            member=record.member,
            name=typed.get("name"),
            phone=typed.get("phone"),
            note=typed.get("note"),
            birthday=None if birthday is None else words.read_day(birthday, self._language),
            city=typed.get("city"),
            tags=tags,
            interests=interests,
            preferences=preferences,
            consent=None if consent == record.consent else consent,
            gender=None if gender == record.gender else gender,
        )

    def _gender(self) -> Gender:
        return cast(Gender, self.gender.current())

    def _save(self, saving: bool) -> None:
        self.saving = saving
        self.save.setEnabled(not saving)
        self.show_texts(self._language)

    def _focus(self, name: str) -> None:
        if name in self.fields:
            self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self.fields[name].selectAll()
