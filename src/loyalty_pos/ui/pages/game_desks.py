"""The desks of games: a challenge's standings, and a draw with its chances and its record."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_games import RevealDraw
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.game_views import ChaserView, DrawsView, DrawView, OddsView, SeedView, StandingsView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_games import Draws, Standings
from loyalty_pos.domain.families import DrawPrize, Odds
from loyalty_pos.domain.games import draw
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets import Action as Offer
from loyalty_pos.ui.widgets import Banner, Btn, Tx
from loyalty_pos.ui.widgets.surfaces import ChipKind

SHOWN = 100


class ChallengeDesk(SideDesk):
    """Who is how far, and how often it was won."""

    tiles = ("people", "gift")

    _view: StandingsView | None = None

    def ask(self) -> None:
        assert self.programme is not None
        query = Standings(programme=self.programme.key, limit=SHOWN)
        self.courier.ask_latest("challenge", query, self._came, self.unread)

    def show_view(self) -> None:
        t, view, number = self.language.t, self._view, self.language.number
        self.heading.setText(t("Standings"))
        self.help.setText(self.programme.sentence.said(self.language.code) if self.programme else "")
        if view is None or self.programme is None or view.programme != self.programme.key:
            return
        self.figures[0].set_content(t("Taking part"), number(view.players))
        self.figures[1].set_content(t("Won so far"), number(view.won))
        rows = [_chaser(one, view, self.language) for one in view.rows]
        self.listed.show_rows(t("Whoever is nearest first"), rows, t("Nobody has begun yet"), icon="star",
            hint=t("Who takes part is listed here with what is missing; the counter counts by itself."),
        )  # fmt: skip

    def _came(self, view: StandingsView) -> None:
        self._view = view
        self.show_view()


def _chaser(one: ChaserView, view: StandingsView, language: Language) -> RowWords:
    t, number = language.t, language.number
    far = t("{have} of {times}", have=number(one.have), times=number(view.times))
    said = [far, *([t("until {day}", day=language.day(one.until_day))] if one.until_day else [])]
    won = language.n("won {count} time", "won {count} times", one.won) if one.won else ""
    named = called(one.member_name, one.phone, language)
    return RowWords(key=one.member, title=named, line=" · ".join(said), chip=won, chip_kind="reward")


class DrawDesk(SideDesk):
    """Published chances and the seed's fingerprint; every draw, and whether it comes out again."""

    tiles = ("ticket", "gift")
    stem = "draws"

    _view: DrawsView | None = None

    def parts(self) -> Sequence[QWidget]:
        self.chances, self.mark = Tx("", "body", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.tell = Btn("", "soft", icon="undo", keycap="F3")
        self.question = Banner("info")
        self.question.hide()
        self.tell.clicked.connect(self._consider)
        self.question.acted.connect(lambda key: self._decide(tell=key == "tell"))
        return self.chances, self.mark, self.tell, self.question

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        self.question.hide()
        super().open_for(programme)

    def ask(self) -> None:
        self.courier.ask_latest("draws", self.to_save(), self._came, self.unread)

    def to_save(self) -> Draws:
        assert self.programme is not None
        return Draws(programme=self.programme.key, limit=SHOWN, newest=True)

    def act(self, pressed: Pressed) -> bool:
        if pressed.action is Action.NEW_MEMBER:
            self.tell.click()
        elif pressed.action is Action.ESCAPE and not self.question.isHidden():
            self._decide(tell=False)
        else:
            return super().act(pressed)
        return True

    def show_texts(self, language: Language) -> None:
        if language.code != self.language.code:
            self.question.hide()
        super().show_texts(language)

    def show_view(self) -> None:
        language, view = self.language, self._view
        t, number = language.t, language.number
        self.heading.setText(t("Published chances"))
        self.help.setText(
            t("Every draw follows from the seed, its number and the chances: anybody can check.")
        )
        self.tell.set_content(t("Tell the seed, begin a new one"))
        if view is None or self.programme is None or view.programme != self.programme.key:
            return
        shown = [one for seed in reversed(view.seeds) for one in reversed(seed.draws)][:SHOWN]
        self.figures[0].set_content(t("Draws"), number(sum(seed.count for seed in view.seeds)))
        last = language.n("of the last {count}", "of the last {count}", len(shown))
        self.figures[1].set_content(t("Won"), number(sum(bool(one.prize) for one in shown)), "", last)
        self.chances.setText("\n".join(_chance(one, view.out_of, language) for one in view.prizes))
        now = view.seeds[-1]
        self.mark.setText(t("Fingerprint of the seed: {mark}", mark=_broken(now.commitment, language)))
        self.tell.setEnabled(bool(now.count))
        rows = [
            _drawn(seed, one, view, language) for seed in reversed(view.seeds) for one in reversed(seed.draws)
        ]
        title = t("Every draw, the last one first")
        self.listed.show_rows(title, rows[:SHOWN], t("Nothing was drawn yet"), icon="ticket",
            hint=t("Every draw is listed here with its prize; a purchase at the counter draws."),
        )  # fmt: skip

    def put_focus(self) -> None:
        self.tell.setFocus()

    def _came(self, view: DrawsView) -> None:
        self._view = view
        self.show_view()

    def _consider(self) -> None:
        """Ask once: what is told cannot be taken back."""
        if self.question.isVisible():
            self._decide(tell=True)
            return
        t = self.language.t
        self.question.set_content(
            "info",
            t("Tell the seed?"),
            t("Everybody can then work out the draws so far; the next ones follow a new seed."),
            (
                Offer("tell", t("Tell it"), "primary", keycap="F3"),
                Offer("leave", t("Leave it secret"), "outline", keycap="Esc"),
            ),
        )
        self.question.show()

    def _decide(self, *, tell: bool) -> None:
        self.question.hide()
        self.tell.setFocus()
        if tell and self.programme is not None:
            command = RevealDraw(posting_id=self.new_key(), programme=self.programme.key)
            self.courier.do(command, self._revealed, self.failed)

    def _revealed(self, view: DrawsView) -> None:
        told = next(seed for seed in reversed(view.seeds) if seed.seed)
        wrong = sum(not comes_out_again(told, one, view) for one in told.draws)
        t, n = self.language.t, self.language.n
        if wrong:
            checked = n("{count} draw does not come out.", "{count} draws do not come out.", wrong)
        else:
            checked = n(
                "{count} draw worked out again: as recorded.",
                "{count} draws worked out again: all as recorded.",
                len(told.draws),
            )
        said = t("The seed was {seed}.", seed=_broken(told.seed, self.language))
        self.say("danger" if wrong else "gain", f"{said} {checked}")


def comes_out_again(seed: SeedView, one: DrawView, view: DrawsView) -> bool:
    """Work a draw out again from its seed, its number and the chances it was drawn with."""
    then = next(odds for odds in view.odds if odds.revision == one.revision)
    prizes = tuple(
        DrawPrize(prize.name, prize.chances, "points", 0, prize.worth_minor) for prize in then.prizes
    )
    drawn, prize = draw(Odds(then.out_of, prizes), seed.seed, one.number)
    return (drawn, prize.name if prize else "") == (one.drawn, one.prize)


def _chance(one: OddsView, out_of: int, language: Language) -> str:
    t, number = language.t, language.number
    chance = t("{chances} in {all}", chances=number(one.chances), all=number(out_of))
    return f"{language.name(one.name)} · {chance} · {language.money(one.worth_minor)}"


def _drawn(seed: SeedView, one: DrawView, view: DrawsView, language: Language) -> RowWords:
    t, number = language.t, language.number
    then = next(odds for odds in view.odds if odds.revision == one.revision)
    prize = language.name(one.prize) if one.prize else t("nothing")
    out = t("came out: {drawn} of {all}", drawn=number(one.drawn), all=number(then.out_of))
    said = [out, *([t("taken back")] if one.taken_back else [])]
    kind: ChipKind
    if not seed.seed:
        chip, kind = t("sealed"), "plain"
    elif comes_out_again(seed, one, view):
        chip, kind = t("checked"), "gain"
    else:
        chip, kind = t("wrong"), "danger"
    title = t("Draw {number}: {prize}", number=number(one.number), prize=prize)
    return RowWords(
        key=f"{seed.commitment}:{one.number}",
        title=title,
        line=" · ".join(said),
        chip=chip,
        chip_kind=kind,
    )


def _broken(mark: str, language: Language) -> str:
    """Write a long mark so that it can be broken into lines."""
    parts = [mark[start : start + 8] for start in range(0, len(mark), 8)]
    return language.isolate("\u200b".join(parts))
