"""The policy of taking back, written down cell by cell: a table to be read, and what makes its rows.

Every sale is of four units at 100 T. A cell says, after a colon, what has been paid back in money so far
and what is left then, of the value the row is about. `one` is after one unit came back, `three` after three
of them, and `full` after all: at once, by a void, or in parts in whatever order, which changes nothing.

* *unspent*: what the sale earned lies there. *spent*: it was used before the goods come back. *expired*:
  its last day is over; what is *not swept* is worth as little as what is.
* *used on it*: the sale itself was paid with, or lowered by it.
* A pledge is *spent* when it was handed over to its cause, and has no last day: what was never handed over
  is as good after a year. What a cause got for goods that came back comes off its next pledges (`ahead`).
* Stamps have no last day either. A level is *spent* when a later sale was cheaper for it, and *expired* when
  the spend left the window and the reviews took the level away. A level given by hand is no refund's to take.
* A cell in *stars* is refused with that reason: first the sale named in the refusal has to come back.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app import queries as q
from loyalty_pos.app import queries_reports as qr
from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app.cause_views import CauseView
from loyalty_pos.app.gift_card_views import GiftCardView
from loyalty_pos.app.views import SaleView
from tests.shop import Shop, T, goods

FOUR = goods("tea", 100 * T, 4)
ENDS = {"expiry": {"days": 3}}
CARD_SOLD = (c.SellGiftCards(face_minor=100 * T),)
LEVELS = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 300 * T, "discount_bp": 1_000}]


class Made(NamedTuple):
    """A sale that is to come back, how to look at what it moves, and what has to come back before it."""

    sale: SaleView
    seen: Callable[[Shop], str]
    before: SaleView | None = None


class Row(NamedTuple):
    """One value in one state, and its three cells."""

    name: str
    made: Callable[[Shop], Made]
    one: str
    three: str
    full: str


def said(**parts: int) -> str:
    """Say what there is; what is nothing is left out."""
    return ", ".join(f"{amount} {name}" for name, amount in parts.items() if amount) or "nothing"


def points(shop: Shop) -> str:
    return said(points=shop.member().points, owed=shop.member().owed.points)


def credit(shop: Shop) -> str:
    return said(credit=shop.member().credit_minor // T, owed=shop.member().owed.credit_minor // T)


def stamps(shop: Shop) -> str:
    member = shop.member()
    owed = member.owed.stamps.get("card", 0)
    return said(rewards=shop.rewards(), stamps=member.progress["card"].have, owed=owed)


def pledge(shop: Shop) -> str:
    (cause,) = shop.service.ask(qs.Causes(cause="school")).causes
    assert isinstance(cause, CauseView)
    return said(pledged=cause.pledged_minor // T, open=cause.open_minor // T, ahead=cause.ahead_minor // T)


def level(shop: Shop) -> str:
    return str(shop.member().tier)


def code(text: str) -> Callable[[Shop], str]:
    def seen(shop: Shop) -> str:
        view = shop.identify(text).code
        assert view is not None
        return view.state

    return seen


def vouchers(shop: Shop) -> str:
    """Look at what the vouchers that are out are worth."""
    return said(worth=shop.service.ask(qr.Promises()).vouchers.minor // T)


def gift_card(text: str) -> Callable[[Shop], str]:
    def seen(shop: Shop) -> str:
        view: GiftCardView = shop.service.ask(q.GiftCard(code=text))
        return f"{view.state}, {said(on_it=view.left_minor // T)}"

    return seen


def later(shop: Shop, *, swept: bool = True, days: int = 4) -> None:
    """Let the last day of what was earned pass."""
    shop.clock.on(days=days)
    if swept:
        shop.service.do(cl.CatchUp(accept_clock=True))


def spends_once(shop: Shop, key: str, **how: object) -> None:
    """Give 200 points or 200 T of credit that can be spent, and let nothing more be earned."""
    shop.publish("gain", key, how, **EARNS_ALL[key])
    shop.sell(200 * T)
    shop.retire("gain")
    if key == "points":
        shop.publish("price", "points", step_minor=10**11, point_value_minor=T)


EARNS_ALL = {"points": {"step_minor": T, "point_value_minor": T}, "spend_credit": {"rate_bp": 10_000}}


def points_earned(shop: Shop, **when: object) -> Made:
    shop.publish("points", "points", when, step_minor=10 * T, point_value_minor=T)
    return Made(shop.sell(None, FOUR), points)


def points_spent(shop: Shop) -> Made:
    made = points_earned(shop)
    shop.sell(35 * T, points=35)
    return made


def points_expired(shop: Shop, *, swept: bool) -> Made:
    made = points_earned(shop, **ENDS)
    later(shop, swept=swept)
    return made


def points_spent_and_expired(shop: Shop) -> Made:
    made = points_earned(shop, **ENDS)
    shop.sell(35 * T, points=35)
    later(shop)
    return made


def points_paid(shop: Shop) -> Made:
    spends_once(shop, "points")
    return Made(shop.sell(None, FOUR, points=200), points)


def points_paid_and_expired(shop: Shop) -> Made:
    spends_once(shop, "points", **ENDS)
    made = Made(shop.sell(None, FOUR, points=200), points)
    later(shop)
    return made


def credit_earned(shop: Shop, **when: object) -> Made:
    shop.publish("credit", "spend_credit", when, rate_bp=1_000)
    return Made(shop.sell(None, FOUR), credit)


def credit_spent(shop: Shop) -> Made:
    made = credit_earned(shop)
    shop.sell(35 * T, credit_minor=35 * T)
    return made


def credit_expired(shop: Shop, *, swept: bool) -> Made:
    made = credit_earned(shop, **ENDS)
    later(shop, swept=swept)
    return made


def credit_paid(shop: Shop) -> Made:
    spends_once(shop, "spend_credit")
    return Made(shop.sell(None, FOUR, credit_minor=200 * T), credit)


def credit_paid_and_expired(shop: Shop) -> Made:
    spends_once(shop, "spend_credit", **ENDS)
    made = Made(shop.sell(None, FOUR, credit_minor=200 * T), credit)
    later(shop)
    return made


def stamps_earned(shop: Shop) -> Made:
    shop.publish("card", "stamp_card", needed=9)
    return Made(shop.sell(None, FOUR), stamps)


def stamps_spent(shop: Shop) -> Made:
    """Four stamps of five; a later purchase fills the card, and the reward is used."""
    shop.publish("card", "stamp_card", needed=5)
    made = Made(shop.sell(None, FOUR), stamps)
    shop.sell(None, goods("tea", 100 * T))
    assert shop.sell(None, goods("tea", 100 * T)).due_minor == 0
    return made


def stamps_of_last_year(shop: Shop) -> Made:
    made = stamps_earned(shop)
    later(shop, days=400)
    return made


def rewards_earned(shop: Shop, **when: object) -> Made:
    shop.publish("card", "stamp_card", when, needed=2)
    return Made(shop.sell(None, FOUR), stamps)


def rewards_spent(shop: Shop) -> Made:
    made = rewards_earned(shop)
    assert shop.sell(None, goods("tea", 100 * T, 2)).due_minor == 0
    return made


def rewards_expired(shop: Shop, *, swept: bool) -> Made:
    made = rewards_earned(shop, **ENDS)
    later(shop, swept=swept)
    return made


def reward_used(shop: Shop, **when: object) -> Made:
    shop.publish("card", "stamp_card", when, needed=5)
    shop.sell(None, goods("tea", 100 * T, 5))
    sale = shop.sell(None, FOUR)
    assert sale.due_minor == 300 * T
    return Made(sale, stamps)


def reward_used_and_expired(shop: Shop) -> Made:
    made = reward_used(shop, **ENDS)
    later(shop)
    return made


def voucher_made(shop: Shop, days: int = 30) -> Made:
    shop.publish("next", "next_visit_voucher", rate_bp=1_000, expires={"days": days})
    return Made(shop.sell(None, FOUR), vouchers)


def voucher_spent(shop: Shop) -> Made:
    made = voucher_made(shop)
    shop.clock.on(days=1)
    spending = shop.sell(40 * T, codes=(made.sale.vouchers[0].code,))
    return made._replace(before=spending)


def voucher_expired(shop: Shop) -> Made:
    made = voucher_made(shop, 3)
    later(shop)
    return made


def voucher_used(shop: Shop, days: int = 30) -> Made:
    text = voucher_made(shop, days).sale.vouchers[0].code
    shop.retire("next")
    shop.clock.on(days=1)
    return Made(shop.sell(None, FOUR, codes=(text,)), code(text))


def voucher_used_and_expired(shop: Shop) -> Made:
    made = voucher_used(shop, 3)
    later(shop)
    return made


def _gift_card(shop: Shop, face: int, sale: SaleView | None, expires: str | None = None) -> str:
    of = sale.sale_id if sale else None
    issued = c.IssueGiftCard(posting_id="card", face_minor=face, sale_id=of, expires=expires)
    text: str = shop.service.do(issued).codes[0].code
    return text


def gift_card_sold(shop: Shop, expires: str | None = None) -> Made:
    sale = shop.sell(None, FOUR, sells=CARD_SOLD)
    return Made(sale, gift_card(_gift_card(shop, 100 * T, sale, expires)))


def gift_card_spent(shop: Shop) -> Made:
    sale = shop.sell(None, FOUR, sells=CARD_SOLD)
    text = _gift_card(shop, 100 * T, sale)
    return Made(sale, gift_card(text), shop.sell(20 * T, gift_cards=(text,)))


def gift_card_expired(shop: Shop) -> Made:
    made = gift_card_sold(shop, "2026-11-23")
    later(shop)
    return made


def gift_card_paid(shop: Shop, expires: str | None = None) -> Made:
    text = _gift_card(shop, 200 * T, None, expires)
    return Made(shop.sell(None, FOUR, gift_cards=(text,)), gift_card(text))


def gift_card_paid_and_expired(shop: Shop) -> Made:
    made = gift_card_paid(shop, "2026-11-23")
    later(shop)
    return made


def pledge_open(shop: Shop) -> Made:
    shop.publish("good", "charity", rate_bp=1_000, cause="school")
    return Made(shop.sell(None, FOUR), pledge)


def pledge_settled(shop: Shop) -> Made:
    made = pledge_open(shop)
    shop.service.do(cs.SettlePledges(posting_id="settled", cause="school", receipt_no="R-1"))
    return made


def pledge_settled_in_part(shop: Shop) -> Made:
    made = pledge_open(shop)
    part = cs.SettlePledges(posting_id="part", cause="school", receipt_no="R-1", amount_minor=20 * T)
    shop.service.do(part)
    return made


def pledge_of_last_year(shop: Shop) -> Made:
    made = pledge_open(shop)
    later(shop, days=400)
    return made


def level_reached(shop: Shop) -> Made:
    shop.publish("club", "tiers", levels=LEVELS)
    return Made(shop.sell(None, FOUR), level)


def level_used(shop: Shop) -> Made:
    """A later sale is cheaper for the level and stays so; what it counts keeps nobody up by itself."""
    made = level_reached(shop)
    assert shop.sell(100 * T).due_minor == 90 * T
    return made


def level_expired(shop: Shop) -> Made:
    made = level_reached(shop)
    later(shop, days=450)
    return made


def level_by_hand(shop: Shop) -> Made:
    made = level_reached(shop)
    given = cl.SetTier(posting_id="up", member="A", tier="silver", until="2027-01-01", reason="a friend")
    shop.service.do(given)
    return made


def _code(shop: Shop, expires: str | None = None) -> str:
    shop.publish("spring", "percent_off", rate_bp=1_000, lane="code")
    text: str = (
        shop.service.do(c.IssueCodes(posting_id="codes", programme="spring", expires=expires)).codes[0].code
    )
    return text


def code_kept(shop: Shop, expires: str | None = None) -> Made:
    text = _code(shop, expires)
    return Made(shop.sell(None, FOUR), code(text))


def code_used(shop: Shop, expires: str | None = None) -> Made:
    text = _code(shop, expires)
    return Made(shop.sell(None, FOUR, codes=(text,)), code(text))


def code_kept_and_expired(shop: Shop) -> Made:
    made = code_kept(shop, "2026-11-23")
    later(shop)
    return made


def code_used_and_expired(shop: Shop) -> Made:
    made = code_used(shop, "2026-11-23")
    later(shop)
    return made


POLICY = [
    Row("points, unspent", points_earned,
        one="100: 30 points", three="300: 10 points", full="400: nothing"),
    Row("points, spent", points_spent,
        one="100: 5 owed", three="300: 25 owed", full="400: 35 owed"),
    Row("points, expired", partial(points_expired, swept=True),
        one="100: nothing", three="300: nothing", full="400: nothing"),
    Row("points, expired and not swept", partial(points_expired, swept=False),
        one="100: nothing", three="300: nothing", full="400: nothing"),
    Row("points, spent and the rest expired", points_spent_and_expired,
        one="100: 5 owed", three="300: 25 owed", full="400: 35 owed"),
    Row("points, used on it", points_paid,
        one="50: 50 points", three="150: 150 points", full="200: 200 points"),
    Row("points, used on it and expired", points_paid_and_expired,
        one="50: nothing", three="150: nothing", full="200: nothing"),
    Row("credit, unspent", credit_earned,
        one="100: 30 credit", three="300: 10 credit", full="400: nothing"),
    Row("credit, spent", credit_spent,
        one="100: 5 owed", three="300: 25 owed", full="400: 35 owed"),
    Row("credit, expired", partial(credit_expired, swept=True),
        one="100: nothing", three="300: nothing", full="400: nothing"),
    Row("credit, expired and not swept", partial(credit_expired, swept=False),
        one="100: nothing", three="300: nothing", full="400: nothing"),
    Row("credit, used on it", credit_paid,
        one="50: 50 credit", three="150: 150 credit", full="200: 200 credit"),
    Row("credit, used on it and expired", credit_paid_and_expired,
        one="50: nothing", three="150: nothing", full="200: nothing"),
    Row("stamps, unspent", stamps_earned,
        one="100: 3 stamps", three="300: 1 stamps", full="400: nothing"),
    Row("stamps, spent", stamps_spent,
        one="100: 1 owed", three="300: 3 owed", full="400: 4 owed"),
    Row("stamps, of last year", stamps_of_last_year,
        one="100: 3 stamps", three="300: 1 stamps", full="400: nothing"),
    Row("reward, unspent", rewards_earned,
        one="100: 1 rewards, 1 stamps", three="300: 1 stamps", full="400: nothing"),
    Row("reward, spent", rewards_spent,
        one="100: 1 owed", three="300: 3 owed", full="400: 4 owed"),
    Row("reward, expired", partial(rewards_expired, swept=True),
        one="100: 1 stamps", three="300: 1 stamps", full="400: nothing"),
    Row("reward, expired and not swept", partial(rewards_expired, swept=False),
        one="100: 1 stamps", three="300: 1 stamps", full="400: nothing"),
    Row("reward, used on it", reward_used,
        one="100: 2 stamps", three="300: nothing", full="300: 1 rewards"),
    Row("reward, used on it and expired", reward_used_and_expired,
        one="100: 2 stamps", three="300: nothing", full="300: nothing"),
    Row("voucher, unspent", voucher_made,
        one="100: 30 worth", three="300: 10 worth", full="400: nothing"),
    Row("voucher, spent", voucher_spent,
        one="90: nothing", three="270: nothing", full="*voucher_was_spent*; then 400: nothing"),
    Row("voucher, expired", voucher_expired,
        one="100: nothing", three="300: nothing", full="400: nothing"),
    Row("voucher, used on it", voucher_used,
        one="90: used", three="270: used", full="360: issued"),
    Row("voucher, used on it and expired", voucher_used_and_expired,
        one="90: used", three="270: used", full="360: expired"),
    Row("gift card, unspent", gift_card_sold,
        one="100: issued, 100 on_it", three="300: issued, 100 on_it", full="500: void, nothing"),
    Row("gift card, spent", gift_card_spent,
        one="100: issued, 80 on_it", three="300: issued, 80 on_it",
        full="*gift_card_was_spent*; then 500: void, nothing"),
    Row("gift card, expired", gift_card_expired,
        one="100: expired, 100 on_it", three="300: expired, 100 on_it", full="500: void, nothing"),
    Row("gift card, used on it", gift_card_paid,
        one="50: issued, 50 on_it", three="150: issued, 150 on_it", full="200: issued, 200 on_it"),
    Row("gift card, used on it and expired", gift_card_paid_and_expired,
        one="50: expired, 50 on_it", three="150: expired, 150 on_it", full="200: expired, 200 on_it"),
    Row("pledge, unspent", pledge_open,
        one="100: 30 pledged, 30 open", three="300: 10 pledged, 10 open", full="400: nothing"),
    Row("pledge, spent", pledge_settled,
        one="100: 30 pledged, 10 ahead", three="300: 10 pledged, 30 ahead", full="400: 40 ahead"),
    Row("pledge, spent in part", pledge_settled_in_part,
        one="100: 30 pledged, 10 open", three="300: 10 pledged, 10 ahead", full="400: 20 ahead"),
    Row("pledge, of last year", pledge_of_last_year,
        one="100: 30 pledged, 30 open", three="300: 10 pledged, 10 open", full="400: nothing"),
    Row("tier, unspent", level_reached,
        one="100: silver", three="300: bronze", full="400: bronze"),
    Row("tier, spent", level_used,
        one="100: silver", three="300: bronze", full="400: bronze"),
    Row("tier, expired", level_expired,
        one="100: bronze", three="300: bronze", full="400: bronze"),
    Row("tier, given by hand", level_by_hand,
        one="100: silver", three="300: silver", full="400: silver"),
    Row("code, unspent", code_kept,
        one="100: issued", three="300: issued", full="400: issued"),
    Row("code, spent", code_used,
        one="90: used", three="270: used", full="360: issued"),
    Row("code, expired", code_kept_and_expired,
        one="100: expired", three="300: expired", full="400: expired"),
    Row("code, spent and expired", code_used_and_expired,
        one="90: used", three="270: used", full="360: expired"),
]  # fmt: skip
