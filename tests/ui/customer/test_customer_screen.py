"""The customer reads what is sold, what it brings and what to pay; nobody's phone stands there."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from loyalty_pos.app.cause_views import PublicCausesView, PublicCauseView
from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries_standing import PublicCauses
from loyalty_pos.ui import bidi
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.customer.face import Face, face_of, first_name
from loyalty_pos.ui.customer.screen import CustomerScreen
from tests.languages import language
from tests.ui.counter.goods_shop import CAKE, CROISSANT, GOODS, LATTE, SARA, Counter

SIZES = ((1024, 600), (1280, 800), (1920, 1080))


def opened(counter: Counter) -> CustomerScreen:
    program = counter.rig.program
    program.decide(replace(program.settings, customer_screen=True))
    assert program.customer is not None and program.customer.screen is not None
    return program.customer.screen


def face(screen: CustomerScreen) -> Face:
    assert screen.face is not None
    return screen.face


def test_it_greets_shows_the_bill_with_its_gifts_and_thanks(counter: Counter) -> None:
    screen = opened(counter)
    assert face(screen).title == "خوش آمدید" and face(screen).pay is None
    counter.do("F4")
    counter.scan(LATTE)
    assert face(screen).title == "خوش آمدید" and not face(screen).tiles  # somebody without a card
    counter.scan(SARA)
    counter.scan(CROISSANT)
    counter.scan(CROISSANT)
    shown, quote = face(screen), counter.rig.state.quote
    assert quote is not None and shown.pay is not None
    say = language("fa").with_shop(counter.rig.state.shop)
    assert "سارا" in shown.title and "نقره‌ای" in shown.line
    assert shown.pay[1] == say.money(quote.due_minor, unit=False)
    assert shown.rows[1].text.endswith("عدد") and any(row.gift for row in shown.rows)
    assert [tile.title for tile in shown.tiles] == [say.t("Points"), say.t("Credit")]
    assert shown.card is not None and shown.level is not None
    counter.do("Enter")
    assert "سپاسگزاریم" in face(screen).title and face(screen).rows == ()


def test_no_phone_number_and_no_family_name_stand_there(counter: Counter) -> None:
    screen = opened(counter)
    counter.scan(SARA)
    counter.do("50000")
    member = counter.rig.state.member
    assert member is not None and member.phone
    said = repr(face(screen))
    assert member.phone[-4:] not in said and member.name.split()[-1] not in said
    assert first_name("  ", language("fa")) == ""


@pytest.mark.parametrize("code", ["fa", "en"])
def test_nothing_is_cut_at_any_size_in_either_language(counter: Counter, code: str) -> None:
    screen = opened(counter)
    if code == "en":
        counter.rig.program.choose("language")
    counter.do("F4")
    for goods in (SARA, LATTE, CAKE, *(barcode for *_, barcode in GOODS)):
        counter.scan(goods)
        for size in SIZES:
            screen.resize(*size)
            screen.grab()
            assert screen.cut == [], size


def test_many_goods_are_counted_rather_than_squeezed(counter: Counter) -> None:
    screen = opened(counter)
    counter.do("F4")
    counter.scan(LATTE)
    flow = counter.rig.page.flow
    flow.desk.change(items=counter.rig.state.items * 12)
    shown = [row.text for row in face(screen).rows]
    assert len(shown) == 10 and "۳" in shown[-1]


def test_it_never_takes_the_keyboard_and_closes_when_it_is_not_wanted(counter: Counter) -> None:
    screen, program = opened(counter), counter.rig.program
    assert screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert screen.accessibleName().startswith("خوش آمدید")
    program.decide(replace(program.settings, customer_screen=False))
    display = program.customer
    assert display is not None and not display.open
    counter.scan(SARA)
    counter.do("50000")  # nothing is drawn for a screen that is gone
    assert face(opened(counter)).pay is not None


def test_while_nothing_is_sold_it_shows_what_causes_were_given_and_follows_every_sale(
    counter: Counter,
) -> None:
    do = counter.rig.program.dispatcher.do
    screen = opened(counter)
    for key, rate in (("school", 1_000), ("park", 500)):
        do(PublishProgramme(key=key, kind="charity", name=key, params={"rate_bp": rate, "cause": key}))
    counter.rig.settle()
    say = language("fa").with_shop(counter.rig.state.shop)
    none = say.money(0, unit=False)
    assert [(bidi.strip(one.cause), one.amount) for one in face(screen).given] == [
        ("park", none),
        ("school", none),
    ]
    counter.do("100000. F9")
    shown = face(screen)
    assert "سپاسگزاریم" in shown.title
    due = counter.sales()[0].due_minor
    assert [one.amount for one in shown.given] == [say.money(due // n, unit=False) for n in (10, 20)]
    assert "school" in screen.accessibleName()
    do(SettlePledges(posting_id="handed", cause="school", amount_minor=due // 20, receipt_no="7"))
    counter.rig.settle()
    assert [bool(one.handed) for one in face(screen).given] == [True, False]
    counter.scan(SARA)
    counter.do("50000")
    assert face(screen).given == (), "who pays reads the bill"
    counter.do("Esc Esc Esc Ctrl+l")
    assert face(screen).given, "a locked till tells nobody's secret"


def test_causes_are_not_shown_where_the_shop_chose_so_nor_asked_for_without_a_screen(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = counter.rig.program
    asked: list[object] = []
    real: Any = program.dispatcher.ask_latest

    def noting(slot: str, query: object, *more: Any) -> None:
        asked.append(query)
        real(slot, query, *more)

    monkeypatch.setattr(program.dispatcher, "ask_latest", noting)
    program.dispatcher.do(
        PublishProgramme(
            key="good", kind="charity", name="good", params={"rate_bp": 1_000, "cause": "school"}
        )
    )
    counter.rig.settle()
    assert PublicCauses() not in asked
    screen = opened(counter)
    counter.rig.settle()
    assert PublicCauses() in asked and face(screen).given
    program.decide(replace(program.settings, public_causes=False))
    asked.clear()
    counter.do("100000. F9")
    assert face(screen).given == () and PublicCauses() not in asked


@pytest.mark.parametrize("code", ["fa", "en"])
@pytest.mark.parametrize("count", [1, 5, 9])
def test_any_number_of_causes_fits_and_those_beyond_six_are_counted(
    qtbot: QtBot, code: LanguageCode, count: int
) -> None:
    causes = tuple(
        PublicCauseView(cause=f"خانه‌ی سالمندان {n}", given_minor=98_765_432_105, handed_over_minor=n * 10_000)
        for n in range(count)
    )
    say = language(code)
    shown = face_of(CounterState(), 0, say, PublicCausesView(causes=causes))
    assert len(shown.given) == min(count, 6) and bool(shown.given_more) == (count > 6)
    assert shown.given[0].amount == say.money(98_765_432_100, unit=False) and not shown.given[0].handed
    screen = CustomerScreen()
    qtbot.addWidget(screen)
    screen.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if code == "fa" else Qt.LayoutDirection.LeftToRight
    )
    screen.show_face(shown)
    for size in SIZES:
        screen.resize(*size)
        screen.grab()
        assert screen.cut == [], size
