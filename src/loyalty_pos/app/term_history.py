"""Memberships and contracts on a member's timeline."""

from dataclasses import replace

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.records import Record

TERM_POSTINGS = frozenset({"membership", "membership_back", "contract", "contract_end"})


def term_item(desk: Desk, item: HistoryItemView, record: Record) -> HistoryItemView:
    """Add which membership or contract it was, and the fee, what came back of it, or what was owed."""
    row = desk.store.terms.get(record.get("term", item.seq))
    money = {
        "membership": row.fee_minor,
        "membership_back": row.fee_minor,
        "contract": 0,
        "contract_end": record.get("owed_minor", 0),
    }
    return replace(
        item,
        programme_name=desk.book.revision(row.revision).row.name,
        due_minor=money[item.kind],
        voided=item.kind == "membership" and row.ended is not None,
    )
