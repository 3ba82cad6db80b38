"""Proving the books: balances = lots = entries, the chain, every link, nothing negative (promise 4 and 6).

Each check is a function in a list; it yields findings and changes nothing.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from json import loads
from typing import Any

from loyalty_pos.app.views import AuditView, Finding
from loyalty_pos.store.chain import START, KeyRing, Seal
from loyalty_pos.store.compiled import Execute

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
        AND e.kind = 'accrual' AND e.amount = l.amount WHERE e.id IS NULL""",
    "balance_is_not_its_lots": """
        SELECT a.id FROM account a LEFT JOIN (SELECT account, sum(left) AS s FROM lot GROUP BY account) l
        ON l.account = a.id WHERE a.unit IN ('points', 'credit', 'reward') AND a.balance <> ifnull(l.s, 0)""",
    "entry_without_lot": """
        SELECT e.id FROM entry e JOIN account a ON a.id = e.account
        WHERE (a.unit IN ('points', 'credit', 'reward')) <> (e.lot IS NOT NULL)""",
    "entry_on_another_accounts_lot": """
        SELECT e.id FROM entry e JOIN lot l ON l.id = e.lot WHERE l.account <> e.account""",
    "entry_on_another_members_account": """
        SELECT e.id FROM entry e JOIN account a ON a.id = e.account JOIN posting p ON p.seq = e.posting
        WHERE p.member IS NOT a.member""",
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
        WHERE p.kind <> 'void' OR p.key <> 'void:' || s.key""",
    "attached_without_posting": """
        SELECT t.sale FROM attached t JOIN posting p ON p.seq = t.posting JOIN sale s ON s.posting = t.sale
        WHERE p.kind <> 'attach' OR p.key <> 'attach:' || s.sale_id OR p.member IS NOT t.member
        OR s.member IS NOT NULL""",
    "attach_without_sale": """
        SELECT p.seq FROM posting p LEFT JOIN attached t ON t.posting = p.seq
        WHERE p.kind = 'attach' AND t.sale IS NULL""",
    "member_counters_differ_from_sales": """
        SELECT m.member FROM member_state m LEFT JOIN (
            SELECT ifnull(t.member, s.member) AS member, count(*) AS n, sum(s.net_minor) AS net,
                max(s.business_day) AS day
            FROM sale s LEFT JOIN attached t ON t.sale = s.posting
            LEFT JOIN voided v ON v.sale = s.posting WHERE v.sale IS NULL GROUP BY 1
        ) k ON k.member = m.member
        WHERE m.visits <> ifnull(k.n, 0) OR m.spend_minor <> ifnull(k.net, 0)
        OR m.last_visit_day IS NOT k.day""",
}

_FIGURES = {
    "members": "SELECT count(*) FROM member",
    "postings": "SELECT count(*) FROM posting",
    "entries": "SELECT count(*) FROM entry",
    "lots": "SELECT count(*) FROM lot",
    "sales": "SELECT count(*) FROM sale",
    "voids": "SELECT count(*) FROM voided",
    "points": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'points'",
    "credit_minor": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'credit'",
    "rewards": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'reward'",
    "owed_points": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'owed_points'",
    "owed_credit_minor": "SELECT ifnull(sum(balance), 0) FROM account WHERE unit = 'owed_credit'",
}


def audit(execute: Execute, keys: KeyRing) -> AuditView:
    """Run every check over the whole file; findings are capped, `figures.findings` counts them all."""
    findings: list[Finding] = []
    for check in CHECKS:
        findings += check(execute, keys)
    figures = {name: int(execute(sql, ()).fetchone()[0]) for name, sql in _FIGURES.items()}
    figures["findings"] = len(findings)
    return AuditView(ok=not findings, figures=figures, findings=tuple(findings[:FINDINGS_AT_MOST]))


def _file(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    for (said,) in execute("PRAGMA integrity_check", ()).fetchall():
        if said != "ok":
            yield Finding(code="damaged_file", detail=str(said)[:200])
    for row in execute("PRAGMA foreign_key_check", ()).fetchall():
        yield Finding(code="orphan", detail=f"{row[0]} {row[1]}")


def _books(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    for code, sql in _SQL_CHECKS.items():
        for row in execute(sql, ()).fetchall():
            yield Finding(code=code, detail=str(row[0]))


def _benefits(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    """What a sale says it gave and took is what its entries moved."""
    sums = """
        SELECT p.seq, p.record,
            ifnull(sum(CASE WHEN a.unit = 'points' AND e.kind = 'accrual' THEN e.amount END), 0),
            ifnull(sum(CASE WHEN a.unit = 'credit' AND e.kind = 'accrual' THEN e.amount END), 0),
            ifnull(sum(CASE WHEN a.unit = 'reward' AND e.kind = 'accrual' THEN e.amount END), 0),
            -ifnull(sum(CASE WHEN a.unit = 'points' AND e.kind = 'redemption' THEN e.amount END), 0),
            -ifnull(sum(CASE WHEN a.unit = 'credit' AND e.kind = 'redemption' THEN e.amount END), 0)
        FROM posting p LEFT JOIN entry e ON e.posting = p.seq LEFT JOIN account a ON a.id = e.account
        WHERE p.kind IN ('sale', 'attach') GROUP BY p.seq"""
    for seq, text, *moved in execute(sums, ()).fetchall():
        record = loads(text)
        earned = {"points": 0, "credit": 0, "reward": 0}
        for contribution in record["earned"]:
            earned[contribution["unit"]] += contribution["yielded"]
        paid = record["paid"]
        said = [earned["points"], earned["credit"], earned["reward"], paid["points"], paid["credit_minor"]]
        if said != moved:
            yield Finding(code="sale_is_not_its_entries", detail=str(seq))


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


def _grouped(execute: Execute, sql: str) -> dict[int, tuple[Any, ...]]:
    rows = execute(sql, ()).fetchall()
    return {
        posting: tuple(tuple(row[1:]) for row in group)
        for posting, group in groupby(rows, key=lambda row: row[0])
    }


CHECKS: tuple[Check, ...] = (_file, _books, _benefits, _chain)
