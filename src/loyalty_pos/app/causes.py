"""Causes: what sales pledge to them, what goes with a sale taken back, and the settlements (product P6)."""

from collections.abc import Iterable, Sequence

from loyalty_pos.app.cause_port import CauseRow
from loyalty_pos.app.cause_views import (
    CausesView,
    CauseView,
    PublicCausesView,
    PublicCauseView,
    SettlementView,
)
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.ports import SaleRow, StoredPosting
from loyalty_pos.app.queries_standing import Causes, PublicCauses
from loyalty_pos.app.records import Record, read_record
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.keeping import Kept, Sold, earned_micros
from loyalty_pos.domain.money import MAX_AMOUNT, MICRO

SETTLEMENTS_SHOWN = 50


def note_pledges(desk: Desk, contributions: Iterable[Contribution], posting: int) -> None:
    """Enter what a sale pledged."""
    sums: dict[str, int] = {}
    for one in contributions:
        if one.account[0] == "pledge" and one.micros:
            sums[one.account[1]] = sums.get(one.account[1], 0) + one.micros
    if sums:
        desk.store.causes.pledge(posting, sorted(sums.items()))


def pledges_back(sold: Sold, before: Kept, after: Kept) -> list[list[object]]:
    """List what of a sale's pledges goes between two states: cause, millionths, and whole units told."""
    micros: dict[str, int] = {}
    whole: dict[str, int] = {}
    for one in sold.contributions:
        if one.account[0] != "pledge":
            continue
        was, now = earned_micros(sold, before, one), earned_micros(sold, after, one)
        cause = one.account[1]
        micros[cause] = micros.get(cause, 0) + was - now
        whole[cause] = whole.get(cause, 0) + was // MICRO - now // MICRO
    return [[cause, gone, whole[cause]] for cause, gone in sorted(micros.items()) if gone]


def take_pledges_back(desk: Desk, sale: SaleRow, back: Record, posting: int) -> None:
    """Enter what a refund or void takes back of a sale's pledges."""
    gone = [(cause, micros) for cause, micros, _ in back.get("pledges", ())]
    if gone:
        desk.store.causes.take_back(posting, sale.posting, gone)


def settle_pledges(desk: Desk, command: SettlePledges) -> SettlementView:
    """Put a settlement on record; asked again under its key it answers the same."""
    key = posting_key("posting_id", command.posting_id)
    cause = text_field("cause", command.cause, 80)
    receipt_no = text_field("receipt_no", command.receipt_no, 64)
    asked = command.amount_minor
    if asked is not None:
        checked(asked, "amount_minor", 1, MAX_AMOUNT)
    with desk.store.transaction():
        request = {"settle": cause, "amount_minor": asked, "receipt_no": receipt_no}
        known = desk.store.ledger.posting(key)
        if known is None:
            row = desk.store.causes.get(cause)
            if row is None:
                raise Rejection("unknown_cause", cause=cause)
            before = _open(row)
            amount = before if asked is None else asked
            if not before:
                raise Rejection("nothing_to_settle", cause=cause)
            if amount > before:
                raise Rejection("more_than_open", cause=cause, asked_minor=amount, open_minor=before)
            moment = desk.now()
            record = {
                "cause": cause,
                "amount_minor": amount,
                "receipt_no": receipt_no,
                "open_before_minor": before,
                "settled_minor": row.settled_minor + amount,
            }
            posting = desk.posting(key, request, "settlement", None, moment, record)
            desk.store.causes.settle(desk.store.ledger.append(posting), cause, amount)
        elif known.kind != "settlement" or known.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        return settlement_view(_stored(desk, key))


def causes(desk: Desk, query: Causes) -> CausesView:
    """Say what every cause was promised, also one that only a programme names so far."""
    promised = _programmes(desk)
    rows = {row.name: row for row in desk.store.causes.all()}
    names = sorted({*rows, *promised})
    if query.cause is not None:
        wanted = text_field("cause", query.cause, 80)
        if wanted not in names:
            raise Rejection("unknown_cause", cause=wanted)
        names = [wanted]
    views = tuple(
        _view(desk, rows.get(name) or CauseRow(name, 0, 0), promised.get(name, ())) for name in names
    )
    return CausesView(causes=views, pledged_minor=sum(row.pledged_micro for row in rows.values()) // MICRO)


def public_causes(desk: Desk, query: PublicCauses) -> PublicCausesView:
    """Say what the causes that live programmes give to were given, from sums that every sale keeps."""
    rows = {row.name: row for row in desk.store.causes.sums()}
    running = [rows.get(name) or CauseRow(name, 0, 0) for name in _programmes(desk)]
    views = [
        PublicCauseView(
            cause=row.name, given_minor=row.pledged_micro // MICRO, handed_over_minor=row.settled_minor
        )
        for row in running
    ]
    return PublicCausesView(causes=tuple(sorted(views, key=lambda one: (-one.given_minor, one.cause))))


def settlement_view(posting: StoredPosting) -> SettlementView:
    """Describe a settlement that is on record."""
    record = read_record(posting.record)
    return SettlementView(
        posting_id=posting.key,
        cause=record["cause"],
        amount_minor=record["amount_minor"],
        receipt_no=record["receipt_no"],
        business_day=posting.business_day,
        at_ms=posting.at_ms,
        open_before_minor=record["open_before_minor"],
        open_minor=record["open_before_minor"] - record["amount_minor"],
        settled_minor=record["settled_minor"],
    )


def _stored(desk: Desk, key: str) -> StoredPosting:
    found = desk.store.ledger.posting(key)
    assert found is not None
    return found


def _open(row: CauseRow) -> int:
    return max(0, row.pledged_micro // MICRO - row.settled_minor)


def _programmes(desk: Desk) -> dict[str, Sequence[str]]:
    """Name by cause the live programmes that give to it."""
    found: dict[str, list[str]] = {}
    for known in desk.book.live:
        rule = known.revision.rule
        if isinstance(rule, EarnRule) and rule.cause:
            found.setdefault(rule.cause, []).append(known.row.name)
    return dict(found)


def _view(desk: Desk, row: CauseRow, programmes: Sequence[str]) -> CauseView:
    pledged = row.pledged_micro // MICRO
    settled = desk.store.causes.settlements(row.name, SETTLEMENTS_SHOWN) if row.settled_minor else ()
    return CauseView(
        cause=row.name,
        pledged_minor=pledged,
        settled_minor=row.settled_minor,
        open_minor=_open(row),
        ahead_minor=max(0, row.settled_minor - pledged),
        purchases=row.purchases,
        programmes=tuple(programmes),
        settlements=tuple(settlement_view(_stored(desk, key)) for key in settled),
    )
