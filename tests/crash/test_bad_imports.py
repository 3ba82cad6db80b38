"""A malformed file is refused in a sentence, row by row or whole, and never leaves half a balance behind."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.cli import import_members, importing, main
from tests.crash import bad_imports
from tests.crash.watch import Watch


def handed(folder: Path, files: int, seed: int = 3) -> bad_imports.Figures:
    figures = bad_imports.run_files(folder, seed, files, Watch())
    print("\n", figures)
    return figures


def test_malformed_files_are_refused_in_sentences_and_the_books_prove(tmp_path: Path) -> None:
    figures = handed(tmp_path, 16)
    assert figures.good, figures.first
    assert min(figures.csv, figures.xlsx, figures.refused, figures.partly, figures.balances) > 1


@pytest.mark.crash
def test_four_hundred_malformed_files_bring_nothing_down(tmp_path: Path) -> None:
    figures = handed(tmp_path, 400, 7)
    assert figures.good, figures.first


def test_a_balance_that_comes_in_by_half_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = import_members.MembersImport._open

    def by_half(run: Any, member: str, opening: Mapping[str, int], known_as: str) -> None:
        real(run, member, dict(list(opening.items())[:1]), known_as)

    monkeypatch.setattr(import_members.MembersImport, "_open", by_half)
    assert handed(tmp_path, 8).half


def test_an_import_that_comes_down_or_has_no_words_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def members(*_: Any) -> Any:
        raise KeyError("points")

    monkeypatch.setattr(importing, "_members", members)
    monkeypatch.setattr(main, "say", lambda no, _: str(no.code))
    figures = handed(tmp_path, 8)
    assert figures.crashes and figures.speechless
