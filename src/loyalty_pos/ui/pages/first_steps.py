"""Setting up a club, step by step: printer, scanner, what members get, how they join, one sheet of terms.

Every step can be skipped and come back to; nothing here is possible here alone.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.commands import PublishProgramme, RetireProgramme
from loyalty_pos.app.form_views import PresetsView, PresetView, ProgrammesView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import Presets, Programmes
from loyalty_pos.app.settings import ASKS, UiSettings
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.first_steps_parts import ChecksStep, PresetStep, PrinterStep, TermsStep
from loyalty_pos.ui.pages.first_steps_scan import ScanStep
from loyalty_pos.ui.pages.page import Page, shop_day
from loyalty_pos.ui.paper import Paper, print_terms
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.scanner import Burst
from loyalty_pos.ui.widgets import Banner, Btn, Card, Tx
from loyalty_pos.ui.worker import Done, Problem

STEPS = ("printer", "scan", "goals", "membership", "communication", "monitoring", "terms")
_TITLES = {
    "printer": N_("Printer"),
    "scan": N_("First scan"),
    "goals": N_("Goals and benefits"),
    "membership": N_("Membership"),
    "communication": N_("Communication"),
    "monitoring": N_("Keeping watch"),
    "terms": N_("Terms on one page"),
}
_ABOUT = {
    "printer": N_("A test page shows whether receipts will come out. Trouble is said at once."),
    "scan": N_("Scan any member's card: this shows that the scanner works, and makes the first member."),
    "goals": N_(
        "What should members get? A number or a touch switches one on; the numbers can change later."
    ),
    "membership": N_("What does joining bring, and who rises?"),
    "communication": N_("What is printed, and what a new member is asked. Less asked is faster."),
    "monitoring": N_("What the program should tell you by itself."),
    "terms": N_("Hang it beside the till: the club in plain sentences."),
}
COMMUNICATION = ("print_receipts", "customer_screen", *ASKS)
MONITORING = ("month_reminder", "budget_warning")


class FirstStepsPage(Page):
    """Walk an owner through the club's first day, by keyboard alone if they like."""

    key = "club"
    icon = "gift"
    title = N_("Setting up")
    concerns = Changes.PROGRAMMES | Changes.SHOP
    guide = "start"
    decided = Signal(object)  # UiSettings

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self.paper: Paper | None = None
        self.choices: Callable[[], UiSettings] = UiSettings
        self.step = STEPS[0]
        self._presets: tuple[PresetView, ...] = ()
        self._view = ProgrammesView(programmes=())
        self.printer, self.scan, self.terms = PrinterStep(), ScanStep(self), TermsStep()
        self.goals, self.membership = PresetStep(), PresetStep()
        self.communication, self.monitoring = ChecksStep(COMMUNICATION), ChecksStep(MONITORING)
        parts: tuple[QWidget, ...] = (
            self.printer, self.scan, self.goals, self.membership,
            self.communication, self.monitoring, self.terms,
        )  # fmt: skip
        self.parts = dict(zip(STEPS, parts, strict=True))
        self.told = Banner("gain")
        self.printed: dict[Banner, str] = {}
        """Where each answer says that paper went."""
        self.places = {
            step: Btn("", "ghost", size="small", keycap=f"Alt {number}")
            for number, step in enumerate(STEPS, 1)
        }
        self.next = Btn("", "primary", icon="check", keycap="Enter")
        self.skip, self.finish = Btn("", "outline", keycap="Esc"), Btn("", "ghost", keycap="F9")
        self.heading, self.about = Tx("", "name"), Tx("", "body", "text2", wrap=True)
        self.stack = QStackedLayout()
        _lay(self)
        _connect(self)
        self.show_texts()

    def equip(self, paper: Paper, choices: Callable[[], UiSettings]) -> None:
        """Learn where paper goes and what is chosen about this window."""
        self.paper, self.choices = paper, choices
        self.show_step()

    def show_texts(self) -> None:
        t = self.language.t
        for number, (step, place) in enumerate(self.places.items(), 1):
            place.set_content(f"{self.language.number(number)} · {t(_TITLES[step])}")
        self.skip.set_content(t("Skip"))
        self.finish.set_content(t("To the counter"))
        for part in (self.printer, self.scan, self.terms):
            part.show_texts(self.language)
        _say_printed(self)
        self.show_step()

    def refresh(self) -> None:
        self.dispatcher.ask(Presets(), self._learn, self.trouble, self)
        self.dispatcher.ask(Programmes(), self._learn, self.trouble, self)

    def put_focus(self) -> None:
        if self.step == "scan" and self.scan.card:
            self.scan.name.setFocus()
        else:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a number choose where there is something ready-made to choose."""
        part = self.parts[self.step]
        if not (isinstance(part, PresetStep) and part.choose(event.text())):
            super().keyPressEvent(event)

    def act(self, pressed: Pressed) -> bool:
        focused = QApplication.focusWidget()
        if pressed.action is Action.ENTER:
            if isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
                return False
            self.next.click()
        elif pressed.action is Action.ESCAPE:
            self.skip.click()
        elif pressed.action is Action.CONFIRM:
            self.finish.click()
        elif pressed.action is Action.PRINT and self.step in ("printer", "terms"):
            (self.printer if self.step == "printer" else self.terms).print_it.click()
        else:
            return False
        return True

    def scan_seen(self, burst: object) -> None:
        if isinstance(burst, Burst):
            self.go_to("scan")
            self.scan.seen(burst)

    def takes_scan(self, code: str) -> bool:
        """Take every scan: here the first one is tried."""
        self.go_to("scan")
        self.scan.take(code)
        return True

    def go_to(self, step: str) -> None:
        """Show a step."""
        self.step = step
        self.tell("")
        self.show_step()
        self.put_focus()

    def go_on(self) -> None:
        """Do what the step's own button says, then go to the next one."""
        if self.step != "scan" or not self.scan.enrol():
            self.onward()

    def onward(self) -> None:
        """Go to the next step; after the last one to the counter."""
        place = STEPS.index(self.step) + 1
        if place < len(STEPS):
            self.go_to(STEPS[place])
        else:
            self.leave()

    def leave(self) -> None:
        """Go to the counter, with the member just made."""
        member = self.scan.forget()
        if member:
            self.sell.emit(member)
        else:
            self.left.emit()

    def tell(self, said: str) -> None:
        """Say what was done; empty takes it away."""
        self.told.set_content("gain", said)
        self.told.setVisible(bool(said))

    def trouble(self, problem: Problem) -> None:
        """Say what stood in the way."""
        for answer in (self.printer.answer, self.terms.answer):
            answer.hide()
        self.told.set_content("danger", say_problem(problem, self.language))
        self.told.show()

    def decide(self) -> None:
        """Keep the choices as they are ticked now."""
        checks = {**self.communication.checks, **self.monitoring.checks}
        ticked = {key: check.isChecked() for key, check in checks.items()}
        asks = tuple(key for key in ASKS if ticked[key])
        own: dict[str, Any] = {key: on for key, on in ticked.items() if key not in ASKS}
        self.decided.emit(replace(self.choices(), asks=asks, **own))

    def toggle(self, preset: PresetView) -> None:
        """Publish a ready-made programme as it is, or let it rest."""
        key = self._key(preset)
        if preset.preset in self._live:
            command: PublishProgramme | RetireProgramme = RetireProgramme(key=key)
        else:
            command = PublishProgramme(
                key=key,
                kind=preset.kind,
                name=preset.name.said(self.language.shop.language if self.language.shop else "fa"),
                params=dict(preset.params),
                when=dict(preset.when),
            )
        self.tell("")
        self.dispatcher.do(command, None, self.trouble, self)

    def show_step(self) -> None:
        """Show the step of now in the language of now."""
        t, language = self.language.t, self.language
        self.stack.setCurrentWidget(self.parts[self.step])
        self.heading.setText(t(_TITLES[self.step]))
        self.about.setText(t(_ABOUT[self.step]))
        for step, place in self.places.items():
            place.set_kind("soft" if step == self.step else "ghost")
        making = self.step == "scan" and bool(self.scan.card)
        last = self.step == STEPS[-1]
        self.next.set_content(t("Make member") if making else t("Done") if last else t("Next"))
        self.skip.setVisible(not last)
        for chooser in (self.goals, self.membership):
            step = "goals" if chooser is self.goals else "membership"
            chooser.put([one for one in self._presets if one.step == step], self._live, language)
        for checks in (self.communication, self.monitoring):
            checks.show_choices(self.choices(), language)
        self.terms.put(self._view, language)

    @property
    def _live(self) -> set[str]:
        """Which ready-made ones run."""
        running = {(one.key, one.kind) for one in self._view.programmes if one.live}
        return {one.preset for one in self._presets if (self._key(one), one.kind) in running}

    def _key(self, preset: PresetView) -> str:
        """Name a ready-made programme, past one of another kind that has its name already."""
        taken = {one.key for one in self._view.programmes if one.kind != preset.kind}
        return f"{preset.preset}_1" if preset.preset in taken else preset.preset

    def _learn(self, view: PresetsView | ProgrammesView) -> None:
        if isinstance(view, PresetsView):
            self._presets = view.presets
        else:
            self._view = view
        self.show_step()


def _print(page: FirstStepsPage, answer: Banner, send: Callable[[Paper, Done], None]) -> None:
    """Send something to the printer and say where it went."""
    if page.paper is None:
        return
    page.printed.pop(answer, None)
    answer.set_content("info", page.language.t("Printing…"))
    answer.show()

    def printed(to: object) -> None:
        page.printed[answer] = str(to)
        _say_printed(page)

    send(page.paper, printed)


def _say_printed(page: FirstStepsPage) -> None:
    """Say where paper went, in the language of now."""
    language = page.language
    for answer, place in page.printed.items():
        said = language.t("It went to {place}. Did it come out?", place=language.isolate(place))
        answer.set_content("gain", said)


def _connect(page: FirstStepsPage) -> None:
    for step, place in page.places.items():
        place.clicked.connect(lambda checked=False, to=step: page.go_to(to))
    page.next.clicked.connect(page.go_on)
    page.skip.clicked.connect(page.onward)
    page.finish.clicked.connect(page.leave)
    page.scan.moved.connect(page.show_step)
    page.scan.moved.connect(page.put_focus)
    page.scan.made.connect(page.onward)
    page.scan.made.connect(page.tell)
    page.printer.asked.connect(
        lambda: _print(page, page.printer.answer, lambda paper, done: paper.test(done, page.trouble, page))
    )
    page.terms.asked.connect(
        lambda: _print(
            page,
            page.terms.answer,
            lambda paper, done: print_terms(
                paper, shop_day(page.wall_ms(), page.language), done, page.trouble, page
            ),
        )
    )
    for chooser in (page.goals, page.membership):
        chooser.toggled.connect(page.toggle)
    for checks in (page.communication, page.monitoring):
        checks.decided.connect(page.decide)


def _lay(page: FirstStepsPage) -> None:
    """Put the names of the steps at the start side, the step of now beside them."""
    across = row(14)
    page.setLayout(across)
    theme.space(across, 14, (14, 14, 14, 14))
    names, card = Card(padding=12), Card(padding=24)
    theme.hold(names, width=232)
    for place in page.places.values():
        names.body.addWidget(place)
    names.body.addStretch(1)
    names.body.addWidget(page.finish)
    buttons = row()
    buttons.addWidget(page.next, 2)
    buttons.addWidget(page.skip, 1)
    for part in (page.heading, page.about, page.told):
        card.body.addWidget(part)
    page.told.hide()
    inside = QWidget()
    inside.setProperty("k", "clear")
    inside.setLayout(page.stack)
    for step in page.parts.values():
        page.stack.addWidget(step)
    card.body.addWidget(inside, 1)
    card.body.addLayout(buttons)
    across.addWidget(names)
    across.addWidget(card, 1)
