"""A request met again under its key answers as it did, whatever merges made of its member (rules 8, 32)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_games as g
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_people as cp
from loyalty_pos.app import commands_standing as cs
from loyalty_pos.domain.errors import Rejection
from tests.shop import Shop, content, goods

REQUESTS: tuple[Any, ...] = (
    c.RecordSale(sale_id="k", member="B", lines=(goods("x", 500),), contact="09123456789"),
    c.HoldSale(posting_id="k", member="B", lines=(goods("x", 500),)),
    c.AttachMember(sale_id="nobodys", member="B"),
    c.ClaimReward(posting_id="k", member="B", programme="mug"),
    c.EditMember(posting_id="k", member="B", city="Yazd"),
    cl.SetTier(posting_id="k", member="B", tier="gold", until="2026-12-01", reason="a friend"),
    cp.Adjust(posting_id="k", member="B", unit="points", amount=7, reason="told twice"),
    cp.MoveSale(posting_id="k", sale_id="theirs", member="B"),
    cs.SellMembership(posting_id="k", member="B", programme="vip"),
    g.RecordParticipation(posting_id="k", member="B", programme="idea", answer="more tea"),
    g.SetPreferences(posting_id="k", member="B", preferences=("no sugar",)),
)
SHOWN_ONCE: tuple[Any, ...] = (
    c.IssueGiftCard(posting_id="k", face_minor=500, member="B"),
    c.IssueCodes(posting_id="k", programme="code", member="B"),
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", display_unit=None)
    opened.publish("points", "points", step_minor=10)
    opened.publish("club", "tiers", levels=[{"key": "gold", "from": 10_000}])
    opened.publish("mug", "prize", what="mug", price_points=5)
    opened.publish("vip", "vip", fee_minor=5, term_months=1)
    opened.publish("idea", "participation", what="idea", points=3)
    opened.publish("code", "percent_off", rate_bp=500, lane="code")
    for card in "ABC":
        opened.enrol(card)
    opened.sell(200, member="B")
    opened.sell(300, member=None, sale_id="nobodys")
    opened.sell(400, member="C", sale_id="theirs")
    yield opened
    opened.proved()
    opened.close()


def unmoved(shop: Shop, request: Any) -> None:
    before = content(shop.service)
    shop.service.do(request)
    assert content(shop.service) == before


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: type(one).__name__)
def test_after_its_member_was_merged_away_a_request_is_still_the_same_one(shop: Shop, request_: Any) -> None:
    shop.service.do(request_)
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    shop.service.do(cp.MergeMembers(keep="C", drop="A"))
    unmoved(shop, request_)


@pytest.mark.parametrize("request_", SHOWN_ONCE, ids=lambda one: type(one).__name__)
def test_what_is_shown_once_is_known_again_after_a_merge(shop: Shop, request_: Any) -> None:
    shop.service.do(request_)
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    with shop.refuses("codes_shown_once"):
        shop.service.do(request_)


def test_a_request_made_while_a_merge_stood_is_the_same_one_after_it_was_undone(shop: Shop) -> None:
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    edit = c.EditMember(posting_id="k", member="B", note="likes the window")
    shop.service.do(edit)
    shop.service.do(cp.UndoMerge(keep="A", drop="B"))
    unmoved(shop, edit)


def test_another_member_or_another_request_is_still_refused_after_a_merge(shop: Shop) -> None:
    shop.service.do(REQUESTS[6])
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    for other in (
        c.RecordSale(sale_id="nobodys", amount_minor=7),
        cp.Adjust(posting_id="k", member="C", unit="points", amount=7, reason="told twice"),
        cp.Adjust(posting_id="k", member="B", unit="points", amount=8, reason="told twice"),
    ):
        with pytest.raises(Rejection, match="key_taken"):
            shop.service.do(other)


def test_a_level_given_by_hand_answers_again_when_its_last_day_is_over(shop: Shop) -> None:
    asked = REQUESTS[5]
    shop.service.do(asked)
    shop.clock.on(days=60)
    unmoved(shop, asked)
