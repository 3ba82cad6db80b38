"""What each step of setting up a club shows; the page sends what is decided."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.form_views import PresetView, ProgrammesView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.terms_paper import ASKED
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.widgets import Banner, Btn, Check, Tx


class PrinterStep(QWidget):
    """One test page, and where it went."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, 12)
        self.print_it = Btn("", "soft", icon="printer", keycap="Ctrl P")
        self.answer = Banner("info")
        self.answer.hide()
        across = row()
        across.addWidget(self.print_it)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addWidget(self.answer)
        layout.addStretch(1)
        self.print_it.clicked.connect(self.asked)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self.print_it.set_content(language.t("Print a test page"))


class PresetRow(QWidget):
    """A ready-made programme with its sentence; pressed again it rests."""

    def __init__(self, number: int) -> None:
        super().__init__()
        layout = column(self, 2)
        across = row(10)
        self.button = Btn("", "outline", size="small", icon="plus", keycap=str(number))
        theme.hold(self.button, width=260)
        self.sentence = Tx("", "secondary", "text2", wrap=True)
        across.addWidget(self.button)
        across.addWidget(self.sentence, 1)
        layout.addLayout(across)

    def show_preset(self, preset: PresetView, language: Language, *, chosen: bool) -> None:
        """Show it in the language of now."""
        said = preset.sentence.said(language.code)
        self.button.set_content(preset.name.said(language.code), icon="check" if chosen else "plus")
        self.button.set_kind("soft" if chosen else "outline")
        state = language.t("On") if chosen else language.t("Not chosen")
        self.button.setAccessibleName(bidi.strip(f"{preset.name.said(language.code)}, {state}"))
        self.button.setAccessibleDescription(bidi.strip(said))
        self.sentence.setText(said)


class PresetStep(QWidget):
    """Ready-made programmes, each by a number key or a touch."""

    toggled = Signal(object)  # PresetView

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, 0)
        inside = QWidget()
        self._column = column(inside, 10)
        self._column.addStretch(1)
        layout.addWidget(scroller(inside))
        self.rows: list[PresetRow] = []
        self.presets: tuple[PresetView, ...] = ()

    def put(self, presets: Sequence[PresetView], chosen: Collection[str], language: Language) -> None:
        """Show what there is to choose from, and what is chosen."""
        self.presets = tuple(presets)
        while len(self.rows) < len(self.presets):
            place = len(self.rows)
            made = PresetRow(place + 1)
            made.button.clicked.connect(lambda checked=False, n=place: self.toggled.emit(self.presets[n]))
            self.rows.append(made)
            self._column.insertWidget(place, made)
        for each, preset in zip(self.rows, self.presets, strict=True):
            each.show_preset(preset, language, chosen=preset.preset in chosen)

    def choose(self, typed: str) -> bool:
        """Let a number choose; False when it stands for none."""
        typed = latin_digits(typed)
        found = typed.isdecimal() and 1 <= int(typed) <= len(self.rows)
        if found:
            self.rows[int(typed) - 1].button.click()
        return found


class ChecksStep(QWidget):
    """A few yes-or-no choices about this window."""

    decided = Signal()

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        layout = column(self, 6)
        self.checks = {key: Check() for key in keys}
        for check in self.checks.values():
            layout.addWidget(check)
            check.clicked.connect(lambda on: self.decided.emit())
        layout.addStretch(1)

    def show_choices(self, choices: UiSettings, language: Language) -> None:
        """Show what is chosen, in the language of now."""
        for key, check in self.checks.items():
            check.set_text(_words(key, language))
            on = key in choices.asks if key in ASKED else getattr(choices, key)
            check.setChecked(bool(on))


class TermsStep(QWidget):
    """What the sheet will say of the programmes, and its printing."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, 12)
        inside = QWidget()
        self._column = column(inside, 8)
        self.empty = Tx("", "body", "text2", wrap=True)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        self.rows: list[tuple[Tx, Tx]] = []
        layout.addWidget(scroller(inside), 1)
        self.print_it = Btn("", "soft", icon="printer", keycap="Ctrl P")
        self.answer = Banner("info")
        self.answer.hide()
        across = row()
        across.addWidget(self.print_it)
        across.addStretch(1)
        layout.addWidget(self.answer)
        layout.addLayout(across)
        self.print_it.clicked.connect(self.asked)

    def put(self, view: ProgrammesView, language: Language) -> None:
        """Show what runs."""
        runs = [one for one in view.programmes if one.live and one.listed is None]
        while len(self.rows) < len(runs):
            name, sentence = Tx("", "body", weight=600, wrap=True), Tx("", "secondary", "text2", wrap=True)
            for part in (name, sentence):
                self._column.insertWidget(self._column.count() - 1, part)
            self.rows.append((name, sentence))
        for place, (name, sentence) in enumerate(self.rows):
            shown = place < len(runs)
            name.setVisible(shown)
            sentence.setVisible(shown)
            if shown:
                name.setText(language.name(runs[place].name))
                sentence.setText(runs[place].sentence.said(language.code))
        self.empty.setText(language.t("Nothing runs yet; the sheet says how joining works."))
        self.empty.setVisible(not runs)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self.print_it.set_content(language.t("Print the terms on one page"))


_CHECKS = {
    "print_receipts": N_("Print a receipt after every sale"),
    "customer_screen": N_("Show the sale on a screen for the customer"),
    "month_reminder": N_("Say at the start of a month that the report of the last one can be read"),
    "budget_warning": N_("Mark a programme that has used most of what it may give"),
}


def _words(key: str, language: Language) -> str:
    if key in ASKED:
        return language.t("Ask a new member for: {what}", what=language.t(ASKED[key]))
    return language.t(_CHECKS[key])
