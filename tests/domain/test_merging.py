"""What a merge moved goes back the way it came, unless time ended it meanwhile (rules 32)."""

from loyalty_pos.domain.ledger import Book, Holdings, Lot, Movement, NewLot, progress_account, reward_account
from loyalty_pos.domain.merging import can_be_undone, hand_over, take_over, undone
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.take_back import Entry, Step

PROGRESS, REWARD = progress_account("card"), reward_account("card")
STEP = Step(5 * MICRO, 1, NewLot(0, None, 1))
DAY = "2026-11-22"


def book(stamps: int, rewards: int = 0) -> Book:
    lots = (Lot(7, REWARD, rewards, 0, None, 1, 1),)
    return Book(Holdings(lots, {PROGRESS: stamps * MICRO}), 0, DAY)


def test_counted_things_come_over_and_a_full_card_turns_over() -> None:
    given, mine = book(3), book(4)
    counted = hand_over(given)
    take_over(mine, counted, {"card": (STEP, REWARD)})
    assert (given.plain(PROGRESS), mine.plain(PROGRESS), mine.balance(REWARD)) == (0, 2 * MICRO, 1)


def test_a_merge_goes_back_last_things_first() -> None:
    entries = [Entry(1, PROGRESS, 5, "transfer", None), Entry(2, PROGRESS, -5, "conversion", None)]
    assert undone(entries) == (
        Movement(PROGRESS, 5, "reversal", None, None, 2),
        Movement(PROGRESS, -5, "reversal", None, None, 1),
    )


def test_what_is_used_up_or_ended_meanwhile_cannot_go_back() -> None:
    back = (
        Movement(REWARD, -1, "reversal", 7, None, 2),
        Movement(PROGRESS, -MICRO, "reversal", None, None, 1),
    )
    assert can_be_undone(book(1, 1), back)
    assert not can_be_undone(book(1, 0), back)
    assert not can_be_undone(book(0, 1), back)
