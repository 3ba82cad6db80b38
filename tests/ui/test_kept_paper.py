"""A paper in doubt asks once, in plain words, and both answers go where they belong."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.papersink import PaperJob
from loyalty_pos.ui.pages.kept_paper import KeptPaper
from tests.languages import language

WAITING = PaperJob(job="1", name="receipt-1", state="waiting")
DOUBT = PaperJob(job="2", name="receipt-1894", state="maybe_printed")
COPY = PaperJob(job="3", name="receipt-1894-copy", state="maybe_printed")
VOUCHER = PaperJob(job="4", name="voucher-7", state="maybe_printed")
BROKEN = PaperJob(job="5", name="receipt-3", state="unprintable")


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[KeptPaper]:
    home = QWidget()
    yield KeptPaper(home)
    home.deleteLater()


def test_what_only_waits_is_not_asked_about(asked: KeptPaper) -> None:
    asked.show_jobs([WAITING], language("fa"))
    assert asked.isHidden()
    asked.show_jobs([WAITING, DOUBT, VOUCHER], language("fa"))
    assert not asked.isHidden()
    asked.show_jobs([], language("fa"))
    assert asked.isHidden()


@pytest.mark.parametrize(
    ("job", "code", "said"),
    [
        (DOUBT, "fa", "رسید ۱۸۹۴ شاید چاپ شده باشد"),
        (DOUBT, "en", "Receipt 1894 may be printed already"),
        (COPY, "fa", "المثنای رسید ۱۸۹۴ شاید"),
        (VOUCHER, "en", "A voucher may be printed already"),
        (BROKEN, "en", "Receipt 3 cannot be printed"),
    ],
)
def test_the_question_names_the_paper(asked: KeptPaper, job: PaperJob, code: LanguageCode, said: str) -> None:
    asked.show_jobs([job], language(code))
    assert said in asked.accessibleName()


def test_both_answers_carry_the_job(asked: KeptPaper, qtbot: QtBot) -> None:
    again: list[PaperJob] = []
    done: list[PaperJob] = []
    asked.again_asked.connect(again.append)
    asked.done_with.connect(done.append)
    asked.show_jobs([DOUBT, VOUCHER], language("fa"))
    asked.buttons["again"].click()
    asked.buttons["done"].click()
    assert (again, done) == ([DOUBT], [DOUBT])
