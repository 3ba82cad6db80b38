"""Golden pictures: one of every page in both languages, kept small, compared with tolerance.

`python -m tests.ui.screens.golden` takes them anew, to be looked at before they are kept. A difference is
written as a picture to build/golden: as it was, as it is, and in red what changed.
"""

import itertools
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos import bootstrap
from tests.gallery import Waiter, quiet
from tests.ui.counter.rig import NOW_MS, Rig
from tests.ui.eyes import look_at
from tests.ui.screens import stops
from tests.ui.studio import office_shop

KEPT = Path("tests/golden")
TOLD = Path("build/golden")
SIZE = (512, 384)
COLORS = 24
NEAR = 40
"""So much lighter or darker a point may be: letters fall otherwise on another machine."""
CHANGED = 0.004
"""So much of a picture may look otherwise: an hour, a path, not a part that moved."""
PAGES: Mapping[str, Callable[[Rig], None]] = {
    "counter": stops.idle, "members": stops.members, "programmes": stops.programmes,
    "reports": stops.reports, "settings": stops.settings, "sales": stops.sales, "day": stops.day,
}  # fmt: skip


@contextmanager
def held_time() -> Iterator[None]:
    """Let the system's clock stand on the window's day, a second further at every look."""
    ticks = itertools.count(NOW_MS - 3_600_000, 1_000)
    with mock.patch.object(bootstrap.SystemClock, "now_ms", lambda self: next(ticks)):
        yield


def folder() -> TemporaryDirectory[str]:
    """Make a folder whose path is as long as anybody's: the settings show where copies lie."""
    return TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True)


def taken(rig: Rig) -> Image.Image:
    """Take the window's picture, small and grey."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    look_at(rig.window).image.save(buffer, "PNG")  # type: ignore[call-overload]
    from io import BytesIO

    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L").resize(SIZE, Image.Resampling.BOX)


def changed(was: Image.Image, now: Image.Image) -> float:
    """Return the share of a picture that looks otherwise."""
    if was.size != now.size:
        return 1.0
    apart = ImageChops.difference(was, now).point(lambda value: 255 if value > NEAR else 0)
    return sum(1 for value in apart.get_flattened_data() if value) / (was.size[0] * was.size[1])


def told(name: str, was: Image.Image, now: Image.Image) -> Path:
    """Write what differs as a picture."""
    TOLD.mkdir(parents=True, exist_ok=True)
    sheet = Image.new("RGB", (3 * SIZE[0], SIZE[1]), "white")
    red = ImageChops.difference(was.resize(SIZE), now).point(lambda value: 255 if value > NEAR else 0)
    marked = Image.merge("RGB", (now, *(ImageChops.subtract(now, red),) * 2))
    for place, picture in enumerate((was.convert("RGB"), now.convert("RGB"), marked)):
        sheet.paste(picture, (place * SIZE[0], 0))
    path = TOLD / f"{name}.png"
    sheet.save(path)
    return path


def kept(name: str) -> Image.Image:
    """Return the golden picture of a page."""
    return Image.open(KEPT / f"{name}.png").convert("L")


def main() -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    qInstallMessageHandler(quiet)
    KEPT.mkdir(exist_ok=True)
    with held_time(), folder() as place:
        path = Path(place) / "shop.db"
        stops.build(path)
        for code in ("fa", "en"):
            office = office_shop.office(path)
            rig = Rig(cast(QtBot, Waiter()), code, factory=lambda: bootstrap.open_shop(path), office=office)
            try:
                rig.window.resize(1024, 768)
                for name, reach in PAGES.items():
                    reach(rig)
                    rig.settle()
                    taken(rig).quantize(COLORS).save(KEPT / f"{name}_{code}.png", optimize=True)
            finally:
                rig.close()
    size = sum(each.stat().st_size for each in KEPT.glob("*.png"))
    print(f"{len(PAGES) * 2} golden pictures in {KEPT}, {size / 1000:.0f} kB")
    app.processEvents()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
