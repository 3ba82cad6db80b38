"""Refunds: which postings took back a part of which sale.

A code may come back with a part of its sale, so `code_use.given_back` names any posting that took
something back; what a refund says it gave back of limits counts with what sales say they used.
Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE refund (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        sale INTEGER NOT NULL REFERENCES sale (posting),
        net_minor INTEGER NOT NULL CHECK (net_minor >= 0)
    ) STRICT""",
    "CREATE INDEX refund_sale ON refund (sale, posting)",
    """CREATE TABLE code_use_anew (
        sale INTEGER NOT NULL REFERENCES sale (posting),
        code INTEGER NOT NULL REFERENCES code (id),
        member INTEGER REFERENCES member (id),
        once INTEGER NOT NULL CHECK (once IN (0, 1)),
        given_back INTEGER REFERENCES posting (seq),
        PRIMARY KEY (sale, code)
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO code_use_anew SELECT sale, code, member, once, given_back FROM code_use",
    "DROP TABLE code_use",
    "ALTER TABLE code_use_anew RENAME TO code_use",
    "CREATE UNIQUE INDEX code_used_once ON code_use (code) WHERE once = 1 AND given_back IS NULL",
    "CREATE INDEX code_used_by ON code_use (code, member) WHERE given_back IS NULL",
    # A refund puts back a part of what a card paid, so a movement may be taken back in several parts.
    "DROP INDEX gift_card_entry_reversed_once",
    "CREATE INDEX gift_card_entry_reverses ON gift_card_entry (reverses) WHERE reverses IS NOT NULL",
    "DROP VIEW told_use",
    """CREATE VIEW told_use (programme, member, day, times, spent_minor) AS
        SELECT u.value ->> 0, s.member, s.business_day, u.value ->> 1, u.value ->> 2
        FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN voided v ON v.sale = s.posting,
            json_each(p.record, '$.uses') u
        WHERE v.sale IS NULL
        UNION ALL
        SELECT u.value ->> 0, t.member, s.business_day, u.value ->> 1, u.value ->> 2
        FROM attached t JOIN sale s ON s.posting = t.sale JOIN posting p ON p.seq = t.posting
            LEFT JOIN voided v ON v.sale = s.posting, json_each(p.record, '$.uses') u
        WHERE v.sale IS NULL
        UNION ALL
        SELECT u.value ->> 0, p.member, p.business_day, u.value ->> 1, u.value ->> 2
        FROM posting p LEFT JOIN posting b ON b.key = 'undo:' || p.key, json_each(p.record, '$.uses') u
        WHERE p.kind IN ('claim', 'enrolment', 'edit', 'referral') AND b.seq IS NULL
        UNION ALL
        SELECT u.value ->> 0, iif(u.value ->> 3, p.member, NULL), s.business_day,
            -(u.value ->> 1), -(u.value ->> 2)
        FROM refund r JOIN sale s ON s.posting = r.sale JOIN posting p ON p.seq = r.posting
            LEFT JOIN voided v ON v.sale = s.posting, json_each(p.record, '$.unused') u
        WHERE v.sale IS NULL""",
]

GUARDS = [
    ("refund_never_changes BEFORE UPDATE ON refund", ""),
    ("refund_never_goes BEFORE DELETE ON refund", ""),
    ("code_use_never_goes BEFORE DELETE ON code_use", ""),
    ("code_use_never_changes BEFORE UPDATE OF sale, code, member, once ON code_use", ""),
    (
        "code_use_comes_back_once BEFORE UPDATE OF given_back ON code_use",
        "WHEN old.given_back IS NOT NULL OR new.given_back IS NULL",
    ),
    (
        # What no program may do, however it raced: take back more of a movement than it was.
        "gift_card_entry_reversed_once BEFORE INSERT ON gift_card_entry",
        """WHEN new.kind = 'reversal' AND NOT EXISTS (
            SELECT 1 FROM gift_card_entry t WHERE t.id = new.reverses AND t.card = new.card
            AND t.kind <> 'reversal' AND sign(t.amount_minor) = -sign(new.amount_minor)
            AND abs(t.amount_minor) >= abs(new.amount_minor + ifnull((
                SELECT sum(r.amount_minor) FROM gift_card_entry r WHERE r.reverses = t.id), 0)))""",
    ),
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
    for guard, when in GUARDS:
        db.execute_sql(f"CREATE TRIGGER {guard} {when} BEGIN SELECT raise(ABORT, 'append-only'); END")
