"""Naming the member of a sale after it was paid (rules 33)."""

from dataclasses import replace

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands import AttachMember
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.events import Events
from loyalty_pos.app.games import PlayedSale, play_games
from loyalty_pos.app.gifts import give_referrer
from loyalty_pos.app.handlers_sales import as_first_answered, counted_today, stored_sale
from loyalty_pos.app.made_vouchers import give_vouchers
from loyalty_pos.app.months import note_sale_changed
from loyalty_pos.app.pasts import seen_of
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.programme_uses import note_uses, usage_before, uses_record
from loyalty_pos.app.records import (
    LATER_FAMILIES,
    attach_record,
    card_payments,
    later_basket,
    read_record,
    record_of,
    trace_lines,
)
from loyalty_pos.app.sale_views import with_vouchers
from loyalty_pos.app.standings import note_bought, standing_in
from loyalty_pos.app.terms import attached_moves, held_terms
from loyalty_pos.app.views import SaleView, VoucherView
from loyalty_pos.domain.basket import Basket, Choices
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.coefficients import asks_of
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import Fact, Rejection
from loyalty_pos.domain.families import Revision, TierRule
from loyalty_pos.domain.gift_cards import CardInHand
from loyalty_pos.domain.ledger import Holdings
from loyalty_pos.domain.quote import Quote, Rules, quote

ATTACH_MINUTES = 30
_MINUTE_MS = 60_000


def attach_member(desk: Desk, command: AttachMember) -> SaleView:
    """Post to a member what a sale without one would have earned then, by the revisions of that sale."""
    with desk.store.transaction():
        sale = stored_sale(desk, command.sale_id)
        member = the_member(desk, command.member)
        key = f"attach:{sale.sale_id}"
        request = {"attach": sale.sale_id, "member": member.ref}
        known = desk.store.ledger.posting(key)
        made: tuple[VoucherView, ...] = ()
        if known is None:
            now = desk.now()
            _refuse(desk, sale, now)
            earned, revisions, segments = earned_then(desk, sale, member, now, _basket(sale))
            record = attach_record(earned, revisions) | uses_record(earned, revisions)
            if any(one.account[0] == "voucher" for one in earned.contributions):
                record["money_step_minor"] = desk.shop.money_step_minor
            if segments:
                record["segments"] = segments
            terms = attached_moves(desk, member, sale, earned.counts.spend_minor)
            if terms:
                record["terms"] = [list(one) for one in terms]
            movements = tuple(earned.book.movements)
            posting = desk.posting(key, request, "attach", member.id, now, record, movements)
            seq = desk.store.ledger.append(posting)
            desk.store.sales.attach(sale.posting, member.id, seq)
            desk.store.terms.move(seq, terms)
            note_uses(desk, record, member.id, sale.business_day)
            net = sum(line[5] for line in read_record(sale.record)["lines"])
            desk.store.members.move_state(member.id, 1, net, sale.business_day, now.at_ms)
            note_bought(desk, member.id, earned, sale.business_day, seq)
            note_sale_changed(desk, sale)
            then = replace(desk.shop.moment(sale.at_ms), business_day=sale.business_day)
            made = give_vouchers(desk, member, earned.contributions, sale.posting, sale.sale_id, then, now)
            give_referrer(desk, member, now, sale.sale_id)
            played = PlayedSale(sale.posting, sale.sale_id, sale.business_day)
            play_games(desk, member, earned.trace, played, now)
        elif not same_request(desk, known.request_hash, request, member):
            raise Rejection("sale_has_member", sale_id=sale.sale_id, number=sale.number)
    return with_vouchers(as_first_answered(desk, stored_sale(desk, sale.sale_id)), made)


def _refuse(desk: Desk, sale: SaleRow, now: Moment) -> None:
    facts: dict[str, Fact] = {"sale_id": sale.sale_id, "number": sale.number}
    if sale.member is not None:
        raise Rejection("sale_has_member", **facts)
    if sale.voided:
        raise Rejection("attach_voided", **facts)
    if sale.refund_record is not None:
        raise Rejection("attach_refunded", **facts)
    if sale.till != desk.till:
        raise Rejection("attach_other_till", till=sale.till, **facts)
    if now.at_ms - sale.at_ms > ATTACH_MINUTES * _MINUTE_MS:
        raise Rejection("attach_too_late", minutes=ATTACH_MINUTES, **facts)


def _basket(sale: SaleRow) -> tuple[Basket, Choices]:
    later = later_basket(read_record(sale.record))
    if later is None:
        raise Rejection("attach_too_late", minutes=ATTACH_MINUTES, sale_id=sale.sale_id, number=sale.number)
    return later


def earned_then(
    desk: Desk, sale: SaleRow, member: MemberRow, now: Moment, asked: tuple[Basket, Choices]
) -> tuple[Quote, list[Revision], list[str]]:
    """Price the sale's earning at its own moment on what was paid, over the balances and limits of now.

    Segments are those live now, and the member's past is what stands now up to the day of the sale.
    """
    record, (basket, choices) = record_of(sale), asked
    then = replace(desk.shop.moment(sale.at_ms), business_day=sale.business_day)
    # Every programme that earns left a trace line on the sale, if only "no member".
    used = {line.revision for line in trace_lines(record) if line.family in LATER_FAMILIES}
    revisions = [
        replace(one, limits=desk.book.newest_named(one.key).revision.limits)
        for one in desk.book.revisions(used).values()
    ]
    holdings = desk.store.ledger.holdings(member.id)
    alive = Holdings(tuple(lot for lot in holdings.lots if lot.live(now.life_day)), holdings.plain)
    counted = counted_today(desk, member, then, revisions)
    club = next((one for one in revisions if isinstance(one.rule, TierRule)), None)
    standing = standing_in(desk, member, then, club) if club else None
    seen = seen_of(desk, member, then, alive, asks_of(revisions))
    events = Events(desk, member, then, basket).states(revisions)
    terms = held_terms(desk, member, then, sale.posting)
    snapshot = Snapshot(member.id, member.kind, alive, counted, standing, seen, events, terms)
    # What the shop gave pays for nothing that earns, whoever the sale belongs to.
    given = tuple(
        CardInHand(one.card, one.amount_minor, False) for one in card_payments(record) if not one.bought
    )
    choices = replace(choices, gift_cards=given)
    rules = Rules(
        revisions,
        {one.id: one for one in revisions},
        desk.shop.money_step_minor,
        desk.shop.expires,
        usage_before(desk, revisions, member.id, sale.business_day),
        desk.shop.view.earn_on_tax,
    )
    earned = quote(basket, choices, snapshot, rules, then)
    earned.book.at_ms, earned.book.day = now.at_ms, now.life_day
    return earned, revisions, sorted(seen.segments)
