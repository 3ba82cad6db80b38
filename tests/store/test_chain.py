"""The bytes a posting is sealed as: chains sealed by any version of the program must stay checkable."""

from hashlib import blake2b
from json import dumps

from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.store.chain import START, Seal

KEY = bytes(range(32))
texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
numbers = st.integers(-(10**20), 10**20)
entries = st.tuples(numbers, st.none() | numbers, numbers, texts, st.none() | numbers)
lots = st.tuples(numbers, numbers, numbers, st.none() | texts, numbers)


@given(texts, texts, st.none() | numbers, st.lists(entries, max_size=3), st.lists(lots, max_size=3))
def test_a_seal_covers_the_same_bytes_as_the_first_version_did(
    key: str, record: str, member: int | None, moved: list[tuple[int, ...]], opened: list[tuple[int, ...]]
) -> None:
    seal = Seal(7, key, b"\x01" * 16, "sale", member, "counter", "1", 1, 5, "2026-11-22", record,
                tuple(moved), tuple(opened))  # type: ignore[arg-type]  # fmt: skip
    body = dumps(
        [7, key, "01" * 16, "sale", member, "counter", "1", 1, 5, "2026-11-22", record, moved, opened],
        separators=(",", ":"),
        ensure_ascii=False,
    )
    expected = blake2b(START + body.encode(), digest_size=32, key=KEY, person=b"ledger-v1").digest()
    assert seal.hashed(KEY, START) == expected
