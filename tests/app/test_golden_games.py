"""The golden cases of games, taking part, prizes, news, customs and partners, through the shop's one door."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app import queries_games as gq
from loyalty_pos.app.claim_views import ClaimView
from loyalty_pos.app.commands import AttachMember, ClaimReward, EnrolMember, UndoClaim
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.partner_tokens import presented
from loyalty_pos.app.queries import Claimables
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.games import draw
from tests.examples import examples
from tests.shop import HeldClock, Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.product("cappuccino", 100 * T, "hot")
    opened.product("latte", 120 * T, "hot")
    yield opened
    opened.proved()
    opened.close()


def cups(shop: Shop, days: int = 0, sku: str = "cappuccino") -> SaleView:
    shop.clock.on(days=days)
    return shop.sell(None, item(sku))


def chase(shop: Shop, **more: Any) -> None:
    shop.publish("three", "challenge", sku="cappuccino", times=3, within_days=14, badge="Regular", **more)


def test_golden_p9_three_times_the_same_product_in_14_days_is_a_badge_and_a_prize(shop: Shop) -> None:
    chase(shop)
    assert cups(shop).won == ()
    second = cups(shop, 5)
    assert second.won == ()
    told = {line.programme: line for line in second.trace}["three"]
    assert (told.applied, told.code, told.facts["missing"]) == (True, "challenge_counted", 1)
    assert "2 of 3: 1 more until" in told.sentence.en
    assert shop.member().progress["three"].have == 2
    near = shop.member().playing.next
    assert near is not None and (near.reason, near.programme) == ("challenge", "three")
    third = cups(shop, 9)
    assert [(one.badge, one.rewards) for one in third.won] == [("Regular", 1)]
    assert [(one.programme, one.count) for one in third.earned.rewards] == [("three", 1)]
    assert third.balances.rewards == {"three": 1}
    held = shop.member()
    assert [(one.badge, one.count) for one in held.playing.badges] == [("Regular", 1)]
    assert (held.progress["three"].have, shop.rewards()) == (0, 1)
    shop.proved()
    assert cups(shop).due_minor == 0, "the prize is a free cup"
    assert shop.stored(third).won == third.won


def test_p9_outside_the_window_nothing_is_won(shop: Shop) -> None:
    chase(shop)
    cups(shop)
    cups(shop, 10)
    assert cups(shop, 5).won == ()
    assert shop.member().progress["three"].have == 2
    assert cups(shop, 1).won != ()


def test_p9_another_product_does_not_count_and_says_so(shop: Shop) -> None:
    chase(shop)
    sale = cups(shop, sku="latte")
    assert [line.code for line in sale.trace] == ["no_eligible_goods"]
    assert [line.code for line in shop.sell(100 * T).trace] == ["needs_goods"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_p9_voiding_any_of_the_three_takes_the_prize_back(shop: Shop, place: int) -> None:
    chase(shop, gives="points", points=30)
    sales = [cups(shop, 1) for _ in range(3)]
    assert shop.member().points == 30
    back = shop.void(sales[place])
    assert [(one.unit, one.amount) for one in back.moved] == [("points", -30)]
    assert (shop.member().points, shop.member().playing.badges) == (0, ())
    shop.proved()
    assert cups(shop).won != (), "the two others still count"
    shop.proved()
    for kept in shop.recent(10):
        if not kept.voided:
            shop.void(kept)
    assert shop.member().points == 0


def test_p9_a_later_purchase_keeps_the_prize_when_an_earlier_one_is_taken_back(shop: Shop) -> None:
    chase(shop, gives="points", points=30)
    first, *_ = [cups(shop, 1) for _ in range(4)]
    assert shop.void(first).moved == ()
    assert (shop.member().points, shop.member().progress["three"].have) == (30, 0)


def test_p9_a_spent_prize_is_owed_when_it_is_taken_back(shop: Shop) -> None:
    chase(shop)
    first, *_ = [cups(shop, 1) for _ in range(3)]
    free = cups(shop)
    assert free.due_minor == 0
    shop.void(first)
    assert (shop.rewards(), shop.member().owed.stamps) == (0, {"three": 1})


def test_p9_a_refund_of_the_goods_alone_is_enough(shop: Shop) -> None:
    chase(shop, gives="credit", credit_minor=500)
    cups(shop)
    mixed = shop.sell(None, item("cappuccino"), goods("cake", 50 * T))
    cups(shop)
    assert shop.member().credit_minor == 500
    shop.refund(mixed, None, (2, 1))
    assert shop.member().credit_minor == 500
    back = shop.refund(mixed, None, (1, 1))
    assert shop.member().credit_minor == 0
    assert [(one.unit, one.amount) for one in back.moved] == [("credit", -500)]


STREAKS = {
    "weeks": ("2026-11-21", "2026-11-28", "2026-12-19", "2026-12-26", "2027-01-07"),
    "months": ("2026-11-10", "2026-11-30", "2027-02-01", "2027-03-01", "2027-04-02"),
}


@pytest.mark.parametrize("count", STREAKS)
def test_p9_a_streak_is_won_in_a_row_and_breaks_with_a_gap(shop: Shop, count: str) -> None:
    first, second, third, fourth, fifth = [f"{day}T12:00" for day in STREAKS[count]]
    shop.publish("streak", "challenge", times=3, count=count, gives="points", points=5)
    shop.clock.at(first)
    shop.sell(100 * T)
    assert [line.code for line in shop.sell(100 * T).trace] == ["challenge_again"]
    assert shop.member().progress["streak"].have == 1
    shop.clock.at(second)
    shop.sell(100 * T)
    shop.clock.at(third)
    assert shop.member().progress["streak"].have == 0
    assert shop.sell(100 * T).won == ()
    shop.clock.at(fourth)
    shop.sell(100 * T)
    shop.clock.at(fifth)
    assert shop.member().progress["streak"].have == 2
    assert [one.points for one in shop.sell(100 * T).won] == [5]
    assert [line.facts["have"] for line in shop.sell(100 * T).trace] == [0]


def test_p9_a_sale_named_afterwards_counts_too(shop: Shop) -> None:
    chase(shop, gives="points", points=5)
    cups(shop)
    cups(shop)
    sale = shop.sell(None, item("cappuccino"), member=None)
    view = shop.service.do(AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert [one.points for one in view.won] == [5]
    assert shop.member().points == 5
    shop.void(sale)
    assert shop.member().points == 0


PRIZES = [
    {"name": "Cup", "chances": 10, "gives": "free_item", "worth_minor": 500},
    {"name": "Fifty", "chances": 40, "gives": "points", "amount": 50, "worth_minor": 100},
    {"name": "Credit", "chances": 50, "gives": "credit", "amount": 20, "worth_minor": 20},
]


def test_p9_a_draw_can_be_worked_out_again_by_anybody_once_its_seed_is_told(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=200, prizes=PRIZES)
    sales = [shop.sell(100 * T) for _ in range(60)]
    before = shop.service.ask(gq.Draws(programme="draw"))
    assert before.seeds[0].seed == ""
    told = shop.service.do(g.RevealDraw(posting_id="r", programme="draw"))
    assert told == shop.service.do(g.RevealDraw(posting_id="r", programme="draw"))
    rule = shop.service._desk.book.live_named("draw").revision.rule
    assert isinstance(rule, EarnRule) and rule.odds is not None
    first, second = told.seeds
    assert sha256(first.seed.encode()).hexdigest() == before.seeds[0].commitment == first.commitment
    assert (second.seed, second.draws) == ("", ())
    for number, (one, sale) in enumerate(zip(first.draws, sales, strict=True), 1):
        drawn, prize = draw(rule.odds, first.seed, number)
        assert (one.number, one.sale_id) == (number, sale.sale_id)
        assert (one.drawn, one.prize) == (drawn, prize.name if prize else "")
        assert (sale.won[0].drawn, sale.won[0].prize) == (one.drawn, one.prize)
    assert {one.prize for one in first.draws} == {"", "Cup", "Fifty", "Credit"}


def test_p9_a_quote_says_the_odds_and_never_what_comes_up(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=[{**PRIZES[1], "chances": 1}])
    quoted = shop.quote(100 * T)
    assert [(line.code, line.short.en) for line in quoted.trace] == [("draw_now", "draws once: 1 in 2 win")]
    assert (quoted.won, quoted.earned.points) == ((), 0)


def test_p9_a_draws_budget_is_never_passed_and_it_rests_while_every_prize_is_still_there(shop: Shop) -> None:
    sure = [{**PRIZES[1], "chances": 2}]
    shop.publish("draw", "draw", {"limits": {"budget_minor": 350}}, out_of=2, prizes=sure)
    sales = [shop.sell(100 * T) for _ in range(5)]
    assert [len(sale.won) for sale in sales] == [1, 1, 1, 0, 0]
    assert [line.code for line in sales[4].trace] == ["budget_spent"]
    assert shop.member().points == 150
    shop.proved()
    shop.void(sales[0])
    assert shop.member().points == 100
    assert len(shop.sell(100 * T).won) == 1


def test_p9_a_void_takes_the_draw_back_with_its_prize(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=[{**PRIZES[0], "chances": 2}])
    sale = shop.sell(100 * T)
    assert shop.rewards() == 1
    shop.void(sale)
    assert shop.rewards() == 0
    told = shop.service.ask(gq.Draws(programme="draw"))
    assert [one.taken_back for one in told.seeds[0].draws] == [True]


@pytest.mark.parametrize("limit", ["per_member", "per_member_day"])
@pytest.mark.parametrize("prize", PRIZES, ids=[str(one["gives"]) for one in PRIZES])
@pytest.mark.parametrize("refunded", [False, True], ids=["void", "refund"])
def test_a_win_from_before_a_merge_frees_its_limit_when_it_is_taken_back_after_it(
    shop: Shop, *, limit: str, prize: dict[str, Any], refunded: bool
) -> None:
    shop.enrol("B")
    shop.publish("draw", "draw", {"limits": {limit: 1}}, out_of=2, prizes=[{**prize, "chances": 2}])
    sale = shop.sell(100 * T, member="B")
    shop.service.do(MergeMembers(keep="A", drop="B"))
    assert shop.sell(100 * T).won == ()
    if refunded:
        shop.refund(sale, 100 * T)
    else:
        shop.void(sale)
    shop.proved()
    assert len(shop.sell(100 * T).won) == 1
    assert shop.sell(100 * T).won == ()


def test_golden_p7_one_survey_is_one_point_once(shop: Shop) -> None:
    shop.publish("survey", "participation", what="survey", question="How was it", points=1)
    assert [one.programme for one in shop.member().playing.asks] == ["survey"]
    ask = g.RecordParticipation(posting_id="a", member="A", programme="survey", answer="fine")
    view = shop.service.do(ask)
    assert (view.points, shop.member().points, shop.member().playing.asks) == (1, 1, ())
    assert view.why.en == "1 point for taking part."
    assert shop.service.do(ask) == view
    with shop.refuses("answered_already"):
        shop.service.do(g.RecordParticipation(posting_id="b", member="A", programme="survey", answer="again"))
    told = shop.service.ask(gq.Participations(programme="survey"))
    assert (told.count, told.by_answer, told.last[0].answer) == (1, {"fine": 1}, "fine")


def test_golden_p17_gold_sees_other_prizes_than_bronze(shop: Shop) -> None:
    shop.enrol("B")
    shop.publish("points", "points", step_minor=10 * T)
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "gold", "from": 10_000 * T}])
    shop.publish("mug", "prize", {"audience": {"tiers": ["bronze"]}}, what="Mug", price_points=5)
    shop.publish("dinner", "prize", {"audience": {"tiers": ["gold"]}}, what="Dinner", price_points=5)
    shop.sell(20_000 * T)
    shop.sell(500 * T, member="B")
    seen = {
        card: [one.programme for one in shop.service.ask(Claimables(member=card)).items if one.at_most]
        for card in "AB"
    }
    assert seen == {"A": ["dinner"], "B": ["mug"]}
    with shop.refuses("claim_refused", reason="other_tier"):
        shop.service.do(ClaimReward(posting_id="x", member="B", programme="dinner"))


def claim(shop: Shop, key: str) -> ClaimView:
    view: ClaimView = shop.service.do(ClaimReward(posting_id=key, member="A", programme="cake"))
    return view


def test_p17_stock_capacity_and_the_promised_time_hold_and_the_queue_is_worked_off(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1 * T)
    shop.sell(1_000 * T)
    shop.publish("cake", "prize", what="Cake", price_points=10, stock=3, a_day=2, ready_minutes=60)
    claims = [claim(shop, f"c{n}") for n in range(3)]
    assert [one.ready_day for one in claims] == ["2026-11-21", "2026-11-21", "2026-11-22"]
    assert not claims[0].handed
    with shop.refuses("claim_refused", reason="out_of_stock", left=0):
        claim(shop, "c4")
    waiting = shop.service.ask(gq.HandOvers()).waiting
    assert [one.claim for one in waiting] == ["c0", "c1", "c2"]
    handed = shop.service.do(g.HandOver(posting_id="h", claim="c0"))
    assert handed.handed and handed == shop.service.do(g.HandOver(posting_id="h", claim="c0"))
    with shop.refuses("handed_over"):
        shop.service.do(g.HandOver(posting_id="h2", claim="c0"))
    shop.service.do(UndoClaim(posting_id="c1"))
    assert [one.claim for one in shop.service.ask(gq.HandOvers()).waiting] == ["c2"]
    assert claim(shop, "c5").ready_day == "2026-11-21"


def test_p17_guests_are_invited_checked_in_on_the_day_and_thanked_once(shop: Shop) -> None:
    shop.publish("night", "invitation", title="Tasting", day="2026-11-23", places=1, points=7)
    shop.enrol("B")
    with shop.refuses("no_places_left", places=1):
        shop.service.do(g.Invite(posting_id="i", programme="night", members=("A", "B")))
    view = shop.service.do(g.Invite(posting_id="i", programme="night", members=("A",)))
    assert (view.invited, view.places_left) == (1, 0)
    come = g.CheckIn(posting_id="k", programme="night", member="A")
    with shop.refuses("not_the_day", day="2026-11-23"):
        shop.service.do(come)
    shop.clock.on(days=2)
    assert shop.service.do(come).points == 7
    assert shop.service.do(come).points == 7
    assert shop.member().points == 7
    with shop.refuses("not_invited"):
        shop.service.do(g.CheckIn(posting_id="k2", programme="night", member="B"))
    assert [one.came for one in shop.service.ask(gq.Guests(programme="night")).guests] == [True]


def test_p17_coming_back_after_a_long_time_is_a_gift_every_time(shop: Shop) -> None:
    shop.publish("back", "event_gift", event="back", idle_days=60, points=5)
    assert [line.code for line in shop.sell(100 * T).trace] == ["never_here"]
    shop.clock.on(days=59)
    assert [line.code for line in shop.sell(100 * T).trace] == ["back_too_soon"]
    for _ in range(2):
        shop.clock.on(days=60)
        assert shop.sell(100 * T).earned.points == 5


def test_golden_p13_who_is_interested_in_grinders_gets_the_grinder_news_and_others_do_not(shop: Shop) -> None:
    for card, interests, consent in (
        ("B", ("Grinder",), True),
        ("C", ("grinder",), False),
        ("D", ("tea",), True),
    ):
        shop.service.do(EnrolMember(card=card, interests=interests, consent=consent, name=card))
    found = shop.service.ask(gq.NewsFor(interest="grinder"))
    assert ([one.name for one in found.members], found.next) == (["B"], None)


def test_golden_p15_the_usual_and_the_preferences_are_shown_on_scan(shop: Shop) -> None:
    shop.product("double", 150 * T, "hot")
    shop.service.do(g.SetPreferences(posting_id="p", member="A", preferences=("low-fat",)))
    for _ in range(3):
        cups(shop, sku="double")
    cups(shop)
    found = shop.identify("A").member
    assert found is not None
    assert [(one.name, one.times, one.of) for one in found.playing.usual] == [("double", 3, 4)]
    assert found.playing.preferences == ("low-fat",)
    following = found.playing.next
    assert following is not None
    assert (following.sku, following.reason, following.bought_times) == ("latte", "of_group", 4)


FIRMS = ("photo", "decor", "makeup", "catering")


@pytest.fixture
def chain(shop: Shop, tmp_path: Path) -> Iterator[dict[str, Shop]]:
    """Four firms of a wedding, each with its own file, that know the shop; and the shop knows them."""
    firms = {
        name: Shop(tmp_path / f"{name}.db", HeldClock(), chance=n, name=name)
        for n, name in enumerate(FIRMS, 7)
    }
    ours = shop.service.do(g.MakePartnerCard(posting_id="key"))
    for name, firm in firms.items():
        theirs = firm.service.do(g.MakePartnerCard(posting_id="key"))
        firm.service.do(g.PutPartner(key="cafe", name="Cafe", shop=ours.shop, public_key=ours.public_key))
        shop.service.do(g.PutPartner(key=name, name=name, shop=theirs.shop, public_key=theirs.public_key))
    yield firms
    for firm in firms.values():
        firm.proved()
        firm.close()


def bundle(shop: Shop, value: int = 1_000 * T, key: str = "wedding") -> dict[str, str]:
    vouchers = tuple(
        g.PartnerVoucher(partner=name, value_minor=value, expires="2026-12-31") for name in FIRMS
    )
    view = shop.service.do(g.IssuePartnerVouchers(posting_id=key, vouchers=vouchers, member="A"))
    return {one.partner: one.token for one in view.vouchers}


def test_golden_p8_a_wedding_chain_honours_the_bundle_and_settles_it(
    shop: Shop, chain: dict[str, Shop]
) -> None:
    tokens = bundle(shop)
    assert tokens == bundle(shop), "the same request shows the same vouchers"
    for name, token in tokens.items():
        assert len(token) == 167
        firm = chain[name]
        assert firm.service.ask(gq.CheckToken(token=token)).value_minor == 1_000 * T
        view = firm.service.do(g.HonourVoucher(posting_id="in", token=token))
        assert view == firm.service.do(g.HonourVoucher(posting_id="in", token=token.lower()))
        sale = firm.sell(1_500 * T, member=None, gift_cards=(token,))
        assert (sale.due_minor, sale.paid_by.gift_card_minor) == (500 * T, 1_000 * T)
        sheet = firm.service.ask(gq.Settlement(partner="cafe"))
        assert (sheet.they_owe_minor, sheet.we_owe_minor) == (1_000 * T, 0)
    photo = tokens["photo"]
    given = shop.service.do(g.SettlePartner(posting_id="s", partner="photo", tokens=(photo, photo, "x")))
    assert (given.accepted, given.value_minor) == (1, 1_000 * T)
    assert [(one.place, one.code) for one in given.refused] == [
        (2, "token_presented"),
        (3, "token_unreadable"),
    ]
    sheet = shop.service.ask(gq.Settlement(partner="photo"))
    assert (sheet.we_owe_minor, sheet.open_minor, [one.state for one in sheet.lines]) == (
        1_000 * T,
        0,
        ["settled"],
    )


def test_p8_every_bad_token_is_refused_with_its_reason(shop: Shop, chain: dict[str, Shop]) -> None:
    tokens, photo = bundle(shop), chain["photo"]

    def refused(token: str, code: str) -> None:
        with photo.refuses(code):
            photo.service.do(g.HonourVoucher(posting_id="t", token=token))

    refused(tokens["decor"], "token_for_another_shop")
    refused(tokens["photo"][:-1], "token_unreadable")
    middle = "A" if tokens["photo"][60] != "A" else "B"
    refused(tokens["photo"][:60] + middle + tokens["photo"][61:], "token_forged")
    stranger = bundle(shop, key="second")["photo"]
    photo.service.do(g.HonourVoucher(posting_id="one", token=tokens["photo"]))
    refused(tokens["photo"], "token_presented")
    photo.clock.on(days=60)
    refused(stranger, "token_expired")
    own = shop.service.ask(gq.Partners())
    photo.service.do(
        g.PutPartner(key="cafe", name="Cafe", shop=own.shop, public_key=own.public_key, cap_minor=5)
    )
    photo.clock.on(days=-60)
    refused(stranger, "token_over_cap")
    photo.service.do(
        g.PutPartner(key="cafe", name="Cafe", shop=own.shop, public_key=own.public_key, live=False)
    )
    refused(stranger, "token_unknown_issuer")


def test_p8_of_thousands_of_random_alterations_none_is_accepted(shop: Shop, chain: dict[str, Shop]) -> None:
    token, desk = bundle(shop)["photo"], chain["photo"].service._desk
    assert presented(desk, token).token.value_minor == 1_000 * T
    random, letters, accepted = Random(8), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 0
    for _ in range(examples(10_000)):
        changed = list(token)
        for place in random.sample(range(len(token)), random.choice((1, 1, 1, 2, 3, 10))):
            changed[place] = random.choice([one for one in letters if one != token[place]])
        try:
            presented(desk, "".join(changed))
        except Rejection:
            continue
        accepted += 1
    assert accepted == 0
