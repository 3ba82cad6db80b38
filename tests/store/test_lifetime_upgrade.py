"""A file from before reviews goes on: points that count are summed up, and nobody falls unwarned."""

from pathlib import Path

from loyalty_pos.store import opening
from tests.shop import Shop, T, raw


def test_an_older_file_counts_its_points_and_begins_its_reviews_at_its_last_day(tmp_path: Path) -> None:
    new = Shop(tmp_path / "shop.db", calendar="gregorian")
    new.clock.at("2026-01-15T12:00")
    new.enrol()
    new.publish("points", "points", step_minor=T)
    new.publish("club", "tiers", levels=[{"key": "a", "from": 0}, {"key": "b", "from": 50}], metric="points")
    new.refund(new.sell(100 * T), 30 * T)
    new.sell(10 * T)
    new.void(new.sell(40 * T))
    new.clock.at("2026-04-15T12:00")
    new.sell(5 * T)
    new.proved()
    new.close()
    file = raw(new.path, unguarded=True)
    counted = list(file.execute("SELECT member, day, points FROM member_day"))
    file.execute("ALTER TABLE member_day DROP COLUMN points")
    for table in ("tier_shield", "tier_warning", "reviewed"):
        file.execute(f"DROP TABLE {table}")
    for index in ("entry_expiry", "entry_reverses", "posting_day"):
        file.execute(f"DROP INDEX {index}")
    script = next(opening.MIGRATIONS.glob("0011_*.py"))
    scope: dict[str, object] = {}
    exec(compile(script.read_text("utf-8"), str(script), "exec"), scope)
    for statement in scope["TABLES"]:  # type: ignore[attr-defined]
        file.execute(statement)
    assert list(file.execute("SELECT member, day, points FROM member_day")) == counted
    assert list(file.execute("SELECT day FROM reviewed")) == [("2026-04-15",)]
    file.close()
