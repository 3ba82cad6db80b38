"""Draw the two proofs of the layout at 1024 by 768: `python -m tests.gallery_proofs [state …]`.

English turned to read from the right, and Persian with texts longer by 30 %. Exit status 1 when text is cut.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from pytestqt.qtbot import QtBot

from loyalty_pos.bootstrap import open_shop
from tests.gallery import OUT, Waiter, begin, draw, leave
from tests.languages import longer_persian, turned_english
from tests.ui.counter.rig import Rig
from tests.ui.screens.stops import STOPS, build

PROOFS: Mapping[str, Mapping[str, Any]] = {
    "turned": {"code": "en", "languages": {"en": turned_english()}},
    "longer": {"languages": {"fa": longer_persian()}},
}


def draw_proof(proof: str, name: str) -> list[str]:
    """Bring the window to a stop in one of the two ways."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "shop.db"
        build(path)
        rig = Rig(cast(QtBot, Waiter()), factory=lambda: open_shop(path), **PROOFS[proof])
        try:
            rig.window.resize(1024, 768)
            STOPS[name](rig)
            rig.settle()
            return draw(rig.window, f"proof_{proof}_{name}")
        finally:
            leave(rig)


def main(wanted: list[str]) -> int:
    app = begin()
    names = [name for name in STOPS if not wanted or name in wanted]
    found = [line for proof in PROOFS for name in names for line in draw_proof(proof, name)]
    for line in found:
        print(f"cut: {line}")
    print(f"{len(PROOFS) * len(names)} proofs in {OUT}, {len(found)} cut texts")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
