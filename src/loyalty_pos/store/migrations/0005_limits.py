"""Limits: what programmes that have some gave so far, in all and to each member day by day.

Counters of a programme are kept while its newest revision has limits; a programme without a row in
`programme_use` is not counted. Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    """CREATE TABLE programme_use (
        programme INTEGER PRIMARY KEY REFERENCES programme (id),
        times INTEGER NOT NULL CHECK (times >= 0),
        spent_minor INTEGER NOT NULL CHECK (spent_minor >= 0)
    ) STRICT""",
    """CREATE TABLE member_use (
        programme INTEGER NOT NULL REFERENCES programme_use (programme),
        member INTEGER NOT NULL REFERENCES member (id),
        day TEXT NOT NULL CHECK (length(day) = 10),
        times INTEGER NOT NULL CHECK (times >= 0),
        PRIMARY KEY (programme, member, day)
    ) STRICT, WITHOUT ROWID""",
    # A sale says in its record what it used; what a member attached later got of it stands in a record
    # of its own.
    """CREATE VIEW told_use (programme, member, day, times, spent_minor) AS
        SELECT u.value ->> 0, s.member, s.business_day, u.value ->> 1, u.value ->> 2
        FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN voided v ON v.sale = s.posting,
            json_each(p.record, '$.uses') u
        WHERE v.sale IS NULL
        UNION ALL
        SELECT u.value ->> 0, t.member, s.business_day, u.value ->> 1, u.value ->> 2
        FROM attached t JOIN sale s ON s.posting = t.sale JOIN posting p ON p.seq = t.posting
            LEFT JOIN voided v ON v.sale = s.posting, json_each(p.record, '$.uses') u
        WHERE v.sale IS NULL""",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
