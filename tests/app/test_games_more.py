"""What games, guests and partners refuse, count and say (products P7-P9, P13, P15, P17)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app import handing_over
from loyalty_pos.app import queries_games as gq
from loyalty_pos.app.commands import ClaimReward, EnrolMember, UndoClaim
from loyalty_pos.app.commands_people import MergeMembers, MoveSale, UndoMerge
from loyalty_pos.app.partner_tokens import signed
from loyalty_pos.app.queries import Claimables, MemberHistory
from loyalty_pos.domain.tokens import Token
from tests.shop import HeldClock, Shop, T, goods, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.product("cup", 100 * T, "hot")
    opened.product("pot", 120 * T, "hot")
    yield opened
    opened.proved()
    opened.close()


def said(shop: Shop, *lines: Any) -> list[tuple[str, str]]:
    sale = shop.sell(None, *lines)
    for line in sale.trace:
        assert line.short.fa and line.sentence.fa
        assert line.short.fa != line.short.en
    return [(line.short.en, line.sentence.en) for line in sale.trace]


def test_a_challenge_says_how_far_it_is_in_short_and_in_full(shop: Shop) -> None:
    shop.publish(
        "days", "challenge", sku="cup", times=2, count="days", within_days=9, points=1, gives="points"
    )
    assert said(shop, item("cup"))[0][0] == "1 of 2"
    short, full = said(shop, item("cup"))[0]
    assert (short, full[:40]) == ("1 of 2", "1 of 2: counted already; the next one co")
    shop.clock.on(days=1)
    assert said(shop, item("cup"))[0] == ("won: 2 of 2", "The challenge is won with 2 of 2.")


def test_a_badge_and_coming_back_are_said(shop: Shop) -> None:
    shop.publish("two", "challenge", sku="cup", times=2, within_days=9, badge="Fan")
    shop.publish("back", "event_gift", event="back", idle_days=9, points=1)
    first = said(shop, item("cup"))
    assert ("only for coming back", "only for coming back") in first
    assert said(shop, item("cup"))[0][1].endswith("badge \u2068Fan\u2069.")
    shop.clock.on(days=9)
    assert ("for coming back", "1 point for coming back.") in said(shop, goods("x", 100 * T))


def test_what_was_won_and_taken_back_stands_in_the_history(shop: Shop) -> None:
    shop.publish("two", "challenge", sku="cup", times=2, within_days=9, points=5, gives="points")
    sales = [shop.sell(None, item("cup")) for _ in range(2)]
    shop.void(sales[0])
    items = shop.service.ask(MemberHistory(member="A")).items
    kinds = [one.kind for one in items]
    assert kinds[:3] == ["prize_back", "void", "win"]
    assert items[2].voided and items[2].why is not None
    assert items[2].why.en == "5 points for the challenge."


def test_a_part_that_leaves_enough_changes_nothing_and_the_rest_counts_no_more(shop: Shop) -> None:
    shop.publish("two", "challenge", sku="cup", times=2, within_days=9, points=5, gives="points")
    shop.publish("draw", "draw", groups=["hot"], out_of=2, prizes=[
        {"name": "x", "chances": 2, "amount": 7, "worth_minor": 1},
    ])  # fmt: skip
    first = shop.sell(None, item("cup", 2), goods("cake", 50 * T, 2))
    shop.sell(None, item("cup"))
    assert shop.member().points == 5 + 7 + 7
    shop.refund(first, None, (1, 1))
    assert shop.member().points == 19
    shop.refund(first, None, (1, 1))
    assert shop.member().points == 7
    shop.refund(first, None, (2, 1))
    shop.void(first)
    assert shop.member().points == 7


def test_a_sale_without_a_member_plays_no_game_and_comes_back(shop: Shop) -> None:
    shop.publish("two", "challenge", sku="cup", times=2, within_days=9)
    sale = shop.sell(None, item("cup"), member=None)
    assert [line.code for line in sale.trace] == ["no_member"]
    shop.void(sale)


def test_the_audit_finds_a_mark_a_draw_and_an_answer_somebody_changed(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "bent.db")
    shop.enrol()
    shop.publish("two", "challenge", times=2, count="weeks")
    shop.publish("draw", "draw", out_of=2, prizes=[{"name": "x", "chances": 1, "worth_minor": 1}])
    shop.publish("vote", "participation", what="vote", choices=["a", "b"], points=1)
    shop.sell(100 * T)
    shop.service.do(g.RecordParticipation(posting_id="v", member="A", programme="vote", answer="a"))
    shop.proved()
    other = raw(shop.path, unguarded=True)
    other.execute("UPDATE game_mark SET kept = 0; UPDATE participation SET answer = 'b'")
    other.execute("UPDATE draw_seed SET seed = replace(hex(zeroblob(20)), '00', 'ab')")
    other.close()
    codes = {one.code for one in shop.audit().findings}
    assert {
        "mark_differs_from_its_postings",
        "answer_differs_from_its_posting",
        "draw_seed_is_another",
    } <= codes
    shop.close()


def test_the_audit_finds_a_sale_that_drew_again_where_it_stood_for_one_that_had_drawn(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "bent.db")
    shop.enrol()
    shop.enrol("B")
    shop.publish("draw", "draw", out_of=2, prizes=[{"name": "x", "chances": 1, "worth_minor": 1}])
    first = shop.sell(100 * T).sale_id or ""
    shop.sell(100 * T)
    shop.service.do(MoveSale(posting_id="moved", sale_id=first, member="B"))
    shop.proved()
    other = raw(shop.path, unguarded=True)
    other.execute("""UPDATE posting SET record = replace(record, '"number":1', '"number":2')
        WHERE key LIKE 'draw:moved:%'""")
    other.close()
    assert "draw_differs_from_its_posting" in {one.code for one in shop.audit().findings}
    shop.close()


def test_a_draw_is_asked_about_and_revealed_under_its_key(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=[{"name": "x", "chances": 1, "worth_minor": 1}])
    shop.publish("points", "points", step_minor=10)
    with shop.refuses("no_draw"):
        shop.service.ask(gq.Draws(programme="points"))
    shop.sell(100 * T, sale_id="taken")
    with shop.refuses("key_taken"):
        shop.service.do(g.RevealDraw(posting_id="taken", programme="draw"))
    shop.publish("draw", "draw", out_of=3, prizes=[{"name": "x", "chances": 1, "worth_minor": 1}])
    assert len(shop.service.ask(gq.Draws(programme="draw")).seeds) == 1


def answer(shop: Shop, key: str, text: str | int, programme: str = "ask") -> Any:
    command = g.RecordParticipation(posting_id=key, member="A", programme=programme, answer=text)
    return shop.service.do(command)


def test_feedback_is_one_to_five_once_a_day_and_averaged(shop: Shop) -> None:
    shop.publish("ask", "participation", what="feedback", each="day", gives="credit", credit_minor=50)
    with shop.refuses_field("answer", "out_of_range"):
        answer(shop, "a", 6)
    assert answer(shop, "a", "\u06f4").credit_minor == 50
    with shop.refuses("answered_already"):
        answer(shop, "b", 5)
    with shop.refuses("key_taken"):
        answer(shop, "a", 3)
    shop.clock.on(days=1)
    answer(shop, "b", 5)
    told = shop.service.ask(gq.Participations(programme="ask", limit=1))
    assert (told.average_milli, told.by_answer, told.last[0].answer) == (4_500, {"4": 1, "5": 1}, "5")
    assert told.next is not None
    rest = shop.service.ask(gq.Participations(programme="ask", limit=5, before=told.next))
    assert ([one.answer for one in rest.last], rest.next) == (["4"], None)


def test_a_vote_is_one_of_the_choices_and_an_audience_and_a_limit_hold(shop: Shop) -> None:
    when = {"limits": {"total": 1}}
    shop.publish("ask", "participation", when, what="vote", choices=["Tea", "Milk"], points=1)
    with shop.refuses_field("answer", "not_a_choice"):
        answer(shop, "a", "Wine")
    answer(shop, "a", "Tea")
    shop.enrol("B")
    other = g.RecordParticipation(posting_id="b", member="B", programme="ask", answer="Tea")
    with shop.refuses("claim_refused", reason="limit_total"):
        shop.service.do(other)
    shop.publish("firm", "participation", {"audience": {"member_kinds": ["company"]}}, what="idea", points=1)
    with shop.refuses("claim_refused", reason="other_member_kind"):
        answer(shop, "c", "more chairs", "firm")
    shop.publish("points", "points", step_minor=10)
    with shop.refuses("no_question"):
        answer(shop, "d", "x", "points")
    assert shop.member().playing.asks == ()


def test_a_question_below_its_limit_is_still_asked(shop: Shop) -> None:
    shop.publish("ask", "participation", {"limits": {"total": 2}}, what="idea", points=1)
    answer(shop, "a", "more chairs")
    assert shop.service.ask(gq.Participations(programme="ask")).average_milli == 0


@pytest.fixture
def cakes(shop: Shop) -> Shop:
    shop.publish("points", "points", step_minor=1 * T)
    shop.sell(1_000 * T)
    shop.publish("cake", "prize", what="Cake", price_points=10, a_day=1)
    shop.publish("mug", "prize", what="Mug", price_points=10, stock=1)
    return shop


def claim(shop: Shop, key: str, programme: str = "cake", times: int = 1) -> Any:
    return shop.service.do(ClaimReward(posting_id=key, member="A", programme=programme, times=times))


def test_a_prize_in_stock_is_handed_over_at_once_until_none_is_left(cakes: Shop) -> None:
    assert claim(cakes, "m", "mug").handed
    row = {one.programme: one for one in cakes.service.ask(Claimables(member="A")).items}["mug"]
    assert row.reason is not None and (row.at_most, row.reason.en) == (0, "none is left")
    with cakes.refuses("handed_over"):
        cakes.service.do(g.HandOver(posting_id="h", claim="m"))
    with cakes.refuses("claim_refused", reason="limit_sale"):
        claim(cakes, "c", times=2)
    cakes.publish("mug", "prize", what="Mug", price_points=10, stock=2)
    with cakes.refuses("claim_refused", reason="out_of_stock", left=2):
        claim(cakes, "m2", "mug", 3)


def test_the_queue_refuses_what_is_not_there_undone_or_another_request(cakes: Shop) -> None:
    claim(cakes, "c")
    claim(cakes, "d")
    assert [one.what.en for one in cakes.service.ask(Claimables(member="A")).items[:1]] == [
        "Hand over: One Cake"
    ]
    cakes.service.do(UndoClaim(posting_id="c"))
    for code, key, of in (
        ("nothing_to_hand_over", "h", "nobody"),
        ("claim_undone", "h", "c"),
        ("key_taken", "c", "d"),
    ):
        with cakes.refuses(code):
            cakes.service.do(g.HandOver(posting_id=key, claim=of))


def test_a_promise_further_than_a_year_is_the_last_day(cakes: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "DAYS_AHEAD", 1)
    assert [claim(cakes, key).ready_day for key in "ab"] == ["2026-11-21", "2026-11-22"]


@pytest.fixture
def night(shop: Shop) -> Shop:
    shop.publish("night", "invitation", title="Tasting", day="2026-11-21")
    return shop


def invited(shop: Shop, *members: str, programme: str = "night") -> Any:
    return shop.service.do(g.Invite(posting_id="i", programme=programme, members=members))


def test_an_event_of_today_stands_first_among_what_a_guest_may_have(night: Shop) -> None:
    assert invited(night, "A").places_left is None
    assert invited(night, "A").invited == 1
    items = night.service.ask(Claimables(member="A")).items
    assert [(one.event, one.what.en) for one in items] == [("night", "Check in: Tasting")]
    assert night.service.do(g.CheckIn(posting_id="k", programme="night", member="A")).points == 0
    assert night.service.ask(Claimables(member="A")).items == ()
    night.publish("later", "invitation", title="Later", day="2026-12-21")
    assert night.service.ask(Claimables(member="A")).items == ()


def test_a_guest_list_refuses_nobody_strangers_and_the_past(night: Shop) -> None:
    with night.refuses_field("members", "empty"):
        invited(night)
    night.publish(
        "firm", "invitation", {"audience": {"member_kinds": ["company"]}}, title="F", day="2026-12-01"
    )
    with night.refuses("claim_refused", reason="other_member_kind"):
        invited(night, "A", programme="firm")
    night.publish("points", "points", step_minor=10)
    with night.refuses("no_event"):
        invited(night, "A", programme="points")
    night.clock.on(days=1)
    with night.refuses("event_over", day="2026-11-21"):
        invited(night, "A")


def uninvite(shop: Shop, member: str = "A", reason: str = "asked twice") -> Any:
    command = g.Uninvite(posting_id="u", programme="night", member=member, reason=reason)
    return shop.service.do(command)


def test_an_invitation_that_is_taken_back_frees_its_place_and_lets_nobody_in(shop: Shop) -> None:
    shop.publish("night", "invitation", title="Tasting", day="2026-11-21", places=1, points=3)
    shop.enrol("B")
    invited(shop, "A")
    with shop.refuses_field("reason", "empty"):
        uninvite(shop, reason=" ")
    with shop.refuses("not_invited"):
        uninvite(shop, "B")
    view = uninvite(shop)
    assert (view.invited, view.places_left, view.guests) == (0, 1, ())
    assert uninvite(shop) == view
    with shop.refuses("invitation_taken_back"):
        shop.service.do(g.CheckIn(posting_id="k", programme="night", member="A"))
    assert shop.service.ask(Claimables(member="A")).items == ()
    item = shop.service.ask(MemberHistory(member="A")).items[0]
    assert (item.kind, item.reason) == ("uninvite", "asked twice")
    assert invited(shop, "B").places_left == 0
    uninvite(shop, "B")
    assert invited(shop, "A").invited == 1  # and may be invited anew
    assert shop.service.do(g.CheckIn(posting_id="k", programme="night", member="A")).points == 3
    with shop.refuses("guest_is_here"):
        uninvite(shop)
    shop.proved()


def test_the_audit_finds_an_invitation_that_was_taken_back_by_nobody(tmp_path: Path) -> None:
    night = Shop(tmp_path / "night.db")
    night.enrol()
    night.publish("night", "invitation", title="Tasting", day="2026-11-21")
    for _ in range(2):
        invited(night, "A")
        uninvite(night)
    night.proved()
    with raw(night.path, unguarded=True) as file:
        newest = "(SELECT max(posting) FROM invitation)"
        file.execute(f"UPDATE invitation SET taken_back = NULL WHERE posting = {newest}")
    assert "invitation_differs_from_its_postings" in {one.code for one in night.audit().findings}
    night.close()


def test_two_guests_who_become_one_member_take_one_place_and_come_once(night: Shop) -> None:
    night.enrol("B")
    invited(night, "A", "B")
    night.service.do(MergeMembers(keep="A", drop="B"))
    assert night.service.ask(gq.Guests(programme="night")).invited == 1
    night.service.do(g.CheckIn(posting_id="k", programme="night", member="A"))
    assert night.service.ask(gq.Guests(programme="night")).came == 1
    night.proved()


def test_the_survivor_of_a_merge_comes_with_the_others_invitation(night: Shop) -> None:
    night.enrol("B")
    invited(night, "B")
    night.service.do(MergeMembers(keep="A", drop="B"))
    night.service.do(g.CheckIn(posting_id="k", programme="night", member="A"))
    assert [
        (one.member_name, one.came) for one in night.service.ask(gq.Guests(programme="night")).guests
    ] == [("", True)]
    night.proved()


def test_news_come_page_by_page(shop: Shop) -> None:
    for card, interest in (("B", "tea"), ("C", "milk"), ("D", "tea"), ("E", "tea")):
        shop.service.do(EnrolMember(card=card, name=card, interests=(interest,), consent=True))
    first = shop.service.ask(gq.NewsFor(interest="Tea", limit=2))
    assert [one.name for one in first.members] == ["B", "D"]
    second = shop.service.ask(gq.NewsFor(interest="tea", limit=2, after=first.next))
    assert ([one.name for one in second.members], second.next) == (["E"], None)


def test_preferences_are_kept_once_under_their_key(shop: Shop) -> None:
    command = g.SetPreferences(posting_id="p", member="A", preferences=("a", "a", "b"))
    assert shop.service.do(command).playing.preferences == ("a", "b")
    assert shop.service.do(command).playing.preferences == ("a", "b")
    with shop.refuses("key_taken"):
        shop.service.do(g.SetPreferences(posting_id="p", member="A"))
    with shop.refuses_field("preferences", "too_many"):
        many = tuple(str(n) for n in range(11))
        shop.service.do(g.SetPreferences(posting_id="q", member="A", preferences=many))


def test_the_next_offer_names_the_discount_that_is_on(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10)
    shop.publish("hot", "percent_off", rate_bp=500, groups=["hot"])
    for _ in range(2):
        shop.sell(None, item("cup"))
    found = shop.member().playing.next
    assert found is not None and (found.sku, found.programme) == ("pot", "hot")


@pytest.fixture
def pair(shop: Shop, tmp_path: Path) -> Iterator[tuple[Shop, Shop]]:
    other = Shop(tmp_path / "other.db", HeldClock(), chance=9, name="Other")
    for mine, theirs, key in ((shop, other, "other"), (other, shop, "cafe")):
        card = theirs.service.do(g.MakePartnerCard(posting_id="k"))
        mine.service.do(g.PutPartner(key=key, name=key, shop=card.shop, public_key=card.public_key))
    yield shop, other
    other.proved()
    other.close()


def issued(shop: Shop, key: str = "v", value: int = 500, member: str | None = None) -> str:
    voucher = g.PartnerVoucher(partner="other", value_minor=value, expires="2026-12-01")
    command = g.IssuePartnerVouchers(posting_id=key, vouchers=(voucher,), member=member)
    return str(shop.service.do(command).vouchers[0].token)


def test_a_partner_is_put_once_and_wrong_ones_are_refused(pair: tuple[Shop, Shop]) -> None:
    shop, other = pair
    card = other.service.ask(gq.Partners())
    before = shop.audit().figures
    again = g.PutPartner(key="other", name="other", shop=card.shop, public_key=card.public_key)
    assert len(shop.service.do(again).partners) == 1
    assert shop.audit().figures == before
    with shop.refuses("partner_taken"):
        shop.service.do(g.PutPartner(key="x", name="x", shop=card.shop, public_key=card.public_key))
    own = shop.service.ask(gq.Partners()).shop
    with shop.refuses_field("shop"):
        shop.service.do(g.PutPartner(key="x", name="x", shop=own, public_key=card.public_key))
    with shop.refuses_field("public_key"):
        shop.service.do(g.PutPartner(key="x", name="x", shop="ab" * 8, public_key="zz"))
    with shop.refuses_field("vouchers", "empty"):
        shop.service.do(g.IssuePartnerVouchers(posting_id="e", vouchers=()))
    with shop.refuses("unknown_partner"):
        shop.service.ask(gq.Settlement(partner="nobody"))
    with shop.refuses_field("tokens", "empty"):
        shop.service.do(g.SettlePartner(posting_id="e", partner="other", tokens=()))


def test_a_key_means_one_request_for_vouchers_too(pair: tuple[Shop, Shop]) -> None:
    shop, other = pair
    first, second = issued(shop), issued(shop, "w")
    with shop.refuses("key_taken"):
        issued(shop, "w", 600)
    other.service.do(g.HonourVoucher(posting_id="in", token=first))
    with other.refuses("key_taken"):
        other.service.do(g.HonourVoucher(posting_id="in", token=second))
    settle = g.SettlePartner(posting_id="s", partner="other", tokens=(first,))
    assert shop.service.do(settle) == shop.service.do(settle)
    with shop.refuses("key_taken"):
        shop.service.do(g.SettlePartner(posting_id="s", partner="other", tokens=(second,)))


def test_only_our_own_vouchers_are_paid_to_whom_they_are_for(pair: tuple[Shop, Shop]) -> None:
    shop, other = pair
    ours = issued(shop)
    theirs = str(
        other.service.do(
            g.IssuePartnerVouchers(
                posting_id="t",
                vouchers=(g.PartnerVoucher(partner="cafe", value_minor=1, expires="2026-12-01"),),
            )
        ).vouchers[0].token
    )  # fmt: skip
    shop.service.do(g.PutPartner(key="third", name="third", shop="cd" * 8, public_key="ef" * 32))
    bent = ours[:60] + ("A" if ours[60] != "A" else "B") + ours[61:]
    for partner, token, code in (
        ("other", theirs, "token_unknown_issuer"),
        ("other", bent, "token_forged"),
        ("third", ours, "token_for_another_shop"),
    ):
        told = shop.service.do(g.SettlePartner(posting_id=code, partner=partner, tokens=(token,)))
        assert [one.code for one in told.refused] == [code]


def test_a_voucher_of_nothing_is_refused_though_it_is_signed(pair: tuple[Shop, Shop]) -> None:
    shop, other = pair
    own = shop.service._desk.store.partners.signing_key()
    assert own is not None
    view = shop.service.ask(gq.Partners())
    token = Token(view.shop, view.partners[0].shop, "00" * 12, 0, "2026-12-01")
    with other.refuses("token_forged"):
        other.service.ask(gq.CheckToken(token=signed(token, own[0])))


def test_a_settlement_tells_the_days_asked_for_and_what_ran_out(pair: tuple[Shop, Shop]) -> None:
    shop, _ = pair
    issued(shop)
    shop.clock.on(days=20)
    sheet = shop.service.ask(gq.Settlement(partner="other"))
    assert [one.state for one in sheet.lines] == ["expired"]
    later = shop.service.ask(gq.Settlement(partner="other", from_day="2026-11-22", to_day="2026-12-31"))
    assert later.lines == ()


def test_what_both_counted_in_a_challenge_is_the_survivors_and_undone_each_has_their_own(shop: Shop) -> None:
    shop.publish(
        "cups", "challenge", sku="cup", times=4, within_days=9, badge="Fan", points=5, gives="points"
    )
    shop.enrol("B")
    for card in "ABB":
        shop.sell(None, item("cup"), member=card)

    def have() -> list[list[int]]:
        return [[one.have for one in shop.member(card).playing.challenges] for card in "AB"]

    before = have()
    shop.service.do(MergeMembers(keep="A", drop="B"))
    assert have() == [[3], [3]]
    (chaser,) = shop.service.ask(gq.Standings(programme="cups")).rows
    assert (chaser.have, chaser.won) == (3, 0)
    shop.service.do(UndoMerge(keep="A", drop="B"))
    assert have() == before == [[1], [2]]
    shop.service.do(MergeMembers(keep="A", drop="B"))
    last = shop.sell(None, item("cup"), member="B")
    assert [one.points for one in last.won] == [5]
    assert [(one.badge, one.count) for one in shop.member().playing.badges] == [("Fan", 1)]
    shop.void(last)
    assert (shop.member().points, have()) == (0, [[3], [3]])
