"""Whoever is scanned before the shop is open is named as the counter names them, and nothing is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app.commands import CreateShop, EnrolMember
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.front import Service
from loyalty_pos.app.queries import Member
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.store.glance import name_at

TEXTS = (
    *("CARD-000007", "card-000007", " CARD-000007 ", "CARD000007", "4410339108", "۴۴۱۰۳۳۹۱۰۸", "0912-CARD"),
    *("09121112233", "۰۹۱۲۱۱۱۲۲۳۳", "+98 912 111 2233", "9121112233", "0912111", "2233", "\u200f09121112233"),
    *("Mina", "Mina One", "", "  ", "x" * 201, "7" * 28, "'; DROP TABLE person", "\ud800"),
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Service]:
    service = open_shop(tmp_path / "shop.db")
    service.do(CreateShop(name="Café"))
    service.do(EnrolMember(phone="09121112233", card="CARD-000007", name="Mina One"))
    service.do(EnrolMember(phone="09121112234", card="4410339108", name="سارا احمدی"))
    service.do(EnrolMember(phone="09121112235", card="0912-CARD", name="Darius"))
    service.do(EnrolMember(phone="09121112236", card="NAMELESS", name=""))
    yield service
    service.close()


def known(service: Service, text: str) -> str | None:
    """Name a member found exactly: a few digits or letters are a guess, and guessing is the counter's."""
    try:
        return service.ask(Member(member=text)).name or None
    except (Rejection, InvalidRequest):
        return None


@pytest.mark.parametrize("text", TEXTS)
def test_a_scan_is_named_as_the_counter_names_it(shop: Service, tmp_path: Path, text: str) -> None:
    assert name_at(tmp_path / "shop.db", text) == known(shop, text)


def test_the_texts_of_this_test_name_some_and_not_others(shop: Service, tmp_path: Path) -> None:
    named = [text for text in TEXTS if name_at(tmp_path / "shop.db", text)]
    assert {"CARD-000007", "۴۴۱۰۳۳۹۱۰۸", "+98 912 111 2233", "0912-CARD"} <= set(named)
    assert len(named) < len(TEXTS)


def test_a_member_number_names_its_member_and_one_without_a_name_nobody(
    shop: Service, tmp_path: Path
) -> None:
    member = shop.ask(Member(member="CARD-000007")).member
    assert name_at(tmp_path / "shop.db", member) == "Mina One"
    assert name_at(tmp_path / "shop.db", "NAMELESS") is None


def test_a_phone_is_read_as_dialled_in_the_shops_country(tmp_path: Path) -> None:
    service = open_shop(tmp_path / "berlin.db")
    service.do(CreateShop(name="Café", currency="EUR", time_zone="Europe/Berlin", calendar="gregorian"))
    service.do(EnrolMember(phone="0151 23456789", name="Mina"))
    service.close()
    assert name_at(tmp_path / "berlin.db", "+49 151 23456789") == "Mina"
    assert name_at(tmp_path / "berlin.db", "0151-23456789") == "Mina"


def test_whoever_was_merged_away_is_left_to_the_counter(shop: Service, tmp_path: Path) -> None:
    shop.do(MergeMembers(keep="CARD-000007", drop="4410339108"))
    assert known(shop, "09121112234") == "Mina One"
    assert name_at(tmp_path / "shop.db", "09121112234") is None
    assert name_at(tmp_path / "shop.db", "4410339108") == "Mina One"  # the card moved with its owner


@pytest.mark.parametrize(
    "content", [b"", b"x", b"not a shop at all " * 100, b"SQLite format 3\0" + bytes(4080)]
)
def test_a_file_that_is_no_shop_names_nobody_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(content)
    assert name_at(path, "CARD-000007") is None
    assert path.read_bytes() == content


def test_a_shop_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert name_at(tmp_path / "shop.db", "CARD-000007") is None
    assert list(tmp_path.iterdir()) == []


def test_looking_writes_nothing_into_the_shop(shop: Service, tmp_path: Path) -> None:
    shop.close()
    path = tmp_path / "shop.db"
    before = path.read_bytes()
    assert name_at(path, "CARD-000007") == "Mina One"
    assert path.read_bytes() == before
    again = open_shop(path)
    assert known(again, "CARD-000007") == "Mina One"
    again.close()
