"""What the audit asks of stored value: all of it is told by sealed postings."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "gift_cards": "SELECT count(*) FROM gift_card",
    "gift_card_minor": "SELECT ifnull(sum(left_minor), 0) FROM gift_card",
}

CHECKS: Mapping[str, str] = {
    "voucher_worth_differs_from_its_posting": """
        SELECT ifnull(w.code, c.id) FROM code c JOIN posting p ON p.seq = c.posting
        FULL JOIN code_worth w ON w.code = c.id
        WHERE json_extract(p.record, '$.worth_minor') IS NOT w.worth_minor
        OR json_extract(p.record, '$.from_day') IS NOT w.from_day
        OR json_extract(p.record, '$.sale') IS NOT w.sale
        OR json_extract(p.record, '$.revision') IS NOT w.revision""",
    "voucher_differs_from_its_sale": """
        WITH told AS (
            SELECT ifnull(t.sale, p.seq) AS sale, json_extract(e.value, '$.revision') AS revision,
                json_extract(e.value, '$.yielded') AS worth
            FROM posting p LEFT JOIN attached t ON t.posting = p.seq, json_each(p.record, '$.earned') e
            WHERE p.kind IN ('sale', 'attach') AND json_extract(e.value, '$.unit') = 'voucher'
            UNION
            SELECT r.sale, json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]')
            FROM refund r JOIN posting p ON p.seq = r.posting, json_each(p.record, '$.remade') e
        )
        SELECT ifnull(w.code, told.sale) FROM code_worth w FULL JOIN told
        ON told.sale = w.sale AND told.revision = w.revision AND told.worth = w.worth_minor
        WHERE told.sale IS NULL OR w.code IS NULL""",
    "gift_card_is_not_its_entries": """
        SELECT g.id FROM gift_card g LEFT JOIN (
            SELECT card, sum(amount_minor) AS s FROM gift_card_entry GROUP BY card
        ) e ON e.card = g.id WHERE g.left_minor <> ifnull(e.s, 0) OR g.left_minor < 0""",
    "gift_card_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, json_extract(e.value, '$[0]') AS id, json_extract(e.value, '$[1]') AS hash
            FROM posting p, json_each(p.record, '$.cards') e WHERE p.kind IN ('gift_cards', 'refund_card')
        )
        SELECT ifnull(g.id, told.id) FROM gift_card g FULL JOIN told ON told.id = g.id
        LEFT JOIN gift_card_code c ON c.card = told.id LEFT JOIN posting p ON p.seq = g.posting
        WHERE told.seq IS NOT g.posting OR told.hash IS NOT lower(hex(c.code_hash))
        OR c.posting IS NOT g.posting OR p.member IS NOT g.member
        OR json_extract(p.record, '$.face_minor') IS NOT g.face_minor
        OR json_extract(p.record, '$.sale') IS NOT g.sale
        OR json_extract(p.record, '$.expires_on') IS NOT g.expires_on
        UNION ALL SELECT c.card FROM gift_card_code c GROUP BY c.card HAVING count(*) > 1""",
    "gift_card_entry_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, json_extract(e.value, '$[0]') AS card,
                json_extract(p.record, '$.face_minor') AS amount, 'accrual' AS kind
            FROM posting p, json_each(p.record, '$.cards') e WHERE p.kind IN ('gift_cards', 'refund_card')
            UNION ALL
            SELECT p.seq, json_extract(e.value, '$[0]'), -json_extract(e.value, '$[1]'), 'redemption'
            FROM posting p, json_each(p.record, '$.paid.gift_cards') e WHERE p.kind = 'sale'
            UNION ALL
            SELECT p.seq, json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]'), 'reversal'
            FROM posting p, json_each(p.record, '$.gift_cards') e WHERE p.kind IN ('void', 'refund')
        )
        SELECT ifnull(e.id, told.seq) FROM gift_card_entry e FULL JOIN told
        ON told.seq = e.posting AND told.card = e.card
        WHERE told.amount IS NOT e.amount_minor OR told.kind IS NOT e.kind""",
    "gift_card_reversal_is_not_its_target": """
        SELECT t.id FROM gift_card_entry e JOIN gift_card_entry t ON t.id = e.reverses GROUP BY t.id
        HAVING max(t.card <> e.card) OR max(t.kind = 'reversal')
        OR max(sign(t.amount_minor) = sign(e.amount_minor))
        OR abs(sum(e.amount_minor)) > abs(t.amount_minor)
        OR (t.kind = 'accrual' OR t.posting IN (SELECT sale FROM voided))
        AND sum(e.amount_minor) <> -t.amount_minor""",
    "gift_card_void_differs_from_its_posting": """
        WITH told AS (
            SELECT p.seq, json_extract(p.record, '$.card') AS card FROM posting p
            WHERE p.kind = 'gift_card_void'
            UNION ALL
            SELECT p.seq, json_extract(e.value, '$[0]') FROM posting p, json_each(p.record, '$.gift_cards') e
            WHERE p.kind IN ('void', 'refund') AND json_extract(e.value, '$[1]') < 0
        )
        SELECT ifnull(v.card, told.card) FROM gift_card_void v FULL JOIN told
        ON told.card = v.card AND told.seq = v.posting WHERE v.card IS NULL OR told.card IS NULL""",
    "gift_cards_are_more_than_were_sold": """
        SELECT s.posting FROM sale s JOIN (
            SELECT sale, face_minor, count(*) AS n FROM gift_card c JOIN posting o ON o.seq = c.posting
            WHERE sale IS NOT NULL AND o.kind = 'gift_cards' GROUP BY 1, 2
        ) g ON g.sale = s.posting JOIN posting p ON p.seq = s.posting
        WHERE g.n > ifnull((SELECT sum(json_extract(e.value, '$[1]')) FROM json_each(p.record, '$.sold') e
            WHERE json_extract(e.value, '$[0]') = g.face_minor), 0)""",
    "gift_card_of_a_refund_is_not_its_money": """
        WITH told AS (
            SELECT 'card:' || p.key AS key, r.sale, json_extract(p.record, '$.new_card_minor') AS minor
            FROM refund r JOIN posting p ON p.seq = r.posting
            WHERE json_extract(p.record, '$.new_card_minor') > 0
        ), made AS (
            SELECT o.key, c.sale, c.face_minor FROM posting o JOIN gift_card c ON c.posting = o.seq
            WHERE o.kind = 'refund_card'
        )
        SELECT ifnull(told.key, made.key) FROM told FULL JOIN made ON made.key = told.key
        WHERE told.minor IS NOT made.face_minor OR told.sale IS NOT made.sale""",
}
