"""Beside the form: the draft tried live, whom it meets, what it was before, and the way back."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands import PublishProgramme, PutProduct, RecordSale
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


def opened(open_desk: OpenDesk, key: str, code: str = "en") -> tuple[Desk, ProgrammesPage]:
    desk = open_desk(code=code)
    desk.go(desk.programmes)
    desk.programmes._choose(key)
    desk.rig.settle()
    return desk, desk.programmes


def rows(page: ProgrammesPage) -> dict[str, str]:
    """The lines of the live test that are seen."""
    shown = [(name, value) for name, value in page.editor.side.trial._rows if name.isVisible()]
    return {bidi.strip(name.said()): bidi.strip(value.said()) for name, value in shown}


def overlaps(page: ProgrammesPage) -> list[str]:
    return [one.accessibleName() for one in page.editor.side.overlaps.banners if not one.isHidden()]


def test_the_live_test_and_the_overlaps_follow_every_key(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk, "member5")
    trial = page.editor.side.trial
    assert rows(page)["This programme"] == "−5,000 T" and rows(page)["To pay"] == "95,000 T"
    assert "5%" in trial.why.said()
    assert any("Earns" in said or "earns" in said for said in overlaps(page))
    desk.tab_to(page.editor.params.rows["rate_bp"])
    desk.press("Back")
    assert rows(page) == {} and "comes with the numbers" in trial.why.said() and overlaps(page) == []
    desk.press("2")
    desk.press("0")
    assert rows(page)["This programme"] == "−20,000 T"
    trial.amount.line.setFocus()
    trial.amount.line.selectAll()
    desk.press("50")
    assert rows(page)["Purchase"] == "50 T"
    assert [each.revision for each in desk.kept()] == [1] * 5, "nothing is published by trying"


def test_a_card_is_tried_one_before_the_step_that_matters(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk, "drinks")
    trial = page.editor.side.trial
    assert trial.have is not None and trial.count is not None and trial._stamps is not None
    assert trial.have.value() == 4 and trial._stamps.isVisible() and trial._stamps.full()
    assert rows(page)["Free items for later"] == "1"
    trial.have.step(1)
    desk.rig.settle()
    assert trial.have.value() == 5 and rows(page)["This programme"].startswith("−")
    page._choose("points")
    desk.rig.settle()
    assert trial._stamps.isHidden() and rows(page)["Points"]
    assert trial.have.isHidden() and trial.have.value() == 0, "money left over is no count"


def test_a_draft_is_tried_on_a_real_member_and_on_the_sample_again(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk, "drinks")
    whom, trial = page.editor.side.trial.whom, page.editor.side.trial
    desk.press("F2")
    assert whom.picker is not None and whom.picker.isVisible()
    desk.rig.scan("4410339306")
    desk.rig.settle()
    assert "لیلا" in whom.chip.text() and whom.member is not None
    assert trial.have is not None and trial.have.isHidden(), "what she has is what she has"
    assert trial._stamps is not None and trial._stamps.isVisible() and rows(page)["Purchase"]
    desk.press("F2")
    desk.press("Esc")
    assert desk.programmes.back.isVisible(), "Esc ends the search, not the form"
    whom.chip.setFocus()
    desk.press("Enter")
    assert page.editor.side.trial.whom.member is None and trial.have.isVisible()
    assert [each.revision for each in desk.kept()] == [1] * 5, "nothing is published by trying"


def test_the_sample_buys_the_goods_a_draft_names(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    service = open_shop(desk.path)
    for sku, group in (("tea", None), ("latte", "drinks")):
        service.do(PutProduct(sku=sku, name=sku, price_minor=500_000, group=group))
    card = {"needed": 5, "mode": "every_nth", "groups": ["drinks"]}
    service.do(PublishProgramme(key="d", kind="stamp_card", name="D", params=card))
    service.close()
    desk.go(desk.programmes)
    page = desk.programmes
    page._choose("d")
    desk.rig.settle()
    trial = page.editor.side.trial
    assert trial.goods.currentText() == "latte" and trial.amount.isHidden()
    assert rows(page)["To pay"] == "0 T"
    trial.goods.setCurrentIndex(0)
    trial.goods.activated.emit(0)
    desk.rig.settle()
    assert trial.amount.isVisible() and rows(page)["Purchase"] == "100,000 T"


def test_publishing_is_undone_by_the_toast_and_the_history_says_what_happened(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk, "member5")
    desk.tab_to(page.editor.params.rows["rate_bp"])
    desk.press("Up")
    desk.press("Ctrl+s")
    assert page.undoing.toast.accessibleName() == "Published as version 2"
    desk.press("Ctrl+z")
    kept = {each.key: each for each in desk.kept()}
    assert (kept["member5"].revision, kept["member5"].params["rate_bp"]) == (3, 500)
    assert page.editor.original is not None and page.editor.original.revision == 3
    desk.press("Ctrl+h")
    history = page.annex.history
    assert history.isVisible() and not page.editor.isVisible()
    assert [bidi.strip(card.number.said()) for card in history.cards] == [
        "version 3",
        "version 2",
        "version 1",
    ]
    assert bidi.strip(history.cards[0].changes.said()) == "Percent off: 6% → 5%"
    assert history.cards[2].changes.isHidden() and "Its history" in page._line.said()
    desk.press("Down")
    desk.press("Home")
    desk.press("Esc")
    assert page.editor.isVisible()


def test_pausing_is_undone_and_a_first_version_rests_when_it_is_taken_back(open_desk: OpenDesk) -> None:
    desk, _ = opened(open_desk, "back")
    desk.press("Ctrl+r")
    assert not {each.key: each for each in desk.kept()}["back"].live
    desk.press("Ctrl+z")
    assert {each.key: each for each in desk.kept()}["back"].live
    desk.press("Ctrl+n")
    desk.press("Alt+6")
    desk.rig.settle()
    desk.press("Ctrl+s")
    desk.press("Ctrl+z")
    (made,) = [each for each in desk.kept() if each.kind == "percent_off" and each.key != "member5"]
    assert not made.live and made.revision == 1


def test_a_programme_near_its_limit_is_marked_when_that_is_wanted(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    service = open_shop(desk.path)
    limits: dict[str, object] = {"limits": {"total": 5}, "audience": {"non_members": True}}
    service.do(PublishProgramme(key="o", kind="percent_off", name="O", params={"rate_bp": 500}, when=limits))
    for number in range(4):
        service.do(RecordSale(sale_id=f"s{number}", amount_minor=1_000_000))
    service.close()
    desk.go(desk.programmes)
    (item,) = desk.programmes.list.items
    assert item._state.accessibleName() == "Nearly used up"
    desk.rig.program.decide(replace(desk.rig.program.settings, budget_warning=False))
    desk.rig.settle()
    assert item._state.accessibleName() == "On"


def test_f1_opens_the_guides_page_about_this_one_and_then_the_keys(open_desk: OpenDesk) -> None:
    desk, _ = opened(open_desk, "drinks")
    desk.press("F1")
    panel = desk.rig.window.help
    assert panel.isVisible() and panel.accessibleName() == "Guide"
    assert "Stamp card" in panel.guide.toPlainText()
    desk.press("F1")
    assert panel.accessibleName() == "Keys" and panel.guide.isHidden()
    desk.press("F1")
    assert panel.isHidden()
    desk.press("Ctrl+1")
    desk.press("F1")
    assert panel.accessibleName() == "Keys", "the counter has the keys at once"
