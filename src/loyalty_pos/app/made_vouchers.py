"""Vouchers for another visit that a bill makes: given with the sale, taken back with it (rules 1, 34, 35)."""

from collections.abc import Iterable

from loyalty_pos.app.code_ports import CodeRow, CodeWorth, NewCode
from loyalty_pos.app.codes import hash_discount_code
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.programmes import Known, both
from loyalty_pos.app.views import VoucherView
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode
from loyalty_pos.domain.lineup import Lineup


def give_vouchers(
    desk: Desk,
    member: MemberRow,
    earned: Iterable[Contribution],
    sale: int,
    sale_id: str,
    then: Moment,
    now: Moment,
) -> tuple[VoucherView, ...]:
    """Issue what a sale of the moment `then` made, bound to its member; the codes are shown once, here.

    A voucher counts from the day after the sale on.
    """
    given = []
    made = [one for one in earned if one.account[0] == "voucher"]
    for number, one in enumerate(made, 1):
        known = desk.book.revision(one.revision)
        rule = known.revision.rule
        assert isinstance(rule, EarnRule)
        worth = CodeWorth(one.yielded, add_days(then.business_day, 1), sale, one.revision)
        expires_on = desk.shop.expires(rule.valid, then.business_day)
        terms = NewCode(0, b"", None, known.row.programme, member.id, None, expires_on, worth)
        given.append(_issue(desk, f"voucher:{sale_id}:{number}", member, known, terms, now, copy=False))
    return tuple(given)


def lineup_on(desk: Desk, *, past: bool) -> Lineup:
    """Return what counts on a sale; one of the past makes no voucher, for nobody gets its paper."""
    every = desk.book.lineup
    making = {one.revision.id for one in every.earners if one.rule.yield_unit == "voucher"}
    if not past or not making:
        return every
    return Lineup(one for one in every.revisions if one.id not in making)


def print_again(desk: Desk, key: str, member: MemberRow, programme: str, now: Moment) -> VoucherView | None:
    """Put a member's voucher on paper once more: its old code dies and a new one has the same terms.

    The one that ends soonest; None when the member has none of this programme that still counts.
    """
    open_ones = [
        code
        for code in desk.store.codes.of_member(member.id)
        if desk.book.revision(_worth(code).revision).row.key == programme
        and (code.expires_on is None or code.expires_on >= now.business_day)
        and not desk.store.codes.used(code.id, None)
    ]
    if not open_ones:
        return None
    code = min(open_ones, key=lambda one: (one.expires_on is None, one.expires_on or "", one.id))
    worth = _worth(code)
    _take(desk, code, f"code_void:{key}", now)
    terms = NewCode(0, b"", None, code.programme, member.id, None, code.expires_on, worth)
    known = desk.book.revision(worth.revision)
    return _issue(desk, key, member, known, terms, now, copy=True)


def refuse_spent_vouchers(desk: Desk, sale: SaleRow) -> list[CodeRow]:
    """Return the vouchers a sale made that are still out; raises Rejection when one of them was used.

    What was taken off with it belongs to another sale, which has to come back first.
    """
    made = [code for code in desk.store.codes.made_by(sale.posting) if not code.voided]
    for code in made:
        number = desk.store.codes.spent_at(code.id)
        if number is not None:
            raise Rejection("voucher_was_spent", worth_minor=_worth(code).worth_minor, number=number)
    return made


def take_vouchers_back(desk: Desk, sale: SaleRow, made: Iterable[CodeRow], now: Moment) -> None:
    """Take the vouchers a sale made out of use."""
    for number, code in enumerate(made, 1):
        _take(desk, code, f"code_void:{sale.sale_id}:{number}", now)


def vouchers_back_record(desk: Desk, made: Iterable[CodeRow]) -> dict[str, list[str]]:
    """Note whose vouchers go when a sale is taken back."""
    keys = [desk.book.revision(_worth(code).revision).row.key for code in made]
    return {"vouchers": keys} if keys else {}


def _take(desk: Desk, code: CodeRow, key: str, now: Moment) -> None:
    posting = desk.posting(key, {"void_code": code.id}, "code_void", code.member, now, {"code": code.id})
    desk.store.codes.void(code.id, desk.store.ledger.append(posting))


def _issue(
    desk: Desk, key: str, member: MemberRow, known: Known, terms: NewCode, now: Moment, *, copy: bool
) -> VoucherView:
    assert terms.worth is not None
    bits, number = desk.chance.code_bits(), desk.store.codes.next_id()
    code = terms._replace(id=number, code_hash=hash_discount_code(bits))
    record = {
        "programme": known.row.key,
        "word": None,
        "per_member": None,
        "expires_on": terms.expires_on,
        "codes": [[number, code.code_hash.hex()]],
        **terms.worth._asdict(),
    }
    request = {"member": member.ref, "programme": known.row.key}
    seq = desk.store.ledger.append(desk.posting(key, request, "codes", member.id, now, record))
    desk.store.codes.add([code], seq)
    amount = terms.worth.worth_minor
    return VoucherView(
        member=member.ref,
        member_name=member.name,
        programme=known.row.key,
        programme_name=known.row.name,
        sentence=both(desk.languages, lambda say: say.t("{amount} off a purchase", amount=say.money(amount))),
        code=code_from_bits(bits),
        barcode=discount_barcode(bits),
        from_day=terms.worth.from_day,
        expires_on=terms.expires_on,
        copy=copy,
        right=f"code{number}",
    )


def _worth(code: CodeRow) -> CodeWorth:
    assert code.worth is not None, "only vouchers that a sale made are read here"
    return code.worth
