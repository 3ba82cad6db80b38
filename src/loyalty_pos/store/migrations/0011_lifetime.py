"""What time does: points that count towards levels, levels given by hand, warnings and reviews of levels.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

TABLES = [
    # What is taken back may belong to an earlier day's points, so one day's may fall below nothing.
    "ALTER TABLE member_day ADD COLUMN points INTEGER NOT NULL DEFAULT 0",
    """UPDATE member_day SET points = told.points FROM (
        SELECT ifnull(t.member, s.member) AS member, s.business_day AS day, sum(
            (e.value ->> '$.yielded') - ifnull((
                SELECT y.value ->> 1 FROM json_each(b.record, '$.kept.yields') y
                WHERE y.value ->> 0 = e.value ->> '$.revision'), 0)) AS points
        FROM sale s LEFT JOIN attached t ON t.sale = s.posting LEFT JOIN voided v ON v.sale = s.posting
        LEFT JOIN posting b ON b.seq = ifnull(v.posting,
            (SELECT max(r.posting) FROM refund r WHERE r.sale = s.posting))
        JOIN posting p ON p.seq = ifnull(t.posting, s.posting), json_each(p.record, '$.earned') e
        WHERE (v.sale IS NULL OR b.record ->> '$.kept' IS NOT NULL)
        AND e.value ->> '$.unit' = 'points' AND e.value ->> '$.event' IS NULL
        GROUP BY 1, 2
    ) AS told WHERE told.member = member_day.member AND told.day = member_day.day""",
    """CREATE TABLE tier_shield (
        member INTEGER NOT NULL REFERENCES member (id),
        programme INTEGER NOT NULL REFERENCES programme (id),
        level TEXT NOT NULL CHECK (length(level) BETWEEN 1 AND 80),
        until_day TEXT NOT NULL CHECK (length(until_day) = 10),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        PRIMARY KEY (member, programme)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tier_warning (
        member INTEGER NOT NULL REFERENCES member (id),
        programme INTEGER NOT NULL REFERENCES programme (id),
        level TEXT NOT NULL CHECK (length(level) BETWEEN 1 AND 80),
        day TEXT NOT NULL CHECK (length(day) = 10),
        times INTEGER NOT NULL CHECK (times >= 1),
        posting INTEGER NOT NULL REFERENCES posting (seq),
        PRIMARY KEY (member, programme)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE reviewed (
        programme INTEGER PRIMARY KEY REFERENCES programme (id),
        day TEXT NOT NULL CHECK (length(day) = 10),
        posting INTEGER REFERENCES posting (seq)
    ) STRICT""",
    # No program reviewed before this file, so nobody is held to what nobody was warned of.
    """INSERT INTO reviewed (programme, day)
        SELECT g.id, (SELECT business_day FROM posting ORDER BY seq DESC LIMIT 1)
        FROM programme g WHERE g.kind = 'tiers'""",
    "CREATE INDEX entry_expiry ON entry (lot) WHERE kind = 'expiry'",
    "CREATE INDEX entry_reverses ON entry (reverses) WHERE reverses IS NOT NULL",
    "CREATE INDEX posting_day ON posting (business_day)",
]


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
