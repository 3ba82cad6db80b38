"""The manager's papers of an empty shop, of one member, and of the dearest sales there can be."""

from pathlib import Path

import pytest

from tests.gallery_papers import CUT, drawn
from tests.printing import readers


@pytest.mark.parametrize("shop", ["empty", "one", "huge"])
def test_no_text_is_cut_on_any_paper(tmp_path: Path, shop: str) -> None:
    cut = [name for name, pdf in drawn(shop, tmp_path) if CUT in readers.text(pdf)]
    assert cut == []
