"""Proving causes, memberships and contracts against the sealed records of the postings that moved them."""

from loyalty_pos.store.both_ways import both_ways

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
    "pledge_differs_from_its_posting": both_ways(
        """SELECT * FROM (
            SELECT p.seq, e.value ->> '$.cause', 'accrual', sum(e.value ->> '$.micros') AS amount
            FROM posting p, json_each(p.record, '$.earned') e
            WHERE p.kind = 'sale' AND e.value ->> '$.unit' = 'pledge' GROUP BY 1, 2
            UNION ALL SELECT p.seq, e.value ->> 0, 'reversal', -(e.value ->> 1)
            FROM posting p, json_each(p.record, '$.pledges') e WHERE p.kind IN ('void', 'refund')
            UNION ALL SELECT seq, record ->> '$.cause', 'settlement', record ->> '$.amount_minor' * 1000000
            FROM posting WHERE kind = 'settlement'
        ) WHERE amount <> 0""",
        """SELECT e.posting, c.name, e.kind, e.amount_micro FROM cause_entry e
        JOIN cause c ON c.id = e.cause""",
        "cause, kind, amount_micro",
    ),
    "pledge_reversal_is_not_its_target": """
        SELECT t.id FROM cause_entry e JOIN cause_entry t ON t.id = e.reverses
        LEFT JOIN voided v ON v.sale = t.posting GROUP BY t.id
        HAVING max(t.cause <> e.cause) OR max(t.kind <> 'accrual') OR -sum(e.amount_micro) > t.amount_micro
        OR max(v.sale IS NOT NULL) AND -sum(e.amount_micro) <> t.amount_micro""",
    "term_differs_from_its_posting": both_ways(
        """SELECT p.seq, p.member, p.record ->> '$.revision', r.programme, p.record ->> '$.fee_minor',
            p.record ->> '$.from_day', p.record ->> '$.until_day', p.record ->> '$.good_until'
        FROM posting p LEFT JOIN revision r ON r.id = p.record ->> '$.revision'
        WHERE p.kind IN ('membership', 'contract')""",
        """SELECT posting, member, revision, programme, fee_minor, from_day, until_day, good_until
        FROM term""",
        "member, revision, programme, fee_minor, from_day, until_day, good_until",
    ),
    "term_end_differs_from_its_posting": both_ways(
        "SELECT seq, record ->> '$.term' FROM posting WHERE kind IN ('membership_back', 'contract_end')",
        "SELECT ended, posting FROM term WHERE ended IS NOT NULL",
        "term",
        """SELECT t.posting FROM term t JOIN posting p ON p.seq = t.ended
        WHERE p.member IS NOT t.member AND t.member NOT IN (SELECT dropped FROM merge)""",
    ),
    "term_is_not_its_entries": """
        SELECT t.posting FROM term t LEFT JOIN (
            SELECT term, sum(visits) AS visits, sum(spend_minor) AS spend, sum(given_minor) AS given,
                sum(extra_minor) AS extra
            FROM term_entry GROUP BY term
        ) e ON e.term = t.posting
        WHERE t.visits <> ifnull(e.visits, 0) OR t.spend_minor <> ifnull(e.spend, 0)
        OR t.given_minor <> ifnull(e.given, 0) OR t.extra_minor <> ifnull(e.extra, 0)
        OR t.visits < 0 OR t.spend_minor < 0 OR t.given_minor < 0""",
    "term_entry_differs_from_its_posting": both_ways(
        """SELECT p.seq, e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4
        FROM posting p, json_each(p.record, '$.terms') e
        WHERE p.kind IN ('sale', 'attach', 'void', 'refund')""",
        "SELECT posting, term, visits, spend_minor, given_minor, extra_minor FROM term_entry",
        "term, visits, spend_minor, given_minor, extra_minor",
        """SELECT e.posting FROM term_entry e JOIN posting p ON p.seq = e.posting
        JOIN term t ON t.posting = e.term
        WHERE t.member IS NOT p.member AND t.member NOT IN (SELECT dropped FROM merge)""",
    ),
}
