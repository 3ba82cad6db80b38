"""What the audit asks of corrections: of adjustments, merges and sales on account."""

from collections.abc import Mapping

from loyalty_pos.store.both_ways import both_ways

CHECKS: Mapping[str, str] = {
    "adjustment_differs_from_its_posting": """
        SELECT p.seq FROM posting p LEFT JOIN (
            SELECT e.posting, sum(e.amount) AS amount, max(a.unit) AS unit, count(DISTINCT a.unit) AS units
            FROM entry e JOIN account a ON a.id = e.account WHERE e.kind = 'adjustment' GROUP BY e.posting
        ) k ON k.posting = p.seq
        WHERE p.kind = 'adjust' AND (k.units IS NOT 1
            OR sign(k.amount) IS NOT sign(json_extract(p.record, '$.amount'))
            OR k.unit <> 'progress' AND (k.amount <> json_extract(p.record, '$.amount')
                OR k.unit <> json_extract(p.record, '$.unit')))""",
    "adjustment_without_reason": """
        SELECT DISTINCT p.seq FROM posting p JOIN entry e ON e.posting = p.seq
        WHERE e.kind = 'adjustment' AND p.kind <> 'contract_end'
        AND (p.kind NOT IN ('adjust', 'write_off') OR json_extract(p.record, '$.reason') IS NULL)""",
    # Only while a merge stands may the survivor's postings move what the other one's accounts hold.
    "entry_on_another_members_account": """
        SELECT e.id FROM entry e JOIN account a ON a.id = e.account JOIN posting p ON p.seq = e.posting
        WHERE p.member IS NOT a.member AND NOT EXISTS (
            WITH RECURSIVE stood (member) AS (
                SELECT a.member UNION
                SELECT g.keep FROM merge g JOIN stood ON stood.member = g.dropped
                WHERE g.posting <= e.posting AND (g.undone IS NULL OR g.undone >= e.posting)
            ) SELECT 1 FROM stood WHERE stood.member = p.member)""",
    "account_is_held_by_another": """
        SELECT a.id FROM account a LEFT JOIN alias s ON s.member = a.member
        WHERE a.holder <> ifnull(s.survivor, a.member)""",
    # A plus keeps the file from looking for who was dropped among all merges that stand.
    "alias_differs_from_its_merges": both_ways(
        """WITH RECURSIVE stands (member, survivor) AS (
            SELECT dropped, keep FROM merge WHERE undone IS NULL
            UNION SELECT s.member, g.keep FROM stands s JOIN merge g
            ON g.dropped = s.survivor AND +g.undone IS NULL
        ) SELECT member, survivor FROM stands
        WHERE survivor NOT IN (SELECT dropped FROM merge WHERE undone IS NULL)""",
        "SELECT member, survivor FROM alias",
        "survivor",
    ),
    "merge_differs_from_its_posting": both_ways(
        "SELECT seq, member, record ->> '$.keep', record ->> '$.drop' FROM posting WHERE kind = 'merge'",
        """SELECT g.posting, g.keep, k.ref, d.ref FROM merge g
        LEFT JOIN member k ON k.id = g.keep LEFT JOIN member d ON d.id = g.dropped""",
        "member, keep, dropped",
    ),
    "merge_was_not_undone_by_its_posting": both_ways(
        "SELECT seq, member, record ->> '$.merge' FROM posting WHERE kind = 'unmerge'",
        "SELECT undone, keep, posting FROM merge WHERE undone IS NOT NULL",
        "member, merge",
    ),
    # What one hands over is what the other takes; only full steps and debts may turn over on the way.
    "merge_did_not_hand_over_all": """
        SELECT g.posting FROM merge g JOIN posting p ON p.seq = g.posting
        JOIN posting o ON o.key = p.key || ':out'
        JOIN entry e ON e.posting IN (g.posting, o.seq) AND e.kind = 'transfer'
        JOIN account a ON a.id = e.account
        GROUP BY g.posting, a.unit, a.programme HAVING sum(e.amount) <> 0
        UNION ALL SELECT g.posting FROM merge g JOIN posting p ON p.seq = g.posting
        LEFT JOIN posting o ON o.key = p.key || ':out' AND o.kind = 'merged' AND o.member = g.dropped
        WHERE o.seq IS NULL""",
    "reversal_of_a_merge_is_not_whole": """
        SELECT g.posting FROM merge g JOIN entry e ON e.posting = g.posting
        LEFT JOIN entry r ON r.posting = g.undone AND r.reverses = e.id
        WHERE g.undone IS NOT NULL AND r.amount IS NOT -e.amount""",
    "merged_member_has_a_person": """
        SELECT a.member FROM alias a LEFT JOIN merged_person q ON q.member = a.member
        WHERE q.member IS NULL OR a.member IN (SELECT member FROM person)
        UNION ALL SELECT q.member FROM merged_person q WHERE q.member NOT IN (SELECT member FROM alias)
        UNION ALL SELECT c.member FROM card c JOIN alias a ON a.member = c.member""",
    "account_differs_from_its_sale": both_ways(
        """SELECT seq, member, record ->> '$.on_account.due_minor' FROM posting
        WHERE kind = 'sale' AND record ->> '$.on_account' IS NOT NULL""",
        "SELECT sale, member, due_minor FROM on_account",
        "member, due_minor",
    ),
    "settlement_differs_from_its_posting": both_ways(
        "SELECT seq, record ->> '$.sale', record ->> '$.amount_minor' FROM posting WHERE kind = 'settle'",
        "SELECT posting, sale, amount_minor FROM settlement",
        "sale, amount_minor",
    ),
    "left_to_pay_is_not_what_was_said_last": """
        WITH told AS (
            SELECT sale AS sale, posting FROM settlement UNION ALL SELECT sale, posting FROM refund
            UNION ALL SELECT sale, posting FROM voided
        )
        SELECT o.sale FROM on_account o
        LEFT JOIN (SELECT sale, max(posting) AS last FROM told GROUP BY sale) t ON t.sale = o.sale
        LEFT JOIN posting p ON p.seq = t.last
        WHERE o.left_minor <> CASE WHEN p.seq IS NULL THEN o.due_minor
            ELSE ifnull(p.record ->> '$.on_account_left_minor', p.record ->> '$.left_minor') END""",
    "paid_and_left_are_not_all": """
        SELECT o.sale FROM on_account o LEFT JOIN (
            SELECT sale, sum(amount_minor) AS paid FROM settlement GROUP BY sale
        ) k ON k.sale = o.sale
        WHERE ifnull(k.paid, 0) > o.due_minor OR ifnull(k.paid, 0) + o.left_minor <> o.due_minor
        AND o.sale NOT IN (SELECT sale FROM refund UNION SELECT sale FROM voided)""",
    # What was paid in parts has earned what the whole would have, to the millionth.
    "payments_did_not_earn_the_whole": """
        WITH parts AS (
            SELECT k.sale, e.value ->> 0 AS revision, sum(e.value ->> 3) AS micros
            FROM settlement k JOIN posting p ON p.seq = k.posting, json_each(p.record, '$.earned') e
            GROUP BY 1, 2
        )
        SELECT o.sale FROM on_account o JOIN posting s ON s.seq = o.sale,
            json_each(s.record, '$.on_account.earned') w
        LEFT JOIN parts ON parts.sale = o.sale AND parts.revision = w.value ->> 'revision'
        WHERE o.left_minor = 0 AND parts.micros IS NOT w.value ->> 'micros'
        AND o.sale NOT IN (SELECT sale FROM refund UNION SELECT sale FROM voided)""",
}
