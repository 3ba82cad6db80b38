"""A stored or quoted sale as people and programs read it, made from its one record."""

from dataclasses import replace

from loyalty_pos.app.account_views import OnAccountView
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.game_views import WonView
from loyalty_pos.app.gift_card_views import GiftCardsSold, PaidByCard
from loyalty_pos.app.list_views import SaleRecordView
from loyalty_pos.app.ports import MemberRow, SaleRow, StoredPosting
from loyalty_pos.app.records import (
    Record,
    card_payments,
    due_minor,
    read_record,
    record_of,
    sold_cards,
    trace_lines,
)
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.trace_words import trace_view
from loyalty_pos.app.views import (
    Balances,
    CoveredView,
    Earned,
    LineView,
    Moved,
    NewReward,
    OwedView,
    PaidBy,
    ProgressView,
    SaleView,
    TierChange,
    TraceView,
    VoucherView,
)
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import EarnRule, TierRule
from loyalty_pos.domain.money import MICRO

FREE_ITEM, VOUCHER = "free_item", "voucher"


def sale_view(desk: Desk, row: SaleRow) -> SaleView:
    """Describe a stored sale."""
    record = record_of(row)
    moment = Moment(row.at_ms, row.business_day, "", 0)
    view = view_of(
        desk,
        record,
        moment,
        desk.store.members.get(row.member) if row.member is not None else None,
        sale_id=row.sale_id,
        till=row.till,
        actor=row.actor,
        voided=row.voided,
    )
    if view.on_account is not None:
        view = _with_payments(desk, view, row)
    view = with_won(desk, view)
    if row.refund_record is None or row.voided:
        return view
    return replace(
        _with_refunds(view, row.refund_record), warranties=covered_views(record, row.refund_record)
    )


def _with_payments(desk: Desk, view: SaleView, row: SaleRow) -> SaleView:
    """Say what of a sale on account was paid so far, and what that earned."""
    assert view.on_account is not None
    accounts, points, credit = desk.store.accounts, 0, 0
    payments = accounts.payments(row.posting)
    for one in payments:
        for _, _, unit, _, got in read_record(one.record)["earned"]:
            points += got if unit == "points" else 0
            credit += got if unit == "credit" else 0
    earned = replace(
        view.earned, points=view.earned.points + points, credit_minor=view.earned.credit_minor + credit
    )
    return replace(
        view,
        earned=earned,
        on_account=replace(
            view.on_account,
            received_minor=sum(one.amount_minor for one in payments),
            left_minor=accounts.left(row.posting),
            later_points=max(0, view.on_account.later_points - points),
            later_credit_minor=max(0, view.on_account.later_credit_minor - credit),
        ),
    )


def _on_account(record: Record) -> OnAccountView | None:
    said = record.get("on_account")
    if said is None:
        return None
    sums = {"points": 0, "credit": 0}
    for one in said["earned"]:
        sums[one["unit"]] += one["yielded"]
    due = said["due_minor"]
    return OnAccountView(
        due_minor=due, left_minor=due, later_points=sums["points"], later_credit_minor=sums["credit"]
    )


def with_won(desk: Desk, view: SaleView) -> SaleView:
    """Add what a recorded sale won in games: prizes are postings of their own beside it."""
    for line in view.trace:
        if line.code not in ("challenge_won", "draw_now"):
            continue
        number = desk.book.newest_named(line.programme).revision.programme
        kind = "win" if line.code == "challenge_won" else "draw"
        posting = desk.store.ledger.posting(f"{kind}:{view.sale_id}:{number}")
        assert posting is not None
        view = _with_prize(desk, view, line, posting)
    return view


def _with_prize(desk: Desk, view: SaleView, line: TraceView, posting: StoredPosting) -> SaleView:
    record = read_record(posting.record)
    rule = desk.book.revision(record["revision"]).revision.rule
    assert isinstance(rule, EarnRule)
    won, had = earned_of(record), view.earned
    earned = replace(
        had,
        points=had.points + won.points,
        credit_minor=had.credit_minor + won.credit_minor,
        rewards=(*had.rewards, *won.rewards),
    )
    prize = WonView(
        programme=line.programme,
        programme_name=line.programme_name,
        badge=rule.chase.badge if rule.chase is not None else "",
        prize=record.get("prize", ""),
        number=record.get("number", 0),
        drawn=record.get("drawn", 0),
        points=won.points,
        credit_minor=won.credit_minor,
        rewards=sum(one.count for one in won.rewards),
    )
    balances = balances_view(record["balances"]) if "balances" in record else view.balances
    return replace(view, earned=earned, won=(*view.won, prize), balances=balances)


def _with_refunds(view: SaleView, record: str) -> SaleView:
    """Say what of a sale was taken back so far."""
    back = read_record(record)
    quantities = back["kept"]["quantities"]
    lines = tuple(
        replace(line, returned_quantity=line.quantity - left)
        for line, left in zip(view.lines, quantities, strict=True)
    )
    net = sum(line.net_minor for line in lines)
    return replace(view, lines=lines, refunded_minor=net - back["left_minor"])


def sale_record_view(row: SaleRow, buyer: MemberRow | None, card: str | None) -> SaleRecordView:
    """Describe a stored sale without its reasons: what a list of many sales needs."""
    record = record_of(row)
    lines = _lines(record)
    return SaleRecordView(
        sale_id=row.sale_id,
        number=row.number,
        at_ms=row.at_ms,
        business_day=row.business_day,
        till=row.till,
        member=buyer.ref if buyer else None,
        member_name=buyer.name if buyer else "",
        phone=buyer.phone if buyer else None,
        card=card,
        receipt_no=record["receipt_no"],
        lines=lines,
        gross_minor=sum(line.gross_minor for line in lines),
        discount_minor=sum(line.discount_minor for line in lines),
        due_minor=due_minor(record),
        paid_by=_paid_by(record),
        earned=earned_of(record),
        voided=row.voided,
    )


def view_of(
    desk: Desk,
    record: Record,
    moment: Moment,
    person: MemberRow | None,
    *,
    sale_id: str | None,
    till: str,
    actor: str,
    voided: bool = False,
) -> SaleView:
    """Describe a sale from its record; a quote and a stored sale read the same."""
    lines = record["lines"]
    gross, net = sum([line[4] for line in lines]), sum([line[5] for line in lines])
    cards, sold = card_payments(record), sold_cards(record)
    return SaleView(
        sale_id=sale_id,
        number=record["number"],
        member=person.ref if person else None,
        member_name=person.name if person else "",
        receipt_no=record["receipt_no"],
        at_ms=moment.at_ms,
        business_day=moment.business_day,
        till=till,
        actor=actor,
        amount_mode=record["amount_mode"],
        gross_minor=gross,
        discount_minor=gross - net,
        due_minor=due_minor(record),
        paid_by=_paid_by(record),
        earned=earned_of(record),
        balances=balances_view(record["balances"]),
        lines=_lines(record),
        trace=trace_of(desk, record),
        fingerprint=record["fingerprint"],
        tier=tier_change(desk, record),
        segments=tuple(record.get("segments", ())),
        points_given=sum([points for _, points in record.get("bought", ())]),
        warranties=() if voided else covered_views(record),
        gift_cards=tuple(
            [
                PaidByCard(card=one.card, amount_minor=one.amount_minor, left_minor=one.left_minor)
                for one in cards
            ]
        ),
        sold=tuple([GiftCardsSold(face_minor=face, count=count) for face, count in sold]),
        on_account=_on_account(record),
        voided=voided,
        exchange_for=record.get("exchange_for"),
    )


def covered_views(record: Record, refund_record: str | None = None) -> tuple[CoveredView, ...]:
    """Say what of a sale has a warranty; it ends with the units that came back."""
    kept = read_record(refund_record)["kept"]["quantities"] if refund_record is not None else None
    found = []
    for _, number, units, until_day in record.get("warranties", ()):
        left = units if kept is None else min(units, kept[number])
        if left:
            sku, text, *_ = record["lines"][number]
            found.append(CoveredView(line=number + 1, sku=sku, text=text, quantity=left, until_day=until_day))
    return tuple(found)


def _paid_by(record: Record) -> PaidBy:
    paid = record["paid"]
    return PaidBy(
        credit_minor=paid["credit_minor"],
        points_minor=paid["points_minor"],
        gift_card_minor=sum(one.amount_minor for one in card_payments(record)),
    )


def tier_change(desk: Desk, record: Record) -> TierChange:
    """Read the level before and after; an older program knew no levels."""
    before, after, _ = record.get("tier", (None, None, None))
    if before == after:
        return TierChange(before=before, after=after)
    rule = desk.book.club.revision.rule if desk.book.club else None
    names = {level.key: level.name for level in rule.levels} if isinstance(rule, TierRule) else {}
    return TierChange(
        before=before,
        after=after,
        before_name=names.get(before, before or ""),
        after_name=names.get(after, after or ""),
    )


def trace_of(desk: Desk, record: Record) -> tuple[TraceView, ...]:
    book, languages = desk.book, desk.languages
    return tuple([trace_view(line, book, languages) for line in trace_lines(record)])


def gift_why(desk: Desk, record: Record) -> Sentence:
    """Say what was given without a sale, and what for."""
    told = [line.sentence for line in trace_of(desk, record)]
    return both(desk.languages, lambda say: " ".join(one.said(say.code) for one in told))


def _lines(record: Record) -> tuple[LineView, ...]:
    return tuple(
        [
            LineView(
                line=number,
                sku=sku,
                text=text,
                quantity=quantity,
                unit_price_minor=price,
                gross_minor=gross,
                discount_minor=gross - net,
                net_minor=net,
                free_quantity=free,
            )
            for number, (sku, text, quantity, price, gross, net, free) in enumerate(record["lines"], 1)
        ]
    )


def earned_of(record: Record) -> Earned:
    points = credit = pledged = 0
    stamps: dict[str, int] = {}
    rewards = []
    for one in record["earned"]:
        if one["unit"] == "points":
            points += one["yielded"]
        elif one["unit"] == "credit":
            credit += one["yielded"]
        elif one["unit"] == "pledge":
            pledged += one["yielded"]
        elif one["unit"] == "voucher":
            rewards.append(NewReward(programme=one["programme"], yield_=VOUCHER, worth_minor=one["yielded"]))
        else:
            if not one.get("event"):
                stamps[one["programme"]] = one.get("stamps", one["micros"] // MICRO)
            held = one["yielded"] - one["given"]
            if held:
                rewards.append(NewReward(programme=one["programme"], yield_=FREE_ITEM, count=held))
    return Earned(
        points=points,
        credit_minor=credit,
        stamps=stamps,
        rewards=tuple(rewards),
        pledged_minor=pledged,
    )


def balances_view(stored: Record) -> Balances:
    """Read balances back as they were noted."""
    return Balances(
        points=stored["points"],
        credit_minor=stored["credit_minor"],
        points_pending=stored["points_pending"],
        credit_pending_minor=stored["credit_pending_minor"],
        owed=owed_view(stored),
        progress={
            key: ProgressView(have=have, step=step) for key, (have, step) in stored["progress"].items()
        },
        rewards=stored["rewards"],
    )


def owed_view(stored: Record) -> OwedView:
    """Read back what was owed when balances were noted."""
    return OwedView(
        points=stored["owed_points"], credit_minor=stored["owed_credit_minor"], stamps=stored["owed_stamps"]
    )


def moved_view(desk: Desk, unit: str, programme: str, amount: int) -> Moved:
    """Say an account's movement in the unit people count: stamps whole, other progress in millionths."""
    if unit.endswith("progress") and desk.book.yields_rewards(programme):
        # Whole stamps towards zero: half a stamp taken back is none.
        stamps = abs(amount) // desk.book.unit_micro(programme)
        unit, amount = unit.replace("progress", "stamps"), stamps if amount > 0 else -stamps
    elif unit.endswith("progress"):
        unit = f"{unit}_micro"
    return Moved(account=f"{unit}:{programme}" if programme else unit, unit=unit, amount=amount)


def with_vouchers(view: SaleView, made: tuple[VoucherView, ...]) -> SaleView:
    """Show once the codes of the vouchers a sale has just made."""
    if not made:
        return view
    codes = {one.programme: one.code for one in made}
    rewards = tuple(
        replace(one, voucher=codes[one.programme]) if one.yield_ == VOUCHER else one
        for one in view.earned.rewards
    )
    return replace(view, vouchers=made, earned=replace(view.earned, rewards=rewards))
