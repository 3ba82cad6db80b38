"""Members on disk: one table of person data, cards, and the counters a sale moves."""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from json import dumps, loads
from typing import Any

from peewee import SQL, fn

from loyalty_pos.app.ports import MemberRow, NewMember, PersonRow
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, Statement, compiled, inserting, slot
from loyalty_pos.store.families import of_family
from loyalty_pos.store.people_sieve import FIELDS, by_name_order, joined

_Other = m.Member.alias()
CANDIDATES_AT_MOST = 200
"""People are ranked only within this many, so that a common name is never a scan."""
OF_SEVERAL_WORDS_AT_MOST = 60
"""Fewer for several words: the index steps far from one who has them all to the next."""

_WRITTEN = (
    m.Person.birthday,
    m.Person.city,
    m.Person.tags,
    m.Person.interests,
    m.Person.consent,
    m.Person.gender,
)


def _select(*more: Any) -> Any:
    return joined(m.Member.select(*FIELDS, *more))


_BY_ID = compiled(lambda: _select().where(m.Member.id == slot()))
_BY_REF = compiled(lambda: _select().where(m.Member.ref == slot()))
_BY_PHONE = compiled(lambda: _select().where(m.Person.phone == slot()))
_BY_CARD = compiled(
    lambda: _select().join(m.Card, on=(m.Card.member == m.Member.id)).where(m.Card.number == slot())
)
_NAMED = compiled(
    lambda: _select().where(
        m.Member.id
        == fn.COALESCE(
            m.Card.select(m.Card.member).where(m.Card.number == slot()),
            _Other.select(_Other.id).where(_Other.ref == slot()),
            m.Person.select(m.Person.member).where(m.Person.phone == slot()),
        )
    )
)


def _ending(*conditions: Any) -> Statement:
    query = _select().where(m.Person.last4 == slot(), *conditions)
    return compiled(lambda: query.order_by(m.Person.last_seen_ms.desc()).limit(slot()))


_BY_LAST4 = _ending()
_BY_ENDING = _ending(fn.SUBSTR(m.Person.phone, slot()) == slot())
# Whoever was merged into another is known by the old names still; asked only when nobody has them now.
_SURVIVOR = _select().join(m.Alias, on=(m.Alias.survivor == m.Member.id))
_STANDS_FOR = compiled(lambda: _SURVIVOR.where(m.Alias.member == slot()))
_STANDS_FOR_NAMED = compiled(
    lambda: _SURVIVOR.where(
        m.Alias.member
        == fn.COALESCE(
            _Other.select(_Other.id).where(_Other.ref == slot()),
            m.MergedPerson.select(m.MergedPerson.member)
            .where(m.MergedPerson.phone == slot())
            .limit(SQL("1")),
        )
    )
)
_STANDS_FOR_ENDING = compiled(
    lambda: _SURVIVOR.join(m.MergedPerson, on=(m.MergedPerson.member == m.Alias.member)).where(
        m.MergedPerson.last4 == slot(), fn.SUBSTR(m.MergedPerson.phone, slot()) == slot()
    )
)
_MERGED_AWAY = compiled(lambda: m.Alias.select(fn.COUNT(m.Alias.member)))
_NAMESAKES = compiled(
    lambda: (
        _select()
        .where(m.Person.name_key == slot(), m.Person.birthday == slot())
        .order_by(m.Member.id)
        .limit(slot())
    )
)
_PAGE = compiled(lambda: _select(*_WRITTEN).where(m.Member.id > slot()).order_by(m.Member.id).limit(slot()))
_NAMED_ALIKE = compiled(
    lambda: (
        _select()
        .where(m.Person.name_key == slot(), m.Person.member > slot())
        .order_by(m.Person.member)
        .limit(slot())
    )
)
_NAMED_BEYOND = compiled(
    lambda: (
        _select().where(m.Person.name_key > slot()).order_by(m.Person.name_key, m.Person.member).limit(slot())
    )
)
_PERSON = compiled(lambda: _select(*_WRITTEN).where(m.Member.id == slot()))
_EDIT = compiled(
    lambda: m.Person.update(
        {
            m.Person.name: slot(),
            m.Person.name_key: slot(),
            m.Person.phone: slot(),
            m.Person.last4: slot(),
            m.Person.birthday: slot(),
            m.Person.city: slot(),
            m.Person.tags: slot(),
            m.Person.interests: slot(),
            m.Person.note: slot(),
            m.Person.consent: slot(),
            m.Person.gender: slot(),
        }
    ).where(m.Person.member == slot())
)
_UNLINK = compiled(lambda: m.Card.delete().where(m.Card.number == slot()))
_CARDS = compiled(lambda: m.Card.select(m.Card.number).where(m.Card.member == slot()).order_by(m.Card.number))
_NEXT_ID = compiled(lambda: m.Member.select(fn.MAX(m.Member.id)))
_INSERT_MEMBER = inserting(m.Member)
_INSERT_PERSON = inserting(m.Person)
_INSERT_STATE = inserting(m.MemberState)
_INSERT_CARD = inserting(m.Card)
_VISITS = m.MemberState.select(m.MemberState.visits).where(m.MemberState.member == m.Person.member)
_SEEN = compiled(
    lambda: m.Person.update(
        {m.Person.last_seen_ms: fn.IIF(SQL("1") == _VISITS, slot(), fn.MAX(m.Person.last_seen_ms, slot()))}
    ).where(m.Person.member == slot())
)
"""A first visit may be of the past, of somebody who was enrolled today: then that was the last time."""
_MOVE = compiled(
    lambda: m.MemberState.update(
        {
            m.MemberState.visits: m.MemberState.visits + slot(),
            m.MemberState.spend_minor: m.MemberState.spend_minor + slot(),
            m.MemberState.last_visit_day: fn.MAX(fn.COALESCE(m.MemberState.last_visit_day, slot()), slot()),
        }
    ).where(m.MemberState.member == slot())
)
_LAST_DAY = compiled(
    lambda: (
        m.Sale.select(fn.MAX(m.Sale.business_day))
        .left_outer_join(m.Voided, on=(m.Voided.sale == m.Sale.posting))
        .where(of_family(m.Sale.member), m.Voided.posting.is_null())
    )
)
_LAST_ATTACHED_DAY = compiled(
    lambda: (
        m.Attached.select(fn.MAX(m.Sale.business_day))
        .join(m.Sale, on=(m.Sale.posting == m.Attached.sale))
        .left_outer_join(m.Voided, on=(m.Voided.sale == m.Sale.posting))
        .where(of_family(m.Attached.member), m.Voided.posting.is_null())
    )
)
_PUT_DAY = compiled(
    lambda: m.MemberState.update({m.MemberState.last_visit_day: slot()}).where(m.MemberState.member == slot())
)

_SHORT = 4
"""The longest beginning of a word that has an index of its own; a longer one is a scan of all it begins."""


# Full-text search is SQLite's own; this is the module that says so.
def _first_of(index: str, most: int = CANDIDATES_AT_MOST) -> str:
    return f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT {most}"  # noqa: S608 - our own names


_WORDS, _PARTS = _first_of("person_words"), _first_of("person_parts")
_FEW = _first_of("person_words", OF_SEVERAL_WORDS_AT_MOST)
_EITHER = f"SELECT * FROM ({_WORDS}) UNION SELECT * FROM ({_PARTS})"  # noqa: S608 - our own text


@cache
def _latest_of(source: str, tests: int, limit: int) -> Statement:
    """Return the query for the latest visitors of a source whose folded name passes so many tests.

    Of everybody else only the name and the last visit are read. The limit stands in the text: SQLite then
    sorts no more people than are wanted.
    """
    tested = " AND instr(? || name_key, ?)" * tests
    found = f"SELECT member FROM person WHERE member IN ({source}){tested}"  # noqa: S608 - our own text
    best = f"{found} ORDER BY last_seen_ms DESC LIMIT {limit:d}"
    people = _select().where(m.Member.id.in_(slot())).order_by(m.Person.last_seen_ms.desc())
    return compiled(lambda: people).replace("IN ?", f"IN ({best})")


class PeopleStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add(self, member: NewMember) -> int:
        number = (self._execute(_NEXT_ID, ()).fetchone()[0] or 0) + 1
        self._execute(_INSERT_MEMBER, (number, member.ref, member.kind, member.enrolled_day))
        self._execute(
            _INSERT_PERSON,
            (
                number,
                member.name,
                member.name_key,
                member.phone,
                member.phone[-4:] if member.phone else None,
                member.birthday,
                member.city,
                dumps(list(member.tags), ensure_ascii=False),
                dumps(list(member.interests), ensure_ascii=False),
                "",
                int(member.consent),
                member.at_ms,
                member.gender,
            ),
        )
        self._execute(_INSERT_STATE, (number, 0, 0, None))
        if member.card is not None:
            self._execute(_INSERT_CARD, (member.card, number))
        return int(number)

    def get(self, member: int) -> MemberRow:
        row = _one(self._execute, _BY_ID, member) or _one(self._execute, _STANDS_FOR, member)
        assert row is not None
        return row

    def add_card(self, number: str, member: int) -> None:
        self._execute(_INSERT_CARD, (number, member))

    def cards(self, member: int) -> Sequence[str]:
        return [row[0] for row in self._execute(_CARDS, (member,))]

    def by_card(self, number: str) -> MemberRow | None:
        return _one(self._execute, _BY_CARD, number)

    def by_phone(self, e164: str) -> MemberRow | None:
        return _one(self._execute, _BY_PHONE, e164) or _one(self._execute, _STANDS_FOR_NAMED, "", e164)

    def by_ref(self, ref: str) -> MemberRow | None:
        return _one(self._execute, _BY_REF, ref) or _one(self._execute, _STANDS_FOR_NAMED, ref, None)

    def named(self, card: str, ref: str, phone: str | None) -> MemberRow | None:
        """Return the member one of these names, the card before the rest."""
        found = _one(self._execute, _NAMED, card, ref, phone)
        return found or _one(self._execute, _STANDS_FOR_NAMED, ref, phone)

    def by_last_digits(self, digits: str, limit: int) -> Sequence[MemberRow]:
        """Return members whose phone ends with four or more digits, latest visitors first."""
        if len(digits) == _SHORT:
            rows = self._execute(_BY_LAST4, (digits, limit))
        else:
            rows = self._execute(_BY_ENDING, (digits[-_SHORT:], -len(digits), digits, limit))
        found = list(map(MemberRow._make, rows))
        there = {row.id for row in found}
        merged = self._execute(_STANDS_FOR_ENDING, (digits[-_SHORT:], -len(digits), digits))
        found += [row for row in map(MemberRow._make, merged) if row.id not in there]
        return found[:limit]

    def by_name(self, key: str, limit: int) -> Sequence[MemberRow]:
        """Return members with words that begin with every word of `key`, else names that contain it.

        `key` is folded (domain.text.search_key). Latest visitors first, within the first
        `CANDIDATES_AT_MOST` found, or `OF_SEVERAL_WORDS_AT_MOST`.
        """
        words = key.split()
        begun = " ".join(f'"{piece[:_SHORT]}"*' for word in words for piece in _pieces(word))
        if not begun:
            return []
        tests = [(" ", f" {word}") for word in words if len(word) > _SHORT or not word.isalnum()]
        sure = _FEW if len(words) > 1 else _WORDS
        if tests and key.replace(" ", "").isalnum():
            # A word typed to its end has a list of its own: who fills the page with those asks no more.
            ended = " ".join(f'"{word}"' if len(word) > _SHORT else f'"{word}"*' for word in words)
            if len(found := _latest(self._execute, sure, [ended], [], limit)) == limit:
                return found
        found = _latest(self._execute, _WORDS if tests else sure, [begun], tests, limit)
        # Of many who share a beginning the first ones need not be those with the rest of the word.
        unsure = tests and len(found) < limit and (found or len(words) > 1)
        if unsure and (parts := _parts(*words)):
            found = _latest(self._execute, _EITHER, [begun, parts], tests, limit)
        if not found and (parts := _parts(key)):
            found = _latest(self._execute, _PARTS, [parts], [("", key)], limit)
        return found

    def namesakes(self, name_key: str, birthday: str, limit: int) -> Sequence[MemberRow]:
        """Return the members of exactly this folded name who were born on this day."""
        return list(map(MemberRow._make, self._execute(_NAMESAKES, (name_key, birthday, limit))))

    def in_name_order(self, after: int | None, limit: int) -> Sequence[MemberRow]:
        """Return the members that follow the member `after` by folded name; the nameless come last."""
        rows = by_name_order(self._execute, _NAMED_ALIKE, _NAMED_BEYOND, after, limit)
        return list(map(MemberRow._make, rows))

    def count(self) -> int:
        """Return how many members there are: they are numbered without gaps, and some were merged away."""
        numbered = int(self._execute(_NEXT_ID, ()).fetchone()[0] or 0)
        return numbered - int(self._execute(_MERGED_AWAY, ()).fetchone()[0])

    def person(self, member: int) -> PersonRow:
        return _person(self._execute(_PERSON, (member,)).fetchone())

    def edit(self, person: PersonRow, name_key: str) -> None:
        """Write down anew what a person row says of a member."""
        row = person.member
        values = (
            row.name,
            name_key,
            row.phone,
            row.phone[-4:] if row.phone else None,
            person.birthday,
            person.city,
            dumps(list(person.tags), ensure_ascii=False),
            dumps(list(person.interests), ensure_ascii=False),
            row.note,
            int(person.consent),
            person.gender,
            row.id,
        )
        self._execute(_EDIT, values)

    def unlink_card(self, number: str) -> None:
        self._execute(_UNLINK, (number,))

    def page(self, after: int, limit: int) -> Sequence[PersonRow]:
        """Return the members enrolled after the member `after`, first ones first."""
        return [_person(row) for row in self._execute(_PAGE, (after, limit))]

    def move_state(self, member: int, visits: int, spend_minor: int, day: str, at_ms: int | None) -> None:
        """Move the counters of a member; `at_ms` None takes a visit back."""
        if at_ms is None:
            self._execute(_MOVE, (visits, spend_minor, day, "", member))
            days = [self._execute(sql, (member,)).fetchone()[0] for sql in (_LAST_DAY, _LAST_ATTACHED_DAY)]
            self._execute(_PUT_DAY, (max(filter(None, days), default=None), member))
            return
        self._execute(_MOVE, (visits, spend_minor, day, day, member))
        self._execute(_SEEN, (at_ms, at_ms, member))


def _one(execute: Execute, sql: Sql, *values: object) -> MemberRow | None:
    row = execute(sql, values).fetchone()
    return None if row is None else MemberRow._make(row)


def _latest(
    execute: Execute, source: str, matches: list[str], tests: list[tuple[str, str]], limit: int
) -> list[MemberRow]:
    rows = execute(_latest_of(source, len(tests), limit), (*matches, *chain(*tests)))
    return list(map(MemberRow._make, rows))


def _person(row: Sequence[Any]) -> PersonRow:
    birthday, city, tags, interests, consent, gender = row[10:]
    member = MemberRow._make(row[:10])
    return PersonRow(member, birthday, city, loads(tags), loads(interests), bool(consent), gender)


def _pieces(word: str) -> list[str]:
    """Split a word where the index of words does: o'neil is two of them there."""
    return "".join(char if char.isalnum() else " " for char in word).split()


def _parts(*texts: str) -> str:
    """Ask for letters in threes that cover the texts: the index keeps no positions, so a phrase is its parts.

    More of them would find hardly fewer people, and each is one more list to read.
    """
    parts = [text[at : at + 3].replace('"', '""') for text in texts for at in _threes(len(text))]
    return " AND ".join(f'"{part}"' for part in parts)


def _threes(length: int) -> list[int]:
    return sorted({*range(0, length - 2, 3), length - 3}) if length >= 3 else []
