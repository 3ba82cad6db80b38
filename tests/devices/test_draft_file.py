"""A draft survives the process that wrote it, and whatever cannot be read is no draft."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from loyalty_pos.app.drafts import Draft
from loyalty_pos.devices.draft_file import DraftFile
from loyalty_pos.domain.errors import Fault

FULL = Draft(
    shop="s1", at_ms=1_795_280_000_000, sale_id="a-b", member="m1", mode="items", amount_minor=10,
    lines=(("latte", 2), ("cake", 1)), counts={"drinks": 2}, declined=("member5",), credit_on=True,
    credit_part_minor=500, points=10, free_skus={"drinks": "cake"}, vouchers=1, due_minor=4_690_000,
)  # fmt: skip


@pytest.mark.parametrize("draft", [FULL, Draft(shop="s1", at_ms=1, amount_minor=5)])
def test_what_was_saved_is_read_again(tmp_path: Path, draft: Draft) -> None:
    DraftFile(tmp_path / "shop.db").save(draft)
    assert DraftFile(tmp_path / "shop.db").load() == draft


def test_a_draft_lies_beside_its_shop_and_goes_when_cleared(tmp_path: Path) -> None:
    kept = DraftFile(tmp_path / "shop.db")
    kept.save(FULL)
    assert [path.name for path in tmp_path.iterdir()] == ["shop.db.draft"]
    kept.clear()
    kept.clear()
    assert kept.load() is None and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"amount_minor": "5"},
        {"lines": [["latte"]]},
        {"lines": [["latte", True]]},
        {"counts": None},
        {"points": "all"},
        {"member": 4},
    ],
)
def test_a_draft_of_another_shape_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    (tmp_path / "shop.db.draft").write_text(json.dumps({"version": 1, **asdict(FULL), **change}), "utf-8")
    assert DraftFile(tmp_path / "shop.db").load() is None


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": 1}'])
def test_a_broken_file_is_none(tmp_path: Path, broken: str) -> None:
    (tmp_path / "shop.db.draft").write_text(broken, "utf-8")
    assert DraftFile(tmp_path / "shop.db").load() is None


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    kept = DraftFile(tmp_path / "file" / "shop.db")
    with pytest.raises(Fault):
        kept.save(FULL)
    with pytest.raises(Fault):
        kept.clear()
