"""What a business day came to, summed from its postings, entries and sales."""

from collections.abc import Callable, Sequence

from loyalty_pos.app.lifetime_views import DayFigures, DayUnitView
from loyalty_pos.store.compiled import Execute

_SALES = """
    SELECT count(*), ifnull(sum(s.net_minor), 0), count(b.member),
        ifnull(sum(iif(b.member, s.net_minor, 0)), 0), count(DISTINCT b.member),
        ifnull(sum((SELECT sum((l.value ->> 4) - (l.value ->> 5))
            FROM json_each(p.record, '$.lines') l)), 0)
    FROM posting p JOIN sale s ON s.posting = p.seq
    JOIN (SELECT s2.posting, ifnull(t.member, s2.member) AS member FROM sale s2
        LEFT JOIN attached t ON t.sale = s2.posting) b ON b.posting = s.posting
    WHERE p.business_day = ? AND p.kind = 'sale'"""
_POSTED = """
    SELECT ifnull(sum(kind = 'enrolment'), 0), ifnull(sum(kind IN ('void', 'refund')), 0),
        ifnull(sum(iif(kind IN ('void', 'refund'), record ->> '$.net_minor', 0)), 0)
    FROM posting WHERE business_day = ?"""
_MOVED = """
    SELECT a.unit, a.programme, iif(p.kind IN ('adjust', 'write_off', 'revive', 'courtesy', 'contract_end',
            'merge', 'merged', 'unmerge', 'unmerged'),
            '', iif(t.kind = 'expiry', 'expiry', e.kind)), e.amount > 0, sum(e.amount)
    FROM posting p JOIN entry e ON e.posting = p.seq JOIN account a ON a.id = e.account
    LEFT JOIN entry t ON t.id = e.reverses
    WHERE p.business_day = ? GROUP BY 1, 2, 3, 4"""
_CODES = """
    SELECT (SELECT count(*) FROM posting p JOIN code c ON c.posting = p.seq WHERE p.business_day = ?1),
        (SELECT count(*) FROM posting p JOIN code_use u ON u.sale = p.seq
            WHERE p.business_day = ?1 AND u.given_back IS NULL),
        (SELECT ifnull(sum(e.amount_minor), 0) FROM posting p JOIN gift_card_entry e ON e.posting = p.seq
            WHERE p.business_day = ?1 AND e.kind = 'accrual'),
        (SELECT ifnull(-sum(e.amount_minor), 0) FROM posting p JOIN gift_card_entry e ON e.posting = p.seq
            WHERE p.business_day = ?1 AND e.kind <> 'accrual')"""
_LAST_SALE = """
    SELECT p.at_ms FROM sale s JOIN posting p ON p.seq = s.posting ORDER BY s.number DESC LIMIT 1"""
_CAUSES = {
    ("accrual", 1): "earned",
    ("redemption", 0): "used",
    ("expiry", 0): "expired",
    ("expiry", 1): "expired",  # a claw-back took it back first
    ("reversal", 0): "taken_back",
    ("reversal", 1): "given_back",
    ("conversion", 0): "repaid",
}
# The keys of closings begin alike, so that the index of keys has them together, in the order of the days.
_CLOSED = """
    SELECT DISTINCT substr(key, 5, 10) AS day FROM posting
    WHERE key >= 'day:' AND key < ? AND kind = 'day' ORDER BY day DESC LIMIT ?"""


class DayStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def figures(self, day: str, unit_micro: Callable[[str], int]) -> DayFigures:
        """Sum up a business day; `unit_micro` says what counts as one stamp of a programme, 0: none are."""
        sales, net, of_members, members_net, members, discount = self._execute(_SALES, (day,)).fetchone()
        new, refunds, refunded = self._execute(_POSTED, (day,)).fetchone()
        issued, used, cards_issued, cards_spent = self._execute(_CODES, (day,)).fetchone()
        units: dict[str, dict[str, int]] = {"points": {}, "credit": {}, "reward": {}}
        stamps: dict[str, int] = {}
        for unit, programme, kind, up, amount in self._execute(_MOVED, (day,)).fetchall():
            if unit in units:
                cause = _CAUSES.get((kind, up), "adjusted")
                units[unit][cause] = units[unit].get(cause, 0) + amount
            elif unit == "progress" and kind == "accrual" and (micro := unit_micro(programme)):
                stamps[programme] = stamps.get(programme, 0) + amount // micro
        return DayFigures(
            sales=sales,
            net_minor=net,
            discount_minor=discount,
            member_sales=of_members,
            member_net_minor=members_net,
            members=members,
            new_members=new,
            refunds=refunds,
            refunded_minor=refunded,
            points=DayUnitView(**units["points"]),
            credit_minor=DayUnitView(**units["credit"]),
            rewards=DayUnitView(**units["reward"]),
            stamps=stamps,
            codes_issued=issued,
            codes_used=used,
            gift_cards_issued_minor=cards_issued,
            gift_cards_spent_minor=cards_spent,
        )

    def last_sale_ms(self) -> int | None:
        """Return when the last sale was recorded, None before the first one."""
        row = self._execute(_LAST_SALE, ()).fetchone()
        return None if row is None else int(row[0])

    def last_ms(self) -> int:
        """Return when anything was last recorded."""
        return int(self._execute("SELECT at_ms FROM posting ORDER BY seq DESC LIMIT 1", ()).fetchone()[0])

    def latest_day(self) -> str:
        """Return the latest business day on record, empty before the first posting."""
        return str(self._execute("SELECT max(business_day) FROM posting", ()).fetchone()[0] or "")

    def hash_of(self, posting: int) -> str:
        return bytes(self._execute("SELECT hash FROM posting WHERE seq = ?", (posting,)).fetchone()[0]).hex()

    def last_posting(self) -> int:
        return int(self._execute("SELECT max(seq) FROM posting", ()).fetchone()[0])

    def closed_before(self, day: str | None, limit: int) -> Sequence[str]:
        """Return the days that were closed, newest first, those before a day."""
        end = "day;" if day is None else f"day:{day}"
        return [row[0] for row in self._execute(_CLOSED, (end, limit))]
