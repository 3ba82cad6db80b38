"""Levels: what members spent day by day, the level each holds, and every change of it.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE member_day (
        member INTEGER NOT NULL REFERENCES member (id),
        day TEXT NOT NULL CHECK (length(day) = 10),
        sales INTEGER NOT NULL CHECK (sales >= 0),
        spend_minor INTEGER NOT NULL CHECK (spend_minor >= 0),
        PRIMARY KEY (member, day)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE standing (
        member INTEGER NOT NULL REFERENCES member (id),
        programme INTEGER NOT NULL REFERENCES programme (id),
        level TEXT CHECK (length(level) BETWEEN 1 AND 80),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        PRIMARY KEY (member, programme)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tier_event (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        member INTEGER NOT NULL REFERENCES member (id),
        programme INTEGER NOT NULL REFERENCES programme (id),
        before TEXT CHECK (length(before) BETWEEN 1 AND 80),
        after TEXT CHECK (length(after) BETWEEN 1 AND 80)
    ) STRICT""",
    "CREATE INDEX tier_event_member ON tier_event (member, posting)",
    "CREATE INDEX standing_level ON standing (programme, level)",
]

# Sales from before this file said nothing of what counts, so their net does.
DAYS_SO_FAR = """
    INSERT INTO member_day (member, day, sales, spend_minor)
    SELECT ifnull(t.member, s.member) AS buyer, s.business_day, count(*), sum(s.net_minor)
    FROM sale s LEFT JOIN attached t ON t.sale = s.posting LEFT JOIN voided v ON v.sale = s.posting
    WHERE v.sale IS NULL AND buyer IS NOT NULL GROUP BY 1, 2"""


def up(migrator: Any, db: Any) -> None:
    for statement in [*TABLES, DAYS_SO_FAR]:
        db.execute_sql(statement)
    for verb, name in (("UPDATE", "never_changes"), ("DELETE", "never_goes")):
        db.execute_sql(
            f"CREATE TRIGGER tier_event_{name} BEFORE {verb} ON tier_event BEGIN"
            " SELECT raise(ABORT, 'append-only'); END"
        )
