"""Draw the customer's own screen in every state, language, look and size: `python -m tests.gallery_customer`.

Pictures go to build/gallery; exit status 1 when text is cut.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import PublishProgramme, RecordSale
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import theme
from loyalty_pos.ui.customer.screen import CustomerScreen
from tests.gallery import TOUR, Waiter, begin, draw, leave
from tests.ui.counter import goods_shop
from tests.ui.counter.goods_shop import CAKE, CROISSANT, LATTE, SARA
from tests.ui.counter.rig import Rig

SIZES = ((1024, 600, 100), (1280, 800, 100), (1920, 1080, 125))
CAUSES = ("محک", "کتابخانه‌ی محله", "نان برای همه", "درخت بلوط", "مدرسه‌ی روستا", "پناهگاه", "خانه‌ی سالمندان")


def give(rig: Rig, causes: tuple[str, ...]) -> None:
    """Let sales give to causes, and hand over a part to the first."""
    do = rig.program.dispatcher.do
    for place, cause in enumerate(causes):
        params = {"rate_bp": 100 + 57 * place, "cause": cause}
        do(PublishProgramme(key=f"good{place}", kind="charity", name=cause, params=params))
    do(RecordSale(sale_id="gave", amount_minor=1_234_500_000))
    if causes:
        do(SettlePledges(posting_id="handed", cause=causes[0], amount_minor=8_000_000, receipt_no="12"))
    rig.settle()


def idle(rig: Rig) -> None:
    """Nothing is sold, and nothing is given."""


def one_cause(rig: Rig) -> None:
    give(rig, CAUSES[:1])


def causes(rig: Rig) -> None:
    give(rig, CAUSES[:3])


def many_causes(rig: Rig) -> None:
    give(rig, CAUSES)


def bill(rig: Rig) -> None:
    rig.keys("F4")
    for code in (SARA, LATTE, CAKE, CROISSANT, CROISSANT):
        rig.scan(code)
        rig.settle()


def thanks(rig: Rig) -> None:
    give(rig, CAUSES[:2])
    bill(rig)
    rig.keys("Enter")
    rig.settle()


STATES: dict[str, Callable[[Rig], None]] = {
    each.__name__: each for each in (idle, one_cause, causes, many_causes, bill, thanks)
}


def draw_screen(name: str, path: Path) -> list[str]:
    """Bring the shop into a state once, then switch language, look and size live."""
    rig = Rig(cast(QtBot, Waiter()), factory=lambda: open_shop(path), customer_screen=True)
    found: list[str] = []
    try:
        STATES[name](rig)
        for code, look, switch in TOUR:
            if switch:
                rig.program.choose(switch)
            for width, height, scale in SIZES:
                if theme.look().scale_percent != scale:
                    rig.program.decide(replace(rig.program.settings, scale_percent=scale))
                rig.settle()
                screen = _screen(rig)
                screen.resize(width, height)
                stop = f"customer_{name}_{code}_{look}_{width}"
                found += draw(screen, stop)
    finally:
        leave(rig)
    return found


def _screen(rig: Rig) -> CustomerScreen:
    customer = rig.program.customer
    assert customer is not None and customer.screen is not None
    return customer.screen


def main(wanted: list[str]) -> int:
    app = begin()
    found: list[str] = []
    for name in STATES:
        if not wanted or name in wanted:
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "shop.db"
                goods_shop.build(path)
                found += draw_screen(name, path)
    for line in found:
        print(f"cut: {line}")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
