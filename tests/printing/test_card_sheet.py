"""Members' cards and labels on A4: each scans as its own number, backs lie behind their fronts."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from loyalty_pos.app.papers import CardPaper
from loyalty_pos.press import SheetKind, sheet_command, write_sheet_request
from loyalty_pos.printing.card_sheet import CARDS, LABELS, card_sheets, label_sheets
from tests.printing import readers, samples

NAMELESS = replace(samples.LONG_CARD, member_text="")


def papers(one: CardPaper, count: int) -> list[CardPaper]:
    return [
        replace(one, bleed=False, barcode=f"44107770{number:02d}", number_text=f"4410 7770 {number:02d}")
        for number in range(count)
    ]


def scanned(pdf: bytes, page: int) -> set[str]:
    return set(readers.scan_as("code128", readers.picture(pdf, 300, page)).split())


def test_every_card_has_its_back_behind_it_and_scans(tmp_path: Path) -> None:
    found = papers(samples.CARD_FA, CARDS + 1)
    path = tmp_path / "cards.pdf"
    card_sheets(iter(found), path)
    pdf = path.read_bytes()
    assert scanned(pdf, 2) == {one.barcode for one in found[:CARDS]}
    assert scanned(pdf, 4) == {found[CARDS].barcode}
    text = readers.text(pdf)
    assert all(text.count(one.number_text) == 2 for one in found)
    card_sheets(iter(found), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == pdf


@pytest.mark.parametrize("one", [samples.CARD_FA, samples.CARD_EN, NAMELESS])
def test_every_label_says_whose_it_is_and_scans(tmp_path: Path, one: CardPaper) -> None:
    found = papers(one, LABELS + 1)
    path = tmp_path / "labels.pdf"
    label_sheets(iter(found), path)
    pdf = path.read_bytes()
    assert scanned(pdf, 1) == {each.barcode for each in found[:LABELS]}
    assert scanned(pdf, 2) == {found[LABELS].barcode}


@pytest.mark.parametrize("kind", ["cards", "labels"])
def test_a_child_draws_them_beside_the_window(tmp_path: Path, kind: SheetKind) -> None:
    source, target = tmp_path / "request.jsonl", tmp_path / "sheet.pdf"
    found = papers(samples.CARD_EN, 3)
    write_sheet_request(source, found, "", kind=kind)
    assert subprocess.run(sheet_command(source, target), check=False).returncode == 0
    page = 2 if kind == "cards" else 1
    assert scanned(target.read_bytes(), page) == {one.barcode for one in found}
