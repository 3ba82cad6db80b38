"""Two members become one, and two again exactly as they were (rules 32)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_lifetime import CatchUp
from loyalty_pos.app.commands_people import Adjust, Duplicates, MergeMembers, Merges, QuoteMerge, UndoMerge
from loyalty_pos.app.commands_standing import SellMembership
from loyalty_pos.app.people_views import DuplicatesView, MergeView
from loyalty_pos.app.queries_lifetime import ExpiredLots
from tests.shop import Shop, T, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.product("tea", 100 * T, "drinks")
    opened.enrol("A", phone="09123456789", name="سارا احمدی", consent=True)
    opened.enrol("B", phone="09190006789", name="سارا احمدي", consent=False, city="تهران")
    yield opened
    opened.proved()
    opened.close()


def with_all(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T, point_value_minor=T)
    shop.publish("back", "spend_credit", {"expiry": {"days": 90}}, rate_bp=1_000)
    shop.publish("card", "stamp_card", count="units", groups=["drinks"], needed=5, mode="after_n_paid")
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "silver", "from": 500 * T}])


def merge(shop: Shop, keep: str = "A", drop: str = "B") -> MergeView:
    """Merge after proving that the preview says the same."""
    quoted: MergeView = shop.service.ask(QuoteMerge(keep=keep, drop=drop))
    view: MergeView = shop.service.do(MergeMembers(keep=keep, drop=drop))
    assert (quoted.brings, quoted.moved, quoted.tier, quoted.balances, quoted.filled) == (
        (view.brings, view.moved, view.tier, view.balances, view.filled)
    )
    shop.proved()
    return view


def undo(shop: Shop, keep: str = "A", drop: str = "B") -> MergeView:
    view: MergeView = shop.service.do(UndoMerge(keep=keep, drop=drop))
    shop.proved()
    return view


def state(shop: Shop, member: str) -> tuple[Any, ...]:
    """Everything a merge touches of a member."""
    record = shop.service.ask(q.MemberRecord(member=member))
    return shop.member(member), record


def both(shop: Shop) -> list[tuple[Any, ...]]:
    return [state(shop, member) for member in ("A", "B")]


def buy(shop: Shop, member: str, amount: int, **more: Any) -> Any:
    return shop.sell(amount * T, member=member, **more)


def test_the_survivor_holds_what_both_held_and_steps_that_are_full_now_turn_over(shop: Shop) -> None:
    with_all(shop)
    for member, teas in (("A", 3), ("B", 4)):
        shop.sell(None, item("tea", teas), member=member)
    assert (shop.member("A").tier, shop.member("B").tier) == ("bronze", "bronze")
    assert (shop.member("A").points, shop.member("B").points) == (6, 8)
    view = merge(shop)
    assert (view.brings.points, view.brings.stamps["card"], view.brings.visits) == (8, 4, 1)
    held = shop.member("A")
    assert (held.points, held.credit_minor, held.visits, held.spend_minor) == (14, 70 * T, 2, 700 * T)
    assert (shop.rewards("A"), held.progress["card"].have, held.tier) == (1, 2, "silver")
    assert sorted(held.cards) == ["A", "B"]
    assert {one.sale_id for one in held.lots} >= {"s1", "s2"}


def test_rests_of_progress_come_together(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "A", 30)
    buy(shop, "B", 20)
    merge(shop)
    assert shop.member("A").points == 1


@pytest.mark.parametrize("name", ["B", "09190006789", "+98 919 000 6789", "id"])
def test_every_name_of_the_dropped_one_finds_the_survivor(shop: Shop, name: str) -> None:
    dropped = shop.member("B").member
    merge(shop)
    kept = shop.member("A").member
    assert shop.member(dropped if name == "id" else name).member == kept
    found = shop.identify("6789")
    assert (found.kind, found.member and found.member.member) == ("member", kept)
    assert shop.service.ask(q.MembersList()).total == 1


def test_golden_12_a_merge_that_is_undone_leaves_both_as_they_were(shop: Shop) -> None:
    with_all(shop)
    shop.publish("limited", "amount_off", {"limits": {"per_member": 3}}, amount_minor=T, per="bill")
    first = shop.sell(None, item("tea", 4), member="A")
    buy(shop, "A", 15, points=3)
    shop.refund(first, None, (1, 4))  # leaves A owing points
    for _ in range(2):
        shop.sell(None, item("tea", 3), member="B")
    buy(shop, "B", 470)
    assert shop.member("A").owed.points > 0
    before = both(shop)
    assert (before[0][0].tier, before[1][0].tier) == ("bronze", "silver")
    view = merge(shop)
    assert (view.tier.before, view.tier.after, view.consent, view.filled) == (
        "bronze",
        "silver",
        False,
        ("city", "consent"),
    )
    assert shop.member("A").owed.points == 0
    assert undo(shop).undone
    assert both(shop) == before
    told = [one.kind for one in shop.service.ask(q.MemberHistory(member="A")).items]
    assert told[:2] == ["unmerge", "merge"]


def test_a_merge_can_be_done_again_after_it_was_undone(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "B", 600)
    before = both(shop)
    first = merge(shop)
    undo(shop)
    again = merge(shop)
    assert again.posting_id != first.posting_id
    undo(shop)
    assert both(shop) == before


def test_asked_again_a_merge_and_its_undoing_answer_the_same(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "B", 600)
    dropped = shop.member("B").member
    view = merge(shop)
    assert shop.service.ask(Merges(member="A")).merges == (view,)
    postings = shop.audit().figures["postings"]
    for name in ("B", dropped, "09190006789"):
        assert shop.service.do(MergeMembers(keep="A", drop=name)) == view
        assert shop.service.ask(QuoteMerge(keep="A", drop=name)) == view
    assert shop.audit().figures["postings"] == postings
    once = undo(shop)
    assert shop.service.do(UndoMerge(keep="A", drop="B")) == once


def test_a_merge_named_by_an_older_name_is_repeated_and_undone_under_it(shop: Shop) -> None:
    with_all(shop)
    shop.enrol("D")
    buy(shop, "B", 600)
    first = merge(shop)
    again = merge(shop, "D", "B")
    assert merge(shop, "D", "B") == shop.service.ask(QuoteMerge(keep="D", drop="B")) == again
    assert merge(shop, "D", "A") == again
    settled = merge(shop)
    assert (settled.posting_id, settled.undoable) == (first.posting_id, False)
    once = shop.service.do(UndoMerge(keep="D", drop="B"))
    assert once.posting_id == again.posting_id
    assert shop.service.do(UndoMerge(keep="D", drop="B")) == once
    assert merge(shop) == first
    assert undo(shop).posting_id == first.posting_id


def test_the_survivors_next_sale_settles_a_merge(shop: Shop) -> None:
    with_all(shop)
    merge(shop)
    assert shop.service.do(MergeMembers(keep="A", drop="B")).undoable
    buy(shop, "A", 10)
    with shop.refuses("merge_settled"):
        shop.service.do(UndoMerge(keep="A", drop="B"))
    assert not shop.service.do(MergeMembers(keep="A", drop="B")).undoable


def test_a_sale_of_the_dropped_one_is_refunded_from_its_own_lots_to_the_survivor(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "A", 100)
    buy(shop, "B", 500)
    spent = buy(shop, "B", 100, points=10)
    merge(shop)
    assert shop.member("A").points == 3
    back = shop.refund(spent, 50 * T)
    assert (back.to_points, shop.member("A").points) == (5, 7)
    shop.void(spent)
    assert (shop.member("A").points, shop.member("A").visits) == (12, 2)


def test_the_survivor_spends_what_the_dropped_one_had_earned(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "A", 100)
    buy(shop, "B", 500)
    merge(shop)
    sale = buy(shop, "A", 100, points=12)
    assert (sale.paid_by.points_minor, shop.member("A").points) == (12 * T, 1)
    shop.void(sale)
    assert shop.member("A").points == 12


def test_limits_lists_and_bound_vouchers_follow(shop: Shop) -> None:
    with_all(shop)
    limits = {"limits": {"per_member": 2}}
    shop.publish("off", "percent_off", limits, rate_bp=1_000, lane="member")
    shop.publish("regulars", "segment")
    shop.publish("word", "percent_off", rate_bp=500, lane="code")
    shop.publish("friends", "segment")
    shop.service.do(c.AddToSegment(segment="regulars", members=("B",)))
    shop.service.do(c.AddToSegment(segment="friends", members=("A", "B")))
    shop.publish("next", "next_visit_voucher", rate_bp=1_000, expires={"days": 30})
    buy(shop, "A", 100)
    made = buy(shop, "B", 100)
    before = both(shop)
    view = merge(shop)
    assert (view.brings.segments, view.brings.vouchers) == (("regulars", "friends"), 1)
    assert set(shop.member("A").segments) == {"regulars", "friends"}
    assert shop.service.ask(q.SegmentMembers(segment="regulars")).members[0].name == "سارا احمدی"
    assert shop.quote(100 * T).discount_minor == 0  # both uses are theirs now
    undo(shop)
    assert both(shop) == before
    assert shop.quote(100 * T).discount_minor == 10 * T
    merge(shop)
    shop.clock.on(days=1)
    assert shop.sell(100 * T, codes=(made.vouchers[0].code,)).discount_minor == 9 * T


def test_what_an_earlier_merge_brought_still_counts_towards_limits_after_another_one(shop: Shop) -> None:
    shop.publish("off", "percent_off", {"limits": {"per_member": 2}}, rate_bp=1_000, lane="member")
    shop.enrol("C")
    for member in ("A", "B"):
        assert shop.sell(100 * T, member=member).discount_minor == 10 * T
    merge(shop)
    assert shop.quote(100 * T).discount_minor == 0
    merge(shop, "A", "C")
    assert shop.quote(100 * T).discount_minor == 0
    undo(shop, "A", "C")
    assert shop.quote(100 * T).discount_minor == 0
    assert shop.quote(100 * T, member="C").discount_minor == 10 * T


def test_limits_published_after_a_merge_count_what_both_had(shop: Shop) -> None:
    shop.publish("off", "percent_off", rate_bp=1_000, lane="member")
    buy(shop, "A", 100)
    buy(shop, "B", 100)
    merge(shop)
    shop.publish("off", "percent_off", {"limits": {"per_member": 2}}, rate_bp=1_000, lane="member")
    assert shop.quote(100 * T).discount_minor == 0
    shop.proved()
    undo(shop)
    assert shop.quote(100 * T, member="B").discount_minor == 10 * T


def test_a_merged_member_merges_further_and_comes_back_in_the_other_order(shop: Shop) -> None:
    with_all(shop)
    shop.enrol("C", name="C")
    buy(shop, "A", 120)
    buy(shop, "B", 240)
    buy(shop, "C", 360)
    whole = [state(shop, one) for one in "ABC"]
    merge(shop, "A", "B")
    merge(shop, "C", "A")
    assert (shop.member("B").name, shop.member("A").points, shop.member("B").visits) == ("C", 14, 3)
    with shop.refuses("not_merged"):
        shop.service.do(UndoMerge(keep="A", drop="B"))
    undo(shop, "C", "A")
    undo(shop, "A", "B")
    assert [state(shop, one) for one in "ABC"] == whole


def test_of_two_merges_into_one_the_last_is_undone_first(shop: Shop) -> None:
    with_all(shop)
    shop.enrol("C", name="C")
    merge(shop, "A", "B")
    merge(shop, "A", "C")
    with shop.refuses("merge_settled"):
        shop.service.do(UndoMerge(keep="A", drop="B"))
    undo(shop, "A", "C")
    undo(shop, "A", "B")


def test_what_was_edited_since_stays_edited_when_a_merge_is_undone(shop: Shop) -> None:
    merge(shop)
    shop.service.do(c.EditMember(posting_id="e", member="A", city="شیراز"))
    undo(shop)
    assert [one[1].city for one in both(shop)] == ["شیراز", "تهران"]


def test_a_gender_only_one_of_them_has_stays_and_is_given_back(shop: Shop) -> None:
    shop.service.do(c.EditMember(posting_id="e", member="B", gender="woman"))
    assert "gender" in merge(shop).filled
    assert [one[1].gender for one in both(shop)[:1]] == ["woman"]
    undo(shop)
    assert [one[1].gender for one in both(shop)] == ["unknown", "woman"]


def test_a_survivor_without_a_phone_takes_the_others_and_gives_it_back(shop: Shop) -> None:
    shop.enrol("C")
    before = state(shop, "C"), state(shop, "B")
    assert merge(shop, "C", "B").filled == ("city", "name", "phone")
    assert shop.member("C").phone == "+989190006789"
    with shop.refuses("phone_taken"):
        shop.service.do(c.EnrolMember(phone="09190006789"))
    undo(shop, "C", "B")
    assert (state(shop, "C"), state(shop, "B")) == before


def test_the_survivor_may_go_over_to_the_others_phone_and_then_the_merge_stays(shop: Shop) -> None:
    merge(shop)
    shop.service.do(c.EditMember(posting_id="e", member="A", phone="09190006789"))
    with shop.refuses("phone_taken"):
        shop.service.do(UndoMerge(keep="A", drop="B"))


def test_owed_value_is_repaid_from_what_the_other_one_holds(shop: Shop) -> None:
    with_all(shop)
    first = shop.sell(None, item("tea", 5), member="B")
    shop.sell(None, item("tea"), member="B", free_lines={"card": 1})
    shop.refund(first, None, (1, 5))
    assert shop.member("B").owed.stamps == {"card": 5}
    shop.sell(None, item("tea", 5), member="A")
    before = both(shop)
    merge(shop)
    assert (shop.rewards("A"), shop.member("A").owed.stamps) == (0, {})
    undo(shop)
    assert both(shop) == before


def test_gifts_once_given_to_either_are_given_to_nobody_again(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    shop.publish("cake", "event_gift", event="birthday", days_before=3, days_after=3, points=20)
    for card in "CD":
        shop.enrol(card, birthday="1990-11-21")
    assert buy(shop, "D", 1).earned.points == 20
    before = shop.member("C"), shop.member("D")
    merge(shop, "C", "D")
    assert shop.quote(T, member="C").earned.points == 0
    undo(shop, "C", "D")
    assert (shop.member("C"), shop.member("D")) == before
    assert shop.quote(T, member="C").earned.points == 20


def test_a_referrer_merged_with_whom_they_brought_gets_nothing_for_it(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    shop.publish("brought", "event_gift", event="referrer", points=20)
    shop.enrol("C", referred_by="A")
    merge(shop, "C", "A")
    assert buy(shop, "C", 100).earned.points == 2
    assert shop.member("C").points == 2


def test_a_gift_for_bringing_somebody_is_taken_back_from_the_survivor(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    shop.publish("brought", "event_gift", event="referrer", points=20)
    shop.enrol("C", referred_by="B")
    first = buy(shop, "C", 100)
    merge(shop)
    assert shop.member("A").points == 20
    shop.void(first)
    assert shop.member("A").points == 0


def test_a_person_and_a_company_and_a_member_and_themselves_are_not_merged(shop: Shop) -> None:
    shop.enrol("K", member_kind="company")
    for keep, drop, code in (
        ("A", "K", "other_kind"),
        ("A", "A", "same_member"),
        ("A", "X", "unknown_member"),
    ):
        with shop.refuses(code):
            shop.service.do(MergeMembers(keep=keep, drop=drop))
    with shop.refuses("not_merged"):
        shop.service.do(UndoMerge(keep="A", drop="B"))
    with shop.refuses("not_merged"):
        shop.service.do(UndoMerge(keep="A", drop="X"))


def test_value_moved_by_hand_settles_a_merge_too(shop: Shop) -> None:
    with_all(shop)
    merge(shop)
    shop.service.do(Adjust(posting_id="a", member="A", unit="points", amount=5, reason="goodwill"))
    with shop.refuses("merge_settled"):
        shop.service.do(UndoMerge(keep="A", drop="B"))


def test_a_sale_on_hold_of_the_dropped_one_reserves_for_the_survivor(shop: Shop) -> None:
    with_all(shop)
    buy(shop, "B", 500)
    shop.service.do(c.HoldSale(posting_id="h", member="B", amount_minor=10 * T, use=c.Use(points=10)))
    merge(shop)
    assert shop.member("A").points_reserved == 10
    shop.service.do(c.ResumeSale(posting_id="r", hold="h"))


def test_the_finder_names_pairs_with_their_reason(shop: Shop) -> None:
    shop.enrol("C", phone="+1 912 345 6789", name="Somebody")
    shop.enrol("D", name="سارا احمدی", city="تهران")
    shop.enrol("E", name="Kava", birthday="1990-01-02")
    shop.enrol("F", name="kava", birthday="1990-01-02")
    view: DuplicatesView = shop.service.ask(Duplicates())
    pairs = {(one.keep.member, one.drop.member, one.why) for one in view.pairs}
    named = {card: shop.member(card).member for card in "ABCDEF"}
    assert pairs == {
        (named["E"], named["F"], "birthday"),
        (named["A"], named["C"], "phone"),
        (named["B"], named["D"], "city"),
    }
    (one,) = shop.service.ask(Duplicates(member="C")).pairs
    assert (one.keep.member, one.drop.member) == (named["A"], named["C"])
    with shop.refuses_field("limit"):
        shop.service.ask(Duplicates(limit=0))


@pytest.mark.parametrize(
    ("finding", "damage"),
    [
        ("account_is_held_by_another", "UPDATE account SET holder = member"),
        ("alias_differs_from_its_merges", "DELETE FROM alias"),
        ("merge_differs_from_its_posting", "UPDATE merge SET keep = dropped, dropped = keep"),
        ("merge_was_not_undone_by_its_posting", "UPDATE merge SET undone = 1"),
        ("merged_member_has_a_person", "DELETE FROM merged_person"),
        ("merge_did_not_hand_over_all", "UPDATE entry SET amount = amount + 1 WHERE kind = 'transfer'"),
    ],
)
def test_the_audit_finds_a_merge_that_is_not_what_its_postings_say(
    tmp_path: Path, finding: str, damage: str
) -> None:
    shop = Shop(tmp_path / "other.db")
    with_all(shop)
    for card in "AB":
        shop.enrol(card)
        buy(shop, card, 70)
    merge(shop)
    file = raw(shop.path, unguarded=True)
    file.execute(damage)
    file.close()
    assert finding in {one.code for one in shop.audit().findings}
    shop.close()


def test_what_ends_after_a_merge_is_swept_for_the_survivor(shop: Shop) -> None:
    with_all(shop)
    shop.sell(100 * T, member="B")
    merge(shop)
    credit = shop.member("A").credit_minor
    assert credit == 10 * T
    shop.clock.on(days=91)
    swept = shop.service.do(CatchUp(accept_clock=True))
    assert shop.member("A").credit_minor == 0
    shop.proved()
    assert swept.swept.credit_minor == credit
    assert [one.amount for one in shop.service.ask(ExpiredLots(member="B")).lots] == [credit]


def test_days_on_which_both_came_are_one_visit_of_the_survivor(shop: Shop) -> None:
    levels = [{"key": "new", "from": 0}, {"key": "known", "from": 2}, {"key": "friend", "from": 3}]
    shop.publish("club", "tiers", metric="visit_days", levels=levels)
    for member in ("A", "B"):
        shop.sell(10 * T, member=member)
    shop.clock.on(days=1)
    shop.sell(10 * T, member="B")
    before = both(shop)
    merge(shop)
    assert shop.member("A").tier == "known"
    undo(shop)
    assert both(shop) == before


def test_no_review_looks_at_somebody_who_was_merged_away(shop: Shop) -> None:
    with_all(shop)
    shop.sell(600 * T, member="B")
    merge(shop)
    shop.clock.on(days=800)
    shop.service.do(CatchUp(accept_clock=True))
    shop.clock.on(days=70)
    shop.service.do(CatchUp(accept_clock=True))
    shop.proved()
    assert shop.member("A").tier == "bronze"


def test_a_membership_goes_with_whoever_held_it_and_comes_back(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=100 * T, term_months=12)
    shop.publish("price", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1_000)
    shop.service.do(SellMembership(posting_id="v", member="B", programme="vip"))
    before = both(shop)
    merge(shop)
    assert [one.programme for one in shop.member("A").terms] == ["vip"]
    assert shop.quote(100 * T).due_minor == 90 * T
    undo(shop)
    assert both(shop) == before
    merge(shop)
    shop.sell(100 * T)
    shop.proved()
    assert [one.given_minor for one in shop.member("A").terms] == [10 * T]
