"""What an owner does beside the forms: a programme's codes, list, games or guests; partners; news."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Pressed
from loyalty_pos.ui.pages.cause_desk import CauseDesk
from loyalty_pos.ui.pages.codes_desk import CodesDesk
from loyalty_pos.ui.pages.list_desk import ListDesk
from loyalty_pos.ui.pages.page import Page, shop_day
from loyalty_pos.ui.pages.programme_history import HistoryDesk
from loyalty_pos.ui.pages.programme_sides import HISTORY, OF_SHOP, Side, side_of
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.paper import Paper

AnyDesk = CodesDesk | ListDesk | CauseDesk | HistoryDesk | SideDesk
OWN = ("codes", "list", "cause", "history")
_D = TypeVar("_D", CodesDesk, ListDesk, CauseDesk, HistoryDesk, SideDesk)


class Annex(QWidget):
    """Hold one desk at a time, each made when it is first opened; `moved` says that one opened or closed."""

    moved = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._paper: Paper | None = None
        self.programme: ProgrammeDetailView | None = None
        self.side: Side | None = None
        self.otherwise: Callable[[], None] = lambda: None
        """Takes the keyboard where a desk has nothing for it yet."""
        self._made: dict[str, AnyDesk] = {}
        self._stack = QStackedLayout(self)

    @property
    def on(self) -> bool:
        """Whether a desk is open."""
        return self.side is not None

    @property
    def codes(self) -> CodesDesk:
        return self._kept("codes", lambda: CodesDesk(*self._hand()))

    @property
    def list(self) -> ListDesk:
        return self._kept("list", lambda: ListDesk(self._page.dispatcher, self._page.language))

    @property
    def cause(self) -> CauseDesk:
        return self._kept("cause", lambda: CauseDesk(*self._hand()))

    @property
    def history(self) -> HistoryDesk:
        return self._kept("history", lambda: HistoryDesk(self._page.dispatcher, self._page.language))

    def equip(self, paper: Paper) -> None:
        """Learn where slips are printed."""
        self._paper = paper

    def desk(self, name: str) -> SideDesk:
        """Return a desk of games, people, partners or news, made when it is first asked for."""
        from loyalty_pos.ui.pages import (
            game_desks,
            gift_cards_desk,
            guests_desk,
            news_desk,
            partners_desk,
            people_desks,
        )

        makers: dict[str, Callable[[], SideDesk]] = {
            "challenge": lambda: game_desks.ChallengeDesk(*self._hand()),
            "draw": lambda: game_desks.DrawDesk(*self._hand()),
            "invitation": lambda: guests_desk.GuestsDesk(*self._hand(), self._today),
            "participation": lambda: people_desks.AnswersDesk(*self._hand()),
            "prize": lambda: people_desks.QueueDesk(*self._hand()),
            "vip": lambda: people_desks.LapsedDesk(*self._hand()),
            "partners": lambda: partners_desk.PartnersDesk(*self._hand()),
            "gift_cards": lambda: gift_cards_desk.GiftCardsDesk(*self._hand()),
            "news": lambda: news_desk.NewsDesk(*self._hand()),
        }
        return self._kept(name, makers[name])

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        """Open the desk of a programme that has one."""
        side = side_of(programme)
        if side is not None and programme is not None:
            self.programme, self.side = programme, side
            self._open()

    def open_of_shop(self, name: str) -> None:
        """Open a desk that belongs to no programme."""
        self.programme, self.side = None, OF_SHOP[name]
        self._open()

    def open_history(self, programme: ProgrammeDetailView | None) -> None:
        """Open the history of a published programme."""
        if programme is not None:
            self.programme, self.side = programme, HISTORY
            self._open()

    def close_desk(self) -> None:
        """Go back to the form."""
        if self.side is not None:
            self.side = self.programme = None
            self.moved.emit()
            self._page.put_focus()

    def refresh(self, programmes: Sequence[ProgrammeDetailView]) -> None:
        """Ask again for what is shown; a programme whose desk is another now has this one no more."""
        desk, side = self._desk, self.side
        if desk is None or side is None:
            return
        if self.programme is None:
            assert isinstance(desk, SideDesk)
            desk.refresh(None)
            return
        found = next((each for each in programmes if each.key == self.programme.key), None)
        if found is None or (side != HISTORY and side_of(found) != side):
            self.close_desk()
            return
        self.programme = found
        desk.refresh(found)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        for desk in self._made.values():
            desk.show_texts(language)

    def put_focus(self) -> None:
        """Put the keyboard where work begins."""
        if self._desk is not None:
            self._desk.put_focus()
            focused = self.window().focusWidget()
            if focused is None or not self.isAncestorOf(focused):
                self.otherwise()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        return self._desk is not None and self._desk.act(pressed)

    def takes_scan(self, code: str) -> bool:
        """Take a scan while a desk is open."""
        return self._desk is not None and self._desk.takes_scan(code)

    @property
    def _desk(self) -> AnyDesk | None:
        return None if self.side is None else self._made[self.side.name]

    def _open(self) -> None:
        assert self.side is not None
        name = self.side.name
        desk: AnyDesk = getattr(self, name) if name in OWN else self.desk(name)
        if self.programme is not None:
            desk.open_for(self.programme)
        else:
            assert isinstance(desk, SideDesk)
            desk.open_for(None)
        self._stack.setCurrentWidget(desk)
        self.moved.emit()
        self.put_focus()

    def _kept(self, name: str, make: Callable[[], _D]) -> _D:
        if name not in self._made:
            made = self._made[name] = make()
            self._stack.addWidget(made)
            made.closed.connect(self.close_desk)
            if not isinstance(made, ListDesk | HistoryDesk):
                made.paper = self._paper
            made.show_texts(self._page.language)
        return cast("_D", self._made[name])

    def _hand(self) -> tuple[Dispatcher, Language, Callable[[], str]]:
        return self._page.dispatcher, self._page.language, self._new_key

    def _new_key(self) -> str:
        """Make a key for a posting, the way the page does by then."""
        return self._page.make_id()

    def _today(self) -> str:
        return shop_day(self._page.wall_ms(), self._page.language)
