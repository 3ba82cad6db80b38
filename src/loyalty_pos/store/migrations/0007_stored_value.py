"""Stored value: gift cards with every movement of what is on them, and vouchers that a sale made.

A card is a ledger account of its own with one lot: `left_minor` is moved by its entries alone. A voucher is
a code that brings a worth of its own, whatever became of its programme. Frozen DDL. Later changes are later
files; this one never changes.
"""

from typing import Any

APPEND_ONLY = ("gift_card_code", "gift_card_entry", "gift_card_void", "code_worth")

TABLES = [
    """CREATE TABLE gift_card (
        id INTEGER PRIMARY KEY,
        face_minor INTEGER NOT NULL CHECK (face_minor BETWEEN 1 AND 1000000000000),
        left_minor INTEGER NOT NULL CHECK (left_minor BETWEEN 0 AND face_minor),
        sale INTEGER REFERENCES sale (posting),
        member INTEGER REFERENCES member (id),
        expires_on TEXT CHECK (length(expires_on) = 10),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE gift_card_code (
        code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
        card INTEGER NOT NULL REFERENCES gift_card (id),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE gift_card_entry (
        id INTEGER PRIMARY KEY,
        posting INTEGER NOT NULL REFERENCES posting (seq),
        card INTEGER NOT NULL REFERENCES gift_card (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
        kind TEXT NOT NULL CHECK (kind IN ('accrual', 'redemption', 'reversal')),
        reverses INTEGER REFERENCES gift_card_entry (id),
        CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
    ) STRICT""",
    """CREATE TABLE gift_card_void (
        card INTEGER PRIMARY KEY REFERENCES gift_card (id),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE code_worth (
        code INTEGER PRIMARY KEY REFERENCES code (id),
        worth_minor INTEGER NOT NULL CHECK (worth_minor BETWEEN 1 AND 1000000000000),
        from_day TEXT NOT NULL CHECK (length(from_day) = 10),
        sale INTEGER NOT NULL REFERENCES sale (posting),
        revision INTEGER NOT NULL REFERENCES revision (id)
    ) STRICT""",
    "CREATE INDEX code_worth_sale ON code_worth (sale)",
    "CREATE INDEX gift_card_sale ON gift_card (sale) WHERE sale IS NOT NULL",
    "CREATE INDEX gift_card_code_card ON gift_card_code (card, posting)",
    "CREATE INDEX gift_card_entry_posting ON gift_card_entry (posting)",
    "CREATE INDEX gift_card_entry_card ON gift_card_entry (card)",
    # What no program may do, however it raced: take one movement back twice.
    "CREATE UNIQUE INDEX gift_card_entry_reversed_once ON gift_card_entry (reverses)",
    """CREATE TRIGGER gift_card_entry_moves_card AFTER INSERT ON gift_card_entry BEGIN
        UPDATE gift_card SET left_minor = left_minor + new.amount_minor WHERE id = new.card;
    END""",
    """CREATE TRIGGER gift_card_keeps_its_terms
        BEFORE UPDATE OF id, face_minor, sale, member, expires_on, posting ON gift_card BEGIN
        SELECT raise(ABORT, 'append-only');
    END""",
    """CREATE TRIGGER gift_card_never_goes BEFORE DELETE ON gift_card BEGIN
        SELECT raise(ABORT, 'append-only');
    END""",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
    for table in APPEND_ONLY:
        for verb, name in (("UPDATE", "never_changes"), ("DELETE", "never_goes")):
            db.execute_sql(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} BEGIN"
                " SELECT raise(ABORT, 'append-only'); END"
            )
