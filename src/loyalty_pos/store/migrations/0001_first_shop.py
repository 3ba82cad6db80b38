"""The first schema: people, goods, programmes, and the append-only ledger of lots.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

APPEND_ONLY = ("revision", "posting", "entry", "sale", "voided", "voucher", "member")

TABLES = [
    """CREATE TABLE shop (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        ref TEXT NOT NULL UNIQUE CHECK (length(ref) BETWEEN 8 AND 64),
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        currency TEXT NOT NULL CHECK (length(currency) = 3),
        display_unit TEXT CHECK (display_unit IN ('toman', 'rial')),
        calendar TEXT NOT NULL CHECK (calendar IN ('jalali', 'gregorian')),
        time_zone TEXT NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
        language TEXT NOT NULL CHECK (language IN ('fa', 'en')),
        day_ends_hour INTEGER NOT NULL CHECK (day_ends_hour BETWEEN 0 AND 23),
        prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0, 1))
    ) STRICT""",
    """CREATE TABLE product (
        sku TEXT PRIMARY KEY CHECK (length(sku) BETWEEN 1 AND 64),
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 1000000000000),
        product_group TEXT CHECK (length(product_group) BETWEEN 1 AND 80),
        barcode TEXT UNIQUE CHECK (length(barcode) BETWEEN 1 AND 64),
        cost_minor INTEGER CHECK (cost_minor BETWEEN 0 AND 1000000000000),
        tax_bp INTEGER CHECK (tax_bp BETWEEN 0 AND 10000),
        earns INTEGER NOT NULL CHECK (earns IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE programme (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64),
        kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
        live INTEGER REFERENCES revision (id)
    ) STRICT""",
    """CREATE TABLE revision (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme (id),
        number INTEGER NOT NULL CHECK (number >= 1),
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        params TEXT NOT NULL CHECK (json_valid(params)),
        conditions TEXT NOT NULL CHECK (json_valid(conditions)),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        UNIQUE (programme, number)
    ) STRICT""",
    """CREATE TABLE member (
        id INTEGER PRIMARY KEY,
        ref TEXT NOT NULL UNIQUE CHECK (length(ref) BETWEEN 8 AND 64),
        kind TEXT NOT NULL CHECK (kind IN ('individual', 'company')),
        enrolled_day TEXT NOT NULL CHECK (length(enrolled_day) = 10)
    ) STRICT""",
    """CREATE TABLE person (
        member INTEGER PRIMARY KEY REFERENCES member (id),
        name TEXT NOT NULL CHECK (length(name) <= 80),
        name_key TEXT NOT NULL CHECK (length(name_key) <= 160),
        phone TEXT UNIQUE CHECK (length(phone) BETWEEN 4 AND 20),
        last4 TEXT CHECK (length(last4) = 4),
        birthday TEXT CHECK (length(birthday) = 10),
        city TEXT NOT NULL CHECK (length(city) <= 80),
        tags TEXT NOT NULL CHECK (json_valid(tags)),
        interests TEXT NOT NULL CHECK (json_valid(interests)),
        note TEXT NOT NULL CHECK (length(note) <= 500),
        consent INTEGER NOT NULL CHECK (consent IN (0, 1)),
        last_seen_ms INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE card (
        number TEXT PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 64),
        member INTEGER NOT NULL REFERENCES member (id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE member_state (
        member INTEGER PRIMARY KEY REFERENCES member (id),
        visits INTEGER NOT NULL CHECK (visits >= 0),
        spend_minor INTEGER NOT NULL CHECK (spend_minor >= 0),
        last_visit_day TEXT CHECK (length(last_visit_day) = 10)
    ) STRICT""",
    """CREATE TABLE posting (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 128),
        request_hash BLOB NOT NULL CHECK (length(request_hash) = 16),
        kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
        member INTEGER REFERENCES member (id),
        actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
        till TEXT NOT NULL CHECK (length(till) BETWEEN 1 AND 32),
        epoch INTEGER NOT NULL CHECK (epoch >= 1),
        at_ms INTEGER NOT NULL,
        business_day TEXT NOT NULL CHECK (length(business_day) = 10),
        record TEXT NOT NULL CHECK (json_valid(record)),
        prev BLOB NOT NULL CHECK (length(prev) = 32),
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
    ) STRICT""",
    """CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        member INTEGER NOT NULL REFERENCES member (id),
        unit TEXT NOT NULL CHECK (unit IN ('points', 'credit', 'reward', 'progress',
            'owed_points', 'owed_credit', 'owed_progress')),
        programme TEXT NOT NULL,
        balance INTEGER NOT NULL CHECK (balance BETWEEN 0 AND 4000000000000000000),
        UNIQUE (member, unit, programme)
    ) STRICT""",
    """CREATE TABLE lot (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account (id),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        amount INTEGER NOT NULL CHECK (amount > 0),
        left INTEGER NOT NULL CHECK (left BETWEEN 0 AND amount),
        available_from_ms INTEGER NOT NULL,
        expires_on TEXT CHECK (length(expires_on) = 10),
        revision INTEGER NOT NULL REFERENCES revision (id)
    ) STRICT""",
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        posting INTEGER NOT NULL REFERENCES posting (seq),
        account INTEGER NOT NULL REFERENCES account (id),
        lot INTEGER REFERENCES lot (id),
        amount INTEGER NOT NULL CHECK (amount <> 0),
        kind TEXT NOT NULL CHECK (kind IN ('accrual', 'redemption', 'expiry', 'adjustment', 'reversal',
            'conversion', 'transfer')),
        reverses INTEGER REFERENCES entry (id),
        CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
    ) STRICT""",
    """CREATE TABLE sale (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        sale_id TEXT NOT NULL UNIQUE CHECK (length(sale_id) BETWEEN 1 AND 64),
        number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
        member INTEGER REFERENCES member (id),
        receipt_no TEXT CHECK (length(receipt_no) BETWEEN 1 AND 64),
        till TEXT NOT NULL,
        business_day TEXT NOT NULL,
        net_minor INTEGER NOT NULL CHECK (net_minor BETWEEN 0 AND 1000000000000)
    ) STRICT""",
    """CREATE TABLE voided (
        sale INTEGER PRIMARY KEY REFERENCES sale (posting),
        posting INTEGER NOT NULL UNIQUE REFERENCES posting (seq)
    ) STRICT""",
    """CREATE TABLE voucher (
        code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
        lot INTEGER NOT NULL REFERENCES lot (id),
        posting INTEGER NOT NULL REFERENCES posting (seq)
    ) STRICT, WITHOUT ROWID""",
]

INDEXES = [
    "CREATE INDEX person_last4 ON person (last4, last_seen_ms DESC)",
    "CREATE INDEX person_name ON person (name_key)",
    "CREATE INDEX card_member ON card (member)",
    "CREATE INDEX posting_member ON posting (member, seq)",
    "CREATE INDEX lot_open ON lot (account, available_from_ms) WHERE left > 0",
    "CREATE INDEX lot_ending ON lot (account, expires_on) WHERE left > 0 AND expires_on IS NOT NULL",
    "CREATE INDEX entry_posting ON entry (posting)",
    "CREATE INDEX sale_member ON sale (member, business_day)",
    "CREATE INDEX sale_receipt ON sale (receipt_no) WHERE receipt_no IS NOT NULL",
    "CREATE INDEX voucher_lot ON voucher (lot, posting)",
]

SEARCH = [
    """CREATE VIRTUAL TABLE person_words USING fts5 (
        name_key, content = 'person', content_rowid = 'member', detail = none, prefix = '1 2 3 4'
    )""",
    """CREATE VIRTUAL TABLE person_parts USING fts5 (
        name_key, content = 'person', content_rowid = 'member', detail = none, tokenize = 'trigram'
    )""",
    """CREATE TRIGGER person_added AFTER INSERT ON person BEGIN
        INSERT INTO person_words (rowid, name_key) VALUES (new.member, new.name_key);
        INSERT INTO person_parts (rowid, name_key) VALUES (new.member, new.name_key);
    END""",
    """CREATE TRIGGER person_renamed AFTER UPDATE OF name_key ON person BEGIN
        INSERT INTO person_words (person_words, rowid, name_key) VALUES ('delete', old.member, old.name_key);
        INSERT INTO person_parts (person_parts, rowid, name_key) VALUES ('delete', old.member, old.name_key);
        INSERT INTO person_words (rowid, name_key) VALUES (new.member, new.name_key);
        INSERT INTO person_parts (rowid, name_key) VALUES (new.member, new.name_key);
    END""",
    """CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN
        INSERT INTO person_words (person_words, rowid, name_key) VALUES ('delete', old.member, old.name_key);
        INSERT INTO person_parts (person_parts, rowid, name_key) VALUES ('delete', old.member, old.name_key);
    END""",
]

MOVES = [
    """CREATE TRIGGER entry_moves_account AFTER INSERT ON entry BEGIN
        UPDATE account SET balance = balance + new.amount WHERE id = new.account;
    END""",
    """CREATE TRIGGER entry_moves_lot AFTER INSERT ON entry WHEN new.lot IS NOT NULL BEGIN
        UPDATE lot SET left = left + new.amount WHERE id = new.lot;
    END""",
    """CREATE TRIGGER account_keeps_its_owner BEFORE UPDATE OF id, member, unit, programme ON account BEGIN
        SELECT raise(ABORT, 'append-only');
    END""",
    """CREATE TRIGGER lot_keeps_its_terms
        BEFORE UPDATE OF id, account, posting, amount, available_from_ms, expires_on, revision ON lot BEGIN
        SELECT raise(ABORT, 'append-only');
    END""",
]


def up(migrator: Any, db: Any) -> None:
    for statement in [*TABLES, *INDEXES, *SEARCH, *MOVES]:
        db.execute_sql(statement)
    for table in APPEND_ONLY:
        db.execute_sql(
            f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} BEGIN"
            " SELECT raise(ABORT, 'append-only'); END"
        )
    for table in (*APPEND_ONLY, "account", "lot", "programme", "shop"):
        db.execute_sql(
            f"CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table} BEGIN"
            " SELECT raise(ABORT, 'append-only'); END"
        )
