"""Prizes for points and earned rewards, handed over without a sale (rules 6, 8, 12, 27, product P17)."""

from collections.abc import Iterator
from json import dumps, loads
from pathlib import Path
from subprocess import PIPE, Popen
from sys import executable
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.claim_views import ClaimablesView, ClaimableView, ClaimView
from loyalty_pos.app.history_views import HistoryItemView, MemberHistoryView
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.domain.errors import Rejection
from tests.languages import language
from tests.shop import Shop, T, goods, item

RACES = 12


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol("A", name="سارا")
    opened.publish("club", "points", step_minor=10 * T)
    opened.publish("mug", "prize", what="mug", price_points=200)
    yield opened
    opened.proved()
    opened.close()


def earn(shop: Shop, points: int, member: str = "A") -> None:
    shop.sell(points * 10 * T, member=member)


def claim(shop: Shop, key: str = "c1", programme: str = "mug", times: int = 1, **more: Any) -> ClaimView:
    asked = {"posting_id": key, "member": "A", "programme": programme, "times": times, **more}
    view: ClaimView = shop.service.do(c.ClaimReward(**asked))
    return view


def undo(shop: Shop, key: str = "c1") -> ClaimView:
    view: ClaimView = shop.service.do(c.UndoClaim(posting_id=key))
    return view


def offered(shop: Shop, programme: str) -> ClaimableView:
    view: ClaimablesView = shop.service.ask(q.Claimables(member="A"))
    return next(one for one in view.items if one.programme == programme)


def history(shop: Shop) -> tuple[HistoryItemView, ...]:
    view: MemberHistoryView = shop.service.ask(q.MemberHistory(member="A"))
    return view.items


def test_points_buy_a_prize_without_a_sale(shop: Shop) -> None:
    earn(shop, 500)
    view = claim(shop, times=2)
    assert (view.points, view.rewards, view.times, view.points_left) == (400, 0, 2, 100)
    assert (view.hand_over.en, view.member_name) == ("2 × One mug", "سارا")
    assert (shop.member().points, shop.member().visits) == (100, 1)


def test_the_same_key_answers_the_same_and_another_request_under_it_is_refused(shop: Shop) -> None:
    earn(shop, 500)
    first = claim(shop)
    earn(shop, 10)
    assert claim(shop) == first
    assert shop.member().points == 310
    with shop.refuses("key_taken"):
        claim(shop, times=2)
    with shop.refuses("key_taken"):
        claim(shop, key="s1")
    with shop.refuses_field("posting_id", "not_valid"):
        claim(shop, key="undo:c1")
    with shop.refuses_field("times", "out_of_range"):
        claim(shop, key="c9", times=0)


def test_too_few_points_are_refused_with_how_many_there_are(shop: Shop) -> None:
    earn(shop, 399)
    with shop.refuses("not_enough_points", asked=400, have=399):
        claim(shop, times=2)
    assert claim(shop).points_left == 199


def test_points_that_a_sale_on_hold_reserves_buy_nothing(shop: Shop) -> None:
    shop.publish("club", "points", step_minor=10 * T, point_value_minor=T)
    earn(shop, 300)
    held = c.HoldSale(posting_id="h", member="A", amount_minor=150 * T, use=c.Use(points=150))
    shop.service.do(held)
    with shop.refuses("not_enough_points", asked=200, have=150):
        claim(shop)


def test_who_owes_points_claims_nothing_until_they_are_repaid(shop: Shop) -> None:
    shop.publish("club", "points", step_minor=10 * T, point_value_minor=T)
    first = shop.sell(2_000 * T)
    shop.sell(100 * T, points=100)
    shop.void(first)
    assert shop.member().owed.points > 0
    with shop.refuses("owes", unit="points"):
        claim(shop)
    assert offered(shop, "mug").reason is not None


@pytest.mark.parametrize(
    ("when", "reason", "said"),
    [
        ({"schedule": {"weekdays": ["mon"]}}, "other_weekday", "mug can be claimed on other days."),
        ({"schedule": {"hours": ["18:00-20:00"]}}, "other_hours", "mug can be claimed at other hours."),
        ({"schedule": {"to": "2026-11-20"}}, "ended", "mug has ended."),
        ({"schedule": {"from": "2026-11-22"}}, "not_yet", "mug has not begun yet."),
        ({"audience": {"member_kinds": ["company"]}}, "other_member_kind", "mug cannot be claimed now."),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_outside_its_window_or_audience_a_prize_is_refused_with_the_reason(
    shop: Shop, when: dict[str, Any], reason: str, said: str
) -> None:
    earn(shop, 500)
    shop.publish("mug", "prize", when, what="mug", price_points=200)
    with shop.refuses("claim_refused", reason=reason, programme="mug") as caught:
        claim(shop)
    assert say_rejection(caught.value, language("en")) == said
    view = offered(shop, "mug")
    assert view.at_most == 0 and view.reason is not None and view.reason.en


def test_prizes_differ_by_level(shop: Shop) -> None:
    shop.publish("levels", "tiers", levels=[{"key": "gold", "from": 10_000 * T}])
    shop.publish("mug", "prize", {"audience": {"tiers": ["gold"]}}, what="mug", price_points=200)
    earn(shop, 500)
    with shop.refuses("claim_refused", reason="other_tier"):
        claim(shop)
    earn(shop, 500)
    assert claim(shop).points == 200


def test_a_limit_and_a_budget_hold_for_claims_and_undoing_gives_them_back(shop: Shop) -> None:
    earn(shop, 2_000)
    limits = {"per_member": 3, "budget_minor": 250 * T}
    shop.publish("mug", "prize", {"limits": limits}, what="mug", price_points=200, worth_minor=100 * T)
    with shop.refuses("claim_refused", reason="budget_spent"):
        claim(shop, times=3)
    claim(shop, times=2)
    with shop.refuses("claim_refused", reason="budget_spent"):
        claim(shop, "c2")
    undo(shop)
    assert claim(shop, "c2", times=2).times == 2
    shop.publish("mug", "prize", {"limits": {"per_member": 3}}, what="mug", price_points=200)
    assert offered(shop, "mug").at_most == 1  # counted anew from what is on record
    with shop.refuses("claim_refused", reason="limit_member"):
        claim(shop, "c3", times=2)
    claim(shop, "c3")
    assert offered(shop, "mug").at_most == 0


def test_an_undone_claim_puts_points_back_into_their_own_lots(shop: Shop) -> None:
    earn(shop, 300)
    before = shop.member().lots
    claim(shop)
    view = undo(shop)
    assert (view.undone, view.to_points, view.to_rewards) == (True, 200, 0)
    assert shop.member().lots == before
    assert undo(shop) == view
    assert claim(shop) == view  # the key stays what it was: it hands nothing over a second time
    with shop.refuses("unknown_claim"):
        undo(shop, "s1")
    with shop.refuses("unknown_claim"):
        undo(shop, "nobody")


def test_what_expired_meanwhile_does_not_come_back(shop: Shop) -> None:
    shop.publish("club", "points", {"expiry": {"days": 5}}, step_minor=10 * T)
    earn(shop, 300)
    claim(shop)
    shop.clock.on(days=6)
    assert undo(shop).to_points == 0
    assert shop.member().points == 0


def test_a_reward_that_was_earned_is_handed_over_without_a_sale(shop: Shop) -> None:
    shop.product("tea", 40 * T, "coffee")
    shop.publish("card", "stamp_card", needed=2, groups=["coffee"])
    for _ in range(2):
        shop.sell(None, item("tea", 2), decline=("card",))
    paper = shop.print_voucher("card")
    assert [(one.programme, one.at_most) for one in _items(shop)] == [("card", 2), ("mug", 0)]
    with shop.refuses("not_enough_rewards", asked=3, have=2):
        claim(shop, programme="card", times=3)
    view = claim(shop, programme="card", times=2)
    assert (view.points, view.rewards, view.hand_over.en) == (0, 2, "2 × One free unit of coffee")
    assert shop.rewards() == 0
    with shop.refuses("voucher_used"):
        shop.sell(None, item("tea"), vouchers=(paper.code,))
    assert undo(shop).to_rewards == 2
    assert shop.rewards() == 2


def test_a_reward_reserved_for_a_sale_on_hold_is_not_handed_over(shop: Shop) -> None:
    shop.product("tea", 40 * T, "coffee")
    shop.publish("card", "stamp_card", needed=2, groups=["coffee"])
    shop.sell(None, item("tea", 2), decline=("card",))
    shop.service.do(c.HoldSale(posting_id="h", member="A", lines=(item("tea"),)))
    with shop.refuses("not_enough_rewards", have=0):
        claim(shop, programme="card")
    assert [one.programme for one in _items(shop)] == ["mug"]


def test_what_gives_no_thing_and_what_has_ended_cannot_be_claimed(shop: Shop) -> None:
    earn(shop, 300)
    with shop.refuses("nothing_to_claim", programme="club"):
        claim(shop, programme="club")
    with shop.refuses("unknown_programme", programme="cup"):
        claim(shop, programme="cup")
    shop.retire("mug")
    with shop.refuses("unknown_programme", programme="mug"):
        claim(shop)
    assert _items(shop) == ()


def test_the_list_says_what_may_be_claimed_how_often_and_what_is_missing(shop: Shop) -> None:
    shop.publish("cap", "prize", what="cap", price_points=700)
    earn(shop, 500)
    view: ClaimablesView = shop.service.ask(q.Claimables(member="A"))
    assert (view.points, [(one.programme, one.at_most) for one in view.items]) == (
        500, [("mug", 2), ("cap", 0)],
    )  # fmt: skip
    reason = view.items[1].reason
    assert reason is not None
    assert (reason.en, reason.fa) == ("200 points are missing", "۲۰۰ امتیاز کم است")


def test_the_list_names_the_last_claim_of_today_that_still_stands(shop: Shop) -> None:
    def last() -> str | None:
        view: ClaimablesView = shop.service.ask(q.Claimables(member="A"))
        return view.last.posting_id if view.last else None

    earn(shop, 900)
    assert last() is None
    claim(shop)
    claim(shop, "c2")
    assert last() == "c2"
    undo(shop, "c2")
    assert last() == "c1"
    shop.clock.on(days=1)
    assert last() is None


def test_the_members_history_tells_of_a_claim_and_of_its_undoing_with_the_why(shop: Shop) -> None:
    shop.product("tea", 40 * T, "coffee")
    shop.publish("card", "stamp_card", needed=2, groups=["coffee"])
    shop.sell(None, item("tea", 2), goods("x", 5_000 * T), decline=("card",))
    claim(shop)
    claim(shop, "c2", "card")
    undo(shop)
    back, card, mug = history(shop)[:3]
    assert (back.kind, card.kind, mug.kind) == ("unclaim", "claim", "claim")
    assert (mug.voided, card.voided, mug.programme_name) == (True, False, "mug")
    assert [one.amount for one in mug.moved] == [-200]
    assert mug.why is not None and card.why is not None and back.why is not None
    assert mug.why.en == "200 points for: One mug."
    assert card.why.en == "A reward, handed over: One free unit of coffee."
    assert back.why.en == "One mug"


@pytest.mark.parametrize(
    "when",
    [
        {"basket": {"min_minor": 5}},
        {"stacking": {"alone": True}},
        {"expiry": {"days": 5}},
        {"audience": {"non_members": True}},
    ],
)
def test_conditions_that_need_a_sale_are_refused_for_a_prize(shop: Shop, when: dict[str, Any]) -> None:
    name = next(iter(when))
    with pytest.raises(Rejection) as caught:
        shop.publish("cup", "prize", when, what="cup", price_points=1)
    assert str(caught.value.facts["field"]).startswith(f"when.{name}")


def test_a_budget_of_a_prize_needs_its_worth(shop: Shop) -> None:
    with shop.refuses_field("when.limits.budget_minor", "no_money_worth"):
        shop.publish("cup", "prize", {"limits": {"budget_minor": 9}}, what="cup", price_points=1)


def test_a_prize_leaves_sales_as_they_are(shop: Shop) -> None:
    assert {line.programme for line in shop.sell(100 * T).trace} == {"club"}


@pytest.mark.slow
def test_of_two_processes_that_claim_at_once_exactly_one_gets_the_prize(shop: Shop) -> None:
    earn(shop, 200 * RACES + 199)
    commands = [
        "\n".join(
            dumps({"do": "claim_reward", "posting_id": f"{till}-{n}", "member": "A", "programme": "mug"})
            for n in range(RACES)
        )
        for till in "xy"
    ]
    door = [executable, "-m", "loyalty_pos", "do", "--shop", str(shop.path)]
    running = [Popen(door, stdin=PIPE, stdout=PIPE, text=True) for _ in commands]
    for process, text in zip(running, commands, strict=True):
        assert process.stdin is not None
        process.stdin.write(text)
        process.stdin.close()
    answers: list[dict[str, Any]] = []
    for process in running:
        with process:
            assert process.stdout is not None
            answers += [loads(line) for line in process.stdout]
    won = [answer for answer in answers if answer["ok"]]
    assert len(answers) == 2 * RACES
    assert len(won) == RACES
    assert {answer["code"] for answer in answers if not answer["ok"]} == {"not_enough_points"}
    assert shop.member().points == 199


def _items(shop: Shop) -> tuple[ClaimableView, ...]:
    view: ClaimablesView = shop.service.ask(q.Claimables(member="A"))
    return view.items
