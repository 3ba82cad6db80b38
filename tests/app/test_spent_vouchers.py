"""A paper that gives nothing any more says why, and since when."""

import pytest

from tests.shop import Shop, T, item


@pytest.fixture
def cafe(shop: Shop) -> Shop:
    shop.enrol("A")
    shop.product("tea", 40 * T, "coffee")
    shop.publish("card", "stamp_card", {"expiry": {"days": 30}}, needed=2, groups=["coffee"])
    shop.sell(None, item("tea", 2))
    return shop


def told(cafe: Shop, code: str) -> tuple[str, str, str | None]:
    found = cafe.identify(code)
    return found.kind, found.spent, found.spent_on


def test_a_used_one_tells_the_day(cafe: Shop) -> None:
    paper = cafe.print_voucher("card")
    cafe.sell(None, item("tea"), vouchers=(paper.code,))
    day = cafe.recent(1)[0].business_day
    cafe.clock.on(days=3)
    cafe.sell(None, item("tea"), decline=("card",))
    assert told(cafe, paper.code) == told(cafe, paper.barcode) == ("nothing", "used", day)


def test_a_sale_taken_back_makes_it_whole_again(cafe: Shop) -> None:
    paper = cafe.print_voucher("card")
    cafe.void(cafe.sell(None, item("tea"), vouchers=(paper.code,)))
    assert told(cafe, paper.code) == ("voucher", "", None)


def test_an_older_print_names_the_newer(cafe: Shop) -> None:
    paper = cafe.print_voucher("card")
    cafe.print_voucher("card")
    assert told(cafe, paper.code) == ("nothing", "reprinted", None)


def test_one_whose_days_are_over_tells_the_last(cafe: Shop) -> None:
    paper = cafe.print_voucher("card")
    assert paper.expires_on is not None
    cafe.clock.on(days=40)
    assert told(cafe, paper.code) == ("nothing", "ended", paper.expires_on)


def test_one_whose_sale_was_taken_back_holds_nothing(cafe: Shop) -> None:
    paper = cafe.print_voucher("card")
    cafe.void(cafe.recent(1)[0])
    assert told(cafe, paper.code) == ("nothing", "gone", None)


def test_one_that_was_never_ours_is_unknown(cafe: Shop) -> None:
    assert told(cafe, "AAAAAA-AAAAAA-AAAAAA") == ("nothing", "", None)
