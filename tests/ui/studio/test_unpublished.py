"""What an owner wrote waits: through other programmes, other pages, the list, and the next start."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from loyalty_pos.app.unpublished import KeptDraft
from loyalty_pos.devices.shelf_file import ShelfFile
from loyalty_pos.ui.pages.programme_drafts import Drafts
from tests.ui.hands import name_of
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


def needed(desk: Desk) -> QLineEdit:
    return desk.programmes.editor.params.rows["needed"].findChildren(QLineEdit)[0]


def write(desk: Desk, text: str) -> None:
    needed(desk).setFocus()
    needed(desk).selectAll()
    desk.press(text)


def choose(desk: Desk, key: str) -> None:
    desk.programmes._choose(key)
    desk.rig.settle()


def opened(open_desk: OpenDesk) -> Desk:
    desk = open_desk(code="en")
    desk.go(desk.programmes)
    choose(desk, "drinks")
    return desk


def test_a_draft_waits_while_another_programme_is_looked_at(open_desk: OpenDesk) -> None:
    desk = opened(open_desk)
    page = desk.programmes
    write(desk, "9")
    assert "draft" in page.list.items[0]._kind.said()
    assert name_of(page.list.items[0]).endswith(", draft")
    choose(desk, "points")
    assert page.list.items[0]._kind.said().endswith("draft")
    choose(desk, "drinks")
    assert needed(desk).text() == "9" and page.publish.isEnabled()
    assert "Your draft of" in page.editor.side.told.accessibleName()
    assert desk.kept()[0].params["needed"] != 9, "a draft is not published"


def test_publishing_ends_a_draft_and_so_does_writing_back_what_was(open_desk: OpenDesk) -> None:
    desk = opened(open_desk)
    keeping = desk.programmes.keeping
    before = needed(desk).text()
    write(desk, "9")
    assert list(keeping.keys) == ["drinks"]
    write(desk, before)
    assert list(keeping.keys) == []
    write(desk, "9")
    desk.press("Ctrl+s")
    assert list(keeping.keys) == [] and desk.kept()[0].revision == 2
    assert "draft" not in desk.programmes.list.items[0]._kind.said()


def test_dropping_the_changes_can_be_undone(open_desk: OpenDesk) -> None:
    desk = opened(open_desk)
    page = desk.programmes
    before = needed(desk).text()
    assert not page.throw.isVisible()
    write(desk, "9")
    desk.tab_to(page.throw)
    desk.press("Enter")
    assert needed(desk).text() == before and not page.editor.dirty and list(page.keeping.keys) == []
    desk.press("Ctrl+z")
    assert needed(desk).text() == "9" and list(page.keeping.keys) == ["drinks"]


def test_a_field_takes_back_its_own_typing_before_any_button_drops_the_draft(open_desk: OpenDesk) -> None:
    desk = opened(open_desk)
    page = desk.programmes
    before = needed(desk).text()
    write(desk, "9")
    assert page.throw.isVisible() and page.throw.keycap == "Ctrl Z"
    desk.press("Ctrl+z")
    assert needed(desk).text() == before and not page.editor.side.told.isVisible()


def test_a_new_programme_waits_under_its_own_button_with_its_kind(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    page = desk.programmes
    desk.go(page)
    desk.press("Ctrl+n")
    assert page.editor.kinds is not None
    page.editor.kinds.put("points")
    page.editor.kinds.edited.emit()
    page.editor.name.setFocus()
    desk.press("Mine")
    choose(desk, "drinks")
    assert page.list.new.text() == "Draft"
    desk.press("Ctrl+n")
    assert (page.editor.name.text(), page.editor.kind) == ("Mine", "points")
    page.throw.click()
    desk.rig.settle()
    assert page.list.new.text() == "New" and page.editor.name.text() == ""


def test_a_draft_older_than_what_runs_says_so(open_desk: OpenDesk) -> None:
    desk = opened(open_desk)
    page = desk.programmes
    shop = desk.rig.program.shop
    assert shop is not None
    draft = KeptDraft(kind="stamp_card", name="Old", params={"needed": 7}, when={}, revision=5)
    page.keeping.drafts.put(shop.shop, "drinks", draft)
    choose(desk, "drinks")
    assert page.editor.side.told.accessibleName().startswith("Your draft is older")
    assert page.editor.name.text() == "Old"


def test_drafts_are_on_disk_when_the_program_closes(tmp_path: Path, qapp: object) -> None:
    store = ShelfFile(tmp_path / "unpublished.json")
    drafts = Drafts(store)
    draft = KeptDraft(kind="points", name="P", params={"step_minor": 10}, when={})
    drafts.put("shop", "p", draft)
    drafts.write()
    assert Drafts(store).get("shop", "p") == draft
    drafts.drop("shop", "p")
    drafts.write()
    assert store.load() == {}
