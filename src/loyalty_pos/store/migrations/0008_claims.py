"""Claims: what is given without a sale counts towards limits as what sales give does.

Such a posting says in its own record what it used; one that was undone is named by the key of its undoing.
Frozen DDL. Later changes are later files; this one never changes.
"""

from typing import Any

STATEMENTS = [
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
        WHERE p.kind IN ('claim', 'enrolment', 'edit', 'referral') AND b.seq IS NULL""",
]


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
