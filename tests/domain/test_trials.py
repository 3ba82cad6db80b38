"""Who is drawn to go without a programme: a fixed share of members, the same ones for ever."""

from typing import Any

import apsw
import pytest

from loyalty_pos.domain.compiling import compiled
from loyalty_pos.domain.conditions import Buyer, Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.kinds import read
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.domain.trials import trial_of
from loyalty_pos.domain.when import When
from tests.domain.pieces import basket, line

MEMBERS = range(1, 20_001)
NOW = Moment(0, "2026-11-21", "sat", 720)
CARD = {"count": "units", "needed": 5, "mode": "after_n_paid"}
HALF = {"audience": {"hold_out_bp": 5_000}}


def published(kind: str, params: dict[str, Any], when: dict[str, Any]) -> Revision:
    found = kinds()[kind]
    return compiled(found, read(found.params, params, "params"), read(When, when, "when"), 1, 1, kind)


@pytest.mark.parametrize("share_bp", [100, 1_000, 5_000])
@pytest.mark.parametrize("key", ["card", "back", "thursday"])
def test_the_share_is_drawn_wherever_one_looks(key: str, share_bp: int) -> None:
    trial = trial_of(key, share_bp)
    drawn = [trial.holds_out(member) for member in MEMBERS]
    for part in (drawn[:10_000], drawn[10_000:], drawn[::2], drawn[1::7]):
        due = len(part) * share_bp / 10_000
        assert abs(sum(part) - due) < 5 * due**0.5


def test_a_larger_share_only_adds_members_and_each_programme_draws_its_own() -> None:
    small, large, other = (trial_of(*one) for one in (("card", 500), ("card", 1_000), ("back", 1_000)))
    few = {member for member in MEMBERS if small.holds_out(member)}
    many = {member for member in MEMBERS if large.holds_out(member)}
    others = {member for member in MEMBERS if other.holds_out(member)}
    assert few < many
    assert len(many & others) < len(many) // 5


def test_a_query_draws_the_same_members() -> None:
    trial = trial_of("card", 1_000)
    sql = "SELECT (?1 * ?1 % 2147483647 * ?2 % 2147483647 + ?1 * ?3 + ?4) % 2147483647 % 10000 < ?5"
    db = apsw.Connection(":memory:")
    for member in (1, 2, 77, 1_000_000, 2**31 - 2):
        ((drawn,),) = db.execute(sql, (member, *trial))
        assert bool(drawn) is trial.holds_out(member)


def test_whoever_is_drawn_is_outside_the_programme_and_the_reason_says_so() -> None:
    condition = published("points", {"step_minor": 10, "points_per_step": 1}, HALF).condition
    said = {
        member: condition.why_not(Buyer("individual", member=member), NOW, basket(line(100)))
        for member in range(1, 101)
    }
    assert {one.code for one in said.values() if one} == {"held_out"}
    assert 30 < sum(one is None for one in said.values()) < 70
    assert condition.why_not(None, NOW, basket(line(100))) == ("no_member", {})


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("charity", {"rate_bp": 100, "cause": "school"}),
        ("percent_off", {"rate_bp": 500, "lane": "code"}),
        ("participation", {"what": "feedback", "points": 5, "question": "How was it?"}),
        ("vip", {"fee_minor": 1_000, "term_months": 12, "grace_days": 0}),
        ("prize", {"what": "cup", "price_points": 5, "worth_minor": 100}),
    ],
)
def test_nobody_is_left_out_of_what_they_are_handed_ask_for_or_pay_for(
    kind: str, params: dict[str, Any]
) -> None:
    published(kind, params, {})
    with pytest.raises(InvalidRequest) as no:
        published(kind, params, HALF)
    assert (no.value.facts["field"], no.value.facts["problem"]) == ("when.audience.hold_out_bp", "not_here")


def test_a_club_leaves_nobody_out() -> None:
    levels = [{"key": "bronze", "name": "Bronze", "from": 0}]
    with pytest.raises(Rejection):
        published("tiers", {"metric": "spend", "window_months": 2, "levels": levels}, HALF)


@pytest.mark.parametrize(
    ("kind", "params"),
    [("percent_off", {"rate_bp": 500, "lane": "member"}), ("stamp_card", CARD)],
)
def test_what_comes_by_itself_may_leave_members_out(kind: str, params: dict[str, Any]) -> None:
    assert published(kind, params, HALF).condition.trial == trial_of(kind, 5_000)


def test_a_share_needs_members_and_a_programme_of_its_own() -> None:
    for when, params, field, problem in (
        ({"audience": {"hold_out_bp": 100, "non_members": True}}, CARD, "when.audience", "only_for_members"),
        (
            {},
            {**CARD, "mode": "after_n_paid", "coefficients": [{"milli": 2_000, "when": HALF}]},
            "params.coefficients.0.when.audience",
            "not_here",
        ),
        ({"audience": {"hold_out_bp": 5_001}}, CARD, "when.audience", "out_of_range"),
    ):
        with pytest.raises(InvalidRequest) as no:
            published("stamp_card", params, when)
        told = no.value.facts
        assert (told["field"], told["problem"]) == (f"{field}.hold_out_bp", problem)
