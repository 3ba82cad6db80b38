"""An owner issues codes, prints, saves and voids them, with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import IssueCodes, PublishProgramme, RecordSale, Use
from loyalty_pos.app.queries import Codes, Identify
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.codes_desk import CodesDesk
from tests.ui.studio import codes_shop
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


class Owner:
    """At the desk of one programme's codes, in English."""

    def __init__(self, open_desk: OpenDesk, key: str = "spring", code: str = "en") -> None:
        self.desk = open_desk(code=code)
        self.batch: CodesView = codes_shop.add(self.desk.path)
        self.desk.go(self.desk.programmes)
        self.page = self.desk.programmes
        self.desk.rig.settle()
        self.page._choose(key)
        self.press("Ctrl+k")

    @property
    def codes(self) -> CodesDesk:
        return self.page.annex.codes

    def press(self, keys: str) -> None:
        self.desk.press(keys)

    def beside(self) -> bool:
        """Whether the codes stand in the place of the form."""
        return self.page.annex.on

    def chips(self) -> list[str]:
        return [each.accessibleName() for each in self.codes.issued.chips if each.isVisible()]

    def rows(self) -> list[str]:
        return [each._title.accessibleName() for each in self.codes.issued.rows]

    def shown(self) -> list[str]:
        assert self.codes.shown.isVisible() and self.codes.shown.codes is not None
        return [each.code for each in self.codes.shown.codes.codes]

    def state(self, text: str) -> str:
        service = open_shop(self.desk.path)
        try:
            found = service.ask(Identify(text=text))
            return str(found.code.state) if found.code is not None else ""
        finally:
            service.close()

    def count(self, key: str = "spring") -> int:
        service = open_shop(self.desk.path)
        try:
            return int(service.ask(Codes(programme=key)).counts.issued)
        finally:
            service.close()


@pytest.fixture
def owner(open_desk: OpenDesk) -> Owner:
    return Owner(open_desk)


def test_the_desk_says_how_the_codes_of_a_programme_stand(owner: Owner) -> None:
    assert owner.chips() == ["13 issued", "2 used", "1 out of use", "10 open"]
    assert owner.rows() == ["Voucher for سارا احمدی", codes_shop.WORD, "12 codes"]


def test_a_number_of_codes_is_issued_and_shown_once(owner: Owner) -> None:
    owner.codes.issue.editor("count").focus_first()
    owner.press("Back Back 3")
    owner.press("Ctrl+s")
    shown = owner.shown()
    assert len(shown) == 3 and all(owner.state(code) == "issued" for code in shown)
    assert owner.chips()[0] == "16 issued"
    assert QApplication.focusWidget() is owner.codes.shown.list
    assert owner.codes.shown._model.stringList() == shown


def test_codes_on_no_paper_and_in_no_file_are_asked_about_before_they_are_gone(owner: Owner) -> None:
    owner.press("Ctrl+s")
    owner.press("Esc")
    assert len(owner.shown()) == 10
    assert "Leave them all the same?" in owner.codes.shown.warning.accessibleName()
    owner.press("Esc")
    assert owner.codes.issue.isVisible() and owner.codes.shown.codes is None


def test_slips_are_printed_with_a_key_and_then_nothing_is_asked(owner: Owner) -> None:
    owner.press("Ctrl+s")
    owner.press("Ctrl+p")
    (printed,) = owner.desk.rig.tray.codes
    assert [each.code for each in printed.codes] == owner.shown()
    assert owner.codes.shown.told.accessibleName() == "The slips are printed"
    owner.press("Esc")
    assert owner.codes.issue.isVisible()


def test_slips_without_paper_are_told_and_still_count_as_on_no_paper(owner: Owner) -> None:
    owner.desk.rig.tray.empty = True
    owner.press("Ctrl+s")
    owner.press("Ctrl+p")
    assert "wait" in owner.codes.shown.told.accessibleName()
    owner.press("Esc")
    assert owner.codes.shown.isVisible()


def test_codes_are_saved_as_the_table_that_was_named(owner: Owner, tmp_path: Path) -> None:
    asked: list[str] = []
    names = {"mine": ".xlsx", "mine.csv": ".csv", "m.b": ".xlsx"}

    def name(stem: str) -> str:
        asked.append(stem)
        return str(tmp_path / list(names)[len(asked) - 1])

    owner.codes.ask_file = name
    for number, ending in enumerate(names.values(), 1):
        owner.press("Ctrl+s")
        owner.press("Ctrl+s")
        assert len(owner.desk.rig.tray.tables) == len(asked) == number
        codes, path = owner.desk.rig.tray.tables[-1]
        assert (asked[-1], path.suffix, len(codes.codes)) == ("codes-spring", ending, 10)
        assert owner.codes.shown.told.accessibleName().startswith("Saved: ")
        assert owner.count() == 13 + 10 * number
        owner.press("Esc")
        assert owner.codes.issue.isVisible()


def test_a_table_that_cannot_be_written_is_told_and_no_name_means_no_table(
    owner: Owner, tmp_path: Path
) -> None:
    owner.press("Ctrl+s")
    owner.codes.ask_file = lambda stem: ""
    owner.press("Ctrl+s")
    assert owner.codes.shown.told.isHidden()
    owner.codes.ask_file = lambda stem: str(tmp_path / "nowhere" / "x.csv")
    owner.press("Ctrl+s")
    assert "cannot be written" in owner.codes.shown.told.accessibleName()
    owner.press("Esc")
    assert owner.codes.shown.isVisible()


def test_a_public_word_is_issued_and_needs_no_slip(owner: Owner) -> None:
    owner.desk.tab_to(owner.codes.issue.how)
    owner.press("Right")
    assert owner.codes.issue.how.current() == "word"
    owner.desk.tab_to(owner.codes.issue.rows["text"])
    owner.press("yalda")
    owner.desk.tab_to(owner.codes.issue.rows["per_member"])
    owner.press("2")
    owner.press("Ctrl+s")
    assert owner.shown() == ["yalda"]
    assert owner.codes.shown.print.isHidden() and owner.codes.shown.warning.isHidden()
    owner.press("Esc")
    assert owner.rows()[0] == "yalda"
    assert "2 for each" in owner.codes.issued.rows[0]._line.accessibleName()


def test_a_member_is_found_by_typing_and_gets_a_voucher(owner: Owner) -> None:
    owner.codes.issue.how.segments()[2].click()
    owner.press("Ctrl+s")
    assert owner.codes.issue.answer.accessibleName() == "Choose the member first"
    owner.press("F2")
    owner.desk.rig.keys("6789")
    owner.desk.rig.settle()
    owner.press("Enter")
    assert owner.codes.issue.picker.search.text() == "حمید رضایی"
    owner.press("Ctrl+s")
    codes = owner.codes.shown.codes
    assert codes is not None and codes.member_name == "حمید رضایی" and len(codes.codes) == 1
    assert owner.codes.shown.title.accessibleName() == "Voucher for حمید رضایی"


def test_whom_a_changed_text_no_longer_names_gets_nothing(owner: Owner) -> None:
    owner.codes.issue.how.segments()[2].click()
    owner.press("F2 6789")
    owner.press("Enter")
    owner.press("x")
    owner.press("Ctrl+s")
    assert owner.count() == 13 and owner.codes.issue.isVisible()


def test_a_scanned_card_names_the_member_when_one_is_asked_for(owner: Owner) -> None:
    owner.codes.issue.how.segments()[2].click()
    owner.press("F2")
    owner.desk.rig.scan(codes_shop.HAMID)
    owner.desk.rig.settle()
    assert owner.codes.issue.picker.search.text() == "حمید رضایی"
    assert owner.desk.rig.window.stack.currentWidget() is owner.page


WRONG = (
    ("count", "0", "From 1 to 1,000 at a time."),
    ("count", "x", "A whole number goes here."),
    ("expires", "1399/01/01", "This day is over."),
    ("expires", "x", "A date goes here."),
)


def test_what_is_wrong_stands_under_its_field(owner: Owner, subtests: pytest.Subtests) -> None:
    for field, typed, said in WRONG:
        row = owner.codes.issue.rows[field]
        before = owner.codes.issue.editor(field).value()
        with subtests.test(field=field, typed=typed):
            owner.desk.tab_to(row)
            owner.press("Back Back")
            owner.press(typed)
            owner.press("Ctrl+s")
            assert row.error.accessibleName() == said
            assert owner.count() == 13
            owner.press("Back")
            assert row.error.isHidden()
        owner.codes.issue.editor(field).put(before)


def test_a_word_that_cannot_be_one_is_told_under_it(owner: Owner) -> None:
    owner.codes.issue.how.segments()[1].click()
    for word, said in (
        ("ab", "Three characters"),
        ("", "Fill this in."),
        (codes_shop.WORD, "is a code already"),
    ):
        owner.codes.issue.editor("text").put(word)
        owner.press("Ctrl+s")
        assert said in owner.codes.issue.rows["text"].error.accessibleName()


def test_a_scanned_code_is_looked_at_and_dies_only_after_the_question(owner: Owner) -> None:
    code = owner.batch.codes[5]
    owner.desk.rig.scan(code.barcode)
    owner.desk.rig.settle()
    assert owner.desk.rig.window.stack.currentWidget() is owner.page
    question = owner.codes.issued.question
    assert question.isVisible() and "Open: it may be used" in question.accessibleName()
    assert QApplication.focusWidget() is question.buttons["stay"]
    owner.press("Enter")
    assert owner.state(code.code) == "issued"
    owner.desk.rig.scan(code.barcode)
    owner.desk.rig.settle()
    question.buttons["void"].setFocus()
    owner.press("Enter")
    assert owner.state(code.code) == "void"
    assert owner.chips() == ["13 issued", "2 used", "2 out of use", "9 open"]


def test_a_code_that_is_no_use_says_why_and_offers_nothing(owner: Owner) -> None:
    used, void = owner.batch.codes[0].code, owner.batch.codes[2].code
    why = {used: "Used on", void: "out of use", "AAAAAA-BBBBBB-CCCCCC": "no code of this shop"}
    for text, said in why.items():
        owner.codes.issued.look_up.setFocus()
        owner.press(text)
        owner.press("Enter")
        assert said in owner.codes.issued.told.accessibleName()
        assert owner.codes.issued.question.isHidden()
        owner.press("Esc")
        assert owner.codes.issued.told.isHidden() and owner.codes.issued.look_up.text() == ""
        assert owner.beside()


def test_a_lost_sheet_is_taken_out_of_use_without_knowing_a_code(owner: Owner) -> None:
    row = owner.codes.issued.rows[-1]
    assert row.void.accessibleName().startswith("Take out of use: 12 codes")
    owner.desk.tab_to(row.void)
    owner.press("Enter")
    question = owner.codes.issued.question
    assert "9 open codes end." in question.accessibleName()
    owner.press("Esc")
    assert question.isHidden() and owner.state(owner.batch.codes[5].code) == "issued"
    row.void.click()
    owner.press("F9")
    owner.desk.rig.settle()
    assert {owner.state(each.code) for each in owner.batch.codes[2:]} == {"void"}
    assert owner.state(owner.batch.codes[0].code) == "used"
    assert row.void.isHidden() and owner.chips() == ["13 issued", "2 used", "10 out of use", "1 open"]


def test_esc_goes_back_to_the_form_and_another_programme_closes_the_desk(owner: Owner) -> None:
    owner.press("Esc")
    assert not owner.beside() and owner.page.editor.isVisible()
    owner.press("Ctrl+k")
    assert owner.beside()
    owner.page._choose("drinks")
    assert not owner.beside()
    owner.press("Ctrl+k")
    assert not owner.beside()


def test_a_programme_that_works_by_code_no_more_closes_its_desk(owner: Owner) -> None:
    service = open_shop(owner.desk.path)
    service.do(PublishProgramme(key="spring", kind="percent_off", name="Spring", params={"rate_bp": 100}))
    service.close()
    owner.page.refresh()
    owner.desk.rig.settle()
    assert not owner.beside()


def test_a_code_used_meanwhile_counts_when_the_page_is_seen_again(owner: Owner) -> None:
    owner.press("Ctrl+1")
    service = open_shop(owner.desk.path)
    use = Use(codes=(owner.batch.codes[7].code,))
    service.do(RecordSale(sale_id="now", member=codes_shop.HAMID, amount_minor=1_000_000, use=use))
    service.close()
    owner.press("Ctrl+3")
    owner.page.refresh()
    owner.desk.rig.settle()
    assert owner.chips()[1] == "3 used"


def test_more_than_a_page_of_issues_is_read_on(owner: Owner) -> None:
    service = open_shop(owner.desk.path)
    for number in range(50):
        service.do(IssueCodes(posting_id=f"many-{number}", programme="spring"))
    service.close()
    owner.page.refresh()
    owner.desk.rig.settle()
    assert len(owner.codes.issued.rows) == 50 and owner.codes.issued.more.isVisible()
    owner.desk.tab_to(owner.codes.issued.more)
    owner.press("Enter")
    assert len(owner.codes.issued.rows) == 53 and owner.codes.issued.more.isHidden()


def test_the_desk_speaks_another_language_at_once_and_keeps_what_is_written(owner: Owner) -> None:
    owner.desk.tab_to(owner.codes.issue.rows["count"])
    owner.press("Back Back 7")
    owner.desk.rig.program.choose("language")
    owner.desk.rig.settle()
    assert owner.codes.issue.title.accessibleName() == "صدور کد"
    assert owner.codes.issue.editor("count").value() == 7
    assert owner.chips()[0] == "۱۳ صادرشده"
