"""What the audit asks of time: nothing ended early or twice, and every level, warning and review was told."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "expired": "SELECT count(*) FROM entry WHERE kind = 'expiry'",
    "closed_days": "SELECT count(*) FROM posting WHERE kind = 'day'",
}

CHECKS: Mapping[str, str] = {
    "expired_before_its_day": """
        SELECT e.id FROM entry e JOIN posting p ON p.seq = e.posting LEFT JOIN lot l ON l.id = e.lot
        WHERE e.kind = 'expiry' AND (p.kind <> 'expiry' OR e.amount > 0 OR l.expires_on IS NULL
            OR l.expires_on >= p.business_day)""",
    "expiry_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, l.value ->> 0 AS lot, -(l.value ->> 3) AS amount
            FROM posting p, json_each(p.record, '$.lots') l WHERE p.kind = 'expiry'
        )
        SELECT ifnull(e.id, told.seq) FROM (
            SELECT e.* FROM entry e JOIN posting p ON p.seq = e.posting WHERE p.kind = 'expiry'
        ) e FULL JOIN told ON told.seq = e.posting AND told.lot = e.lot
        WHERE e.kind IS NOT 'expiry' OR e.amount IS NOT told.amount""",
    "more_taken_out_of_an_expiry_than_it_was": """
        SELECT e.id FROM entry e JOIN (SELECT reverses, sum(amount) AS s, min(amount) AS least FROM entry
        WHERE reverses IS NOT NULL GROUP BY reverses) r ON r.reverses = e.id
        WHERE e.kind = 'expiry' AND (r.s > -e.amount OR r.least < 0)""",
    "renewed_lot_differs_from_its_posting": """
        SELECT p.seq FROM posting p
        LEFT JOIN lot n ON n.posting = p.seq LEFT JOIN lot o ON o.id = p.record ->> '$.lot'
        LEFT JOIN entry t ON t.posting = p.seq AND t.kind = 'transfer' AND t.lot = o.id
        WHERE p.kind = 'revive' AND (n.id IS NULL OR n.account IS NOT o.account
            OR n.amount IS NOT p.record ->> '$.amount' OR n.expires_on IS NOT p.record ->> '$.expires_on'
            OR -t.amount IS NOT n.amount OR o.expires_on >= p.business_day)""",
    "courtesy_differs_from_its_refund": """
        SELECT p.seq FROM posting p LEFT JOIN posting b ON b.seq = p.record ->> '$.refund'
        WHERE p.kind = 'courtesy' AND (p.key <> 'courtesy:' || b.key OR p.member IS NOT b.member
            OR (SELECT ifnull(sum(l.amount), 0) FROM lot l WHERE l.posting = p.seq)
                IS NOT (SELECT sum(x.value ->> 3) FROM json_each(b.record, '$.lost') x))""",
    "level_by_hand_differs_from_its_posting": """
        WITH last AS (
            SELECT member, record ->> '$.tier[2]' AS programme, max(seq) AS seq FROM posting
            WHERE kind = 'set_tier' GROUP BY 1, 2
        )
        SELECT ifnull(h.member, last.member) FROM tier_shield h
        FULL JOIN last ON last.member = h.member AND last.programme = h.programme
        LEFT JOIN posting p ON p.seq = h.posting
        WHERE h.posting IS NOT last.seq OR p.record ->> '$.until' IS NOT h.until_day
            OR p.record ->> '$.shield' IS NOT h.level""",
    "warning_differs_from_its_review": """
        WITH last AS (
            SELECT member, record ->> '$.tier[2]' AS programme, max(seq) AS seq FROM posting
            WHERE kind = 'review' AND record ->> '$.warned' IS NOT NULL GROUP BY 1, 2
        )
        SELECT ifnull(w.member, last.member) FROM tier_warning w
        FULL JOIN last ON last.member = w.member AND last.programme = w.programme
        LEFT JOIN posting p ON p.seq = w.posting
        WHERE w.posting IS NOT last.seq OR p.record ->> '$.warned' IS NOT w.level
            OR p.record ->> '$.review' IS NOT w.day OR p.record ->> '$.times' IS NOT w.times""",
    "reviewed_differs_from_its_posting": """
        SELECT v.programme FROM reviewed v LEFT JOIN posting p ON p.seq = v.posting
        LEFT JOIN (SELECT record ->> '$.programme' AS programme, max(seq) AS seq FROM posting
            WHERE kind = 'reviews' GROUP BY 1) last ON last.programme = v.programme
        WHERE p.kind = 'reviews' AND (p.seq IS NOT last.seq OR p.record ->> '$.day' IS NOT v.day)
            OR p.kind = 'programme' AND (p.seq < last.seq OR p.business_day IS NOT v.day)
            OR p.seq IS NOT NULL AND p.kind NOT IN ('reviews', 'programme')
            OR p.seq IS NULL AND last.seq IS NOT NULL
        UNION ALL SELECT p.seq FROM posting p LEFT JOIN reviewed v ON v.programme = p.record ->> '$.programme'
        WHERE p.kind = 'reviews' AND v.programme IS NULL""",
    "points_of_days_differ_from_sales": """
        WITH told AS (
            SELECT ifnull(t.member, s.member) AS member, s.business_day AS day, sum(
                (e.value ->> '$.yielded') - ifnull((
                    SELECT y.value ->> 1 FROM posting b, json_each(b.record, '$.kept.yields') y
                    WHERE b.seq = (SELECT max(r.posting) FROM refund r WHERE r.sale = s.posting)
                    AND y.value ->> 0 = e.value ->> '$.revision'), 0)) AS points
            FROM sale s LEFT JOIN attached t ON t.sale = s.posting LEFT JOIN voided v ON v.sale = s.posting
            JOIN posting p ON p.seq = ifnull(t.posting, s.posting), json_each(p.record, '$.earned') e
            WHERE v.sale IS NULL AND e.value ->> '$.unit' = 'points' AND e.value ->> '$.event' IS NULL
            GROUP BY 1, 2
        )
        SELECT ifnull(d.member, told.member) || ' ' || ifnull(d.day, told.day)
        FROM (SELECT * FROM member_day WHERE points <> 0) d
        FULL JOIN (SELECT * FROM told WHERE points <> 0) told ON told.member = d.member AND told.day = d.day
        WHERE d.points IS NOT told.points""",
    "closed_day_is_not_as_told": """
        SELECT p.seq FROM posting p WHERE p.kind = 'day'
        AND p.key <> 'day:' || (p.record ->> '$.day') || ':' || (p.record ->> '$.number')""",
}
