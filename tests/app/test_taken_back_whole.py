"""A sale that any kind of programme touched leaves nothing behind once it is taken back: not a stamp.

One story for every kind there is; what is looked at is everything the shop can be asked about.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app import queries as q
from loyalty_pos.app import queries_games as gq
from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app.commands import AddToSegment, ClaimReward
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.programmes import kinds
from tests.shop import Shop, T, goods, item

BASKET = (item("cup", 4), goods("cake", 50 * T))
LEVELS = [{"key": "silver", "from": 0}, {"key": "gold", "from": 200 * T, "discount_bp": 1_000}]
PRIZES = [{"name": "Ten", "chances": 2, "gives": "points", "amount": 10, "worth_minor": 10}]
Prepare = Callable[[Shop], object]


def nothing(shop: Shop) -> None:
    """The programme needs no more than to be there."""


def bought(shop: Shop) -> None:
    shop.sell(None, item("cup"))


STORIES: dict[str, tuple[dict[str, Any], dict[str, Any], Prepare]] = {
    "amount_off": ({"amount_minor": 20 * T}, {"limits": {"total": 5, "budget_minor": 900 * T}}, nothing),
    "challenge": (
        {"sku": "cup", "times": 2, "within_days": 9, "gives": "credit", "credit_minor": 90 * T, "badge": "B"},
        {},
        bought,
    ),
    "charity": ({"rate_bp": 1_000, "cause": "school"}, {}, nothing),
    "company_credit": ({"rates": [{"rate_bp": 300}]}, {}, nothing),
    "contract": (
        {"months": 6, "promised_visits": 12, "discount_bp": 500},
        {},
        lambda shop: shop.service.do(cs.StartContract(posting_id="deal", member="A", programme="it")),
    ),
    "draw": ({"out_of": 2, "prizes": PRIZES}, {"limits": {"budget_minor": 90}}, nothing),
    "event_gift": ({"event": "first_of_group", "skus": ["cup"], "points": 7}, {}, nothing),
    "invitation": (
        {"title": "Night", "day": "2026-11-21", "points": 7},
        {},
        lambda shop: [
            shop.service.do(g.Invite(posting_id="i", programme="it", members=("A",))),
            shop.service.do(g.CheckIn(posting_id="c", programme="it", member="A")),
        ],
    ),
    "next_visit_voucher": ({"rate_bp": 1_000, "expires": {"days": 30}}, {}, nothing),
    "participation": (
        {"what": "idea", "points": 3},
        {},
        lambda shop: shop.service.do(
            g.RecordParticipation(posting_id="p", member="A", programme="it", answer="more tea")
        ),
    ),
    "percent_off": ({"rate_bp": 1_500, "max_discount_minor": 30 * T}, {"limits": {"per_member": 3}}, nothing),
    "points": ({"step_minor": 7 * T}, {"limits": {"total": 40}}, nothing),
    "prize": (
        {"what": "Mug", "price_points": 30, "stock": 4, "ready_minutes": 9},
        {},
        lambda shop: [
            shop.sell(5_000 * T),
            shop.service.do(ClaimReward(posting_id="c", member="A", programme="it")),
        ],
    ),
    "segment": (
        {"visits_min": 1},
        {},
        lambda shop: [
            shop.service.do(AddToSegment(segment="it", members=("A",))),
            shop.publish("theirs", "percent_off", {"audience": {"segments": ["it"]}}, rate_bp=800),
        ],
    ),
    "set_offer": ({"buy": 1, "skus": ["cup"]}, {}, nothing),
    "set_price": ({"units": 3, "price_minor": 200 * T}, {}, nothing),
    "spend_credit": ({"rate_bp": 1_000}, {}, nothing),
    "stamp_card": ({"needed": 3, "skus": ["cup"]}, {}, bought),
    "tiers": ({"levels": LEVELS}, {}, nothing),
    "vip": (
        {"fee_minor": 100 * T, "term_months": 1},
        {},
        lambda shop: [
            shop.service.do(cs.SellMembership(posting_id="v", member="A", programme="it")),
            shop.publish("theirs", "percent_off", {"audience": {"standings": ["it"]}}, rate_bp=800),
        ],
    ),
    "warranty": ({"months": 12, "skus": ["cup"]}, {}, nothing),
}
UNTOLD = {"segment", "prize", "participation", "invitation"}
"""Kinds that have no line of their own in a sale's trace."""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.product("cup", 100 * T)
    opened.publish("coin", "points", step_minor=10 * T, point_value_minor=T)
    opened.publish("back", "spend_credit", rate_bp=500)
    yield opened
    opened.close()


def everything(shop: Shop) -> dict[str, Any]:
    """Ask for all that a sale may have moved."""
    member, ask = shop.member(), shop.service.ask
    programmes, causes = ask(q.Programmes()).programmes, ask(qs.Causes()).causes
    seeds = [
        seed for one in programmes if one.kind == "draw" for seed in ask(gq.Draws(programme=one.key)).seeds
    ]
    lots = [(one.unit, one.left, one.available_from, one.expires_on) for one in member.lots if one.left]
    return {
        "points": (member.points, member.points_pending),
        "credit": (member.credit_minor, member.credit_pending_minor),
        "owed": member.owed,
        "progress": dict(member.progress),
        "rewards": member.rewards,
        "vouchers": member.vouchers,
        "lots": sorted(lots),
        "tier": member.tier,
        "visits": (member.visits, member.spend_minor),
        "standing": member.standing and (member.standing.counted, member.standing.missing),
        "terms": ask(qs.Memberships(member="A")).terms,
        "challenges": (member.playing.challenges, member.playing.badges),
        "causes": [(one.cause, one.pledged_minor, one.open_minor, one.purchases) for one in causes],
        "limits": [(one.key, one.limits) for one in programmes],
        "draws": [one.prize for seed in seeds for one in seed.draws if not one.taken_back],
        "waiting": ask(gq.HandOvers()),
    }


def refunded(shop: Shop, sale: SaleView) -> None:
    shop.refund(sale, None, *[(line.line, line.quantity) for line in sale.lines])


def in_parts(shop: Shop, sale: SaleView) -> None:
    """A unit at a time, the last line first."""
    for line in reversed(sale.lines):
        for _ in range(line.quantity):
            shop.refund(sale, None, (line.line, 1))


def voided(shop: Shop, sale: SaleView) -> None:
    shop.void(sale)


def test_every_kind_there_is_has_its_story() -> None:
    assert set(STORIES) == set(kinds())


@pytest.mark.parametrize("way", [voided, refunded, in_parts])
@pytest.mark.parametrize("kind", sorted(STORIES))
def test_what_any_kind_touched_is_as_before_once_the_sale_is_taken_back(
    shop: Shop, kind: str, way: Callable[[Shop, SaleView], None]
) -> None:
    params, when, prepare = STORIES[kind]
    shop.enrol("A", member_kind="company" if kind == "company_credit" else "individual")
    shop.sell(400 * T)
    shop.publish("it", kind, when, **params)
    prepare(shop)
    before = everything(shop)
    sale = shop.sell(None, *BASKET, credit_minor=3 * T)
    told = {line.programme: line.applied for line in sale.trace}
    if kind not in UNTOLD:
        assert told["it"], f"{kind} did nothing: {[(one.programme, one.code) for one in sale.trace]}"
    assert everything(shop) != before
    way(shop, sale)
    assert everything(shop) == before
    shop.proved()
