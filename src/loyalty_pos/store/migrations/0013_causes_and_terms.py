"""What causes were promised and given; memberships and contracts; goods some may buy early.

A cause is a ledger account of the shop's own: its entries alone move it, in millionths, and a settlement says
what was handed over. A term is a membership or contract of one member; what it has brought so far is
moved by its entries alone. Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

APPEND_ONLY = ("cause_entry", "term_entry")

TABLES = [
    """CREATE TABLE cause (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
        pledged_micro INTEGER NOT NULL CHECK (pledged_micro BETWEEN 0 AND 4000000000000000000),
        settled_minor INTEGER NOT NULL CHECK (settled_minor BETWEEN 0 AND 4000000000000)
    ) STRICT""",
    """CREATE TABLE cause_entry (
        id INTEGER PRIMARY KEY,
        posting INTEGER NOT NULL REFERENCES posting (seq),
        cause INTEGER NOT NULL REFERENCES cause (id),
        amount_micro INTEGER NOT NULL CHECK (amount_micro <> 0),
        kind TEXT NOT NULL CHECK (kind IN ('accrual', 'reversal', 'settlement')),
        reverses INTEGER REFERENCES cause_entry (id),
        CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
        CHECK ((amount_micro < 0) = (kind = 'reversal')),
        CHECK (kind <> 'settlement' OR amount_micro % 1000000 = 0)
    ) STRICT""",
    "CREATE INDEX cause_entry_posting ON cause_entry (posting)",
    "CREATE INDEX cause_entry_cause ON cause_entry (cause, kind)",
    "CREATE INDEX cause_entry_reverses ON cause_entry (reverses) WHERE reverses IS NOT NULL",
    """CREATE TRIGGER cause_entry_moves_cause AFTER INSERT ON cause_entry BEGIN
        UPDATE cause SET
            pledged_micro = pledged_micro + iif(new.kind = 'settlement', 0, new.amount_micro),
            settled_minor = settled_minor + iif(new.kind = 'settlement', new.amount_micro / 1000000, 0)
        WHERE id = new.cause;
    END""",
    """CREATE TRIGGER cause_keeps_its_name BEFORE UPDATE OF id, name ON cause BEGIN
        SELECT raise(ABORT, 'append-only');
    END""",
    "CREATE TRIGGER cause_never_goes BEFORE DELETE ON cause BEGIN SELECT raise(ABORT, 'append-only'); END",
    """CREATE TABLE term (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        member INTEGER NOT NULL REFERENCES member (id),
        programme INTEGER NOT NULL REFERENCES programme (id),
        revision INTEGER NOT NULL REFERENCES revision (id),
        fee_minor INTEGER NOT NULL CHECK (fee_minor BETWEEN 0 AND 1000000000000),
        from_day TEXT NOT NULL CHECK (length(from_day) = 10),
        until_day TEXT NOT NULL CHECK (length(until_day) = 10 AND until_day >= from_day),
        good_until TEXT NOT NULL CHECK (length(good_until) = 10 AND good_until >= until_day),
        ended INTEGER UNIQUE REFERENCES posting (seq),
        visits INTEGER NOT NULL,
        spend_minor INTEGER NOT NULL,
        given_minor INTEGER NOT NULL,
        extra_minor INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX term_member ON term (member, programme, until_day)",
    "CREATE INDEX term_programme ON term (programme, good_until)",
    """CREATE TABLE term_entry (
        posting INTEGER NOT NULL REFERENCES posting (seq),
        term INTEGER NOT NULL REFERENCES term (posting),
        visits INTEGER NOT NULL CHECK (visits IN (-1, 0, 1)),
        spend_minor INTEGER NOT NULL,
        given_minor INTEGER NOT NULL,
        extra_minor INTEGER NOT NULL,
        PRIMARY KEY (posting, term)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER term_entry_moves_term AFTER INSERT ON term_entry BEGIN
        UPDATE term SET visits = visits + new.visits, spend_minor = spend_minor + new.spend_minor,
            given_minor = given_minor + new.given_minor, extra_minor = extra_minor + new.extra_minor
        WHERE posting = new.term;
    END""",
    """CREATE TRIGGER term_keeps_its_terms
        BEFORE UPDATE OF posting, member, programme, revision, fee_minor, from_day, until_day, good_until
        ON term
    BEGIN SELECT raise(ABORT, 'append-only'); END""",
    """CREATE TRIGGER term_ends_once BEFORE UPDATE OF ended ON term
        WHEN old.ended IS NOT NULL OR new.ended IS NULL
    BEGIN SELECT raise(ABORT, 'append-only'); END""",
    "CREATE TRIGGER term_never_goes BEFORE DELETE ON term BEGIN SELECT raise(ABORT, 'append-only'); END",
    "ALTER TABLE product ADD COLUMN sale_from TEXT CHECK (length(sale_from) = 10)",
    "ALTER TABLE product ADD COLUMN early_for TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(early_for))",
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
