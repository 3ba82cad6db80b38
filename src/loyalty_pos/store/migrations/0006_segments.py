"""Segments: who was put on their lists by hand.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE segment_member (
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER NOT NULL REFERENCES member (id),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        PRIMARY KEY (programme, member)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX segment_member_of ON segment_member (member, programme)",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
