"""A sale may get its member up to thirty minutes later, and gives what it would have given then."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from loyalty_pos.app.commands import (
    AttachMember,
    PublishProgramme,
    PutProduct,
    QuoteSale,
    RecordSale,
    RetireProgramme,
    VoidSale,
)
from loyalty_pos.app.queries import Why
from loyalty_pos.app.views import MemberView
from loyalty_pos.domain.errors import Rejection
from tests.app.shop_fixtures import shop, till
from tests.app.shop_in_hand import (
    CREDIT,
    DAY_MS,
    DRINKS,
    LEILA,
    POINTS,
    SARA,
    ShopInHand,
    lines,
)
from tests.shop import raw

__all__ = ["shop", "till"]

OpenTill = Callable[[str], ShopInHand]


def holds(member: MemberView) -> tuple[object, ...]:
    lots = sorted(
        (lot.unit, lot.left, lot.available_from, lot.expires_on, lot.sale_id) for lot in member.lots
    )
    return (
        member.points, member.credit_minor, dict(member.progress), member.visits, member.spend_minor,
        member.visits_this_month, member.last_visit_day, [r.count for r in member.rewards], lots,
    )  # fmt: skip


def test_a_member_named_later_has_what_a_member_named_at_once_has(tmp_path: Path) -> None:
    held = []
    for name, later in (("at_once", False), ("later", True)):
        shop = ShopInHand(tmp_path / f"{name}.db").fill(DRINKS, POINTS, CREDIT)
        goods = lines(("latte", 3), ("cake", 1), ("tea", 2))
        if later:
            shop.do(RecordSale(sale_id="one", lines=goods))
            shop.do(AttachMember(sale_id="one", member=SARA))
        else:
            shop.do(RecordSale(sale_id="one", member=SARA, lines=goods))
        shop.figures()
        held.append(holds(shop.member(SARA)))
        shop.close()
    assert held[0] == held[1]


def test_nothing_comes_off_a_price_that_was_paid(shop: ShopInHand) -> None:
    paid = shop.do(RecordSale(sale_id="one", lines=lines(("cake", 1))))
    sale = shop.do(AttachMember(sale_id="one", member=SARA))
    assert (sale.due_minor, sale.discount_minor) == (paid.due_minor, 0)
    assert (sale.earned.points, sale.earned.credit_minor) == (145, 145_000)
    assert sale.member_name == "سارا احمدی" and sale.number == paid.number
    assert [line.applied for line in sale.trace if line.family == "earn"] == [False, True, True]
    assert shop.sale("one") == sale
    assert shop.ask(Why(sale_id="one")).trace == sale.trace


def test_attaching_again_answers_the_same_and_posts_nothing(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", amount_minor=4_690_000))
    first = shop.do(AttachMember(sale_id="one", member=SARA))
    before = shop.figures()
    shop.clock.pass_minutes(90)
    assert shop.do(AttachMember(sale_id="one", member="0912 345 6789")) == first
    assert shop.figures() == before
    no = shop.refused(AttachMember(sale_id="one", member=LEILA))
    assert (no.code, no.facts["number"]) == ("sale_has_member", 1)


def test_a_sale_with_a_member_keeps_it(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", member=LEILA, amount_minor=1_000_000))
    assert shop.refused(AttachMember(sale_id="one", member=SARA)).code == "sale_has_member"


def test_thirty_minutes_are_enough_and_not_a_moment_more(shop: ShopInHand) -> None:
    for sale_id in ("one", "two"):
        shop.do(RecordSale(sale_id=sale_id, amount_minor=1_000_000))
    shop.clock.pass_minutes(30)
    shop.do(AttachMember(sale_id="one", member=SARA))
    shop.clock.ms += 1
    assert shop.refused(AttachMember(sale_id="two", member=SARA)).code == "attach_too_late"


def test_a_sale_an_older_program_recorded_without_its_goods_gets_no_member(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    with raw(shop.path, unguarded=True) as file:
        kept = list(file.execute("SELECT record, seq FROM posting"))
        file.execute("UPDATE posting SET record = json_remove(record, '$.later')")
    with pytest.raises(Rejection) as caught:
        shop.do(AttachMember(sale_id="one", member=SARA))
    assert caught.value.code == "attach_too_late"
    with raw(shop.path, unguarded=True) as file:
        file.executemany("UPDATE posting SET record = ? WHERE seq = ?", kept)


def test_a_sale_taken_back_gives_nobody_anything(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(VoidSale(sale_id="one"))
    assert shop.refused(AttachMember(sale_id="one", member=SARA)).code == "attach_voided"


def test_only_the_till_of_the_sale_names_its_member(shop: ShopInHand, till: OpenTill) -> None:
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    no = till("2").refused(AttachMember(sale_id="one", member=SARA))
    assert (no.code, no.facts["till"]) == ("attach_other_till", "1")


def test_unknown_sales_and_members_are_refused(shop: ShopInHand) -> None:
    assert shop.refused(AttachMember(sale_id="none", member=SARA)).code == "unknown_sale"
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    assert shop.refused(AttachMember(sale_id="one", member="0000")).code == "unknown_member"


def test_taking_the_sale_back_takes_back_what_the_member_got(shop: ShopInHand) -> None:
    before = holds(shop.member(SARA))
    shop.do(RecordSale(sale_id="one", amount_minor=4_690_000, counts={"drinks": 6}))
    shop.do(AttachMember(sale_id="one", member=SARA))
    member = shop.member(SARA)
    assert member.progress["drinks"].have == 1 and [r.count for r in member.rewards] == [1]
    back = shop.do(VoidSale(sale_id="one"))
    assert {(move.account, move.amount) for move in back.moved} >= {("points", -469), ("credit", -469_000)}
    assert holds(shop.member(SARA)) == before
    assert shop.sale("one").voided


def test_what_was_spent_meanwhile_is_owed(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", amount_minor=2_000_000))
    shop.do(AttachMember(sale_id="one", member=SARA))
    use = replace(QuoteSale().use, credit_minor=200_000)
    shop.do(RecordSale(sale_id="two", member=SARA, amount_minor=1_000_000, use=use))
    shop.do(VoidSale(sale_id="two"))
    shop.do(RecordSale(sale_id="three", member=SARA, amount_minor=1_000_000, use=use))
    shop.do(VoidSale(sale_id="one"))
    assert shop.member(SARA).owed.credit_minor > 0


def test_the_rules_of_the_sale_count_not_those_of_now(shop: ShopInHand) -> None:
    shop.do(RecordSale(sale_id="one", lines=lines(("tea", 2))))
    key, kind, params = POINTS
    shop.do(PublishProgramme(key=key, kind=kind, name=key, params={**params, "points_per_step": 100}))
    shop.do(RetireProgramme(key="back"))
    shop.do(PutProduct(sku="tea", name="چای", price_minor=1, group="دیگر", earns=False))
    sale = shop.do(AttachMember(sale_id="one", member=SARA))
    assert (sale.earned.points, sale.earned.credit_minor) == (120, 120_000)
    assert sale.earned.stamps == {"drinks": 2}


def test_conditions_are_those_of_the_moment_of_the_sale(shop: ShopInHand) -> None:
    key, kind, params = POINTS
    hours: dict[str, object] = {"schedule": {"hours": ["10:00-23:59"]}}
    shop.do(PublishProgramme(key=key, kind=kind, name=key, params=dict(params), when=hours))
    # A quarter to midnight, then a quarter past.
    zone = shop.clock.ms // DAY_MS * DAY_MS + int(20.25 * 3_600_000)
    shop.clock.ms = zone
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.clock.pass_minutes(29)
    sale = shop.do(AttachMember(sale_id="one", member=SARA))
    assert sale.earned.points == 100
    assert shop.member(SARA).last_visit_day == sale.business_day


def test_a_visit_counts_once_on_its_day(shop: ShopInHand) -> None:
    params: dict[str, object] = {"count": "visit_days", "needed": 5, "mode": "after_n_paid"}
    shop.do(PublishProgramme(key="days", kind="stamp_card", name="days", params=params))
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(RecordSale(sale_id="two", amount_minor=1_000_000))
    assert shop.do(AttachMember(sale_id="one", member=SARA)).earned.stamps["days"] == 1
    assert shop.do(AttachMember(sale_id="two", member=SARA)).earned.stamps.get("days", 0) == 0
    third = shop.do(RecordSale(sale_id="three", member=SARA, amount_minor=1_000_000))
    assert third.earned.stamps.get("days", 0) == 0


def test_discounts_everybody_got_are_not_earned_on(shop: ShopInHand) -> None:
    when: dict[str, object] = {"audience": {"non_members": True}}
    params: dict[str, object] = {"rate_bp": 2000, "lane": "member"}
    shop.do(PublishProgramme(key="all20", kind="percent_off", name="all20", params=params, when=when))
    paid = shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    assert paid.due_minor == 800_000
    assert shop.do(AttachMember(sale_id="one", member=SARA)).earned.points == 80


def test_a_quote_open_for_the_member_is_stale_afterwards(shop: ShopInHand) -> None:
    quote = shop.ask(QuoteSale(member=SARA, amount_minor=1_000_000))
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(AttachMember(sale_id="one", member=SARA))
    stale = RecordSale(sale_id="two", member=SARA, amount_minor=1_000_000, fingerprint=quote.fingerprint)
    assert shop.refused(stale).code == "stale_quote"


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE member_state SET visits = visits + 1", "member_counters_differ_from_sales"),
        ("DROP TRIGGER attached_never_goes; DELETE FROM attached", "attach_without_sale"),
        (
            "DROP TRIGGER attached_never_changes; UPDATE attached SET member = 2",
            "attached_without_posting",
        ),
    ],
)
def test_the_audit_sees_a_broken_attachment(tmp_path: Path, sql: str, code: str) -> None:
    import apsw

    from loyalty_pos.app.queries import Audit

    shop = ShopInHand(tmp_path / "shop.db").fill(DRINKS, POINTS)
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(AttachMember(sale_id="one", member=SARA))
    shop.close()
    broken = apsw.Connection(str(tmp_path / "shop.db"))
    broken.execute(sql)
    broken.close()
    again = ShopInHand(tmp_path / "shop.db", shop.clock)
    assert code in {finding.code for finding in again.ask(Audit()).findings}
    again.close()
