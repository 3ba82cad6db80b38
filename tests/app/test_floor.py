"""Sales are found by what somebody has in hand, closed days are listed, a member's value adds up."""

from typing import Any

import pytest

from loyalty_pos.app import handlers_floor
from loyalty_pos.app.commands import (
    AttachMember,
    EnrolMember,
    PublishProgramme,
    RecordSale,
    RefundSale,
    Use,
    VoidSale,
)
from loyalty_pos.app.commands_lifetime import CloseDay
from loyalty_pos.app.commands_people import Adjust, MergeMembers
from loyalty_pos.app.floor_views import ClosedDaysView, FoundSalesView, MemberValueView, UnitValueView
from loyalty_pos.app.queries_floor import ClosedDays, FindSales, MemberValue
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import receipt_barcode
from tests.app.shop_fixtures import shop
from tests.app.shop_in_hand import LEILA, SARA, ShopInHand

__all__ = ["shop"]
TODAY = "2026-11-21"


def find(shop: ShopInHand, **asked: Any) -> list[int]:
    """Return the numbers of the sales found on the first page."""
    view: FoundSalesView = shop.ask(FindSales(**asked))
    return [sale.number for sale in view.sales]


def sell(shop: ShopInHand, key: str, amount: int, member: str | None = None, **more: Any) -> None:
    shop.do(RecordSale(sale_id=key, amount_minor=amount, member=member, **more))


@pytest.fixture
def sold(shop: ShopInHand) -> ShopInHand:
    """Seven sales of two days: Sara's, Leila's, nobody's, one with a receipt number, one taken back."""
    sell(shop, "s1", 1_000_000, SARA)
    sell(shop, "s2", 2_000_000)
    sell(shop, "s3", 3_000_000, LEILA, receipt_no="A-77")
    sell(shop, "s4", 4_000_000, SARA)
    shop.do(VoidSale(sale_id="s4"))
    shop.clock.pass_minutes(24 * 60)
    sell(shop, "s5", 5_000_000, LEILA)
    shop.do(RefundSale(refund_id="r5", sale_id="s5", amount_minor=1_000_000))
    sell(shop, "s6", 20, None, receipt_no="2")
    sell(shop, "s7", 7_000_000)
    return shop


def test_without_a_question_the_newest_sales_come_first_a_page_at_a_time(sold: ShopInHand) -> None:
    first: FoundSalesView = sold.ask(FindSales(limit=4))
    assert [sale.number for sale in first.sales] == [7, 6, 5, 4]
    rest: FoundSalesView = sold.ask(FindSales(limit=4, before=first.next))
    assert ([sale.number for sale in rest.sales], rest.next) == ([3, 2, 1], None)


CASES: tuple[tuple[dict[str, Any], list[int]], ...] = (
    ({"text": receipt_barcode(3)}, [3]),
    ({"text": "A-77"}, [3]),
    ({"text": "۴"}, [4]),
    ({"number": 5}, [5]),
    ({"number": 99}, []),
    ({"text": SARA}, [4, 1]),
    ({"text": "0912 345 6789"}, [4, 1]),
    ({"text": "لیلا"}, [5, 3]),
    ({"text": "هیچکس"}, []),
    ({"member": LEILA}, [5, 3]),
    ({"member": LEILA, "day": TODAY}, [3]),
    ({"day": TODAY}, [4, 3, 2, 1]),
    ({"only": "unnamed"}, [7, 6, 2]),
    ({"only": "taken_back"}, [5, 4]),
    ({"only": "taken_back", "day": TODAY}, [4]),
    ({"only": "taken_back", "member": SARA}, [4]),
    ({"amount_minor": 2_000_000}, [2]),
    ({"text": "200000"}, [2]),
    ({"text": "۷۰۰٬۰۰۰"}, [7]),
    ({"text": "950000000000"}, []),
    ({"text": "5", "only": "unnamed"}, []),
    ({"text": "5", "only": "taken_back"}, [5]),
    ({"text": "5", "day": TODAY}, []),
    ({"text": "5", "member": SARA}, []),
    ({"text": "7", "only": "taken_back"}, []),
)


def test_a_sale_is_found_by_what_is_known_of_it(sold: ShopInHand) -> None:
    assert [find(sold, **asked) for asked, _ in CASES] == [numbers for _, numbers in CASES]


def test_a_number_finds_the_sale_and_the_receipt_and_the_amount_in_that_order(sold: ShopInHand) -> None:
    assert find(sold, text="2") == [2, 6]  # sale 2, the receipt "2" which is the sale of 2 toman as well
    view: FoundSalesView = sold.ask(FindSales(text="2", before=3))
    assert view.sales == ()


def test_a_price_after_discounts_finds_a_sale_too(shop: ShopInHand) -> None:
    sell(shop, "s1", 1_000_000, SARA)
    net = shop.sale("s1").due_minor
    assert net < 1_000_000
    assert find(shop, amount_minor=net) == find(shop, amount_minor=1_000_000) == [1]


def test_what_credit_paid_is_found_by_what_was_left_to_pay(shop: ShopInHand) -> None:
    sell(shop, "s1", 10_000_000, LEILA)
    sell(shop, "s2", 5_000_000, LEILA, use=Use(credit_minor=100_000))
    due = shop.sale("s2").due_minor
    assert find(shop, amount_minor=due) == [2]


def test_a_search_by_contents_goes_on_where_it_stopped(
    sold: ShopInHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers_floor, "LOOKED_AT", 2)
    found, before = [], None
    for _ in range(4):
        view: FoundSalesView = sold.ask(FindSales(only="unnamed", before=before))
        found.append([sale.number for sale in view.sales])
        before = view.next
    assert (found, before) == ([[7, 6], [], [2], []], None)
    whole: FoundSalesView = sold.ask(FindSales(only="unnamed", limit=1))
    assert [sale.number for sale in whole.sales] == [7] and whole.next is not None


def test_a_sale_named_later_and_sales_of_a_merged_member_are_found_with_their_member(
    shop: ShopInHand,
) -> None:
    sell(shop, "s1", 1_000_000)
    sell(shop, "s2", 2_000_000, LEILA)
    shop.do(AttachMember(sale_id="s1", member=SARA))
    assert find(shop, member=SARA) == [1]
    assert find(shop, only="unnamed") == []
    shop.do(MergeMembers(keep=SARA, drop=LEILA))
    assert find(shop, text=SARA) == [2, 1]


def test_a_row_says_what_became_of_the_sale(sold: ShopInHand) -> None:
    view: FoundSalesView = sold.ask(FindSales())
    rows = {sale.number: sale for sale in view.sales}
    assert (rows[4].voided, rows[4].left_minor) == (True, 0)
    assert rows[5].left_minor < rows[5].net_minor < rows[5].gross_minor == 5_000_000
    assert (rows[3].receipt_no, rows[3].member_name, rows[3].points > 0) == ("A-77", "لیلا کاظمی", True)
    assert (rows[2].member, rows[2].member_name, rows[2].phone) == (None, "", None)


def test_what_cannot_be_asked_is_refused(shop: ShopInHand) -> None:
    for asked, field in ((FindSales(day="soon"), "day"), (FindSales(limit=0), "limit")):
        with pytest.raises(InvalidRequest) as refused:
            shop.ask(asked)
        assert refused.value.facts["field"] == field
    with pytest.raises(Rejection):
        shop.ask(FindSales(member="nobody"))


def test_closed_days_are_listed_by_their_last_closing(shop: ShopInHand) -> None:
    for number in range(3):
        sell(shop, f"s{number}", 1_000_000)
        shop.do(CloseDay())
        shop.clock.pass_minutes(24 * 60)
    sell(shop, "again", 1_000_000)
    closed = shop.do(CloseDay())
    sell(shop, "late", 500_000)
    last = shop.do(CloseDay())
    assert (closed.number, last.number) == (1, 2)
    view: ClosedDaysView = shop.ask(ClosedDays(limit=3))
    assert [day.day for day in view.days] == ["2026-11-24", "2026-11-23", "2026-11-22"]
    assert (view.days[0].number, view.days[0].sales, view.days[0].head_short) == (2, 2, last.head_short)
    assert view.next == "2026-11-22"
    older: ClosedDaysView = shop.ask(ClosedDays(limit=3, before=view.next))
    assert ([day.day for day in older.days], older.next) == (["2026-11-21"], None)


def value(shop: ShopInHand, member: str) -> MemberValueView:
    view: MemberValueView = shop.ask(MemberValue(member=member))
    return view


def adds_up(unit: UnitValueView) -> bool:
    return unit.earned - unit.used - unit.expired - unit.repaid + unit.adjusted == unit.holds


def test_what_was_earned_is_used_or_ended_or_held(shop: ShopInHand) -> None:
    shop.do(
        PublishProgramme(
            key="points", kind="points", name="points", when={"expiry": {"days": 5}},
            params={"step_minor": 10_000, "points_per_step": 1, "point_value_minor": 1_000},
        )
    )  # fmt: skip
    shop.do(EnrolMember(phone="09121112233", name="نو"))
    sell(shop, "s1", 1_000_000, "09121112233")
    sell(shop, "s2", 1_000_000, "09121112233", use=Use(points=30))
    sell(shop, "s3", 2_000_000, "09121112233")
    shop.do(VoidSale(sale_id="s3"))
    shop.do(Adjust(posting_id="a", member="09121112233", unit="points", amount=7, reason="opening"))
    held = value(shop, "09121112233").points
    assert (held.used, held.adjusted, held.expired, held.repaid) == (30, 7, 0, 0)
    assert held.holds == shop.member("09121112233").points == held.earned - 30 + 7
    assert adds_up(held)
    shop.clock.pass_minutes(10 * 24 * 60)
    ended = value(shop, "09121112233").points  # nobody has swept yet
    assert (ended.holds, ended.expired) == (0, held.earned - 30 + 7)
    shop.do(CloseDay(accept_clock=True))
    assert value(shop, "09121112233").points == ended


def test_what_is_owed_is_repaid_before_it_is_held(shop: ShopInHand) -> None:
    sell(shop, "s1", 10_000_000, SARA)
    sell(shop, "s2", 1_000_000, SARA, use=Use(credit_minor="all"))
    shop.do(VoidSale(sale_id="s1"))
    assert shop.member(SARA).owed.credit_minor > 0
    sell(shop, "s3", 2_000_000, SARA)
    view = value(shop, SARA)
    assert view.credit_minor.repaid > 0
    assert adds_up(view.credit_minor) and adds_up(view.points)
    assert view.credit_minor.holds == shop.member(SARA).credit_minor
