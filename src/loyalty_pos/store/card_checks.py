"""What the audit asks of stored value: all of it is told by sealed postings."""

from collections.abc import Mapping

from loyalty_pos.store.both_ways import both_ways

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
    "voucher_differs_from_its_sale": both_ways(
        """SELECT ifnull(t.sale, p.seq), e.value ->> '$.revision', e.value ->> '$.yielded'
        FROM posting p LEFT JOIN attached t ON t.posting = p.seq, json_each(p.record, '$.earned') e
        WHERE p.kind IN ('sale', 'attach') AND e.value ->> '$.unit' = 'voucher'
        UNION SELECT r.sale, e.value ->> 0, e.value ->> 1
        FROM refund r JOIN posting p ON p.seq = r.posting, json_each(p.record, '$.remade') e""",
        "SELECT sale, revision, worth_minor FROM code_worth",
        "revision, worth_minor",
    ),
    "gift_card_is_not_its_entries": """
        SELECT g.id FROM gift_card g LEFT JOIN (
            SELECT card, sum(amount_minor) AS s FROM gift_card_entry GROUP BY card
        ) e ON e.card = g.id WHERE g.left_minor <> ifnull(e.s, 0) OR g.left_minor < 0""",
    "gift_card_differs_from_its_posting": both_ways(
        """SELECT e.value ->> 0, p.seq, e.value ->> 1, p.seq, p.member, p.record ->> '$.face_minor',
            p.record ->> '$.sale', p.record ->> '$.expires_on'
        FROM posting p, json_each(p.record, '$.cards') e WHERE p.kind IN ('gift_cards', 'refund_card')""",
        """SELECT g.id, g.posting, lower(hex(c.code_hash)), c.posting, g.member, g.face_minor, g.sale,
            g.expires_on FROM gift_card g LEFT JOIN gift_card_code c ON c.card = g.id""",
        "posting, hash, coded, member, face_minor, sale, expires_on",
        "SELECT card FROM gift_card_code GROUP BY card HAVING count(*) > 1",
    ),
    "gift_card_entry_differs_from_its_posting": both_ways(
        """SELECT p.seq, e.value ->> 0, p.record ->> '$.face_minor', 'accrual'
        FROM posting p, json_each(p.record, '$.cards') e WHERE p.kind IN ('gift_cards', 'refund_card')
        UNION ALL SELECT p.seq, e.value ->> 0, -(e.value ->> 1), 'redemption'
        FROM posting p, json_each(p.record, '$.paid.gift_cards') e WHERE p.kind = 'sale'
        UNION ALL SELECT p.seq, e.value ->> 0, e.value ->> 1, 'reversal'
        FROM posting p, json_each(p.record, '$.gift_cards') e WHERE p.kind IN ('void', 'refund')""",
        "SELECT posting, card, amount_minor, kind FROM gift_card_entry",
        "card, amount_minor, kind",
    ),
    "gift_card_reversal_is_not_its_target": """
        SELECT t.id FROM gift_card_entry e JOIN gift_card_entry t ON t.id = e.reverses GROUP BY t.id
        HAVING max(t.card <> e.card) OR max(t.kind = 'reversal')
        OR max(sign(t.amount_minor) = sign(e.amount_minor))
        OR abs(sum(e.amount_minor)) > abs(t.amount_minor)
        OR (t.kind = 'accrual' OR t.posting IN (SELECT sale FROM voided))
        AND sum(e.amount_minor) <> -t.amount_minor""",
    "gift_card_void_differs_from_its_posting": both_ways(
        """SELECT record ->> '$.card', seq FROM posting WHERE kind = 'gift_card_void'
        UNION ALL SELECT e.value ->> 0, p.seq FROM posting p, json_each(p.record, '$.gift_cards') e
        WHERE p.kind IN ('void', 'refund') AND e.value ->> 1 < 0""",
        "SELECT card, posting FROM gift_card_void",
        "posting",
    ),
    "gift_cards_are_more_than_were_sold": """
        SELECT s.posting FROM sale s JOIN (
            SELECT sale, face_minor, count(*) AS n FROM gift_card c JOIN posting o ON o.seq = c.posting
            WHERE sale IS NOT NULL AND o.kind = 'gift_cards' GROUP BY 1, 2
        ) g ON g.sale = s.posting JOIN posting p ON p.seq = s.posting
        WHERE g.n > ifnull((SELECT sum(json_extract(e.value, '$[1]')) FROM json_each(p.record, '$.sold') e
            WHERE json_extract(e.value, '$[0]') = g.face_minor), 0)""",
    "gift_card_of_a_refund_is_not_its_money": both_ways(
        """SELECT 'card:' || p.key, r.sale, p.record ->> '$.new_card_minor'
        FROM refund r JOIN posting p ON p.seq = r.posting WHERE p.record ->> '$.new_card_minor' > 0""",
        """SELECT o.key, c.sale, c.face_minor FROM posting o JOIN gift_card c ON c.posting = o.seq
        WHERE o.kind = 'refund_card'""",
        "sale, face_minor",
    ),
}
