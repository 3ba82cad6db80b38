"""A1, A2: finding people in a whole town, beside the same rows by hand, and whether its size counts.

Whether the size of a shop counts is asked with the same texts in a large shop and in a small one: each
brings a full page of twenty people out of about as many candidates, as the rare words of a town do not in a
small shop, and each is measured on its own with its pages in SQLite's cache, as in a busy week of one till.
Nobody is looked for twice without the window being drawn in between, which leaves neither shop in the
processor's own cache: so as much is copied before each call. Call after call, with nothing between, the
small shop never leaves that cache and the large one never fits it; that is measured as well, without a goal.
What is left is the way to a row: in a million members every table is a level of pages deeper. That is so for
the least SQL by hand as well, which is measured in the same run and told beside ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loyalty_pos import bootstrap
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.people import find_exactly
from loyalty_pos.app.queries import Identify
from loyalty_pos.app.service import Service
from loyalty_pos.domain.text import search_key
from loyalty_pos.store.store import SqliteStore
from tests.bench import by_hand as hand
from tests.bench.crowd import Town
from tests.bench.rounds import Measured, Pair, Work, measure
from tests.bench.shop import card

SHOWN = 20
FACES, ENDINGS = 1_000, 100
"""How many different people and endings are asked for: a busy week of one till, as SQLite's cache holds."""
SCREEN, PICTURE = bytearray(1920 * 1080 * 4), bytes(1920 * 1080 * 4)
"""A full window's picture, four bytes a dot, as it is drawn once."""
TEXTS = {
    "begun": ("محم", "مین", "رضا", "حس", "kar", "sar", "شیر", "موس"),
    "word": ("محمدی", "احمدینیا", "کریمیزاده", "karimi", "رضاییپور", "یوسفیدوست"),
    "two": ("محمد کر", "حسین اح", "رضا موس", "مینا حس", "sara kar", "علی شیر", "بابک نور"),
    "piece": ("ازنین", "یمانی", "ریمیز", "هرانیپ", "ostami"),
}
ANYWHERE = {
    **TEXTS,
    "word": ("فاطمه", "نازنین", "سیاوش", "فرهاد", "ستاره", "parisa"),
    "two": ("م ک", "ر م", "م ر", "ح م", "ن م", "ا ح"),
    "piece": ("ازنین", "یمانی", "حمدی", "هرانی", "ostami"),
}
"""What brings a full page out of as many candidates in a small shop as in a large one."""


def _latest(source: str, tests: int = 0) -> str:
    """Write the query for the latest visitors of a source as one would for just this question."""
    tested = " AND instr(' ' || name_key, ?)" * tests
    return (
        f"{hand.MEMBER}WHERE m.id IN (SELECT member FROM person WHERE member IN ({source}){tested}"
        f" ORDER BY last_seen_ms DESC LIMIT {SHOWN}) ORDER BY p.last_seen_ms DESC"
    )


_WORDS = "SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT 200"
_PARTS = "SELECT rowid FROM person_parts WHERE person_parts MATCH ? LIMIT 200"
_BY_BEGINNING = _latest(_WORDS)
_BY_TWO_BEGINNINGS = _latest(_WORDS.replace("200", "60"))
_BY_WORD = _latest(_WORDS, 1)
_BY_WORD_AGAIN = _latest(f"SELECT * FROM ({_WORDS}) UNION SELECT * FROM ({_PARTS})", 1)
_BY_PART = _latest(_PARTS, 1)
_BY_LAST4 = f"{hand.MEMBER}WHERE p.last4 = ? ORDER BY p.last_seen_ms DESC LIMIT {SHOWN}"
_LOTS = """SELECT l.id, a.unit, a.programme, l.left, l.available_from_ms, l.expires_on, l.revision, s.sale_id,
    v.lot FROM account a JOIN lot l ON l.account = a.id LEFT JOIN attached t ON t.posting = l.posting
    LEFT JOIN sale s ON s.posting = ifnull(t.sale, l.posting) LEFT JOIN voucher v ON v.lot = l.id
    WHERE a.member = ? AND l.left > 0"""
_VISITS = """SELECT (SELECT count(*) FROM sale s LEFT JOIN voided v ON v.sale = s.posting
    WHERE s.member = ?1 AND s.business_day >= ?2 AND v.sale IS NULL)
    + (SELECT count(*) FROM attached t JOIN sale s ON s.posting = t.sale
    LEFT JOIN voided v ON v.sale = s.posting
    WHERE t.member = ?1 AND s.business_day >= ?2 AND v.sale IS NULL)"""
_HELD = """SELECT h.reserved FROM held h LEFT JOIN released r ON r.hold = h.id
    WHERE h.member = ? AND h.until_ms > ? AND r.hold IS NULL"""


@dataclass(slots=True)
class LotRow:
    id: int
    unit: str
    programme: str
    left: int
    available_from_ms: int
    expires_on: str | None
    revision: int
    sale_id: str | None
    printed: int | None


@dataclass(slots=True)
class WholeMember:
    """All that the counter shows of one member, as it lies in the file."""

    person: hand.Person
    balances: dict[tuple[str, str], int]
    lots: list[LotRow]
    cards: list[str]
    visits_this_month: int
    reserved: list[str]


class Finder(hand.Hand):
    """Find people with the least SQL that answers one kind of question, each text known to be of its kind."""

    def whole_member(self, sql: str, text: str) -> WholeMember:
        execute: Any = self.execute
        person = self.person(sql, text)
        number = person.id
        balances = execute("SELECT unit, programme, balance FROM account WHERE member = ?", (number,))
        return WholeMember(
            person,
            {(unit, programme): balance for unit, programme, balance in balances},
            [LotRow(*row) for row in execute(_LOTS, (number,))],
            [row[0] for row in execute("SELECT number FROM card WHERE member = ? ORDER BY 1", (number,))],
            execute(_VISITS, (number, "2026-11-01")).fetchone()[0],
            [row[0] for row in execute(_HELD, (number, 1_795_000_000_000))],
        )

    def by_beginnings(self, key: str) -> list[hand.Person]:
        """Words of at most four letters: the index answers alone."""
        words = key.split()
        sql = _BY_TWO_BEGINNINGS if len(words) > 1 else _BY_BEGINNING
        return self.people(sql, " ".join(f'"{word}"*' for word in words))

    def by_word(self, key: str) -> list[hand.Person]:
        """One longer word: the index knows it whole, or its first four letters."""
        ended = self.people(_BY_BEGINNING, f'"{key}"')
        if len(ended) == SHOWN:
            return ended
        asked, test = f'"{key[:4]}"*', f" {key}"
        found = self.people(_BY_WORD, asked, test)
        return found if len(found) >= SHOWN else self.people(_BY_WORD_AGAIN, asked, _parts(key), test)

    def by_part(self, key: str) -> list[hand.Person]:
        """A piece of a name with which no word begins."""
        return self.people(_BY_WORD, f'"{key[:4]}"*', f" {key}") or self.people(_BY_PART, _parts(key), key)

    def by_last4(self, digits: str) -> list[hand.Person]:
        return self.people(_BY_LAST4, digits)


def _parts(key: str) -> str:
    return " AND ".join(f'"{key[at : at + 3]}"' for at in sorted({*range(0, len(key) - 2, 3), len(key) - 3}))


class Counter:
    """One town's file, open through the program and by hand."""

    def __init__(self, path: Path, members: int) -> None:
        self.town = Town(members)
        self.store, self.finder = SqliteStore(path), Finder(path)
        self.desk = Desk(self.store, bootstrap.SystemClock(), bootstrap.SystemChance(), bootstrap.languages())
        self.service = Service(self.desk)
        self.texts = TEXTS

    def somebody(self, call: int) -> int:
        """Return one of the people this till sees, spread over the whole file."""
        return call % FACES * (self.town.members // FACES)

    def phone(self, call: int) -> str:
        return self.town.phone(self.somebody(call))

    def dialled(self, call: int) -> str:
        return f"0{self.phone(call)[3:]}"

    def card(self, call: int) -> str:
        return card(self.somebody(call))

    def last4(self, call: int) -> str:
        return self.town.last_digits(self.somebody(call % ENDINGS))

    def key(self, kind: str, call: int) -> str:
        """Return one of the texts of a kind as it is looked for."""
        return search_key(self.texts[kind][call % len(self.texts[kind])])

    def named(self, kind: str, call: int) -> Any:
        return self.store.members.by_name(self.key(kind, call), SHOWN)

    def close(self) -> None:
        self.finder.close()
        self.service.close()


Ask = Callable[[Counter, int], object]

QUESTIONS: tuple[tuple[str, Ask, Ask, int, float | None], ...] = (
    (
        "A1 identify by card, object included",
        lambda at, call: find_exactly(at.desk, at.card(call)),
        lambda at, call: at.finder.person(hand.BY_CARD, at.card(call)),
        400,
        1.3,
    ),
    (
        "A1 identify by phone, object included",
        lambda at, call: find_exactly(at.desk, at.dialled(call)),
        lambda at, call: at.finder.person(hand.BY_PHONE, at.phone(call)),
        400,
        1.3,
    ),
    (
        "A1 whole member by card",
        lambda at, call: at.service.ask(Identify(text=at.card(call))),
        lambda at, call: at.finder.whole_member(hand.BY_CARD, at.card(call)),
        150,
        None,
    ),
    (
        "A1 whole member by phone",
        lambda at, call: at.service.ask(Identify(text=at.dialled(call))),
        lambda at, call: at.finder.whole_member(hand.BY_PHONE, at.phone(call)),
        150,
        None,
    ),
    (
        "A2 last 4 digits",
        lambda at, call: at.store.members.by_last_digits(at.last4(call), SHOWN),
        lambda at, call: at.finder.by_last4(at.last4(call)),
        200,
        1.3,
    ),
    (
        "A2 first letters of a name",
        lambda at, call: at.named("begun", call),
        lambda at, call: at.finder.by_beginnings(at.key("begun", call)),
        160,
        1.3,
    ),
    (
        "A2 a whole word of a name",
        lambda at, call: at.named("word", call),
        lambda at, call: at.finder.by_word(at.key("word", call)),
        60,
        1.3,
    ),
    (
        "A2 two words of a name",
        lambda at, call: at.named("two", call),
        lambda at, call: at.finder.by_beginnings(at.key("two", call)),
        70,
        1.3,
    ),
    (
        "A2 a piece inside a name",
        lambda at, call: at.named("piece", call),
        lambda at, call: at.finder.by_part(at.key("piece", call)),
        60,
        1.3,
    ),
)


def _asking(ask: Ask, at: Counter) -> Work:
    return lambda call: ask(at, call)


def beside_hand(at: Counter) -> list[Pair]:
    """Ask every question both ways."""
    return [
        Pair(name, _asking(ours, at), _asking(plain, at), calls, goal)
        for name, ours, plain, calls, goal in QUESTIONS
    ]


def draw() -> None:
    """Touch as much memory as the window does when it is drawn."""
    SCREEN[:] = PICTURE


def beside_village(big: Counter, small: Counter) -> list[Pair]:
    """Ask every question of a large shop, and of a small one in the place of by hand; then both by hand.

    Names and endings bring the same full page of people in both, or the size of the answer were compared.
    """
    big.texts = small.texts = ANYWHERE
    pairs = []
    for name, ours, plain, calls, _ in QUESTIONS:
        said = name[3:].partition(",")[0]
        for who, ask, goal in (("flat", ours, 1.5), ("flat by hand", plain, None)):
            asked = [ask(at, call) for at in (big, small) for call in range(calls)]
            pages = {len(found) for found in asked if isinstance(found, list)}
            assert pages <= {SHOWN}, f"{name}: {pages}"
            sides = _asking(ask, big), _asking(ask, small)
            pairs.append(Pair(f"{who}: {said}", *sides, calls, goal, between=draw))
            if said.startswith("identify"):
                pairs.append(Pair(f"{who}, in a row: {said}", *sides, calls))
    return pairs


def _warm(pair: Pair, rounds: int, clock: Callable[[], int]) -> Measured:
    """Measure one question alone once everybody it asks for was asked for: else first sights are compared."""
    for call in range(FACES):
        pair.ours(call)
        pair.by_hand(call)
    return measure([pair], rounds, clock)[0]


def measured(
    town: tuple[Path, int], village: tuple[Path, int], rounds: int, clock: Callable[[], int]
) -> tuple[list[Measured], list[Measured]]:
    """Return what the town takes beside work by hand, and beside a village."""
    big, small = Counter(*town), Counter(*village)
    try:
        beside = measure(beside_hand(big), rounds, clock)
        flat = [_warm(pair, rounds, clock) for pair in beside_village(big, small)]
    finally:
        big.close()
        small.close()
    return beside, flat
