"""Discount codes: each used as often as it may be, by whom it may (rules 12, 31, 34, 35; P16)."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.code_views import CodesView, CodeView
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import read_discount_code
from tests.languages import language
from tests.shop import HeldClock, SeededChance, Shop, T, open_file

RACES = 150
WORD = "\u0646\u0648\u0631\u0648\u0632\u06f1\u06f4\u06f0\u06f6"
SAME_WORD = "\u0646\u0648\u0631\u0648\u06321406"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.enrol("B")
    opened.publish("spring", "percent_off", {"audience": {"non_members": True}}, rate_bp=1000, lane="code")
    yield opened
    opened.proved()
    opened.close()


def issue(shop: Shop, key: str = "batch", programme: str = "spring", **more: Any) -> CodesView:
    view: CodesView = shop.service.do(c.IssueCodes(posting_id=key, programme=programme, **more))
    return view


def one(shop: Shop, key: str = "batch", programme: str = "spring", **more: Any) -> str:
    return issue(shop, key, programme, **more).codes[0].code


def seen(shop: Shop, text: str) -> CodeView:
    view = shop.identify(text)
    assert view.kind == "code" and view.code is not None
    return view.code


def why(sale: Any) -> list[tuple[str, bool, str]]:
    return [(line.programme, line.applied, line.code) for line in sale.trace]


def test_a_unique_code_takes_its_percent_off_once_and_the_second_sale_is_refused_with_the_day(
    shop: Shop,
) -> None:
    code = one(shop)
    assert shop.sell(100 * T, codes=(code,)).due_minor == 90 * T
    shop.clock.on(days=1)
    with shop.refuses("code_used", day="2026-11-21", programme="spring"):
        shop.sell(100 * T, codes=(code,))
    assert seen(shop, code).state == "used"


def test_a_code_counts_in_any_spelling_and_from_its_bars_and_is_one_request(shop: Shop) -> None:
    issued = issue(shop).codes[0]
    assert issued.barcode.startswith("97") and len(issued.barcode) == 28
    bits = read_discount_code(issued.code)
    assert bits is not None and read_discount_code(issued.barcode) == bits
    first = shop.sell(100 * T, codes=(issued.code.lower().replace("-", " "),), sale_id="one")
    assert shop.sell(100 * T, codes=(issued.barcode, issued.code), sale_id="one") == first
    assert first.due_minor == 90 * T
    with shop.refuses("key_taken"):
        shop.sell(100 * T, sale_id="one")


def test_an_unknown_code_is_refused_whatever_is_left_to_us(shop: Shop) -> None:
    with shop.refuses("unknown_code"):
        shop.sell(100 * T, codes=("AAAAAA-AAAAAA-AAAAAA",), lenient=True)
    with shop.refuses_field("use.codes", "too_many"):
        shop.quote(100 * T, codes=tuple(f"word{n}" for n in range(21)))
    with shop.refuses_field("use.codes", "too_long"):
        shop.quote(100 * T, codes=("x" * 201,))


def test_taking_a_sale_back_gives_its_code_back_once(shop: Shop) -> None:
    code = one(shop)
    sale = shop.sell(100 * T, codes=(code,))
    shop.void(sale)
    shop.void(sale)
    assert seen(shop, code).state == "issued"
    again = shop.sell(100 * T, codes=(code,))
    assert again.due_minor == 90 * T
    shop.proved()
    with shop.refuses("code_used"):
        shop.sell(100 * T, codes=(code,))


def test_a_public_word_is_said_in_any_digits_and_counts_for_everybody_any_number_of_times(shop: Shop) -> None:
    view = issue(shop, text=WORD)
    assert (view.codes[0].code, view.codes[0].barcode) == (WORD, "")
    for member in ("A", "A", "B", None):
        assert shop.sell(100 * T, codes=(SAME_WORD,), member=member).due_minor == 90 * T
    assert seen(shop, SAME_WORD).text == WORD


def test_a_latin_word_typed_under_the_persian_layout_is_that_word(shop: Shop) -> None:
    issue(shop, text="spring")
    typed = "\u0633\u062d\u0642\u0647\u062f\u0644"
    assert seen(shop, typed).text == "spring"
    assert shop.quote(100 * T, codes=(typed,)).due_minor == 90 * T


def test_a_word_may_be_used_so_often_by_each_member_and_uses_taken_back_do_not_count(shop: Shop) -> None:
    issue(shop, text="twice", per_member=2)
    first = shop.sell(100 * T, codes=("TWICE",))
    shop.sell(100 * T, codes=("twice",))
    with shop.refuses("once_per_member", times=2, day="2026-11-21"):
        shop.sell(100 * T, codes=("twice",))
    assert shop.sell(100 * T, codes=("twice",), member="B").due_minor == 90 * T
    with shop.refuses("code_needs_member"):
        shop.sell(100 * T, codes=("twice",), member=None)
    shop.void(first)
    assert shop.sell(100 * T, codes=("twice",)).due_minor == 90 * T


def test_a_members_voucher_is_nobody_elses_and_a_bearers_anybodys(shop: Shop) -> None:
    mine = shop.service.do(c.IssueVoucher(posting_id="v1", programme="spring", member="A"))
    assert (mine.member, len(mine.codes)) == (shop.member().member, 1)
    code = mine.codes[0].code
    assert seen(shop, code).member == shop.member().member
    with shop.refuses("code_of_another_member"):
        shop.sell(100 * T, codes=(code,), member="B")
    with shop.refuses("code_needs_member"):
        shop.sell(100 * T, codes=(code,), member=None)
    assert shop.sell(100 * T, codes=(code,)).due_minor == 90 * T
    bearer = shop.service.do(c.IssueVoucher(posting_id="v2", programme="spring", bearer=True))
    assert shop.sell(100 * T, codes=(bearer.codes[0].code,), member=None).due_minor == 90 * T
    with shop.refuses_field("member", "missing"):
        shop.service.do(c.IssueVoucher(posting_id="v3", programme="spring"))
    with shop.refuses_field("member", "not_here"):
        shop.service.do(c.IssueVoucher(posting_id="v3", programme="spring", member="A", bearer=True))
    history = shop.service.ask(q.MemberHistory(member="A"))
    assert [item.programme_name for item in history.items if item.kind == "codes"] == ["spring"]


def test_a_code_counts_on_its_last_day_and_not_on_the_next(shop: Shop) -> None:
    code = one(shop, expires="2026-11-22")
    shop.clock.on(days=1)
    assert shop.quote(100 * T, codes=(code,)).due_minor == 90 * T
    shop.clock.on(days=1)
    with shop.refuses("code_expired", day="2026-11-22"):
        shop.sell(100 * T, codes=(code,))
    found = seen(shop, code)
    assert (found.state, found.day, found.expires_on) == ("expired", "2026-11-22", "2026-11-22")


def test_a_code_follows_its_programmes_newest_revision_and_ends_with_it(shop: Shop) -> None:
    code = one(shop)
    shop.publish("spring", "percent_off", rate_bp=2000, lane="code")
    assert shop.quote(100 * T, codes=(code,)).due_minor == 80 * T
    shop.retire("spring")
    with shop.refuses("code_programme_retired", programme="spring"):
        shop.sell(100 * T, codes=(code,))
    assert seen(shop, code).state == "retired"
    shop.publish("spring", "percent_off", rate_bp=2000, lane="member")
    assert seen(shop, code).state == "retired"


def test_what_cannot_count_is_told_of_when_nobody_insists_on_it(shop: Shop) -> None:
    code = one(shop)
    shop.sell(100 * T, codes=(code,))
    sale = shop.sell(100 * T, codes=(code,), lenient=True)
    assert sale.due_minor == 100 * T
    assert why(sale) == [("spring", False, "code_used")]
    assert sale.trace[0].short.en == "its code was used on 30 Aban 1405"


def test_a_code_that_changes_nothing_is_told_of_and_kept(shop: Shop) -> None:
    shop.publish("gift", "amount_off", amount_minor=50 * T, by_code=True)
    shop.publish("house", "amount_off", amount_minor=50 * T)
    code = one(shop, programme="gift")
    sale = shop.sell(50 * T, codes=(code,))
    assert sale.due_minor == 0
    assert ("gift", False, "code_saves_nothing") in why(sale)
    assert seen(shop, code).state == "issued"


def test_a_code_its_programmes_conditions_refuse_says_which_of_them(shop: Shop) -> None:
    shop.publish("big", "percent_off", {"basket": {"min_minor": 100 * T}}, rate_bp=1000, lane="code")
    code = one(shop, programme="big")
    with shop.refuses("code_not_usable", reason="below_minimum", missing_minor=40 * T) as caught:
        shop.sell(60 * T, codes=(code,))
    english = language("en")
    assert say_rejection(caught.value, english).startswith("The code of big needs ")
    other = Rejection("code_not_usable", programme="big", reason="set_not_full")
    assert say_rejection(other, english) == "The code of big cannot be used on this sale."


def test_a_declined_code_stays_issued(shop: Shop) -> None:
    code = one(shop)
    sale = shop.sell(100 * T, codes=(code,), decline=("spring",))
    assert (sale.due_minor, why(sale)) == (100 * T, [("spring", False, "declined")])
    assert seen(shop, code).state == "issued"


def test_of_fixed_amounts_the_code_that_ends_sooner_counts_first(shop: Shop) -> None:
    shop.publish("gift", "amount_off", amount_minor=50 * T, by_code=True)
    late, soon = one(shop, "a", "gift"), one(shop, "b", "gift", expires="2026-12-01")
    shop.publish("half", "amount_off", amount_minor=30 * T)
    sale = shop.sell(100 * T, codes=(late, soon))
    assert sale.due_minor == 0
    assert (seen(shop, late).state, seen(shop, soon).state) == ("used", "used")


def test_a_code_taken_out_of_use_is_refused_for_good_and_the_answer_repeats(shop: Shop) -> None:
    issue(shop, text="leaked")
    shop.sell(100 * T, codes=("leaked",))
    told = shop.service.do(c.VoidCode(posting_id="stop", code="LEAKED"))
    assert told.state == "void"
    assert shop.service.do(c.VoidCode(posting_id="stop", code="leaked")) == told
    assert shop.service.do(c.VoidCode(posting_id="stop-2", code="leaked")) == told
    with shop.refuses("code_void"):
        shop.sell(100 * T, codes=("leaked",))
    with shop.refuses("unknown_code"):
        shop.service.do(c.VoidCode(posting_id="stop-3", code="other"))
    issue(shop, "more", text="other")
    with shop.refuses("key_taken"):
        shop.service.do(c.VoidCode(posting_id="stop", code="other"))


def test_issuing_again_shows_a_word_again_but_never_a_secret(shop: Shop) -> None:
    word = issue(shop, "word", text="autumn", per_member=1)
    assert issue(shop, "word", text="autumn", per_member=1) == word
    batch = issue(shop, "batch", count=3, expires="2026-12-31")
    assert len({code.code for code in batch.codes}) == 3
    with shop.refuses("codes_shown_once", posting_id="batch"):
        issue(shop, "batch", count=3, expires="2026-12-31")
    with shop.refuses("key_taken"):
        issue(shop, "batch", count=4, expires="2026-12-31")
    assert shop.audit().figures["codes"] == 4


def test_a_word_is_taken_once_and_never_looks_like_a_number_or_a_member(shop: Shop) -> None:
    issue(shop, "word", text="autumn")
    shop.enrol("GOLD77")
    for word in ("AUTUMN", "gold77"):
        with shop.refuses("code_taken"):
            issue(shop, "other", text=word)
    for bad in ("ab", "0912345", "09123456789", "AAAAAA-AAAAAA-AAAAAA", "!!!"):
        with shop.refuses_field("text", "not_valid"):
            issue(shop, "other", text=bad)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": 1001}, "count"),
        ({"count": 2, "text": "autumn"}, "count"),
        ({"per_member": 1}, "per_member"),
        ({"text": "autumn", "per_member": 0}, "per_member"),
        ({"expires": "soon"}, "expires"),
        ({"expires": "2026-11-20"}, "expires"),
        ({"key": "a:b"}, "posting_id"),
    ],
)
def test_codes_that_make_no_sense_are_not_issued(shop: Shop, asked: dict[str, Any], field: str) -> None:
    with shop.refuses_field(field):
        issue(shop, **asked)


def test_only_programmes_that_work_by_code_have_codes(shop: Shop) -> None:
    shop.publish("members", "percent_off", rate_bp=500)
    shop.publish("points", "points", step_minor=10 * T)
    for programme in ("members", "points"):
        with shop.refuses("no_programme_of_codes", programme=programme):
            issue(shop, programme=programme)
    with shop.refuses("unknown_programme"):
        issue(shop, programme="nothing")


def test_a_code_used_after_the_quote_refuses_the_sale_and_another_code_is_another_price(shop: Shop) -> None:
    code, other = one(shop), one(shop, "other")
    quoted = shop.quote(100 * T, codes=(code,))
    with shop.refuses("stale_quote"):
        shop.sell(100 * T, codes=(other,), fingerprint=quoted.fingerprint)
    shop.sell(100 * T, codes=(code,), member="B")
    with shop.refuses("code_used"):
        shop.sell(100 * T, codes=(code,), fingerprint=quoted.fingerprint)


def test_a_scanned_code_of_nobody_is_nothing_and_a_name_stays_a_name(shop: Shop) -> None:
    shop.enrol("C", name="Spring Rose")
    assert shop.identify("spring").kind == "member"
    issue(shop, text="spring")
    assert shop.identify("spring").kind == "code"
    assert shop.identify("AAAAAA-AAAAAA-AAAAAA").kind == "nothing"


def test_two_tills_never_use_one_unique_code_twice(shop: Shop) -> None:
    codes = [code.code for code in issue(shop, "race", count=RACES).codes]
    done: list[list[str]] = [[], []]
    start = Barrier(2)

    def till(number: int) -> None:
        service = open_file(shop.path, HeldClock(), SeededChance(90 + number))
        try:
            for place, code in enumerate(codes):
                start.wait()
                try:
                    service.do(
                        c.RecordSale(
                            sale_id=f"{number}-{place}", amount_minor=100 * T, use=c.Use(codes=(code,))
                        )
                    )
                    done[number].append("sold")
                except Rejection as no:
                    done[number].append(no.code)
        finally:
            service.close()

    threads = [Thread(target=till, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sorted(pair) for pair in zip(*done, strict=True)] == [["code_used", "sold"]] * RACES
    assert shop.audit().figures["code_uses"] == RACES
