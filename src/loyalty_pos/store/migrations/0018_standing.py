"""Levels that ask for several things, the gender of a person, and invitations that were taken back.

Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

RISKS = [
    "ALTER TABLE month_risk RENAME TO month_risk_before",
    """CREATE TABLE month_risk (
        ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
        member INTEGER NOT NULL REFERENCES member (id),
        place INTEGER NOT NULL CHECK (place >= 0),
        level TEXT NOT NULL,
        spend_minor INTEGER NOT NULL,
        missing_minor INTEGER NOT NULL CHECK (missing_minor >= 0),
        visit_days INTEGER NOT NULL,
        missing_visits INTEGER NOT NULL CHECK (missing_visits >= 0),
        points INTEGER NOT NULL,
        missing_points INTEGER NOT NULL CHECK (missing_points >= 0),
        PRIMARY KEY (ends_on, member),
        CHECK (missing_minor + missing_visits + missing_points > 0)
    ) STRICT, WITHOUT ROWID""",
    # What counted was kept under the name of money, whatever the club counted.
    """INSERT INTO month_risk
        SELECT r.ends_on, r.member, r.place, r.level,
        iif(c.metric = 'spend', r.spend_minor, 0), iif(c.metric = 'spend', r.missing_minor, 0),
        iif(c.metric = 'visit_days', r.spend_minor, 0), iif(c.metric = 'visit_days', r.missing_minor, 0),
        iif(c.metric = 'points', r.spend_minor, 0), iif(c.metric = 'points', r.missing_minor, 0)
        FROM month_risk_before r, (
            SELECT ifnull((SELECT v.params ->> '$.metric' FROM programme g JOIN revision v ON v.id = g.live
            WHERE g.kind = 'tiers'), 'spend') AS metric
        ) c""",
    "DROP TABLE month_risk_before",
    """CREATE INDEX month_risk_first ON month_risk
        (ends_on, place DESC, missing_minor, missing_visits, missing_points, member)""",
]

PEOPLE = [
    f"""ALTER TABLE {table} ADD COLUMN gender TEXT NOT NULL DEFAULT 'unknown'
        CHECK (gender IN ('unknown', 'woman', 'man', 'other'))"""
    for table in ("person", "merged_person")
]

INVITATIONS = [
    "ALTER TABLE invitation RENAME TO invitation_before",
    """CREATE TABLE invitation (
        posting INTEGER PRIMARY KEY REFERENCES posting (seq),
        programme INTEGER NOT NULL REFERENCES programme (id),
        member INTEGER NOT NULL REFERENCES member (id),
        came INTEGER REFERENCES posting (seq),
        taken_back INTEGER REFERENCES posting (seq) CHECK (taken_back IS NULL OR came IS NULL)
    ) STRICT""",
    "INSERT INTO invitation SELECT posting, programme, member, came, NULL FROM invitation_before",
    "DROP TABLE invitation_before",
    "CREATE UNIQUE INDEX invitation_once ON invitation (programme, member) WHERE taken_back IS NULL",
]

GUARDS = [
    ("invitation_never_goes BEFORE DELETE ON invitation", ""),
    ("invitation_never_changes BEFORE UPDATE OF posting, programme, member ON invitation", ""),
    (
        "invitation_is_taken_back_once BEFORE UPDATE OF taken_back ON invitation",
        "WHEN old.taken_back IS NOT NULL OR new.taken_back IS NULL",
    ),
]


def up(migrator: Any, db: Any) -> None:
    for statement in (*RISKS, *PEOPLE, *INVITATIONS):
        db.execute_sql(statement)
    for guard, when in GUARDS:
        db.execute_sql(f"CREATE TRIGGER {guard} {when} BEGIN SELECT raise(ABORT, 'append-only'); END")
