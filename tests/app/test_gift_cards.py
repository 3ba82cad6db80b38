"""Gift cards: stored value of whoever holds the code, spent part by part (rules 9, 12, 16, 27, 34, 35)."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import apsw
import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.gift_card_views import GiftCardsView, GiftCardView
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.errors import Rejection
from tests.languages import language
from tests.shop import HeldClock, SeededChance, Shop, T, open_file, raw

RACES = 100


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.enrol("B")
    opened.publish("points", "points", step_minor=10 * T)
    yield opened
    opened.proved()
    opened.close()


def issue(shop: Shop, face: int, key: str = "given", **more: Any) -> GiftCardsView:
    view: GiftCardsView = shop.service.do(c.IssueGiftCard(posting_id=key, face_minor=face, **more))
    return view


def given(shop: Shop, face: int, key: str = "given", **more: Any) -> str:
    return issue(shop, face, key, **more).codes[0].code


def sold(shop: Shop, face: int, key: str = "bought", member: str | None = None) -> tuple[SaleView, str]:
    sale = shop.sell(None, member=member, sells=(c.SellGiftCards(face_minor=face),), sale_id=f"sale-{key}")
    return sale, given(shop, face, key, sale_id=sale.sale_id)


def card(shop: Shop, code: str) -> GiftCardView:
    view: GiftCardView = shop.service.ask(q.GiftCard(code=code))
    return view


def test_a_card_pays_part_by_part_and_its_rest_stays_on_it(shop: Shop) -> None:
    code = given(shop, 100 * T)
    first = shop.sell(60 * T, gift_cards=(code,))
    assert (first.due_minor, first.paid_by.gift_card_minor, first.discount_minor) == (0, 60 * T, 0)
    assert [(one.amount_minor, one.left_minor) for one in first.gift_cards] == [(60 * T, 40 * T)]
    second = shop.sell(70 * T, gift_cards=(code,), member=None)
    assert (second.due_minor, second.paid_by.gift_card_minor) == (30 * T, 40 * T)
    found = card(shop, code)
    assert (found.state, found.left_minor, found.day) == ("empty", 0, "2026-11-21")
    assert [(move.kind, move.amount_minor, move.number) for move in found.moves] == [
        ("accrual", 100 * T, 0),
        ("redemption", -60 * T, 1),
        ("redemption", -40 * T, 2),
    ]
    with shop.refuses("gift_card_empty", day="2026-11-21", card=found.card):
        shop.sell(10 * T, gift_cards=(code,))


def test_several_cards_pay_one_bill_the_one_that_ends_sooner_first(shop: Shop) -> None:
    late, never, soon = (
        given(shop, 50 * T, "a", expires="2027-01-01"),
        given(shop, 50 * T, "b"),
        given(shop, 50 * T, "c", expires="2026-12-01"),
    )
    sale = shop.sell(70 * T, gift_cards=(never, late, soon))
    assert sale.due_minor == 0
    assert [card(shop, code).left_minor for code in (soon, late, never)] == [0, 30 * T, 50 * T]
    told = [(line.code, line.applied) for line in sale.trace if line.family == "tender"]
    assert told == [("paid_gift_card", True), ("paid_gift_card", True), ("gift_card_kept", False)]
    said = [line.sentence.en for line in sale.trace if line.family == "tender"]
    assert said[1] == "20 T paid with gift card 1; 30 T stays on it"
    assert said[2] == "gift card 2 was not needed; 50 T stays on it"


def test_cards_credit_and_points_pay_in_this_order_and_never_more_than_is_due(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1000)
    shop.sell(1_000 * T)
    code = given(shop, 60 * T)
    sale = shop.sell(100 * T, gift_cards=(code,), credit_minor="all")
    paid = sale.paid_by
    assert (paid.gift_card_minor, paid.credit_minor, sale.due_minor) == (60 * T, 40 * T, 0)
    other = given(shop, 60 * T, "other")
    with shop.refuses("more_than_due", due_minor=40 * T):
        shop.sell(100 * T, gift_cards=(other,), credit_minor=50 * T)


def test_a_given_card_is_no_discount_earns_nothing_and_counts_towards_levels(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=[{"key": "silver", "from": 100 * T}])
    sale = shop.sell(100 * T, gift_cards=(given(shop, 100 * T),))
    assert (sale.discount_minor, sale.earned.points) == (0, 0)
    assert sale.tier.after == "silver"


def test_a_bought_card_earns_when_it_is_spent_and_not_when_it_is_bought(shop: Shop) -> None:
    shop.publish("five", "percent_off", rate_bp=500)
    shop.publish("club", "tiers", levels=[{"key": "silver", "from": 1}])
    sale, code = sold(shop, 100 * T, member="A")
    assert (sale.due_minor, sale.discount_minor, sale.earned.points) == (100 * T, 0, 0)
    assert [(one.face_minor, one.count) for one in sale.sold] == [(100 * T, 1)]
    assert (shop.member().spend_minor, shop.member().tier, card(shop, code).bought) == (0, None, True)
    spent = shop.sell(100 * T, gift_cards=(code,))
    assert (spent.due_minor, spent.earned.points) == (0, 9)  # 95 T after the member's five percent
    assert card(shop, code).left_minor == 5 * T


def test_goods_beside_a_sold_card_are_priced_and_earn_as_if_it_were_not_there(shop: Shop) -> None:
    shop.publish("big", "percent_off", {"basket": {"min_minor": 100 * T}}, rate_bp=1000)
    sale = shop.sell(60 * T, sells=(c.SellGiftCards(face_minor=100 * T, count=2),))
    assert (sale.gross_minor, sale.due_minor, sale.earned.points) == (60 * T, 260 * T, 6)
    assert [line.code for line in sale.trace if line.programme == "big"] == ["below_minimum"]
    assert shop.stored(sale).due_minor == 260 * T
    assert shop.member().spend_minor == 60 * T


def test_what_was_given_buys_no_gift_card_and_a_bought_card_does(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=10_000)
    shop.sell(100 * T)
    promo, (_, bought) = given(shop, 50 * T), sold(shop, 70 * T)
    sells = (c.SellGiftCards(face_minor=60 * T),)
    with shop.refuses("gift_card_pays_goods_only", card=1):
        shop.sell(None, gift_cards=(promo,), sells=sells)
    with shop.refuses("more_than_due", due_minor=0):
        shop.sell(None, credit_minor=1 * T, sells=sells)
    assert shop.quote(None, credit_minor="all", sells=sells).paid_by.credit_minor == 0
    left_alone = shop.quote(None, gift_cards=(promo,), sells=sells, lenient=True)
    assert left_alone.due_minor == 60 * T
    sale = shop.sell(100 * T, gift_cards=(promo, bought), sells=sells)
    # The bought card pays for the sold one first, so that the given one can pay for goods.
    assert [(one.amount_minor, one.left_minor) for one in sale.gift_cards] == [(50 * T, 0), (70 * T, 0)]
    assert (sale.due_minor, sale.earned.points) == (40 * T, 5)


def test_taking_a_sale_back_puts_back_exactly_what_each_card_paid(shop: Shop) -> None:
    one, two = given(shop, 50 * T, "a", expires="2026-12-01"), given(shop, 80 * T, "b")
    sale = shop.sell(100 * T, gift_cards=(one, two))
    shop.sell(10 * T, gift_cards=(two,))
    back = shop.void(sale)
    assert (back.refund_minor, back.to_gift_cards_minor) == (0, 100 * T)
    assert shop.void(sale) == back
    assert [card(shop, code).left_minor for code in (one, two)] == [50 * T, 70 * T]
    last = card(shop, two).moves[-1]
    assert (last.kind, last.amount_minor, last.number) == ("reversal", 50 * T, sale.number)


def test_what_comes_back_to_a_card_that_ended_meanwhile_cannot_be_spent(shop: Shop) -> None:
    code = given(shop, 50 * T, expires="2026-11-21")
    sale = shop.sell(50 * T, gift_cards=(code,))
    shop.clock.on(days=1)
    shop.void(sale)
    assert (card(shop, code).state, card(shop, code).left_minor) == ("expired", 50 * T)
    with shop.refuses("gift_card_expired", day="2026-11-21"):
        shop.sell(50 * T, gift_cards=(code,))


def test_a_card_pays_on_its_last_day(shop: Shop) -> None:
    code = given(shop, 50 * T, expires="2026-11-22")
    shop.clock.on(days=1)
    assert shop.sell(50 * T, gift_cards=(code,)).due_minor == 0


def test_taking_back_the_sale_of_a_card_takes_the_card_out_of_use(shop: Shop) -> None:
    sale, code = sold(shop, 50 * T)
    back = shop.void(sale)
    assert (back.refund_minor, back.to_gift_cards_minor) == (50 * T, 0)
    found = card(shop, code)
    assert (found.state, found.left_minor) == ("void", 0)
    with shop.refuses("gift_card_void"):
        shop.sell(10 * T, gift_cards=(code,))
    with shop.refuses("sale_of_cards_voided", number=sale.number):
        issue(shop, 50 * T, "late", sale_id=sale.sale_id)


def test_the_sale_of_a_card_that_was_spent_comes_back_only_after_what_it_paid_for(shop: Shop) -> None:
    sale, code = sold(shop, 50 * T)
    spent = shop.sell(20 * T, gift_cards=(code,))
    with shop.refuses("gift_card_was_spent", spent_minor=20 * T, number=spent.number) as caught:
        shop.void(sale)
    told = say_rejection(caught.value, language("en"))
    assert told == "Of gift card 1, sold here, 20 T is spent; take back sale 2 first."
    shop.void(spent)
    shop.void(sale)
    assert card(shop, code).state == "void"


def test_a_sale_hands_over_as_many_cards_of_each_face_as_it_sold(shop: Shop) -> None:
    sells = tuple(c.SellGiftCards(face_minor=face * T, count=n) for face, n in ((50, 1), (20, 1), (50, 1)))
    sale = shop.sell(None, sells=sells, member=None)
    assert [(one.face_minor, one.count) for one in sale.sold] == [(20 * T, 1), (50 * T, 2)]
    issue(shop, 50 * T, "first", sale_id=sale.sale_id)
    with shop.refuses("gift_cards_not_sold", left=1, asked=2):
        issue(shop, 50 * T, "second", count=2, sale_id=sale.sale_id)
    with shop.refuses("gift_cards_not_sold", left=0):
        issue(shop, 70 * T, "other", sale_id=sale.sale_id)
    assert issue(shop, 50 * T, "second", sale_id=sale.sale_id).bought


def test_issuing_again_never_shows_a_code_again(shop: Shop) -> None:
    assert len({one.code for one in issue(shop, 50 * T, count=3).codes}) == 3
    with shop.refuses("codes_shown_once", posting_id="given"):
        issue(shop, 50 * T, count=3)
    with shop.refuses("key_taken"):
        issue(shop, 60 * T, count=3)
    figures = shop.audit().figures
    assert (figures["gift_cards"], figures["gift_card_minor"]) == (3, 150 * T)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"face": 0}, "face_minor"),
        ({"face": 10, "count": 0}, "count"),
        ({"face": 10, "expires": "2026-11-20"}, "expires"),
        ({"face": 10, "key": "a:b"}, "posting_id"),
    ],
)
def test_cards_that_make_no_sense_are_not_issued(shop: Shop, asked: dict[str, Any], field: str) -> None:
    with shop.refuses_field(field):
        issue(shop, **asked)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"sells": (c.SellGiftCards(face_minor=0),)}, "sells.0.face_minor"),
        ({"sells": (c.SellGiftCards(face_minor=1, count=0),)}, "sells.0.count"),
        ({"sells": (c.SellGiftCards(face_minor=1, count=600),) * 2}, "sells"),
        ({"sells": (c.SellGiftCards(face_minor=10**12, count=2),)}, "lines"),
        ({"gift_cards": tuple(f"card{n}" for n in range(21))}, "use.gift_cards"),
        ({"gift_cards": ("x" * 201,)}, "use.gift_cards"),
    ],
)
def test_what_cannot_be_sold_or_handed_over_is_refused_naming_the_field(
    shop: Shop, more: dict[str, Any], field: str
) -> None:
    with shop.refuses_field(field):
        shop.sell(10 * T, **more)


def test_a_card_counts_in_any_spelling_from_its_bars_and_under_the_other_layout(shop: Shop) -> None:
    view = issue(shop, 50 * T)
    issued = view.codes[0]
    assert issued.barcode.startswith("96") and len(issued.barcode) == 28
    spelt = issued.code.lower().replace("-", " ")
    first = shop.sell(20 * T, gift_cards=(spelt,), sale_id="one")
    assert shop.sell(20 * T, gift_cards=(issued.barcode, issued.code), sale_id="one") == first
    with shop.refuses("key_taken"):
        shop.sell(20 * T, sale_id="one")
    for text in (issued.code, issued.barcode, spelt):
        found = shop.identify(text)
        assert found.kind == "gift_card" and found.gift_card == card(shop, issued.code)
    assert card(shop, issued.code).left_minor == 30 * T


def test_what_is_no_card_is_refused_whatever_is_left_to_us(shop: Shop) -> None:
    for text in ("AAAAAA-AAAAAA-AAAAAA", "\u0633\u0644\u0627\u0645"):
        with shop.refuses("unknown_gift_card"):
            shop.sell(10 * T, gift_cards=(text,), lenient=True)
    with shop.refuses("unknown_gift_card"):
        shop.service.ask(q.GiftCard(code="nothing"))


def test_a_members_card_pays_for_that_member_alone(shop: Shop) -> None:
    view = issue(shop, 50 * T, member="A")
    code = view.codes[0].code
    assert (view.member, card(shop, code).member) == (shop.member().member, shop.member().member)
    with shop.refuses("gift_card_of_another_member"):
        shop.sell(10 * T, gift_cards=(code,), member="B")
    with shop.refuses("gift_card_needs_member"):
        shop.sell(10 * T, gift_cards=(code,), member=None)
    assert shop.sell(10 * T, gift_cards=(code,)).due_minor == 0
    assert [item.kind for item in shop.service.ask(q.MemberHistory(member="A")).items][1] == "gift_cards"


def test_a_card_that_cannot_pay_is_told_of_when_nobody_insists_on_it(shop: Shop) -> None:
    empty, ended = given(shop, 10 * T, "a"), given(shop, 10 * T, "b", expires="2026-11-21")
    stopped, hers = given(shop, 10 * T, "c"), given(shop, 10 * T, "d", member="B")
    shop.sell(10 * T, gift_cards=(empty,))
    shop.service.do(c.VoidCode(posting_id="stop", code=stopped))
    shop.clock.on(days=1)
    every = (empty, ended, stopped, hers)
    sale = shop.sell(50 * T, gift_cards=every, lenient=True)
    assert sale.due_minor == 50 * T
    assert {line.sentence.en for line in sale.trace if line.family == "tender"} == {
        "gift card 1 is empty since 30 Aban 1405",
        "gift card 2 was good until 30 Aban 1405",
        "gift card 3 is out of use",
        "gift card 4 is another member's",
    }
    nobody = shop.quote(50 * T, gift_cards=(hers,), member=None, lenient=True)
    assert nobody.trace[-1].sentence.en == "gift card 4 pays only for its member"


def test_a_card_taken_out_of_use_keeps_on_record_what_is_on_it(shop: Shop) -> None:
    code, other = given(shop, 50 * T), given(shop, 50 * T, "other")
    told = shop.service.do(c.VoidCode(posting_id="stop", code=code))
    assert (told.state, told.left_minor) == ("void", 50 * T)
    assert shop.service.do(c.VoidCode(posting_id="stop", code=code)) == told
    assert shop.service.do(c.VoidCode(posting_id="stop-2", code=code)) == told
    with shop.refuses("key_taken"):
        shop.service.do(c.VoidCode(posting_id="stop", code=other))
    with shop.refuses("unknown_code"):
        shop.service.do(c.VoidCode(posting_id="stop-3", code="AAAAAA-AAAAAA-AAAAAA"))


def test_a_quote_goes_stale_when_the_card_paid_elsewhere_meanwhile(shop: Shop) -> None:
    code = given(shop, 50 * T)
    quoted = shop.quote(50 * T, gift_cards=(code,))
    shop.sell(20 * T, gift_cards=(code,), member="B")
    with shop.refuses("stale_quote", due_minor=20 * T):
        shop.sell(50 * T, gift_cards=(code,), fingerprint=quoted.fingerprint)


def test_a_member_named_later_gets_nothing_for_what_a_given_card_paid(shop: Shop) -> None:
    _, bought = sold(shop, 30 * T)
    sale = shop.sell(100 * T, gift_cards=(given(shop, 50 * T), bought), member=None)
    attached = shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert (attached.earned.points, attached.paid_by.gift_card_minor, attached.due_minor) == (
        5,
        80 * T,
        20 * T,
    )
    item = shop.service.ask(q.MemberHistory(member="A")).items[0]
    assert (item.kind, item.due_minor) == ("attach", 20 * T)
    assert shop.void(sale).to_gift_cards_minor == 80 * T


def test_a_sale_that_sells_cards_waits_with_them(shop: Shop) -> None:
    sells = (c.SellGiftCards(face_minor=50 * T),)
    held = shop.service.do(c.HoldSale(posting_id="h", amount_minor=10 * T, sells=sells))
    assert (held.request.sells, held.due_minor) == (sells, 60 * T)


def test_spending_is_refused_by_the_file_itself_when_nothing_is_left(shop: Shop) -> None:
    shop.sell(40 * T, gift_cards=(given(shop, 50 * T),))
    connection = raw(shop.path)
    with pytest.raises(apsw.ConstraintError, match="CHECK"):
        connection.execute(
            "INSERT INTO gift_card_entry (posting, card, amount_minor, kind) SELECT max(posting), 1, -200, "
            "'redemption' FROM sale"
        )
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        connection.execute("UPDATE gift_card SET face_minor = 1")
    connection.close()


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("UPDATE gift_card SET left_minor = 7", "gift_card_is_not_its_entries"),
        ("UPDATE gift_card SET expires_on = '2030-01-01'", "gift_card_differs_from_its_posting"),
        ("UPDATE gift_card SET face_minor = 7", "gift_card_differs_from_its_posting"),
        ("UPDATE gift_card_code SET code_hash = zeroblob(32)", "gift_card_differs_from_its_posting"),
        (
            "INSERT INTO gift_card_code SELECT zeroblob(32), card, posting FROM gift_card_code",
            "gift_card_differs_from_its_posting",
        ),
        (
            "UPDATE gift_card_entry SET amount_minor = -1 WHERE kind = 'redemption'",
            "gift_card_entry_differs_from_its_posting",
        ),
        ("DELETE FROM gift_card_entry WHERE kind = 'redemption'", "gift_card_entry_differs_from_its_posting"),
        ("UPDATE gift_card_entry SET amount_minor = 9 WHERE kind = 'reversal'",
         "gift_card_reversal_is_not_its_target"),
        ("DELETE FROM gift_card_void", "gift_card_void_differs_from_its_posting"),
        ("UPDATE gift_card SET sale = (SELECT min(posting) FROM sale)", "gift_cards_are_more_than_were_sold"),
    ],
)  # fmt: skip
def test_the_audit_finds_value_on_a_card_that_nothing_explains(
    tmp_path: Path, damage: str, finding: str
) -> None:
    shop = Shop(tmp_path / "shop.db")
    code = given(shop, 50 * T)
    shop.void(shop.sell(20 * T, gift_cards=(code,), member=None))
    shop.service.do(c.VoidCode(posting_id="stop", code=code))
    shop.proved()
    connection = raw(shop.path, unguarded=True)
    connection.execute(damage)
    connection.close()
    assert finding in {one.code for one in shop.audit().findings}
    shop.close()


def test_two_tills_never_spend_more_than_is_on_a_card(shop: Shop) -> None:
    """Every card holds 100; both tills want 60 of it at once: one pays 60, the other finds 40."""
    codes = [one.code for one in issue(shop, 100 * T, "race", count=RACES).codes]
    paid: list[list[int]] = [[], []]
    start = Barrier(2)

    def till(number: int) -> None:
        service = open_file(shop.path, HeldClock(), SeededChance(90 + number))
        try:
            for place, code in enumerate(codes):
                start.wait()
                sale = service.do(
                    c.RecordSale(
                        sale_id=f"{number}-{place}", amount_minor=60 * T, use=c.Use(gift_cards=(code,))
                    )
                )
                paid[number].append(sale.paid_by.gift_card_minor)
        finally:
            service.close()

    threads = [Thread(target=till, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sorted(pair) for pair in zip(*paid, strict=True)] == [[40 * T, 60 * T]] * RACES
    assert shop.audit().figures["gift_card_minor"] == 0


def test_of_two_tills_that_insist_on_their_price_one_sells(shop: Shop) -> None:
    codes = [one.code for one in issue(shop, 100 * T, "race", count=20).codes]
    done: list[list[str]] = [[], []]
    start = Barrier(2)

    def till(number: int) -> None:
        service = open_file(shop.path, HeldClock(), SeededChance(70 + number))
        try:
            for place, code in enumerate(codes):
                request = {"amount_minor": 60 * T, "use": c.Use(gift_cards=(code,))}
                quoted = service.ask(c.QuoteSale(**request))  # type: ignore[arg-type]
                start.wait()
                try:
                    service.do(
                        c.RecordSale(
                            sale_id=f"{number}-{place}",
                            fingerprint=quoted.fingerprint,
                            **request,  # type: ignore[arg-type]
                        )
                    )
                    done[number].append("sold")
                except Rejection as no:
                    done[number].append(no.code)
                start.wait()
        finally:
            service.close()

    threads = [Thread(target=till, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sorted(pair) for pair in zip(*done, strict=True)] == [["sold", "stale_quote"]] * 20
