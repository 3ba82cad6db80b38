"""Limits and budgets said plainly: how much is used, what is left, why a programme rests."""

from collections.abc import Callable

import pytest

from loyalty_pos.app.form_views import LimitsView
from loyalty_pos.ui.pages.programme_use import left_words, rests_words
from loyalty_pos.ui.widgets.share_bar import ShareBar
from tests.languages import language, shop_view
from tests.ui.studio import codes_shop
from tests.ui.studio.desk import Desk


def limits(**given: object) -> LimitsView:
    said = {"times": 0, "total": None, "spent_minor": 0, "budget_minor": None, "used_up": False, **given}
    return LimitsView(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"times": 3, "total": 10}, "7 times left"),
        ({"times": 9, "total": 10}, "1 time left"),
        ({"spent_minor": 30_000, "budget_minor": 50_000}, "2,000 T left"),
        (
            {"times": 12, "total": 10, "spent_minor": 60_000, "budget_minor": 50_000},
            "0 times left · 0 T left",
        ),
    ],
)
def test_what_is_left_is_said_in_numbers(given: dict[str, object], left: str) -> None:
    assert left_words(limits(**given), language("en", shop_view("IRR", "toman"))) == left


def test_why_a_programme_rests_is_said() -> None:
    english = language("en", shop_view("IRR", "toman"))
    over = limits(spent_minor=50_000, budget_minor=50_000, times=1, total=10)
    assert rests_words(over, english) == "Paused by itself: budget used up"
    assert rests_words(limits(times=10, total=10), english) == "Paused by itself: limit reached"


def test_a_programme_without_limits_or_desks_shows_no_card_and_one_with_a_budget_its_bar(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk(code="en")
    codes_shop.add(desk.path)
    page = desk.programmes
    desk.go(page)
    desk.rig.settle()
    use = page.editor.side.use
    page._choose("drinks")
    assert use.isHidden()
    page._choose("spring")
    assert (use.bar.share_milli, use.used.accessibleName()) == (342, "171,000 of 500,000 T given away")
    assert use.left.accessibleName() == "329,000 T left" and use.rests.isHidden()
    page._choose("fifty")
    assert (use.bar.share_milli, use.left.isHidden()) == (1_000, True)
    assert use.rests.accessibleName().startswith("Paused by itself: budget used up")
    page._choose("friends")
    assert use.open.accessibleName() == "Its list by hand" and use.bar.isHidden()
    item = next(each for each in page.list.items if each.key == "fifty")
    assert "Paused by itself: budget used up" in item.accessibleDescription() + item._used.accessibleName()


def test_a_bar_holds_between_nothing_and_all(qapp: object) -> None:
    bar = ShareBar()
    shares = []
    for milli in (-5, 0, 400, 5_000):
        bar.set_share(milli, "said")
        shares.append(bar.share_milli)
    assert (shares, bar.accessibleName()) == ([0, 0, 400, 1_000], "said")
