"""What the audit asks of corrections: of adjustments, merges and sales on account."""

from collections.abc import Mapping

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
        WHERE e.kind = 'adjustment' AND (p.kind <> 'adjust' OR json_extract(p.record, '$.reason') IS NULL)""",
}
