"""A look-up and its counterpart by hand must find the same people, or their ratio says nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.queries import Identify
from loyalty_pos.store.store import SqliteStore
from tests.bench.by_hand import BY_CARD
from tests.bench.crowd import make_town, town_file, towns
from tests.bench.lookups import FACES, QUESTIONS, Counter

MEMBERS, SALES = FACES, 300


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "town.shop"
    make_town(path, MEMBERS, SALES)
    return path


@pytest.fixture
def counter(town: Path) -> Iterator[Counter]:
    opened = Counter(town, MEMBERS)
    yield opened
    opened.close()


def who(answer: Any) -> list[str]:
    """Name everybody an answer of either side is about, in its order."""
    if isinstance(answer, list):
        return [one.ref for one in answer]
    member = getattr(answer, "member", None)
    if isinstance(member, str) or hasattr(answer, "person"):
        return [member or answer.person.ref]
    return [member.member if member else answer.ref]


@pytest.mark.parametrize("question", QUESTIONS, ids=[name for name, *_ in QUESTIONS])
def test_both_sides_find_the_same_people(counter: Counter, question: Any) -> None:
    _, ours, by_hand, *_ = question
    found = 0
    for call in range(40):
        people = who(ours(counter, call))
        assert people == who(by_hand(counter, call)), call
        found += len(people)
    assert found >= 40


def test_by_hand_a_member_is_read_whole(counter: Counter) -> None:
    view = counter.service.ask(Identify(text=counter.card(5)))
    whole = counter.finder.whole_member(BY_CARD, counter.card(5))
    assert view.member is not None
    assert (view.member.cards, view.member.visits) == (tuple(whole.cards), whole.person.visits)
    assert sorted(lot.left for lot in view.member.lots) == sorted(lot.left for lot in whole.lots)
    assert whole.balances == {} or view.member.points == whole.balances["points", ""]


def test_a_town_holds_before_an_audit(town: Path) -> None:
    store = SqliteStore(town)
    found = store.audit()
    store.close()
    assert found.ok, found.findings
    assert (found.figures["members"], found.figures["sales"]) == (MEMBERS, SALES)


def test_a_town_is_made_once(tmp_path: Path) -> None:
    path = town_file(100, 10, tmp_path)
    made = path.stat().st_mtime_ns
    assert town_file(100, 10, tmp_path) == path
    assert path.stat().st_mtime_ns == made
    assert towns(tmp_path) == [(100, path)]
    assert [left.name for left in tmp_path.iterdir() if ".half" in left.name] == []
