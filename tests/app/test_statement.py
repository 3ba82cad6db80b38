"""A member's statement and the cashiers' summary: every figure adds up to what is held and recorded."""

from dataclasses import replace
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_people as cp
from loyalty_pos.app import handlers_sheets
from loyalty_pos.app.commands_cards import ReplaceGiftCard
from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.history_words import changed_fields, happened
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.queries_sheets import Shifts, Statement
from loyalty_pos.app.shifts_paper import actor_name, shifts_paper
from loyalty_pos.app.statement_paper import statement_paper
from loyalty_pos.app.statement_views import ShiftsView, StatementView
from loyalty_pos.domain.errors import InvalidRequest
from tests.languages import language
from tests.shop import Shop, goods

both = pytest.mark.parametrize("code", ["fa", "en"])


def published(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.publish("back", "spend_credit", {"expiry": {"days": 10}}, rate_bp=1_000, rounding_minor=1)
    shop.publish("card", "stamp_card", count="units", needed=2, mode="after_n_paid")


def busy(shop: Shop) -> None:
    """Half a year in which points and credit came, were used, ended, and were taken back."""
    published(shop)
    shop.enrol("A", name="Sara", phone="09121234567")
    shop.enrol("B")
    for number in range(6):
        shop.sell(None, goods("tea", 20_000 + number, 3), member="A")
        sale = shop.sell(30_000, member="A", credit_minor="all", receipt_no=f"r{number}")
        if number % 2:
            shop.refund(sale, 10_000)
        shop.clock.on(days=30)
        shop.service.do(cl.CatchUp())
    late = shop.sell(5_000, member=None)
    shop.service.do(c.AttachMember(sale_id=str(late.sale_id), member="A"))
    shop.service.do(cp.Adjust(posting_id="adj", member="A", unit="points", amount=7, reason="sorry"))
    shop.void(shop.sell(9_000, member="A"))


def asked(shop: Shop, **more: Any) -> StatementView:
    view: StatementView = shop.service.ask(Statement(member=more.pop("member", "A"), **more))
    return view


def test_what_was_before_and_what_moved_comes_to_what_is_held(shop: Shop) -> None:
    busy(shop)
    now = shop.member()
    for first in ("2026-01-01", "2027-01-15", "2027-05-20"):
        view = asked(shop, from_=first, to="2027-12-31")
        points = view.points_before + sum(one.points for one in view.rows)
        credit = view.credit_before_minor + sum(one.credit_minor for one in view.rows)
        assert (points, credit) == (now.points, now.credit_minor)
        assert (view.points_after, view.credit_after_minor) == (now.points, now.credit_minor)
        assert not view.rows or view.rows[-1].points_after == now.points
        assert (view.points_ended, view.credit_ended_minor) == (0, 0)
    earlier = asked(shop, from_="2026-01-01", to="2027-01-14")
    later = asked(shop, from_="2027-01-15")
    assert (later.points_before, later.credit_before_minor) == (
        earlier.points_after,
        earlier.credit_after_minor,
    )
    kinds = {one.item.kind for one in asked(shop, from_="2026-01-01").rows}
    assert kinds >= {"sale", "refund", "void", "adjust", "attach", "expiry"}


def test_a_long_history_is_read_to_its_beginning(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(shop)
    whole = asked(shop, from_="2026-01-01")
    monkeypatch.setattr(handlers_sheets, "HISTORY_ROWS", 3)
    assert asked(shop, from_="2026-01-01") == whole


def test_without_days_it_is_this_month_and_the_two_before_and_a_sale_says_what_earned(shop: Shop) -> None:
    busy(shop)
    view = asked(shop)
    assert (view.from_day, view.to_day) == ("2027-02-20", "2027-05-20")  # from 1 Esfand on
    sale = next(one for one in view.rows if one.item.kind == "sale")
    assert len(sale.why) >= 2 and all(why.en and why.fa for why in sale.why)
    assert next(one for one in view.rows if one.item.kind == "adjust").why == ()


def test_what_ended_and_is_not_written_down_is_not_held(shop: Shop) -> None:
    published(shop)
    shop.enrol("A")
    shop.sell(20_000)
    shop.clock.on(days=20)
    view = asked(shop)
    assert (view.credit_ended_minor, view.credit_after_minor) == (2_000, 0)
    assert asked(shop, to="2026-11-22").credit_after_minor == 2_000


@pytest.mark.parametrize(
    ("days", "field"), [({"from_": "soon"}, "from"), ({"from_": "2027-01-02", "to": "2027-01-01"}, "to")]
)
def test_days_that_are_none_or_the_wrong_way_round_are_refused(
    shop: Shop, days: dict[str, str], field: str
) -> None:
    shop.enrol("A")
    for query in (Statement(member="A", **days), Shifts(**days)):
        with pytest.raises(InvalidRequest) as no:
            shop.service.ask(query)
        assert no.value.facts["field"] == field


@both
def test_the_paper_says_every_movement_lot_and_card(shop: Shop, code: LanguageCode) -> None:
    busy(shop)
    view, known = asked(shop), shop.service.ask(AskShop())
    speaker = language(code).with_shop(known)
    paper = statement_paper(view, known, speaker)
    moved, lots, cards = paper.tables
    assert len(moved.rows) == 1 + sum(1 + bool(one.why) for one in view.rows)
    assert moved.total[3] == speaker.number(view.points_after)
    assert moved.total[5] == speaker.money(view.credit_after_minor, unit=False)
    assert sum(lot.left for lot in view.member.lots if lot.unit == "points") == view.member.points
    assert lots.rows[-1][1] == speaker.number(view.member.points)  # points never end here
    assert [row[0] for row in cards.rows] == [speaker.name("card")]
    assert all(len(row) == len(one.columns) for one in paper.tables for row in one.rows)
    assert speaker.isolate(view.seal) in paper.footer_text
    assert "1234567" not in paper.under_text.replace(" ", "")


@both
def test_a_member_with_nothing_owed_nothing_and_without_a_name_has_a_statement(
    shop: Shop, code: LanguageCode
) -> None:
    shop.enrol("77001")
    known = shop.service.ask(AskShop())
    speaker = language(code).with_shop(known)
    paper = statement_paper(asked(shop, member="77001"), known, speaker)
    assert speaker.isolate("77001") in paper.title
    assert [one.note for one in paper.figures[:2]] == ["", ""] and paper.figures[2].value == "–"
    assert [len(one.rows) for one in paper.tables] == [1, 0, 0]


def test_what_is_owed_waits_or_ended_is_said_in_words(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.publish("back", "spend_credit", {"expiry": {"days": 9}}, rate_bp=1_000, rounding_minor=1)
    shop.publish("club", "tiers", levels=[{"key": "gold", "name": "Gold", "from": 0}])
    shop.publish("card", "stamp_card", count="sales", needed=2, mode="after_n_paid")
    shop.enrol("A")
    sale = shop.sell(40_000)
    shop.sell(None, goods("x", 9_000), credit_minor="all", points=40)
    shop.void(sale)
    known = shop.service.ask(AskShop())
    speaker = language("en").with_shop(known)
    paper = statement_paper(asked(shop), known, speaker)
    assert paper.figures[0].note.endswith("owed") and paper.figures[1].note.endswith("owed")
    assert paper.figures[2].value != "–"
    shop.enrol("B", phone="09121234567")
    for _ in range(2):
        shop.sell(20_000, member="B")
    shop.clock.on(days=20)
    paper = statement_paper(asked(shop, member="B"), known, speaker)
    assert any(row[1] == "Ended unused since" for row in paper.tables[0].rows)
    assert any(row[2] == "1" for row in paper.tables[2].rows)
    view = asked(shop, member="B")  # a gift has no card to be filled
    paper = statement_paper(replace(view, member=replace(view.member, progress={})), known, speaker)
    assert [row[1] for row in paper.tables[2].rows] == [""]


def test_vouchers_and_many_changed_details_have_words_too() -> None:
    item = HistoryItemView(
        seq=1, kind="voucher", at_ms=0, business_day="2026-11-21", till="1", actor="counter"
    )
    assert happened(replace(item, programme_name="card"), language("en"))[0] == "Voucher printed"
    edited = replace(item, kind="edit", fields=("name", "phone", "city"))
    assert "and 1 more" in happened(edited, language("en"))[1][0]


def summed(shop: Shop, **days: Any) -> ShiftsView:
    view: ShiftsView = shop.service.ask(Shifts(**days))
    return view


def test_a_gift_card_given_away_counts_as_done_by_hand_and_one_sold_or_printed_anew_does_not(
    shop: Shop,
) -> None:
    before = summed(shop).total.by_hand
    given = shop.service.do(c.IssueGiftCard(posting_id="given", face_minor=1_000, count=2))
    assert summed(shop).total.by_hand == before + 1
    shop.service.do(ReplaceGiftCard(posting_id="anew", card=given.codes[0].card, reason="torn"))
    sale = shop.sell(None, member=None, sells=(c.SellGiftCards(face_minor=500),))
    shop.service.do(c.IssueGiftCard(posting_id="sold", face_minor=500, sale_id=sale.sale_id))
    assert summed(shop).total.by_hand == before + 1


@both
def test_the_cashiers_sums_are_those_of_their_shifts(shop: Shop, code: LanguageCode) -> None:
    busy(shop)
    view = summed(shop, from_="2026-01-01", to="2027-12-31")
    assert (view.total.sales, view.total.refunds, view.total.voids, view.total.by_hand) == (14, 3, 1, 1)
    assert view.total.member_sales == 14  # one was named afterwards
    assert view.total.net_minor == sum(one.net_minor for one in view.shifts)
    assert (
        view.total.net_minor + view.total.discount_minor
        == sum(3 * (20_000 + n) + 30_000 for n in range(6)) + 14_000
    )
    assert (view.total.refunded_minor, view.total.voided_minor) == (
        sum(one.refunded_minor for one in view.shifts),
        9_000,
    )
    assert all(one.first_ms <= one.last_ms for one in view.shifts)
    speaker = language(code).with_shop(shop.service.ask(AskShop()))
    paper = shifts_paper(view, shop.service.ask(AskShop()), speaker)
    cashiers, shifts = paper.tables
    assert cashiers.total[3] == speaker.money(view.total.net_minor, unit=False)
    assert len(shifts.rows) == len(view.shifts) and len(cashiers.rows) == len(view.cashiers) == 1
    assert {actor_name("counter", speaker), actor_name("Leila", speaker)} != {
        "counter",
        "Leila",
    } or code == "en"


def test_a_day_on_which_nothing_was_recorded_has_an_empty_summary(shop: Shop) -> None:
    view = summed(shop, from_="2025-01-01", to="2025-01-01")
    assert (view.shifts, view.total.sales, view.total.first_ms) == ([], 0, 0)
    speaker = language("en").with_shop(shop.service.ask(AskShop()))
    paper = shifts_paper(view, shop.service.ask(AskShop()), speaker)
    assert paper.tables[0].total == () and paper.tables[0].empty


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("name",), "name"),
        (("name", "city"), "name, city"),
        (("name", "city", "note"), "name, city and 1 more"),
    ],
)
def test_two_changed_fields_are_named_and_the_rest_is_counted(fields: tuple[str, ...], said: str) -> None:
    assert changed_fields(fields, language("en")) == said
