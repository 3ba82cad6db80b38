"""Finding people: always by an index, whatever is typed, and nobody is lost in a crowd of the same name."""

from pathlib import Path

import pytest

from loyalty_pos.app.ports import NewMember
from loyalty_pos.domain.text import search_key
from loyalty_pos.store import people_store
from loyalty_pos.store.store import SqliteStore

SEARCHES = {
    "exactly": (people_store._NAMED, ("card", "ref", "+989121234567")),
    "last four digits": (people_store._BY_LAST4, ("4567", 20)),
    "more last digits": (people_store._BY_ENDING, ("4567", -6, "234567", 20)),
    "beginnings": (people_store._latest_of(people_store._WORDS, 0, 20), ('"moha"*',)),
    "a long word": (people_store._latest_of(people_store._WORDS, 1, 20), ('"moha"*', " ", " mohammad")),
    "a long word of many": (
        people_store._latest_of(people_store._EITHER, 1, 20),
        ('"moha"*', '"moh"', " ", " mohammad"),
    ),
    "inside": (people_store._latest_of(people_store._PARTS, 1, 20), ('"oha"', "", "oha")),
}


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "shop.db", create=True)


def enrol(store: SqliteStore, number: int, name: str, phone: str | None = None) -> str:
    ref, phone = f"{number:016x}", phone or f"+98912{number:07}"
    key, day = search_key(name), "2026-11-22"
    new = NewMember(ref, "individual", day, name, key, phone, None, None, "", (), (), False, 1_000 + number)
    with store.transaction():
        store.members.add(new)
    return ref


def names(store: SqliteStore, typed: str, limit: int = 20) -> list[str]:
    return [row.name for row in store.members.by_name(search_key(typed), limit)]


@pytest.mark.parametrize("kind", SEARCHES)
def test_every_way_to_find_somebody_goes_through_an_index(store: SqliteStore, kind: str) -> None:
    sql, values = SEARCHES[kind]
    steps = [row[3] for row in store._execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    store.close()
    whole_tables = ("SCAN member", "SCAN person", "SCAN t", "SCAN card")
    scans = [step for step in steps if step.startswith(whole_tables) and "VIRTUAL TABLE" not in step]
    asked_for_text = [step for step in steps if "VIRTUAL TABLE" in step]
    assert steps
    assert not scans
    assert all("INDEX 0:M" in step for step in asked_for_text), "a full-text table read without its index"


def test_a_long_name_is_found_behind_a_crowd_that_begins_the_same(store: SqliteStore) -> None:
    for number in range(people_store.CANDIDATES_AT_MOST + 5):
        enrol(store, number, f"Karim {number}")
    enrol(store, 900, "Karimzadeh Sara")
    enrol(store, 901, "Omid Karimzadeh")
    assert names(store, "karimzadeh") == ["Omid Karimzadeh", "Karimzadeh Sara"]
    assert names(store, "omid karimz") == ["Omid Karimzadeh"]
    assert len(names(store, "kari")) == 20
    store.close()


def test_a_word_typed_to_its_end_brings_a_page_of_those_who_have_it(store: SqliteStore) -> None:
    for number in range(people_store.CANDIDATES_AT_MOST):
        enrol(store, number, f"Karimzadeh {number}")
    latest = people_store.CANDIDATES_AT_MOST - 1
    for number in range(25):
        enrol(store, 900 + number, f"Omid Karimi {number}")
    assert names(store, "karimi") == [f"Omid Karimi {24 - number}" for number in range(20)]
    assert names(store, "omid karimi") == names(store, "karimi")
    assert names(store, "karimzadeh")[0] == f"Karimzadeh {latest}"
    assert names(store, "omid karimz") == []
    store.close()


@pytest.mark.parametrize(
    "typed", ["o'neil", "o'n", "al-masri", "al-m", 'o"n', "neil al-masri", "-", "'", "***"]
)
def test_signs_in_a_name_are_no_search_language(store: SqliteStore, typed: str) -> None:
    enrol(store, 1, "Rana O'Neil Al-Masri")
    enrol(store, 2, 'Sara "O"N')
    found = names(store, typed)
    store.close()
    expected = {"o'neil", "o'n", "al-masri", "al-m", "neil al-masri"}
    assert ("Rana O'Neil Al-Masri" in found) == (typed in expected)


def test_more_digits_than_four_find_the_phone_among_all_that_end_alike(store: SqliteStore) -> None:
    wanted = enrol(store, 0, "First", "+989129991234")
    for number in range(1, people_store.CANDIDATES_AT_MOST + 5):
        enrol(store, number, "Other", f"+98913{number:03}1234")
    found = store.members.by_last_digits("9991234", 20)
    store.close()
    assert [row.ref for row in found] == [wanted]


def test_somebody_is_named_by_card_before_ref_before_phone(store: SqliteStore) -> None:
    by_phone, by_ref = enrol(store, 1, "Phone", "+989121111111"), enrol(store, 2, "Ref")
    enrol(store, 3, "Card")
    with store.transaction():
        store.members.add_card("K1", 3)
    members = store.members

    def name(card: str, ref: str, phone: str | None) -> str | None:
        found = members.named(card, ref, phone)
        return found and found.name

    assert name("K1", by_ref, "+989121111111") == "Card"
    assert name("K2", by_ref, "+989121111111") == "Ref"
    assert name("K2", "nobody", "+989121111111") == "Phone"
    assert name("K2", "nobody", None) is None
    assert name("K2", by_phone, None) == "Phone"
    store.close()
