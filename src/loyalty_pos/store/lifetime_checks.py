"""What the audit asks of time: nothing ended early or twice, and every level, warning and review was told."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "expired": "SELECT count(*) FROM entry WHERE kind = 'expiry'",
    "closed_days": "SELECT count(*) FROM posting WHERE kind = 'day'",
}

# Both ways apart rather than one full join, which would compare every row with every other.
CHECKS: Mapping[str, str] = {
    "expired_before_its_day": """
        SELECT e.id FROM entry e JOIN posting p ON p.seq = e.posting LEFT JOIN lot l ON l.id = e.lot
        WHERE e.kind = 'expiry' AND (p.kind <> 'expiry' OR e.amount > 0 OR l.expires_on IS NULL
            OR l.expires_on >= p.business_day)""",
    "expiry_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq AS posting, l.value ->> 0 AS lot, -(l.value ->> 3) AS amount, 'expiry' AS kind
            FROM posting p, json_each(p.record, '$.lots') l WHERE p.kind = 'expiry'
        ), real AS (
            SELECT e.posting, e.lot, e.amount, e.kind FROM posting p JOIN entry e ON e.posting = p.seq
            WHERE p.kind = 'expiry'
        ) SELECT posting FROM (SELECT * FROM told EXCEPT SELECT * FROM real)
        UNION ALL SELECT posting FROM (SELECT * FROM real EXCEPT SELECT * FROM told)""",
    "more_taken_out_of_an_expiry_than_it_was": """
        SELECT e.id FROM entry e JOIN (SELECT reverses, sum(amount) AS s, min(amount) AS least FROM entry
        WHERE reverses IS NOT NULL GROUP BY reverses) r ON r.reverses = e.id
        WHERE e.kind = 'expiry' AND (r.s > -e.amount OR r.least < 0)""",
    "renewed_lot_differs_from_its_posting": """
        SELECT p.seq FROM posting p
        LEFT JOIN lot n ON n.posting = p.seq LEFT JOIN lot o ON o.id = p.record ->> '$.lot'
        LEFT JOIN entry t ON t.posting = p.seq AND t.kind = 'transfer' AND t.lot = o.id
        WHERE p.kind = 'revive' AND (n.id IS NULL
            OR (SELECT unit || programme FROM account WHERE id = n.account)
                IS NOT (SELECT unit || programme FROM account WHERE id = o.account)
            OR n.amount IS NOT p.record ->> '$.amount' OR n.expires_on IS NOT p.record ->> '$.expires_on'
            OR -t.amount IS NOT n.amount OR o.expires_on >= p.business_day)""",
    "courtesy_differs_from_its_refund": """
        SELECT p.seq FROM posting p LEFT JOIN posting b ON b.seq = p.record ->> '$.refund'
        LEFT JOIN (SELECT posting, sum(amount) AS amount FROM lot GROUP BY 1) l ON l.posting = p.seq
        WHERE p.kind = 'courtesy' AND (p.key <> 'courtesy:' || b.key
            OR p.member IS NOT b.member AND b.member NOT IN (SELECT dropped FROM merge)
            OR ifnull(l.amount, 0)
                IS NOT (SELECT sum(x.value ->> 3) FROM json_each(b.record, '$.lost') x))""",
    "level_by_hand_differs_from_its_posting": """
        WITH told AS (
            SELECT member, record ->> '$.tier[2]' AS programme, record ->> '$.shield' AS level,
                record ->> '$.until' AS until_day, max(seq) AS posting
            FROM posting WHERE kind = 'set_tier' GROUP BY 1, 2
        ), real AS (SELECT member, programme, level, until_day, posting FROM tier_shield)
        SELECT member FROM (SELECT * FROM told EXCEPT SELECT * FROM real)
        UNION ALL SELECT member FROM (SELECT * FROM real EXCEPT SELECT * FROM told)""",
    "warning_differs_from_its_review": """
        WITH told AS (
            SELECT member, record ->> '$.tier[2]' AS programme, record ->> '$.warned' AS level,
                record ->> '$.review' AS day, record ->> '$.times' AS times, max(seq) AS posting
            FROM posting WHERE kind = 'review' AND record ->> '$.warned' IS NOT NULL GROUP BY 1, 2
        ), real AS (SELECT member, programme, level, day, times, posting FROM tier_warning)
        SELECT member FROM (SELECT * FROM told EXCEPT SELECT * FROM real)
        UNION ALL SELECT member FROM (SELECT * FROM real EXCEPT SELECT * FROM told)""",
    "reviewed_differs_from_its_posting": """
        SELECT v.programme FROM reviewed v LEFT JOIN posting p ON p.seq = v.posting
        LEFT JOIN (SELECT CAST(record ->> '$.programme' AS INTEGER) AS programme, max(seq) AS seq
            FROM posting WHERE kind = 'reviews' GROUP BY 1) last ON last.programme = v.programme
        WHERE p.kind = 'reviews' AND (p.seq IS NOT last.seq OR p.record ->> '$.day' IS NOT v.day)
            OR p.kind = 'programme' AND (p.seq < last.seq OR p.business_day IS NOT v.day)
            OR p.seq IS NOT NULL AND p.kind NOT IN ('reviews', 'programme')
            OR p.seq IS NULL AND last.seq IS NOT NULL
        UNION ALL SELECT p.seq FROM posting p LEFT JOIN reviewed v ON v.programme = p.record ->> '$.programme'
        WHERE p.kind = 'reviews' AND v.programme IS NULL""",
    "points_of_days_differ_from_sales": """
        WITH given AS (
            SELECT coalesce(a.survivor, t.member, s.member) AS member, s.business_day AS day,
                p.record AS record, b.record AS back
            FROM sale s LEFT JOIN attached t ON t.sale = s.posting LEFT JOIN voided v ON v.sale = s.posting
            LEFT JOIN alias a ON a.member = ifnull(t.member, s.member)
            LEFT JOIN posting b ON b.seq = ifnull(v.posting,
                (SELECT max(r.posting) FROM refund r WHERE r.sale = s.posting))
            JOIN posting p ON p.seq = ifnull(t.posting, s.posting)
            WHERE v.sale IS NULL OR b.record ->> '$.kept' IS NOT NULL
        ), earned AS (
            SELECT member, day, sum(points) AS points FROM (
                SELECT member, day, (e.value ->> '$.yielded') - ifnull((
                    SELECT y.value ->> 1 FROM json_each(back, '$.kept.yields') y
                    WHERE y.value ->> 0 = e.value ->> '$.revision'), 0) AS points
                FROM given, json_each(record, '$.earned') e
                WHERE e.value ->> '$.unit' = 'points' AND e.value ->> '$.event' IS NULL
                UNION ALL SELECT member, day, back ->> '$.kept.spared' FROM given
                WHERE back ->> '$.kept.spared' IS NOT NULL
            ) GROUP BY 1, 2
        )
        SELECT member || ' ' || day FROM (
            WITH told AS (SELECT * FROM earned WHERE points <> 0),
                real AS (
                    SELECT member, day, points FROM member_day
                    WHERE points <> 0 AND member NOT IN (SELECT member FROM alias)
                )
            SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM real)
            UNION ALL SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM told)
        )""",
    "closed_day_is_not_as_told": """
        SELECT p.seq FROM posting p WHERE p.kind = 'day'
        AND p.key <> 'day:' || (p.record ->> '$.day') || ':' || (p.record ->> '$.number')""",
}
