"""Proving causes, memberships and contracts against the sealed records of the postings that moved them."""

FIGURES = {
    "pledged_minor": "SELECT ifnull(sum(pledged_micro), 0) / 1000000 FROM cause",
    "settled_minor": "SELECT ifnull(sum(settled_minor), 0) FROM cause",
    "terms": "SELECT count(*) FROM term WHERE ended IS NULL",
}

CHECKS = {
    "cause_is_not_its_entries": """
        SELECT c.id FROM cause c LEFT JOIN (
            SELECT cause, sum(iif(kind = 'settlement', 0, amount_micro)) AS pledged,
                sum(iif(kind = 'settlement', amount_micro, 0)) / 1000000 AS settled
            FROM cause_entry GROUP BY cause
        ) e ON e.cause = c.id
        WHERE c.pledged_micro <> ifnull(e.pledged, 0) OR c.settled_minor <> ifnull(e.settled, 0)
        OR c.pledged_micro < 0""",
    "pledge_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, json_extract(e.value, '$.cause') AS cause, 'accrual' AS kind,
                sum(json_extract(e.value, '$.micros')) AS amount
            FROM posting p, json_each(p.record, '$.earned') e
            WHERE p.kind = 'sale' AND json_extract(e.value, '$.unit') = 'pledge' GROUP BY 1, 2
            UNION ALL
            SELECT p.seq, json_extract(e.value, '$[0]'), 'reversal', -json_extract(e.value, '$[1]')
            FROM posting p, json_each(p.record, '$.pledges') e WHERE p.kind IN ('void', 'refund')
            UNION ALL
            SELECT p.seq, json_extract(p.record, '$.cause'), 'settlement',
                json_extract(p.record, '$.amount_minor') * 1000000
            FROM posting p WHERE p.kind = 'settlement'
        ), entered AS (
            SELECT e.posting, c.name, e.kind, e.amount_micro FROM cause_entry e JOIN cause c ON c.id = e.cause
        )
        SELECT ifnull(e.posting, told.seq) FROM entered e
        FULL JOIN (SELECT * FROM told WHERE amount <> 0) told
        ON told.seq = e.posting AND told.cause = e.name AND told.kind = e.kind
        WHERE told.amount IS NOT e.amount_micro""",
    "pledge_reversal_is_not_its_target": """
        SELECT t.id FROM cause_entry e JOIN cause_entry t ON t.id = e.reverses
        LEFT JOIN voided v ON v.sale = t.posting GROUP BY t.id
        HAVING max(t.cause <> e.cause) OR max(t.kind <> 'accrual') OR -sum(e.amount_micro) > t.amount_micro
        OR max(v.sale IS NOT NULL) AND -sum(e.amount_micro) <> t.amount_micro""",
    "term_differs_from_its_posting": """
        SELECT ifnull(t.posting, p.seq) FROM term t
        FULL JOIN (SELECT * FROM posting WHERE kind IN ('membership', 'contract')) p ON p.seq = t.posting
        LEFT JOIN revision r ON r.id = t.revision
        WHERE p.member IS NOT t.member OR json_extract(p.record, '$.revision') IS NOT t.revision
        OR r.programme IS NOT t.programme OR json_extract(p.record, '$.fee_minor') IS NOT t.fee_minor
        OR json_extract(p.record, '$.from_day') IS NOT t.from_day
        OR json_extract(p.record, '$.until_day') IS NOT t.until_day
        OR json_extract(p.record, '$.good_until') IS NOT t.good_until""",
    "term_end_differs_from_its_posting": """
        SELECT ifnull(t.posting, p.seq) FROM (SELECT * FROM term WHERE ended IS NOT NULL) t
        FULL JOIN (SELECT * FROM posting WHERE kind IN ('membership_back', 'contract_end')) p
        ON p.seq = t.ended
        WHERE json_extract(p.record, '$.term') IS NOT t.posting
        OR p.member IS NOT t.member AND t.member NOT IN (SELECT dropped FROM merge)""",
    "term_is_not_its_entries": """
        SELECT t.posting FROM term t LEFT JOIN (
            SELECT term, sum(visits) AS visits, sum(spend_minor) AS spend, sum(given_minor) AS given,
                sum(extra_minor) AS extra
            FROM term_entry GROUP BY term
        ) e ON e.term = t.posting
        WHERE t.visits <> ifnull(e.visits, 0) OR t.spend_minor <> ifnull(e.spend, 0)
        OR t.given_minor <> ifnull(e.given, 0) OR t.extra_minor <> ifnull(e.extra, 0)
        OR t.visits < 0 OR t.spend_minor < 0 OR t.given_minor < 0""",
    "term_entry_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, p.member, json_extract(e.value, '$[0]') AS term, e.value AS what
            FROM posting p, json_each(p.record, '$.terms') e
            WHERE p.kind IN ('sale', 'attach', 'void', 'refund')
        )
        SELECT ifnull(e.posting, told.seq) FROM term_entry e
        FULL JOIN told ON told.seq = e.posting AND told.term = e.term
        LEFT JOIN term t ON t.posting = told.term
        WHERE json_extract(told.what, '$[1]') IS NOT e.visits
        OR json_extract(told.what, '$[2]') IS NOT e.spend_minor
        OR json_extract(told.what, '$[3]') IS NOT e.given_minor
        OR json_extract(told.what, '$[4]') IS NOT e.extra_minor
        OR t.member IS NOT told.member AND t.member NOT IN (SELECT dropped FROM merge)""",
}
