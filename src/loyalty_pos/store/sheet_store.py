"""What cashiers did, summed where the postings are."""

from collections.abc import Sequence

from loyalty_pos.app.sheet_port import ShiftRow
from loyalty_pos.domain.tuples import made
from loyalty_pos.store.compiled import Execute

_SHIFTS = """
    SELECT p.business_day, p.till, p.actor, min(p.at_ms), max(p.at_ms),
    sum(p.kind = 'sale'), sum(p.kind = 'sale' AND ifnull(t.member, s.member) IS NOT NULL),
    ifnull(sum(s.net_minor), 0),
    ifnull(sum((SELECT sum(l.value ->> 4) - sum(l.value ->> 5) FROM json_each(p.record, '$.lines') l
        WHERE p.kind = 'sale')), 0),
    sum(p.kind = 'refund'), ifnull(sum(iif(p.kind = 'refund', p.record ->> '$.refund_minor', 0)), 0),
    sum(p.kind = 'void'), ifnull(sum(iif(p.kind = 'void', p.record ->> '$.refund_minor', 0)), 0),
    sum(p.kind IN ('adjust', 'revive', 'courtesy', 'write_off', 'set_tier') OR (p.kind = 'gift_cards'
        AND p.record ->> '$.sale' IS NULL AND p.key NOT GLOB '*:*'))
    FROM posting p LEFT JOIN sale s ON s.posting = p.seq LEFT JOIN attached t ON t.sale = p.seq
    WHERE p.business_day BETWEEN ? AND ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


class SheetStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def shifts(self, from_day: str, to_day: str) -> Sequence[ShiftRow]:
        """Sum what was recorded on the days given by day, till and cashier."""
        return [made(ShiftRow, row) for row in self._execute(_SHIFTS, (from_day, to_day))]
