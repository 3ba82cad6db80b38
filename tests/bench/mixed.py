"""Thirty programmes of every kind there is on one bill, beside thirty of everyday kinds in the same run."""

from typing import Any

from loyalty_pos.domain.basket import Choices
from loyalty_pos.domain.bill import Held, Snapshot
from loyalty_pos.domain.conditions import Seen
from loyalty_pos.domain.families import Revision, TermRule, TierRule
from loyalty_pos.domain.ledger import CREDIT, POINTS, Holdings, Lot
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Counts, Standing
from tests.bench import pricing
from tests.bench.rounds import Pair, Work
from tests.domain.pieces import revision

HAPPY = {"schedule": {"hours": ["16:00-19:00"]}}
LEVELS = [{"key": "silver", "from": 0}, {"key": "gold", "from": 9_000_000, "discount_bp": 300}]
KINDS: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("points", {"step_minor": 10_000, "point_value_minor": 100}, {}),
    ("points", {"step_minor": 12_000}, {"schedule": {"weekdays": ["sat"]}}),
    ("spend_credit", {"rate_bp": 200}, {"basket": {"min_minor": 1_000_000}}),
    ("spend_credit", {"rate_bp": 100, "coefficients": [{"milli": 2_000}]}, HAPPY),
    ("company_credit", {"rates": [{"rate_bp": 300}]}, {}),
    ("stamp_card", {"needed": 8, "groups": ["coffee"]}, {}),
    ("stamp_card", {"needed": 5, "groups": ["tea"], "mode": "every_nth"}, {}),
    ("percent_off", {"rate_bp": 500, "groups": ["cake"]}, {}),
    ("percent_off", {"rate_bp": 700}, {"audience": {"standings": ["vip"]}}),
    ("percent_off", {"rate_bp": 300, "max_discount_minor": 90_000}, {"audience": {"tiers": ["gold"]}}),
    ("percent_off", {"rate_bp": 900}, {"audience": {"segments": ["friends"]}}),
    ("percent_off", {"rate_bp": 400, "groups": ["bread"]}, {"limits": {"total": 90}}),
    ("amount_off", {"amount_minor": 30_000}, {"basket": {"min_minor": 900_000}}),
    ("amount_off", {"amount_minor": 2_000, "per": "unit", "groups": ["tea"]}, {}),
    ("set_offer", {"buy": 2, "groups": ["juice"]}, {}),
    ("set_price", {"units": 3, "groups": ["bread"], "price_minor": 200_000}, {}),
    ("tiers", {"levels": LEVELS}, {}),
    ("charity", {"rate_bp": 100, "cause": "school"}, {}),
    ("contract", {"months": 6, "promised_visits": 12, "discount_bp": 500}, {}),
    ("vip", {"fee_minor": 5_000_000, "term_months": 12}, {}),
    ("segment", {"visits_min": 3}, {}),
    ("challenge", {"group": "cake", "times": 3, "within_days": 14, "gives": "points", "points": 30}, {}),
    ("draw", {"out_of": 40, "prizes": [{"name": "Cup", "chances": 4, "worth_minor": 90_000}]}, {}),
    ("event_gift", {"event": "birthday", "points": 5}, {}),
    ("event_gift", {"event": "first_of_group", "groups": ["tea"], "points": 5}, {}),
    ("participation", {"what": "feedback", "points": 1, "each": "day"}, {}),
    ("prize", {"what": "Mug", "price_points": 40, "stock": 9}, {}),
    ("invitation", {"title": "Night", "day": "2026-11-21", "points": 7}, {}),
    ("next_visit_voucher", {"rate_bp": 1_000, "expires": {"days": 30}}, {}),
    ("warranty", {"months": 24, "groups": ["juice"]}, {}),
)  # fmt: skip


def programmes() -> list[Revision]:
    """Compile them; those that others ask for are named after their kind."""
    names = {"segment": "friends", "vip": "vip"}
    return [
        revision(kind, number, when=when, key=names.get(kind, f"p{number}"), **params)
        for number, (kind, params, when) in enumerate(KINDS, 1)
    ]


def member(live: list[Revision]) -> Snapshot:
    """A member whom nearly all of it concerns: in the club, the segment, a membership and a contract."""
    club = next(one for one in live if isinstance(one.rule, TierRule))
    assert isinstance(club.rule, TierRule)
    terms = [one for one in live if isinstance(one.rule, TermRule)]
    lots = (Lot(1, POINTS, 90, 0, None, 1, 1), Lot(2, CREDIT, 80_000, 0, None, 1, 1))
    return Snapshot(
        1,
        "individual",
        Holdings(lots, {}),
        standing=Standing(club.rule, club.programme, Counts(12_000_000), "gold"),
        seen=Seen(frozenset({"friends"}), 7, 3, "day"),
        events={one.id: 1 for one in live},
        terms=tuple(Held(one.id, one, "2027-01-01", "2027-01-01") for one in terms),
    )


def by_engine() -> Work:
    """Return a quote of ten lines with the whole trace."""
    goods, live = pricing.basket(), programmes()
    who, rules = member(live), Rules(Lineup(live), {one.id: one for one in live}, money_step_minor=10)

    def priced(_: int) -> Quote:
        return quote(goods, Choices(), who, rules, pricing.MOMENT)

    return priced


def pair(calls: int) -> Pair:
    """Stand beside the everyday kinds, which take the place of the work by hand."""
    plain = pricing.by_engine(pricing.basket(), pricing.programmes())
    return Pair("G mixed: 30 programmes of all kinds (beside G)", by_engine(), plain, calls)
