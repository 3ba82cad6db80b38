"""An owner writes, publishes, pauses and resumes programmes, with the keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.commands import EnrolMember, PublishProgramme, RecordSale, RetireProgramme
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.widgets.rows_editor import RowsEditor
from tests.ui.hands import name_of
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


def test_a_new_owner_publishes_fifth_drink_free_and_reads_the_sentence(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    desk.press("Drinks")
    desk.tab_to(page.editor.params.rows["needed"])
    desk.press("5")
    desk.tab_to(page.editor.params.rows["mode"])
    desk.press("Right")
    said = "Of every 5 items, one is free in the same purchase: 4 are paid, the last costs nothing."
    assert desk.sentence() == said
    desk.press("Ctrl+s")
    (kept,) = desk.kept()
    assert (kept.name, kept.kind, kept.revision, kept.live) == ("Drinks", "stamp_card", 1, True)
    assert kept.params == {"needed": 5, "mode": "every_nth"}
    assert kept.sentence.en == said
    assert page.undoing.toast.accessibleName() == "Published as version 1"
    assert [item.key for item in page.list.items] == [kept.key]


def test_the_sentence_follows_every_key(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.go(page)
    page._choose("drinks")
    desk.tab_to(page.editor.params.rows["needed"])
    seen = []
    for key in ("Back", "7", "0"):
        desk.press(key)
        seen.append(desk.sentence())
    assert seen[0] == "جمله با پر کردن عددها می‌آید."
    assert "۷ " in seen[1] and "۷۰ " in seen[2]
    assert "70" in page.editor.side.other.said()


def test_publishing_a_change_makes_revision_2_and_keeps_what_the_form_does_not_show(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk(empty=True)
    service = open_shop(desk.path)
    when: dict[str, object] = {"basket": {"count_groups": ["tea"], "min_minor": 1_000}}
    service.do(PublishProgramme(key="d", kind="percent_off", name="D", params={"rate_bp": 500}, when=when))
    service.close()
    page = desk.programmes
    desk.go(page)
    page._choose("d")
    desk.tab_to(page.editor.params.rows["rate_bp"])
    desk.press("Up")
    assert not page.pause.isEnabled()
    desk.press("Ctrl+s")
    (kept,) = desk.kept()
    assert (kept.revision, kept.params, kept.when) == (2, {"rate_bp": 600}, when)
    assert page.pause.isEnabled() and not page.publish.isEnabled()


def test_the_counter_sells_by_a_programme_that_was_just_published(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True)
    service = open_shop(desk.path)
    service.do(EnrolMember(card="A1", name="Sara"))
    service.close()
    desk.rig.scan("A1")
    desk.rig.settle()
    desk.press("60.")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    desk.press("Drinks")
    desk.tab_to(page.editor.params.rows["needed"])
    desk.press("5")
    desk.press("Ctrl+s")
    desk.press("Ctrl+1")
    state = desk.rig.state
    assert state.shop is not None and state.member is not None and state.quote is not None
    (card,) = state.shop.programmes
    assert state.member.progress[card.key].have == 0
    assert state.quote.earned.stamps == {card.key: 1}
    assert desk.rig.window.page.who.member.isVisible()


def test_publishing_without_a_change_does_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    desk.press("Ctrl+s")
    assert [programme.revision for programme in desk.kept()] == [1, 1, 1, 1, 1]


def test_an_empty_form_is_no_mistake_until_something_is_written(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    assert page.editor.draft is not None and page.editor.draft.problems
    assert page.editor.side.trouble.isHidden()
    desk.press("a")
    assert page.editor.side.trouble.isVisible()


def test_what_is_missing_waits_until_somebody_publishes(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    assert desk.errors() == {}
    desk.press("Ctrl+s")
    assert desk.errors() == {"needed": "Fill this in."}
    assert page.editor._name_error.isVisible() and page.editor.name.hasFocus()
    assert page.editor.side.trouble.accessibleName() == "2 things to put right"
    assert desk.kept() == ()
    desk.press("Drinks")
    desk.press("Ctrl+s")
    assert page.editor.params.rows["needed"].isAncestorOf(page.focusWidget())


WRONG = (
    ("needed", "1", "From 2 to 1,000."),
    ("needed", "x", "A whole number goes here."),
    ("max_per_day", "0", "From 1 to 9,999."),
    ("amount_mode_value_minor", "0", "From 0.1 T to 100,000,000,000 T."),
    ("reward.value_cap_minor", "1.55", "A whole number goes here."),
    ("when.schedule.from", "1405/13/01", "A date goes here."),
    ("when.schedule.hours", "25", "Write from when to when, hours and minutes."),
    ("when.expiry.months", "999", "From 1 to 240."),
)


def test_an_error_stands_under_its_field_alone_and_goes_with_what_was_wrong(
    open_desk: OpenDesk, subtests: pytest.Subtests
) -> None:
    desk = open_desk(code="en")
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    editor = desk.programmes.editor
    for field, typed, error in WRONG:
        path = field.removeprefix("when.")
        line = (editor.when if field != path else editor.params).rows[path].findChildren(QLineEdit)[0]
        before = line.text()
        with subtests.test(field=field, typed=typed):
            line.setFocus()
            line.selectAll()
            desk.press(typed)
            assert desk.errors() == {field: error}
            assert line.accessibleDescription() == error
            desk.press("Ctrl+s")
            assert desk.kept()[0].revision == 1
            line.selectAll()
            desk.press(before or "Back")
            assert desk.errors() == {}


def test_two_lives_are_an_error_of_the_group(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    for field in ("months", "days"):
        desk.programmes.editor.when.rows[f"expiry.{field}"].findChildren(QLineEdit)[0].setFocus()
        desk.press("3")
    assert desk.errors() == {"when.expiry": "Fill in one of them, not both."}


def test_persian_digits_and_jalali_days_are_understood(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    editor = desk.programmes.editor
    for path, typed in (("schedule.from", "۱۴۰۵/۱/۱"), ("schedule.hours", "۱۸:۰۰-۲۳:۰۰")):
        editor.when.rows[path].findChildren(QLineEdit)[0].setFocus()
        desk.press(typed)
    desk.press("Ctrl+s")
    assert desk.kept()[0].when == {"schedule": {"from": "2026-03-21", "hours": ["18:00-23:00"]}}
    line = editor.when.rows["schedule.from"].findChildren(QLineEdit)[0]
    assert line.text() == "۱۴۰۵/۰۱/۰۱"


def test_pausing_and_resuming_switch_the_programme_and_say_so(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page = desk.programmes
    desk.go(page)
    page._choose("drinks")
    desk.rig.settle()
    desk.tab_to(page.pause)
    desk.press("Enter")
    assert [programme.live for programme in desk.kept()] == [False, True, True, True, True]
    assert page.list.items[0].accessibleName() == "نوشیدنی, Paused"
    assert page.pause.text() == "Resume" and page.undoing.toast.isVisible()
    desk.tab_to(page.pause)
    desk.press("Enter")
    assert all(programme.live for programme in desk.kept())
    assert page.pause.text() == "Pause"


def test_a_refused_resume_says_why(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    service = open_shop(desk.path)
    for key in ("one", "two"):
        params: dict[str, object] = {"step_minor": 10, "point_value_minor": 5}
        service.do(PublishProgramme(key=key, kind="points", name=key, params=params))
        if key == "one":
            service.do(RetireProgramme(key="one"))
    service.close()
    page = desk.programmes
    desk.go(page)
    page._choose("one")
    desk.rig.settle()
    page.pause.click()
    desk.rig.settle()
    assert "two" in page.editor.side.trouble.accessibleName()


def test_fields_that_do_not_matter_are_hidden_and_left_out(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.go(desk.programmes)
    desk.programmes._choose("points")
    rows = desk.programmes.editor.params.rows
    assert not rows["redeem_min"].isVisible()
    rows["point_value_minor"].findChildren(QLineEdit)[0].setFocus()
    desk.press("5")
    assert rows["redeem_min"].isVisibleTo(desk.programmes)
    rows["redeem_min"].findChildren(QLineEdit)[0].setFocus()
    desk.press("9")
    rows["point_value_minor"].findChildren(QLineEdit)[0].setFocus()
    desk.press("Back")
    desk.press("Ctrl+s")
    assert desk.kept()[2].params == {"step_minor": 10_000, "points_per_step": 1}


def test_language_switches_live_and_keeps_what_is_written(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page = desk.programmes
    desk.go(page)
    page._choose("drinks")
    row = page.editor.params.rows["amount_mode_value_minor"]
    line = row.findChildren(QLineEdit)[0]
    assert (line.text(), row.label.said()) == ("128,000", "Worth of a free one in a typed amount")
    desk.rig.program.choose("language")
    desk.rig.settle()
    assert (line.text(), row.label.said()) == ("۱۲۸٬۰۰۰", "ارزش رایگان در مبلغ تایپی")
    assert not page.editor.dirty
    assert page.publish.text() == "انتشار" and "مهر" in page.list.items[0]._kind.said()


def test_a_narrow_window_takes_turns_and_escape_goes_back(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.rig.window.resize(1024, 768)
    desk.go(page)
    assert page.list.isVisible() and not page.editor.isVisible()
    desk.press("Enter")
    assert page.editor.isVisible() and not page.list.isVisible()
    desk.press("Esc")
    assert page.list.isVisible() and page.list.items[0].hasFocus()
    page.list.items[-1].setFocus()
    desk.press("Enter")
    desk.press("Esc")
    assert page.list.items[-1].hasFocus(), "the list is gone on with where it was left"
    desk.rig.window.resize(1366, 768)
    desk.press("Enter")
    assert page.list.isVisible() and page.editor.isVisible()


def test_a_field_that_tab_comes_to_is_seen_whole(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.rig.window.resize(1024, 768)
    desk.go(page)
    page._choose("drinks")
    desk.rig.settle()
    seen = 0
    for _ in range(40):
        desk.rig.keys("Tab")
        line = QApplication.focusWidget()
        if isinstance(line, QLineEdit):
            seen += 1
            assert line.visibleRegion().boundingRect().height() == line.height(), line.accessibleName()
    assert seen > 8


def test_a_programme_just_published_is_seen_in_the_list(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.go(page)
    desk.rig.window.resize(1366, 768)
    desk.press("Ctrl+n")
    desk.press("Alt+1")
    desk.press("Ctrl+s")
    item = page.list.items[-1]
    assert page.editor.original is not None and item.key == page.editor.original.key
    assert not item.visibleRegion().isEmpty()


def test_an_empty_shop_says_how_to_begin_and_a_broken_one_what_stood_in_the_way(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    assert page.list._empty.isVisible() and not page.list._trouble.isVisible()
    page._trouble(Fault("disk_full"))
    assert page.list._trouble.accessibleName().startswith("The disk is full")
    desk.press("F5")
    assert not page.list._trouble.isVisible()


def test_every_place_the_keyboard_comes_to_has_a_name(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    for page in (desk.programmes, desk.settings):
        desk.go(page)
        if page is desk.programmes:
            desk.programmes._choose("drinks")
            desk.rig.settle()
        nameless = [
            widget
            for widget in page.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not name_of(widget)
        ]
        assert nameless == []


def test_levels_are_written_row_by_row_with_the_keyboard_and_published(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    desk.press("Club")
    assert page.editor.kinds is not None
    page.editor.kinds.put("tiers")
    page.editor.kinds.edited.emit()
    rows = page.editor.params.rows["levels"].editor
    assert isinstance(rows, RowsEditor)
    for number, (key, start) in enumerate((("silver", "0"), ("gold", "5000000"))):
        desk.tab_to(rows.add)
        desk.press("Enter")
        desk.press(key)
        desk.tab_to(rows.cards[number].form.rows["from"])
        desk.press(start)
    desk.tab_to(rows.cards[1].form.rows["coefficient_milli"])
    desk.press("1.5")
    assert "gold: points \u00d71.5" in desk.sentence().replace("\u2068", "").replace("\u2069", "")
    desk.press("Ctrl+s")
    (kept,) = desk.kept()
    assert kept.params == {
        "levels": [
            {"key": "silver", "from": 0},
            {"key": "gold", "from": 50_000_000, "coefficient_milli": 1_500},
        ]
    }


def test_an_error_in_a_row_stands_there_and_publishing_scrolls_to_it(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    desk.press("Club")
    page.editor._use_kind("tiers")
    levels = [{"key": key, "from": start} for key, start in (("a", 0), ("b", 900), ("c", 500), ("d", 9_000))]
    page.editor.params.rewrite({"levels": levels})
    desk.press("Ctrl+s")
    rows = page.editor.params.rows["levels"].editor
    assert isinstance(rows, RowsEditor)
    wrong = rows.cards[2].form.rows["from"]
    assert wrong.error.said() == "From 90.1 T to 100,000,000,000 T."
    assert [card.folded for card in rows.cards] == [True, True, False, True]
    assert wrong.isAncestorOf(page.focusWidget()) and not wrong.visibleRegion().isEmpty()
    assert desk.kept() == ()


def test_a_multiplier_asks_only_what_has_a_meaning_there(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page = desk.programmes
    desk.go(page)
    page._choose("points")
    desk.rig.settle()
    rows = page.editor.params.rows["coefficients"].editor
    assert isinstance(rows, RowsEditor)
    desk.tab_to(rows.add)
    desk.press("Enter")
    desk.press("2")
    asked = rows.cards[0].form.rows
    assert not {"when.expiry.days", "when.expiry", "when.audience.non_members"} & set(asked)
    assert asked["when.audience.member_kinds"].isVisibleTo(page)
    desk.press("Ctrl+s")
    assert desk.kept()[2].params["coefficients"] == [{"milli": 2_000}]


def test_a_programme_shows_how_much_of_its_limits_is_used_and_when_it_rests(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    service = open_shop(desk.path)
    service.do(EnrolMember(card="A"))
    limits: dict[str, object] = {"limits": {"total": 3, "budget_minor": 1_500}}
    service.do(PublishProgramme(key="d", kind="percent_off", name="D", params={"rate_bp": 1000}, when=limits))
    service.do(RecordSale(sale_id="s1", member="A", amount_minor=10_000))
    page = desk.programmes
    desk.go(page)
    (item,) = page.list.items
    assert item._used.said().endswith("1 of 3 times used · 100 of 150 T given away")
    assert item.accessibleName() == "D, On" and "1 of 3 times used" in item.accessibleDescription()
    service.do(RecordSale(sale_id="s2", member="A", amount_minor=10_000))
    service.close()
    page.something_changed(Changes.LEDGER)
    desk.rig.settle()
    (item,) = page.list.items
    assert item.accessibleName() == "D, Used up" and "150 of 150 T" in item.accessibleDescription()


def test_an_owner_sets_a_limit_in_the_form_and_reads_it_in_the_sentence(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = desk.programmes
    desk.go(page)
    page._choose("drinks")
    desk.tab_to(page.editor.when.rows["limits.per_member"])
    desk.press("3")
    assert "هر عضو حداکثر ۳ بار." in desk.sentence()
    desk.press("Ctrl+s")
    kept = next(each for each in desk.kept() if each.key == "drinks")
    assert kept.when["limits"] == {"per_member": 3} and kept.limits is not None


def test_a_ready_made_programme_is_published_with_five_touches(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True)
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    presets = page.editor.side.presets
    assert presets.isVisible()
    button = presets.buttons[0]
    desk.tab_to(button)
    desk.press("Enter")
    assert page.editor.name.text() == "هر پنجمی رایگان" and page.editor.name.hasFocus()
    assert "همان خرید" in desk.sentence()
    desk.press("Alt+a")  # another one, as long as nothing of the owner's own is written: the tenth
    desk.rig.settle()
    assert page.editor.name.text() == presets.buttons[9].text()
    desk.press("Alt+3")
    desk.rig.settle()
    assert page.editor.name.text() == "امتیاز"
    desk.press("Ctrl+s")
    (kept,) = desk.kept()
    assert (kept.name, kept.kind, kept.live) == ("امتیاز", "points", True)
    assert not presets.isVisible()


def test_a_number_with_alt_that_no_button_bears_is_not_typed(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.go(desk.programmes)
    desk.programmes._choose("drinks")
    name, before = desk.programmes.editor.name, desk.programmes.editor.name.text()
    desk.tab_to(name)
    desk.press("Alt+1")
    assert name.text() == before


def test_what_an_owner_wrote_is_not_taken_by_a_ready_made_one(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    assert page.editor.side.presets.isVisible()
    desk.press("Mine")
    assert not page.editor.side.presets.isVisible()
