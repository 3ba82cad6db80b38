"""The month at a glance in words: scales, short amounts, and what is said when there is nothing."""

import pytest

from loyalty_pos.app.board_paper import board_paper, board_tables
from loyalty_pos.app.board_words import (
    board_figures,
    cohorts_grid,
    days_chart,
    decimal,
    hours_chart,
    redeemed_ranking,
    returns_ranking,
    scale,
    segments_ranking,
    short_money,
    task_texts,
    tiers_donut,
    tiers_ranking,
)
from loyalty_pos.app.commands_games import RecordParticipation
from loyalty_pos.app.dashboard_views import DashboardView, TaskKind, TaskView
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.queries import Shop as ShopQuery
from loyalty_pos.app.queries_reports import Dashboard
from loyalty_pos.domain.lazy import dataclass
from tests.languages import language
from tests.shop import Shop, goods

MILLION_TOMAN = 10_000_000


def spoken(shop: Shop, code: LanguageCode = "en") -> Language:
    return language(code).with_shop(shop.service.ask(ShopQuery()))


def board(shop: Shop, month: str = "1405-08") -> DashboardView:
    view: DashboardView = shop.service.ask(Dashboard(month=month))
    return view


def test_money_is_short_from_ten_millions_on(shop: Shop) -> None:
    english = spoken(shop)
    assert short_money(312_450_000 * 10, english) == "312.4 million T"
    assert short_money(20 * MILLION_TOMAN, english) == "20 million T"
    assert short_money(9_999_990, english) == english.money(9_999_990)
    assert short_money(10_050 * MILLION_TOMAN, english) == "10 billion T"
    assert short_money(-20 * MILLION_TOMAN, english) == english.money(-20 * MILLION_TOMAN)
    persian = spoken(shop, "fa")
    assert decimal(123, persian) == "۱۲٫۳"


@pytest.mark.parametrize(
    ("toman", "unit", "ticks"),
    [
        (0, "Toman", ["1"]),
        (3, "Toman", ["1", "2", "3"]),
        (1_999, "Toman", ["500", "1,000", "1,500", "2,000"]),
        (7_300, "thousand Toman", ["2", "4", "6", "8"]),
        (19_600_000, "million Toman", ["5", "10", "15", "20"]),
        (34_000_000, "million Toman", ["10", "20", "30", "40"]),
        (640_000_000_000, "billion Toman", ["200", "400", "600", "800"]),
    ],
)
def test_an_axis_has_few_round_lines_and_reaches_the_greatest_bar(
    shop: Shop, toman: int, unit: str, ticks: list[str]
) -> None:
    top, found, said = scale(toman * 10, spoken(shop))
    assert ([text for text, _ in found], said) == (ticks, unit)
    assert top >= toman * 10 and found[-1][1] == 1000


def test_the_best_and_the_quietest_hour_are_named(shop: Shop) -> None:
    shop.enrol("A")
    for local, amount in (("09:20", 5_000), ("11:00", 9_000), ("12:10", 1_000)):
        shop.clock.at(f"2026-11-21T{local}")
        shop.sell(None, goods("x", amount))
    chart = hours_chart(board(shop), spoken(shop))
    assert chart.note == "Best at 11:00, quietest at 10:00"
    assert [bar.main_milli > 0 for bar in chart.bars] == [False, False, True, False]
    assert [bar.label for bar in chart.bars] == ["9:00", "", "", "12:00"]


def test_segments_are_parts_of_everybody_who_ever_bought(shop: Shop) -> None:
    speaker = spoken(shop)
    assert segments_ranking(board(shop), speaker).rows == [] and segments_ranking(board(shop), speaker).empty
    for card in "ABCD":
        shop.enrol(card)
        shop.sell(20_000, member=card)
    ranking = segments_ranking(board(shop), speaker)
    (everybody,) = [one for one in ranking.rows if one.milli]
    assert (everybody.value, everybody.milli) == ("4", 1000) and speaker.money(80_000) in everybody.note
    assert len(ranking.rows) == 8


def test_an_empty_month_says_so_everywhere(shop: Shop) -> None:
    view, english = board(shop, "1404-01"), spoken(shop)
    assert hours_chart(view, english).note == "" and hours_chart(view, english).bars == []
    assert tiers_ranking(view, english).rows == [] and tiers_donut(view, english).parts == []
    assert returns_ranking(view, english).rows == [] and redeemed_ranking(view, english).rows == []
    assert cohorts_grid(view, english).rows == []
    assert all(not table.rows and table.empty for table in board_tables(view, english))
    assert all(not bar.main_milli for bar in days_chart(view, english).bars)


def test_levels_keep_their_own_colours_and_a_donut_adds_up(shop: Shop) -> None:
    levels = [{"key": "gold", "name": "Gold", "from": 1}, {"key": "top", "name": "Top", "from": 10**9}]
    shop.publish("club", "tiers", levels=levels)
    shop.enrol("A")
    shop.enrol("B")
    shop.sell(None, goods("x", 5_000))
    rows = tiers_ranking(board(shop), spoken(shop)).rows
    assert [row.colour for row in rows] == ["ring_gold", "ring_gold"] or rows[1].colour == "ring_gold"
    donut = tiers_donut(board(shop), spoken(shop))
    assert sum(milli for _, milli in donut.parts) == 1000 and donut.number == "1"


def test_members_without_a_level_stand_in_grey(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 5_000))
    (row,) = tiers_ranking(board(shop), spoken(shop)).rows
    assert (row.name, row.colour, row.value) == ("Without a level", "chart5", "100%")


def test_use_and_satisfaction_stand_together_on_screen_and_paper(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.publish("how", "participation", what="feedback", question="How was it?", points=1)
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000))
    shop.sell(None, goods("x", 1_000), credit_minor=500)
    shop.service.do(RecordParticipation(posting_id="p", member="A", programme="how", answer="4"))
    view, english = board(shop), spoken(shop)
    found = {row.name: (row.value, row.milli) for row in redeemed_ranking(view, english).rows}
    assert found["Credit"] == ("47%", 476) and found["Satisfaction"] == ("4 of 5", 800)
    assert found["Points"] == ("0%", 0)
    paper = board_paper(view, shop.service.ask(ShopQuery()), english)
    assert paper.figures == board_figures(view, english)
    used = next(table for table in paper.tables if table.title == "Used of what was given")
    assert [row[0] for row in used.rows] == list(found)
    (given,) = [row for row in returns_ranking(view, english).rows if row.key == "back"]
    assert given.milli == 1000


def test_what_was_used_of_nothing_given_has_a_dash_for_a_rate(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000))
    shop.retire("back")
    shop.clock.on(days=40)
    shop.sell(None, goods("x", 1_000), credit_minor=400)
    (row,) = redeemed_ranking(board(shop, "1405-10"), spoken(shop)).rows
    assert (row.value, row.milli) == ("–", 0)


def test_a_young_cohort_leaves_its_later_months_empty(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 1_000))
    shop.clock.on(days=32)
    shop.enrol("B")
    view, english = board(shop, "1405-10"), spoken(shop)
    grid = cohorts_grid(view, english)
    assert grid.heads[2:] == ["The same month", "1 month on", "2 months on"]
    table = next(one for one in board_tables(view, english) if one.title == grid.title)
    assert [tuple(row)[1:] for row in table.rows] == [("1", "100%", "0%", "0%"), ("1", "0%", "", "")]


@dataclass(frozen=True)
class Tasks:
    """A board with tasks alone."""

    tasks: tuple[TaskView, ...]


@pytest.mark.parametrize(
    ("kind", "page", "says"),
    [
        ("no_backup", "settings", "No copy of the shop for 2 days"),
        ("prizes", "counter", "2 prizes to hand over"),
        ("budget", "programmes", "is nearly used"),
        ("expiring", "promises", "Ends within 2 days: 5 T"),
        ("at_risk", "tiers", "2 members will lose their level"),
        ("birthdays", "members", "2 birthdays today"),
    ],
)
def test_every_task_says_what_and_leads_where_it_is_done(
    shop: Shop, kind: TaskKind, page: str, says: str
) -> None:
    one = TaskView(kind=kind, count=2, minor=50, name="Spring")
    (said,) = task_texts(Tasks((one,)), spoken(shop))  # type: ignore[arg-type]
    assert (said.page, says in said.text) == (page, True), said


def test_a_shop_never_copied_and_an_end_of_free_items_have_words_of_their_own(shop: Shop) -> None:
    none, free = TaskView(kind="no_backup", count=0), TaskView(kind="expiring", count=30)
    said = task_texts(Tasks((none, free)), spoken(shop))  # type: ignore[arg-type]
    texts = [one.text for one in said]
    assert texts == ["There is no copy of the shop", "Ends within 30 days: Free items and points"]
