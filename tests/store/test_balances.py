"""A sale reads balances as sums; they must be what the lots themselves add up to."""

from pathlib import Path
from random import Random

import pytest

from loyalty_pos import bootstrap
from loyalty_pos.app.commands import CreateShop, EnrolMember, ImportSale, PublishProgramme, RecordSale, Use
from loyalty_pos.app.service import Service
from loyalty_pos.domain.ledger import CREDIT, POINTS, Book, spending_order, usable
from loyalty_pos.store.store import SqliteStore

DAY_MS = 86_400_000
NOW_MS = 1_795_000_000_000
TODAY, LONG_AGO, LATER = "2026-11-18", "2026-09-01", "2027-06-01"
PHONE = "+989121234567"


class Clock:
    def now_ms(self) -> int:
        return NOW_MS


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    """A shop whose points live for twenty days, and a member who bought on most days of two months."""
    path, random = tmp_path / "shop", Random(7)
    service = bootstrap.open_shop(path, Clock())
    service.do(CreateShop(name="Shop"))
    publish(service, "points", {"step_minor": 1_000}, {"expiry": {"days": 20}})
    publish(service, "spend_credit", {"rate_bp": 500})
    publish(service, "stamp_card", {"needed": 4, "count": "sales"})
    service.do(EnrolMember(phone=PHONE))
    for number in range(60):
        at_ms = NOW_MS - random.randrange(-10, 60) * DAY_MS
        sale = ImportSale(
            sale_id=f"s{number}", member=PHONE, amount_minor=random.randrange(99_999), at_ms=at_ms
        )
        service.do(sale)
    service.do(RecordSale(sale_id="spent", member=PHONE, amount_minor=9_999, use=Use(credit_minor="all")))
    service.close()
    return path


def publish(
    service: Service, kind: str, params: dict[str, object], when: dict[str, object] | None = None
) -> None:
    service.do(PublishProgramme(key=kind, kind=kind, name=kind, params=params, when=when or {}))


@pytest.mark.parametrize("day", [LONG_AGO, TODAY, LATER])
@pytest.mark.parametrize("days_on", [-30, -3, 0, 30])
def test_piles_hold_what_their_lots_hold_at_every_moment(shop_file: Path, day: str, days_on: int) -> None:
    store, at_ms = SqliteStore(shop_file), NOW_MS + days_on * DAY_MS
    whole = Book(store.ledger.holdings(1), at_ms, day)
    summed = Book(store.ledger.balances(1, at_ms, day), at_ms, day)
    accounts = list(whole.accounts())
    assert list(summed.accounts()) == accounts
    assert len(whole.lots(CREDIT)) > 5
    for account in accounts:
        assert summed.balance(account) == whole.balance(account)
        assert summed.pending(account) == whole.pending(account)
        assert summed.plain(account) == whole.plain(account)
    for account in accounts:
        assert summed.lots(account) == whole.lots(account)
        assert summed.balance(account) == whole.balance(account), "reading the lots must not count them twice"
    store.close()


def test_the_fixture_really_has_expired_pending_and_usable_points(shop_file: Path) -> None:
    store = SqliteStore(shop_file)
    book = Book(store.ledger.holdings(1), NOW_MS, TODAY)
    every = [lot for lot in store.ledger.holdings(1).lots if lot.account == POINTS]
    assert 0 < len(usable(book, POINTS)) < len(book.lots(POINTS)) < len(every)
    assert sorted(book.lots(POINTS), key=spending_order) == book.lots(POINTS)
    store.close()
