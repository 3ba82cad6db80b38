"""Members looked through, written down anew, and told what happened to them, over a real file."""

from collections.abc import Iterator
from json import loads
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import member_filters
from loyalty_pos.app import queries as q
from loyalty_pos.app.changes import Changes, changed_by
from loyalty_pos.app.history_views import HistoryItemView, MemberHistoryView
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import MembersListView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.errors import InvalidRequest, Rejection

SARA, REZA = "+989123456789", "+989351116789"
DAY_MS = 86_400_000


class Clock:
    def __init__(self) -> None:
        self.at_ms = 1_795_000_000_000

    def now_ms(self) -> int:
        self.at_ms += 1_000
        return self.at_ms


class Shop:
    """A shop with points, credit, a stamp card of four, and two members."""

    def __init__(self, service: Service, clock: Clock) -> None:
        self.service, self.clock = service, clock
        self.do(c.CreateShop(name="Shop", display_unit="toman"))
        self.do(c.PublishProgramme(key="points", kind="points", name="Points", params={"step_minor": 10_000}))
        self.do(c.PublishProgramme(key="back", kind="spend_credit", name="Back", params={"rate_bp": 500}))
        params: dict[str, object] = {"needed": 4, "count": "sales"}
        self.do(c.PublishProgramme(key="card", kind="stamp_card", name="Coffee card", params=params))
        self.sara = self.do(c.EnrolMember(phone=SARA, card="4410", name="Sara Ahmadi")).member
        self.reza = self.do(c.EnrolMember(phone=REZA, name="Reza Karimi")).member

    def do(self, command: c.Command) -> Any:
        return self.service.do(command)

    def sell(self, member: str, sale_id: str, amount_minor: int = 1_000_000, **more: Any) -> Any:
        return self.do(c.RecordSale(sale_id=sale_id, member=member, amount_minor=amount_minor, **more))

    def names(self, text: str = "", after: str | None = None, limit: int = 50) -> list[str]:
        return [row.name or str(row.phone) for row in self.list(text, after, limit).members]

    def list(self, text: str = "", after: str | None = None, limit: int = 50) -> MembersListView:
        view: MembersListView = self.service.ask(q.MembersList(text=text, after=after, limit=limit))
        return view

    def record(self, member: str) -> MemberRecordView:
        view: MemberRecordView = self.service.ask(q.MemberRecord(member=member))
        return view

    def history(self, member: str, before: int | None = None, limit: int = 50) -> MemberHistoryView:
        view: MemberHistoryView = self.service.ask(q.MemberHistory(member=member, before=before, limit=limit))
        return view

    def edit(self, posting_id: str = "e1", **fields: Any) -> MemberRecordView:
        view: MemberRecordView = self.do(
            c.EditMember(posting_id=posting_id, member=fields.pop("member", self.sara), **fields)
        )
        return view


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    clock = Clock()
    service = open_shop(tmp_path / "shop.db", clock)
    yield Shop(service, clock)
    audit = service.ask(q.Audit())
    assert audit.ok, audit.findings
    service.close()


def moved(item: HistoryItemView) -> dict[str, int]:
    return {one.account: one.amount for one in item.moved}


def test_the_list_is_read_by_name_a_page_at_a_time_and_the_nameless_come_last(shop: Shop) -> None:
    for number in range(3):
        shop.do(c.EnrolMember(phone=f"0912000000{number}"))
        shop.do(c.EnrolMember(phone=f"0912000001{number}", name="Bahar Azad"))
    everyone = shop.names()
    assert everyone[:5] == ["Bahar Azad", "Bahar Azad", "Bahar Azad", "Reza Karimi", "Sara Ahmadi"]
    assert everyone[5:] == ["+989120000000", "+989120000001", "+989120000002"]
    for limit in (1, 2, 3, 5, 8):
        pages, after = [], None
        while True:
            view = shop.list(after=after, limit=limit)
            pages += [row.name or str(row.phone) for row in view.members]
            after = view.next
            if after is None:
                break
        assert pages == everyone, limit
    assert shop.list(limit=1).total == 8


def test_a_row_has_the_balances_the_member_has(shop: Shop) -> None:
    for number in range(3):
        shop.sell(shop.sara, f"s{number}")
    row = shop.list("sara").members[0]
    view = shop.service.ask(q.Member(member=shop.sara))
    assert row.points == view.points == 300
    assert row.credit_minor == view.credit_minor > 0
    assert row.progress["card"] == view.progress["card"]
    assert row.last_visit_day == view.last_visit_day is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sa", ["Sara Ahmadi"]),
        ("ahm", ["Sara Ahmadi"]),
        ("s", ["Sara Ahmadi"]),
        ("4410", ["Sara Ahmadi"]),
        ("0912 345 6789", ["Sara Ahmadi"]),
        ("\u06f0\u06f9\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9", ["Sara Ahmadi"]),
        ("678", []),
        ("nobody", []),
        ("!?", []),
        ("\u0640\u064e", []),  # a stroke and a vowel sign, nothing a name could begin with
    ],
)
def test_a_text_finds_by_name_card_phone_or_last_digits(shop: Shop, text: str, names: list[str]) -> None:
    view = shop.list(text)
    assert [row.name for row in view.members] == names
    assert view.next is None


def test_of_several_people_the_latest_visitor_comes_first_and_an_exact_card_before_all(shop: Shop) -> None:
    shop.sell(shop.reza, "r")
    assert shop.names("6789") == ["Reza Karimi", "Sara Ahmadi"]
    shop.sell(shop.sara, "s")
    assert shop.names("6789") == ["Sara Ahmadi", "Reza Karimi"]
    shop.do(c.EnrolMember(card="6789", name="Third"))
    assert shop.names("6789") == ["Third", "Sara Ahmadi", "Reza Karimi"]
    assert shop.names("6789", limit=2) == ["Third", "Sara Ahmadi"]


def test_the_list_refuses_what_no_page_can_be(shop: Shop) -> None:
    for text in ("x" * 201, "\ud800"):
        with pytest.raises(InvalidRequest):
            shop.list(text)
    with pytest.raises(InvalidRequest):
        shop.list(limit=0)
    with pytest.raises(Rejection, match="unknown_member"):
        shop.list(after="0123456789abcdef")


def test_history_tells_sales_voids_vouchers_and_edits_newest_first(shop: Shop) -> None:
    for number in range(4):
        shop.sell(shop.sara, f"s{number}")
    shop.do(c.PrintRewardVoucher(posting_id="v1", member=shop.sara, programme="card"))
    shop.edit(note="Latte")
    shop.sell(shop.sara, "last", use=c.Use(credit_minor=100_000, decline=("card",)))
    shop.do(c.VoidSale(sale_id="last"))
    items = shop.history(shop.sara).items
    assert [item.kind for item in items] == [
        "void", "sale", "edit", "voucher", "sale", "sale", "sale", "sale", "enrolment"
    ]  # fmt: skip
    void, last, edit, voucher, fourth = items[:5]
    assert void.sale_id == "last" and void.number == last.number == 5
    assert last.voided and not fourth.voided
    assert last.due_minor == 900_000 and last.gross_minor == 1_000_000
    assert moved(last)["points"] == 90 and moved(void)["points"] == -90
    assert moved(last)["credit"] == 45_000 - 100_000 and moved(void)["credit"] == 55_000
    assert moved(last)["stamps:card"] == 1 and moved(void)["stamps:card"] == -1
    assert edit.fields == ("note",)
    assert voucher.programme_name == "Coffee card"
    assert moved(fourth)["reward:card"] == 1 and moved(fourth)["stamps:card"] == 1
    assert shop.service.ask(q.Why(sale_id=str(fourth.sale_id))).trace


def test_history_goes_on_where_the_part_before_ended(shop: Shop) -> None:
    for number in range(5):
        shop.sell(shop.sara, f"s{number}")
        shop.sell(shop.reza, f"r{number}")
    whole = shop.history(shop.sara)
    assert whole.next is None and len(whole.items) == 6
    before: int | None = None
    seen: list[HistoryItemView] = []
    while True:
        part = shop.history(shop.sara, before, 2)
        seen += part.items
        before = part.next
        if before is None:
            break
    assert tuple(seen) == whole.items


def test_an_edit_keeps_what_it_leaves_out_and_removes_what_it_empties(shop: Shop) -> None:
    shop.edit("a", note="Oat milk", city="Rasht", tags=("vip", "vip"), interests=("tea",), consent=True)
    kept = shop.edit("b", name="Sara A.", birthday="\u06f1\u06f9\u06f9\u06f0-\u06f0\u06f2-\u06f0\u06f3")
    assert (kept.name, kept.note, kept.city, kept.birthday) == ("Sara A.", "Oat milk", "Rasht", "1990-02-03")
    assert (kept.tags, kept.interests, kept.consent) == (("vip",), ("tea",), True)
    emptied = shop.edit("c", note="", birthday="", tags=(), consent=False, phone="")
    assert (emptied.note, emptied.birthday, emptied.tags, emptied.consent) == ("", None, (), False)
    assert emptied.phone is None and shop.names("6789") == ["Reza Karimi"]
    assert shop.record(shop.sara) == emptied


def test_a_birthday_is_today_at_the_latest(shop: Shop) -> None:
    today = shop.service._desk.now().business_day
    assert shop.edit("a", birthday=today).birthday == today
    with pytest.raises(InvalidRequest) as refused:
        shop.edit("b", birthday=add_days(today, 1))
    assert (refused.value.facts["field"], refused.value.facts["problem"]) == ("birthday", "still_to_come")
    assert shop.record(shop.sara).birthday == today


def test_how_somebody_likes_things_is_written_down_with_the_rest(shop: Shop) -> None:
    assert shop.edit("a", preferences=("double latte", "low-fat", "low-fat")).preferences == (
        "double latte",
        "low-fat",
    )
    assert shop.history(shop.sara).items[0].fields == ("preferences",)
    assert shop.edit("b", preferences=("double latte", "low-fat")).preferences == ("double latte", "low-fat")
    assert shop.history(shop.sara).items[0].kind == "edit" and len(shop.history(shop.sara).items) == 2
    assert shop.edit("c", city="Rasht").preferences == ("double latte", "low-fat")
    with pytest.raises(InvalidRequest):
        shop.edit("d", preferences=tuple(map(str, range(11))))
    assert shop.edit("e", preferences=()).preferences == ()


def test_a_gender_is_written_down_when_it_is_known_and_may_be_forgotten(shop: Shop) -> None:
    assert shop.record(shop.sara).gender == "unknown"
    assert shop.edit("a", gender="woman").gender == "woman"
    assert shop.edit("b", city="Rasht").gender == "woman"
    assert shop.history(shop.sara).items[1].fields == ("gender",)
    assert shop.edit("c", gender="unknown").gender == "unknown"


def test_a_new_name_and_phone_are_found_and_the_old_ones_are_not(shop: Shop) -> None:
    shop.edit(name="Parisa Nouri", phone="0990 123 7788")
    assert shop.record(shop.sara).phone == "+989901237788"
    assert shop.names("paris") == shop.names("7788") == ["Parisa Nouri"]
    assert shop.names("sara") == []
    assert shop.names() == ["Parisa Nouri", "Reza Karimi"]


def test_an_edit_is_posted_without_what_it_says(shop: Shop, tmp_path: Path) -> None:
    shop.edit(name="Parisa Nouri", phone="09901237788", note="Allergic to nuts")
    found = shop.service._desk.store.ledger.posting("e1")
    assert found is not None and found.kind == "edit"
    assert loads(found.record) == {"member": shop.sara, "fields": ["name", "phone", "note"]}


def test_an_edit_is_done_once_under_its_key(shop: Shop) -> None:
    first = shop.edit(note="Latte", phone="0912 345 6789")
    assert shop.edit(note="Latte", phone="+989123456789") == first
    assert [item.kind for item in shop.history(shop.sara).items].count("edit") == 1
    with pytest.raises(Rejection, match="key_taken"):
        shop.edit(note="Mocha")
    shop.sell(shop.sara, "s1")
    with pytest.raises(Rejection, match="key_taken"):
        shop.edit("s1", note="Mocha")
    assert shop.record(shop.sara).note == "Latte"


def test_an_edit_that_changes_nothing_is_not_posted(shop: Shop) -> None:
    shop.edit(name="Sara Ahmadi", tags=())
    assert [item.kind for item in shop.history(shop.sara).items] == ["enrolment"]


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"phone": "12"}, "phone", "not_a_phone"),
        ({"birthday": "yesterday"}, "birthday", "not_a_day"),
        ({"name": "x" * 81}, "name", "too_long"),
        ({"note": "x" * 501}, "note", "too_long"),
        ({"tags": ("",)}, "tags", "empty"),
        ({"posting_id": "enrol:1"}, "posting_id", "not_valid"),
    ],
)
def test_a_field_that_cannot_be_kept_is_named(
    shop: Shop, fields: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as said:
        shop.edit(**fields)
    assert (said.value.facts["field"], said.value.facts["problem"]) == (field, problem)


def test_nobody_gets_a_phone_that_somebody_has_or_loses_the_last_way_to_be_found(shop: Shop) -> None:
    with pytest.raises(Rejection, match="phone_taken") as said:
        shop.edit(phone="09351116789")
    assert said.value.facts["name"] == "Reza Karimi"
    with pytest.raises(InvalidRequest):
        shop.edit(member=shop.reza, phone="")
    shop.edit("b", phone="")
    with pytest.raises(InvalidRequest):
        shop.do(c.UnlinkCard(member=shop.sara, card="4410"))


def test_a_card_taken_away_is_nobodys_and_may_be_given_again(shop: Shop) -> None:
    with pytest.raises(Rejection, match="card_not_theirs"):
        shop.do(c.UnlinkCard(member=shop.reza, card="4410"))
    view = shop.do(c.UnlinkCard(member=shop.sara, card="\u06f4\u06f4\u06f1\u06f0"))
    assert view.cards == () and shop.names("4410") == []
    assert shop.history(shop.sara).items[0].kind == "unlink"
    assert shop.do(c.EnrolMember(card="4410", name="New")).cards == ("4410",)


def test_editing_and_unlinking_change_members_and_not_their_ledger() -> None:
    assert changed_by(c.EditMember(posting_id="e", member="m")) == Changes.MEMBERS
    assert changed_by(c.UnlinkCard(member="m", card="1")) == Changes.MEMBERS


def only(shop: Shop, choice: q.MemberChoice, after: str | None = None, limit: int = 50) -> MembersListView:
    view: MembersListView = shop.service.ask(q.MembersList(only=choice, after=after, limit=limit))
    return view


def who(view: MembersListView) -> list[str]:
    return [row.name for row in view.members]


def test_a_choice_keeps_members_by_what_they_are_in_the_order_of_names(shop: Shop) -> None:
    assert who(only(shop, "new")) == ["Reza Karimi", "Sara Ahmadi"]
    assert who(only(shop, "away")) == who(only(shop, "birthday")) == who(only(shop, "reward")) == []
    shop.sell(shop.sara, "one")
    assert who(only(shop, "away")) == [], "who never came is not away"
    shop.clock.at_ms += 59 * DAY_MS
    assert who(only(shop, "away")) == [] == who(only(shop, "new"))
    shop.clock.at_ms += DAY_MS
    assert who(only(shop, "away")) == ["Sara Ahmadi"]


def test_birthdays_count_by_the_month_of_the_shop_s_calendar(shop: Shop) -> None:
    # Today is in Azar 1405, which began on 22 November.
    shop.edit("b1", birthday="1990-11-23")
    shop.edit("b2", member=shop.reza, birthday="1990-11-20")
    today = shop.service.ask(q.Member(member=shop.sara)).enrolled_day
    assert who(only(shop, "birthday")) == (["Reza Karimi"] if today < "2026-11-22" else ["Sara Ahmadi"])
    shop.do(c.EditShop(calendar="gregorian"))
    assert who(only(shop, "birthday")) == ["Reza Karimi", "Sara Ahmadi"]


def test_a_reward_is_ready_until_it_is_used_or_over(shop: Shop) -> None:
    params: dict[str, object] = {"needed": 2, "count": "sales"}
    when: dict[str, object] = {"expiry": {"days": 30}}
    shop.do(c.PublishProgramme(key="card", kind="stamp_card", name="Coffee card", params=params, when=when))
    for sale in ("one", "two"):
        shop.sell(shop.reza, sale)
    view = only(shop, "reward")
    assert who(view) == ["Reza Karimi"] and view.members[0].rewards == 1
    shop.clock.at_ms += 40 * DAY_MS
    assert who(only(shop, "reward")) == []


def test_a_choice_is_looked_for_a_stretch_at_a_time_and_loses_nobody(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_filters, "LOOKED_AT", 3)
    for number in range(10):
        name = f"N{number}" if number % 2 else ""
        shop.do(c.EnrolMember(phone=f"0912000000{number}", name=name))
    everybody = [row.member for row in shop.service.ask(q.MembersList(limit=50)).members]
    found: list[str] = []
    after: str | None = None
    for _ in range(20):
        view = only(shop, "new", after, limit=2)
        assert len(view.members) <= 2
        found += [row.member for row in view.members]
        after = view.next
        if after is None:
            break
    assert found == everybody and after is None
    assert only(shop, "away").next is not None, "an answer may hold nobody and still go on"


def test_a_text_searches_among_those_who_are_chosen(shop: Shop) -> None:
    assert who(shop.service.ask(q.MembersList(text="sara", only="away"))) == []
    assert who(shop.service.ask(q.MembersList(text="sara", only="new"))) == ["Sara Ahmadi"]


def test_a_sale_named_afterwards_says_its_number_and_money(shop: Shop) -> None:
    sale = shop.do(c.RecordSale(sale_id="nobody", amount_minor=1_000_000))
    shop.do(c.AttachMember(sale_id="nobody", member=shop.sara))
    item = shop.history(shop.sara).items[0]
    assert (item.kind, item.sale_id, item.number, item.due_minor) == (
        "attach", "nobody", sale.number, 1_000_000,
    )  # fmt: skip
    assert shop.service.ask(q.Why(sale_id="nobody")).sale_id == "nobody"
