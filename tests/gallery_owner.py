"""Draw the pages beside the counter, over a real shop: `python -m tests.gallery_owner [state …]`.

Pictures go to build/gallery; exit status 1 when text is cut, or a form is wider than its place.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.pages.first_steps import STEPS, FirstStepsPage
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from loyalty_pos.ui.pages.reports import ReportsPage
from loyalty_pos.ui.pages.sales import SalesPage
from loyalty_pos.ui.pages.settings import SettingsPage
from tests import gallery_papers
from tests.gallery import Waiter, begin, draw, leave, tour
from tests.gallery_shops import build
from tests.ui.counter.rig import Rig
from tests.ui.studio import office_shop


def programmes(rig: Rig) -> ProgrammesPage:
    return next(each for each in rig.window.others if isinstance(each, ProgrammesPage))


def settings(rig: Rig) -> SettingsPage:
    return next(each for each in rig.window.others if isinstance(each, SettingsPage))


def listed(rig: Rig) -> None:
    rig.window.go_to("programmes")
    rig.settle()


def edited(rig: Rig) -> None:
    listed(rig)
    programmes(rig)._choose("drinks")
    rig.settle()


def paused(rig: Rig) -> None:
    edited(rig)
    programmes(rig).pause.click()
    rig.settle()


def wrong(rig: Rig) -> None:
    listed(rig)
    rig.keys("Ctrl+n")
    rig.settle()
    rig.keys("Ctrl+s")
    rig.settle()


def conditions(rig: Rig) -> None:
    edited(rig)
    editor = programmes(rig).editor
    editor.when.put({"schedule": {"weekdays": ["thu", "fri"], "from": "2026-03-21"}, "expiry": {"days": 90}})
    row = editor.when.rows["schedule.weekdays"]
    area = _scroller(row)
    area.ensureWidgetVisible(row)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() * 2 // 3)
    editor.edited.emit()
    rig.settle()


def levels(rig: Rig) -> None:
    """Levels of a club: rows of a small form, the last one wrong."""
    listed(rig)
    editor = programmes(rig).editor
    programmes(rig)._new()
    editor._use_kind("tiers")
    rows = [
        {"key": "silver", "name": "نقره‌ای", "from": 0},
        {"key": "gold", "name": "طلایی", "from": 50_000_000, "discount_bp": 500, "coefficient_milli": 1_500},
        {"key": "vip", "from": 40_000_000},
    ]
    editor.params.rewrite({"levels": rows[:2]})
    editor.name.setText("باشگاه")
    editor.edited.emit()
    rig.settle()
    editor.params.rewrite({"levels": rows})
    editor.edited.emit()
    rig.settle()
    programmes(rig).publish.click()
    rig.settle()


def levels_together(rig: Rig) -> None:
    """Levels of a year that ask for purchases and days of visit together."""
    listed(rig)
    editor = programmes(rig).editor
    programmes(rig)._new()
    editor._use_kind("tiers")
    rows = [
        {"key": "silver", "name": "نقره‌ای", "from": 20_000_000, "visit_days": 4},
        {"key": "gold", "name": "طلایی", "from": 50_000_000, "visit_days": 10, "discount_bp": 500},
    ]
    editor.params.rewrite({"joined": "all", "window": "year", "levels": rows})
    editor.name.setText("باشگاه")
    editor.edited.emit()
    rig.settle()


def multiplied(rig: Rig) -> None:
    """A multiplier with its own conditions."""
    listed(rig)
    programmes(rig)._choose("points")
    editor = programmes(rig).editor
    weight = {"milli": 2_000, "when": {"schedule": {"weekdays": ["thu"]}}}
    editor.params.rewrite({**editor.params.values(), "coefficients": [weight]})
    editor.edited.emit()
    rig.settle()
    row = editor.params.rows["coefficients"]
    _scroller(row).ensureWidgetVisible(row, 0, 400)
    rig.settle()


def tried_on(rig: Rig) -> None:
    """A draft tried on a member."""
    edited(rig)
    rig.keys("F2")
    rig.scan("4410339306")
    rig.settle()


def looked_for(rig: Rig) -> None:
    """The member a draft is to be tried on is being looked for."""
    edited(rig)
    rig.keys("F2")
    rig.keys("6789")
    rig.settle()


def choices(rig: Rig) -> None:
    rig.window.go_to("settings")
    rig.settle()


def safe(rig: Rig) -> None:
    """A copy made, and the question before going back to it."""
    choices(rig)
    page = settings(rig)
    page.copies.make.click()
    rig.settle()
    page.copies.back.click()
    rig.settle()


def under_way(rig: Rig) -> None:
    """Long work in the settings, with the way to call it off."""
    choices(rig)
    page = settings(rig)
    tell = page.copies.begin("The copy is being made and checked; the counter goes on meanwhile")
    tell(63, 100)
    page.lists.begin("taking")(1_200, 4_000)
    _scroller(page.lists).ensureWidgetVisible(page.lists)
    rig.settle()


def report_under_way(rig: Rig) -> None:
    """A report that takes long to draw."""
    page = reports(rig)
    tell = page.progress.begin("The report is being drawn; the counter goes on", after_ms=0)
    tell(2, 5)
    rig.settle()


def scanned(rig: Rig) -> None:
    """The scanner tried once, and once without its Enter."""
    choices(rig)
    card = settings(rig).scanner
    card.run(True)
    rig.scan("4410339306")
    rig.settle()
    _scroller(card).ensureWidgetVisible(card)
    rig.settle()


def open_annex(rig: Rig, key: str) -> ProgrammesPage:
    listed(rig)
    programmes(rig)._choose(key)
    rig.settle()
    rig.keys("Ctrl+k")
    rig.settle()
    return programmes(rig)


def limited(rig: Rig) -> None:
    """A budget used up, beside the form and in the list."""
    listed(rig)
    programmes(rig)._choose("fifty")
    rig.settle()


def codes(rig: Rig) -> None:
    open_annex(rig, "spring")


def codes_for(rig: Rig) -> None:
    """A voucher for a member who is being looked for, and the question before a sheet ends."""
    page = open_annex(rig, "spring")
    page.annex.codes.issue.how.segments()[2].setChecked(True)
    rig.keys("F2")
    rig.keys("6789")
    rig.settle()
    page.annex.codes.issued.rows[-1].void.click()
    page.annex.codes.issue.picker.search.line.setFocus()
    rig.settle()


def codes_shown(rig: Rig) -> None:
    """Codes shown once; somebody wants to leave them behind."""
    open_annex(rig, "spring")
    rig.keys("Ctrl+s")
    rig.settle()
    rig.keys("Esc")
    rig.settle()


def by_hand(rig: Rig) -> None:
    """A list made by hand, somebody just taken off."""
    page = open_annex(rig, "friends")
    page.annex.list.rows[0].remove.click()
    rig.settle()


def reports(rig: Rig) -> ReportsPage:
    rig.window.go_to("reports")
    rig.settle()
    return next(each for each in rig.window.made if isinstance(each, ReportsPage))


def promised(rig: Rig) -> None:
    reports(rig).turn_to("promises")
    rig.settle()


def by_level(rig: Rig) -> None:
    reports(rig).turn_to("tiers")
    rig.settle()


def of_shop(name: str, side: str) -> Callable[[Rig], None]:
    """A side of the reports over an empty shop, one of one member, or one of the dearest sales."""

    def shown(rig: Rig) -> None:
        page = reports(rig)
        while page.month > gallery_papers.MONTH:
            page.back.click()
            rig.settle()
        page.turn_to(side)
        rig.settle()

    assert name in gallery_papers.SHOPS
    return shown


OF_SHOPS = {
    f"reports_{side}_{name}": (name, of_shop(name, side))
    for name in gallery_papers.SHOPS
    for side in ("board", "tiers", "promises")
}


def past_sales(rig: Rig) -> SalesPage:
    rig.window.go_to("sales")
    rig.settle()
    page = next(each for each in rig.window.made if isinstance(each, SalesPage))
    rig.qtbot.waitUntil(lambda: page.pane.ready)
    return page


def refunding(rig: Rig) -> None:
    page = past_sales(rig)
    rig.keys("Enter")
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.refund)
    rig.keys("100.")


def naming(rig: Rig) -> None:
    """Whose a sale is; somebody is being looked for."""
    past_sales(rig)
    rig.keys("Ctrl+e")
    rig.keys("6789")


def voiding(rig: Rig) -> None:
    past_sales(rig)
    rig.keys("Ctrl+z")


def no_such_sale(rig: Rig) -> None:
    past_sales(rig)
    rig.keys("987654")


def running_day(rig: Rig) -> None:
    rig.window.go_to("day")
    rig.settle()


def closed_day(rig: Rig) -> None:
    running_day(rig)
    rig.keys("Ctrl+s")


def locked(rig: Rig) -> None:
    rig.keys("Ctrl+l")


def priced(rig: Rig) -> None:
    """A draft tried on the shop's past sales."""
    edited(rig)
    programmes(rig).editor.side.cost.try_it.click()
    rig.settle()


def history(rig: Rig) -> None:
    """What a programme was before: two revisions."""
    edited(rig)
    editor = programmes(rig).editor
    editor.params.rewrite({**editor.params.values(), "needed": 7})
    editor.edited.emit()
    rig.settle()
    rig.keys("Ctrl+s")
    rig.settle()
    rig.keys("Ctrl+h")
    rig.settle()


def met(rig: Rig) -> None:
    """Whom a draft meets, at the end of what stands beside the form."""
    listed(rig)
    programmes(rig)._choose("member5")
    rig.settle()
    card = programmes(rig).editor.side.history
    _scroller(card).ensureWidgetVisible(card)
    rig.settle()


def published(rig: Rig) -> None:
    """A toast with the way back."""
    edited(rig)
    editor = programmes(rig).editor
    editor.params.rewrite({**editor.params.values(), "needed": 7})
    editor.edited.emit()
    rig.settle()
    rig.keys("Ctrl+s")
    rig.settle()


def first_step(step: str) -> Callable[[Rig], None]:
    """Bring the steps of setting up to one of them."""

    def reach(rig: Rig) -> None:
        rig.window.go_to("club")
        rig.settle()
        page = next(each for each in rig.window.made if isinstance(each, FirstStepsPage))
        page.go_to(step)
        if step == "scan":
            rig.scan("4410337700")
        elif step in ("goals", "membership"):
            rig.keys("2")
        elif step in ("printer", "terms"):
            rig.keys("Ctrl+p")
        rig.settle()

    return reach


def no_sales(rig: Rig) -> None:
    rig.window.go_to("sales")
    rig.settle()


def unread_report(rig: Rig) -> None:
    """A report that could not be read."""
    page = reports(rig)
    page._failed(Fault("busy_file", path="shop.db"))


STATES: dict[str, Callable[[Rig], object]] = {
    "programmes_list": listed,
    "programmes_edit": edited,
    "programmes_paused": paused,
    "programmes_wrong": wrong,
    "programmes_when": conditions,
    "programmes_levels": levels,
    "programmes_levels_together": levels_together,
    "programmes_multiplied": multiplied,
    "programmes_limited": limited,
    "programmes_codes": codes,
    "programmes_codes_for": codes_for,
    "programmes_codes_shown": codes_shown,
    "programmes_by_hand": by_hand,
    "programmes_cost": priced,
    "programmes_history": history,
    "programmes_met": met,
    "programmes_published": published,
    "programmes_tried_on": tried_on,
    "programmes_looked_for": looked_for,
    **{f"club_{step}": first_step(step) for step in STEPS},
    "reports_board": reports,
    "reports": by_level,
    "reports_promises": promised,
    "settings": choices,
    "settings_copies": safe,
    "settings_scanner": scanned,
    "settings_under_way": under_way,
    "reports_under_way": report_under_way,
    "sales": past_sales,
    "sales_refund": refunding,
    "sales_whose": naming,
    "sales_void": voiding,
    "sales_nothing": no_such_sale,
    "sales_empty": no_sales,
    "programmes_empty": listed,
    "reports_trouble": unread_report,
    "day": running_day,
    "day_closed": closed_day,
    "locked": locked,
    **{state: shown for state, (_, shown) in OF_SHOPS.items()},
}


EMPTY = ("sales_empty", "programmes_empty")
OFFICE_STATES = (
    "reports_trouble",
    "programmes_cost",
    "reports_under_way",
    "reports_board",
    "reports",
    "reports_promises",
)


def _scroller(inside: QWidget) -> QScrollArea:
    parent = inside.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    assert parent is not None
    return parent


def draw_page(name: str, path: Path) -> list[str]:
    """Bring a page into a state once, then switch language, look and size live."""
    office = office_shop.office(path)
    rig = Rig(cast(QtBot, Waiter()), factory=lambda: open_shop(path), office=office)
    found: list[str] = []
    try:
        STATES[name](rig)
        rig.settle()
        for stop in tour(rig):
            rig.settle()
            found += draw(rig.window, f"{name}_{stop}")
    finally:
        leave(rig)
    return found


def main(wanted: list[str]) -> int:
    app = begin()
    found: list[str] = []
    for name in STATES:
        if not wanted or name in wanted:
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "shop.db"
                report, _ = OF_SHOPS.get(name, (None, None))
                build(path, report, empty=name in EMPTY, sold=name in OFFICE_STATES)
                found += draw_page(name, path)
    for line in found:
        print(f"cut: {line}")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
