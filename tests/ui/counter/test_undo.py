"""Ctrl Z brings back the last change of the sale, step by step, and only then reaches for a recorded sale."""

from loyalty_pos.app.commands import VoidSale
from tests.ui.counter.goods_shop import CAKE, LATTE, TEA, Counter, built_with_goods, counter
from tests.ui.counter.goods_shop import SARA as SARA_CARD
from tests.ui.counter.rig import Rig
from tests.ui.counter.states import LEILA, SARA
from tests.ui.fake_service import SILVER

__all__ = ["built_with_goods", "counter"]


def do(rig: Rig, typed: str) -> None:
    rig.keys(typed)
    rig.settle()


def priced(rig: Rig) -> None:
    rig.scan(SARA)
    rig.settle()
    do(rig, "469.")


def who(rig: Rig) -> str:
    return rig.state.member.member if rig.state.member else ""


def credit_on(rig: Rig) -> bool:
    return rig.state.credit_on


def said(rig: Rig) -> str:
    return rig.state.said.code if rig.state.said else ""


def test_every_rung_of_escape_comes_back_in_turn(rig: Rig) -> None:
    priced(rig)
    do(rig, "Alt+2 *")
    before = rig.state
    do(rig, "Esc")
    do(rig, "Esc")
    assert who(rig) == ""
    do(rig, "Ctrl+z")
    assert (who(rig), rig.state.amount_minor) == ("m1", 0)
    do(rig, "Ctrl+z")
    after = rig.state
    assert (after.amount_minor, after.member) == (before.amount_minor, before.member)
    assert (after.declined, dict(after.counts)) == (before.declined, dict(before.counts))
    assert after.fresh and not rig.sent(VoidSale)


def test_a_choice_is_brought_back_one_at_a_time(rig: Rig) -> None:
    priced(rig)
    due = rig.state.quote.due_minor if rig.state.quote else 0
    do(rig, "Alt+2")
    do(rig, "F6")
    do(rig, "*")
    assert rig.state.undoable == "stamps"
    do(rig, "Ctrl+z")
    assert (credit_on(rig), dict(rig.state.counts)) == (True, {})
    do(rig, "Ctrl+z")
    assert (credit_on(rig), rig.state.declined) == (False, frozenset({SILVER}))
    do(rig, "Ctrl+z")
    assert rig.state.quote is not None and rig.state.quote.due_minor == due
    assert rig.state.undoable == ""


def test_what_was_typed_since_is_never_overwritten(rig: Rig) -> None:
    do(rig, "469.")
    do(rig, "Esc 52.")
    do(rig, "Ctrl+z")
    assert rig.state.amount_minor == 520_000


def test_a_member_scanned_over_another_gives_the_first_one_back(rig: Rig) -> None:
    priced(rig)
    do(rig, "F6")
    rig.scan(LEILA)
    rig.settle()
    assert (who(rig), credit_on(rig)) == ("m3", False)
    do(rig, "Ctrl+z")
    assert (who(rig), credit_on(rig)) == ("m1", True)


def test_walking_back_stops_once_before_a_recorded_sale(rig: Rig) -> None:
    priced(rig)
    do(rig, "Enter")
    rig.page.flow.toast_ended()
    do(rig, "52.")
    do(rig, "F2 Esc")
    do(rig, "Ctrl+z")
    assert rig.state.amount_minor == 520_000
    do(rig, "Back Back Back Back Back")
    do(rig, "Ctrl+z")
    assert said(rig) == "changes_are_back" and not rig.sent(VoidSale)
    do(rig, "Ctrl+z")
    assert len(rig.sent(VoidSale)) == 1


def test_a_key_held_down_brings_back_one_step(rig: Rig) -> None:
    priced(rig)
    do(rig, "Alt+2")
    do(rig, "F6")
    rig.press("Ctrl+z")
    for _ in range(5):
        rig.press("Ctrl+z", held=True)
    rig.settle()
    assert (credit_on(rig), rig.state.declined) == (False, frozenset({SILVER}))


def test_a_recorded_sale_leaves_no_change_behind(rig: Rig) -> None:
    priced(rig)
    do(rig, "Alt+2")
    do(rig, "Enter")
    do(rig, "Ctrl+z")
    assert len(rig.sent(VoidSale)) == 1


def test_a_new_members_form_comes_back_with_what_was_typed(rig: Rig) -> None:
    do(rig, "F3 0912111 Esc")
    do(rig, "Ctrl+z")
    assert rig.state.join is not None and rig.state.join.phone == "0912111"


def test_the_question_about_a_double_is_answered_back(rig: Rig) -> None:
    for _ in range(2):
        priced(rig)
        do(rig, "Enter")
    assert rig.state.doubt is not None
    do(rig, "Esc")
    assert who(rig) == ""
    do(rig, "Ctrl+z")
    assert (who(rig), rig.state.amount_minor) == ("m1", 4_690_000)


def goods(counter: Counter) -> list[tuple[str, int]]:
    return [(item.product.sku, item.quantity) for item in counter.rig.state.items]


def test_lines_come_back_where_they_were(counter: Counter) -> None:
    counter.scan(SARA_CARD)
    for code in (LATTE, TEA, CAKE):
        counter.scan(code)
    counter.do("Up Ctrl+f")
    counter.do("-")
    assert goods(counter) == [("latte", 1), ("cake", 1)]
    counter.do("Ctrl+z")
    assert goods(counter) == [("latte", 1), ("tea", 1), ("cake", 1)]
    assert counter.rig.state.item_chosen == 1
    counter.do("Ctrl+z Ctrl+z")
    assert goods(counter) == [("latte", 1), ("tea", 1)]


def test_a_cleared_sale_of_goods_comes_back_whole(counter: Counter) -> None:
    for code in (LATTE, TEA):
        counter.scan(code)
    counter.do("Esc")
    assert goods(counter) == []
    counter.do("Ctrl+z")
    assert goods(counter) == [("latte", 1), ("tea", 1)] and counter.rig.state.fresh
