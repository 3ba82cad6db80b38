"""B1 to B4: a sale beside the same rows committed by hand.

Both sides write for the same buyers in the same order, each in a copy of the same file. The hand works
nothing out: it knows every value beforehand and leaves the seal of the chain empty of meaning. Rounds
are long enough that the first sale after a rest, slower on either side, is less than one in a hundred.
"""

from dataclasses import replace

from loyalty_pos.app.month_port import Bought
from loyalty_pos.app.ports import NewSale, Posting
from loyalty_pos.app.service import Service
from loyalty_pos.domain.ledger import Movement, NewLot
from loyalty_pos.store.store import SqliteStore
from tests.bench.by_hand import Hand, SaleRows
from tests.bench.rounds import Pair
from tests.bench.shop import BUYERS, FEW_LOTS, MANY_LOTS, PATTERNS, buyer, sale


def pairs(service: Service, commits: SqliteStore, plain: Hand, members: int) -> list[Pair]:
    """B1, B2: what a sale writes, and a whole sale; and whether a regular's many lots slow it."""
    bought = [plain.rows_of(f"first-{number}") for number in range(BUYERS)]
    few, many = (plain.rows_of(pattern) for pattern in PATTERNS)

    def tidy() -> None:
        service.idle()
        commits.checkpoint()
        plain.checkpoint()

    return [
        Pair(
            f"B1 commit of a sale's {bought[0].count} rows",
            Commits(commits, bought),
            lambda call: plain.commit_like(bought[call * 7 % BUYERS]),
            200,
            1.3,
            tidy,
        ),
        Pair(
            "B2 whole sale: look-up, quote, commit",
            lambda call: service.do(sale(f"b2-{call}", buyer(call * 7, members))),
            lambda call: plain.commit_like(bought[call * 7 % BUYERS]),
            200,
            2.0,
            tidy,
        ),
        Pair(
            "B4 whole sale of a member with 100 lots",
            lambda call: service.do(sale(f"few-{call}", FEW_LOTS)),
            lambda call: plain.commit_like(few),
            100,
            None,
            tidy,
        ),
        Pair(
            "B4 whole sale of a member with 2,000 lots",
            lambda call: service.do(sale(f"many-{call}", MANY_LOTS)),
            lambda call: plain.commit_like(many),
            100,
            None,
            tidy,
        ),
    ]


class Commits:
    """Our own commit of sales that are already priced: the rows of one earlier sale of each buyer."""

    def __init__(self, store: SqliteStore, bought: list[SaleRows]) -> None:
        self._store = store
        self._sales = [(_posting(rows), _sale(rows), rows.day[3:], *_months(rows)) for rows in bought]

    def __call__(self, call: int) -> None:
        store, key = self._store, f"b1-{call}"
        posting, new, counted, months, cells = self._sales[call * 7 % BUYERS]
        with store.transaction():
            number = store.sales.next_number()
            seq = store.ledger.append(replace(posting, key=key))
            store.sales.add(replace(new, sale_id=key, number=number), seq)
            member, day = new.member or 0, new.business_day
            store.members.move_state(member, 1, new.net_minor, day, new.at_ms)
            store.standings.move(member, day, 1, *counted)
            store.months.write(months)
            store.months.add(cells)


def _posting(rows: SaleRows) -> Posting:
    posting = rows.posting
    opens = {lot[0]: (-number, NewLot(*lot[5:])) for number, lot in enumerate(rows.lots, 1)}
    return Posting(
        key="",
        request_hash=posting[2],
        kind="sale",
        member=posting[4],
        actor=posting[5],
        till=posting[6],
        at_ms=posting[8],
        business_day=posting[9],
        record=posting[10],
        movements=tuple(
            Movement(rows.accounts[account], amount, kind, *opens.get(lot, (None, None)))
            for _, _, account, lot, amount, kind, _ in rows.entries
        ),
    )


def _sale(rows: SaleRows) -> NewSale:
    _, _, _, member, receipt_no, till, day, net = rows.sale
    return NewSale("", 0, member, receipt_no, till, day, net, rows.posting[8])


def _months(rows: SaleRows) -> tuple[list[tuple[int, str, Bought]], dict[tuple[str, str, str], list[int]]]:
    """Return the member's months of a sale, and what is added to what those months come to."""
    months = [(member, ends_on, Bought(*bought)) for member, ends_on, *bought in rows.months]
    return months, {(ends_on, kind, name): sums for ends_on, kind, name, *sums in rows.cells}
