"""Reports in words: every figure of the answer is on them, in both languages."""

from dataclasses import replace

import pytest

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.promises_paper import promised_figures, promised_tables
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.queries_reports import Promises, Simulate, TierReport
from loyalty_pos.app.report_views import AtRiskView, MeasuredView, MovementView, PledgeView
from loyalty_pos.app.simulation_words import simulation_head, simulation_lines
from loyalty_pos.app.standing_views import LackView
from loyalty_pos.app.tier_report_paper import at_risk_table, at_risk_words, month_name, tier_report_paper
from tests.languages import language
from tests.shop import Shop, goods

LEVELS = [
    {"key": "bronze", "name": "Bronze", "from": 0},
    {"key": "gold", "name": "Gold", "from": 50_000},
]
both = pytest.mark.parametrize("code", ["fa", "en"])


def filled(shop: Shop) -> None:
    shop.publish("club", "tiers", metric="spend", window_months=1, levels=LEVELS)
    when = {"expiry": {"months": 1}, "limits": {"budget_minor": 900_000}}
    shop.publish("back", "spend_credit", when, rate_bp=1_000, rounding_minor=1)
    shop.publish("drinks", "stamp_card", count="units", needed=2, mode="after_n_paid")
    shop.publish("points", "points", step_minor=1_000, points_per_step=1)
    shop.service.do(IssueGiftCard(posting_id="g", face_minor=70_000))
    shop.enrol("A", name="Sara")
    shop.enrol("B", name="Leila")
    for card, price in (("A", 20_000), ("B", 90_000)):
        shop.sell(None, goods("x", price, 2), member=card)


def test_who_is_at_risk_of_something_else_than_money_is_told_what_counts_and_what_is_missing() -> None:
    one = AtRiskView(
        member="M", name="Sara", tier="gold", tier_name="Gold", spend_minor=0, missing_minor=0,
        counts=(LackView(metric="visit_days", amount=2),), lacks=(LackView(metric="visit_days", amount=1),),
    )  # fmt: skip
    counted, missing = at_risk_words(one, False, language("en"))
    assert (counted[0], missing[0]) == ("2", "1")
    assert at_risk_words(one, True, language("en")) == ("0", "0")  # under one unit, where money alone counts


@both
def test_the_months_paper_says_every_row_of_the_answer(shop: Shop, code: LanguageCode) -> None:
    filled(shop)
    view, known = shop.service.ask(TierReport(month="1405-08")), shop.service.ask(AskShop())
    speaker = language(code).with_shop(known)
    paper = tier_report_paper(view, known, speaker)
    assert len(paper.tables) == 4 and len(paper.figures) == 4 and paper.bars
    tiers = paper.tables[0]
    assert [row[3] for row in tiers.rows] == [
        speaker.money(one.sales_minor, unit=False) for one in view.tiers
    ]
    assert tiers.total[3] == speaker.money(view.totals.sales_minor, unit=False)
    assert all(len(row) == len(one.columns) for one in paper.tables for row in one.rows)
    assert paper.page_text.format(page="1", pages="2") != paper.page_text
    assert month_name("1405-08", "jalali", speaker) in paper.title


@both
def test_what_a_programme_brought_is_told_with_how_it_was_measured(shop: Shop, code: LanguageCode) -> None:
    filled(shop)
    view, known = shop.service.ask(TierReport(month="1405-08")), shop.service.ask(AskShop())
    speaker = language(code).with_shop(known)
    past = MeasuredView(
        against="past",
        members=12,
        months=3,
        with_minor=40_000,
        without_minor=30_000,
        more_minor=120_000,
        return_milli=2_350,
    )
    lot = replace(past, against="lot", others=7, more_minor=-70_000, chance_minor=9_000, return_milli=-600)
    few = replace(lot, chance_minor=None, return_milli=None)
    given = [replace(view.programmes[0], measured=(past, lot, few)), *view.programmes[1:]]
    paper = tier_report_paper(replace(view, programmes=given), known, speaker)
    assert len(paper.tables) == 5
    table = paper.tables[3]
    assert [row[4] for row in table.rows] == [
        speaker.money(minor, unit=False) for minor in (120_000, -70_000, -70_000)
    ]
    assert [row[5] for row in table.rows] == [speaker.times(2_300), speaker.times(0), "–"]
    assert [speaker.money(9_000, unit=False) in row[1] for row in table.rows] == [False, True, False]
    assert speaker.number(7) in table.rows[1][1] and speaker.number(3) in table.rows[0][1]


@both
def test_ways_up_and_down_are_told_apart(shop: Shop, code: LanguageCode) -> None:
    filled(shop)
    view, known = shop.service.ask(TierReport(month="1405-08")), shop.service.ask(AskShop())
    ways = [("", "bronze", "up", 3), ("bronze", "gold", "up", 1), ("gold", "bronze", "down", 2)]
    moves = [
        MovementView(from_=a or None, from_name=a, to=b, to_name=b, direction=way, members=n)  # type: ignore[arg-type]
        for a, b, way, n in ways
    ]
    gone = MovementView(from_="gold", from_name="gold", to=None, to_name="", direction="down", members=1)
    bars = tier_report_paper(
        replace(view, movements=[*moves, gone]), known, language(code).with_shop(known)
    ).bars
    assert [bar.filled for bar in bars] == [True, True, False, False]
    assert [bar.milli for bar in bars] == [1_000, 333, 666, 333]
    assert len({bar.text for bar in bars}) == 4


@both
def test_a_month_of_nothing_says_so(shop: Shop, code: LanguageCode) -> None:
    known = shop.service.ask(AskShop())
    paper = tier_report_paper(
        shop.service.ask(TierReport(month="2025-01")), known, language(code).with_shop(known)
    )
    assert all(one.empty and not one.rows and not one.total for one in paper.tables)
    assert not paper.bars and paper.bars_empty


def test_who_is_at_risk_beyond_the_page_is_counted(shop: Shop) -> None:
    filled(shop)
    view = shop.service.ask(TierReport(month="1405-08"))
    assert not at_risk_table(view, language("en")).note
    assert "3" in at_risk_table(replace(view, at_risk_members=3 + len(view.at_risk)), language("en")).note


def test_a_return_without_cost_and_buyers_without_a_level_have_words(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=10)
    shop.enrol("A")
    shop.sell(30_000)
    view, known = shop.service.ask(TierReport(month="1405-08")), shop.service.ask(AskShop())
    none = replace(view, programmes=[replace(view.programmes[0], return_milli=None)])
    paper = tier_report_paper(none, known, language("en").with_shop(known))
    assert paper.tables[0].rows[0][0] == "Without a level"
    assert paper.tables[2].rows[0][-1] == "–"


@both
def test_promises_say_every_unit(shop: Shop, code: LanguageCode) -> None:
    filled(shop)
    view = shop.service.ask(Promises())
    speaker = language(code).with_shop(shop.service.ask(AskShop()))
    tables = promised_tables(replace(view, pledges=[PledgeView(cause="Trees", minor=5_000)]), speaker)
    assert len(tables) == 4 and len(promised_figures(view, speaker)) == 4
    said = {cell for one in tables for row in one.rows for cell in row}
    for minor in (view.credit_minor, view.gift_cards.minor, 5_000):
        assert speaker.money(minor, unit=False) in said
    assert all(len(row) == len(one.columns) for one in tables for row in one.rows)


def test_promises_without_a_budget_have_one_table_less(shop: Shop) -> None:
    assert len(promised_tables(shop.service.ask(Promises()), language("en"))) == 3


def test_a_gregorian_month_is_named_so() -> None:
    assert month_name("2026-03", "gregorian", language("en")) == "March 2026"


def test_a_card_whose_worth_is_known_says_it(shop: Shop) -> None:
    shop.product("tea", 600_000, "drinks")
    shop.publish("drinks", "stamp_card", count="units", needed=2, mode="after_n_paid")
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000, 2))
    speaker = language("en").with_shop(shop.service.ask(AskShop()))
    assert promised_tables(shop.service.ask(Promises()), speaker)[1].rows[0][-1] == "60,000"


@both
def test_a_simulation_is_told_in_sentences(shop: Shop, code: LanguageCode) -> None:
    filled(shop)
    speaker = language(code).with_shop(shop.service.ask(AskShop()))

    def said(kind: str, **more: object) -> str:
        margin = more.pop("margin_bp", None)
        query = Simulate(
            kind=kind,
            params=more,
            from_="2026-11-01",
            to="2026-12-31",
            margin_bp=margin,  # type: ignore[arg-type]
        )
        view = shop.service.ask(query)
        lines = simulation_lines(view, speaker)
        return "\n".join([simulation_head(view, speaker), *lines])

    cards = said("stamp_card", count="units", needed=2, mode="after_n_paid")
    points = said("points", step_minor=1_000, points_per_step=1, margin_bp=4_000)
    credit = said("spend_credit", rate_bp=100, rounding_minor=1)
    assert len({cards, points, credit}) == 3
    priced = said("spend_credit", rate_bp=100, rounding_minor=1, margin_bp=4_000)
    assert priced != credit
    assert "{" not in cards + points + credit + priced


def test_days_without_sales_say_no_more(shop: Shop) -> None:
    query = Simulate(kind="spend_credit", params={"rate_bp": 100}, from_="2026-11-01", to="2026-12-31")
    view = shop.service.ask(query)
    assert simulation_lines(view, language("en")) == ("No sale was recorded in these days.",)
