"""What the manager's month and the promises come to, kept in the transaction that moves it.

`promise_cell` and `level_move` follow the ledger by triggers. The rest is counted by the program: members'
months in both calendars, named by their last day, what they sum to, and whose level the next month does not
hold. `month_count` says whether that was done for the sales of before this file; the next program to open the
shop does it. Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE promise_cell (
        unit TEXT NOT NULL,
        programme TEXT NOT NULL,
        expires_on TEXT NOT NULL,
        pieces INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        left INTEGER NOT NULL,
        expired INTEGER NOT NULL,
        PRIMARY KEY (unit, programme, expires_on)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE level_move (
        day TEXT NOT NULL CHECK (length(day) = 10),
        programme INTEGER NOT NULL REFERENCES programme (id),
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        members INTEGER NOT NULL CHECK (members > 0),
        PRIMARY KEY (day, programme, before, after)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE member_month (
        member INTEGER NOT NULL REFERENCES member (id),
        ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
        purchases INTEGER NOT NULL CHECK (purchases > 0),
        sales_minor INTEGER NOT NULL,
        discount_minor INTEGER NOT NULL,
        cost_minor INTEGER NOT NULL,
        points INTEGER NOT NULL,
        level TEXT NOT NULL,
        gave TEXT NOT NULL CHECK (json_valid(gave)),
        PRIMARY KEY (member, ends_on)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX member_month_top ON member_month (ends_on, sales_minor DESC, member)",
    """CREATE TABLE month_cell (
        ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
        kind TEXT NOT NULL CHECK (kind IN ('level', 'others', 'gave', 'gave_points', 'risk')),
        name TEXT NOT NULL,
        members INTEGER NOT NULL,
        purchases INTEGER NOT NULL,
        sales_minor INTEGER NOT NULL,
        discount_minor INTEGER NOT NULL,
        cost_minor INTEGER NOT NULL,
        points INTEGER NOT NULL,
        PRIMARY KEY (ends_on, kind, name)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE month_risk (
        ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
        member INTEGER NOT NULL REFERENCES member (id),
        place INTEGER NOT NULL CHECK (place >= 0),
        level TEXT NOT NULL,
        spend_minor INTEGER NOT NULL,
        missing_minor INTEGER NOT NULL CHECK (missing_minor > 0),
        PRIMARY KEY (ends_on, member)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX month_risk_first ON month_risk (ends_on, place DESC, missing_minor, member)",
    "CREATE INDEX member_state_last ON member_state (last_visit_day) WHERE visits > 0",
    "CREATE INDEX member_state_visits ON member_state (visits) WHERE visits > 0",
    "CREATE INDEX member_state_spend ON member_state (spend_minor) WHERE visits > 0",
    """CREATE TABLE month_count (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        done INTEGER NOT NULL CHECK (done IN (0, 1))
    ) STRICT""",
]

_ADD = """
    ON CONFLICT DO UPDATE SET pieces = pieces + excluded.pieces, amount = amount + excluded.amount,
    left = left + excluded.left, expired = expired + excluded.expired"""
_NOT_VOID = "NOT EXISTS (SELECT 1 FROM code_void v WHERE v.code = w.code)"
_UNUSED = "NOT EXISTS (SELECT 1 FROM code_use u WHERE u.code = w.code AND u.given_back IS NULL{but})"


def _voucher(sign: int, code: str, only: str) -> str:
    return f"""
        INSERT INTO promise_cell
        SELECT 'voucher', '', ifnull(c.expires_on, ''), {sign}, 0, {sign} * w.worth_minor, 0
        FROM code_worth w JOIN code c ON c.id = w.code WHERE w.code = {code} AND {only} ADD_UP;"""  # noqa: S608 - our own text


_OTHER_USE = _UNUSED.format(but=" AND u.sale <> new.sale")
TRIGGERS = [
    """CREATE TRIGGER lot_is_promised AFTER INSERT ON lot BEGIN
        INSERT INTO promise_cell
        SELECT a.unit, a.programme, ifnull(new.expires_on, ''), 0, new.amount, new.left, 0
        FROM account a WHERE a.id = new.account ADD_UP;
    END""",
    """CREATE TRIGGER entry_moves_promise AFTER INSERT ON entry BEGIN
        INSERT INTO promise_cell
        SELECT a.unit, a.programme, ifnull(l.expires_on, ''), 0, 0, new.amount,
            iif(new.kind = 'expiry' AND new.posting > l.posting, -new.amount, 0)
        FROM account a LEFT JOIN lot l ON l.id = new.lot WHERE a.id = new.account ADD_UP;
    END""",
    """CREATE TRIGGER gift_card_moves_promise AFTER UPDATE OF left_minor ON gift_card
        WHEN NOT EXISTS (SELECT 1 FROM gift_card_void v WHERE v.card = new.id) BEGIN
        INSERT INTO promise_cell VALUES ('gift_card', '', ifnull(new.expires_on, ''),
            (new.left_minor > 0) - (old.left_minor > 0), 0, new.left_minor - old.left_minor, 0) ADD_UP;
    END""",
    """CREATE TRIGGER gift_card_void_moves_promise AFTER INSERT ON gift_card_void BEGIN
        INSERT INTO promise_cell
        SELECT 'gift_card', '', ifnull(c.expires_on, ''), -1, 0, -c.left_minor, 0
        FROM gift_card c WHERE c.id = new.card AND c.left_minor > 0 ADD_UP;
    END""",
    f"""CREATE TRIGGER code_worth_is_promised AFTER INSERT ON code_worth BEGIN
        {_voucher(1, "new.code", f"{_NOT_VOID} AND {_UNUSED.format(but='')}")}
    END""",
    f"""CREATE TRIGGER code_use_moves_promise AFTER INSERT ON code_use WHEN new.given_back IS NULL BEGIN
        {_voucher(-1, "new.code", f"{_NOT_VOID} AND {_OTHER_USE}")}
    END""",
    f"""CREATE TRIGGER code_back_moves_promise AFTER UPDATE OF given_back ON code_use
        WHEN old.given_back IS NULL AND new.given_back IS NOT NULL BEGIN
        {_voucher(1, "new.code", f"{_NOT_VOID} AND {_OTHER_USE}")}
    END""",
    f"""CREATE TRIGGER code_void_moves_promise AFTER INSERT ON code_void BEGIN
        {_voucher(-1, "new.code", _UNUSED.format(but=""))}
    END""",
    """CREATE TRIGGER tier_event_moves_level AFTER INSERT ON tier_event BEGIN
        INSERT INTO level_move
        SELECT p.business_day, new.programme, ifnull(new.before, ''), ifnull(new.after, ''), 1
        FROM posting p WHERE p.seq = new.posting
        ON CONFLICT DO UPDATE SET members = members + 1;
    END""",
]

FILL = [
    """INSERT INTO promise_cell
        SELECT a.unit, a.programme, ifnull(l.expires_on, ''), 0, sum(l.amount), sum(l.left),
        ifnull(sum((SELECT -sum(e.amount) FROM entry e WHERE e.lot = l.id AND e.kind = 'expiry'
            AND e.posting > l.posting)), 0)
        FROM lot l JOIN account a ON a.id = l.account GROUP BY 1, 2, 3""",
    """INSERT INTO promise_cell SELECT unit, programme, '', 0, 0, sum(balance), 0 FROM account
        WHERE unit NOT IN ('points', 'credit', 'reward') GROUP BY 1, 2""",
    """INSERT INTO promise_cell
        SELECT 'gift_card', '', ifnull(c.expires_on, ''), count(*), 0, sum(c.left_minor), 0 FROM gift_card c
        LEFT JOIN gift_card_void v ON v.card = c.id WHERE v.card IS NULL AND c.left_minor > 0 GROUP BY 3""",
    """INSERT INTO promise_cell
        SELECT 'voucher', '', ifnull(c.expires_on, ''), count(*), 0, sum(w.worth_minor), 0
        FROM code_worth w JOIN code c ON c.id = w.code LEFT JOIN code_void v ON v.code = c.id
        LEFT JOIN code_use u ON u.code = c.id AND u.given_back IS NULL
        WHERE v.code IS NULL AND u.code IS NULL GROUP BY 3""",
    """INSERT INTO level_move
        SELECT p.business_day, e.programme, ifnull(e.before, ''), ifnull(e.after, ''), count(*)
        FROM tier_event e JOIN posting p ON p.seq = e.posting GROUP BY 1, 2, 3, 4""",
    "INSERT INTO month_count SELECT 1, NOT EXISTS (SELECT 1 FROM sale)",
]


def up(migrator: Any, db: Any) -> None:
    for statement in [*TABLES, *FILL, *TRIGGERS]:
        db.execute_sql(statement.replace("ADD_UP", _ADD))
