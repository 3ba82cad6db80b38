"""Reports: the sales of a month are found by their business day, whoever bought.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("CREATE INDEX sale_day ON sale (business_day)")
