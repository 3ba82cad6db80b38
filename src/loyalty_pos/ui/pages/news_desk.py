"""Whom a piece of news is for: members with the interest who agreed to hear from the shop (product P13)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.guest_views import NewsForView, ReaderView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_games import NewsFor
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets.text_line import TextLine

PAGE = 100


class NewsDesk(SideDesk):
    """Type an interest; the list follows, and can be taken along."""

    stem = "news"

    _readers: tuple[ReaderView, ...] = ()
    _next: int | None = None

    def parts(self) -> Sequence[QWidget]:
        self.interest = TextLine()
        self.interest.setMaxLength(80)
        self.interest.textEdited.connect(lambda text: self.ask())
        return (self.interest,)

    def ask(self) -> None:
        if self._wanted:
            self.courier.ask_latest("news", self._query(0), self._came, self.unread)
        else:
            self._came(NewsForView(interest="", members=(), next=None))

    def ask_more(self) -> None:
        self.courier.ask_latest("news", self._query(self._next or 0), self._more_came, self.unread)

    def to_save(self) -> NewsFor | None:
        return self._query(0) if self._readers else None

    def put_focus(self) -> None:
        self.interest.setFocus()

    def act(self, pressed: Pressed) -> bool:
        if pressed.action is Action.ESCAPE and self.interest.text():
            self.interest.clear()
            self.ask()
            return True
        return super().act(pressed)

    def show_texts(self, language: Language) -> None:
        self.interest.setPlaceholderText(language.t("An interest, such as tea"))
        self.interest.setAccessibleName(language.t("Interest"))
        super().show_texts(language)

    def show_view(self) -> None:
        t, language = self.language.t, self.language
        self.heading.setText(t("News for an interest"))
        self.help.setText(t("Only members with this interest who agreed to hear from the shop are listed."))
        self.save.setEnabled(bool(self._readers))
        rows = [_reader(one, language) for one in self._readers]
        title = language.n("For {count} member", "For {count} members", len(rows)) if rows else ""
        none = t("Nobody has this interest and agreed") if self._wanted else t("Write an interest first")
        self.listed.show_rows(title, rows, none, more=self._next is not None)

    @property
    def _wanted(self) -> str:
        return self.interest.text().strip()

    def _query(self, after: int) -> NewsFor:
        return NewsFor(interest=self._wanted, after=after, limit=PAGE)

    def _came(self, view: NewsForView) -> None:
        self._readers, self._next = view.members, view.next
        self.show_view()

    def _more_came(self, view: NewsForView) -> None:
        self._readers, self._next = (*self._readers, *view.members), view.next
        self.show_view()


def _reader(one: ReaderView, language: Language) -> RowWords:
    phone = [language.phone(one.phone)] if one.phone and one.name else []
    interests = language.t(", ").join(language.name(interest) for interest in one.interests)
    line = " · ".join([*phone, interests])
    return RowWords(key=one.member, title=called(one.name, one.phone, language), line=line)
