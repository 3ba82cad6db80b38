"""What a programme's codes came to: counted, listed by issue, taken out of use together (rules 31, 34)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.code_views import CodeIssueView, CodesView, ProgrammeCodesView
from loyalty_pos.app.form_views import ProgrammeDetailView
from tests.shop import Shop, T

SALE = 100 * T


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol(name="Sara")
    opened.publish("spring", "percent_off", {"audience": {"non_members": True}}, rate_bp=1000, lane="code")
    opened.publish("other", "amount_off", amount_minor=50 * T, by_code=True)
    yield opened
    opened.proved()
    opened.close()


def issue(shop: Shop, key: str = "batch", programme: str = "spring", **more: Any) -> tuple[str, ...]:
    view: CodesView = shop.service.do(c.IssueCodes(posting_id=key, programme=programme, **more))
    return tuple(each.code for each in view.codes)


def listed(shop: Shop, programme: str = "spring", **more: Any) -> ProgrammeCodesView:
    view: ProgrammeCodesView = shop.service.ask(q.Codes(programme=programme, **more))
    return view


def counted(shop: Shop) -> tuple[int, int, int, int, int]:
    counts = listed(shop).counts
    return counts.issued, counts.used, counts.void, counts.expired, counts.open


def void(shop: Shop, issued: str = "batch", key: str = "lost") -> CodeIssueView:
    view: CodeIssueView = shop.service.do(c.VoidCodes(posting_id=key, issue=issued))
    return view


def void_one(shop: Shop, code: str, key: str = "one") -> None:
    shop.service.do(c.VoidCode(posting_id=key, code=code))


def detail(shop: Shop, key: str) -> ProgrammeDetailView:
    found = shop.service.ask(q.Programmes()).programmes
    return next(each for each in found if each.key == key)  # type: ignore[no-any-return]


def test_a_programme_without_codes_counts_nothing(shop: Shop) -> None:
    view = listed(shop)
    assert (counted(shop), view.issues, view.next) == ((0, 0, 0, 0, 0), (), None)


def test_every_code_counts_once_and_a_sale_taken_back_opens_its_code_again(shop: Shop) -> None:
    codes = issue(shop, count=5, expires="2026-11-22")
    issue(shop, "elsewhere", "other", count=7)
    sale = shop.sell(SALE, codes=codes[:1])
    shop.sell(SALE, codes=codes[1:2])
    void_one(shop, codes[1])
    void_one(shop, codes[2], "two")
    assert counted(shop) == (5, 2, 1, 0, 2)
    shop.void(sale)
    assert counted(shop) == (5, 1, 1, 0, 3)
    shop.clock.on(days=1)
    assert counted(shop) == (5, 1, 1, 0, 3)
    shop.clock.on(days=1)
    assert counted(shop) == (5, 1, 1, 3, 0)


def test_uses_of_a_word_are_counted_apart_from_codes_of_batches(shop: Shop) -> None:
    issue(shop, "word", text="nowruz", per_member=3)
    issue(shop, count=2)
    for _ in range(3):
        shop.sell(SALE, codes=("nowruz",))
    assert counted(shop) == (2, 0, 0, 0, 2)
    word = listed(shop).issues[1]
    assert (word.word, word.counts.uses, word.per_member, word.state) == ("nowruz", 3, 3, "open")
    assert listed(shop).counts.uses == 3


def test_what_was_issued_is_listed_newest_first_and_a_page_at_a_time(shop: Shop) -> None:
    issue(shop, "first", text="nowruz")
    shop.clock.on(days=1)
    issue(shop, "second", count=3)
    issue(shop, "third", member="A", expires="2026-12-01")
    page = listed(shop, limit=2)
    assert [(each.issue, each.day, each.counts.issued) for each in page.issues] == [
        ("third", "2026-11-22", 1),
        ("second", "2026-11-22", 3),
    ]
    assert (page.issues[0].member, page.issues[0].member_name) == (shop.member().member, "Sara")
    assert (page.issues[0].expires_on, page.issues[1].member) == ("2026-12-01", None)
    rest = listed(shop, before=page.next, limit=2)
    assert ([each.issue for each in rest.issues], rest.next) == (["first"], None)


@pytest.mark.parametrize(
    ("happens", "state"),
    [("nothing", "open"), ("used", "done"), ("void", "void"), ("late", "expired"), ("void late", "expired")],
)
def test_an_issue_says_what_still_becomes_of_it(shop: Shop, happens: str, state: str) -> None:
    codes = issue(shop, count=2, expires="2026-11-21")
    if happens == "used":
        shop.sell(SALE, codes=codes[:1])
        shop.sell(SALE, codes=codes[1:])
    for code in codes if happens == "void" else codes[:1] if "void" in happens else ():
        void_one(shop, code, code[:6])
    if "late" in happens:
        shop.clock.on(days=1)
    assert listed(shop).issues[0].state == state


@pytest.mark.parametrize(("happens", "state"), [("used", "open"), ("void", "void"), ("late", "expired")])
def test_a_word_is_open_until_its_day_or_its_end_however_often_it_was_said(
    shop: Shop, happens: str, state: str
) -> None:
    issue(shop, text="nowruz", expires="2026-11-21")
    if happens == "void":
        void_one(shop, "nowruz")
    if happens == "used":
        shop.sell(SALE, codes=("nowruz",))
    if happens == "late":
        shop.clock.on(days=1)
    assert listed(shop).issues[0].state == state


def test_a_lost_sheet_dies_as_a_whole_and_what_was_used_stays_used(shop: Shop) -> None:
    codes = issue(shop, count=4)
    shop.sell(SALE, codes=codes[:1])
    void_one(shop, codes[1])
    left = void(shop)
    assert (left.counts.used, left.counts.void, left.counts.open, left.state) == (1, 3, 0, "void")
    for code in codes[1:]:
        with shop.refuses("code_void"):
            shop.sell(SALE, codes=(code,))
    shop.proved()
    before = shop.audit().figures
    assert void(shop) == left and void(shop, key="again") == left
    assert shop.audit().figures == before


def test_a_lost_voucher_is_found_by_whom_it_was_for_and_a_word_dies_too(shop: Shop) -> None:
    (code,) = issue(shop, "mine", member="A")
    issue(shop, "word", text="nowruz")
    shop.sell(SALE, codes=("nowruz",))
    assert void(shop, "mine").state == "void"
    assert void(shop, "word", "word gone").state == "void"
    for gone in (code, "nowruz"):
        with shop.refuses("code_void"):
            shop.sell(SALE, codes=(gone,))


def test_a_key_taken_or_an_issue_unknown_changes_nothing(shop: Shop) -> None:
    issue(shop, count=2)
    issue(shop, "more", count=2)
    sale = shop.sell(SALE)
    void(shop)
    assert sale.sale_id is not None
    for issued in ("nothing", sale.sale_id):
        with shop.refuses("unknown_issue"):
            void(shop, issued, "new")
    with shop.refuses("key_taken"):
        void(shop, "more")
    with shop.refuses_field("posting_id", "not_valid"):
        void(shop, "more", "a:b")


def test_programmes_say_whether_they_work_by_code_and_how_long_a_list_is(shop: Shop) -> None:
    shop.publish("vip", "segment")
    shop.publish("all", "percent_off", rate_bp=100)
    shop.service.do(c.AddToSegment(segment="vip", members=("A",)))
    found = {key: (detail(shop, key).by_code, detail(shop, key).listed) for key in ("spring", "all", "vip")}
    assert found == {"spring": (True, None), "all": (False, None), "vip": (False, 1)}


def test_a_members_record_names_the_lists_they_were_put_on(shop: Shop) -> None:
    shop.publish("vip", "segment")
    shop.publish("old", "segment")
    shop.publish("none", "segment")
    assert shop.service.ask(q.MemberRecord(member="A")).lists == ()
    for segment in ("vip", "old"):
        shop.service.do(c.AddToSegment(segment=segment, members=("A",)))
    shop.retire("old")
    assert sorted(shop.service.ask(q.MemberRecord(member="A")).lists) == ["old", "vip"]
