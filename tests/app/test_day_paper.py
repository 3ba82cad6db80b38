"""The paper of a closed day: every figure that is not nothing, and the mark of the chain."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries as q
from loyalty_pos.app.day_paper import caught_up_words, day_lines, day_paper, due_words
from loyalty_pos.app.language import Language
from loyalty_pos.app.lifetime_views import DayFigures, DayUnitView, DayView
from loyalty_pos.app.papers import NARROW_DOTS
from loyalty_pos.app.queries_lifetime import Day
from tests.languages import language
from tests.shop import Shop, T, goods


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", calendar="gregorian")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def speaking(shop: Shop) -> Language:
    return language("en").with_shop(shop.service.ask(q.Shop()))


def test_a_quiet_day_says_only_what_there_is() -> None:
    quiet = DayView(day="2026-11-21", figures=DayFigures())
    assert day_lines(quiet, language("en")) == [
        ("Number of sales", "0"),
        ("Of those with a member", "0"),
        ("Members who bought", "0"),
    ]
    assert due_words(quiet, language("en")) == caught_up_words(quiet, language("en")) == []


def test_every_cause_of_a_unit_has_its_line_and_its_word_alone_says_which_way() -> None:
    points = DayUnitView(earned=7, used=-6, expired=-5, taken_back=-4, given_back=3, repaid=-2, adjusted=1)
    day = DayView(day="2026-11-21", figures=DayFigures(points=points))
    said = dict(day_lines(day, language("en"))[3:])
    assert list(said) == [
        "Points, earned",
        "Points, used",
        "Points, expired",
        "Points, taken back",
        "Points, given back",
        "Points, towards debts",
        "Points, by hand",
    ]
    assert list(said.values()) == ["7", "6", "5", "4", "3", "2", "1"]


def test_the_paper_bears_the_figures_what_closing_did_and_the_mark(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 1}}, step_minor=T)
    shop.publish("club", "tiers", levels=[{"key": "a", "from": 0}])
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 100 * T))
    shop.clock.on(days=11)
    shop.sell(None, goods("tea", 50 * T))
    open_day = shop.service.ask(Day())
    assert due_words(open_day, speaking(shop)) == [
        "1 lot has ended and will be written down.",
        "The levels will be reviewed for 1 Dec 2026.",
    ]
    closed: DayView = shop.service.do(cl.CloseDay())
    paper = day_paper(closed, shop.service.ask(q.Shop()), speaking(shop))
    assert [each for each in paper.lines if "card" in each[0]] == [("Stamps of \u2068card\u2069", "1")]
    assert dict(paper.lines)["Points, earned"] == "50"
    assert paper.notes == [
        "1 lot had ended.",
        "Levels reviewed for 1 Dec 2026: 0 warned, 0 fell.",
    ]
    assert closed.head_short in paper.barcode_text
    assert (paper.copy_text, paper.barcode) == ("", "")
    copy = day_paper(
        replace(closed, copy=True), shop.service.ask(q.Shop()), speaking(shop), width_dots=NARROW_DOTS
    )
    assert (copy.copy_text, copy.width_dots) == ("Copy", NARROW_DOTS)
