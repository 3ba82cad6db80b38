"""Lists an owner takes along say all there is, page after page, in both endings."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app import queries_games as gq
from loyalty_pos.app.commands import EnrolMember
from loyalty_pos.app.commands_standing import SellMembership
from loyalty_pos.app.queries import Shop as AskShop
from loyalty_pos.app.queries_standing import LapsedMembers
from loyalty_pos.cli import game_lists
from loyalty_pos.cli.game_lists import write_game_list
from loyalty_pos.domain.families import DrawPrize, Odds
from loyalty_pos.domain.games import commitment, draw
from tests.languages import language
from tests.shop import Shop, T


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(game_lists, "_PAGE", 2)  # so that every list has several pages
    opened = Shop(tmp_path / "shop.db", language="en", calendar="gregorian")
    for card in "ABC":
        opened.service.do(
            EnrolMember(
                card=card, name=card, phone=f"0912000000{ord(card) - 64}", interests=("tea",), consent=True
            )
        )
    yield opened
    opened.close()


def written(shop: Shop, query: Any, tmp_path: Path, count: int) -> list[list[str]]:
    spoken = language("en").with_shop(shop.service.ask(AskShop()))
    path = tmp_path / "list.csv"
    assert write_game_list(path, query, shop.service, spoken) == count
    assert write_game_list(tmp_path / "list.xlsx", query, shop.service, spoken) == count
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_readers_of_news_and_answers_are_all_there(shop: Shop, tmp_path: Path) -> None:
    found = written(shop, gq.NewsFor(interest="tea"), tmp_path, 3)
    assert found[0] == ["Member", "Phone", "Interests"]
    assert [(row[0], row[2]) for row in found[1:]] == [("A", "tea"), ("B", "tea"), ("C", "tea")]
    shop.publish("idea", "participation", what="idea", points=1)
    for card in "ABC":
        given = g.RecordParticipation(posting_id=card, member=card, programme="idea", answer=f"more {card}")
        shop.service.do(given)
    found = written(shop, gq.Participations(programme="idea"), tmp_path, 3)
    assert [row[1:] for row in found[1:]] == [["C", "more C"], ["B", "more B"], ["A", "more A"]]


def test_guests_and_lapsed_members_say_what_matters_about_them(shop: Shop, tmp_path: Path) -> None:
    shop.publish("night", "invitation", title="Night", day="2026-11-21")
    shop.service.do(g.Invite(posting_id="i", programme="night", members=("A", "B")))
    shop.service.do(g.CheckIn(posting_id="c", programme="night", member="B"))
    assert written(shop, gq.Guests(programme="night"), tmp_path, 2)[1:] == [["A", "no"], ["B", "yes"]]
    shop.publish("vip", "vip", fee_minor=500 * T, term_months=1, grace_days=0)
    shop.service.do(SellMembership(posting_id="v", member="A", programme="vip"))
    shop.clock.on(days=60)
    (row,) = written(shop, LapsedMembers(programme="vip"), tmp_path, 1)[1:]
    assert (row[0], row[2], row[3], row[5]) == ("A", "yes", "2026-12-21", "500")


def test_anybody_works_every_draw_out_again_from_the_file_alone(shop: Shop, tmp_path: Path) -> None:
    prizes = [{"name": "Ten", "chances": 3, "gives": "points", "amount": 10, "worth_minor": 10}]
    shop.publish("draw", "draw", out_of=7, prizes=prizes)
    for _ in range(5):
        shop.sell(100 * T)
    shop.service.do(g.RevealDraw(posting_id="r", programme="draw"))
    found = written(shop, gq.Draws(programme="draw"), tmp_path, 5)[1:]
    for mark, seed, number, drawn, prize, chances, *_ in found:
        assert (mark, chances) == (commitment(seed), "Ten 3 / 7")
        odds = Odds(7, (DrawPrize("Ten", 3, "points", 10, 10),))
        came, won = draw(odds, seed, int(number))
        assert (int(drawn), prize) == (came, won.name if won else "")
    assert {row[4] for row in found} == {"", "Ten"}


def test_a_settlement_has_every_voucher_with_what_became_of_it(shop: Shop, tmp_path: Path) -> None:
    shop.service.do(g.MakePartnerCard(posting_id="k"))
    shop.service.do(g.PutPartner(key="photo", name="Photo", shop="0a" * 8, public_key="b1" * 32))
    given = g.PartnerVoucher(partner="photo", value_minor=100 * T, expires="2027-01-01")
    shop.service.do(g.IssuePartnerVouchers(posting_id="v", vouchers=(given, given)))
    found = written(shop, gq.Settlement(partner="photo"), tmp_path, 2)
    assert [row[2:5] for row in found[1:]] == [["Ours", "not presented yet", "100"]] * 2
