"""A taking back as people and programs read it, made from its record."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import Record, record_of
from loyalty_pos.app.sale_views import FREE_ITEM, moved_view, tier_change
from loyalty_pos.app.views import MovedLot, NewReward, ReturnedLine, TakenBackView


def taken_back_view(desk: Desk, sale: SaleRow, back: Record, refund_id: str | None) -> TakenBackView:
    """Describe what a void or refund moved; one of an older program says less."""
    return TakenBackView(
        sale_id=sale.sale_id,
        refund_id=refund_id,
        number=sale.number,
        refund_minor=back["refund_minor"],
        to_credit_minor=back["to_credit_minor"],
        to_points=back["to_points"],
        moved=(
            *(moved_view(desk, *one) for one in back["moved"]),
            *(moved_view(desk, "pledge", cause, -told) for cause, _, told in back.get("pledges", ()) if told),
        ),
        rewards=tuple(
            NewReward(programme=programme, yield_=FREE_ITEM, count=amount)
            for unit, programme, amount in back["moved"]
            if unit == "reward"
        ),
        to_gift_cards_minor=sum([amount for _, amount in back.get("gift_cards", ()) if amount > 0])
        + back.get("new_card_minor", 0),
        new_card_minor=back.get("new_card_minor", 0),
        vouchers=tuple(back.get("vouchers", ())),
        codes_back=_codes(desk, sale, back),
        remade_minor=sum(worth for _, worth in back.get("remade", ())),
        held_minor=back.get("held_minor", 0),
        tier=tier_change(desk, back),
        net_minor=back.get("net_minor", back["refund_minor"]),
        left_minor=back.get("left_minor", 0),
        off_account_minor=back.get("off_account_minor", 0),
        withheld_minor=back.get("withheld_minor", 0),
        lines=_lines(sale, back),
        lots=tuple(
            MovedLot(unit=unit, programme=programme, amount=amount, expires_on=day or None)
            for unit, programme, day, amount in back.get("lots", ())
        ),
        lost=tuple(
            MovedLot(unit=unit, programme=programme, amount=amount, expires_on=day)
            for unit, programme, _, amount, _, day in back.get("lost", ())
        ),
        whole=back.get("whole", True),
        fingerprint=back.get("fingerprint", ""),
        at_ms=back.get("at_ms", 0),
        business_day=back.get("day", ""),
    )


def _lines(sale: SaleRow, back: Record) -> tuple[ReturnedLine, ...]:
    sold = record_of(sale)["lines"]
    return tuple(
        ReturnedLine(line=number, text=sold[number - 1][1], quantity=quantity, net_minor=net)
        for number, quantity, net in back.get("lines", ())
    )


def _codes(desk: Desk, sale: SaleRow, back: Record) -> tuple[str, ...]:
    """Name the programmes whose codes may be used again."""
    if not back.get("codes"):
        return ()
    brought = {code: revision for _, revision, _, code, *_ in record_of(sale)["took"]}
    return tuple(desk.book.revision(brought[code]).row.name for code in back["codes"])
