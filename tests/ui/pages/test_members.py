"""The members page, key for key, over the real service."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.commands import AddToSegment, EnrolMember, PublishProgramme, RecordSale
from loyalty_pos.app.queries import Audit, Member, MemberHistory, MemberRecord, Why
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages import members_anywhere
from tests.ui.hands import name_of
from tests.ui.pages import people
from tests.ui.pages.conftest import MakeDesk, PageDesk
from tests.ui.pages.people import HAMID, LEILA, SARA


def plain(texts: list[str]) -> list[str]:
    return [bidi.strip(text) for text in texts]


def test_everybody_is_listed_by_name_and_the_first_is_shown(desk: PageDesk) -> None:
    names = plain(desk.names())
    assert len(names) == 13
    assert names[0] == "امیر موسوی"
    assert "۰۹۱۰" in names[-1], "who has no name is called by the phone, after all names"
    assert desk.shown() == desk.people.table.current_key()
    assert bidi.strip(desk.person.name.said()) == names[0]
    assert "۱۳" in desk.page.bar._sub.said()


def test_typing_searches_wherever_the_keyboard_is_and_the_best_match_is_shown(desk: PageDesk) -> None:
    desk.person.edit.setFocus()
    desk.rig.keys("8812")
    desk.until(lambda: not desk.people.waiting)
    assert desk.people.search.text() == "8812"
    assert plain(desk.names()) == ["محمد توکلی"]
    desk.until(lambda: bidi.strip(desk.person.name.said()) == "محمد توکلی")


def test_a_persian_name_finds_and_escape_brings_everybody_back_then_leaves(desk: PageDesk) -> None:
    desk.search("فاط")
    assert plain(desk.names()) == ["فاطمه نوری"]
    desk.keys("Esc")
    assert desk.people.search.text() == ""
    assert len(desk.names()) == 13
    desk.keys("Esc")
    assert desk.rig.window.stack.currentWidget() is desk.rig.page


def test_arrows_move_and_the_member_follows(desk: PageDesk) -> None:
    first = desk.people.table.current_key()
    desk.rig.keys("Down Down")
    third = desk.people.table.current_key()
    assert third != first
    desk.until(lambda: desk.shown() == third)
    desk.rig.keys("Home")
    desk.until(lambda: desk.shown() == first)


def test_enter_takes_the_current_member_to_the_counter(desk: PageDesk) -> None:
    desk.show(SARA)
    desk.keys("Enter")
    assert desk.rig.window.stack.currentWidget() is desk.rig.page
    assert desk.rig.state.member is not None
    assert desk.rig.state.member.member == people.ref(desk.path, SARA)


def test_enter_right_after_typing_waits_for_whom_the_text_means(desk: PageDesk) -> None:
    desk.shop.gate.clear()
    desk.rig.keys("8812 Enter")
    assert desk.rig.window.stack.currentWidget() is desk.page
    desk.shop.gate.set()
    desk.until(lambda: desk.rig.state.member is not None)
    assert desk.rig.state.member is not None
    assert desk.rig.state.member.name == "محمد توکلی"


def test_enter_sells_to_nobody_when_the_text_found_nobody(desk: PageDesk) -> None:
    desk.search("بهرام")
    desk.keys("Enter")
    assert desk.rig.window.stack.currentWidget() is desk.page
    assert desk.people.message.isVisible()


def test_the_timeline_tells_what_happened_and_f7_opens_the_why(desk: PageDesk) -> None:
    desk.show(SARA)
    history = people.ask(desk.path, MemberHistory(member=SARA))
    rows = desk.person.timeline.texts()
    assert len(rows) == len(history.items)
    assert [row.muted for row in rows[:2]] == [False, True]
    desk.keys("F7")
    desk.until(lambda: desk.pane.showing is desk.pane.why)
    sold = next(item for item in history.items if item.kind == "sale")
    said = people.ask(desk.path, Why(sale_id=sold.sale_id)).trace[0].sentence.fa
    labels = [label.text() for label in desk.pane.why.findChildren(QWidget) if hasattr(label, "text")]
    assert any(bidi.strip(said) in bidi.strip(text) for text in labels)
    desk.keys("Esc")
    assert desk.pane.showing is desk.person


def test_arrows_and_enter_in_the_timeline_open_an_older_sale(desk: PageDesk) -> None:
    desk.show(SARA)
    timeline = desk.person.timeline
    timeline.setFocus()
    before = desk.people.table.current_key()
    asked: list[str] = []
    timeline.opened.connect(asked.append)
    desk.keys("Down Down Enter")
    assert asked == ["wrong-1"]
    assert desk.people.table.current_key() == before


def test_a_long_history_goes_on_when_its_end_is_seen(make_desk: MakeDesk) -> None:
    desk = make_desk()
    service = open_shop(desk.path)
    try:
        for number in range(60):
            service.do(RecordSale(sale_id=f"many-{number}", member=HAMID, amount_minor=10_000))
    finally:
        service.close()
    desk.open()
    desk.show(HAMID)
    assert len(desk.person.timeline.texts()) == 40
    desk.person.timeline.scrollToBottom()
    desk.until(lambda: len(desk.person.timeline.texts()) == 61)


def test_the_segments_of_a_member_stand_under_the_name(make_desk: MakeDesk) -> None:
    desk = make_desk()
    service = open_shop(desk.path)
    try:
        for key, name in (("near", "همسایه‌ها"), ("own", "خودمانی‌ها")):
            service.do(PublishProgramme(key=key, kind="segment", name=name))
            service.do(AddToSegment(segment=key, members=(HAMID,)))
    finally:
        service.close()
    desk.open()
    desk.show(HAMID)
    assert bidi.strip(desk.person.segments.text()) == "بخش‌ها: همسایه‌ها و خودمانی‌ها"
    assert any("فهرست یک بخش" in one.title for one in desk.person.timeline.texts())
    desk.show(SARA)
    assert desk.person.segments.isHidden()


def test_a_list_of_any_length_is_entered_anywhere_and_only_what_is_seen_is_read(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members_anywhere, "EVERY", 100)
    desk = make_desk()
    service = open_shop(desk.path)
    try:
        with service.batch():
            for number in range(700):
                service.do(EnrolMember(phone=f"0916{number:07}", name=f"Zed {number:03}"))
    finally:
        service.close()
    desk.open()
    table = desk.people.table
    desk.until(lambda: table.missing() is None)
    assert len(table.records) < 100
    desk.rig.keys("End")
    desk.until(lambda: "۰۹۱۰" in desk.person.name.said())  # who has no name comes after all names
    assert len(table.records) < 200, "the way to the end is not read"
    assert table.rows.model().rowCount() == 713
    bar = table.rows.verticalScrollBar()
    bar.setValue(400 * bar.maximum() // 713)
    desk.until(lambda: table.missing() is None)
    first, last = table.rows.in_sight()
    numbers = [int(table.records[row].name[-3:]) for row in range(first, last)]
    assert numbers == list(range(numbers[0], numbers[0] + last - first))
    assert abs(numbers[0] - 400) < 30
    desk.rig.keys("Home")
    desk.until(lambda: table.missing() is None)
    desk.keys("PageDown")
    assert 0 < table.rows.currentIndex().row() <= last - first
    place = bar.value()
    desk.page.something_changed(Changes.LEDGER)
    desk.until(lambda: not desk.people.waiting)
    assert bar.value() == place, "a sale elsewhere leaves the list where it is"


def test_f3_enrols_with_what_found_nobody_and_shows_the_new_member(desk: PageDesk) -> None:
    desk.search("09125550001")
    desk.keys("F3")
    assert desk.form.fields["phone"].text() == "09125550001"
    desk.form.fields["name"].setText("بهرام نیک")
    desk.form.fields["interests"].setText("چای، کیک, چای")
    desk.form.consent.setChecked(True)
    desk.rig.keys("Enter")
    desk.until(lambda: bidi.strip(desk.person.name.said()) == "بهرام نیک")
    assert desk.pane.showing is desk.person
    record = people.ask(desk.path, MemberRecord(member="09125550001"))
    assert record.interests == ("چای", "کیک") and record.consent
    assert desk.people.search.text() == ""
    assert desk.people.table.current_key() == record.member


def test_a_refusal_stands_in_the_form_with_what_was_typed(desk: PageDesk) -> None:
    desk.keys("F3")
    desk.form.fields["phone"].setText("0912 345 6789")
    desk.form.fields["name"].setText("کسی")
    desk.keys("Enter")
    assert desk.pane.showing is desk.form and desk.form.trouble.isVisible()
    assert desk.form.fields["phone"].hasFocus() and desk.form.fields["name"].text() == "کسی"
    desk.rig.program.choose("language")
    assert name_of(desk.form.trouble) == "This phone belongs to a member already; look them up instead"
    desk.rig.program.choose("language")
    desk.form.fields["phone"].setText("12")
    desk.keys("Enter")
    assert desk.form.trouble.isVisible()
    assert len(desk.names()) == 13


def test_an_edit_sends_what_changed_and_the_page_shows_it(desk: PageDesk) -> None:
    desk.show(SARA)
    before = people.ask(desk.path, MemberRecord(member=SARA))
    desk.person.edit.click()
    assert desk.form.fields["birthday"].text() == "۱۳۷۰/۰۲/۲۲"
    desk.form.fields["note"].setText("بدون شکر")
    desk.form.fields["birthday"].setText("۱۳۷۰/۳/۱")
    desk.form.gender.segments()[1].click()
    desk.rig.keys("Enter")
    desk.until(lambda: bool(desk.pane.member) and desk.pane.member.note == "بدون شکر")  # type: ignore[union-attr]
    after = people.ask(desk.path, MemberRecord(member=SARA))
    assert (after.note, after.birthday, after.gender) == ("بدون شکر", "1991-05-22", "woman")
    assert (after.name, after.phone, after.tags) == (before.name, before.phone, before.tags)
    item = people.ask(desk.path, MemberHistory(member=SARA)).items[0]
    assert item.kind == "edit" and set(item.fields) == {"note", "birthday", "gender"}
    assert people.ask(desk.path, Audit()).ok


def test_an_edit_that_changes_nothing_only_closes_the_form(desk: PageDesk) -> None:
    desk.show(SARA)
    newest = people.ask(desk.path, MemberHistory(member=SARA)).items[0].seq
    desk.person.edit.click()
    desk.keys("Enter")
    assert desk.pane.showing is desk.person
    assert people.ask(desk.path, MemberHistory(member=SARA)).items[0].seq == newest


def test_a_card_is_taken_away_and_the_last_way_to_somebody_is_not(desk: PageDesk) -> None:
    desk.show(LEILA)
    desk.person.turn_to("about")
    desk.keys("Alt+9")
    desk.until(lambda: not desk.person.about.unlink)
    assert people.ask(desk.path, Member(member="09190006789")).cards == ()


def test_what_changes_elsewhere_is_seen_when_the_page_is_entered_again(desk: PageDesk) -> None:
    desk.show(HAMID)
    points = desk.people.table.shown()[0].points
    desk.keys("Enter")
    desk.rig.keys("500.")
    desk.keys("Enter")
    desk.keys("Ctrl+2")
    desk.until(lambda: desk.people.table.shown()[0].points != points)
    assert desk.people.table.current_key() == people.ref(desk.path, HAMID)


def test_language_and_look_change_at_once_whatever_is_shown(desk: PageDesk) -> None:
    desk.show(SARA)
    desk.person.edit.click()
    desk.form.fields["city"].setText("Rasht")
    desk.rig.program.choose("language")
    desk.rig.program.choose("theme")
    assert desk.form.title.said() == "Edit details" and desk.form.fields["city"].text() == "Rasht"
    desk.keys("Esc")
    assert desk.person.sell.text() == "Sell"
    assert desk.people.table.shown()[0].last == "today"
    assert desk.people.table.current_key() == desk.shown()


def test_a_fault_is_said_and_can_be_tried_again(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    desk.shop.faulty = True
    desk.keys("Ctrl+2")
    desk.until(lambda: desk.people.message.isVisible())
    desk.shop.faulty = False
    desk.keys("F5")
    desk.until(lambda: len(desk.names()) == 13)
    assert not desk.people.message.isVisible()


def test_reading_is_said_when_it_takes_longer_than_people_notice(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.shop.gate.clear()
    desk.rig.keys("Ctrl+2")
    desk.rig.qtbot.waitUntil(lambda: desk.people.showing_reading)
    desk.shop.gate.set()
    desk.until(lambda: len(desk.names()) == 13)
    assert not desk.people.showing_reading


def test_the_shop_is_never_asked_on_the_thread_of_the_window(make_desk: MakeDesk) -> None:
    desk = make_desk()
    threads: set[str] = set()
    asked = desk.shop.ask

    def watch(query: Any) -> Any:
        threads.add(threading.current_thread().name)
        return asked(query)

    desk.shop.ask = watch  # type: ignore[method-assign]
    desk.open()
    desk.show(SARA)
    assert threads and threading.main_thread().name not in threads


@pytest.mark.parametrize("code", ["fa", "en"])
def test_whatever_takes_the_keyboard_has_a_name(make_desk: MakeDesk, code: str) -> None:
    desk = make_desk(code)
    desk.open()
    desk.show(SARA)
    desk.person.turn_to("about")
    kinds, nobody = (QAbstractButton, QLineEdit, QAbstractItemView), Qt.FocusPolicy.NoFocus
    every = (*desk.page.findChildren(QWidget), desk.page.bar.new)
    found = [each for each in every if isinstance(each, kinds) and each.focusPolicy() != nobody]
    assert len(found) > 15
    assert not [each for each in found if not name_of(each)]


def test_a_row_is_heard_whole(desk: PageDesk) -> None:
    desk.show(SARA)
    row = desk.people.table.shown()[0]
    index = desk.people.table.rows.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert bidi.strip(row.name) in said and row.points in said and row.credit in said
    assert not any(mark in said for mark in "\u2066\u2068\u2069")
