"""Challenges count what stands in their window; draws keep their published odds (product P9)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Chase, DrawPrize, Odds
from loyalty_pos.domain.games import Mark, commitment, counted, draw, refilled, since, standing_now
from loyalty_pos.domain.habits import Habit, Suggestion, suggested, usual
from tests.domain.pieces import basket, line, member, nobody, priced, revision

DAY = "2026-11-21"
THREE = Chase(3, "sale", 14)
DAYS = Chase(3, "day", 14)
WEEKS = Chase(3, "week")
MONTHS = Chase(2, "month")
ODDS = Odds(
    100,
    (
        DrawPrize("cup", 1, "reward", 1, 500),
        DrawPrize("fifty", 9, "points", 50, 100),
        DrawPrize("credit", 15, "credit", 20, 20),
    ),
)


def marks(*days: int, used: tuple[int, ...] = ()) -> list[Mark]:
    return [Mark(n, add_days(DAY, -ago), ago in used) for n, ago in enumerate(days, 1)]


def test_a_window_holds_both_its_ends() -> None:
    assert counted(THREE, marks(14, 3), DAY, "jalali").have == 3
    assert counted(THREE, marks(15, 3), DAY, "jalali").have == 2


def test_the_next_purchase_counts_until_the_oldest_one_falls_out() -> None:
    found = counted(THREE, marks(4), DAY, "jalali")
    assert (found.have, found.until_day) == (2, add_days(DAY, 10))
    assert standing_now(THREE, marks(4), DAY, "jalali") == (1, add_days(DAY, 10))


def test_what_won_before_does_not_win_again() -> None:
    assert counted(THREE, marks(3, 2, 1, used=(3, 2)), DAY, "jalali").have == 2


def test_of_more_than_enough_the_latest_ones_win() -> None:
    assert counted(THREE, marks(9, 8, 7, 6), DAY, "jalali").marks == (3, 4)


def test_a_purchase_of_a_later_day_does_not_count_for_an_earlier_one() -> None:
    assert counted(THREE, marks(-1, -2), DAY, "jalali").have == 1


def test_a_second_purchase_of_a_day_counts_no_second_day() -> None:
    found = counted(DAYS, marks(2, 0), DAY, "jalali")
    assert (found.have, found.again) == (2, True)
    assert standing_now(DAYS, marks(2, 0), DAY, "jalali")[0] == 2
    assert counted(DAYS, marks(2, 0, used=(2, 0)), DAY, "jalali") == (0, (), add_days(DAY, 14), True)


def test_days_beside_each_other_win_once() -> None:
    found = counted(DAYS, marks(2, 2, 1), DAY, "jalali")
    assert (found.have, found.again, found.marks) == (3, False, (1, 3))


def test_weeks_begin_on_saturday_or_monday_with_the_calendar() -> None:
    # The 21st is a Saturday: a new week in a Jalali shop, the same as the Monday before it elsewhere.
    assert counted(WEEKS, marks(1), DAY, "jalali").have == 2
    assert counted(WEEKS, marks(1), DAY, "gregorian").again


def test_a_missed_week_begins_anew_and_the_row_says_when_it_ends() -> None:
    assert counted(WEEKS, marks(14), DAY, "jalali").have == 1
    assert counted(WEEKS, marks(7), DAY, "jalali").until_day == "2026-12-04"
    assert standing_now(WEEKS, marks(7), DAY, "jalali") == (1, "2026-11-27")


def test_months_are_the_shops() -> None:
    # 21 November is 30 Aban; 22 November is 1 Azar.
    assert counted(MONTHS, marks(1), "2026-11-22", "gregorian").again
    assert counted(MONTHS, marks(0), "2026-11-22", "jalali").have == 2
    assert standing_now(MONTHS, marks(0), "2026-11-22", "jalali") == (1, "2026-12-21")


def test_enough_is_looked_at_and_no_more() -> None:
    assert since(THREE, DAY) == add_days(DAY, -14)
    assert since(WEEKS, DAY) == add_days(DAY, -28)
    assert since(MONTHS, DAY) == add_days(DAY, -93)


def test_others_take_the_place_of_a_lost_one_as_far_as_they_fit() -> None:
    assert refilled(THREE, marks(30, 12, 4, 1), "jalali") == (2, 3, 4)
    assert refilled(THREE, marks(30, 12), "jalali") is None
    assert refilled(DAYS, marks(4, 4, 1), "jalali") is None
    assert refilled(WEEKS, marks(14, 7, 0), "jalali") == (1, 2, 3)
    assert refilled(WEEKS, marks(21, 7, 0), "jalali") is None


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(2, 5))
def test_marks_that_count_are_enough_to_be_found_again(days: list[int], times: int) -> None:
    chase = Chase(times, "sale", 14)
    found = counted(chase, marks(*sorted(days, reverse=True)), DAY, "jalali")
    enough = [*marks(*sorted(days, reverse=True)), Mark(99, DAY)]
    if found.have == times:
        assert refilled(chase, enough, "jalali") is not None


def chi_square(draws: int) -> int:
    """Sum, in hundredths to stay with whole numbers, how far so many draws are from the published odds."""
    seen = {"": 0, **dict.fromkeys([one.name for one in ODDS.prizes], 0)}
    for number in range(1, draws + 1):
        _, prize = draw(ODDS, "a seed", number)
        seen[prize.name if prize else ""] += 1
    wanted = {
        name: draws * part // 100 for name, part in {"": 75, "cup": 1, "fifty": 9, "credit": 15}.items()
    }
    return sum((seen[name] - count) ** 2 * 100 // count for name, count in wanted.items())


PASSED_ONCE_IN_A_THOUSAND = 1_627
"""Of a chi-square with 3 degrees of freedom, in hundredths."""


@pytest.mark.long
def test_a_million_draws_keep_the_published_odds() -> None:
    assert chi_square(1_000_000) < PASSED_ONCE_IN_A_THOUSAND


def test_fifty_thousand_draws_keep_the_published_odds() -> None:
    assert chi_square(50_000) < PASSED_ONCE_IN_A_THOUSAND


def test_a_draw_is_the_same_for_everybody_who_has_the_seed() -> None:
    assert draw(ODDS, "a seed", 7) == draw(ODDS, "a seed", 7)
    assert len({draw(ODDS, f"seed {n}", 1)[0] for n in range(50)}) > 20
    assert commitment("a seed") != commitment("another seed")


def test_a_sale_says_what_it_does_in_a_game() -> None:
    game = revision("challenge", times=3, sku="x", within_days=14)
    cup = basket(line(100, sku="x"))
    assert [told.code for told in priced(cup, [game]).trace] == ["challenge_won"]
    assert [told.code for told in priced(cup, [game], member(events={})).trace] == ["event_not_now"]
    assert [told.code for told in priced(basket(line(0, sku="x")), [game]).trace] == ["no_eligible_goods"]
    assert [told.code for told in priced(cup, [game], left_out={1: declined()}).trace] == ["declined"]
    assert [told.code for told in nobody(cup, [game]).trace] == ["no_member"]


def declined() -> Any:
    from loyalty_pos.domain.trace import Reason

    return Reason("declined")


CUP = {"name": "g", "chances": 3, "gives": "free_item", "worth_minor": 1}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("challenge", {"times": 3, "within_days": 9}, "params.sku"),
    ("challenge", {"times": 3, "sku": "x", "group": "g", "within_days": 9}, "params.group"),
    ("challenge", {"times": 3, "sku": "x"}, "params.within_days"),
    ("challenge", {"times": 3, "count": "weeks", "within_days": 9}, "params.within_days"),
    ("challenge", {"times": 3, "sku": "x", "within_days": 9, "gives": "points"}, "params.points"),
    ("challenge", {"times": 3, "sku": "x", "within_days": 9, "gives": "credit"}, "params.credit_minor"),
    ("draw", {"out_of": 2, "prizes": [{"name": "g", "chances": 3, "worth_minor": 1}]}, "params.out_of"),
    (
        "draw",
        {
            "out_of": 9,
            "prizes": [{"name": "g", "chances": 3, "gives": "free_item", "amount": 2, "worth_minor": 1}],
        },
        "params.prizes.0.amount",
    ),
    ("participation", {"what": "vote", "points": 1}, "params.choices"),
    ("participation", {"what": "idea", "points": 1, "choices": ["g", "h"]}, "params.choices"),
    ("participation", {"what": "idea"}, "params.points"),
    ("participation", {"what": "idea", "gives": "credit"}, "params.credit_minor"),
    ("invitation", {"title": "g", "day": "soon"}, "params.day"),
    ("event_gift", {"event": "back", "points": 1}, "params.idle_days"),
    ("event_gift", {"event": "join", "points": 1, "idle_days": 5}, "params.idle_days"),
]


@pytest.mark.parametrize(("kind", "params", "field"), WRONG, ids=str)
def test_what_makes_no_sense_is_refused_naming_the_field(
    kind: str, params: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision(kind, **params)
    assert caught.value.facts["field"] == field


def test_the_usual_is_what_was_bought_most_and_last() -> None:
    bought = [{"tea"}, {"latte", "cake"}, {"tea", "latte"}, {"cake"}]
    assert usual(bought) == [Habit("tea", 2), Habit("cake", 2), Habit("latte", 2)]
    assert usual([{"tea"}, {"latte"}]) == []


def test_the_next_offer_is_new_and_of_the_favourite_group() -> None:
    groups = {"tea": "hot", "latte": "hot", "mocha": "hot", "cake": "sweet"}
    assert suggested([{"tea"}, {"latte"}, {"cake"}], groups) == Suggestion("mocha", "hot", 2)
    assert suggested([{"tea"}, {"cake"}], groups) is None
    assert suggested([{"cake"}, {"cake"}], groups) is None
    assert suggested([], groups) is None
