"""Segments through the shop's one door: asked at the sale, kept with it, listed by hand, told to people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.changes import Changes, changed_by
from loyalty_pos.app.queries_standing import Eligible
from loyalty_pos.app.segment_views import SegmentListView, SegmentMembersView
from loyalty_pos.domain.text import strip_isolates
from tests.shop import Shop, goods, raw

DOUBLE = "points"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", calendar="jalali")
    opened.enrol(birthday="1990-12-20", city="یزد", tags=("student",), interests=("Tea",))
    yield opened
    opened.proved()
    opened.close()


def segment(shop: Shop, key: str = "some", **params: Any) -> None:
    shop.publish(key, "segment", **params)


def doubled(shop: Shop, **when: Any) -> None:
    """Points, one per 10, twice as many when the condition holds."""
    weight = {"milli": 2_000, "when": when}
    shop.publish(DOUBLE, "points", step_minor=10, coefficients=[weight])


def put(shop: Shop, *members: str, key: str = "some") -> SegmentListView:
    view: SegmentListView = shop.service.do(c.AddToSegment(segment=key, members=members))
    return view


def take(shop: Shop, *members: str, key: str = "some") -> SegmentListView:
    view: SegmentListView = shop.service.do(c.RemoveFromSegment(segment=key, members=members))
    return view


def on_list(shop: Shop, **page: int) -> SegmentMembersView:
    view: SegmentMembersView = shop.service.ask(q.SegmentMembers(segment="some", **page))
    return view


def test_a_segment_may_ask_for_the_gender_and_tells_whom_it_is_not_for(shop: Shop) -> None:
    segment(shop, genders=["woman"])
    doubled(shop, audience={"segments": ["some"]})
    assert shop.sell(100).earned.points == 10
    shop.service.do(c.EditMember(posting_id="e", member="A", gender="man"))
    (missing,) = shop.service.ask(Eligible(member="A", programme="some")).missing
    assert missing.sentence.en == "for another gender"
    shop.enrol("W", gender="woman")
    assert shop.sell(100, member="W").earned.points == 20


def test_a_segment_is_asked_at_the_sale_and_kept_with_it(shop: Shop) -> None:
    segment(shop, visits_min=2)
    doubled(shop, audience={"segments": ["some"]})
    sales = [shop.sell(100) for _ in range(3)]
    assert [(sale.earned.points, sale.segments) for sale in sales] == [(10, ()), (10, ()), (20, ("some",))]
    assert shop.member().segments == {"some": "some"}
    segment(shop, visits_min=99)
    assert shop.stored(sales[2]).segments == ("some",)  # what was so then stays with the sale
    assert shop.member().segments == {} and shop.quote(100).segments == ()


def test_the_reason_names_the_segment(shop: Shop) -> None:
    segment(shop, "regulars", visits_min=9)
    shop.publish("off", "percent_off", {"audience": {"segments": ["regulars"]}}, rate_bp=1_000)
    told = shop.quote(100).trace[0]
    said = strip_isolates(told.sentence.en)
    assert (told.code, said) == ("other_segment", "Only for the segment regulars.")
    assert shop.quote(100, member=None).trace[0].code == "no_member"


@pytest.mark.parametrize(
    ("params", "inside"),
    [
        ({"points_min": 20}, True),
        ({"points_min": 21}, False),
        ({"spend_min_minor": 200}, True),
        ({"spend_min_minor": 201}, False),
        ({"visits_min": 2, "window_days": 10}, True),  # ten days ago is in the last ten days
        ({"visits_min": 2, "window_days": 9}, False),
        ({"spend_max_minor": 100, "window_days": 9}, True),
        ({"away_days_max": 3}, True),
        ({"away_days_max": 2}, False),
        ({"gap_days_min": 7}, True),
        ({"gap_days_min": 8}, False),
        ({"age_min": 35}, True),
        ({"age_min": 36}, False),
        ({"cities": ["يزد"]}, True),  # typed on an Arabic keyboard
        ({"tags": ["student"]}, True),
        ({"interests": ["tea"]}, True),
        ({"interests": ["jam"]}, False),
        ({"member_kinds": ["company"]}, False),
    ],
    ids=str,
)
def test_every_condition_is_asked_of_what_is_kept(shop: Shop, params: dict[str, Any], inside: bool) -> None:
    shop.publish("points", "points", step_minor=10)
    shop.sell(100)
    shop.clock.on(days=7)
    shop.sell(100)
    shop.clock.on(days=3)
    segment(shop, **params)
    assert bool(shop.quote(50).segments) is inside
    assert bool(shop.member().segments) is inside


def test_nobody_is_away_from_a_shop_they_were_never_in(shop: Shop) -> None:
    segment(shop, "away", away_days_min=1)
    segment(shop, "gap", gap_days_max=99)
    segment(shop, "young", age_max=99)
    shop.enrol("B")
    assert shop.quote(100, member="B").segments == ()


def test_a_sale_taken_back_was_no_visit(shop: Shop) -> None:
    segment(shop, gap_days_max=99)
    shop.sell(100)
    shop.clock.on(days=1)
    again = shop.sell(100)
    assert shop.member().segments == {"some": "some"}
    shop.void(again)
    assert shop.member().segments == {}


def test_points_kept_for_a_sale_on_hold_still_count(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10, point_value_minor=1)
    shop.sell(100)
    segment(shop, points_min=10)
    shop.service.do(c.HoldSale(posting_id="h", member="A", amount_minor=50, use=c.Use(points=10)))
    assert shop.quote(50).segments == ("some",)


def test_a_list_made_by_hand_counts_beside_the_condition(shop: Shop) -> None:
    segment(shop, visits_min=99)
    shop.enrol("B")
    assert put(shop, "A", "B", "A") == SegmentListView(segment="some", name="some", listed=2, changed=2)
    assert put(shop, "B").changed == 0
    assert shop.quote(100).segments == ("some",)
    assert [one.member for one in on_list(shop).members] == [shop.member(x).member for x in "AB"]
    assert take(shop, "A").listed == 1
    assert take(shop, "A").changed == 0
    assert shop.quote(100).segments == ()
    assert shop.service.ask(q.MemberHistory(member="A")).items[0].kind == "segment"


def test_the_list_comes_in_pages(shop: Shop) -> None:
    segment(shop)
    shop.enrol("B")
    put(shop, "A", "B")
    first = on_list(shop, limit=1)
    assert first.next is not None
    second = on_list(shop, limit=2, after=first.next)
    assert [one.member for one in (*first.members, *second.members)] == [shop.member(x).member for x in "AB"]
    assert second.next is None


def test_a_list_is_changed_whole_or_not_at_all(shop: Shop) -> None:
    segment(shop)
    with shop.refuses("unknown_member"):
        put(shop, "A", "nobody")
    assert on_list(shop).members == ()
    with shop.refuses("unknown_programme"):
        put(shop, "A", key="none")
    shop.publish("points", "points", step_minor=10)
    with shop.refuses("unknown_segment", segment="points"):
        put(shop, "A", key="points")


def test_the_window_is_told_that_members_changed() -> None:
    for command in (c.AddToSegment, c.RemoveFromSegment):
        assert changed_by(command(segment="x", members=())) == Changes.MEMBERS


def test_the_books_notice_a_list_changed_behind_their_back(shop: Shop) -> None:
    segment(shop)
    put(shop, "A")
    connection = raw(shop.path)
    kept = list(connection.execute("SELECT programme, member, posting FROM segment_member"))
    connection.execute("DELETE FROM segment_member")
    found = [one.code for one in shop.audit().findings]
    connection.executemany("INSERT INTO segment_member VALUES (?, ?, ?)", kept)
    connection.close()
    assert found == ["segment_list_differs_from_its_postings"]


@pytest.mark.parametrize("where", ["when", "coefficient"])
def test_nothing_asks_for_a_segment_there_is_not(shop: Shop, where: str) -> None:
    when: dict[str, Any] = {"audience": {"segments": ["vip"]}}
    inside = {"coefficients": [{"milli": 2_000}, {"milli": 2_000, "when": when}]}
    params: dict[str, Any] = {"step_minor": 10, **(inside if where == "coefficient" else {})}
    field = "params.coefficients.1.when" if where == "coefficient" else "when"
    used: dict[str, Any] = when if where == "when" else {}
    with shop.refuses("unknown_segment", segment="vip", field=f"{field}.audience.segments"):
        shop.publish("points", "points", used, **params)
    segment(shop, "vip")
    shop.publish("points", "points", used, **params)
    with shop.refuses("segment_in_use", segment="vip", programme="points"):
        shop.retire("vip")
    shop.retire("points")
    shop.retire("vip")
    with shop.refuses("unknown_segment", segment="vip"):
        shop.service.do(c.ResumeProgramme(key="points"))
    draft = shop.service.ask(q.DraftProgramme(kind="points", name="x", params=params, when=used))
    assert [(one.field, one.problem) for one in draft.problems] == [
        (f"{field}.audience.segments", "unknown_segment")
    ]


def test_many_segments_live_side_by_side(shop: Shop) -> None:
    segment(shop, "one", visits_max=9)
    segment(shop, "two", age_min=9)
    assert shop.quote(100).segments == ("one", "two")


@pytest.mark.parametrize(
    ("days", "audience", "points"),
    [
        (7, {"gap_days_max": 7}, 20),
        (8, {"gap_days_max": 7}, 10),
        (30, {"away_days_min": 30}, 20),
        (29, {"away_days_min": 30}, 10),
        (0, {"gap_days_max": 0}, 20),
        (5, {"visits_min": 2}, 20),
        (5, {"visits_max": 1}, 10),
    ],
)
def test_the_time_since_the_last_visit_multiplies(
    shop: Shop, days: int, audience: dict[str, Any], points: int
) -> None:
    shop.sell(100)
    shop.clock.on(days=days)
    doubled(shop, audience=audience)
    quoted = shop.quote(100)
    assert (quoted.earned.points, shop.sell(100).earned.points) == (points, points)


def test_a_sale_is_not_its_own_last_visit(shop: Shop) -> None:
    doubled(shop, audience={"gap_days_max": 0})
    assert [shop.sell(100).earned.points for _ in range(2)] == [10, 20]


@pytest.mark.parametrize(
    ("local", "day", "month"),
    [
        ("2026-12-20T12:00", 20, 20),  # 29 Azar, the birthday
        ("2026-12-21T12:00", 10, 20),
        ("2026-11-22T12:00", 10, 20),  # 1 Azar
        ("2026-12-22T12:00", 10, 10),  # 1 Dey
    ],
)
def test_a_birthday_multiplies_on_its_day_or_in_its_month_of_the_shop(
    shop: Shop, local: str, day: int, month: int
) -> None:
    shop.clock.at(local)
    doubled(shop, audience={"birthday": "day"})
    assert shop.quote(100).earned.points == day
    doubled(shop, audience={"birthday": "month"})
    assert shop.quote(100).earned.points == month


def test_who_told_no_birthday_has_none(shop: Shop) -> None:
    shop.enrol("B")
    doubled(shop, audience={"birthday": "month"})
    assert shop.quote(100, member="B").earned.points == 10


def test_an_imported_sale_sees_the_past_it_had(shop: Shop) -> None:
    doubled(shop, audience={"gap_days_max": 3, "visits_max": 2})
    segment(shop, visits_max=1)
    shop.sell(100)
    shop.clock.on(days=-10)
    early = shop.clock.now_ms()
    shop.clock.on(days=20)
    shop.sell(100)

    def imported(key: str, at_ms: int) -> tuple[int, tuple[str, ...]]:
        command = c.ImportSale(sale_id=key, member="A", lines=(goods("x", 100),), at_ms=at_ms)
        sale = shop.service.do(command)
        return sale.earned.points, sale.segments

    assert imported("i1", early) == (10, ("some",))  # nobody had been here before
    assert imported("i2", early + 2 * 86_400_000) == (20, ("some",))
    assert imported("i3", early + 3 * 86_400_000) == (10, ())  # the third purchase


def test_a_member_named_afterwards_gets_it_by_the_segments_of_now(shop: Shop) -> None:
    segment(shop, "here", visits_min=1)
    doubled(shop, audience={"segments": ["here"]})
    shop.sell(100)
    sale = shop.sell(100, member=None)
    assert sale.segments == ()
    named = shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert (named.earned.points, named.segments) == (20, ("here",))
    shop.enrol("B")
    other = shop.sell(100, member=None)
    named = shop.service.do(c.AttachMember(sale_id=other.sale_id or "", member="B"))
    assert (named.earned.points, named.segments) == (10, ())


def test_nothing_is_looked_up_while_nothing_asks(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish("points", "points", step_minor=10)
    store = shop.service._desk.store
    for part, name in (
        (store.segments, "of_member"), (store.standings, "tally"),
        (store.standings, "last_days"), (store.members, "person"),
    ):  # fmt: skip
        monkeypatch.setattr(type(part), name, None)
    assert shop.quote(100).earned.points == 10
    doubled(shop, audience={"visits_min": 1, "away_days_min": 1})  # the counters at hand answer that
    assert shop.quote(100).earned.points == 10
