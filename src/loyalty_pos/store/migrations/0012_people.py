"""Merged members and sales on account.

An account keeps the member it was opened for; `holder` is who may use it now. A merged member's person
row waits in `merged_person` until the merge is undone. Frozen DDL. Later changes are later files; this one
never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE merge (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        keep INTEGER NOT NULL REFERENCES member (id),
        dropped INTEGER NOT NULL REFERENCES member (id) CHECK (dropped <> keep),
        undone INTEGER UNIQUE REFERENCES posting (seq)
    ) STRICT""",
    "CREATE INDEX merge_dropped ON merge (dropped, posting)",
    "CREATE INDEX merge_keep ON merge (keep, posting)",
    """CREATE TABLE alias (
        member INTEGER PRIMARY KEY REFERENCES member (id),
        survivor INTEGER NOT NULL REFERENCES member (id) CHECK (survivor <> member)
    ) STRICT""",
    "CREATE INDEX alias_survivor ON alias (survivor)",
    """CREATE TABLE merged_person (
        member INTEGER PRIMARY KEY REFERENCES alias (member),
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        phone TEXT,
        last4 TEXT,
        birthday TEXT,
        city TEXT NOT NULL,
        tags TEXT NOT NULL,
        interests TEXT NOT NULL,
        note TEXT NOT NULL,
        consent INTEGER NOT NULL,
        last_seen_ms INTEGER NOT NULL,
        changed TEXT NOT NULL CHECK (json_valid(changed))
    ) STRICT""",
    "CREATE INDEX merged_person_phone ON merged_person (phone) WHERE phone IS NOT NULL",
    "CREATE INDEX merged_person_last4 ON merged_person (last4) WHERE last4 IS NOT NULL",
    """CREATE TABLE merged_card (
        number TEXT NOT NULL,
        member INTEGER NOT NULL REFERENCES merged_person (member),
        PRIMARY KEY (number, member)
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIEW family (survivor, member) AS
        SELECT id, id FROM member UNION ALL SELECT survivor, member FROM alias""",
    "ALTER TABLE account ADD COLUMN holder INTEGER NOT NULL DEFAULT 0",
    "UPDATE account SET holder = member",
    "CREATE INDEX account_holder ON account (holder)",
    """CREATE TABLE on_account (
        sale INTEGER PRIMARY KEY REFERENCES sale (posting),
        member INTEGER NOT NULL REFERENCES member (id),
        due_minor INTEGER NOT NULL CHECK (due_minor > 0),
        left_minor INTEGER NOT NULL CHECK (left_minor BETWEEN 0 AND due_minor)
    ) STRICT""",
    "CREATE INDEX on_account_member ON on_account (member) WHERE left_minor > 0",
    """CREATE TABLE settlement (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        sale INTEGER NOT NULL REFERENCES on_account (sale),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0)
    ) STRICT""",
    "CREATE INDEX settlement_sale ON settlement (sale, posting)",
]

GUARDS = [
    ("merge_never_goes BEFORE DELETE ON merge", ""),
    ("merge_never_changes BEFORE UPDATE OF posting, keep, dropped ON merge", ""),
    (
        "merge_is_undone_once BEFORE UPDATE OF undone ON merge",
        "WHEN old.undone IS NOT NULL OR new.undone IS NULL",
    ),
    ("on_account_never_goes BEFORE DELETE ON on_account", ""),
    ("on_account_keeps_its_terms BEFORE UPDATE OF sale, member, due_minor ON on_account", ""),
    ("settlement_never_goes BEFORE DELETE ON settlement", ""),
    ("settlement_never_changes BEFORE UPDATE ON settlement", ""),
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
    for guard, when in GUARDS:
        db.execute_sql(f"CREATE TRIGGER {guard} {when} BEGIN SELECT raise(ABORT, 'append-only'); END")
