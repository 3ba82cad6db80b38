"""The tax in a shop's prices, and the sales that gave a warranty, to be found again.

What a warranty covers stands in the record of its sale. The contact is apart from it, so that it can be
forgotten. Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    "ALTER TABLE shop ADD COLUMN tax_bp INTEGER NOT NULL DEFAULT 0 CHECK (tax_bp BETWEEN 0 AND 10000)",
    "ALTER TABLE shop ADD COLUMN earn_on_tax INTEGER NOT NULL DEFAULT 1 CHECK (earn_on_tax IN (0, 1))",
    """CREATE TABLE warranty (
        sale INTEGER PRIMARY KEY REFERENCES sale (posting),
        contact TEXT NOT NULL CHECK (length(contact) <= 80),
        contact_key TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX warranty_contact ON warranty (contact_key) WHERE contact_key <> ''",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
