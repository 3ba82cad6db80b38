"""The first start: which language, and whose shop."""

from typing import Literal

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from loyalty_pos.app.commands import CreateShop
from loyalty_pos.app.language import Language
from loyalty_pos.ui import keymap, theme
from loyalty_pos.ui.endonyms import ENGLISH, LANGUAGE, PERSIAN
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, Card, Segmented, Tx
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem
from loyalty_pos.ui.written_keys import press_bearer

_MONEY: dict[str, tuple[str, Literal["toman", "rial"] | None]] = {
    "toman": ("IRR", "toman"),
    "rial": ("IRR", "rial"),
    "usd": ("USD", None),
    "eur": ("EUR", None),
}


class FirstStart(QWidget):
    """Ask for the language, then for the demo shop or one's own; a calm page, nothing to close."""

    language_chosen = Signal(str)
    demo_chosen = Signal()
    shop_named = Signal(object)  # CreateShop
    again_asked = Signal()  # to open the shop that is there

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._stack = QStackedLayout()
        self._card = Card(padding=32)
        theme.hold(self._card, width=560)
        self._card.body.addLayout(self._stack)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)
        self._build_languages()
        self._build_choice()
        self._build_own()
        self._waiting = Tx("", "section", "text2", align="center", wrap=True)
        self._stack.addWidget(self._waiting)
        self._build_unopened()
        self.set_language(language)

    def ask_language(self) -> None:
        """Show the two languages."""
        self._stack.setCurrentIndex(0)
        self.persian.setFocus()

    def ask_shop(self) -> None:
        """Ask for the demo shop or one's own."""
        self._stack.setCurrentIndex(1)
        self.demo.setFocus()

    def ask_name(self) -> None:
        """Ask for the shop's name and money."""
        self._stack.setCurrentIndex(2)
        self.name.setFocus()

    def wait(self) -> None:
        """Say that the shop is being made ready."""
        self._stack.setCurrentIndex(3)

    def show_problem(self, problem: Problem) -> None:
        """Say what stood in the way, and ask again."""
        self.ask_shop()
        self._trouble.set_content("danger", say_problem(problem, self._language))
        self._trouble.show()

    def show_unopened(self, problem: Problem) -> None:
        """Say why the shop that is there was not opened; nobody is asked to make another in its place."""
        self._stack.setCurrentIndex(4)
        self._why.set_content("danger", say_problem(problem, self._language))
        self.again.setFocus()

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        t = language.t
        self._question.setText(t("Which shop should open?"))
        self.demo.set_content(t("Demo shop"))
        self._demo_text.setText(t("A café with members and months of sales, to look around in."))
        self.own.set_content(t("My shop"))
        self._own_text.setText(t("Start empty, with your own name and money."))
        self._own_title.setText(t("My shop"))
        self._name_label.setText(t("Name of the shop"))
        self.name.setAccessibleName(t("Name of the shop"))
        self._money_label.setText(t("Money"))
        self.money.set_texts(
            [("toman", t("Toman")), ("rial", t("Rial")), ("usd", t("Dollar")), ("eur", t("Euro"))]
        )
        self.open.set_content(t("Open the shop"))
        self.back.set_content(t("Back"))
        self._waiting.setText(t("The shop is being made ready…"))
        self._unopened.setText(t("The shop was not opened"))
        self.again.set_content(t("Try again"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that bears the key."""
        pressed = keymap.read(event)
        if pressed is None or not press_bearer((self._stack.currentWidget(),), pressed):
            super().keyPressEvent(event)

    def _build_languages(self) -> None:
        page = QWidget()
        layout = column(page, 16)
        layout.addWidget(Tx(LANGUAGE, "name", align="center"))
        self.persian = Btn(PERSIAN, "primary", keycap=keymap.numbered(1), size="confirm")
        self.english = Btn(ENGLISH, "outline", keycap=keymap.numbered(2), size="confirm")
        self.persian.clicked.connect(lambda: self.language_chosen.emit("fa"))
        self.english.clicked.connect(lambda: self.language_chosen.emit("en"))
        layout.addWidget(self.persian)
        layout.addWidget(self.english)
        self._stack.addWidget(page)

    def _build_choice(self) -> None:
        page = QWidget()
        layout = column(page, 12)
        self._question = Tx("", "name")
        self._trouble = Banner("danger")
        self._trouble.hide()
        self.demo = Btn("", "primary", icon="cup", keycap=keymap.numbered(1), size="confirm")
        self._demo_text = Tx("", "secondary", "text2", wrap=True)
        self.own = Btn("", "outline", icon="plus", keycap=keymap.numbered(2), size="confirm")
        self._own_text = Tx("", "secondary", "text2", wrap=True)
        self.demo.clicked.connect(self.demo_chosen)
        self.own.clicked.connect(self.ask_name)
        self.languages = Btn(LANGUAGE, "ghost", keycap="Esc")
        self.languages.clicked.connect(self.ask_language)
        for widget in (self._question, self._trouble, self.demo, self._demo_text, self.own, self._own_text):
            layout.addWidget(widget)
        layout.addWidget(self.languages)
        self._stack.addWidget(page)

    def _build_own(self) -> None:
        page = QWidget()
        layout = column(page, 12)
        self._own_title = Tx("", "name")
        self._name_label = Tx("", "secondary", "text2", weight=600)
        self.name = TextLine()
        theme.hold(self.name, height=48)
        self.name.setMaxLength(80)
        self._name_label.setBuddy(self.name)
        self._money_label = Tx("", "secondary", "text2", weight=600)
        self.money = Segmented([(key, key) for key in _MONEY])
        self.open = Btn("", "primary", icon="check", keycap="Enter", size="confirm")
        self.back = Btn("", "outline", keycap="Esc", size="confirm")
        self.open.setEnabled(False)
        self.name.textEdited.connect(lambda text: self.open.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._name_given)
        self.open.clicked.connect(self._name_given)
        self.back.clicked.connect(self.ask_shop)
        for widget in (self._own_title, self._name_label, self.name, self._money_label, self.money):
            layout.addWidget(widget)
        buttons = row()
        buttons.addWidget(self.open, 2)
        buttons.addWidget(self.back, 1)
        layout.addLayout(buttons)
        self._stack.addWidget(page)

    def _build_unopened(self) -> None:
        page = QWidget()
        layout = column(page, 16)
        self._unopened, self._why = Tx("", "name"), Banner("danger")
        self.again = Btn("", "primary", keycap="F5", size="confirm")
        self.again.clicked.connect(self.again_asked)
        for widget in (self._unopened, self._why, self.again):
            layout.addWidget(widget)
        layout.insertStretch(2, 1)
        self._stack.addWidget(page)

    def _name_given(self) -> None:
        name = self.name.text().strip()
        if not name:
            return
        currency, unit = _MONEY[self.money.current() or "toman"]
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        self.shop_named.emit(
            CreateShop(
                name=name,
                currency=currency,
                display_unit=unit,
                calendar="jalali" if unit else "gregorian",
                time_zone="Asia/Tehran" if unit else here,
                language=self._language.code,
            )
        )
