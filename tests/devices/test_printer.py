"""Paper arrives whole or not at all, and trouble has a name."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtPrintSupport
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from loyalty_pos.app.papersink import PaperSink
from loyalty_pos.devices.printer import PdfFolder, SystemPrinter, safe_stem
from loyalty_pos.domain.errors import Fault
from loyalty_pos.printing.papers import render
from tests.printing import readers, samples


def test_a_saved_paper_is_the_bytes_that_were_put(tmp_path: Path) -> None:
    sink: PaperSink = PdfFolder(tmp_path / "new" / "folder")
    where = sink.put("receipt-1894", b"%PDF-1")
    assert where == str(tmp_path / "new" / "folder" / "receipt-1894.pdf")
    assert Path(where).read_bytes() == b"%PDF-1"


def test_the_same_name_again_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    sink = PdfFolder(tmp_path)
    sink.put("receipt-1894", b"old")
    sink.put("receipt-1894", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["receipt-1894.pdf"]
    assert (tmp_path / "receipt-1894.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_saved_paper_is_for_its_owner_only(tmp_path: Path) -> None:
    assert Path(PdfFolder(tmp_path).put("voucher", b"x")).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/abs", "..", "", "سارا", "a\x00b", "CON", "x" * 500, "a:b|c"]
)
def test_no_name_leaves_the_folder_or_is_refused_by_a_system(name: str, tmp_path: Path) -> None:
    where = Path(PdfFolder(tmp_path).put(name, b"x"))
    assert where.parent == tmp_path
    assert where.stem.isascii()
    assert where.stem.casefold() != "con"
    assert len(where.name) <= 100


def test_a_stem_that_is_safe_already_stays() -> None:
    assert safe_stem("voucher-12_a") == "voucher-12_a"
    assert safe_stem("voucher-12.pdf") == "voucher-12"


def test_a_folder_that_cannot_be_made_is_a_fault_with_facts(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Fault) as caught:
        PdfFolder(tmp_path / "file" / "folder").put("receipt", b"x")
    assert caught.value.code == "printer_failed"
    assert caught.value.facts["where"] == str(tmp_path / "file" / "folder")
    assert caught.value.facts["problem"] == os.strerror(errno.ENOTDIR)


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = PdfFolder(tmp_path)
    sink.put("receipt", b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Fault) as caught:
        sink.put("receipt", b"new")
    assert caught.value.facts["problem"] == os.strerror(errno.ENOSPC)
    assert [path.name for path in tmp_path.iterdir()] == ["receipt.pdf"]
    assert (tmp_path / "receipt.pdf").read_bytes() == b"old"


def printer_into(path: Path, dpi: int) -> QPrinter:
    """Make a printer whose paper is a PDF file, at the resolution of a receipt printer or another."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dpi)
    return printer


@pytest.mark.parametrize("dpi", [203, 600])
def test_a_printed_page_keeps_its_size_and_its_barcode(qtbot: QtBot, tmp_path: Path, dpi: int) -> None:
    out = tmp_path / "printed.pdf"
    sink = SystemPrinter(open_queue=lambda _: printer_into(out, dpi))
    assert sink.put("voucher", render(samples.VOUCHER_FA)) == str(out)
    picture = readers.picture(out.read_bytes(), dpi)
    assert abs(picture.width - 576 * dpi / 203) <= 3
    assert readers.scan(picture) == samples.VOUCHER_FA.barcode


def test_what_is_not_a_pdf_is_a_fault(qtbot: QtBot, tmp_path: Path) -> None:
    sink = SystemPrinter(open_queue=lambda _: printer_into(tmp_path / "out.pdf", 203))
    with pytest.raises(Fault) as caught:
        sink.put("receipt", b"not a pdf")
    assert caught.value.code == "printer_failed"
    assert caught.value.facts["problem"] == "unreadable_pdf"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_start_is_a_fault(qtbot: QtBot, tmp_path: Path) -> None:
    sink = SystemPrinter(open_queue=lambda _: printer_into(tmp_path / "missing" / "out.pdf", 203))
    with pytest.raises(Fault) as caught:
        sink.put("receipt", render(samples.RECEIPT_EN))
    assert caught.value.code == "printer_failed"
    assert caught.value.facts["problem"] == "printer_did_not_start"


def test_both_sides_of_a_card_are_printed_in_their_size(qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    sink = SystemPrinter(open_queue=lambda _: printer_into(out, 300))
    sink.put("card", render(replace(samples.CARD_FA, bleed=False)))
    back = readers.picture(out.read_bytes(), 300, 2)
    assert abs(back.width - 1011) <= 3
    assert readers.scan(back) == samples.CARD_FA.barcode


class Stopping(QPrinter):
    """A printer that stops after the first page, or tells of trouble at the end."""

    def __init__(self, path: Path, *, page: bool, end: bool) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))
        self._page, self._end = page, end

    def newPage(self) -> bool:  # noqa: N802
        return not self._page and super().newPage()

    def printerState(self) -> QPrinter.PrinterState:  # noqa: N802
        return QPrinter.PrinterState.Error if self._end else super().printerState()


@pytest.mark.parametrize(("page", "end"), [(True, False), (False, True)])
def test_a_printer_that_stops_midway_may_have_printed(
    qtbot: QtBot, tmp_path: Path, page: bool, end: bool
) -> None:
    sink = SystemPrinter(open_queue=lambda _: Stopping(tmp_path / "out.pdf", page=page, end=end))
    with pytest.raises(Fault) as caught:
        sink.put("card", render(samples.CARD_FA))
    assert caught.value.facts["problem"] == "printer_stopped"
    assert caught.value.facts["maybe_printed"] is True


def test_a_printer_that_is_not_ready_gets_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    class OutOfPaper:
        @staticmethod
        def availablePrinterNames() -> list[str]:  # noqa: N802
            return ["till"]

        @staticmethod
        def defaultPrinterName() -> str:  # noqa: N802
            return "till"

        @classmethod
        def printerInfo(cls, name: str) -> "OutOfPaper":  # noqa: N802
            return cls()

        def state(self) -> QPrinter.PrinterState:
            return QPrinter.PrinterState.Error

    monkeypatch.setattr(QtPrintSupport, "QPrinterInfo", OutOfPaper)
    with pytest.raises(Fault) as caught:
        SystemPrinter(None).put("receipt", render(samples.RECEIPT_EN))
    assert dict(caught.value.facts) == {"where": "till", "problem": "printer_not_ready"}


def test_an_unknown_queue_is_no_printer_with_advice(qtbot: QtBot) -> None:
    with pytest.raises(Fault) as caught:
        SystemPrinter("no such queue 93d1").put("receipt", render(samples.RECEIPT_EN))
    assert caught.value.code == "no_printer"
    assert caught.value.facts["queue"] == "no such queue 93d1"
    assert caught.value.facts["advice"] in {"save_as_pdf", "choose_printer"}
