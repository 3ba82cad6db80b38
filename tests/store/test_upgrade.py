"""A file of an older program is brought to this one's schema, with a copy kept beside it."""

import shutil
from pathlib import Path

import pytest

from loyalty_pos.app.commands import AttachMember, RecordSale
from loyalty_pos.store import opening
from tests.app.shop_in_hand import CREDIT, DRINKS, POINTS, SARA, ShopInHand


def test_a_file_of_the_first_schema_goes_on_with_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(next(opening.MIGRATIONS.glob("0001_*.py")), first)
    path = tmp_path / "shop.db"
    with monkeypatch.context() as older:
        older.setattr(opening, "MIGRATIONS", first)
        assert opening.head_version() == 1
        opening.open_database(path, create=True).close()
    shop = ShopInHand(path).fill(DRINKS, POINTS, CREDIT)
    shop.do(RecordSale(sale_id="one", amount_minor=1_000_000))
    shop.do(AttachMember(sale_id="one", member=SARA))
    assert shop.figures()["sales"] == 1
    shop.close()
    assert path.with_name(f"shop.db.before-{opening.head_version()}").exists()
