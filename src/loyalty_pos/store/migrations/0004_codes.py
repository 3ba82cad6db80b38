"""Discount codes: what was issued, where each was used, and which the shop took out of use.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE code (
        id INTEGER PRIMARY KEY,
        code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
        word TEXT CHECK (length(word) BETWEEN 1 AND 64),
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER REFERENCES member (id),
        per_member INTEGER CHECK (per_member >= 1),
        expires_on TEXT CHECK (length(expires_on) = 10),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        CHECK (per_member IS NULL OR word IS NOT NULL)
    ) STRICT""",
    """CREATE TABLE code_use (
        sale INTEGER NOT NULL REFERENCES sale (posting),
        code INTEGER NOT NULL REFERENCES code (id),
        member INTEGER REFERENCES member (id),
        once INTEGER NOT NULL CHECK (once IN (0, 1)),
        given_back INTEGER REFERENCES voided (posting),
        PRIMARY KEY (sale, code)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE code_void (
        code INTEGER PRIMARY KEY REFERENCES code (id),
        posting INTEGER NOT NULL UNIQUE REFERENCES posting (seq)
    ) STRICT""",
    "CREATE INDEX code_posting ON code (posting)",
    # What no program may do, however it raced: use a code twice that is good for once.
    "CREATE UNIQUE INDEX code_used_once ON code_use (code) WHERE once = 1 AND given_back IS NULL",
    "CREATE INDEX code_used_by ON code_use (code, member) WHERE given_back IS NULL",
]

GUARDS = [
    ("code_never_changes BEFORE UPDATE ON code", ""),
    ("code_never_goes BEFORE DELETE ON code", ""),
    ("code_void_never_changes BEFORE UPDATE ON code_void", ""),
    ("code_void_never_goes BEFORE DELETE ON code_void", ""),
    ("code_use_never_goes BEFORE DELETE ON code_use", ""),
    ("code_use_never_changes BEFORE UPDATE OF sale, code, member, once ON code_use", ""),
    (
        "code_use_comes_back_once BEFORE UPDATE OF given_back ON code_use",
        "WHEN old.given_back IS NOT NULL OR new.given_back IS NULL",
    ),
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
    for guard, when in GUARDS:
        db.execute_sql(f"CREATE TRIGGER {guard} {when} BEGIN SELECT raise(ABORT, 'append-only'); END")
