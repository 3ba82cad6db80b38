"""A merge as people and programs read it, made from its record."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.merge_port import MergeRow
from loyalty_pos.app.people_views import BroughtView, MergeView
from loyalty_pos.app.records import Record, read_record
from loyalty_pos.app.sale_views import balances_view, moved_view, owed_view, tier_change


def merge_view(desk: Desk, row: MergeRow) -> MergeView:
    """Describe a merge on record, and whether it stands."""
    posting = desk.store.ledger.posting(row.key)
    assert posting is not None
    record, merges = read_record(posting.record), desk.store.merges
    family = merges.family(row.keep)
    standing = row.undone is None and row.dropped in family
    return view_of_merge(
        desk,
        record,
        keep_name=merges.name(row.keep),
        drop_name=merges.name(row.dropped),
        posting_id=row.key,
        undone=row.undone is not None,
        undoable=standing and not merges.moved_since(family, row.posting),
    )


def view_of_merge(
    desk: Desk,
    record: Record,
    *,
    keep_name: str,
    drop_name: str,
    posting_id: str | None = None,
    undone: bool = False,
    undoable: bool = False,
) -> MergeView:
    return MergeView(
        keep=record["keep"],
        keep_name=keep_name,
        drop=record["drop"],
        drop_name=drop_name,
        brings=_brought(record["brings"]),
        moved=tuple(moved_view(desk, *one) for one in record["moved"]),
        tier=tier_change(desk, record),
        consent=record["consent"],
        filled=tuple(record["filled"]),
        balances=balances_view(record["balances"]),
        visits=record["visits"],
        spend_minor=record["spend_minor"],
        posting_id=posting_id,
        undone=undone,
        undoable=undoable,
    )


def _brought(said: Record) -> BroughtView:
    held = said["balances"]
    return BroughtView(
        points=held["points"],
        credit_minor=held["credit_minor"],
        stamps={key: have for key, (have, _) in held["progress"].items() if have},
        rewards=held["rewards"],
        owed=owed_view(held),
        lots=said["lots"],
        visits=said["visits"],
        spend_minor=said["spend_minor"],
        cards=said["cards"],
        phone=said["phone"],
        vouchers=said["vouchers"],
        gift_cards=said["gift_cards"],
        segments=tuple(said["segments"]),
    )
