"""Rewards on paper: the same right, given a code (rules 34)."""

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands import PrintRewardVoucher
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.made_vouchers import print_again
from loyalty_pos.app.named import called
from loyalty_pos.app.people import hash_code, the_member
from loyalty_pos.app.views import VoucherView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import code_barcode, code_from_bits
from loyalty_pos.domain.ledger import Book, reward_account


def print_reward_voucher(desk: Desk, command: PrintRewardVoucher) -> VoucherView:
    """Give the soonest-expiring waiting right a code; printing it again kills the code before (rules 34).

    A right that holds several units is printed as one paper that stands for its lot. The code is
    shown once: asked again under the same key it cannot be shown, `shown_once`.
    """
    key = text_field("posting_id", command.posting_id, 64)
    if ":" in key:
        raise InvalidRequest("posting_id", "not_valid")
    moment = desk.now()
    with desk.store.transaction():
        member = the_member(desk, command.member)
        request = {"member": member.ref, "programme": command.programme}
        known_posting = desk.store.ledger.posting(key)
        if known_posting is not None and not same_request(desk, known_posting.request_hash, request, member):
            raise Rejection("key_taken", sale_id=key)
        if known_posting is not None:
            raise Rejection("shown_once", posting_id=key)
        again = print_again(desk, key, member, command.programme, moment)
        if again is not None:
            return again
        book = Book(desk.store.ledger.holdings(member.id), moment.at_ms, moment.life_day)
        lots = book.lots(reward_account(command.programme))
        if not lots:
            raise Rejection("no_reward_to_print", programme=command.programme)
        fresh = [lot for lot in lots if not desk.store.ledger.was_printed(lot.id)]
        lot = (fresh or lots)[0]
        bits = desk.chance.code_bits()
        code_hash = hash_code(bits)
        record = {"lot": lot.id, "programme": command.programme, "code": code_hash.hex()}
        seq = desk.store.ledger.append(desk.posting(key, request, "voucher", member.id, moment, record))
        desk.store.ledger.add_voucher(code_hash, lot.id, seq)
    known = desk.book.revision(lot.revision)
    return VoucherView(
        member=member.ref,
        member_name=member.name,
        programme=known.row.key,
        programme_name=known.row.name,
        sentence=called(desk, known).reward(desk.languages),
        code=code_from_bits(bits),
        barcode=code_barcode(bits),
        expires_on=lot.expires_on,
        copy=not fresh,
        right=str(lot.id),
    )
