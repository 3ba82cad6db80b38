"""Payments for sales on account (rules 20)."""

from loyalty_pos.app.commands_people import Settle
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.months import note_sale_paid
from loyalty_pos.app.people_views import SettledView
from loyalty_pos.app.ports import SaleRow, StoredPosting
from loyalty_pos.app.records import balances_record, moved_record, read_record
from loyalty_pos.app.sale_figures import figures_of
from loyalty_pos.app.sale_views import balances_view, moved_view
from loyalty_pos.app.sold import kept_of, sold_of
from loyalty_pos.app.wording import posting_key
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.keeping import left_to_pay
from loyalty_pos.domain.ledger import Book, NewLot
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.settling import settle as settle_in


def settle(desk: Desk, command: Settle) -> SettledView:
    """Post a payment under its key: the same request again gets the first answer (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    amount = checked(command.amount_minor, "amount_minor", 1, MAX_AMOUNT)
    with desk.store.transaction():
        desk.refresh()
        sale = stored_sale(desk, command.sale_id)
        request = {"settle": sale.sale_id, "amount_minor": amount}
        known = desk.store.ledger.posting(key)
        if known is None:
            _post(desk, sale, key, request, amount)
            known = desk.store.ledger.posting(key)
            assert known is not None
        elif known.kind != "settle" or known.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
    return _view(desk, sale, known)


def _post(desk: Desk, sale: SaleRow, key: str, request: dict[str, object], amount: int) -> None:
    moment, sold = desk.now(), sold_of(desk, sale)
    if sale.member is None or not sold.on_account_minor or sale.voided:
        raise Rejection("nothing_on_account", number=sale.number, left_minor=0)
    kept, before = kept_of(sale, sold), figures_of(desk, sale)
    book = Book(desk.store.ledger.holdings(sale.member, sale.posting), moment.at_ms, moment.life_day)

    def terms(revision: int) -> NewLot:
        return _terms(desk, revision, moment)

    found = settle_in(book, sold, kept, amount, terms)
    left = left_to_pay(sold, kept) - amount
    record = {
        "sale": sale.posting,
        "amount_minor": amount,
        "left_minor": left,
        "earned": [
            [one.given.revision, one.given.programme, one.given.account[0], one.micros, one.yielded]
            for one in found
        ],
        "moved": moved_record(book),
        "balances": balances_record(book, [one.revision for one in desk.book.live]),
    }
    movements = tuple(book.movements)
    posting = desk.posting(key, request, "settle", sale.member, moment, record, movements)
    seq = desk.store.ledger.append(posting)
    desk.store.accounts.pay(sale.posting, seq, amount)
    desk.store.accounts.leave(sale.posting, left)
    note_sale_paid(desk, sale, before)


def _terms(desk: Desk, revision: int, moment: Moment) -> NewLot:
    expiry = desk.book.revision(revision).revision.expiry
    return NewLot(moment.at_ms, desk.shop.expires(expiry, moment.business_day), revision)


def _view(desk: Desk, sale: SaleRow, posting: StoredPosting) -> SettledView:
    record = read_record(posting.record)
    sums = {"points": 0, "credit": 0}
    for _, _, unit, _, got in record["earned"]:
        sums[unit] = sums.get(unit, 0) + got
    return SettledView(
        posting_id=posting.key,
        sale_id=sale.sale_id,
        number=sale.number,
        amount_minor=record["amount_minor"],
        left_minor=record["left_minor"],
        points=sums["points"],
        credit_minor=sums["credit"],
        moved=tuple(moved_view(desk, *one) for one in record["moved"]),
        balances=balances_view(record["balances"]),
        at_ms=posting.at_ms,
        business_day=posting.business_day,
    )
