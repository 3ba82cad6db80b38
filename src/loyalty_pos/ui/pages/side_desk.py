"""What every desk beside the programmes has: work at the start side, what it led to at the end side."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.app.partner_views import SettlementView
from loyalty_pos.app.queries import Query
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, desk_of, row, scroller
from loyalty_pos.ui.pages.side_rows import RowsCard
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import BalanceTile, Banner, Btn, Card, Tx
from loyalty_pos.ui.worker import Problem

TABLES = (".xlsx", ".csv")
PDF = (".pdf",)


class SideDesk(QWidget):
    """A desk of one programme, or of the shop where `open_for` is given none.

    Subclasses name their `tiles` and `save_key`, ask in `ask` and show the answer in `show_view`.
    """

    closed = Signal()
    tiles: Sequence[str] = ()  # icons
    stem = ""  # of the file it may be saved as; empty: nothing to save
    save_key = "Ctrl S"

    def __init__(self, dispatcher: Dispatcher, language: Language, new_key: Callable[[], str]) -> None:
        super().__init__()
        self.courier, self.language, self.new_key = Courier(dispatcher, self), language, new_key
        self.dispatcher = dispatcher
        self.programme: ProgrammeDetailView | None = None
        self.paper: Paper | None = None
        self.ask_file: Callable[[str, Sequence[str]], str] = partial(_ask_file, self)
        self.figures = [BalanceTile(icon) for icon in self.tiles]
        self.heading, self.help = Tx("", "section"), Tx("", "secondary", "text2", wrap=True)
        self.told = Banner("gain")
        self.save = Btn("", "outline", icon="copy", keycap=self.save_key)
        self.listed = RowsCard()
        self._lay()
        self.told.hide()
        self.save.clicked.connect(self.save_list)
        self.listed.acted.connect(self.row_acted)
        self.listed.again_asked.connect(self.ask)
        self.listed.more_asked.connect(self.ask_more)
        self.listed.offered.connect(lambda key: self.put_focus())

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        """Begin with a programme, or with none."""
        self.programme = programme
        self.say("gain", "")
        self.listed.wait()
        self.ask()

    def refresh(self, programme: ProgrammeDetailView | None) -> None:
        """Ask again for what is shown."""
        self.programme = programme
        self.ask()

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        if language.code != self.language.code:
            self.say("gain", "")
        self.language = language
        self.listed.set_language(language)
        self.save.set_content(language.t("Save as a table"))
        self.show_view()

    def put_focus(self) -> None:
        """Put the keyboard where work begins."""
        buttons = [one.button for one in self.listed.rows if not one.button.isHidden()]
        if self.stem:
            buttons.append(self.save)
        if buttons:
            buttons[0].setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        if pressed.action is Action.ESCAPE:
            self.closed.emit()
        elif pressed.action is Action.PUBLISH and self.stem:
            self.save.click()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Take a scan that means something here; False lets it go to the counter."""
        return False

    def ask(self) -> None:
        """Ask the shop for what is shown."""
        raise NotImplementedError

    def ask_more(self) -> None:
        """Ask for the rows after those shown."""

    def show_view(self) -> None:
        """Show the last answer, or nothing yet, in the language of now."""
        raise NotImplementedError

    def row_acted(self, key: str) -> None:
        """Do what a row's button says."""

    def to_save(self) -> Query | SettlementView | None:
        """Name what `save` writes; None when there is nothing yet."""
        return None

    def say(self, kind: Literal["gain", "danger", "info"], said: str) -> None:
        """Say how something went; empty takes it away."""
        self.told.set_content(kind, said)
        self.told.setVisible(bool(said))

    def failed(self, problem: Problem) -> None:
        """Say why something was not done."""
        self.say("danger", say_problem(problem, self.language))

    def unread(self, problem: Problem) -> None:
        """Say why there is nothing to show."""
        self.listed.show_trouble(say_problem(problem, self.language))

    def save_list(self) -> None:
        """Ask for a place and write there what is listed."""
        self.save_as(self.to_save(), TABLES)

    def save_as(self, what: Query | SettlementView | None, endings: Sequence[str]) -> None:
        """Ask for a place and write there."""
        if what is None or self.paper is None:
            return
        chosen = self.ask_file(self.stem, endings)
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.casefold() in endings else path.with_name(path.name + endings[0])
        self.paper.saving.save(what, path, lambda count: self._saved(path), self.failed, self)

    def _saved(self, path: Path) -> None:
        where = self.language.isolate(str(path).replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.say("gain", self.language.t("Saved: {path}", path=where))

    def _lay(self) -> None:
        self.work = Card()
        tiles: QHBoxLayout = row(8)
        for tile in self.figures:
            tiles.addWidget(tile, 1)
        self.work.body.addLayout(tiles)
        inside = QWidget()
        self.lines = column(inside, 10)
        for part in (self.heading, self.help, *self.parts(), self.told):
            self.lines.addWidget(part)
        self.lines.addStretch(1)
        self.work.body.addWidget(scroller(inside), 1)
        self.work.body.addWidget(self.save)
        desk_of(self, self.work, self.listed)
        self.save.setVisible(bool(self.stem))  # shown before it has a place it would be a window

    def parts(self) -> Sequence[QWidget]:
        """Make what stands between the words and the answer."""
        return ()


def _ask_file(desk: SideDesk, stem: str, endings: Sequence[str]) -> str:
    """Ask a person where to save."""
    t = desk.language.t
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    names = {".xlsx": t("Excel table"), ".csv": t("CSV table"), ".pdf": t("PDF page")}
    kinds = ";;".join(f"{names[ending]} (*{ending})" for ending in endings)
    title = t("Save as PDF") if endings == PDF else t("Save as a table")
    return QFileDialog.getSaveFileName(desk, title, f"{folder}/{stem}{endings[0]}", kinds)[0]
