"""Who a text means: exactly, for posting value; or at a guess, for finding people at the counter."""

from hashlib import blake2b

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import card_key, code_from_bits, read_value_code

TEXT_AT_MOST = 200


def find_exactly(desk: Desk, text: str) -> MemberRow | None:
    """Find the one member a card, phone in any spelling, or member id names; never by name or guess."""
    key, members = card_key(text), desk.store.members
    if not key:
        return None
    if not key.startswith(("0", "+")) and (scanned := members.by_card(key)) is not None:
        return scanned  # what does not begin as phones are dialled is a card nearly always
    return members.named(key, key.lower(), desk.shop.phone(text))


def the_member(desk: Desk, text: str) -> MemberRow:
    """Find a member exactly; raises Rejection `unknown_member`."""
    if len(text) > TEXT_AT_MOST:
        raise InvalidRequest("member", "too_long", high=TEXT_AT_MOST)
    found = find_exactly(desk, text)
    if found is None:
        raise Rejection("unknown_member", member=text)
    return found


def hash_code(value: int) -> bytes:
    """Hash a value code for storing: only this is kept (rules 34)."""
    return blake2b(code_from_bits(value).encode(), digest_size=32, person=b"voucher-v1").digest()


def voucher_lot(desk: Desk, text: str, member: MemberRow) -> int:
    """Return the lot a paper voucher stands for; raises Rejection when it cannot be used by this member."""
    value = read_value_code(text)
    found = desk.store.ledger.voucher(hash_code(value)) if value is not None else None
    if found is None:
        raise Rejection("unknown_voucher")
    owner, lot, live = found
    if not live:
        raise Rejection("voucher_used")
    if owner != member.id:
        raise Rejection("voucher_of_another_member")
    return lot
