"""Where paper goes: a folder of PDF files, or a printer of the system."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_pos.domain.errors import Fault

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST_STEM = 80
_TOLERATED_OVERHANG = 1.03  # drivers round a page to their own steps; that must not blur the bars


class PdfFolder:
    """Saves every paper as a PDF file of its own name; the same name again replaces the file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, pdf: bytes) -> str:
        """Write the whole file or nothing, readable by this user only, and return its path."""
        target = self._folder / f"{safe_stem(name)}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(target, pdf)
        except OSError as error:
            raise Fault(
                "printer_failed", where=str(self._folder), problem=error.strerror or type(error).__name__
            ) from error
        return str(target)


def safe_stem(name: str) -> str:
    """Make a file stem that every system accepts and that stays inside its folder."""
    stem = _UNSAFE.sub("-", name.removesuffix(".pdf")).strip("-")[:_LONGEST_STEM] or "paper"
    return f"{stem}-paper" if _RESERVED.fullmatch(stem) else stem


def write_whole(target: Path, pdf: bytes) -> None:
    """Write a file that survives a power cut whole or not at all; raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    if os.name == "posix":  # elsewhere a folder can't be opened, and needn't be
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class SystemPrinter:
    """Prints silently on the named queue of the system, or on its default queue.

    Needs a running Qt application. `open_queue` can hand in any other Qt printer.
    """

    def __init__(
        self, queue: str | None = None, open_queue: Callable[[str | None], QPrinter] | None = None
    ) -> None:
        self._queue = queue
        self._open_queue = open_queue or _system_queue

    def put(self, name: str, pdf: bytes) -> str:
        """Print every page in its true size and return the queue's name."""
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtGui import QPainter
        from PySide6.QtPdf import QPdfDocument

        printer = self._open_queue(self._queue)
        where = printer.printerName() or printer.outputFileName()
        data = QBuffer()
        data.setData(QByteArray(pdf))
        data.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(data)
        try:
            if document.status() != QPdfDocument.Status.Ready or not document.pageCount():
                raise Fault("printer_failed", where=where, problem="unreadable_pdf")
            _prepare(printer, document, name)
            painter = QPainter()
            if not painter.begin(printer):
                raise Fault("printer_failed", where=where, problem="printer_did_not_start")
            try:
                _print_pages(printer, painter, document, where)
            finally:
                painter.end()
            if printer.printerState() in (printer.PrinterState.Error, printer.PrinterState.Aborted):
                raise _stopped(where)
        finally:
            document.close()
            data.close()
        return where


def _stopped(where: str) -> Fault:
    return Fault("printer_failed", where=where, problem="printer_stopped", maybe_printed=True)


def _system_queue(queue: str | None) -> QPrinter:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        raise Fault("no_printer", queue=queue or "", known=(), advice="save_as_pdf")
    known = tuple(QPrinterInfo.availablePrinterNames())
    chosen = queue or QPrinterInfo.defaultPrinterName() or (known[0] if len(known) == 1 else "")
    if chosen not in known:
        advice = "choose_printer" if known else "save_as_pdf"
        raise Fault("no_printer", queue=queue or "", known=known, advice=advice)
    if QPrinterInfo.printerInfo(chosen).state() == QPrinter.PrinterState.Error:  # no paper, switched off
        raise Fault("printer_failed", where=chosen, problem="printer_not_ready")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(chosen)
    return printer


def _prepare(printer: QPrinter, document: QPdfDocument, name: str) -> None:
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageSize

    printer.setDocName(safe_stem(name))
    printer.setFullPage(True)
    printer.setPageSize(
        QPageSize(
            document.pagePointSize(0),
            QPageSize.Unit.Point,
            safe_stem(name),
            QPageSize.SizeMatchPolicy.ExactMatch,
        )
    )
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _print_pages(printer: QPrinter, painter: QPainter, document: QPdfDocument, where: str) -> None:
    from PySide6.QtCore import QRect, QSize, Qt
    from PySide6.QtPdf import QPdfDocumentRenderOptions

    flag = QPdfDocumentRenderOptions.RenderFlag
    options = QPdfDocumentRenderOptions()
    options.setRenderFlags(flag.TextAliased | flag.ImageAliased | flag.PathAliased)  # ink has no grey
    for page in range(document.pageCount()):
        if page and not printer.newPage():
            raise _stopped(where)
        points = document.pagePointSize(page)
        dots = printer.resolution() / 72
        size = QSize(round(points.width() * dots), round(points.height() * dots))
        image = document.render(page, size, options)
        if image.isNull():
            raise Fault("printer_failed", where=where, problem="unreadable_pdf", maybe_printed=page > 0)
        paper = printer.paperRect(printer.Unit.DevicePixel).size().toSize()
        if size.width() > paper.width() * _TOLERATED_OVERHANG:
            size = size.scaled(paper.width(), size.height(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(0, 0, size.width(), size.height()), image)
