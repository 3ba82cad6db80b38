"""The desks beside the programmes, with the keyboard alone: games, guests, answers, prizes, news."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.form_views import ProgrammesView
from loyalty_pos.app.queries import Programmes
from loyalty_pos.app.queries_games import Draws, Guests, HandOvers, NewsFor, Participations
from loyalty_pos.app.queries_standing import LapsedMembers
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.text import strip_isolates
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.game_desks import DrawDesk
from loyalty_pos.ui.pages.guests_desk import GuestsDesk
from loyalty_pos.ui.pages.news_desk import NewsDesk
from loyalty_pos.ui.pages.people_desks import tenths
from loyalty_pos.ui.pages.programme_sides import side_of
from loyalty_pos.ui.pages.side_desk import SideDesk
from tests.languages import language
from tests.ui.counter.conftest import make_rig
from tests.ui.counter.rig import MakeRig
from tests.ui.studio import games_shop
from tests.ui.studio.desk import Desk
from tests.ui.studio.games_shop import HAMID, KAVEH, SARA

__all__ = ["make_rig"]


class Saves:
    """Stands where paper goes: remembers what was to be saved, or says why not."""

    def __init__(self) -> None:
        self.ready, self.saved, self.fault = True, list[tuple[Any, Path]](), Fault("disk_full")
        self.saving = self

    def save(self, what: Any, path: Path, done: Any, failed: Any, parent: object) -> None:
        self.saved.append((what, path))
        (done if "full" not in path.name else failed)(3 if "full" not in path.name else self.fault)


@pytest.fixture(scope="module")
def played(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "shop"
    shutil.copytree(built, folder)
    games_shop.add(folder / "shop.db")
    return folder


@pytest.fixture
def desk(played: Path, tmp_path: Path, make_rig: MakeRig) -> Desk:
    folder = tmp_path / "shop"
    shutil.copytree(played, folder)
    path = folder / "shop.db"
    opened = Desk(make_rig(code="en", factory=lambda: games_shop.opened(path)), path)
    opened.go(opened.programmes)
    opened.rig.settle()
    return opened


def ask(desk: Desk, query: Any) -> Any:
    service = games_shop.opened(desk.path)
    try:
        return service.ask(query)
    finally:
        service.close()


def beside(desk: Desk, key: str) -> SideDesk:
    """Open the desk of a programme with its key."""
    if desk.programmes.annex.on:
        desk.press("Esc")
    desk.programmes._choose(key)
    desk.press("Ctrl+k")
    side = desk.programmes.annex.side
    assert side is not None
    return desk.programmes.annex.desk(side.name)


def rows(side: SideDesk) -> list[tuple[str, str, str]]:
    """What the rows say: title, line and chip."""
    return [
        (
            strip_isolates(one.title.said()),
            strip_isolates(one.line.said()),
            "" if one.chip.isHidden() else one.chip.accessibleName(),
        )
        for one in side.listed.rows
    ]


def told(side: SideDesk) -> str:
    return "" if side.told.isHidden() else strip_isolates(side.told.accessibleName())


def test_games_and_guests_are_worked_at_their_desks(desk: Desk) -> None:
    standings = beside(desk, "cake3")
    assert rows(standings)[0][1].startswith("2 of 3 · until ")
    assert "4" in standings.figures[0].accessibleName()

    draws = beside(desk, "wheel")
    assert isinstance(draws, DrawDesk)
    assert [chip for _, _, chip in rows(draws)] == ["sealed"] * 2 + ["checked"] * 6
    assert strip_isolates(draws.chances.said()).splitlines()[0] == "فنجان · 1 in 40 · 90,000 T"
    desk.press("F3")
    assert draws.question.isVisible()
    desk.press("Esc")
    assert draws.question.isHidden() and desk.programmes.annex.on
    before = ask(desk, Draws(programme="wheel"))
    desk.press("F3")
    desk.press("F3")
    after = ask(desk, Draws(programme="wheel"))
    assert (len(before.seeds), len(after.seeds)) == (2, 3)
    assert after.seeds[1].seed in told(draws).replace("\u200b", "")
    assert told(draws).endswith("2 draws worked out again: all as recorded.")
    assert [chip for _, _, chip in rows(draws)] == ["checked"] * 8

    guests = beside(desk, "tasting")
    assert isinstance(guests, GuestsDesk)
    assert [chip for _, _, chip in rows(guests)] == ["invited", "here", "invited"]
    guests.takes_scan(SARA)
    desk.rig.settle()
    assert told(guests) == "سارا احمدی is here"
    guests.listed.rows[2].button.click()
    desk.rig.settle()
    assert [one.came for one in ask(desk, Guests(programme="tasting")).guests] == [True] * 3
    guests.takes_scan(KAVEH)
    desk.rig.settle()
    assert told(guests) == "کاوه شریفی is not on the guest list" or "guest list" in told(guests)
    desk.press("F2")
    desk.rig.keys("8090 Enter")
    desk.rig.settle()
    assert ask(desk, Guests(programme="tasting")).invited == 4
    assert told(guests).endswith("is invited")


def test_an_invitation_is_taken_back_with_its_reason(desk: Desk) -> None:
    guests = beside(desk, "tasting")
    assert isinstance(guests, GuestsDesk)
    desk.press("Ctrl+z")
    assert guests.leaving.isHidden()  # nobody was invited here, and no row has the keyboard
    guests.listed.rows[0].undo.setFocus()
    desk.press("Ctrl+z")
    assert guests.leaving.isVisible()
    desk.press("Esc")
    assert guests.leaving.isHidden() and desk.programmes.annex.on
    guests.listed.rows[0].undo.click()
    desk.rig.keys("Enter")
    assert guests.leaving.why.wrong.said() == "Say in a word why."
    guests.leaving.why.line.setText("asked twice")
    desk.rig.keys("Enter")
    desk.rig.settle()
    assert told(guests).startswith("The invitation of ")
    assert ask(desk, Guests(programme="tasting")).invited == 2
    assert [one.undo.isHidden() for one in guests.listed.rows] == [True, False]
    guests._uninvite("nobody", "a mistake")
    desk.rig.settle()
    assert not told(guests).startswith("The invitation of ")


def test_answers_prizes_and_lapsed_members_stand_at_theirs(desk: Desk) -> None:
    answers = beside(desk, "stars")
    assert "4.0" in answers.figures[1].accessibleName()
    assert [title for title, _, _ in rows(answers)] == ["2", "5", "4", "5"]
    ideas = beside(desk, "idea")
    assert ideas.figures[1].isHidden()
    assert len(rows(ideas)) == 2

    queue = beside(desk, "mug")
    assert "10" in queue.figures[0].accessibleName()
    assert len(rows(queue)) == 2
    assert queue.window().focusWidget() is queue.listed.rows[0].button
    queue.listed.rows[0].button.click()
    desk.rig.settle()
    assert len(ask(desk, HandOvers()).waiting) == 1
    assert told(queue).startswith("Handed over: ")
    queue.listed.rows[0].button.click()
    desk.rig.settle()
    assert ask(desk, HandOvers()).waiting == ()
    assert strip_isolates(queue.listed.none.said()) == "Nothing waits"

    lapsed = beside(desk, "vip")
    assert [chip for _, _, chip in rows(lapsed)] == ["did not agree"] * 2
    desk.press("Esc")
    assert not desk.programmes.annex.on


def test_news_lists_its_readers_and_every_list_is_saved_where_somebody_says(
    desk: Desk, tmp_path: Path
) -> None:
    desk.press("Ctrl+i")
    news = desk.programmes.annex.desk("news")
    assert isinstance(news, NewsDesk)
    assert strip_isolates(news.listed.none.said()) == "Write an interest first"
    news.interest.setText("چای")
    news.ask()
    desk.rig.settle()
    assert sorted(title for title, _, _ in rows(news)) == ["آرش نوری", "نگار موسوی"]
    saves = Saves()
    news.paper = saves  # type: ignore[assignment]
    news.ask_file = lambda stem, endings: ""
    desk.press("Ctrl+s")
    assert saves.saved == []
    news.ask_file = lambda stem, endings: str(tmp_path / stem)
    desk.press("Ctrl+s")
    assert saves.saved == [(NewsFor(interest="چای", limit=100), tmp_path / "news.xlsx")]
    assert told(news).startswith("Saved: ")
    news.ask_file = lambda stem, endings: str(tmp_path / "full.csv")
    desk.press("Ctrl+s")
    assert "disk" in told(news)
    desk.press("Esc")
    assert news.interest.text() == "" and desk.programmes.annex.on
    desk.press("Esc")
    kinds = {"wheel": Draws, "tasting": Guests, "stars": Participations, "vip": LapsedMembers}
    for key, kind in kinds.items():
        side = beside(desk, key)
        side.paper = saves  # type: ignore[assignment]
        side.ask_file = lambda stem, endings: str(tmp_path / f"{stem}.csv")
        desk.press("Ctrl+s")
        assert isinstance(saves.saved[-1][0], kind)


def test_a_desk_says_why_it_shows_nothing_and_asks_again(desk: Desk) -> None:
    side = beside(desk, "cake3")
    side.unread(Fault("disk_full"))
    assert side.listed.trouble.isVisible()
    desk.press("F5")
    assert side.listed.trouble.isHidden() and len(rows(side)) == 4
    assert not side.act(Pressed(Action.WHY)) and not side.takes_scan(HAMID)


def test_every_kind_with_something_beside_it_has_a_desk(played: Path) -> None:
    service = games_shop.opened(played / "shop.db")
    view: ProgrammesView = service.ask(Programmes())
    service.close()
    names = {one.key: side.name for one in view.programmes if (side := side_of(one)) is not None}
    assert names == {
        "cake3": "challenge",
        "wheel": "draw",
        "tasting": "invitation",
        "stars": "participation",
        "idea": "participation",
        "mug": "prize",
        "vip": "vip",
    }
    assert side_of(None) is None


def test_an_average_has_one_decimal_place_in_each_language() -> None:
    assert [tenths(milli, language("en")) for milli in (0, 4_000, 4_249, 4_250)] == [
        "0.0",
        "4.0",
        "4.2",
        "4.3",
    ]
    assert tenths(4_333, language("fa")) == "۴٫۳"
