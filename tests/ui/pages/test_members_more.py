"""Choosing members, linking a card by scan, printing it, and forms that wait, over the real service."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from loyalty_pos.app.commands import (
    AddToSegment,
    AttachMember,
    ClaimReward,
    EnrolMember,
    PublishProgramme,
    RecordSale,
    RetireProgramme,
    UndoClaim,
    VoidSale,
)
from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.queries import Member, MemberRecord, MembersList
from loyalty_pos.app.queries_sheets import Statement
from loyalty_pos.app.views import CoveredView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.members_filters import Key
from loyalty_pos.ui.pages.members_words import event
from tests.languages import language, shop_view
from tests.ui.eyes import cut_texts, look_at
from tests.ui.hands import name_of, press
from tests.ui.pages import people
from tests.ui.pages.conftest import MakeDesk, PageDesk
from tests.ui.pages.people import LEILA, SARA

NEW_CARD = "4410777001"
NEW, AWAY, REWARD = ("visits", "new"), ("visits", "away"), ("holds", "reward")


def choose(desk: PageDesk, *keys: Key) -> None:
    for key in keys:
        desk.people.filters.chip(key).click()
        desk.until(lambda: not desk.people.waiting)


def on(desk: PageDesk) -> list[Key]:
    return list(desk.people.filters.keys)


def test_filters_narrow_together_and_with_a_text_and_go_by_key_and_by_tap(desk: PageDesk) -> None:
    everybody, filters = desk.names(), desk.people.filters
    choose(desk, REWARD)
    ready = desk.names()
    assert 0 < len(ready) < len(everybody)
    assert desk.people.table.current_key() == desk.people.table.shown()[0].key
    choose(desk, NEW)
    assert desk.names() == ready and on(desk) == [REWARD, NEW]
    desk.search("فاط")
    assert desk.names() == [] and on(desk) == [REWARD, NEW]
    assert bidi.strip(desk.people.message.accessibleName()).startswith("میان این‌ها کسی برای فاط پیدا نشد")
    desk.keys("Esc")
    assert desk.names() == ready, "the text goes before the filters"
    desk.people.search.line.setFocus()
    desk.keys("Back")
    assert on(desk) == [REWARD]
    press(filters.chip(REWARD), Qt.Key.Key_Delete)
    desk.until(lambda: not desk.people.waiting)
    assert on(desk) == [] and desk.names() == everybody
    choose(desk, REWARD, NEW)
    desk.keys("Esc")
    assert desk.names() == everybody and on(desk) == []


def test_all_filters_open_with_a_key_and_name_the_shop_s_levels_segments_and_tags(desk: PageDesk) -> None:
    filters = desk.people.filters
    do = desk.rig.program.dispatcher.do
    rows = [
        {"key": "silver", "name": "نقره‌ای", "from": 0},
        {"key": "gold", "name": "طلایی", "from": 2_000_000},
    ]
    do(PublishProgramme(key="club", kind="tiers", name="باشگاه", params={"levels": rows}))
    do(PublishProgramme(key="friends", kind="segment", name="دوستان", params={}))
    do(AddToSegment(segment="friends", members=(SARA, LEILA)))
    desk.rig.settle()
    desk.keys("Ctrl+f")
    assert filters.panel_open
    choose(desk, ("segment", "friends"), ("tag", "صبحانه"))
    assert list(map(bidi.strip, desk.names())) == ["سارا احمدی"]
    choose(desk, ("tag", "صبحانه"), ("level", "gold"))
    assert {"سارا احمدی"} <= set(map(bidi.strip, desk.names())) <= {"سارا احمدی", "لیلا کاظمی"}
    filters.tag.setFocus()
    filters.tag.setText("نیست")
    desk.keys("Enter")
    assert filters.keys[-1] == ("tag", "نیست") and desk.names() == []
    assert desk.page.isVisible(), "Enter in the field of tags sells to nobody"
    desk.keys("Esc")
    assert not desk.people.filters.panel_open and len(filters.keys) == 3
    do(RetireProgramme(key="friends"))
    desk.until(lambda: ("segment", "friends") not in filters.keys)


def test_seen_and_away_are_never_both_asked(desk: PageDesk) -> None:
    desk.keys("Ctrl+f")
    choose(desk, ("visits", "seen"), ("holds", "points"))
    assert "سارا احمدی" in map(bidi.strip, desk.names())
    choose(desk, ("visits", "away"))
    assert desk.people.filters.keys == (("holds", "points"), ("visits", "away"))
    choose(desk, ("holds", "ending"), ("holds", "credit"), ("visits", "birthday"))
    assert desk.names() == []


def test_an_empty_choice_says_so_and_leads_back(desk: PageDesk) -> None:
    choose(desk, AWAY)
    assert bidi.strip(desk.people.message.accessibleName()).startswith("حالا کسی در این فهرست نیست")
    assert desk.people.nobody_found() == ""
    desk.people.message.buttons["all"].click()
    desk.until(lambda: not desk.people.waiting)
    assert len(desk.names()) == 13


def test_a_scarce_choice_is_looked_for_to_the_end(desk: PageDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(desk, NEW)
    new = desk.names()
    assert len(new) == 13
    desk.keys("Esc")
    monkeypatch.setattr("loyalty_pos.app.member_filters.LOOKED_AT", 1)
    choose(desk, NEW)
    desk.until(lambda: len(desk.names()) == 13)
    assert desk.names() == new and desk.people.table.current_key() == desk.people.table.shown()[0].key


def test_filters_are_reached_and_told_with_the_keyboard(
    desk: PageDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loyalty_pos.app.member_filters.MEANT_AT_MOST", 1)
    desk.people.search.line.setFocus()
    desk.rig.keys("Tab")
    chip = desk.people.filters.chip(NEW)
    assert chip.hasFocus() and name_of(chip) == "مراجعه‌ها: تازه‌ی این ماه"
    desk.keys("Enter")
    desk.until(lambda: not desk.people.waiting)
    assert chip.isChecked() and desk.page.isVisible()
    desk.search("سارا")
    assert desk.people.note.isVisible(), "more are meant than were looked through"


@pytest.mark.parametrize("code", ["fa", "en"])
def test_sixty_tags_scroll_and_leave_the_list_its_room(make_desk: MakeDesk, code: str) -> None:
    desk = make_desk(code)
    for who in range(3):
        worn = tuple(f"برچسب {who * 20 + number}" for number in range(20))
        desk.rig.program.dispatcher.do(EnrolMember(phone=f"0912123000{who}", name="آرش", tags=worn))
    desk.rig.window.resize(1024, 768)
    desk.open()
    filters = desk.people.filters
    desk.keys("Ctrl+f")
    assert sum(key[0] == "tag" for key in filters._offered) >= 60
    assert list(cut_texts(desk.rig.window, look_at(desk.rig.window))) == []
    assert filters.panel.height() < 300 and desk.people.table.height() > 200
    tags = [filters.chip(key) for key in filters._offered if key[0] == "tag"]
    first, second = filters.chip(("visits", "new")), filters.chip(("visits", "seen"))
    for start, way, reached, far in (
        (tags[-2], "Tab", tags[-1], first),
        (second, "Shift+Tab", first, tags[-1]),
    ):
        start.setFocus()
        desk.rig.keys(way)
        assert reached.hasFocus() and reached.visibleRegion().boundingRect() == reached.rect()
        assert far.visibleRegion().isEmpty()
    for key in list(filters._offered)[-30:]:
        filters.switch(key)
    desk.keys("Ctrl+f")
    assert len(filters.keys) == 30 and desk.people.message.visibleRegion().boundingRect().height() > 100
    assert filters.all.visibleRegion().boundingRect() == filters.all.rect()


def test_a_card_is_linked_by_scanning_it_into_its_field(desk: PageDesk) -> None:
    desk.show("کاظمی")
    desk.person.turn_to("about")
    desk.person.about.card.setFocus()
    desk.rig.scan(NEW_CARD)
    desk.until(lambda: NEW_CARD in people.ask(desk.path, Member(member=LEILA)).cards)
    assert desk.page.isVisible() and NEW_CARD in desk.person.about.unlink
    desk.person.about.card.setFocus()
    desk.rig.scan(SARA)
    desk.until(lambda: desk.person.said.isVisible())
    assert "عضو" in desk.person.said.accessibleName()
    desk.people.search.line.setFocus()
    desk.rig.scan(SARA)
    desk.rig.settle()
    assert not desk.page.isVisible(), "any other scan is a customer at the counter"


def test_a_card_is_printed_and_trouble_is_said(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    desk.open()
    desk.show("کاظمی")
    assert desk.person.print_card.isEnabled()
    assert bidi.strip(name_of(desk.person.print_card)).startswith("Print the card of")
    desk.keys("F10")
    desk.rig.settle()
    assert desk.rig.tray.cards == [desk.shown()]
    assert desk.person.said.accessibleName() == "The card is printed"
    desk.rig.tray.empty = True
    desk.keys("F10")
    desk.rig.settle()
    assert desk.person.said.accessibleName().startswith("The printer did not take the paper")


def test_one_visit_is_said_in_the_singular(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    desk.open()
    desk.show("توکلی")
    assert desk.person._visits.accessibleName().startswith("This month: 1 visit,")
    desk.show("موسوی")
    assert desk.person._visits.accessibleName().startswith("This month: 3 visits,")


def test_a_statement_is_printed_with_one_key_and_trouble_is_said(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    desk.open()
    desk.show("کاظمی")
    assert bidi.strip(name_of(desk.person.statement)).startswith("Print the statement of")
    desk.keys("Ctrl+P")
    desk.rig.settle()
    assert desk.rig.tray.sheets == [(Statement(member=desk.shown()), None)]
    said = bidi.strip(desk.person.said.accessibleName()).replace("\u200b", "")
    assert said == "The statement went to Tray/statement.pdf"
    choose(desk, NEW)
    desk.page.cards.ask_file = lambda language: ("/papers/cards", "labels")
    assert name_of(desk.page.bar.cards) == "Save the cards of the members listed"
    desk.keys("Ctrl+S")
    desk.rig.settle()
    assert desk.rig.tray.card_sheets == [
        (MembersList(text="کاظمی", only="new"), Path("/papers/cards.pdf"), "labels")
    ]
    said = bidi.strip(desk.person.said.accessibleName()).replace("\u200b", "")
    assert said == "3 members are on /papers/cards.pdf"
    desk.page.cards.ask_file = lambda language: ("", "cards")
    desk.keys("Ctrl+S")
    assert len(desk.rig.tray.card_sheets) == 1
    desk.rig.tray.empty = True
    desk.page.cards.ask_file = lambda language: ("/papers/c.pdf", "cards")
    desk.keys("Ctrl+S")
    desk.rig.settle()
    assert "cannot be written" in desk.person.said.accessibleName()
    desk.keys("Ctrl+P")
    desk.rig.settle()
    assert desk.person.said.accessibleName().startswith("The printer did not take the paper")


def test_a_form_with_something_in_it_waits_while_the_page_is_left(desk: PageDesk) -> None:
    desk.keys("F3")
    desk.form.fields["city"].setText("رشت")
    desk.rig.scan(SARA)
    desk.rig.settle()
    assert not desk.page.isVisible()
    desk.keys("Ctrl+2")
    assert desk.pane.showing is desk.form and desk.form.fields["city"].text() == "رشت"


def test_a_sale_named_afterwards_opens_its_why(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    service = open_shop(desk.path)
    number = service.do(RecordSale(sale_id="late", amount_minor=1_000_000)).number
    service.do(AttachMember(sale_id="late", member=SARA))
    service.close()
    desk.open()
    desk.show("احمدی")
    top = desk.person.timeline.texts()[0]
    assert top.key == "late" and f"sale {number}" in top.sub and "named afterwards" in top.sub


def test_levels_have_a_column_once_the_shop_has_levels(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    desk.rig.window.resize(1366, 768)
    desk.open()
    assert desk.people.table._header.heads.tier == "Level"
    service = open_shop(desk.path)
    service.do(RetireProgramme(key="club"))
    service.close()
    desk.page.refresh()
    desk.until(lambda: desk.people.table._header.heads.tier == "")
    levels = [
        {"key": "silver", "name": "Silver", "from": 0},
        {"key": "gold", "name": "Gold", "from": 2_000_000},
    ]
    service = open_shop(desk.path)
    service.do(PublishProgramme(key="club", kind="tiers", name="Club", params={"levels": levels}))
    service.close()
    desk.page.refresh()
    desk.until(lambda: desk.people.table._header.heads.tier == "Level")
    looks = {bidi.strip(row.tier): row.tone for row in desk.people.table.shown()}
    assert looks == {"Silver": "silver", "Gold": "gold"}
    desk.people.table.grab()
    assert desk.people.table.cut() == []


def test_who_brought_a_new_member_is_asked_and_a_stranger_is_refused_at_that_field(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk("en")
    service = open_shop(desk.path)
    gift = {"event": "referrer", "points": 70}
    service.do(PublishProgramme(key="brings", kind="event_gift", name="Brings", params=gift))
    service.close()
    desk.open()
    desk.keys("F3")
    desk.form.fields["phone"].setText("09125550101")
    desk.form.fields["referred_by"].setText("4410000000")
    desk.keys("Enter")
    assert desk.form.trouble.isVisible() and desk.form.fields["referred_by"].hasFocus()
    desk.form.fields["referred_by"].setText(SARA)
    desk.rig.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    service = open_shop(desk.path)
    service.do(RecordSale(sale_id="first", member="09125550101", amount_minor=1_000_000))
    service.close()
    desk.show("احمدی")
    top = desk.person.timeline.texts()[0]
    assert top.title == "Brought a new member" and "70 points for bringing a member" in top.sub
    service = open_shop(desk.path)
    service.do(VoidSale(sale_id="first"))
    service.close()
    desk.page.refresh()
    desk.show("احمدی")
    back, paid = desk.person.timeline.texts()[:2]
    assert back.title == "The gift for bringing a member was taken back"
    assert paid.muted and "taken back" in paid.sub


def test_a_claim_and_its_undoing_stand_in_the_timeline_with_their_why(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    service = open_shop(desk.path)
    prize = {"what": "mug", "price_points": 200}
    service.do(PublishProgramme(key="mug", kind="prize", name="Mug", params=prize))
    service.do(ClaimReward(posting_id="c", member=SARA, programme="mug"))
    service.do(UndoClaim(posting_id="c"))
    service.close()
    desk.open()
    desk.show("احمدی")
    back, claim = desk.person.timeline.texts()[:2]
    assert (back.title, claim.title) == ("Handed back", "Handed over")
    assert claim.muted and "200 points for: One mug · handed back" in claim.sub


def test_a_warranty_stands_in_the_history_where_it_was_given_and_named() -> None:
    covered = (CoveredView(line=1, sku="grinder", text="آسیاب", quantity=1, until_day="2028-11-20"),)
    for kind in ("sale", "attach"):
        item = HistoryItemView(
            seq=1, kind=kind, at_ms=0, business_day="2026-11-21", till="1", actor="counter",
            sale_id="s", warranties=covered,
        )  # fmt: skip
        told = event(item, "2026-11-21", language("fa", shop_view("IRR", "toman", "jalali")))
        assert "گارانتی تا ۳۰ آبان ۱۴۰۷" in bidi.strip(told.sub)


def test_the_clock_of_an_older_sale_makes_room_for_what_moved() -> None:
    english = language("en", shop_view("IRR", "toman", "jalali"))
    told = []
    for day in ("2026-11-21", "2026-11-20", "2026-11-19", "2026-08-06"):
        item = HistoryItemView(
            seq=1, kind="sale", at_ms=0, business_day=day, till="1", actor="counter", sale_id="s", number=182
        )
        told.append(bidi.strip(event(item, "2026-11-21", english).sub).split(" · ")[0])
    assert told == ["today 03:30", "yesterday 03:30", "2 days ago", "1405/05/15"]


def test_an_open_form_shows_its_numbers_in_the_digits_of_now_and_keeps_what_was_typed(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk("fa")
    desk.open()
    desk.show(SARA)
    desk.keys("Ctrl+e")
    form = desk.form
    form.fields["city"].setText("شیراز")
    assert form.fields["phone"].text() == "۰۹۱۲ ۳۴۵ ۶۷۸۹"
    desk.rig.program.choose("language")
    assert form.fields["phone"].text() == "0912 345 6789"
    assert form.fields["birthday"].text().isascii() and form.fields["birthday"].text()
    assert form.fields["city"].text() == "شیراز"
    desk.rig.program.choose("language")
    desk.rig.program.decide(replace(desk.rig.program.settings, latin_digits=True))
    assert form.fields["phone"].text() == "0912 345 6789"
    desk.rig.program.decide(replace(desk.rig.program.settings, latin_digits=False))
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    record = people.ask(desk.path, MemberRecord(member=SARA))
    assert (record.city, record.phone) == ("شیراز", "+989123456789")


def test_what_closes_a_form_names_its_key_and_icons_tell_theirs(make_desk: MakeDesk) -> None:
    desk = make_desk("en")
    pane, person = desk.pane, desk.person
    for form in (pane.form, pane.adjust, pane.decide, pane.merge, pane.move_sale):
        assert form.cancel.accessibleDescription() == "Esc"
    for button, key in (
        (person.edit, "Ctrl E"),
        (person.statement, "Ctrl P"),
        (desk.page.bar.cards, "Ctrl S"),
    ):
        assert button.accessibleDescription() == key
