"""Memberships and contracts at the counter, key for key over the real shop."""

from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.commands import PublishProgramme
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.text import strip_isolates
from loyalty_pos.ui.counter.state import Begun, ClaimList
from loyalty_pos.ui.pages import counter_words, list_words, term_words
from loyalty_pos.ui.pages.said_words import said_words
from tests.languages import language
from tests.ui.counter import real_shop
from tests.ui.counter.goods_shop import SARA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]
EN = language("en")


def publish(path: Path, key: str, kind: str, when: dict[str, Any] | None = None, **params: Any) -> None:
    service = open_shop(path)
    service.do(PublishProgramme(key=key, kind=kind, name=key, params=params, when=when or {}))
    service.close()


@pytest.fixture
def club(counter: Counter) -> Counter:
    publish(counter.path, "vip", "vip", fee_minor=5_000_000, term_months=12, grace_days=10)
    publish(counter.path, "deal", "contract", months=6, promised_visits=12, discount_bp=9000)
    publish(counter.path, "good", "charity", rate_bp=1000, cause="مدرسه")
    counter.rig.page.flow.start()
    counter.rig.settle()
    return counter


def toast(counter: Counter) -> tuple[str, str]:
    shown = counter.rig.state.toast
    assert isinstance(shown, Begun)
    title, more = counter_words.toast_words(shown, EN, paper="")
    return strip_isolates(title), strip_isolates(more)


def choose(counter: Counter, key: str) -> None:
    """Open the list and walk down to a row."""
    counter.do("F12")
    listing = counter.rig.state.listing
    assert isinstance(listing, ClaimList)
    for _ in range([row.programme for row in listing.rows].index(key)):
        counter.do("Down")


def terms(counter: Counter) -> list[str]:
    return [one.programme for one in real_shop.member(counter.path, SARA).terms]


def test_a_membership_is_sold_with_two_keys_and_taken_back_with_one(club: Counter) -> None:
    club.scan(SARA)
    choose(club, "vip")
    listing = club.rig.state.listing
    assert isinstance(listing, ClaimList)
    row = list_words.listed(listing, EN)[listing.chosen]
    assert (strip_isolates(row.detail), row.chip) == ("500,000 T", "")
    assert ("Enter", "sell") in list_words.list_keys(listing, EN)
    club.do("Enter")
    title, more = toast(club)
    assert title == "Sold: vip"
    assert more.startswith("500,000 T to pay · until ")
    assert terms(club) == ["vip"]
    member = club.rig.state.member
    assert member is not None
    assert strip_isolates(term_words.held(member, EN)).endswith("paid 500,000, saved 0 T")
    club.do("Ctrl+z")
    assert toast(club) == ("Taken back: vip", "500,000 T to pay back")
    assert terms(club) == []


def test_a_contract_that_costs_something_ends_with_a_second_enter_alone(club: Counter) -> None:
    club.scan(SARA)
    choose(club, "deal")
    club.do("Enter")
    assert toast(club)[0] == "Contract begun: deal"
    club.do("900.")
    club.do("Enter")
    club.rig.settle()
    club.scan(SARA)
    choose(club, "deal")
    listing = club.rig.state.listing
    assert isinstance(listing, ClaimList)
    assert ("Enter", "end") in list_words.list_keys(listing, EN)
    detail = strip_isolates(list_words.listed(listing, EN)[listing.chosen].detail)
    assert "is owed when it ends now" in detail and "1 of 12 purchases" in detail
    club.do("Enter")
    assert terms(club) == ["deal"]
    said = club.rig.state.said
    assert said is not None and said.code == "ends_contract"
    assert said_words(said, EN)[1] == "Enter once more ends it"
    club.do("Enter")
    title, more = toast(club)
    assert title == "Contract ended: deal" and more.endswith("to pay")
    assert (terms(club), real_shop.member(club.path, SARA).owed.credit_minor) == ([], 0)


def test_what_is_pledged_is_seen_while_the_sale_is_priced(club: Counter) -> None:
    club.do("100.")
    items = [strip_isolates(item.amount) for item in counter_words.earnings(club.rig.state, EN)]
    assert "10,000 T to مدرسه" in items
