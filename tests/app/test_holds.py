"""A sale on hold earns and uses nothing, and keeps what it would use for half an hour."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands import (
    HoldSale,
    PrintRewardVoucher,
    PublishProgramme,
    QuoteSale,
    RecordSale,
    ResumeSale,
    Use,
)
from loyalty_pos.app.queries import Holds
from tests.app.shop_fixtures import shop, till
from tests.app.shop_in_hand import LEILA, POINTS, SARA, ShopInHand, lines

__all__ = ["shop", "till"]

OpenTill = Callable[[str], ShopInHand]
ALL = Use(credit_minor="all")


def with_credit(shop: ShopInHand) -> int:
    """Give Sara credit and a free drink; return the credit."""
    for number in range(5):
        shop.do(RecordSale(sale_id=f"s{number}", member=SARA, lines=lines(("latte", 1))))
    return shop.member(SARA).credit_minor


def test_holding_posts_nothing(shop: ShopInHand) -> None:
    with_credit(shop)
    before, member = shop.figures(), shop.member(SARA)
    held = shop.do(HoldSale(posting_id="h1", member=SARA, lines=lines(("latte", 1), ("cake", 2)), use=ALL))
    assert shop.figures() == before
    after = shop.member(SARA)
    assert (after.credit_minor, after.points, after.visits) == (
        member.credit_minor, member.points, member.visits,
    )  # fmt: skip
    assert held.reserving and held.member_name == "سارا احمدی"
    assert [product.sku for product in held.products] == ["latte", "cake"]


def test_what_it_would_use_is_reserved_and_shown_as_that(shop: ShopInHand, till: OpenTill) -> None:
    credit = with_credit(shop)
    held = shop.do(HoldSale(posting_id="h1", member=SARA, lines=lines(("latte", 1), ("cake", 2)), use=ALL))
    assert held.reserved_credit_minor == credit and held.reserved_rewards == {"drinks": 1}
    member = till("2").member(SARA)
    assert (member.credit_minor, member.credit_reserved_minor) == (credit, credit)
    other = till("3").ask(QuoteSale(member=SARA, lines=lines(("tea", 1)), use=ALL))
    assert other.paid_by.credit_minor == 0
    assert [line.code for line in other.trace if line.programme == "drinks" and not line.applied] == [
        "reserved"
    ]
    asked = QuoteSale(member=SARA, lines=lines(("cake", 1)), use=Use(credit_minor=10))
    assert shop.refused(asked).code == "not_enough_credit"


def test_a_part_reserved_leaves_the_rest(shop: ShopInHand) -> None:
    credit = with_credit(shop)
    shop.do(HoldSale(posting_id="h1", member=SARA, amount_minor=5_000_000, use=Use(credit_minor=100_000)))
    quote = shop.ask(QuoteSale(member=SARA, amount_minor=5_000_000, use=ALL))
    assert quote.paid_by.credit_minor == credit - 100_000


def test_the_reservation_ends_after_thirty_minutes_and_the_sale_stays(shop: ShopInHand) -> None:
    credit = with_credit(shop)
    shop.do(HoldSale(posting_id="h1", member=SARA, amount_minor=5_000_000, use=ALL))
    shop.clock.pass_minutes(30)
    assert shop.member(SARA).credit_reserved_minor == 0
    (held,) = shop.ask(Holds()).holds
    assert (held.hold, held.reserving, held.reserved_credit_minor) == ("h1", False, 0)
    quote = shop.ask(QuoteSale(member=SARA, amount_minor=5_000_000, use=ALL))
    assert quote.paid_by.credit_minor == credit


def test_taking_it_up_again_gives_the_sale_back_and_frees_the_reservation(shop: ShopInHand) -> None:
    credit = with_credit(shop)
    use = Use(credit_minor=50_000, free_lines={"drinks": 1}, decline=("member5",))
    asked = HoldSale(posting_id="h1", member=SARA, lines=lines(("latte", 1), ("tea", 3)), use=use)
    shop.do(asked)
    held = shop.do(ResumeSale(posting_id="r1", hold="h1"))
    assert held.request == QuoteSale(member=shop.member(SARA).member, lines=asked.lines, use=use, counts={})
    assert shop.member(SARA).credit_reserved_minor == 0 and shop.ask(Holds()).holds == ()
    sale = shop.do(RecordSale(sale_id="end", member=SARA, lines=asked.lines, use=ALL))
    assert sale.paid_by.credit_minor == credit


def test_one_till_alone_takes_it_up_and_may_ask_again(shop: ShopInHand, till: OpenTill) -> None:
    shop.do(HoldSale(posting_id="h1", amount_minor=1_000_000))
    first = shop.do(ResumeSale(posting_id="r1", hold="h1"))
    assert shop.do(ResumeSale(posting_id="r1", hold="h1")) == first
    assert till("2").refused(ResumeSale(posting_id="r2", hold="h1")).code == "hold_taken"
    assert shop.refused(ResumeSale(posting_id="r3", hold="nothing")).code == "unknown_hold"


def test_holding_again_under_the_same_key_is_the_same_hold(shop: ShopInHand) -> None:
    asked = HoldSale(posting_id="h1", member=LEILA, amount_minor=1_000_000)
    assert shop.do(asked) == shop.do(asked)
    assert len(shop.ask(Holds()).holds) == 1
    assert shop.refused(replace(asked, amount_minor=1)).code == "key_taken"


def test_points_are_reserved_too(shop: ShopInHand) -> None:
    key, kind, params = POINTS
    shop.do(PublishProgramme(key=key, kind=kind, name=key, params={**params, "point_value_minor": 500}))
    with_credit(shop)
    points = shop.member(SARA).points
    held = shop.do(HoldSale(posting_id="h1", member=SARA, amount_minor=5_000_000, use=Use(points=100)))
    assert held.reserved_points == 100 and shop.member(SARA).points_reserved == 100
    too_many = QuoteSale(member=SARA, amount_minor=5_000_000, use=Use(points=points))
    assert shop.refused(too_many).code == "not_enough_points"


def test_a_reserved_voucher_is_not_taken_elsewhere_and_its_code_is_not_kept(shop: ShopInHand) -> None:
    with_credit(shop)
    voucher = shop.do(PrintRewardVoucher(posting_id="v1", member=SARA, programme="drinks"))
    asked = HoldSale(
        posting_id="h1", member=SARA, lines=lines(("latte", 1)), use=Use(vouchers=(voucher.code,))
    )
    held = shop.do(asked)
    assert held.request.use.vouchers == ()
    elsewhere = QuoteSale(member=SARA, lines=lines(("tea", 1)), use=Use(vouchers=(voucher.barcode,)))
    assert shop.refused(elsewhere).code == "voucher_reserved"
    assert voucher.code.encode() not in shop.path.read_bytes()
    shop.do(ResumeSale(posting_id="r1", hold="h1"))
    assert shop.ask(elsewhere).discount_minor > 0


def test_two_holds_reserve_what_is_there_only_once(shop: ShopInHand) -> None:
    credit = with_credit(shop)
    shop.do(HoldSale(posting_id="h1", member=SARA, amount_minor=5_000_000, use=ALL))
    second = shop.do(HoldSale(posting_id="h2", member=SARA, amount_minor=5_000_000, use=ALL))
    assert second.reserved_credit_minor == 0 and second.reserved_rewards == {}
    assert shop.member(SARA).credit_reserved_minor == credit
    assert [held.hold for held in shop.ask(Holds()).holds] == ["h2", "h1"]


def test_a_sale_on_hold_remembers_that_it_is_paid_later(shop: ShopInHand) -> None:
    asked = HoldSale(posting_id="h1", member=SARA, lines=lines(("cake", 1)), on_account=True)
    assert shop.do(asked).request.on_account
    assert shop.do(ResumeSale(posting_id="r1", hold="h1")).request.on_account
