"""What the counter shows and says in its smaller states."""

from dataclasses import replace

import pytest

from loyalty_pos.app.queries import Identify
from loyalty_pos.app.views import IdentifyView, LotView
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.pages import counter_words as words
from tests.languages import language
from tests.ui.counter.goods_shop import CAKE, CROISSANT, LATTE, SARA, Counter, built_with_goods, counter
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.counter.states import KAVEH, LEILA, fingers, priced
from tests.ui.fake_service import PEOPLE, SHOP

__all__ = ["built_with_goods", "counter"]

TODAY = "2026-11-21"


def lot(left: int, day: str | None, unit: str = "credit") -> LotView:
    return LotView(unit=unit, left=left, available_from=0, expires_on=day, sale_id=None)


def test_credit_that_ends_soon_is_summed_by_its_day_and_shows_its_key(rig: Rig) -> None:
    lots = (lot(150_000, "2026-11-26"), lot(50_000, "2026-11-26"), lot(1, "2026-12-26"), lot(9, None))
    rig.change_member("m3", lots=lots)
    rig.scan(LEILA)
    rig.settle()
    member = rig.state.member
    assert member is not None and words.ending_credit(member, TODAY) == (200_000, 5)
    fa = language("fa", SHOP)
    assert words.credit_line(member, TODAY, fa) == "۲۰٬۰۰۰ تا ۵ روز"
    assert rig.page.who.member._credit._keycap == "F6"
    rig.keys("469.")
    rig.settle()
    assert any("۵ روز" in row.reason for row in words.benefits(rig.state, TODAY, fa) if row.keycap == "F6")


@pytest.mark.parametrize(
    "lots", [(), (lot(5, None),), (lot(5, "2027-11-21"),), (lot(5, "2026-11-22", "points"),)]
)
def test_credit_without_a_near_end_says_nothing_of_one(lots: tuple[LotView, ...]) -> None:
    assert words.ending_credit(replace(PEOPLE[2], lots=lots), TODAY) is None


def test_a_member_without_vouchers_reads_how_far_the_first_is(make_rig: MakeRig) -> None:
    rig = make_rig(code="en")
    rig.scan(KAVEH)
    rig.settle()
    assert rig.page.who.member._none.isVisible()
    assert bidi.strip(rig.page.who.member._none.text()) == "No vouchers yet. 5 stamps to the first one"
    rig.change_member("m4", progress={})
    rig.keys("Esc")
    rig.scan(KAVEH)
    rig.settle()
    assert not rig.page.who.member._none.isVisible()


@pytest.mark.parametrize(
    ("spent", "day", "said"),
    [
        ("used", "2026-04-01", "This voucher was used on 12 Farvardin 1405"),
        ("ended", "2026-04-01", "This voucher was good until 12 Farvardin 1405"),
        ("reprinted", None, "A newer paper stands for this voucher"),
        ("gone", None, "This voucher holds nothing any more"),
        ("", None, "This voucher isn't known here"),
    ],
)
def test_a_spent_voucher_says_why(make_rig: MakeRig, spent: str, day: str | None, said: str) -> None:
    rig = make_rig(code="en")

    def identify(r: Identify) -> IdentifyView:
        return IdentifyView(kind="nothing", looks_like="voucher", spent=spent, spent_on=day)  # type: ignore[arg-type]

    rig.service._identify = identify  # type: ignore[method-assign]
    rig.scan("2100000000000000000000")
    rig.settle()
    part = rig.page.who.nobody
    assert part._banner.accessibleName().startswith(said)
    assert not part.join.isVisible() and not part.without.isVisible()


def test_while_somebody_is_read_the_amount_can_be_typed_and_it_says_so(make_rig: MakeRig) -> None:
    rig = make_rig(code="en")
    rig.service.gate.clear()
    rig.scan(LEILA)
    rig.qtbot.waitUntil(lambda: rig.page.who.skeleton.isVisible())
    assert bidi.strip(rig.page.who.skeleton._text.text()) == "The amount can be typed meanwhile"
    rig.service.gate.set()


def test_the_bar_counts_sales_on_hold_and_names_what_comes_back(make_rig: MakeRig) -> None:
    rig = make_rig(code="en")
    rig.page.flow.desk.change(held_count=2)
    hints = dict(rig.window.keys._hints)
    assert hints["Shift F8"] == "On hold (2)" and "F8" not in hints and hints["Ctrl Z"] == "Take back"
    priced(rig)
    rig.settle()
    rig.keys("Esc")
    assert dict(rig.window.keys._hints)["Ctrl Z"] == "Back: the amount"


def test_motion_and_touch_follow_the_choices(rig: Rig) -> None:
    assert theme.look().motion and not theme.look().touch
    rig.program.decide(replace(rig.program.settings, reduced_motion=True))
    assert not theme.look().motion
    fingers(rig)
    assert theme.look().touch and not theme.look().motion


def test_numbers_flash_with_a_key_and_never_when_motion_is_reduced(rig: Rig) -> None:
    priced(rig)
    rig.settle()
    flash = rig.page.sale.total._flash
    flash.setInterval(60_000)  # coming to rest may take longer than a flash
    rig.keys("0")
    rig.settle()
    assert flash.isActive()
    flash.setInterval(1)
    rig.qtbot.waitUntil(lambda: not flash.isActive())
    rig.program.decide(replace(rig.program.settings, reduced_motion=True))
    flash.setInterval(60_000)
    rig.keys("0")
    rig.settle()
    assert not flash.isActive()


def test_goods_say_how_many_stamps_they_bring(counter: Counter) -> None:
    counter.scan(SARA)
    for code in (LATTE, CAKE, CROISSANT, CROISSANT):
        counter.scan(code)
    rows = counter.rig.page.sale.goods.lines.rows
    assert [row.stamps for row in rows] == ["۱ مهر", "۱ مهر", "۱ مهر"]
    assert [row.chip for row in rows] == ["", "", "۱ رایگان"]
