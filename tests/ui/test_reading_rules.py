"""The twelve rules of reading right to left and in Persian, each under its own name."""

import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.printing.shaped import Style, Weight, wrap
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets import AmountField, Btn, Keypad, Segmented, Stamps, TotalBar, Tx
from loyalty_pos.ui.widgets.field_editors import SeveralEditor
from loyalty_pos.ui.widgets.switch import Switch
from tests import catalogues
from tests.languages import language, longer_persian, shop_view, turned_english
from tests.ui.conftest import Stage
from tests.ui.eyes import Text, cut_texts, look_at
from tests.ui.hands import image_of, ink, middle_x, name_of
from tests.ui.screens.conftest import OpenStop, built_for_stops, make_rig, open_stop
from tests.ui.screens.stops import MAIN, members_page, programmes_page

__all__ = ["built_for_stops", "make_rig", "open_stop"]

# A window with a smallest size says this on the screenless platform, and on no other.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

STYLE = Style(Weight.MEDIUM, 12, rtl=True)
UI = Path(__file__).resolve().parents[2] / "src" / "loyalty_pos" / "ui"


def _side(label: Tx) -> str:
    points = ink(image_of(label), theme.color("text"), near=90)
    return "right" if middle_x(points) > label.width() / 2 else "left"


class TestRule1TextStandsWhereThePageBeginsToRead:
    def test_a_number_does(self, stage: Stage) -> None:
        label = stage.put(Tx(stage.language.number(1200)))
        assert _side(label) == ("right" if stage.language.rtl else "left")

    def test_a_foreign_name_does(self, stage: Stage) -> None:
        label = stage.put(Tx(stage.sample.say("\u200eSara", "سارا")))
        assert _side(label) == ("right" if stage.language.rtl else "left")

    def test_the_end_is_the_other_side(self, stage: Stage) -> None:
        label = stage.put(Tx(stage.language.number(1200), align="end"))
        assert _side(label) == ("left" if stage.language.rtl else "right")


class TestRule2GroupedNumbersKeepTheirOrder:
    def test_a_phone_in_a_sentence_does(self, persian: Stage) -> None:
        phone = persian.language.phone("+989123456789")
        groups = persian.put(Tx("۰۹۱۲", align="end")), persian.put(Tx(phone, align="end"))
        first, whole = (image_of(label).copy(0, 0, 26, label.height()) for label in groups)
        assert first == whole  # what stands leftmost is the first group

    def test_a_card_with_dashes_does(self, persian: Stage) -> None:
        code = persian.language.isolate("6037-9912-0044")
        part, whole = persian.put(Tx("6037", align="end")), persian.put(Tx(code, align="end"))
        assert image_of(part).copy(0, 0, 30, part.height()) == image_of(whole).copy(0, 0, 30, part.height())

    def test_its_marks_are_gone_before_anything_is_looked_up(self, open_stop: OpenStop) -> None:
        rig = open_stop("idle")
        rig.page.search.line.setText("\u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069")  # pasted from where it was shown
        rig.page.search.line.textEdited.emit(rig.page.search.line.text())
        rig.keys("Enter")
        rig.settle()
        assert rig.state.member is not None and rig.state.member.name == "سارا احمدی"


class TestRule3StampsAreCountedInWords:
    def test_a_slash_would_be_a_decimal_mark(self, stage: Stage) -> None:
        card = stage.put(Stamps(stage.language, "Drinks", 3, 0, 5, "cup", ""), 356)
        said = name_of(card)
        assert said == stage.sample.say("Drinks: ۳ از ۵ مهر", "Drinks: 3 of 5 stamps")
        assert "/" not in said

    def test_on_the_counter_too(self, open_stop: OpenStop) -> None:
        said = [bidi.strip(text.said) for text in look_at(open_stop("amount").window).texts]
        assert any("از ۵" in each for each in said)
        day = re.compile(r"[۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2}")
        assert [each for each in said if re.search(r"[۰-۹]/[۰-۹]", day.sub("", each))] == []


class TestRule4SignsComeFromOneFormatter:
    def test_the_minus_stands_left_of_its_figures(self, persian: Stage) -> None:
        minus = persian.put(Tx(persian.language.number(-12), align="number"), 120)
        plain = persian.put(Tx(persian.language.number(12), align="number"), 120)
        sign = min(point.x() for point in ink(image_of(minus), theme.color("text"), near=90))
        figures = min(point.x() for point in ink(image_of(plain), theme.color("text"), near=90))
        assert sign < figures - 3

    def test_percent_and_separators_are_persian(self) -> None:
        fa = language("fa", shop_view(currency="USD"))
        assert (fa.percent(500), fa.number(1200)) == ("۵٪", "۱٬۲۰۰")
        assert "\u066b" in fa.money(1250)

    def test_no_widget_groups_or_signs_a_number_itself(self) -> None:
        own = re.compile(r"\{[^{}]*:[+,][^{}]*\}|:,\}|\.format\(.*:,")
        found = [path.name for path in UI.rglob("*.py") if own.search(path.read_text("utf-8"))]
        assert found == []


class TestRule5ColumnsOfNumbersAreRightAligned:
    def test_in_both_languages(self, stage: Stage) -> None:
        assert _side(stage.put(Tx(stage.language.number(1200), align="number"))) == "right"

    @pytest.mark.parametrize("code", get_args(LanguageCode))
    def test_the_units_of_the_members_list_stand_under_each_other(
        self, open_stop: OpenStop, code: LanguageCode
    ) -> None:
        rig = open_stop("members", code=code)
        table = members_page(rig).people.table
        texts = look_at(rig.window).texts
        rows = table.shown()[:6]
        credit = {row.credit for row in rows if row.credit[-1].isdecimal()}
        column = [text.place for text in texts if text.said in credit and _in(text, table.rows.viewport())]
        assert len(column) >= 3
        assert max(place.right() for place in column) - min(place.right() for place in column) <= 1
        called = {row.name for row in rows}
        names = [text.place for text in texts if text.said in called and _in(text, table.rows.viewport())]
        assert (column[0].left() < names[-1].left()) == (code == "fa")  # the column itself moves


class TestRule6DigitsFollowWhatTheyAreFor:
    def test_people_read_persian_digits_and_print_is_matched_in_latin(self, open_stop: OpenStop) -> None:
        rig = open_stop("members")
        page = members_page(rig)
        page.people.search.line.setText("4410339108")
        page.people.ask()
        rig.qtbot.waitUntil(lambda: "4410339108" in page.pane.person.head.line.said())
        line = bidi.strip(page.pane.person.head.line.said())
        assert "۰۹۱۲ ۳۴۵ ۶۷۸۹" in line and "4410339108" in line

    def test_a_field_understands_digits_of_three_sets(self, stage: Stage) -> None:
        amounts = set()
        for typed in ("469", "۴۶۹", "٤٦٩"):
            field = stage.put(AmountField(stage.language, minor_per_unit=10))
            field.type_text(typed)
            amounts.add(field.value_minor)
        assert amounts == {4690}


class TestRule7OnlyWhatReadsIsMirrored:
    def test_switches_and_segments_are(self, stage: Stage) -> None:
        switch = stage.put(Switch("on"))
        switch.setChecked(True)
        knob = middle_x(ink(image_of(switch), theme.color("on_primary"), near=10))
        assert (knob < switch.width() / 2) == stage.language.rtl
        few = stage.put(Segmented([("a", "one"), ("b", "two")]), 260)
        one, two = few.segments()
        assert (one.x() > two.x()) == stage.language.rtl

    def test_a_button_begins_with_its_icon(self, stage: Stage) -> None:
        button = stage.put(Btn("", "outline", icon="check", keycap="F9"), 200)
        drawn = ink(image_of(button), theme.color("text"), QRectF(20, 8, 160, 30), near=40)
        keycap = ink(image_of(button), theme.color("line_strong"), QRectF(10, 8, 180, 30), near=20)
        assert (middle_x(keycap) < middle_x(drawn)) == stage.language.rtl

    def test_a_keypad_is_not(self, stage: Stage) -> None:
        pad = stage.put(Keypad(stage.language), 300, 300)
        assert pad.key("7").x() < pad.key("9").x()

    @pytest.mark.parametrize("code", get_args(LanguageCode))
    def test_the_rail_stands_where_reading_begins(self, open_stop: OpenStop, code: LanguageCode) -> None:
        rig = open_stop("idle", code=code)
        assert (rig.window.rail.x() > rig.window.width() / 2) == (code == "fa")


class TestRule8PrintBreaksItsLinesItself:
    def test_no_line_of_a_print_begins_or_ends_with_a_space(self) -> None:
        text = "این برگه فاکتور رسمی نیست و برای یادآوری خرید شما چاپ شده است"
        lines = wrap(text, STYLE, 120)
        assert len(lines) > 2
        widths = [line.width for line in lines]
        whole = sum(widths)
        assert whole < wrap(text, STYLE, 10_000)[0].width  # the spaces at the breaks are gone
        assert max(widths) <= 120


class TestRule9TomanComesAfterTheNumberSmallerAndLighter:
    def test_on_the_total(self, persian: Stage) -> None:
        bar = persian.put(TotalBar(), 478)
        bar.set_content("قابل پرداخت", persian.language.money(3_239_500, unit=False), "تومان")
        image = image_of(bar)
        strong = ink(image, theme.color("text"), QRectF(0, 0, 240, 62), near=20)
        light = ink(image, theme.color("text2"), QRectF(0, 0, 40, 62), near=20)
        assert middle_x(light) < middle_x(strong)  # after it, reading from the right
        tall = [max(p.y() for p in points) - min(p.y() for p in points) for points in (strong, light)]
        assert tall[1] < tall[0] * 0.7

    def test_nothing_speaks_of_rials_or_shortens_millions(self, open_stop: OpenStop) -> None:
        for stop in ("amount", "members"):
            said = [bidi.strip(text.said) for text in look_at(open_stop(stop).window).texts]
            assert any("تومان" in each for each in said)
            assert [each for each in said if re.search(r"ریال|[۰-۹] ?م(?!\w)", each)] == []


class TestRule10DaysAreJalali:
    def test_a_day_is_written_as_iran_writes_it(self) -> None:
        shop = shop_view(display_unit="toman", calendar="jalali")
        assert language("fa", shop).day("2026-03-21") == "۱ فروردین ۱۴۰۵"
        assert language("en", shop).day("2026-03-21") == "1 Farvardin 1405"
        assert language("en", shop_view()).day("2026-03-21") == "21 Mar 2026"

    def test_the_week_begins_on_saturday(self, open_stop: OpenStop) -> None:
        rig = open_stop("programme_edit")
        days = programmes_page(rig).editor.when.rows["schedule.weekdays"].editor
        assert isinstance(days, SeveralEditor)
        assert [toggle.key for toggle in days.toggles] == ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]

    def test_the_window_says_the_jalali_day(self, open_stop: OpenStop) -> None:
        assert "شنبه ۳۰ آبان ۱۴۰۵" in bidi.strip(open_stop("idle").window.bar._detail.said())


class TestRule11SearchFoldsWhatKeyboardsDiffer:
    def test_arabic_letters_find_persian_names(self, open_stop: OpenStop) -> None:
        rig = open_stop("members")
        page = members_page(rig)
        for typed in ("سارا احمدي", "كاوه شريفی", "سارا", "لیلا كاظمي"):
            page.people.search.line.setText(typed)
            page.people.ask()
            rig.qtbot.waitUntil(lambda: not page.people.waiting)
            first = bidi.strip(page.people.table.shown()[0].name)
            assert first[:3] == typed.replace("ي", "ی").replace("ك", "ک")[:3]

    def test_no_text_of_ours_lacks_its_joiner(self) -> None:
        apart = re.compile(r"(?<!\w)ن?می (?=[آ-ی])|\w ها(ی|یی)?(?!\w)")
        texts = [str(message.string) for message in catalogues.entries(catalogues.merged())]
        assert len(texts) > 300
        assert [text for text in texts if apart.search(text)] == []


@pytest.mark.screens
class TestRule12TwoProofsOfTheLayout:
    @pytest.mark.parametrize("name", MAIN)
    def test_english_turned_to_read_from_the_right_fits(self, open_stop: OpenStop, name: str) -> None:
        rig = open_stop(name, code="en", languages={"en": turned_english()})
        assert theme.look().rtl
        assert list(cut_texts(rig.window, look_at(rig.window))) == []

    @pytest.mark.parametrize("name", MAIN)
    def test_persian_with_texts_longer_by_30_percent_fits(self, open_stop: OpenStop, name: str) -> None:
        rig = open_stop(name, languages={"fa": longer_persian()})
        assert list(cut_texts(rig.window, look_at(rig.window))) == []


def _in(text: Text, widget: QWidget) -> bool:
    return widget.rect().translated(widget.mapTo(widget.window(), QPoint(0, 0))).contains(text.place)
