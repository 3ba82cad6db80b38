"""Prizes handed over without a sale and benefits for points, key for key over the real shop."""

from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.state import Claimed, ClaimList
from loyalty_pos.ui.pages import counter_words, list_words
from loyalty_pos.ui.pages.said_words import said_words
from tests.languages import language
from tests.ui.counter import real_shop
from tests.ui.counter.goods_shop import CAKE, HAMID, SARA, TEA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


def publish(path: Path, key: str, kind: str, **params: Any) -> None:
    service = open_shop(path)
    service.do(PublishProgramme(key=key, kind=kind, name=key, params=params))
    service.close()


@pytest.fixture
def prizes(counter: Counter) -> Counter:
    publish(counter.path, "mug", "prize", what="ماگ", price_points=200)
    publish(counter.path, "cap", "prize", what="کلاه", price_points=9_000)
    counter.rig.page.flow.start()
    counter.rig.settle()
    return counter


def points(counter: Counter, card: str = SARA) -> int:
    return real_shop.member(counter.path, card).points


def test_a_prize_is_two_keys_away_and_one_more_takes_it_back(prizes: Counter) -> None:
    before = points(prizes)
    prizes.scan(SARA)
    prizes.do("F12")
    listing = prizes.rig.state.listing
    assert isinstance(listing, ClaimList)
    rows = list_words.listed(listing, language("en"))
    assert rows[0].chip == "1 ready"
    assert [row.key for row in rows] == ["drinks", "mug", "cap"]
    assert "points are missing" in rows[2].detail
    prizes.do("Down Enter")
    toast = prizes.rig.state.toast
    assert isinstance(toast, Claimed) and toast.claim.points == 200
    assert counter_words.toast_words(toast, language("en"), paper="") == (
        "Hand over: One ماگ", f"200 points taken · {before - 200:,} left",
    )  # fmt: skip
    assert (points(prizes), prizes.rig.state.listing) == (before - 200, None)
    assert prizes.rig.state.member is not None and prizes.rig.state.member.points == before - 200
    prizes.do("Ctrl+z")
    assert points(prizes) == before
    toast = prizes.rig.state.toast
    assert isinstance(toast, Claimed) and toast.claim.undone
    assert counter_words.toast_words(toast, language("en"), paper="")[0] == "Handed back: One ماگ"
    sales = len(prizes.sales())
    prizes.do("Ctrl+z")  # what was handed back already is not taken back again; a member stands here
    assert len([sale for sale in prizes.sales() if not sale.voided]) == sales


def test_an_earned_reward_is_handed_over_and_a_change_made_later_is_undone_first(prizes: Counter) -> None:
    prizes.scan(SARA)
    prizes.do("F12")
    prizes.do("Enter")
    toast = prizes.rig.state.toast
    assert isinstance(toast, Claimed) and toast.claim.rewards == 1
    assert counter_words.toast_words(toast, language("en"), paper="")[0].startswith("Hand over: One free")
    assert not real_shop.member(prizes.path, SARA).rewards
    prizes.do("100.")
    prizes.do("Alt+1")
    prizes.do("Ctrl+z")
    assert not real_shop.member(prizes.path, SARA).rewards
    prizes.do("Esc")


def test_what_was_handed_over_today_can_be_taken_back_from_the_list_later(prizes: Counter) -> None:
    before = points(prizes)
    prizes.scan(SARA)
    prizes.do("F12")
    prizes.do("Down Enter")
    prizes.rig.page.flow.toast_ended()
    prizes.do("F12")
    listing = prizes.rig.state.listing
    assert isinstance(listing, ClaimList)
    assert list_words.list_title(listing, language("en"))[1].endswith("handed over today: One ماگ")
    assert ("Ctrl Z", "take back") in list_words.list_keys(listing, language("en"))
    prizes.do("Ctrl+z")
    assert (points(prizes), prizes.rig.state.listing) == (before, None)
    prizes.do("F12")
    listing = prizes.rig.state.listing
    assert isinstance(listing, ClaimList) and listing.last is None


def test_what_is_too_dear_is_said_and_nothing_happens(prizes: Counter) -> None:
    before = points(prizes)
    prizes.scan(SARA)
    prizes.do("F12")
    prizes.do("Down")
    prizes.do("Down Enter")
    said = prizes.rig.state.said
    assert said is not None and said.code == "not_to_claim"
    assert said_words(said, language("en"))[0] == "This one cannot be handed over yet"
    assert points(prizes) == before
    prizes.do("F12")
    assert prizes.rig.state.listing is None


def test_the_list_goes_when_another_member_comes_and_asks_for_one_first(prizes: Counter) -> None:
    prizes.do("F12")
    said = prizes.rig.state.said
    assert said is not None and said.code == "member_first"
    prizes.scan(SARA)
    prizes.do("F12")
    prizes.scan(HAMID)
    assert prizes.rig.state.listing is None
    assert prizes.rig.state.member is not None and prizes.rig.state.member.name == "حمید رضایی"


def test_without_prizes_the_list_says_where_they_are_made(counter: Counter) -> None:
    counter.scan(HAMID)
    counter.do("F12")
    listing = counter.rig.state.listing
    assert isinstance(listing, ClaimList) and not listing.rows
    assert list_words.list_title(listing, language("en"))[0] == "Nothing to hand over"
    assert not counter.rig.state.claimable
    counter.do("Enter")
    assert counter.rig.state.toast is None


def test_points_somebody_else_spent_meanwhile_are_refused_and_trying_again_is_the_same_claim(
    prizes: Counter,
) -> None:
    publish(prizes.path, "mug", "prize", what="ماگ", price_points=400)
    prizes.scan(SARA)
    prizes.do("F12")
    publish(prizes.path, "mug", "prize", what="ماگ", price_points=8_000)
    before = points(prizes)
    prizes.do("Down Enter")
    said = prizes.rig.state.said
    assert said is not None and getattr(said.problem, "code", "") == "not_enough_points"
    publish(prizes.path, "mug", "prize", what="ماگ", price_points=400)
    prizes.do("Enter")
    assert points(prizes) == before - 400


def test_a_discount_for_points_is_offered_and_taken_only_when_switched_on(counter: Counter) -> None:
    publish(counter.path, "treat", "percent_off", rate_bp=3000, groups=["کیک"], price_points=200)
    counter.rig.page.flow.start()
    before = points(counter)
    counter.scan(SARA)
    counter.do("F4")
    counter.scan(CAKE)
    counter.scan(TEA)
    rows = {row.title: row for row in _rows(counter)}
    offer = rows[language("en").name("treat")]
    assert (offer.state, offer.reason) == ("available", "uses 200 points, 43,500 T off")
    quote = counter.rig.state.quote
    assert quote is not None
    plain = quote.due_minor
    counter.do(offer.keycap.replace(" ", "+"))
    taken = {row.title: row for row in _rows(counter)}[language("en").name("treat")]
    assert taken.state == "on" and "uses 200 points" in taken.reason
    quote = counter.rig.state.quote
    assert quote is not None and quote.due_minor < plain
    counter.do(taken.keycap.replace(" ", "+"))
    quote = counter.rig.state.quote
    assert quote is not None and quote.due_minor == plain
    counter.do("Ctrl+z")
    counter.do("F9")
    sale = counter.sales()[0]
    assert sale.points_given == 200
    assert points(counter) == before - 200 + sale.earned.points


def test_two_offers_the_points_are_too_few_for_leave_the_sale_as_it_was(counter: Counter) -> None:
    for key in ("one", "two"):
        publish(counter.path, key, "percent_off", rate_bp=3000, groups=["کیک"], price_points=400)
    counter.rig.page.flow.start()
    counter.scan(SARA)
    counter.do("F4")
    counter.scan(CAKE)
    counter.scan(TEA)
    keycaps = [row.keycap.replace(" ", "+") for row in _rows(counter) if "uses 400 points" in row.reason]
    assert len(keycaps) == 2, [row.reason for row in _rows(counter)] + [points(counter)]
    counter.do(keycaps[0])
    assert counter.rig.state.accepted == {"one"}
    counter.rig.page.flow.desk.change(accepted=frozenset({"one", "two"}))
    counter.rig.page.flow.pricing.reprice()
    counter.rig.settle()
    said = counter.rig.state.said
    assert said is not None and getattr(said.problem, "code", "") == "not_enough_points"
    assert counter.rig.state.accepted == frozenset() and counter.rig.state.quote is not None


def _rows(counter: Counter) -> tuple[counter_words.BenefitWords, ...]:
    return counter_words.benefits(counter.rig.state, "2026-11-22", language("en"))


def test_f3_asks_who_brought_the_new_member_only_where_that_gives_something(counter: Counter) -> None:
    counter.do("F3")
    join = counter.rig.state.join
    assert join is not None and join.brought_by is None
    assert not counter.rig.page.who.join.brought_by.isVisibleTo(counter.rig.page.who.join)
    counter.do("Esc")
    publish(counter.path, "brings", "event_gift", event="referrer", points=70)
    counter.rig.page.flow.start()
    counter.rig.settle()
    before = points(counter, HAMID)
    counter.do("F3")
    form = counter.rig.page.who.join
    assert form.brought_by.isVisibleTo(form)
    counter.do("09125550101")
    form.brought_by.setFocus()
    counter.do("09990000000 Enter")
    said = counter.rig.state.said
    assert said is not None and getattr(said.problem, "code", "") == "unknown_referrer"
    form.brought_by.clear()
    form.brought_by.setFocus()
    counter.do("09351116789 Enter")
    member = counter.rig.state.member
    assert member is not None and member.phone == "+989125550101"
    counter.do("100. F9")
    assert points(counter, HAMID) == before + 70
