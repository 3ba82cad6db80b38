"""Sales that got their member later, and sales on hold with what they reserve.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

APPEND_ONLY = ("attached", "held", "released")

TABLES = [
    """CREATE TABLE attached (
        sale INTEGER PRIMARY KEY REFERENCES sale (posting),
        member INTEGER NOT NULL REFERENCES member (id),
        posting INTEGER NOT NULL UNIQUE REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE held (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64),
        request_hash BLOB NOT NULL CHECK (length(request_hash) = 16),
        member INTEGER REFERENCES member (id),
        request TEXT NOT NULL CHECK (json_valid(request)),
        reserved TEXT NOT NULL CHECK (json_valid(reserved)),
        due_minor INTEGER NOT NULL CHECK (due_minor BETWEEN 0 AND 1000000000000),
        till TEXT NOT NULL CHECK (length(till) BETWEEN 1 AND 32),
        actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
        at_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL CHECK (until_ms >= at_ms)
    ) STRICT""",
    """CREATE TABLE released (
        hold INTEGER PRIMARY KEY REFERENCES held (id),
        key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64),
        at_ms INTEGER NOT NULL
    ) STRICT""",
]

INDEXES = [
    "CREATE INDEX attached_member ON attached (member)",
    "CREATE INDEX held_member ON held (member, until_ms)",
    "CREATE INDEX held_until ON held (until_ms)",
]


def up(migrator: Any, db: Any) -> None:
    for statement in [*TABLES, *INDEXES]:
        db.execute_sql(statement)
    for table in APPEND_ONLY:
        for verb, name in (("UPDATE", "never_changes"), ("DELETE", "never_goes")):
            db.execute_sql(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} BEGIN"
                " SELECT raise(ABORT, 'append-only'); END"
            )
