"""All members by name, entered anywhere from stops at even distances, over a real file."""

from collections.abc import Iterator

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.queries_floor import MemberStops
from loyalty_pos.domain.errors import InvalidRequest
from tests.shop import Shop

NAMED = ("Dara", "Anna", "Anna", "Omid", "Mina", "Anna", "Sara")
NAMELESS = 4


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    opened = Shop(tmp_path_factory.mktemp("order") / "shop.db")
    for number, name in enumerate((*NAMED, *[""] * NAMELESS)):
        opened.service.do(c.EnrolMember(card=f"CARD-{number}", name=name))
    yield opened
    opened.close()


def everybody(shop: Shop) -> list[str]:
    return [line.member for line in shop.service.ask(q.MembersList(limit=200)).members]


def stops(shop: Shop, after: str | None, every: int, limit: int = 100) -> list[str]:
    return list(shop.service.ask(MemberStops(after=after, every=every, limit=limit)).stops)


@pytest.mark.parametrize("every", [1, 2, 3, 4, 5, 11, 12])
def test_stops_stand_at_even_distances_through_namesakes_and_into_the_nameless(
    shop: Shop, every: int
) -> None:
    members = everybody(shop)
    assert len(members) == len(NAMED) + NAMELESS
    assert stops(shop, None, every) == members[every - 1 :: every]
    assert stops(shop, members[2], every) == members[2 + every :: every]


def test_so_many_stops_come_at_once_and_the_last_one_leads_on(shop: Shop) -> None:
    members = everybody(shop)
    first = stops(shop, None, 2, limit=2)
    assert first == [members[1], members[3]]
    assert stops(shop, first[-1], 2) == members[5::2]


@pytest.mark.parametrize("skip", [0, 1, 4, 8, 10, 11])
def test_a_list_passes_over_so_many(shop: Shop, skip: int) -> None:
    members = everybody(shop)
    asked = shop.service.ask(q.MembersList(skip=skip, limit=2))
    assert [line.member for line in asked.members] == members[skip : skip + 2]
    later = shop.service.ask(q.MembersList(after=members[1], skip=skip, limit=2))
    assert [line.member for line in later.members] == members[2 + skip : 4 + skip]
    assert asked.total == len(members)


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("skip", q.MembersList(skip=1_001)),
        ("every", MemberStops(every=0)),
        ("every", MemberStops(every=1_001)),
        ("limit", MemberStops(limit=1_001)),
    ],
)
def test_no_question_reads_more_than_a_stretch(shop: Shop, field: str, asked: q.Query) -> None:
    with pytest.raises(InvalidRequest) as refused:
        shop.service.ask(asked)
    assert refused.value.facts["field"] == field
