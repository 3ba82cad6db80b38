"""The audit finds what was done to lots, levels, warnings, reviews and closed days behind the books."""

import shutil
from pathlib import Path

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.store.store import SqliteStore
from tests.shop import Shop, T, raw


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop's file in which time has done everything once."""
    path = tmp_path_factory.mktemp("books") / "shop.db"
    shop = Shop(path, calendar="gregorian")
    shop.clock.at("2026-01-15T12:00")
    for card in "AB":
        shop.enrol(card)
    ends = {"expiry": {"days": 3}}
    shop.publish("points", "points", ends, step_minor=T, point_value_minor=T)
    levels = [{"key": "new", "from": 0}, {"key": "known", "from": 100 * T}]
    shop.publish("club", "tiers", levels=levels, window_months=1)
    shop.sell(100 * T)
    spent = shop.sell(50 * T, points=50)
    (lot,) = shop.member().lots
    shop.service.do(cl.SetTier(posting_id="t", member="B", tier="known", until="2026-12-01", reason="x"))
    shop.clock.on(days=4)
    shop.service.do(cl.CloseDay())
    shop.void(spent)
    shop.service.do(cl.GrantCourtesy(sale_id=spent.sale_id or "", reason="x"))
    shop.service.do(cl.Revive(posting_id="r", member="A", lot=lot.lot, reason="x"))
    shop.clock.at("2026-03-02T12:00")
    shop.service.do(cl.CloseDay(accept_clock=True))
    shop.proved()
    shop.service.idle()
    shop.close()
    return path


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE lot SET expires_on = '2027-01-01' WHERE expires_on < '2026-01-20'",
            "expired_before_its_day",
        ),
        ("DELETE FROM entry WHERE kind = 'expiry'", "expiry_differs_from_its_posting"),
        ("UPDATE entry SET amount = -1 WHERE kind = 'expiry'", "more_taken_out_of_an_expiry_than_it_was"),
        ("DELETE FROM entry WHERE kind = 'transfer'", "renewed_lot_differs_from_its_posting"),
        (
            "UPDATE lot SET amount = 9 WHERE posting = (SELECT seq FROM posting WHERE kind = 'courtesy')",
            "courtesy_differs_from_its_refund",
        ),
        ("UPDATE tier_shield SET until_day = '2028-01-01'", "level_by_hand_differs_from_its_posting"),
        ("DELETE FROM tier_shield", "level_by_hand_differs_from_its_posting"),
        ("UPDATE tier_warning SET times = 2", "warning_differs_from_its_review"),
        ("DELETE FROM tier_warning", "warning_differs_from_its_review"),
        ("UPDATE reviewed SET day = '2026-02-01'", "reviewed_differs_from_its_posting"),
        ("DELETE FROM reviewed", "reviewed_differs_from_its_posting"),
        ("UPDATE member_day SET points = points + 1", "points_of_days_differ_from_sales"),
        ("UPDATE posting SET key = key || 'x' WHERE kind = 'day'", "closed_day_is_not_as_told"),
        ("DELETE FROM tier_event", "level_without_event"),
    ],
)
def test_an_edit_of_what_time_did_is_named(books: Path, tmp_path: Path, statement: str, code: str) -> None:
    path = tmp_path / "shop.db"
    for suffix in ("", ".key"):
        shutil.copy(f"{books}{suffix}", f"{path}{suffix}")
    connection = raw(path, unguarded=True)
    connection.execute(statement)
    connection.close()
    store = SqliteStore(path)
    try:
        assert code in {finding.code for finding in store.audit().findings}
    finally:
        store.close()
