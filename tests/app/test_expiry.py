"""Lots as time passes: worth nothing past their day, swept, revived, granted (rules 5, 22, 25, 27)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries as q
from loyalty_pos.app import queries_lifetime as ql
from loyalty_pos.app.commands_people import Adjust
from loyalty_pos.app.lifetime_views import EndingView, ExpiredLotView, SweptView
from tests.shop import Shop, T, goods

THREE_DAYS = {"expiry": {"days": 3}}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def points(shop: Shop, **when: Any) -> None:
    shop.publish("points", "points", when or THREE_DAYS, step_minor=T, point_value_minor=T)


def sweep(shop: Shop) -> SweptView:
    view: SweptView = shop.service.do(cl.CatchUp(accept_clock=True)).swept
    return view


def expired(shop: Shop) -> tuple[ExpiredLotView, ...]:
    lots: tuple[ExpiredLotView, ...] = shop.service.ask(ql.ExpiredLots(member="A")).lots
    return lots


def revive(shop: Shop, lot: int, **more: Any) -> Any:
    given = {"posting_id": "again", "member": "A", "reason": "was ill", **more}
    return shop.service.do(cl.Revive(lot=lot, **given))


@pytest.mark.parametrize("swept", [False, True])
def test_golden_7_a_drops_by_20_to_50_whether_or_not_the_sweep_ran(shop: Shop, *, swept: bool) -> None:
    points(shop)
    shop.sell(100 * T)
    points(shop, expiry={"never": True})
    shop.sell(50 * T)
    shop.sell(80 * T, points=80)
    assert shop.member().points == 70
    shop.clock.on(days=3)
    assert shop.member().points == 70  # its last day is included
    shop.clock.on(days=1)
    if swept:
        assert sweep(shop) == SweptView(members=1, lots=1, points=20)
    assert shop.member().points == 50
    with shop.refuses("not_enough_points", have=50):
        shop.sell(100 * T, points=51)


def test_expiry_pain_spent_points_are_tied_to_their_lot_so_an_old_lot_takes_only_its_own_rest(
    shop: Shop,
) -> None:
    points(shop)
    shop.sell(100 * T)
    points(shop, expiry={"never": True})
    shop.sell(500 * T)
    shop.sell(100 * T, points=100)
    shop.clock.on(days=10)
    assert sweep(shop) == SweptView()
    assert shop.member().points == 500


def test_expiry_pain_a_policy_change_dates_nothing_anew(shop: Shop) -> None:
    points(shop, expiry={"never": True})
    shop.sell(100 * T)
    points(shop)
    shop.sell(10 * T)
    assert [lot.expires_on for lot in shop.member().lots] == ["2026-11-24", None]
    points(shop, expiry={"days": 300})
    shop.clock.on(days=5)
    assert sweep(shop).points == 10
    assert shop.member().points == 100


def test_expiry_pain_staying_away_wipes_nothing(shop: Shop) -> None:
    points(shop, expiry={"never": True})
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    shop.sell(100 * T)
    shop.clock.on(days=3_000)
    assert sweep(shop) == SweptView()
    assert (shop.member().points, shop.member().credit_minor) == (100, 10 * T)


def test_a_sweep_writes_every_unit_once_and_another_one_nothing(shop: Shop) -> None:
    points(shop)
    shop.publish("credit", "spend_credit", THREE_DAYS, rate_bp=1_000)
    shop.publish("card", "stamp_card", THREE_DAYS, needed=2)
    shop.sell(None, goods("tea", 50 * T, 2))
    shop.clock.on(days=4)
    assert sweep(shop) == SweptView(members=1, lots=3, points=100, credit_minor=10 * T, rewards=1)
    assert sweep(shop) == SweptView()
    figures = shop.audit().figures
    assert (figures["points"], figures["credit_minor"], figures["rewards"]) == (0, 0, 0)
    moved = {one.account: one.amount for one in shop.service.ask(q.MemberHistory(member="A")).items[0].moved}
    assert moved == {"points": -100, "credit": -100, "reward:card": -1}


def test_a_lot_that_ends_before_it_may_be_used_ends_all_the_same(shop: Shop) -> None:
    points(shop)
    shop.sell(10 * T)
    held = shop.member()
    assert (held.points, held.points_pending) == (10, 0)
    shop.clock.on(days=4)
    assert sweep(shop).lots == 1
    assert (shop.member().points, shop.member().points_pending) == (0, 0)


def test_a_clock_that_moved_back_ends_and_revives_nothing(shop: Shop) -> None:
    points(shop)
    shop.sell(10 * T)
    shop.clock.on(days=4)
    sweep(shop)
    (lot,) = expired(shop)
    shop.clock.on(days=40)
    shop.sell(1 * T)
    shop.clock.on(days=-41)
    assert sweep(shop) == SweptView()
    assert (shop.member().points, shop.member().points_pending) == (0, 1)
    assert expired(shop) == ()
    with shop.refuses("nothing_to_revive", days=30):
        revive(shop, lot.lot)


def test_what_ends_within_thirty_days_is_told_by_day(shop: Shop) -> None:
    points(shop, expiry={"days": 30})
    shop.sell(10 * T)
    shop.publish("credit", "spend_credit", {"expiry": {"days": 31}}, rate_bp=1_000)
    shop.clock.on(days=1)
    shop.sell(20 * T)
    assert shop.member().ending == (
        EndingView(unit="points", amount=10, on="2026-12-21"),
        EndingView(unit="points", amount=20, on="2026-12-22"),
    )
    assert {lot.unit for lot in shop.member().lots} == {"points", "credit"}


def test_a_month_old_lot_is_revived_whole_as_a_new_one_that_names_the_old(shop: Shop) -> None:
    points(shop)
    shop.sell(100 * T)
    shop.sell(30 * T, points=30)
    (old,) = [lot.lot for lot in shop.member().lots]
    shop.clock.on(days=33)
    assert expired(shop) == ()  # not swept, so not written down yet
    member = revive(shop, old)
    assert (member.points, [lot.expires_on for lot in member.lots]) == (70, ["2027-01-23"])
    assert old not in {lot.lot for lot in member.lots}
    assert revive(shop, old) == member
    with shop.refuses("key_taken"):
        revive(shop, old, reason="another")
    with shop.refuses("nothing_to_revive"):
        revive(shop, old, posting_id="once more")
    record = next(i for i in shop.service.ask(q.MemberHistory(member="A")).items if i.kind == "revive")
    assert [(one.account, one.amount) for one in record.moved] == [("points", 70)]
    assert record.why is not None and record.why.en.startswith("until ") and "was ill" in record.why.en


@pytest.mark.parametrize("unit", ["points", "credit"])
def test_an_opening_balance_that_ended_is_revived_like_any_other(shop: Shop, unit: str) -> None:
    points(shop)
    shop.publish("back", "spend_credit", THREE_DAYS, rate_bp=1_000)
    shop.service.do(Adjust(posting_id="paper", member="A", unit=unit, amount=500, reason="opening"))
    shop.clock.on(days=4)
    sweep(shop)
    (lot,) = expired(shop)
    member = revive(shop, lot.lot)
    assert (member.points + member.credit_minor, [one.unit for one in member.lots]) == (500, [unit])
    assert expired(shop) == ()


def test_a_lot_that_was_revived_and_ended_again_is_revived_again(shop: Shop) -> None:
    points(shop)
    shop.sell(100 * T)
    shop.clock.on(days=4)
    sweep(shop)
    revive(shop, expired(shop)[0].lot)
    shop.clock.on(days=40)
    sweep(shop)
    assert revive(shop, expired(shop)[0].lot, posting_id="once more").points == 100


def test_a_lot_that_ended_31_days_ago_stays_ended(shop: Shop) -> None:
    points(shop)
    shop.sell(100 * T)
    shop.clock.on(days=34)
    sweep(shop)
    assert expired(shop) == ()
    with shop.refuses("nothing_to_revive"):
        revive(shop, 1)


def test_a_swept_lot_is_listed_until_it_is_revived_for_a_chosen_time(shop: Shop) -> None:
    points(shop)
    shop.sell(100 * T)
    shop.clock.on(days=4)
    sweep(shop)
    (lot,) = expired(shop)
    told = (lot.unit, lot.amount, lot.expired_on, lot.revive_until)
    assert told == ("points", 100, "2026-11-24", "2026-12-24")
    revive(shop, lot.lot, expires="2026-12-01")
    assert expired(shop) == ()
    assert [one.expires_on for one in shop.member().lots] == ["2026-12-01"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("expires", "2026-11-20"), ("expires", "soon"), ("reason", ""), ("posting_id", "a:b")],
)
def test_a_revival_without_sense_is_refused(shop: Shop, field: str, value: str) -> None:
    with shop.refuses_field(field):
        revive(shop, 1, **{field: value})


def test_what_is_revived_repays_a_debt_first(shop: Shop) -> None:
    points(shop, expiry={"never": True})
    early = shop.sell(20 * T)
    shop.sell(20 * T, points=20)
    points(shop)
    shop.sell(30 * T)
    (lot,) = [one.lot for one in shop.member().lots]
    shop.clock.on(days=4)
    shop.void(early)
    assert shop.member().owed.points == 20
    member = revive(shop, lot)
    assert (member.points, member.owed.points) == (10, 0)


@pytest.mark.parametrize("swept", [False, True])
def test_what_expired_unspent_counts_as_taken_back_already(shop: Shop, *, swept: bool) -> None:
    points(shop)
    sale = shop.sell(100 * T)
    shop.sell(30 * T, points=30)
    points(shop, expiry={"never": True})
    shop.sell(50 * T)
    shop.clock.on(days=4)
    if swept:
        sweep(shop)
    first = shop.refund(sale, 60 * T)
    assert (shop.member().points, shop.member().owed.points, first.to_points) == (50, 0, 0)
    shop.proved()
    shop.refund(sale, 40 * T)
    # 70 of the 100 were lost with the lot, 30 were spent: those come from what there is.
    assert (shop.member().points, shop.member().owed.points) == (20, 0)
    assert expired(shop) == ()


def test_a_revived_lot_pays_for_the_refund_of_its_sale_like_any_other(shop: Shop) -> None:
    points(shop)
    sale = shop.sell(100 * T)
    (lot,) = [one.lot for one in shop.member().lots]
    shop.clock.on(days=4)
    revive(shop, lot)
    assert shop.member().points == 100
    shop.void(sale)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)


def spent_and_lost(shop: Shop, *, swept: bool = True) -> Any:
    points(shop)
    shop.sell(100 * T)
    points(shop, expiry={"never": True})
    spent = shop.sell(80 * T, points=80)
    shop.clock.on(days=4)
    if swept:
        sweep(shop)
    return spent


@pytest.mark.parametrize("swept", [False, True])
def test_spent_value_whose_lot_ended_is_granted_for_seven_days(shop: Shop, *, swept: bool) -> None:
    spent = spent_and_lost(shop, swept=swept)
    back = shop.refund(spent, 40 * T, refund_id="back")
    assert (back.to_points, [(one.unit, one.amount) for one in back.lost]) == (0, [("points", 40)])
    grant = cl.GrantCourtesy(sale_id=spent.sale_id, refund_id="back", reason="our mistake")
    member = shop.service.do(grant)
    assert (member.points, [lot.expires_on for lot in member.lots]) == (40, ["2026-12-02"])
    assert shop.service.do(grant) == member
    with shop.refuses("key_taken"):
        shop.service.do(cl.GrantCourtesy(sale_id=spent.sale_id, refund_id="back", reason="once more"))
    shop.clock.on(days=8)
    assert shop.member().points == 0


def test_a_void_is_followed_by_a_courtesy_as_a_refund_is(shop: Shop) -> None:
    spent = spent_and_lost(shop)
    shop.void(spent)
    assert shop.service.do(cl.GrantCourtesy(sale_id=spent.sale_id, reason="kind")).points == 80


def test_a_courtesy_needs_a_refund_that_lost_something(shop: Shop) -> None:
    points(shop)
    sale, other = shop.sell(100 * T), shop.sell(10 * T)
    shop.refund(sale, 10 * T, refund_id="back")
    for sale_id, refund_id in ((sale.sale_id, "other"), (other.sale_id, "back"), (sale.sale_id, None)):
        with shop.refuses("unknown_refund"):
            shop.service.do(cl.GrantCourtesy(sale_id=sale_id or "", refund_id=refund_id, reason="x"))
    with shop.refuses("nothing_was_lost", number=1):
        shop.service.do(cl.GrantCourtesy(sale_id=sale.sale_id or "", refund_id="back", reason="x"))


def test_a_paper_reward_that_ended_says_so_after_the_sweep_as_before(shop: Shop) -> None:
    shop.publish("card", "stamp_card", THREE_DAYS, needed=2)
    shop.sell(None, goods("tea", 100 * T, 4))
    code = shop.print_voucher("card").code
    shop.sell(None, goods("tea", 100 * T))
    shop.clock.on(days=4)
    before = shop.identify(code)
    sweep(shop)
    after = shop.identify(code)
    assert (after.kind, after.spent, after.spent_on) == ("nothing", "ended", "2026-11-24")
    assert after == before


def test_a_sweep_in_one_till_leaves_nothing_for_the_next(shop: Shop) -> None:
    points(shop)
    for card in ("B", "C", "D"):
        shop.enrol(card)
        shop.sell(10 * T, member=card)
    shop.clock.on(days=4)
    assert shop.service.do(cl.CatchUp()).swept == SweptView(members=3, lots=3, points=30)
    assert shop.service.do(cl.CatchUp()).swept == SweptView()


def test_a_referral_that_was_given_in_points_that_ended_is_taken_back_without_a_debt(shop: Shop) -> None:
    shop.publish("friend", "event_gift", THREE_DAYS, event="referrer", gives="points", points=10)
    shop.enrol("B", referred_by="A")
    first = shop.sell(100 * T, member="B")
    assert shop.member().points == 10
    shop.clock.on(days=4)
    sweep(shop)
    shop.void(first)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)
