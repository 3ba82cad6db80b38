"""Months count the free units that are kept; where a part of a sale with some came back, they count anew.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

COUNT_ANEW = """
    UPDATE month_count SET done = 0 WHERE EXISTS (
        SELECT 1 FROM refund r JOIN posting p ON p.seq = r.sale, json_each(p.record, '$.took') t
        WHERE t.value ->> 5 > 0 AND r.sale NOT IN (SELECT sale FROM voided)
    )"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(COUNT_ANEW)
