"""The desks of people: answers to a question, prizes that wait, whom to win back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_games import HandOver
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.guest_views import (
    AnswerView,
    HandOversView,
    HandOverView,
    ParticipationsView,
    StockView,
)
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_games import HandOvers, Participations
from loyalty_pos.app.queries_standing import LapsedMembers
from loyalty_pos.app.report_papers import ReportBar
from loyalty_pos.app.term_views import LapsedMembersView, LapsedView
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets.report_table import ReportBars

PAGE, MOST = 50, 200
RATINGS = 5


class AnswersDesk(SideDesk):
    """How often a question was answered, what came out, and what was said last."""

    tiles = ("note", "star")
    stem = "answers"

    _view: ParticipationsView | None = None
    _last: tuple[AnswerView, ...] = ()

    def parts(self) -> Sequence[QWidget]:
        self.bars = ReportBars()
        return (self.bars,)

    def ask(self) -> None:
        self.courier.ask_latest("answers", self.to_save(), self._came, self.unread)

    def ask_more(self) -> None:
        assert self.programme is not None and self._view is not None
        query = Participations(programme=self.programme.key, before=self._view.next, limit=PAGE)
        self.courier.ask_latest("answers", query, self._more_came, self.unread)

    def to_save(self) -> Participations:
        assert self.programme is not None
        return Participations(programme=self.programme.key, limit=PAGE)

    def show_view(self) -> None:
        t, view, number = self.language.t, self._view, self.language.number
        self.heading.setText(t("What came out"))
        if view is None or self.programme is None or view.programme != self.programme.key:
            return
        self.help.setText(view.question or self.programme.sentence.said(self.language.code))
        self.figures[0].set_content(t("Answers"), number(view.count))
        rated = self.programme.params.get("what") == "feedback"
        self.figures[1].setVisible(rated and view.count > 0)
        self.figures[1].set_content(t("On average"), tenths(view.average_milli, self.language))
        self.bars.show_bars(_bars(view, self.language, rated=rated), t("No answers yet"))
        rows = [
            RowWords(
                key=str(place),
                title=self.language.digits(one.answer) if rated else self.language.name(one.answer),
                line=f"{called(one.member_name, None, self.language)} · {self.language.day_short(one.day)}",
            )
            for place, one in enumerate(self._last)
        ]
        self.listed.show_rows(t("The last answers"), rows, t("No answers yet"), icon="note",
            more=view.next is not None, hint=t("What members said is listed here, the newest first."),
        )  # fmt: skip

    def _came(self, view: ParticipationsView) -> None:
        self._view, self._last = view, view.last
        self.show_view()

    def _more_came(self, view: ParticipationsView) -> None:
        self._view, self._last = view, (*self._last, *view.last)
        self.show_view()


class QueueDesk(SideDesk):
    """Prizes claimed and waiting, soonest promised first; stock and what a day still holds of this one."""

    tiles = ("gift", "calendar")

    _view: HandOversView | None = None
    _fresh = False

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        self._fresh = True
        super().open_for(programme)

    def ask(self) -> None:
        self.courier.ask_latest("queue", HandOvers(limit=MOST), self._came, self.unread)

    def row_acted(self, key: str) -> None:
        command = HandOver(posting_id=self.new_key(), claim=key)

        def done(view: HandOverView) -> None:
            what, language = view.what.said(self.language.code), self.language
            named = called(view.member_name, None, language)
            self.say("gain", language.t("Handed over: {what}, to {name}", what=what, name=named))
            self.put_focus()

        self.courier.do(command, done, self.failed)

    def show_view(self) -> None:
        t, view = self.language.t, self._view
        self.heading.setText(t("To hand over"))
        self.help.setText(t("A prize that takes time waits here; the counter shows it to its member, too."))
        if view is None or self.programme is None:
            return
        key = self.programme.key
        self._show_stock(next((one for one in view.stocks if one.programme == key), None))
        rows = [self._row(one) for one in view.waiting]
        self.listed.show_rows(t("Waiting, the soonest first"), rows, t("Nothing waits"), icon="gift",
            hint=t("A prize handed out at the counter with F12 waits here until it is ready."),
        )  # fmt: skip

    def _show_stock(self, stock: StockView | None) -> None:
        t, number = self.language.t, self.language.number
        left = t("no end of it") if stock is None or stock.left is None else number(stock.left)
        there = "" if stock is None or stock.stock is None else t("of {count}", count=number(stock.stock))
        self.figures[0].set_content(t("Left"), left, "", there)
        promised = 0 if stock is None else stock.promised_today
        most = "" if stock is None or stock.a_day is None else t("at most {what}", what=number(stock.a_day))
        self.figures[1].set_content(t("Promised today"), number(promised), "", most)

    def _row(self, one: HandOverView) -> RowWords:
        t, language = self.language.t, self.language
        named, what = called(one.member_name, None, language), one.what.said(language.code)
        ready = t("{day}, {clock}", day=language.day_short(one.day), clock=language.clock(one.ready_ms))
        promised = t("promised for {when}", when=ready)
        return RowWords(
            key=one.claim,
            title=what,
            line=f"{named} · {promised}",
            chip=t("late") if one.late else "",
            chip_kind="danger",
            button=t("Hand it over"),
            hears=t("Hand over {what} to {name}", what=what, name=named),
        )

    def _came(self, view: HandOversView) -> None:
        self._view = view
        self.show_view()
        if self._fresh:  # the first of the queue is what somebody came for
            self._fresh = False
            self.put_focus()


class LapsedDesk(SideDesk):
    """Whose membership ran out and was not renewed: whom to offer it again."""

    tiles = ("crown",)
    stem = "win-back"

    _view: LapsedMembersView | None = None

    def ask(self) -> None:
        self.courier.ask_latest("lapsed", self.to_save(), self._came, self.unread)

    def to_save(self) -> LapsedMembers:
        assert self.programme is not None
        return LapsedMembers(programme=self.programme.key, limit=MOST)

    def show_view(self) -> None:
        t, view = self.language.t, self._view
        self.heading.setText(t("To win back"))
        self.help.setText(t("Who had paid and has not renewed, with what it had saved them."))
        if view is None or self.programme is None or view.programme != self.programme.key:
            return
        self.figures[0].set_content(t("Ran out"), self.language.number(len(view.members)))
        rows = [_lapsed(one, self.language) for one in view.members]
        self.listed.show_rows(t("The latest first"), rows, t("Everybody has renewed"), icon="crown",
            hint=t("Whose membership runs out is listed here, to be invited back."),
        )  # fmt: skip

    def _came(self, view: LapsedMembersView) -> None:
        self._view = view
        self.show_view()


def _lapsed(one: LapsedView, language: Language) -> RowWords:
    t, money = language.t, language.money
    ran_out = t("ran out on {day}", day=language.day(one.term.good_until))
    saved = t(
        "paid {fee}, saved {saved}",
        fee=money(one.term.fee_minor, unit=False),
        saved=money(one.term.given_minor),
    )
    phone = [language.phone(one.phone)] if one.phone and one.name else []
    return RowWords(
        key=one.member,
        title=called(one.name, one.phone, language),
        line=" · ".join([*phone, ran_out, saved]),
        chip=t("may be told") if one.consent else t("did not agree"),
        chip_kind="gain" if one.consent else "plain",
    )


def tenths(milli: int, language: Language) -> str:
    """Write an average with one decimal place."""
    whole, part = divmod((milli + 50) // 100, 10)
    mark = "\u066b" if language.digits("0") != "0" else "."
    return f"{language.number(whole)}{mark}{language.digits(str(part))}"


def _bars(view: ParticipationsView, language: Language, *, rated: bool) -> list[ReportBar]:
    """Draw how often each answer was given; ratings in their own order, the rest by how many."""
    counts = dict(view.by_answer)
    if rated:
        counts = {str(stars): counts.get(str(stars), 0) for stars in range(RATINGS, 0, -1)}
    most = max(counts.values(), default=0)
    if not most:
        return []
    return [
        ReportBar(
            language.digits(answer) if rated else language.name(answer),
            language.number(count),
            count * 1_000 // most,
            count > 0,
        )
        for answer, count in list(counts.items())[:10]
    ]
