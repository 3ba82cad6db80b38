"""The cards of the settings page: a few fields with a title, and how they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import EditShop
from loyalty_pos.app.form_views import ChoiceView, FieldType, FieldView
from loyalty_pos.app.language import Language
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.settings import LOCKS, SCALES, UiSettings
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui.endonyms import ENGLISH, PERSIAN, PERSIAN_DIGITS
from loyalty_pos.ui.widgets import Banner, Btn, Card, Tx
from loyalty_pos.ui.widgets.field_editors import ChoiceEditor, Editor
from loyalty_pos.ui.widgets.schema_form import FieldRow

FITTING = "fitting"
SYSTEM, PDF, QUEUE = "system", "pdf", "queue:"
LANGUAGES = (("fa", PERSIAN), ("en", ENGLISH))
Pairs = Sequence[tuple[str, str]]


def _same(text: str) -> Sentence:
    return Sentence(fa=text, en=text)


def _choices(pairs: Pairs) -> tuple[ChoiceView, ...]:
    return tuple(ChoiceView(value=value, label=_same(text)) for value, text in pairs)


class FormCard(Card):
    """Fields under a title. Words come with `word`, in the language of the window."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = Tx("", "section")
        self.body.addWidget(self.title)
        self.rows: dict[str, FieldRow] = {}
        self.answer = Banner("gain")
        self.answer.hide()

    def add(
        self, key: str, kind: FieldType, choices: Pairs = (), *, listed: bool = False, high: int | None = None
    ) -> None:
        """Add a field."""
        nothing = _same("")
        field = FieldView(
            path=key, type=kind, label=nothing, help=nothing, unit=nothing, choices=_choices(choices),
            low=0, high=high,
        )  # fmt: skip
        row = self.rows[key] = FieldRow(field, ChoiceEditor(field, listed=True) if listed else None)
        self.body.addWidget(row)
        self.editor(key).edited.connect(self.edited)

    def editor(self, key: str) -> Editor:
        """Return a field's editor."""
        editor = self.rows[key].editor
        assert editor is not None
        return editor

    def word(
        self,
        language: Language,
        key: str,
        label: str,
        choices: Pairs | None = None,
        *,
        unit: str = "",
        help: str = "",
    ) -> None:
        """Give a field its words."""
        field = replace(self.rows[key].field, label=_same(label), unit=_same(unit), help=_same(help))
        if choices is not None:
            field = replace(field, choices=_choices(choices))
        self.rows[key].describe(field, language)

    def say(self, kind: Literal["info", "gain", "danger"], said: str) -> None:
        """Answer under the fields; empty takes the answer away."""
        self.answer.set_content(kind, said)
        self.answer.setVisible(bool(said))


class WindowCard(FormCard):
    """How this window speaks and looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("language", "choice", LANGUAGES)
        self.add("look", "choice", (("light", ""), ("dark", "")))
        self.add("scale", "choice", [(FITTING, ""), *((str(n), "") for n in SCALES)], listed=True)
        self.add("digits", "choice", (("own", ""), ("latin", "")))
        self.add("sound", "choice", (("off", ""), ("soft", ""), ("loud", "")))
        self.add("touch", "yes_no")
        self.add("calm", "yes_no")
        self.add("customer", "yes_no")
        self.add("causes", "yes_no")
        self.add("lock", "choice", [(str(n), "") for n in LOCKS], listed=True)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.title.setText(t("This window"))
        self.word(language, "language", t("Language"))
        self.word(language, "look", t("Look"), (("light", t("Light")), ("dark", t("Dark"))))
        sizes = [(str(n), language.percent(n * 100)) for n in SCALES]
        self.word(language, "scale", t("Size"), [(FITTING, t("As suits the screen")), *sizes])
        self.word(language, "digits", t("Digits in Persian"), (("own", PERSIAN_DIGITS), ("latin", "123")))
        sounds = (("off", t("Off")), ("soft", t("Soft")), ("loud", t("Loud")))
        self.word(language, "sound", t("Sound"), sounds)
        self.word(language, "touch", t("Touch"), help=t("Larger buttons, and a keypad on the counter."))
        self.word(language, "calm", t("Less movement"))
        self.word(
            language,
            "customer",
            t("Customer screen"),
            help=t("On a second monitor: what is sold, what it brings, what to pay."),
        )
        self.word(
            language,
            "causes",
            t("Causes on it"),
            help=t("While nothing is sold, their screen shows what the shop's causes were given so far."),
        )
        after = [
            (str(n), language.n("After {count} minute", "After {count} minutes", n) if n else t("Never"))
            for n in LOCKS
        ]
        self.word(language, "lock", t("Lock by itself"), after, help=t("When nobody touches the till."))

    def show_choices(self, choices: UiSettings) -> None:
        """Show what is chosen."""
        self.editor("language").put(choices.language)
        self.editor("look").put("dark" if choices.dark else "light")
        self.editor("scale").put(str(choices.scale_percent or FITTING))
        self.editor("digits").put("latin" if choices.latin_digits else "own")
        self.editor("sound").put(choices.sound)
        self.editor("touch").put(choices.touch)
        self.editor("calm").put(choices.reduced_motion)
        self.editor("customer").put(choices.customer_screen)
        self.editor("causes").put(choices.public_causes)
        self.editor("lock").put(str(choices.lock_minutes))

    def chosen(self, now: UiSettings) -> UiSettings:
        """Return the choices with what this card says."""
        code: Literal["fa", "en"] = "en" if self.editor("language").value() == "en" else "fa"
        size = str(self.editor("scale").value())
        sounds: dict[object, Literal["off", "loud"]] = {"off": "off", "loud": "loud"}
        return replace(
            now,
            language=code,
            dark=self.editor("look").value() == "dark",
            scale_percent=None if size == FITTING else int(size),
            latin_digits=self.editor("digits").value() == "latin",
            sound=sounds.get(self.editor("sound").value(), "soft"),
            touch=bool(self.editor("touch").value()),
            reduced_motion=bool(self.editor("calm").value()),
            customer_screen=bool(self.editor("customer").value()),
            public_causes=bool(self.editor("causes").value()),
            lock_minutes=int(str(self.editor("lock").value() or 0)),
        )


class PaperCard(FormCard):
    """Whether and where it prints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queues: tuple[str, ...] = ()
        self._choices = UiSettings()
        self.add("receipts", "yes_no")
        self.add("paper_mm", "choice", (("80", ""), ("58", "")))
        self.add("printer", "choice", ((SYSTEM, ""), (PDF, "")), listed=True)
        self.test = Btn("", "outline", icon="printer", keycap="Ctrl P")
        self.body.addWidget(self.test)
        self.body.addWidget(self.answer)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.title.setText(t("Paper"))
        self.word(language, "receipts", t("Receipt after every sale"))
        widths = [(mm, t("{mm} mm", mm=language.digits(mm))) for mm in ("80", "58")]
        self.word(language, "paper_mm", t("Paper width"), widths)
        self.test.set_content(t("Print a test page"))
        self.show_queues(self._queues, language)

    def show_queues(self, queues: Sequence[str], language: Language) -> None:
        """Offer the system's printers; a chosen one that is gone stays in the list."""
        self._queues = tuple(queues)
        t, chosen = language.t, self._choices.printer
        names = [*self._queues, *([chosen] if chosen and chosen not in self._queues else [])]
        pairs = [(SYSTEM, t("The system's printer")), (PDF, t("Save as PDF"))]
        pairs += [(QUEUE + name, name) for name in names]
        self.word(language, "printer", t("Printer"), pairs)
        self.editor("printer").put(self._place())

    def show_choices(self, choices: UiSettings, language: Language) -> None:
        """Show what is chosen."""
        self._choices = choices
        self.editor("receipts").put(choices.print_receipts)
        self.editor("paper_mm").put(str(choices.paper_mm))
        self.show_queues(self._queues, language)

    def chosen(self, now: UiSettings) -> UiSettings:
        """Return the choices with what this card says."""
        place = str(self.editor("printer").value())
        return replace(
            now,
            print_receipts=bool(self.editor("receipts").value()),
            paper_mm=58 if self.editor("paper_mm").value() == "58" else 80,
            save_as_pdf=place == PDF,
            printer=place.removeprefix(QUEUE) if place.startswith(QUEUE) else "",
        )

    def _place(self) -> str:
        if self._choices.save_as_pdf:
            return PDF
        return QUEUE + self._choices.printer if self._choices.printer else SYSTEM


class ShopCard(FormCard):
    """What may change in a shop's life; saved together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop: ShopView | None = None
        self.add("name", "text")
        self.add("paper_language", "choice", LANGUAGES)
        self.add("calendar", "choice", (("jalali", ""), ("gregorian", "")))
        self.add("day_ends_hour", "number", high=23)
        self.add("tax_bp", "percent", high=10_000)
        self.add("earn_on_tax", "yes_no")
        self._fixed = Tx("", "secondary", "text2", wrap=True)
        self.save = Btn("", "primary", icon="check", keycap="Ctrl S")
        for widget in (self._fixed, self.save, self.answer):
            self.body.addWidget(widget)
        self.edited.connect(self._show_save)
        self._show_save()

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.title.setText(t("The shop"))
        self.word(language, "name", t("Name of the shop"))
        self.word(language, "paper_language", t("Language on paper"))
        calendars = (("jalali", t("Jalali")), ("gregorian", t("Gregorian")))
        self.word(language, "calendar", t("Calendar"), calendars)
        self.word(language, "day_ends_hour", t("The day ends at"), unit=t("o'clock"))
        self.word(language, "tax_bp", t("Tax in the prices"), help=t("Of goods without a rate of their own."))
        self.word(language, "earn_on_tax", t("Tax earns too"))
        self._fixed.setText(t("Money and time zone stay as they are: what is recorded rests on them."))
        self.save.set_content(t("Save"))

    def show_shop(self, shop: ShopView) -> None:
        """Show the shop as it is kept."""
        self._shop = shop
        self.editor("name").put(shop.name)
        self.editor("paper_language").put(shop.language)
        self.editor("calendar").put(shop.calendar)
        self.editor("day_ends_hour").put(shop.day_ends_hour)
        self.editor("tax_bp").put(shop.tax_bp)
        self.editor("earn_on_tax").put(shop.earn_on_tax)
        self.show_problems({})
        self._show_save()

    @property
    def dirty(self) -> bool:
        """Whether saving would change anything."""
        shop = self._shop
        return shop is not None and self._contents() != (
            shop.name, shop.language, shop.calendar, shop.day_ends_hour, shop.tax_bp, shop.earn_on_tax,
        )  # fmt: skip

    def problems(self, language: Language) -> dict[str, str]:
        """Say of every field what is wrong with it; empty when all can be saved."""
        t, found = language.t, {}
        name, *_, hour, tax, _ = self._contents()
        if not name.strip():
            found["name"] = t("Fill this in.")
        numbers = (("day_ends_hour", hour, language.number), ("tax_bp", tax, language.percent))
        for key, value, words in numbers:
            high = self.rows[key].field.high or 0
            if not isinstance(value, int):
                found[key] = t("A whole number goes here.")
            elif not 0 <= value <= high:
                found[key] = t("From {low} to {high}.", low=words(0), high=words(high))
        return found

    def request(self) -> EditShop:
        """Return what is to be saved; only when there are no problems."""
        name, language, calendar, hour, tax, earn_on_tax = self._contents()
        assert isinstance(hour, int) and isinstance(tax, int), "asked only without problems"
        return EditShop(
            name=name,
            language="en" if language == "en" else "fa",
            calendar="gregorian" if calendar == "gregorian" else "jalali",
            day_ends_hour=hour,
            tax_bp=tax,
            earn_on_tax=earn_on_tax,
        )

    def show_problems(self, said: Mapping[str, str]) -> None:
        """Put errors under the fields they are about, and the keyboard into the first of them."""
        for name, row in self.rows.items():
            row.show_problem(said.get(name, ""))
        first = next((row.editor for name, row in self.rows.items() if name in said), None)
        if first is not None:
            first.focus_first()

    def _contents(self) -> tuple[str, object, object, object, object, bool]:
        kept = ("paper_language", "calendar", "day_ends_hour", "tax_bp", "earn_on_tax")
        language, calendar, hour, tax, earns = (self.editor(key).value() for key in kept)
        name = str(self.editor("name").value() or "")
        return name, language, calendar, hour, 0 if tax is None else tax, bool(earns)

    def _show_save(self) -> None:
        self.save.setEnabled(self.dirty)


class TrainingCard(FormCard):
    """The way into a shop where nothing is real, and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.training = False
        self._note = Tx("", "secondary", "text2", wrap=True)
        self.go = Btn("", "outline", icon="star", keycap="Ctrl T")
        for widget in (self._note, self.go):
            self.body.addWidget(widget)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.title.setText(t("Training"))
        self._note.setText(t("A café with a file of its own, to practise in: nothing of it is real."))
        self.go.set_content(t("Back to the shop") if self.training else t("Practise"))


class FileCard(FormCard):
    """Where the shop lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._shown, self._note = Tx("", "body", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.copy = Btn("", "outline", icon="copy", keycap="Ctrl E")
        for widget in (self._shown, self._note, self.copy):
            self.body.addWidget(widget)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.title.setText(t("The shop's file"))
        # A path has no spaces to break at; it may break after every separator.
        path = self.path.replace("/", "/\u200b").replace("\\", "\\\u200b")
        self._shown.setText(language.isolate(path))
        self._shown.setAccessibleName(self.path)
        self._note.setText(
            t("The shop is this file and its key beside it. Copy both while the program is closed.")
        )
        self.copy.set_content(t("Copy the path"))
