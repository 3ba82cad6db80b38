"""The customer reads what is sold, what it brings and what to pay; nobody's phone stands there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from loyalty_pos.ui.customer.face import Face, first_name
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
