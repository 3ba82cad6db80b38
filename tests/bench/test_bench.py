"""What is compared must be the same work, or the ratios say nothing."""

import shutil
from pathlib import Path

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.domain.quote import Quote
from tests.bench import mixed, pricing
from tests.bench.by_hand import BY_CARD, BY_PHONE, Hand
from tests.bench.rounds import Pair, measure
from tests.bench.shop import card, phone, sale


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    path = tmp_path / "shop"
    service = bootstrap.open_shop(path)
    service.do(CreateShop(name="Bench"))
    service.do(PublishProgramme(key="points", kind="points", name="Points", params={"step_minor": 10_000}))
    service.do(EnrolMember(phone=phone(1), card=card(1), name="Mina One"))
    service.do(sale("pattern", card(1)))
    service.close()
    return path


@pytest.mark.parametrize(("lines", "programmes"), [(10, 30), (3, 7), (1, 1), (1, 100), (100, 30)])
def test_the_loop_by_hand_prices_as_the_engine_does(lines: int, programmes: int) -> None:
    goods, live = pricing.basket(lines), pricing.programmes(programmes)
    answer = pricing.answer_of(pricing.by_engine(goods, live)(0))
    assert pricing.by_loop(goods, live)(0) == answer


def test_the_mixed_bill_has_every_kind_and_nearly_all_of_them_do_something() -> None:
    assert {kind for kind, _, _ in mixed.KINDS} == set(kinds())
    assert len(mixed.KINDS) == 30
    priced = mixed.by_engine()(0)
    assert isinstance(priced, Quote)
    assert sum(told.applied for told in priced.trace) > 15
    assert priced.discount_minor > 0


def test_rows_by_hand_are_the_rows_of_a_sale(shop_file: Path, tmp_path: Path) -> None:
    shutil.copy(shop_file, tmp_path / "copy")
    plain = Hand(tmp_path / "copy")
    rows = plain.rows_of("pattern")
    plain.commit_like(rows)
    again = plain.rows_of(f"hand-{rows.posting[0] + 1}")
    assert len(rows.months) == 2
    assert again.count == rows.count == 2 + 1 + 3 + 3 + 2 + len(rows.cells)
    assert {cell[2] for cell in rows.cells} == {"", "points"}
    assert [entry[2:] for entry in again.entries if entry[3] is None] == [
        entry[2:] for entry in rows.entries if entry[3] is None
    ]
    assert again.posting[10] == rows.posting[10]
    plain.close()


@pytest.mark.parametrize(("sql", "text"), [(BY_PHONE, phone(1)), (BY_CARD, card(1))])
def test_a_look_up_by_hand_finds_the_member(shop_file: Path, sql: str, text: str) -> None:
    plain = Hand(shop_file)
    assert [person.name for person in plain.people(sql, text)] == ["Mina One"]
    plain.close()


@pytest.mark.slow
def test_a_ratio_is_ours_over_by_hand_and_the_first_round_does_not_count() -> None:
    now = [0]

    def work(nanoseconds: int, first: int) -> None:
        now[0] += first if calls[nanoseconds] < 3 else nanoseconds
        calls[nanoseconds] += 1

    calls = {3_000: 0, 1_000: 0}
    pair = Pair("x", lambda _: work(3_000, 10**9), lambda _: work(1_000, 10**9), calls=3)
    (found,) = measure([pair], 4, lambda: now[0])
    assert (found.ratio, found.ours_p50_us, found.by_hand_p50_us) == (3.0, 3.0, 1.0)


def test_what_comes_between_two_calls_is_done_before_each_and_not_timed() -> None:
    now, drawn = [0], [0]

    def draw() -> None:
        now[0] += 10**9
        drawn[0] += 1

    def work(_: int) -> None:
        now[0] += 2_000

    (found,) = measure([Pair("x", work, work, calls=3, between=draw)], 1, lambda: now[0])
    assert (found.ours_p99_us, found.by_hand_p99_us, drawn[0]) == (2.0, 2.0, 2 * 2 * 3)
