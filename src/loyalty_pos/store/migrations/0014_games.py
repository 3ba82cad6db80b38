"""Games, taking part, prizes to hand over, guests and partners: each told by sealed postings.

Whatever posting says what it used counts towards limits unless it was undone; no kind has to be named.
Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE game_mark (
        sale INTEGER NOT NULL REFERENCES sale (posting),
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER NOT NULL REFERENCES member (id),
        day TEXT NOT NULL CHECK (length(day) = 10),
        kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
        win INTEGER REFERENCES sale (posting),
        PRIMARY KEY (sale, programme),
        CHECK (kept = 1 OR win IS NULL)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX game_mark_of ON game_mark (member, programme, day) WHERE kept = 1",
    "CREATE INDEX game_mark_won ON game_mark (win, programme) WHERE win IS NOT NULL",
    """CREATE TABLE draw_seed (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        programme INTEGER NOT NULL REFERENCES programme (id),
        seed TEXT NOT NULL CHECK (length(seed) = 40),
        revealed INTEGER REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE draw (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        sale INTEGER NOT NULL REFERENCES sale (posting),
        programme INTEGER NOT NULL REFERENCES programme (id),
        seed INTEGER NOT NULL REFERENCES draw_seed (posting),
        number INTEGER NOT NULL CHECK (number >= 1),
        UNIQUE (seed, number)
    ) STRICT""",
    "CREATE INDEX draw_of_sale ON draw (sale)",
    """CREATE TABLE participation (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER NOT NULL REFERENCES member (id),
        day TEXT NOT NULL CHECK (length(day) = 10),
        answer TEXT NOT NULL CHECK (length(answer) <= 500)
    ) STRICT""",
    "CREATE INDEX participation_of ON participation (programme, member, day)",
    """CREATE TABLE hand_over (
        claim INTEGER PRIMARY KEY REFERENCES posting (seq),
        programme INTEGER NOT NULL REFERENCES programme (id),
        revision INTEGER NOT NULL REFERENCES revision (id),
        times INTEGER NOT NULL CHECK (times >= 1),
        day TEXT NOT NULL CHECK (length(day) = 10),
        ready_ms INTEGER NOT NULL,
        handed INTEGER REFERENCES posting (seq),
        undone INTEGER REFERENCES posting (seq)
    ) STRICT""",
    "CREATE INDEX hand_over_of ON hand_over (revision) WHERE undone IS NULL",
    "CREATE INDEX hand_over_waiting ON hand_over (ready_ms) WHERE handed IS NULL AND undone IS NULL",
    """CREATE TABLE invitation (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER NOT NULL REFERENCES member (id),
        came INTEGER REFERENCES posting (seq),
        UNIQUE (programme, member)
    ) STRICT""",
    """CREATE TABLE preference (
        member INTEGER PRIMARY KEY REFERENCES member (id),
        texts TEXT NOT NULL CHECK (json_valid(texts))
    ) STRICT""",
    """CREATE TABLE partner (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64),
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        shop TEXT NOT NULL UNIQUE CHECK (length(shop) = 16),
        public_key TEXT NOT NULL CHECK (length(public_key) = 64),
        cap_minor INTEGER CHECK (cap_minor >= 1),
        live INTEGER NOT NULL CHECK (live IN (0, 1)),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE signing_key (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        secret TEXT NOT NULL CHECK (length(secret) = 64),
        public_key TEXT NOT NULL CHECK (length(public_key) = 64),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE partner_voucher (
        voucher TEXT PRIMARY KEY CHECK (length(voucher) = 24),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        partner INTEGER NOT NULL REFERENCES partner (id),
        value_minor INTEGER NOT NULL CHECK (value_minor >= 1),
        expires_on TEXT NOT NULL CHECK (length(expires_on) = 10),
        settled INTEGER REFERENCES posting (seq)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX partner_voucher_of ON partner_voucher (partner)",
    """CREATE TABLE partner_honoured (
        partner INTEGER NOT NULL REFERENCES partner (id),
        voucher TEXT NOT NULL CHECK (length(voucher) = 24),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        value_minor INTEGER NOT NULL CHECK (value_minor >= 1),
        day TEXT NOT NULL CHECK (length(day) = 10),
        PRIMARY KEY (partner, voucher)
    ) STRICT, WITHOUT ROWID""",
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
        WHERE p.kind NOT IN ('sale', 'attach') AND b.seq IS NULL
        UNION ALL
        SELECT u.value ->> 0, iif(u.value ->> 3, p.member, NULL), s.business_day,
            -(u.value ->> 1), -(u.value ->> 2)
        FROM refund r JOIN sale s ON s.posting = r.sale JOIN posting p ON p.seq = r.posting
            LEFT JOIN voided v ON v.sale = s.posting, json_each(p.record, '$.unused') u
        WHERE v.sale IS NULL""",
]
FIXED = {
    "game_mark": ("sale", "programme", "member", "day"),
    "draw_seed": ("posting", "programme", "seed"),
    "draw": ("posting", "sale", "programme", "seed", "number"),
    "participation": ("posting", "programme", "member", "day", "answer"),
    "hand_over": ("claim", "programme", "revision", "times", "day", "ready_ms"),
    "invitation": ("posting", "programme", "member"),
    "signing_key": ("id", "secret", "public_key", "posting"),
    "partner_voucher": ("voucher", "posting", "partner", "value_minor", "expires_on"),
    "partner_honoured": ("partner", "voucher", "posting", "value_minor", "day"),
}
"""What is written once and never again."""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
    for table, columns in FIXED.items():
        stop = "BEGIN SELECT raise(ABORT, 'append-only'); END"
        db.execute_sql(f"CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table} {stop}")
        named = ", ".join(columns)
        db.execute_sql(f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OF {named} ON {table} {stop}")
