"""Months count what payments of sales on account earned; where there are such sales, they are counted anew.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("UPDATE month_count SET done = 0 WHERE EXISTS (SELECT 1 FROM on_account)")
