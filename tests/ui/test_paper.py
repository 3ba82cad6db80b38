"""The window's paper: copies are marked, what is kept is told, and the printer's return is noticed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from loyalty_pos.app.gift_card_views import GiftCardsView, IssuedGiftCard
from loyalty_pos.app.papersink import PaperSink
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.views import SaleView, TakenBackView, VoucherView
from loyalty_pos.devices.spool import Spool
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.paper import Paper, Printing

SALE = SaleView(sale_id="s1", number=1, gross_minor=10, discount_minor=0, due_minor=10)
OTHER = replace(SALE, sale_id="s2", number=2)


class Office:
    """A printing office over a real queue: it notes which posting a copy was recorded under."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.came: list[str] = []
        self.postings: list[tuple[str, str]] = []
        self.trouble: Fault | None = None

    def put(self, name: str, pdf: bytes) -> str:
        if self.trouble:
            raise self.trouble
        self.came.append(name)
        return "tray"

    def printing(self) -> Printing:
        sink: PaperSink = self
        queue = Spool(self.folder, lambda: sink)

        def reprint(sale_id: str, posting_id: str) -> str:
            self.postings.append((sale_id, posting_id))
            return queue.put(f"receipt-{sale_id}-copy", b"pdf")

        return Printing(
            lambda sale_id: queue.put(f"receipt-{sale_id}", b"pdf"),
            lambda voucher: queue.put("voucher", b"pdf"),
            reprint_sale=reprint,
            print_card=lambda member: self.put(f"card-{member}", b"pdf"),
            print_gift_cards=lambda cards: queue.put("gift cards", b"pdf"),
            queue=queue,
        )


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "queue")


@pytest.fixture
def open_paper(qtbot: QtBot, office: Office) -> Iterator[Callable[[], Paper]]:
    opened: list[Paper] = []
    home = QObject()

    def open_() -> Paper:
        opened.append(Paper(office.printing(), home))
        return opened[-1]

    yield open_
    for paper in opened:
        paper.close()


@pytest.fixture
def paper(open_paper: Callable[[], Paper]) -> Paper:
    return open_paper()


def settle(qtbot: QtBot, paper: Paper) -> None:
    qtbot.waitUntil(lambda: paper.idle)


def out_of_paper() -> Fault:
    return Fault("printer_failed", problem="out_of_paper")


def test_the_first_receipt_is_no_copy_and_every_later_one_is(
    paper: Paper, office: Office, qtbot: QtBot
) -> None:
    paper.sale(SALE)
    settle(qtbot, paper)
    for _ in range(2):
        paper.again()
        settle(qtbot, paper)
    assert office.came == ["receipt-s1", "receipt-s1-copy", "receipt-s1-copy"]
    assert len(set(office.postings)) == 2
    assert paper.last == "printed"


def test_a_receipt_that_never_came_is_printed_again_without_the_mark(
    paper: Paper, office: Office, qtbot: QtBot
) -> None:
    office.trouble = out_of_paper()
    paper.sale(SALE)
    settle(qtbot, paper)
    assert paper.last == "failed"
    assert [(job.name, job.state) for job in paper.kept] == [("receipt-s1", "waiting")]
    office.trouble = None
    paper.again()
    settle(qtbot, paper)
    assert office.came == ["receipt-s1"]
    assert office.postings == []
    assert paper.kept == ()


def test_a_copy_that_is_tried_again_is_recorded_under_the_same_key(
    paper: Paper, office: Office, qtbot: QtBot
) -> None:
    paper.sale(SALE)
    settle(qtbot, paper)
    office.trouble = out_of_paper()
    for _ in range(2):
        paper.again()
        settle(qtbot, paper)
    office.trouble = None
    paper.again()
    settle(qtbot, paper)
    assert office.came == ["receipt-s1", "receipt-s1-copy"]
    assert len(office.postings) == 3
    assert len(set(office.postings)) == 1


def test_copies_of_two_sales_never_share_a_key(paper: Paper, office: Office, qtbot: QtBot) -> None:
    office.trouble = out_of_paper()
    for sale in (SALE, OTHER):
        paper.copy(sale)
        settle(qtbot, paper)
    assert len({key for _, key in office.postings}) == 2


def test_the_printers_return_is_noticed_and_told(paper: Paper, office: Office, qtbot: QtBot) -> None:
    told: list[str] = []
    paper.failed = lambda problem, sale: told.append("failed")
    paper.recovered = lambda: told.append("recovered")
    office.trouble = out_of_paper()
    paper.sale(SALE)
    settle(qtbot, paper)
    paper.work()
    settle(qtbot, paper)
    assert told == ["failed"]  # trying by itself brings no new message
    office.trouble = None
    paper._later.timeout.emit()
    settle(qtbot, paper)
    assert told == ["failed", "recovered"]
    assert (office.came, paper.kept, paper.last) == (["receipt-s1"], (), "printed")
    paper.again()
    settle(qtbot, paper)
    assert office.came == ["receipt-s1", "receipt-s1-copy"]


def test_only_what_waits_is_tried_again_by_itself(paper: Paper, office: Office, qtbot: QtBot) -> None:
    office.trouble = out_of_paper()
    paper.sale(SALE)
    settle(qtbot, paper)
    assert paper._later.isActive()
    office.trouble = Fault("printer_failed", problem="printer_stopped", maybe_printed=True)
    paper.work()
    settle(qtbot, paper)
    assert [job.state for job in paper.kept] == ["maybe_printed"]
    assert not paper._later.isActive()


def test_what_waited_before_the_program_closed_comes_out_when_it_opens(
    open_paper: Callable[[], Paper], office: Office, qtbot: QtBot
) -> None:
    office.trouble = out_of_paper()
    before = open_paper()
    before.sale(SALE)
    settle(qtbot, before)
    before.close()
    office.trouble = None
    after = open_paper()
    settle(qtbot, after)
    assert office.came == ["receipt-s1"]
    assert after.kept == ()


def test_a_doubtful_paper_is_asked_about_after_a_restart_and_not_printed(
    open_paper: Callable[[], Paper], office: Office, qtbot: QtBot
) -> None:
    office.folder.mkdir()
    (office.folder / "00000001.receipt-7.printing.pdf").write_bytes(b"pdf")
    (office.folder / "00000002.receipt-8.printing.pdf").write_bytes(b"pdf")
    paper = open_paper()
    settle(qtbot, paper)
    assert office.came == []
    again, gone = paper.kept
    assert (again.name, again.state) == ("receipt-7", "maybe_printed")
    paper.retry(again)
    paper.drop(gone)
    settle(qtbot, paper)
    assert office.came == ["receipt-7"]
    assert paper.kept == ()


def test_dropping_what_waits_is_not_printing_it(paper: Paper, office: Office, qtbot: QtBot) -> None:
    office.trouble = out_of_paper()
    paper.sale(SALE)
    settle(qtbot, paper)
    paper.drop(paper.kept[0])
    settle(qtbot, paper)
    assert (paper.kept, paper.last) == ((), "")
    office.trouble = None
    paper.again()
    settle(qtbot, paper)
    assert office.came == ["receipt-s1"]


def test_a_card_is_printed_and_its_trouble_is_told(paper: Paper, office: Office, qtbot: QtBot) -> None:
    told: list[object] = []
    paper.card("m1", told.append, told.append)
    settle(qtbot, paper)
    office.trouble = out_of_paper()
    paper.card("m1", told.append, told.append)
    settle(qtbot, paper)
    assert office.came == ["card-m1"]
    assert told == ["tray", office.trouble]


def test_without_a_printer_nothing_happens(qtbot: QtBot) -> None:
    paper = Paper(None, QObject())
    paper.sale(SALE)
    paper.again()
    paper.copy(SALE)
    paper.card("m1", print, print)
    paper.work()
    paper.close()
    assert (paper.ready, paper.idle, paper.last, paper.kept) == (False, True, "", ())


def test_a_voucher_that_a_refund_made_anew_is_printed_like_any_other(
    paper: Paper, office: Office, qtbot: QtBot
) -> None:
    voucher = VoucherView(
        member="m1",
        member_name="Sara",
        programme="next",
        programme_name="next",
        sentence=Sentence(fa="", en="30 T off a purchase"),
        code="AAAAAA-BBBBBB-CCCCCC",
        barcode="2100000000000000000000",
    )
    paper.refund(TakenBackView(sale_id="s1", number=1, refund_minor=10, remade=(voucher,)))
    settle(qtbot, paper)
    assert office.came == ["voucher"]
    code = IssuedGiftCard(card=1, code="AAAAAA-BBBBBB-CCCCCC", barcode="2100000000000000000000")
    card = GiftCardsView(codes=(code,), face_minor=10, bought=True)
    paper.refund(TakenBackView(sale_id="s1", number=1, refund_minor=0, new_card_minor=10, new_card=card))
    settle(qtbot, paper)
    assert office.came == ["voucher", "gift-cards"]
