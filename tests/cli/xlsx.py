"""Workbooks made by hand, for what no well-behaved program would write."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="r">{{properties}}<sheets>'
    '<sheet name="a" sheetId="1" state="hidden" r:id="rId9"/><sheet name="b" sheetId="2" r:id="rId1"/>'
    "</sheets></workbook>"
)
_RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId9" Type="t" Target="worksheets/none.xml"/></Relationships>'
)


def workbook(
    path: Path,
    rows: str,
    *,
    shared: str | None = None,
    styles: str | None = None,
    since_1904: bool = False,
    before: str = "",
) -> Path:
    """Write a workbook whose visible sheet has these rows, as XML."""
    parts = {
        "xl/workbook.xml": _BOOK.format(properties='<workbookPr date1904="1"/>' if since_1904 else ""),
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/worksheets/sheet1.xml": (
            f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
