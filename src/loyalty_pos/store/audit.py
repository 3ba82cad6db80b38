"""Proving the books: balances = lots = entries, the chain, every link, nothing negative (promise 4 and 6).

Each check is a function in a list; it yields findings and changes nothing.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from json import loads
from typing import Any

from loyalty_pos.app.pacing import Pace
from loyalty_pos.app.views import AuditView, Finding
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store import card_checks, lifetime_checks, people_checks, standing_checks
from loyalty_pos.store.both_ways import both_ways
from loyalty_pos.store.chain import START, KeyRing, Seal
from loyalty_pos.store.compiled import Execute, Sql
from loyalty_pos.store.game_checks import games
from loyalty_pos.store.month_checks import months

FINDINGS_AT_MOST = 100

Check = Callable[[Execute, KeyRing], Iterator[Finding]]

# Plain SQL: the audit must not share a line of code with what it proves.
_SQL_CHECKS = {
    "balance_is_not_its_entries": """
        SELECT a.id FROM account a LEFT JOIN (SELECT account, sum(amount) AS s FROM entry GROUP BY account) e
        ON e.account = a.id WHERE a.balance <> ifnull(e.s, 0)""",
    "lot_is_not_its_entries": """
        SELECT l.id FROM lot l LEFT JOIN (SELECT lot, sum(amount) AS s FROM entry WHERE lot IS NOT NULL
        GROUP BY lot) e ON e.lot = l.id WHERE l.left <> ifnull(e.s, 0)""",
    "lot_was_not_opened_by_its_posting": """
        SELECT l.id FROM lot l LEFT JOIN entry e ON e.lot = l.id AND e.posting = l.posting
        AND e.kind IN ('accrual', 'adjustment') AND e.amount = l.amount WHERE e.id IS NULL""",
    "balance_is_not_its_lots": """
        SELECT a.id FROM account a LEFT JOIN (SELECT account, sum(left) AS s FROM lot GROUP BY account) l
        ON l.account = a.id WHERE a.unit IN ('points', 'credit', 'reward') AND a.balance <> ifnull(l.s, 0)""",
    "entry_without_lot": """
        SELECT e.id FROM entry e JOIN account a ON a.id = e.account
        WHERE (a.unit IN ('points', 'credit', 'reward')) <> (e.lot IS NOT NULL)""",
    "entry_on_another_accounts_lot": """
        SELECT e.id FROM entry e JOIN lot l ON l.id = e.lot WHERE l.account <> e.account""",
    "negative": """
        SELECT id FROM account WHERE balance < 0 UNION ALL SELECT id FROM lot WHERE left < 0""",
    "sale_without_posting": """
        SELECT p.seq FROM posting p LEFT JOIN sale s ON s.posting = p.seq
        WHERE p.kind = 'sale' AND s.posting IS NULL""",
    "sale_differs_from_its_posting": """
        SELECT s.posting FROM sale s JOIN posting p ON p.seq = s.posting
        WHERE p.kind <> 'sale' OR p.key <> s.sale_id OR p.till <> s.till
        OR p.business_day <> s.business_day OR p.member IS NOT s.member
        OR json_extract(p.record, '$.number') IS NOT s.number
        OR json_extract(p.record, '$.receipt_no') IS NOT s.receipt_no""",
    "void_without_posting": """
        SELECT v.sale FROM voided v JOIN posting p ON p.seq = v.posting JOIN posting s ON s.seq = v.sale
        WHERE p.kind NOT IN ('void', 'refund') OR p.kind = 'void' AND p.key <> 'void:' || s.key
        OR json_extract(p.record, '$.sale') IS NOT v.sale""",
    "refund_differs_from_its_posting": both_ways(
        "SELECT seq, record ->> '$.sale', record ->> '$.net_minor' FROM posting WHERE kind = 'refund'",
        "SELECT posting, sale, net_minor FROM refund",
        "sale, net_minor",
    ),
    "more_refunded_than_sold": """
        SELECT r.sale FROM refund r JOIN sale s ON s.posting = r.sale GROUP BY r.sale
        HAVING sum(r.net_minor) > s.net_minor""",
    "more_given_back_than_used": """
        SELECT e.id FROM entry e JOIN (SELECT reverses, sum(amount) AS s FROM entry
        WHERE amount > 0 AND reverses IS NOT NULL GROUP BY reverses) r ON r.reverses = e.id
        WHERE e.kind = 'redemption' AND r.s > -e.amount""",
    "attached_without_posting": """
        SELECT t.sale FROM attached t JOIN posting p ON p.seq = t.posting JOIN sale s ON s.posting = t.sale
        WHERE p.kind <> 'attach' OR p.key <> 'attach:' || s.sale_id OR p.member IS NOT t.member
        OR s.member IS NOT NULL""",
    "attach_without_sale": """
        SELECT p.seq FROM posting p LEFT JOIN attached t ON t.posting = p.seq
        WHERE p.kind = 'attach' AND t.sale IS NULL""",
    "posting_without_void": """
        SELECT p.seq FROM posting p LEFT JOIN voided v ON v.posting = p.seq
        WHERE p.kind = 'void' AND v.sale IS NULL""",
    "member_differs_from_enrolment": """
        SELECT m.id FROM member m LEFT JOIN posting p ON p.member = m.id AND p.kind = 'enrolment'
        LEFT JOIN member_state s ON s.member = m.id
        WHERE s.member IS NULL OR p.seq IS NULL OR p.business_day <> m.enrolled_day
        OR json_extract(p.record, '$.member') IS NOT m.ref OR json_extract(p.record, '$.kind') IS NOT m.kind
        UNION ALL SELECT p.seq FROM posting p LEFT JOIN member m ON m.id = p.member
        WHERE p.kind = 'enrolment' AND m.id IS NULL""",
    "shop_differs_from_its_posting": """
        SELECT p.seq FROM posting p LEFT JOIN shop s ON json_extract(p.record, '$.shop') = s.ref
        WHERE p.kind = 'shop' AND (s.id IS NULL
        OR json_extract(p.record, '$.currency') IS NOT s.currency
        OR json_extract(p.record, '$.display_unit') IS NOT s.display_unit
        OR json_extract(p.record, '$.time_zone') IS NOT s.time_zone
        OR json_extract(p.record, '$.prices_include_tax') IS NOT s.prices_include_tax
        OR p.seq = (SELECT max(seq) FROM posting WHERE kind = 'shop') AND (
            json_extract(p.record, '$.name') IS NOT s.name
            OR json_extract(p.record, '$.calendar') IS NOT s.calendar
            OR json_extract(p.record, '$.language') IS NOT s.language
            OR json_extract(p.record, '$.day_ends_hour') IS NOT s.day_ends_hour
            OR ifnull(json_extract(p.record, '$.tax_bp'), 0) <> s.tax_bp
            OR ifnull(json_extract(p.record, '$.earn_on_tax'), 1) <> s.earn_on_tax))""",
    "warranty_differs_from_its_sale": """
        SELECT s.posting FROM sale s JOIN posting p ON p.seq = s.posting
        LEFT JOIN warranty w ON w.sale = s.posting
        WHERE (w.sale IS NULL) <> (json_extract(p.record, '$.warranties') IS NULL)""",
    "live_programme_is_not_the_last_published": """
        SELECT p.id FROM programme p LEFT JOIN (
            SELECT CAST(record ->> '$.key' AS TEXT) AS key, max(seq) AS seq,
            record ->> '$.revision' AS resumed FROM posting
            WHERE kind = 'programme' GROUP BY 1
        ) last ON last.key = p.key
        LEFT JOIN revision r ON r.programme = p.id AND (r.posting = last.seq OR r.number = last.resumed)
        WHERE last.seq IS NULL OR p.live IS NOT r.id""",
    "voucher_differs_from_its_posting": """
        SELECT p.seq FROM posting p LEFT JOIN voucher v ON v.posting = p.seq
        WHERE p.kind = 'voucher' AND (v.lot IS NULL OR json_extract(p.record, '$.lot') IS NOT v.lot
        OR json_extract(p.record, '$.code') IS NOT lower(hex(v.code_hash)))
        UNION ALL SELECT v.posting FROM voucher v JOIN posting p ON p.seq = v.posting
        WHERE p.kind <> 'voucher'""",
    "code_differs_from_its_posting": both_ways(
        """SELECT e.value ->> 0, p.seq, e.value ->> 1, p.member, p.record ->> '$.programme',
            p.record ->> '$.word', p.record ->> '$.per_member', p.record ->> '$.expires_on'
        FROM posting p, json_each(p.record, '$.codes') e WHERE p.kind = 'codes'""",
        """SELECT c.id, c.posting, lower(hex(c.code_hash)), c.member, g.key, c.word, c.per_member,
            c.expires_on FROM code c LEFT JOIN programme g ON g.id = c.programme""",
        "posting, hash, member, programme, word, per_member, expires_on",
    ),
    "code_void_differs_from_its_posting": both_ways(
        "SELECT seq, record ->> '$.code' FROM posting WHERE kind = 'code_void'",
        "SELECT posting, code FROM code_void",
        "code",
    ),
    "code_use_differs_from_its_sale": both_ways(
        """SELECT p.seq, e.value, p.member, c.word IS NULL, ifnull(back.posting, v.posting)
        FROM posting p, json_each(p.record, '$.codes') e LEFT JOIN code c ON c.id = e.value
        LEFT JOIN voided v ON v.sale = p.seq LEFT JOIN (
            SELECT r.sale, e.value AS code, r.posting
            FROM refund r JOIN posting b ON b.seq = r.posting, json_each(b.record, '$.codes') e
        ) back ON back.sale = p.seq AND back.code = e.value
        WHERE p.kind = 'sale'""",
        "SELECT sale, code, member, once, given_back FROM code_use",
        "code, member, once, given_back",
    ),
    "last_posting_missing": """
        SELECT seq FROM sqlite_sequence WHERE name = 'posting'
        AND seq <> (SELECT ifnull(max(seq), 0) FROM posting)""",
    # Of an expression the file does not know that it is a number, and would then look it up without an index.
    "member_counters_differ_from_sales": """
        WITH told AS (
            SELECT CAST(coalesce(a.survivor, t.member, s.member) AS INTEGER) AS member, count(*) AS n,
                sum(s.net_minor - ifnull(r.net, 0)) AS net, max(s.business_day) AS day
            FROM sale s LEFT JOIN attached t ON t.sale = s.posting
            LEFT JOIN alias a ON a.member = ifnull(t.member, s.member)
            LEFT JOIN (SELECT sale, sum(net_minor) AS net FROM refund GROUP BY sale) r ON r.sale = s.posting
            LEFT JOIN voided v ON v.sale = s.posting WHERE v.sale IS NULL GROUP BY 1
        )
        SELECT m.member FROM (SELECT * FROM member_state WHERE member NOT IN (SELECT member FROM alias)) m
        LEFT JOIN told k ON k.member = m.member
        WHERE m.visits <> ifnull(k.n, 0) OR m.spend_minor <> ifnull(k.net, 0)
        OR m.last_visit_day IS NOT k.day""",
    # Sorted against each other: joined whole, every day would be looked for among all of them.
    "member_days_differ_from_sales": """
        WITH told AS (
            SELECT coalesce(a.survivor, t.member, s.member) AS member, s.business_day AS day, count(*) AS n,
                sum(ifnull(json_extract(p.record, '$.qualifying_minor'), s.net_minor) - ifnull(r.less, 0))
                    AS spend
            FROM sale s JOIN posting p ON p.seq = s.posting LEFT JOIN attached t ON t.sale = s.posting
            LEFT JOIN alias a ON a.member = ifnull(t.member, s.member)
            LEFT JOIN (
                SELECT r.sale, sum(json_extract(b.record, '$.qualifying_minor')) AS less
                FROM refund r JOIN posting b ON b.seq = r.posting GROUP BY r.sale
            ) r ON r.sale = s.posting
            LEFT JOIN voided v ON v.sale = s.posting
            WHERE v.sale IS NULL AND ifnull(t.member, s.member) IS NOT NULL GROUP BY 1, 2
        ), counted AS (
            SELECT member, day, sales, spend_minor FROM member_day
            WHERE (sales <> 0 OR spend_minor <> 0) AND member NOT IN (SELECT member FROM alias)
        )
        SELECT DISTINCT member || ' ' || day FROM (
            SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM counted)
            UNION ALL SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM told)
        )""",
    "standing_is_not_its_last_event": """
        SELECT s.member FROM standing s LEFT JOIN tier_event e ON e.posting = s.posting
        WHERE e.member IS NOT s.member OR e.programme IS NOT s.programme OR e.after IS NOT s.level
        OR s.posting <> (SELECT max(l.posting) FROM tier_event l
            WHERE l.member = s.member AND l.programme = s.programme)
        UNION ALL SELECT e.member FROM tier_event e LEFT JOIN standing s
        ON s.member = e.member AND s.programme = e.programme WHERE s.member IS NULL""",
    "tier_event_differs_from_its_posting": """
        SELECT e.posting FROM tier_event e JOIN posting p ON p.seq = e.posting
        WHERE p.member IS NOT e.member OR json_extract(p.record, '$.tier[1]') IS NOT e.after
        OR json_extract(p.record, '$.tier[2]') IS NOT e.programme
        OR e.before IS NOT (SELECT l.after FROM tier_event l WHERE l.member = e.member
            AND l.programme = e.programme AND l.posting < e.posting ORDER BY l.posting DESC LIMIT 1)""",
    "segment_list_differs_from_its_postings": both_ways(
        """SELECT last.member, g.id, last.seq FROM (
            SELECT member, record ->> '$.segment' AS key, max(seq) AS seq, record ->> '$.listed' AS listed
            FROM posting WHERE kind = 'segment' GROUP BY 1, 2
        ) last LEFT JOIN programme g ON g.key = last.key WHERE last.listed = 1""",
        "SELECT member, programme, posting FROM segment_member",
        "programme, posting",
    ),
    "level_without_event": """
        SELECT p.seq FROM posting p
        WHERE p.kind IN ('sale', 'attach', 'void', 'refund', 'review', 'set_tier', 'merge')
        AND json_extract(p.record, '$.tier[1]') IS NOT (
            SELECT e.after FROM tier_event e WHERE e.member = p.member AND e.posting <= p.seq
            AND e.programme = json_extract(p.record, '$.tier[2]') ORDER BY e.posting DESC LIMIT 1)""",
    "programme_uses_differ_from_sales": """
        SELECT k.programme FROM programme_use k LEFT JOIN (
            SELECT CAST(programme AS INTEGER) AS programme, sum(times) AS times, sum(spent) AS spent FROM (
                SELECT json_extract(u.value, '$[0]') AS programme, json_extract(u.value, '$[1]') AS times,
                    json_extract(u.value, '$[2]') AS spent
                FROM posting p LEFT JOIN attached t ON t.posting = p.seq
                LEFT JOIN voided v ON v.sale = ifnull(t.sale, p.seq)
                LEFT JOIN posting b ON b.key = 'undo:' || p.key, json_each(p.record, '$.uses') u
                WHERE v.sale IS NULL AND b.seq IS NULL
                UNION ALL
                SELECT json_extract(u.value, '$[0]'), -json_extract(u.value, '$[1]'),
                    -json_extract(u.value, '$[2]')
                FROM refund r JOIN posting p ON p.seq = r.posting LEFT JOIN voided v ON v.sale = r.sale,
                    json_each(p.record, '$.unused') u
                WHERE v.sale IS NULL
            ) GROUP BY 1
        ) told ON told.programme = k.programme
        WHERE k.times <> ifnull(told.times, 0) OR k.spent_minor <> ifnull(told.spent, 0)""",
    "member_uses_differ_from_sales": both_ways(
        """SELECT programme || ' ' || ifnull(a.survivor, told.member), day, sum(times) FROM (
            SELECT u.value ->> 0 AS programme, p.member AS member,
                ifnull(s.business_day, p.business_day) AS day, u.value ->> 1 AS times
            FROM posting p LEFT JOIN attached t ON t.posting = p.seq
            LEFT JOIN sale s ON s.posting = ifnull(t.sale, p.seq)
            LEFT JOIN voided v ON v.sale = s.posting
            LEFT JOIN posting b ON b.key = 'undo:' || p.key, json_each(p.record, '$.uses') u
            WHERE v.sale IS NULL AND b.seq IS NULL AND p.member IS NOT NULL
            UNION ALL
            SELECT u.value ->> 0, p.member, s.business_day, -(u.value ->> 1)
            FROM refund r JOIN posting p ON p.seq = r.posting JOIN sale s ON s.posting = r.sale
            LEFT JOIN voided v ON v.sale = r.sale, json_each(p.record, '$.unused') u
            WHERE v.sale IS NULL AND u.value ->> 3 = 1 AND p.member IS NOT NULL
        ) told LEFT JOIN alias a ON a.member = told.member
        WHERE programme IN (SELECT programme FROM programme_use) GROUP BY 1, 2 HAVING sum(times) <> 0""",
        "SELECT programme || ' ' || member, day, times FROM member_use WHERE times <> 0",
        "day, times",
    ),
    "limits_are_not_counted": """
        SELECT r.id FROM revision r LEFT JOIN programme_use k ON k.programme = r.programme
        WHERE r.number = (SELECT max(l.number) FROM revision l WHERE l.programme = r.programme)
        AND (k.programme IS NOT NULL) <> EXISTS (
            SELECT 1 FROM json_each(r.conditions, '$.limits') c WHERE c.value IS NOT NULL)""",
}

_FIGURES = {
    "members": "SELECT count(*) FROM member",
    "postings": "SELECT count(*) FROM posting",
    "entries": "SELECT count(*) FROM entry",
    "lots": "SELECT count(*) FROM lot",
    "sales": "SELECT count(*) FROM sale",
    "voids": "SELECT count(*) FROM voided",
    "refunds": "SELECT count(*) FROM refund",
    "codes": "SELECT count(*) FROM code",
    "code_uses": "SELECT count(*) FROM code_use WHERE given_back IS NULL",
    "points": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'points'",
    "credit_minor": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'credit'",
    "rewards": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'reward'",
    "owed_points": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'owed_points'",
    "owed_credit_minor": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'owed_credit'",
}
_ALL_FIGURES = {
    **_FIGURES,
    **card_checks.FIGURES,
    **lifetime_checks.FIGURES,
    **standing_checks.FIGURES,
}


def audit(execute: Execute, keys: KeyRing, pace: Pace | None = None) -> AuditView:
    """Run every check over the whole file; findings are capped, `figures.findings` counts them all."""
    findings: list[Finding] = []
    for number, check in enumerate(CHECKS):
        if pace is not None:
            pace.reach(number, len(CHECKS))
        try:
            findings.extend(check(execute, keys))
        except (Fault, LookupError, TypeError, ValueError) as error:
            # A record that cannot even be read was not written by this program.
            findings.append(Finding(code="unreadable", detail=f"{check.__name__}: {error}"[:200]))
    figures = {name: int(execute(sql, ()).fetchone()[0]) for name, sql in _ALL_FIGURES.items()}
    figures["findings"] = len(findings)
    return AuditView(ok=not findings, figures=figures, findings=tuple(findings[:FINDINGS_AT_MOST]))


def _file(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    for (said,) in execute("PRAGMA integrity_check", ()).fetchall():
        if said != "ok":
            yield Finding(code="damaged_file", detail=str(said)[:200])
    for row in execute("PRAGMA foreign_key_check", ()).fetchall():
        yield Finding(code="orphan", detail=f"{row[0]} {row[1]}")


def _books(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    rooms = (card_checks, lifetime_checks, people_checks, standing_checks)
    checks = (_SQL_CHECKS, *(room.CHECKS for room in rooms))
    for code, sql in ((code, sql) for each in checks for code, sql in each.items()):
        for row in execute(sql, ()).fetchall():
            yield Finding(code=code, detail=str(row[0]))


def _benefits(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    """What a sale or void says it moved is what its entries moved."""
    moved = _moved(execute)
    rows = execute(
        "SELECT p.seq, p.kind, p.record, s.net_minor FROM posting p LEFT JOIN sale s ON s.posting = p.seq"
        " WHERE p.kind IN ('sale', 'attach', 'void', 'refund')"
        " OR p.kind IN ('claim', 'unclaim', 'referral', 'referral_back', 'adjust', 'contract_end')"
        " OR p.kind IN ('expiry', 'revive', 'courtesy', 'write_off')"
        " OR p.kind IN ('merge', 'merged', 'unmerge', 'unmerged', 'settle')"
        " OR p.kind IN ('win', 'draw', 'participation', 'check_in')"
        " OR p.kind IN ('enrolment', 'edit') AND json_extract(p.record, '$.earned') IS NOT NULL"
        " ORDER BY p.seq",
        (),
    ).fetchall()
    for seq, kind, text, net in rows:
        record, entries = loads(text), moved.get(seq, {})
        if kind == "claim":
            agrees = _claimed(record) == entries
        elif "moved" not in record:
            told = _told(record)
            real = {k: amount for k, amount in entries.items() if k[2] in ("accrual", "redemption")}
            # What a reward gave is told by its programme; which right was used stands in the trace.
            agrees = {k: v for k, v in real.items() if k[0] != "reward" or k[2] == "accrual"} == told
            agrees = agrees and (kind != "sale" or net == sum(line[5] for line in record["lines"]))
        else:
            sums: dict[tuple[str, str], int] = {}
            for (unit, programme, _), amount in entries.items():
                sums[unit, programme] = sums.get((unit, programme), 0) + amount
            agrees = sorted([u, p, a] for (u, p), a in sums.items() if a) == record["moved"]
        if not agrees:
            yield Finding(code=f"{kind}_is_not_its_entries", detail=str(seq))


def _uses(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    """What a sale says it used of its programmes is no less than what its reasons say they gave."""
    programmes = dict(execute("SELECT id, programme FROM revision", ()).fetchall())
    rows = execute(
        "SELECT seq, record FROM posting WHERE kind IN ('sale', 'attach') AND record LIKE '%\"uses\":%'", ()
    ).fetchall()
    for seq, text in rows:
        record = loads(text)
        gave: dict[int, int] = {}
        for revision, family, applied, code, _, benefit in record["trace"]:
            if family == "discount" and applied and code not in ("reward_used", "voucher_off"):
                gave[programmes[revision]] = gave.get(programmes[revision], 0) + benefit
        for one in record["earned"]:
            if one["unit"] in ("credit", "voucher", "pledge"):
                programme = programmes[one["revision"]]
                gave[programme] = gave.get(programme, 0) + one["yielded"]
        told = {programme: spent for programme, _, spent in record["uses"]}
        if any(told.get(programme, 0) < money for programme, money in gave.items()):
            yield Finding(code="uses_are_less_than_given", detail=str(seq))


def _moved(execute: Execute) -> dict[int, dict[tuple[str, str, str], int]]:
    """Sum the entries of every posting by unit, programme and kind."""
    sums = """
        SELECT e.posting, a.unit, a.programme, e.kind, sum(e.amount) FROM entry e
        JOIN account a ON a.id = e.account GROUP BY e.posting, a.unit, a.programme, e.kind"""
    moved: dict[int, dict[tuple[str, str, str], int]] = {}
    for seq, unit, programme, kind, amount in execute(sums, ()).fetchall():
        moved.setdefault(seq, {})[unit, programme, kind] = amount
    return moved


def _claimed(record: Any) -> dict[tuple[str, str, str], int]:
    """Read from a claim's record what its entries must sum to."""
    told = {
        ("points", "", "redemption"): -record["points"],
        ("reward", record["programme"], "redemption"): -record["rewards"],
    }
    return {account: amount for account, amount in told.items() if amount}


def _told(record: Any) -> dict[tuple[str, str, str], int]:
    """Read from a sale's record what its accruals and its tender must sum to."""
    paid = record.get("paid", {"points": 0, "credit_minor": 0})
    bought = sum(points for _, points in record.get("bought", ()))
    told = {
        ("points", "", "redemption"): -paid["points"] - bought,
        ("credit", "", "redemption"): -paid["credit_minor"],
    }
    for one in record["earned"]:
        unit, programme = one["unit"], one["programme"]
        if unit in ("voucher", "pledge"):
            continue  # a code, or a cause's: no entry of the member
        account = (unit, programme if unit == "reward" else "", "accrual")
        told[account] = told.get(account, 0) + one["yielded"]
        told["progress", programme, "accrual"] = one["micros"]
    return {account: amount for account, amount in told.items() if amount}


def _programmes(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    """A revision says what its posting said when it was published, and none is missing."""
    rows = execute(
        "SELECT p.seq, p.kind, p.record, r.id, r.number, r.name, r.params, r.conditions, g.key, g.kind,"
        " row_number() OVER (PARTITION BY r.programme ORDER BY r.posting)"
        " FROM revision r JOIN programme g ON g.id = r.programme JOIN posting p ON p.seq = r.posting",
        (),
    ).fetchall()
    published = set()
    for seq, of, text, revision, number, name, params, when, key, kind, expected in rows:
        published.add(seq)
        says = {"key": key, "kind": kind, "name": name, "params": loads(params), "when": loads(when)}
        if of != "programme" or loads(text) != says or number != expected:
            yield Finding(code="revision_differs_from_its_posting", detail=str(revision))
    for seq, text in execute("SELECT seq, record FROM posting WHERE kind = 'programme'", ()).fetchall():
        if "kind" in loads(text) and seq not in published:
            yield Finding(code="posting_without_revision", detail=str(seq))


def _chain(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    entries = _grouped(
        execute, "SELECT posting, account, lot, amount, kind, reverses FROM entry ORDER BY posting, id"
    )
    lots = _grouped(
        execute,
        "SELECT posting, id, account, available_from_ms, expires_on, revision FROM lot ORDER BY posting, id",
    )
    postings = execute(
        "SELECT seq, key, request_hash, kind, member, actor, till, epoch, at_ms, business_day, record,"
        " prev, hash FROM posting ORDER BY seq",
        (),
    ).fetchall()
    prev, expected, unsealed = START, 1, set()
    for row in postings:
        seq, epoch = row[0], row[7]
        values: list[Any] = [*row[:2], bytes(row[2]), *row[3:11], entries.get(seq, ()), lots.get(seq, ())]
        seal = Seal(*values)
        key = keys.key(epoch)
        if seq != expected:
            yield Finding(code="posting_missing", detail=str(expected))
        if bytes(row[11]) != prev:
            yield Finding(code="chain_broken", detail=str(seq))
        if key is None:
            unsealed.add(epoch)
        elif seal.hashed(key, bytes(row[11])) != bytes(row[12]):
            yield Finding(code="posting_altered", detail=str(seq))
        prev, expected = bytes(row[12]), seq + 1
    for epoch in sorted(unsealed):
        yield Finding(code="chain_key_missing", detail=str(epoch))


def _grouped(execute: Execute, sql: Sql) -> dict[int, tuple[Any, ...]]:
    rows = execute(sql, ()).fetchall()
    return {
        posting: tuple(tuple(row[1:]) for row in group)
        for posting, group in groupby(rows, key=lambda row: row[0])
    }


CHECKS: tuple[Check, ...] = (_file, _books, _benefits, _uses, games, _programmes, months, _chain)
