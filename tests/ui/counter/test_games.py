"""The counter's games: a nudge on the scan, a rating in one key, prizes and guests, a partner's voucher."""

from pathlib import Path
from typing import Any

from loyalty_pos.app import commands_games as g
from loyalty_pos.app.commands import ClaimReward, PublishProgramme
from loyalty_pos.app.queries_games import Guests, HandOvers, Participations
from loyalty_pos.app.queries_lifetime import Day
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import ClaimList, Recorded
from loyalty_pos.ui.pages import counter_words, list_words
from loyalty_pos.ui.pages.hint_words import hint_of
from tests.languages import language
from tests.shop import HeldClock, Shop
from tests.ui.counter.goods_shop import CAKE, CROISSANT, HAMID, SARA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


def on_file(path: Path, *requests: Any) -> Any:
    """Do commands and queries on the file; returns the last answer."""
    service, answer = open_shop(path), None
    for request in requests:
        asked = type(request) in (Day, Guests, HandOvers, Participations)
        answer = service.ask(request) if asked else service.do(request)
    service.close()
    return answer


def published(counter: Counter, key: str, kind: str, **params: Any) -> None:
    on_file(counter.path, PublishProgramme(key=key, kind=kind, name=key, params=params))
    counter.rig.page.flow.start()
    counter.rig.settle()


def test_a_member_one_cake_short_is_told_of_on_the_scan_and_wins_with_the_next(counter: Counter) -> None:
    gift = {"gives": "points", "points": 5, "badge": "Cake"}
    published(counter, "cake2", "challenge", sku="cake", times=2, within_days=9, **gift)
    counter.do("F4")
    said = []
    for goods in ((CAKE,), (CAKE, CROISSANT)):
        counter.scan(HAMID)
        member = counter.rig.state.member
        assert member is not None
        said.append(hint_of(member, language("en")))
        for each in goods:
            counter.scan(each)
        counter.do("F9")
    assert said[0] == ""
    assert "1 more" in said[1] and "until" in said[1]
    toast = counter.rig.state.toast
    assert isinstance(toast, Recorded)
    assert "badge" in counter_words.toast_words(toast, language("en"), paper="")[1]
    assert counter.sales()[0].won[0].points == 5


def test_a_rating_is_one_key_after_the_sale_and_going_on_declines_it(counter: Counter) -> None:
    published(counter, "stars", "participation", what="feedback", points=1, each="day")
    counter.scan(SARA)
    counter.do("50 Tab Enter")
    toast = counter.rig.state.toast
    assert isinstance(toast, Recorded) and toast.ask is not None
    assert "Alt 5" in counter_words.toast_words(toast, language("en"), paper="")[1]
    counter.do("Alt+4")
    told = on_file(counter.path, Participations(programme="stars"))
    assert (told.count, told.average_milli) == (1, 4_000)
    counter.do("Alt+4")
    assert on_file(counter.path, Participations(programme="stars")).count == 1


def test_what_waits_and_todays_event_are_the_first_rows_of_the_prizes(counter: Counter) -> None:
    published(counter, "cake", "prize", what="Cake", price_points=1, ready_minutes=5)
    day = counter.sales()[0].business_day
    published(counter, "night", "invitation", title="Tasting", day="2099-01-01")
    claim = ClaimReward(posting_id="c1", member=SARA, programme="cake")
    assert not on_file(counter.path, claim).handed and day
    counter.scan(SARA)
    counter.do("F12")
    listing = counter.rig.state.listing
    assert isinstance(listing, ClaimList)
    rows = list_words.listed(listing, language("en"))
    assert (rows[0].key, rows[0].name) == ("c1", "Hand over: One Cake")
    counter.do("Enter")
    assert on_file(counter.path, HandOvers()).waiting == ()
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "handed_over_now"


def test_a_partners_voucher_scanned_pays_and_a_forged_one_says_so(counter: Counter, tmp_path: Path) -> None:
    partner = Shop(tmp_path / "photo.db", HeldClock(), name="Photo")
    ours = on_file(counter.path, g.MakePartnerCard(posting_id="k"))
    theirs = partner.service.do(g.MakePartnerCard(posting_id="k"))
    partner.service.do(g.PutPartner(key="us", name="us", shop=ours.shop, public_key=ours.public_key))
    on_file(
        counter.path,
        g.PutPartner(key="photo", name="Photo", shop=theirs.shop, public_key=theirs.public_key),
    )
    given = g.PartnerVoucher(partner="us", value_minor=20_000, expires="2099-01-01")
    token = partner.service.do(g.IssuePartnerVouchers(posting_id="v", vouchers=(given,))).vouchers[0].token
    partner.close()
    other = "B" if token[50] == "A" else "A"
    counter.do("F2")
    counter.rig.page.flow.scanned(token[:50] + other + token[51:])
    counter.rig.settle()
    said = counter.rig.state.said
    assert said is not None and getattr(said.problem, "code", "") == "token_forged"
    for _ in range(2):  # scanned twice it is still one gift card
        counter.rig.page.flow.scanned(token)
        counter.rig.settle()
    assert [card.left_minor for card in counter.rig.state.gift_cards] == [20_000]


def test_what_only_goods_could_bring_is_counted_and_not_said_one_by_one(counter: Counter) -> None:
    for key in ("one", "two", "three"):
        params = {"rate_bp": 500, "groups": ["cake"]}
        on_file(counter.path, PublishProgramme(key=key, kind="percent_off", name=key, params=params))
    counter.rig.page.flow.start()
    counter.rig.settle()
    counter.scan(SARA)
    counter.do("50 Tab")
    rows = counter_words.benefits(counter.rig.state, "2026-11-21", language("en"))
    unused = [row.title for row in rows if row.state == "not_used"]
    assert unused[-1].endswith("more not used")
    assert not any(key in title for title in unused for key in ("one:", "two:", "three:"))


def test_at_the_counter_nobody_is_told_that_a_lot_left_them_out(counter: Counter) -> None:
    params = {"rate_bp": 500, "lane": "member"}
    half: dict[str, object] = {"audience": {"hold_out_bp": 5_000}}
    for key in "abcdefgh":
        on_file(
            counter.path,
            PublishProgramme(key=key, kind="percent_off", name=f"trial {key}", params=params, when=half),
        )
    counter.rig.page.flow.start()
    counter.rig.settle()
    counter.scan(SARA)
    counter.do("50 Tab")
    state, speaker = counter.rig.state, language("en")
    assert state.quote is not None
    left_out = {line.programme_name for line in state.quote.trace if line.code == "held_out"}
    assert left_out
    shown = [row.title for row in counter_words.benefits(state, "2026-11-21", speaker)]
    why = [section.title for section in counter_words.counter_why(state.quote, speaker)]
    assert not any(name in title for name in left_out for title in [*shown, *why])
    whole = [section.title for section in counter_words.why_sections(state.quote, speaker)]
    assert all(any(name in title for title in whole) for name in left_out)


def test_a_guest_is_checked_in_on_the_day_with_two_keys_and_may_be_left_alone(counter: Counter) -> None:
    today = on_file(counter.path, Day()).day
    published(counter, "night", "invitation", title="Tasting", day=today, points=7)
    on_file(counter.path, g.Invite(posting_id="i", programme="night", members=(SARA, HAMID)))
    counter.scan(SARA)
    counter.do("F12")
    listing = counter.rig.state.listing
    assert isinstance(listing, ClaimList)
    assert (listing.rows[0].event, list_words.listed(listing, language("en"))[0].key) == ("night", "night")
    counter.do("Esc")  # declined: nobody is checked in
    assert [one.came for one in on_file(counter.path, Guests(programme="night")).guests] == [False, False]
    counter.do("F12")
    counter.do("Enter")
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "checked_in"
    assert [one.came for one in on_file(counter.path, Guests(programme="night")).guests] == [True, False]
