"""Where a report is saved, asked and told."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from loyalty_pos.app.language import Language

ENDINGS = (".pdf", ".xlsx", ".csv")
PICTURE = ".png"


def ask_report_file(parent: QWidget, language: Language, stem: str, *, picture: bool = False) -> str:
    """Ask where a report is written and in which form, with `picture` also as one; empty: nowhere."""
    t = language.t
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds: tuple[tuple[str, str], ...] = (
        (t("PDF, for paper"), "pdf"),
        (t("Excel table"), "xlsx"),
        (t("CSV table"), "csv"),
    )
    kinds += ((t("Picture of the charts"), PICTURE[1:]),) if picture else ()
    filters = ";;".join(f"{name} (*.{ending})" for name, ending in kinds)
    return QFileDialog.getSaveFileName(parent, t("Save the report"), f"{folder}/{stem}.pdf", filters)[0]


def with_ending(chosen: str) -> Path:
    """Give a file the ending of a PDF unless it has one that is known."""
    path = Path(chosen)
    return path if path.suffix.casefold() in (*ENDINGS, PICTURE) else path.with_name(path.name + ENDINGS[0])


def breakable(where: object, language: Language) -> str:
    """Write a path so that it may go on in the next line after every folder."""
    return language.isolate(str(where).replace("/", "/\u200b").replace("\\", "\\\u200b"))
