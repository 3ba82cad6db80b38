"""Partners: vouchers we issue for them, theirs we honour, and the settlement between us (product P8)."""

from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_games import (
    HonourVoucher,
    IssuePartnerVouchers,
    MakePartnerCard,
    PartnerVoucher,
    PutPartner,
    SettlePartner,
)
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.gift_card_ports import NewGiftCard
from loyalty_pos.app.gift_cards import find_gift_card, gift_card_key
from loyalty_pos.app.handlers_codes import last_day
from loyalty_pos.app.handlers_gift_cards import append_cards
from loyalty_pos.app.partner_port import HonouredRow, IssuedRow, PartnerRow
from loyalty_pos.app.partner_tokens import genuine, new_key, presented, refuse_spent_or_late, signed
from loyalty_pos.app.partner_views import (
    LineState,
    PartnersView,
    PartnerView,
    PartnerVouchersView,
    PartnerVoucherView,
    RefusedTokenView,
    SettledView,
    SettlementLineView,
    SettlementView,
    TokenView,
)
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow, StoredPosting
from loyalty_pos.app.queries_games import CheckToken, Partners, Settlement
from loyalty_pos.app.records import read_record
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.tokens import Token, read_token

VOUCHERS_AT_ONCE = 20
TOKENS_AT_ONCE = 500
TOKEN_AT_MOST = 200
_HEX = frozenset("0123456789abcdef")


def make_partner_card(desk: Desk, command: MakePartnerCard) -> PartnersView:
    """Make the shop's signing key, once; asked again it answers with the one there is."""
    posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        _own_key(desk)
    return partners(desk, Partners())


def put_partner(desk: Desk, command: PutPartner) -> PartnersView:
    key, name = text_field("key", command.key, 64), text_field("name", command.name, 80)
    shop, public = _hex("shop", command.shop, 16), _hex("public_key", command.public_key, 64)
    cap = None if command.cap_minor is None else checked(command.cap_minor, "cap_minor", 1, MAX_AMOUNT)
    if shop == desk.shop.view.shop:
        raise InvalidRequest("shop", "not_valid")
    with desk.store.transaction():
        other = desk.store.partners.of_shop(shop)
        if other is not None and other.key != key:
            raise Rejection("partner_taken", partner=other.name)
        row = PartnerRow(0, key, name, shop, public, cap, command.live)
        before = desk.store.partners.named(key)
        if before is None or before._replace(id=0) != row:
            record = {
                "key": key,
                "name": name,
                "shop": shop,
                "public_key": public,
                "cap_minor": cap,
                "live": command.live,
            }
            own = f"partner:{desk.chance.ref()}"
            posting = desk.posting(own, record, "partner", None, desk.now(), record)
            desk.store.partners.put(row, desk.store.ledger.append(posting))
    return partners(desk, Partners())


def partners(desk: Desk, query: Partners) -> PartnersView:
    store, own = desk.store.partners, desk.store.partners.signing_key()
    return PartnersView(
        name=desk.shop.view.name,
        shop=desk.shop.view.shop,
        public_key=own[1] if own is not None else "",
        partners=tuple(
            PartnerView(
                key=row.key,
                name=row.name,
                shop=row.shop,
                public_key=row.public_key,
                cap_minor=row.cap_minor,
                live=row.live,
                issued=len(store.issued_for(row.id)),
                honoured=len(store.honoured_of(row.id)),
            )
            for row in store.all()
        ),
    )


def issue_partner_vouchers(desk: Desk, command: IssuePartnerVouchers) -> PartnerVouchersView:
    """Issue signed vouchers, one or a bundle; the same request again answers with the same tokens."""
    key = posting_key("posting_id", command.posting_id)
    if not 1 <= len(command.vouchers) <= VOUCHERS_AT_ONCE:
        problem = "too_many" if command.vouchers else "empty"
        raise InvalidRequest("vouchers", problem, high=VOUCHERS_AT_ONCE)
    with desk.store.transaction():
        member = None if command.member is None else the_member(desk, command.member)
        wanted = [_wanted(desk, one, place) for place, one in enumerate(command.vouchers)]
        request = {
            "partner_vouchers": [[row.id, value, day] for row, value, day in wanted],
            "member": member.ref if member else None,
        }
        stored = desk.store.ledger.posting(key)
        if stored is not None and not same_request(desk, stored.request_hash, request, member):
            raise Rejection("key_taken", sale_id=key)
        if stored is None:
            stored = _issue(desk, key, request, member, wanted)
    return _issued_view(desk, stored, member)


def honour_voucher(desk: Desk, command: HonourVoucher) -> TokenView:
    """Take a partner's voucher once: from then on its own text is the code of a gift card that pays."""
    key = posting_key("posting_id", command.posting_id)
    text = text_field("token", command.token, TOKEN_AT_MOST)
    with desk.store.transaction():
        found = presented(desk, text)
        token, partner = found.token, found.partner
        request = {"honour": [partner.id, token.voucher]}
        stored = desk.store.ledger.posting(key)
        if stored is not None and stored.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        if stored is None:
            refuse_spent_or_late(desk, found)
            moment = desk.now()
            record = {"partner": partner.id, "voucher": token.voucher, "value_minor": token.value_minor}
            seq = desk.store.ledger.append(desk.posting(key, request, "honoured", None, moment, record))
            row = HonouredRow(partner.id, token.voucher, seq, token.value_minor, moment.business_day)
            desk.store.partners.honour(row)
            card = NewGiftCard(
                desk.store.gift_cards.next_id(),
                gift_card_key(text),
                token.value_minor,
                None,
                None,
                token.expires_on,
            )
            append_cards(desk, f"honoured:{key}", {"honoured": key}, [card])
        return _token_view(desk, text, partner, token, honoured=True)


def check_token(desk: Desk, query: CheckToken) -> TokenView:
    """Say whether a voucher would be honoured now, or was; raises Rejection with the reason it would not."""
    text = text_field("token", query.token, TOKEN_AT_MOST)
    found = presented(desk, text)
    refuse_spent_or_late(desk, found)
    return _token_view(desk, text, found.partner, found.token, honoured=False)


def settle_partner(desk: Desk, command: SettlePartner) -> SettledView:
    """Accept vouchers of ours that a partner took, each once; what is not accepted says why."""
    key = posting_key("posting_id", command.posting_id)
    if not 1 <= len(command.tokens) <= TOKENS_AT_ONCE:
        raise InvalidRequest("tokens", "too_many" if command.tokens else "empty", high=TOKENS_AT_ONCE)
    with desk.store.transaction():
        partner = _partner(desk, command.partner)
        request = {"settle": partner.id, "tokens": [text.strip() for text in command.tokens]}
        stored = desk.store.ledger.posting(key)
        if stored is not None and stored.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        if stored is None:
            accepted: dict[str, int] = {}
            refused: list[list[Any]] = []
            for place, text in enumerate(command.tokens, 1):
                found = _ours(desk, partner, text, accepted)
                if isinstance(found, str):
                    refused.append([place, found])
                else:
                    accepted[found.voucher] = found.value_minor
            record = {"partner": partner.id, "accepted": list(accepted.items()), "refused": refused}
            posting = desk.posting(key, request, "settlement", None, desk.now(), record)
            seq = desk.store.ledger.append(posting)
            for voucher in accepted:
                desk.store.partners.settle(voucher, seq)
            stored = desk.store.ledger.posting(key)
            assert stored is not None
    told = read_record(stored.record)
    return SettledView(
        partner=partner.key,
        accepted=len(told["accepted"]),
        value_minor=sum(value for _, value in told["accepted"]),
        refused=tuple(RefusedTokenView(place=place, code=code) for place, code in told["refused"]),
    )


def settlement(desk: Desk, query: Settlement) -> SettlementView:
    """Say what we and a partner owe each other for the days given, both included."""
    partner, today = _partner(desk, query.partner), desk.now().business_day
    first, last = query.from_day or "0000-00-00", query.to_day or "9999-12-31"
    ours = [_our_line(row, today) for row in desk.store.partners.issued_for(partner.id)]
    theirs = [
        SettlementLineView(
            voucher=row.voucher, side="theirs", day=row.day, value_minor=row.value_minor, state="honoured"
        )
        for row in desk.store.partners.honoured_of(partner.id)
    ]
    lines = tuple(one for one in [*ours, *theirs] if first <= one.day <= last)
    return SettlementView(
        partner=partner.key,
        partner_name=partner.name,
        from_day=query.from_day or "",
        to_day=query.to_day or "",
        we_owe_minor=_sum(lines, "settled"),
        they_owe_minor=_sum(lines, "honoured"),
        open_minor=_sum(lines, "open"),
        lines=lines,
    )


def _issue(
    desk: Desk, key: str, request: object, member: MemberRow | None, wanted: list[tuple[PartnerRow, int, str]]
) -> StoredPosting:
    _own_key(desk)
    moment = desk.now()
    numbers = [f"{desk.chance.code_bits():020x}{place:04x}" for place in range(len(wanted))]
    vouchers = [
        [number, row.id, value, day] for number, (row, value, day) in zip(numbers, wanted, strict=True)
    ]
    member_id = member.id if member is not None else None
    posting = desk.posting(key, request, "partner_vouchers", member_id, moment, {"vouchers": vouchers})
    seq = desk.store.ledger.append(posting)
    for number, (row, value, day) in zip(numbers, wanted, strict=True):
        desk.store.partners.issue(IssuedRow(number, seq, row.id, value, day, None, ""))
    stored = desk.store.ledger.posting(key)
    assert stored is not None
    return stored


def _issued_view(desk: Desk, stored: StoredPosting, member: MemberRow | None) -> PartnerVouchersView:
    own, known = desk.store.partners.signing_key(), {row.id: row for row in desk.store.partners.all()}
    assert own is not None
    made = []
    for number, partner, value, day in read_record(stored.record)["vouchers"]:
        row = known[partner]
        token = Token(desk.shop.view.shop, row.shop, number, value, day)
        made.append(
            PartnerVoucherView(
                partner=row.key,
                partner_name=row.name,
                value_minor=value,
                expires_on=day,
                token=signed(token, own[0]),
            )
        )
    return PartnerVouchersView(
        posting_id=stored.key,
        member=member.ref if member else None,
        member_name=member.name if member else "",
        vouchers=tuple(made),
    )


def _own_key(desk: Desk) -> None:
    if desk.store.partners.signing_key() is None:
        secret, public = new_key(desk)
        record = {"public_key": public}
        posting = desk.posting("signing_key:1", record, "signing_key", None, desk.now(), record)
        desk.store.partners.keep_key(secret, public, desk.store.ledger.append(posting))


def _ours(desk: Desk, partner: PartnerRow, text: str, accepted: dict[str, int]) -> IssuedRow | str:
    """Find the voucher of ours that a partner presents, or the code of why it is not paid."""
    own, read = desk.store.partners.signing_key(), read_token(text)
    if read is None:
        return "token_unreadable"
    if own is None or read.token.issuer != desk.shop.view.shop:
        return "token_unknown_issuer"
    if not genuine(read.message, read.signature, own[1]):
        return "token_forged"
    row = desk.store.partners.issued(read.token.voucher)
    if row is None or row.partner != partner.id:
        return "token_for_another_shop"
    return "token_presented" if row.settled is not None or row.voucher in accepted else row


def _our_line(row: IssuedRow, today: str) -> SettlementLineView:
    open_now: LineState = "expired" if row.expires_on < today else "open"
    return SettlementLineView(
        voucher=row.voucher,
        side="ours",
        day=row.day,
        value_minor=row.value_minor,
        expires_on=row.expires_on,
        state="settled" if row.settled is not None else open_now,
    )


def _sum(lines: tuple[SettlementLineView, ...], state: str) -> int:
    return sum(one.value_minor for one in lines if one.state == state)


def _wanted(desk: Desk, one: PartnerVoucher, place: int) -> tuple[PartnerRow, int, str]:
    row = _partner(desk, one.partner)
    value = checked(one.value_minor, f"vouchers.{place}.value_minor", 1, MAX_AMOUNT)
    day = last_day(desk, one.expires)
    assert day is not None
    return row, value, day


def _partner(desk: Desk, key: str) -> PartnerRow:
    row = desk.store.partners.named(text_field("partner", key, 64))
    if row is None:
        raise Rejection("unknown_partner", partner=key)
    return row


def _hex(field: str, text: str, letters: int) -> str:
    found = text.strip().lower()
    if len(found) != letters or not _HEX.issuperset(found):
        raise InvalidRequest(field, "not_valid")
    return found


def _token_view(desk: Desk, text: str, partner: PartnerRow, token: Token, *, honoured: bool) -> TokenView:
    card = find_gift_card(desk, text) if honoured else None
    return TokenView(
        partner=partner.key,
        partner_name=partner.name,
        value_minor=token.value_minor,
        expires_on=token.expires_on,
        honoured=honoured,
        card=card.id if card is not None else 0,
    )
