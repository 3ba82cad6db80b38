"""Vouchers for another visit that a bill makes: given with the sale, taken back with it (rules 1, 34, 35)."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from loyalty_pos.app.code_ports import CodeRow, CodeWorth, NewCode
from loyalty_pos.app.codes import hash_discount_code
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.saying import both
from loyalty_pos.app.views import VoucherView
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode
from loyalty_pos.domain.keeping import Kept, Sold, voucher_worth
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
        and (code.expires_on is None or code.expires_on >= now.life_day)
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


class Changed(NamedTuple):
    """A voucher that a sale made and that is worth less on what is kept; 0: nothing any more."""

    code: CodeRow
    worth_minor: int


def changed_vouchers(
    desk: Desk, sale: SaleRow, sold: Sold, after: Kept, moment: Moment
) -> tuple[list[Changed], Kept]:
    """Find what becomes of the vouchers a sale made; what of a spent one is too much is withheld (rules 26).

    Raises Rejection when everything is taken back and one was spent: what was taken off with it belongs to
    another sale, which has to come back first.
    """
    changed, held, yields = [], 0, dict(after.yields)
    given = {one.revision: one for one in sold.contributions}
    for code in desk.store.codes.made_by(sale.posting):
        worth = _worth(code)
        still = 0 if code.voided else voucher_worth(sold, after, given[worth.revision])
        if code.voided or still >= worth.worth_minor:
            continue
        number = desk.store.codes.spent_at(code.id)
        if number is None:
            over = code.expires_on is not None and code.expires_on < moment.life_day
            changed.append(Changed(code, 0 if over else still))
            yields[worth.revision] = given[worth.revision].yielded - changed[-1].worth_minor
        elif after.nothing:
            raise Rejection("voucher_was_spent", worth_minor=worth.worth_minor, number=number)
        else:
            held += worth.worth_minor - still
    return changed, after._replace(held_minor=held, yields=yields)


def change_vouchers(
    desk: Desk, member: MemberRow | None, key: str, changed: Iterable[Changed], now: Moment
) -> tuple[VoucherView, ...]:
    """Take vouchers out of use, and make those anew that are still worth something; codes are shown once."""
    remade = []
    for number, (code, worth_minor) in enumerate(changed, 1):
        _take(desk, code, f"code_void:{key}:{number}", now)
        if worth_minor:
            assert member is not None, "a sale makes vouchers for members alone"
            worth = _worth(code)._replace(worth_minor=worth_minor)
            terms = NewCode(0, b"", None, code.programme, member.id, None, code.expires_on, worth)
            known = desk.book.revision(worth.revision)
            remade.append(_issue(desk, f"voucher:{key}:{number}", member, known, terms, now, copy=False))
    return tuple(remade)


def changed_record(desk: Desk, changed: Sequence[Changed]) -> dict[str, Any]:
    """Note whose vouchers go, and what those are worth that are made anew."""
    worths = [(_worth(one.code).revision, one.worth_minor) for one in changed]
    gone = [desk.book.revision(revision).row.key for revision, _ in worths]
    anew = [[revision, worth] for revision, worth in worths if worth]
    return {**({"vouchers": gone} if gone else {}), **({"remade": anew} if anew else {})}


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
