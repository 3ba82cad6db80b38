"""Sales on hold: put aside and taken up again, without a gain or a use (rules 30)."""

from collections.abc import Mapping
from dataclasses import replace
from json import loads
from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.asked_sales import normalised
from loyalty_pos.app.commands import HoldSale, QuoteSale, ResumeSale, SaleLine, SellGiftCards, Use
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.gift_card_views import PaidByCard
from loyalty_pos.app.handlers_sales import Priced, price
from loyalty_pos.app.handlers_shop import product_view
from loyalty_pos.app.held_codes import CODE, GIFT_CARD, Kept, kept_codes, kept_in, names_in
from loyalty_pos.app.hold_ports import Hold
from loyalty_pos.app.queries import Holds
from loyalty_pos.app.records import canonical
from loyalty_pos.app.reservations import uses
from loyalty_pos.app.views import HeldView, HoldsView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import Rejection

RESERVED_MINUTES = 30
HELD_AT_MOST = 50
_MINUTE_MS = 60_000


def hold_sale(desk: Desk, command: HoldSale) -> HeldView:
    """Put a sale aside and reserve what it would use; the same key and request again answer the same."""
    key = text_field("posting_id", command.posting_id, 64)
    with desk.store.transaction():
        asked = normalised(desk, command)
        known = desk.store.held.by_key(key)
        if known is None:
            now = desk.now()
            priced = price(desk, command, asked, now)
            known = Hold(
                key=key,
                request_hash=asked.hashed,
                member=priced.member.id if priced.member else None,
                request=canonical(_kept(asked.form)),
                reserved=canonical([*uses(priced.quote.book), *_handed(priced)]),
                due_minor=priced.quote.due_minor,
                till=desk.till,
                actor=desk.actor,
                at_ms=now.at_ms,
                until_ms=now.at_ms + RESERVED_MINUTES * _MINUTE_MS,
            )
            desk.store.held.add(known)
        elif not same_request(desk, known.request_hash, asked.whole, asked.member):
            raise Rejection("key_taken", sale_id=key)
    return _view(desk, known)


def resume_sale(desk: Desk, command: ResumeSale) -> HeldView:
    """Take a sale off hold, once; whoever took it may ask again."""
    key = text_field("posting_id", command.posting_id, 64)
    with desk.store.transaction():
        hold = desk.store.held.by_key(command.hold)
        if hold is None:
            raise Rejection("unknown_hold", hold=command.hold)
        if hold.released_by is None:
            desk.store.held.release(hold.key, key, desk.now().at_ms)
        elif hold.released_by != key:
            raise Rejection("hold_taken", hold=command.hold)
    return _view(desk, hold, reserving=False)


def holds(desk: Desk, query: Holds) -> HoldsView:
    return HoldsView(holds=tuple(_view(desk, hold) for hold in desk.store.held.open(HELD_AT_MOST)))


def _kept(request: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out codes: of those that hold value only hashes are ever kept (rules 34)."""
    use = {name: value for name, value in request["use"].items() if name not in ("codes", "gift_cards")}
    return {**request, "use": {**use, "vouchers": []}}


def _handed(priced: Priced) -> list[Kept]:
    """Note the codes and cards of a sale: what it would use up of them waits with it."""
    used = set(priced.quote.used_codes)
    codes = [(one.code, one.code in used and one.code in priced.handed.once) for one in priced.handed.codes]
    paid = {one.card: one.amount_minor for one in priced.quote.paid.cards}
    return kept_codes(codes, [(card, paid.get(card, 0)) for card in priced.cards])


def _view(desk: Desk, hold: Hold, *, reserving: bool = True) -> HeldView:
    request = _request(loads(hold.request))
    found = (desk.store.shops.product(line.sku) for line in request.lines if line.sku)
    goods = tuple(product_view(product) for product in found if product is not None)
    live = reserving and hold.released_by is None and desk.clock.now_ms() < hold.until_ms
    kept = loads(hold.reserved) if live else []
    sums: dict[tuple[str, str], int] = {}
    for unit, programme, _, amount in kept:
        sums[unit, programme] = sums.get((unit, programme), 0) + amount
    again = replace(request.use, codes=names_in(hold, CODE), gift_cards=names_in(hold, GIFT_CARD))
    return HeldView(
        hold=hold.key,
        request=replace(request, use=again),
        member_name=desk.store.members.get(hold.member).name if hold.member is not None else "",
        products=goods,
        at_ms=hold.at_ms,
        until_ms=hold.until_ms,
        reserving=live,
        reserved_credit_minor=sums.get(("credit", ""), 0),
        reserved_points=sums.get(("points", ""), 0),
        reserved_codes=sums.get((CODE, ""), 0),
        reserved_gift_card_minor=sums.get((GIFT_CARD, ""), 0),
        gift_cards=tuple(
            PaidByCard(card=card, amount_minor=amount, left_minor=desk.store.gift_cards.get(card).left_minor)
            for card, amount in kept_in(hold, GIFT_CARD)
        ),
        reserved_rewards={programme: n for (unit, programme), n in sums.items() if unit == "reward"},
        due_minor=hold.due_minor,
        till=hold.till,
        actor=hold.actor,
    )


def _request(kept: dict[str, Any]) -> QuoteSale:
    use = kept["use"]
    return QuoteSale(
        member=kept["member"],
        receipt_no=kept["receipt_no"],
        amount_minor=kept["amount_minor"],
        lines=tuple(
            SaleLine(sku=sku, text=text, quantity=n, unit_price_minor=each, discount_minor=off)
            for sku, text, n, each, off in kept["lines"]
        ),
        counts=kept["counts"],
        use=Use(
            credit_minor=use["credit_minor"],
            points=use["points"],
            free_lines=use["free_lines"],
            decline=tuple(use["decline"]),
            accept=tuple(use.get("accept", ())),
            lenient=use["lenient"],
        ),
        on_account=kept.get("on_account", False),
        sells=tuple(SellGiftCards(face_minor=face, count=count) for face, count in kept.get("sells", ())),
    )
