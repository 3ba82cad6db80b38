"""The model of a whole shop is worth something: each of these bugs, put in on purpose, turns it red."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from loyalty_pos.app import asked_sales, handlers_attach, handlers_claims
from loyalty_pos.domain import keeping, take_back
from loyalty_pos.domain.ledger import Book
from loyalty_pos.store.ledger_store import LedgerStore
from tests.app.whole_shop import WholeShop, furnish
from tests.shop import raw

Patch = pytest.MonkeyPatch


def spent_value_does_not_come_back(patch: Patch) -> None:
    patch.setattr(take_back, "share_back", lambda *_: 0)


def spent_value_is_rounded_up(patch: Patch) -> None:
    real = keeping.share_back
    patch.setattr(take_back, "share_back", lambda sold, kept, whole: min(whole, real(sold, kept, whole) + 1))


def a_part_taken_back_keeps_all_it_earned(patch: Patch) -> None:
    patch.setattr(take_back, "earned_micros", lambda sold, kept, given: given.micros)


def what_is_spent_by_then_is_forgiven(patch: Patch) -> None:
    real = Book.take_back
    patch.setattr(Book, "take_back", lambda *given: real(*given) * 0)


def what_is_owed_may_be_spent_around(patch: Patch) -> None:
    patch.setattr(Book, "owed", lambda *_: 0)


def a_key_forgets_what_was_asked_under_it(patch: Patch) -> None:
    patch.setattr(asked_sales, "request_hash", lambda _: bytes(16))
    real = LedgerStore.append

    def append(store: LedgerStore, posting: Any) -> int:
        return real(store, replace(posting, request_hash=bytes(16)))

    patch.setattr(LedgerStore, "append", append)


def a_name_may_come_for_ever(patch: Patch) -> None:
    patch.setattr(handlers_attach, "ATTACH_MINUTES", 10_000)


def a_prize_is_cheaper_the_second_time(patch: Patch) -> None:
    real = handlers_claims._buy

    def buy(desk: Any, known: Any, claimant: Any, times: int) -> Any:
        return real(desk, known, claimant, 1)

    patch.setattr(handlers_claims, "_buy", buy)


def a_used_reward_can_be_used_again(patch: Patch) -> None:
    real = Book.spend

    def spend(book: Book, account: Any, amount: int, lots: Any = None) -> None:
        if account[0] != "reward":
            real(book, account, amount, lots)

    patch.setattr(Book, "spend", spend)


QUICK: list[Callable[[Patch], None]] = [
    a_part_taken_back_keeps_all_it_earned,
    a_key_forgets_what_was_asked_under_it,
]
SLOW: list[Callable[[Patch], None]] = [
    spent_value_does_not_come_back,
    spent_value_is_rounded_up,
    what_is_spent_by_then_is_forgiven,
    what_is_owed_may_be_spent_around,
    a_name_may_come_for_ever,
    a_prize_is_cheaper_the_second_time,
    a_used_reward_can_be_used_again,
]
"""Those that need a longer story: `make crash-full` tells it."""
BUGS = [*QUICK, *(pytest.param(bug, marks=pytest.mark.long) for bug in SLOW)]


def driven(start: Path) -> None:
    """Drive the model until something is wrong; how little of it is enough nobody asks."""
    machine = type("Seeded", (WholeShop,), {"start": start})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=150,
            stateful_step_count=40,
            phases=(Phase.generate,),
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def start(tmp_path: Path) -> Path:
    furnish(tmp_path / "shop.db")
    return tmp_path


@pytest.mark.parametrize("bug", BUGS)
def test_the_model_sees(bug: Callable[[Patch], None], start: Path, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        bug(patch)
        with pytest.raises(Exception) as caught:
            driven(start)
    assert caught.type.__name__ not in ("TypeError", "AttributeError", "Unsatisfiable"), caught.value


def test_the_model_sees_a_file_whose_balances_do_not_move_with_its_entries(start: Path) -> None:
    connection = raw(start / "shop.db")
    connection.execute("DROP TRIGGER entry_moves_account")
    connection.close()
    with pytest.raises(Exception):  # noqa: B017
        driven(start)
