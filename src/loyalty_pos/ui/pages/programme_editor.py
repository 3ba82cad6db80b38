"""Writing one programme: the form of its kind, the sentence it becomes, what is still wrong."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from loyalty_pos.app.form_views import (
    ChoiceView,
    DraftView,
    FieldView,
    KindsView,
    PresetsView,
    PresetView,
    ProgrammeDetailView,
)
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import DraftProgramme
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.unpublished import KeptDraft
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.programme_cost import CostCard
from loyalty_pos.ui.pages.programme_presets import PresetCard
from loyalty_pos.ui.pages.programme_trial import OverlapCard, TrialCard
from loyalty_pos.ui.pages.programme_use import UseCard
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Tx
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.widgets.field_editors import ChoiceEditor
from loyalty_pos.ui.widgets.schema_form import LABEL_WIDTH, SchemaForm
from loyalty_pos.ui.widgets.sight import bring_into_sight
from loyalty_pos.ui.widgets.text_line import TextLine

SIDE_WIDTH = 300
_Contents = tuple[str, str, dict[str, Any], dict[str, Any]]
_NOTHING = Sentence(fa="", en="")


class SidePane(QWidget):
    """What the form means, in both languages, and what is left to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.hold(self, width=SIDE_WIDTH)
        inside = QWidget()
        layout = column(inside, 12)
        theme.space(layout, 12, (3, 0, 3, 0))  # room for the scroll bar, on either side
        column(self, 0).addWidget(scroller(inside))
        plain = Card("primary", padding=14)
        self._title = Tx("", "secondary", "on_primary_soft", weight=600)
        self.sentence = Tx("", "input", wrap=True)
        self.other = Tx("", "secondary", "text2", wrap=True)
        for widget in (self._title, self.sentence, self.other):
            plain.body.addWidget(widget)
        layout.addWidget(plain)
        self.presets = PresetCard()
        layout.addWidget(self.presets)
        self.trial, self.overlaps = TrialCard(), OverlapCard()
        layout.addWidget(self.trial)
        layout.addWidget(self.overlaps)
        self.use = UseCard()
        layout.addWidget(self.use)
        self.cost = CostCard()
        layout.addWidget(self.cost)
        self.trouble = Banner("danger")
        self.told = Banner("gain")
        for banner in (self.trouble, self.told):
            banner.hide()
            layout.insertWidget(1, banner)  # under the sentence, where nobody has to scroll to it
        self.history = Btn("", "outline", icon="clock", keycap="Ctrl H", size="small")
        layout.addWidget(self.history)
        layout.addStretch(1)

    def show_draft(self, draft: DraftView | None, language: Language, *, begun: bool) -> None:
        """Say the programme, or that it cannot be said yet; count what is wrong once something was begun."""
        t = language.t
        self._title.setText(t("In plain words"))
        sentence = draft.sentence if draft else None
        other = "en" if language.code == "fa" else "fa"
        self.sentence.setText(
            sentence.said(language.code) if sentence else t("The sentence comes with the numbers.")
        )
        self.other.setText(language.name(sentence.said(other)) if sentence else "")
        self.other.setVisible(sentence is not None)
        count = len(draft.problems) if draft else 0
        self.trouble.set_content(
            "danger", language.n("{count} thing to put right", "{count} things to put right", count)
        )
        self.trouble.setVisible(begun and bool(count))

    def show_trouble(self, said: str) -> None:
        """Say that something could not be done."""
        self.trouble.set_content("danger", said)
        self.trouble.show()

    def tell(self, said: str, actions: Sequence[Action] = (), kind: BannerKind = "gain") -> None:
        """Say what was done; empty takes it away."""
        self.told.set_content(kind, said, "", actions)
        self.told.setVisible(bool(said))


class ProgrammeEditor(QWidget):
    """Edit a draft. It knows whether it differs from what is published, and never talks to the shop."""

    edited = Signal()
    shaped = Signal()  # fields came or went

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._kinds: KindsView | None = None
        self.original: ProgrammeDetailView | None = None
        self.draft: DraftView | None = None
        self.kind = ""
        self._tried = False
        self._clean: object = None
        self._preset: object = None  # what a ready-made one wrote
        self._read: _Contents | None = None
        across = row(14)
        self.setLayout(across)
        card = Card()
        inside = QWidget()
        self._rows = column(inside, 10)
        theme.space(self._rows, 10, (7, 0, 7, 0))  # room for the scroll bar, on either side
        self._titles = [Tx("", "body", "primary", weight=600) for _ in range(3)]
        self._name_label = Tx("", "body")
        self.name = TextLine()
        self.name.setMaxLength(80)
        self._name_error = Tx("", "secondary", "danger", weight=600)
        self._name_error.hide()
        self._kind_label = Tx("", "body")
        self._kind_said = Tx("", "input", weight=600)
        self.kinds: ChoiceEditor | None = None
        self._kind_row = row(12)
        self.params, self.when = SchemaForm(), SchemaForm()
        self.side = SidePane()
        self._lay()
        card.body.addWidget(scroller(inside))
        across.addWidget(card, 1)
        across.addWidget(self.side)
        self.name.textEdited.connect(lambda text: self._edited())
        for form in (self.params, self.when):
            form.edited.connect(self._edited)
            form.shaped.connect(self.shaped)
        self.side.presets.chosen.connect(self.take_preset)

    def set_kinds(self, kinds: KindsView) -> None:
        """Learn the forms."""
        self._kinds = kinds
        self.when.set_fields(kinds.when, self._language)
        choices = tuple(ChoiceView(value=kind.kind, label=kind.label) for kind in kinds.kinds)
        if self.kinds is not None:
            self._kind_row.removeWidget(self.kinds)
            self.kinds.deleteLater()
        field = FieldView(
            path="kind", type="choice", label=_NOTHING, help=_NOTHING, unit=_NOTHING, choices=choices
        )
        self.kinds = ChoiceEditor(field)
        self.kinds.set_language(self._language)
        self.kinds.edited.connect(self._kind_chosen)
        self._kind_row.insertWidget(1, self.kinds, 1)
        self.kinds.put(self.kind or None)
        self.show_texts()

    def start_new(self, kind: str) -> None:
        """Begin an empty draft of a kind."""
        self.original = None
        self.name.clear()
        self._use_kind(kind)
        self.when.put({})
        self._begin()

    def open(self, programme: ProgrammeDetailView) -> None:
        """Begin a draft from what is published."""
        self.original = programme
        self.name.setText(programme.name)
        self._use_kind(programme.kind)
        self.params.put(programme.params)
        self.when.put(programme.when)
        self._begin()

    def take_preset(self, preset: PresetView) -> None:
        """Write a ready-made programme into the form; nothing is published."""
        self._use_kind(preset.kind)
        self.name.setText(preset.name.said(self._language.code))
        self.params.put(preset.params)
        self.when.put(preset.when)
        self._preset = self._contents()
        self._edited()
        self.name.setFocus()

    def offer(self, view: PresetsView) -> None:
        """Learn the ready-made ones."""
        self.side.presets.put(view.presets)
        self.show_presets()

    def show_presets(self) -> None:
        """Offer the ready-made ones as long as nothing of the owner's own is written."""
        offered = self.original is None and self.ready
        if offered:
            contents = self._contents()
            offered = contents in (self._clean, self._preset)
        self.side.presets.show_for(self._language, offered=offered)
        self.side.trial.setVisible(not offered)

    def take_up(self, draft: KeptDraft) -> None:
        """Go on with a draft that was left."""
        if self.original is None and draft.kind != self.kind:
            self._use_kind(draft.kind)
        self.name.setText(draft.name)
        self.params.rewrite(draft.params)
        self.when.rewrite(draft.when)

    def kept(self, at_ms: int) -> KeptDraft:
        """Return what is written, to be put aside."""
        name, kind, params, when = self._contents()
        revision = self.original.revision if self.original else 0
        return KeptDraft(kind=kind, name=name, params=params, when=when, revision=revision, at_ms=at_ms)

    @property
    def dirty(self) -> bool:
        """Whether publishing would change anything."""
        return self._contents() != self._clean

    @property
    def _begun(self) -> bool:
        """Whether anything was written, or tried to be published: an empty form is nobody's mistake."""
        return self._tried or self.original is not None or self.dirty

    @property
    def ready(self) -> bool:
        """Whether the forms are known, so that something can be written."""
        return bool(self._kinds and self.kind)

    def request(self) -> DraftProgramme:
        """Return the draft as the shop is asked about it."""
        key = self.original.key if self.original else None
        name, kind, params, when = self._contents()
        return DraftProgramme(key=key, kind=kind, name=name, params=params, when=when)

    def show_draft(self, draft: DraftView, *, tried: bool = False) -> None:
        """Show the answer: the sentence, and errors under their fields; `tried` shows those untouched too."""
        self.draft = draft
        self._tried = self._tried or tried
        code = self._language.code
        said = {each.field: each.message.said(code) for each in draft.problems}
        for form, root in ((self.params, "params."), (self.when, "when.")):
            form.show_problems(_under(said, root), all_of_them=self._tried)
        name = said.get("name", "") if self._tried or self.name.isModified() else ""
        self._name_error.setText(name)
        self._name_error.setVisible(bool(name))
        theme.set_prop(self.name, "k", "wrong" if name else "")
        self.name.setAccessibleDescription(bidi.strip(name))
        self.side.show_draft(draft, self._language, begun=self._begun)

    def focus_problem(self) -> None:
        """Put the keyboard into the first field that is wrong."""
        if not self._name_error.isHidden():
            self.name.setFocus()
        elif not self.params.focus_problem():
            self.when.focus_problem()
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            bring_into_sight(focused)

    def set_language(self, language: Language) -> None:
        """Speak another language; what is written stays."""
        clean = not self.dirty
        if language.code != self._language.code:
            self.side.tell("")
        self._language = language
        self.params.set_language(language)
        self.when.set_language(language)
        if self.kinds is not None:
            self.kinds.set_language(language)
        if clean:
            self._clean = self._contents()
        self.show_texts()
        self.side.show_draft(self.draft, language, begun=self._begun)
        if self.draft is not None:
            self.show_draft(self.draft)

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        t, code = self._language.t, self._language.code
        titles = (t("This programme"), t("Its numbers"), t("For whom, and when"))
        for title, text in zip(self._titles, titles, strict=True):
            title.setText(text)
        self._name_label.setText(t("Name on the receipt"))
        self.name.setAccessibleName(t("Name on the receipt"))
        self._kind_label.setText(t("Kind"))
        if self.original is not None:
            self._kind_said.setText(self.original.kind_label.said(code))

    def _lay(self) -> None:
        self._rows.addWidget(self._titles[0])
        for label in (self._name_label, self._kind_label):
            theme.hold(label, width=LABEL_WIDTH, height=40)
        name, right = row(12), QWidget()
        under = column(right, 3)
        under.addWidget(self.name)
        under.addWidget(self._name_error)
        name.addWidget(self._name_label, 0, Qt.AlignmentFlag.AlignTop)
        self._name_label.setBuddy(self.name)
        name.addWidget(right, 1)
        self._rows.addLayout(name)
        self._kind_row.addWidget(self._kind_label)
        self._kind_row.addWidget(self._kind_said, 1)
        self._rows.addLayout(self._kind_row)
        for title, form in ((self._titles[1], self.params), (self._titles[2], self.when)):
            rule = QFrame()
            rule.setProperty("k", "rule")
            rule.setFixedHeight(1)
            self._rows.addWidget(rule)
            self._rows.addWidget(title)
            self._rows.addWidget(form)
        self._rows.addStretch(1)

    def _begin(self) -> None:
        self._tried = False
        self.draft = None
        self.name.setModified(False)
        self._clean = self._contents()
        fixed = self.original is not None
        self._kind_said.setVisible(fixed)
        if self.kinds is not None:
            self.kinds.setVisible(not fixed)
        self.show_texts()
        self.side.tell("")
        self.side.show_draft(None, self._language, begun=False)

    def _use_kind(self, kind: str) -> None:
        self.kind = kind
        found = next((each for each in self._kinds.kinds if each.kind == kind), None) if self._kinds else None
        self.params.set_fields(found.fields if found else (), self._language)
        if self.kinds is not None:
            self.kinds.put(kind)

    def _kind_chosen(self) -> None:
        self._use_kind(str(self.kinds.value()) if self.kinds else self.kind)
        self._edited()

    def _edited(self) -> None:
        self.side.tell("")
        self.edited.emit()

    def _contents(self) -> _Contents:
        if self._read is not None:
            return self._read
        return self.name.text().strip(), self.kind, self.params.values(), self.when.values()


@contextmanager
def still(editor: ProgrammeEditor) -> Iterator[None]:
    """Read what is written in an editor once: for a stretch of work in which nobody writes."""
    editor._read = editor._contents()
    try:
        yield
    finally:
        editor._read = None


def _under(said: Mapping[str, str], root: str) -> dict[str, str]:
    return {path.removeprefix(root): text for path, text in said.items() if path.startswith(root)}
