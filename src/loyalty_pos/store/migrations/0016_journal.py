"""The sales journal: where it is kept, and the lines that are not on its medium yet.

`n` numbers every change of the shop for ever, so a copy of the file knows which line comes next.
Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE journal (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        folder TEXT NOT NULL CHECK (length(folder) BETWEEN 1 AND 500),
        mark TEXT NOT NULL CHECK (length(mark) BETWEEN 8 AND 64),
        after_mark TEXT,
        after_n INTEGER NOT NULL CHECK (after_n >= 0)
    ) STRICT""",
    """CREATE TABLE journal_line (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        changes BLOB NOT NULL
    ) STRICT""",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
