"""Drafts survive a restart; a broken file is no draft, never a crash."""

from pathlib import Path

import pytest

from loyalty_pos.app.unpublished import KeptDraft
from loyalty_pos.devices.shelf_file import ShelfFile
from loyalty_pos.domain.errors import Fault

DRAFT = KeptDraft(
    kind="points", name="امتیاز", params={"levels": [{"name": "A"}]}, when={}, revision=2, at_ms=5
)


def test_what_was_kept_is_read_again_and_shops_without_drafts_go(tmp_path: Path) -> None:
    path = tmp_path / "new" / "unpublished.json"
    ShelfFile(path).save({"shop": {"a": DRAFT, "": DRAFT}, "other": {}})
    assert ShelfFile(path).load() == {"shop": {"a": DRAFT, "": DRAFT}}


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", '{"shop": 1}', '{"shop": {"a": 1}}', '{"shop": {"a": {"kind": "x"}}}',
     '{"s": {"a": {"kind": 1, "name": "", "params": {}, "when": {}, "revision": 0, "at_ms": 0}}}'],
)  # fmt: skip
def test_what_is_broken_counts_as_no_draft(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "unpublished.json"
    path.write_text(broken)
    assert ShelfFile(path).load() == {}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault) as told:
        ShelfFile(tmp_path / "file" / "unpublished.json").save({})
    assert told.value.code == "settings_not_saved"
