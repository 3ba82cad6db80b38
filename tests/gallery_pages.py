"""Draw the pages beside the counter in every state, language, look and size.

`python -m tests.gallery_pages [state …]`. Pictures go to build/gallery. Exit status 1 when text is cut
anywhere, with the list of what and where.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme, RecordSale, Use, VoidSale
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.members import MembersPage
from tests.gallery import Waiter, begin, draw, leave, tour
from tests.ui.counter.rig import Rig
from tests.ui.pages import people
from tests.ui.pages.people import Moody

DECIDING = (
    RecordSale(sale_id="debt-1", member=people.SARA, amount_minor=90_000_000),
    RecordSale(sale_id="debt-2", member=people.SARA, amount_minor=9_000_000, use=Use(credit_minor=1_500_000)),
    VoidSale(sale_id="debt-1"),
)


class Stand:
    """A window on the members page over a copy of a shop's file."""

    def __init__(self, shop: Path) -> None:
        self.make, self.made = people.moody(shop)
        self.waiter = Waiter()
        self.rig = Rig(cast(QtBot, self.waiter), factory=self.make)
        page = next(each for each in self.rig.window.others if isinstance(each, MembersPage))
        self.page: MembersPage = page

    @property
    def shop(self) -> Moody:
        return self.made[-1]

    def go(self) -> None:
        self.rig.window.resize(1366, 768)
        self.rig.keys("Ctrl+2")

    def until(self, there: Callable[[], bool]) -> None:
        self.waiter.waitUntil(there)
        self.rig.settle()

    def come(self) -> None:
        """Open the page and let the first member be read."""
        self.go()
        self.until(lambda: self.page.pane.showing is self.page.pane.person)

    def find(self, text: str) -> None:
        self.page.people.search.line.setText(text)
        self.page.people.ask()
        self.until(lambda: not self.page.people.waiting)
        self.until(lambda: self.page.pane.member is not None)

    def sara(self) -> None:
        self.come()
        self.find(people.SARA)
        self.until(self._is_sara)

    def _is_sara(self) -> bool:
        member = self.page.pane.member
        return member is not None and people.SARA in member.cards

    def turn(self, key: str) -> None:
        self.sara()
        self.page.pane.person.turn_to(key)

    def why(self) -> None:
        self.sara()
        self.rig.keys("F7")
        self.until(lambda: self.page.pane.showing is self.page.pane.why)

    def refund(self) -> None:
        """A part of a sale chosen, with what it would move."""
        self.sara()
        self.page.pane.refund.ask("paid-1", print)
        self.until(lambda: self.page.pane.showing is self.page.pane.refund)
        self.rig.keys("100.")
        self.until(lambda: self.page.pane.refund.refunding.form.ready)  # type: ignore[union-attr]

    def edit(self) -> None:
        self.sara()
        self.page.pane.person.edit.click()

    def refused(self) -> None:
        self.come()
        self.rig.keys("F3")
        self.page.pane.form.fields["phone"].setText("0912 345 6789")
        self.rig.keys("Enter")
        self.until(lambda: not self.page.pane.form.saving)

    def nobody(self) -> None:
        self.come()
        self.find("بهرام")

    def digits(self) -> None:
        self.come()
        self.find("123")

    def reading(self) -> None:
        self.shop.gate.clear()
        self.go()
        self.waiter.waitUntil(lambda: self.page.people.showing_reading)

    def levels(self) -> None:
        """A shop with levels."""
        gold = {"key": "gold", "name": "طلایی", "from": 2_000_000}
        rows = [{"key": "silver", "name": "نقره‌ای", "from": 0}, gold]
        self.rig.program.dispatcher.do(
            PublishProgramme(key="club", kind="tiers", name="باشگاه", params={"levels": rows})
        )
        self.rig.settle()
        self.come()

    def away(self) -> None:
        """A choice that nobody meets."""
        self.come()
        self.page.people.filters.switch(("visits", "away"))
        self.until(lambda: not self.page.people.waiting)

    def decide(self, number: int) -> None:
        """What a manager decides, with something to decide about: a level, an end, a debt, a refund."""
        do = self.rig.program.dispatcher.do
        for command in DECIDING:
            do(command)
        self.rig.settle()
        self.sara()
        self.rig.keys(f"Alt+{number}")
        side = self.page.pane.decide
        self.until(lambda: self.page.pane.showing is side and side.view is not None)
        side.reason.line.setText("مشتری همیشگی")
        if number == 4:  # what is wrong stands at its field
            side.day.line.setText("دیروز")
            self.rig.keys("Enter")
            self.until(lambda: bool(side.day.wrong.said()))

    def move(self, *, done: bool) -> None:
        """A sale on its way to another member."""
        self.why()
        self.rig.keys("Alt+2")
        side = self.page.pane.move_sale
        self.until(lambda: self.page.pane.showing is side)
        use = Use(decline=("drinks",))
        wrong = RecordSale(sale_id="wrong", member=people.SARA, amount_minor=3_000_000, use=use)
        self.rig.program.dispatcher.do(wrong)
        side.ask("wrong", print)
        self.until(lambda: side.sale is not None and side.sale.sale_id == "wrong")
        side.picker.take(people.LEILA)
        self.until(lambda: side.whom is not None)
        if done:
            self.rig.keys("Enter")
            self.until(lambda: side.done is not None)

    def trouble(self) -> None:
        self.shop.faulty = True
        self.go()
        self.until(lambda: not self.page.people.waiting)


def _filters(stand: Stand) -> None:
    """All filters, some of them on."""
    do = stand.rig.program.dispatcher.do
    do(PublishProgramme(key="friends", kind="segment", name="دوستان صبحانه", params={"visits_min": 1}))
    do(PublishProgramme(key="office", kind="segment", name="شرکت‌های اطراف", params={}))
    stand.levels()
    stand.rig.keys("Ctrl+f")
    for key in (("level", "silver"), ("holds", "points"), ("segment", "friends")):
        stand.page.people.filters.switch(key)
    stand.until(lambda: not stand.page.people.waiting)


def _many_filters(stand: Stand) -> None:
    """More tags than a panel holds."""
    do = stand.rig.program.dispatcher.do
    for who in range(3):
        tags = tuple(f"دسته‌ی {who * 20 + number}" for number in range(20))
        do(EnrolMember(phone=f"0912123000{who}", name="آرش توکلی", tags=tags))
    stand.levels()
    stand.rig.keys("Ctrl+f")
    for key in [key for key in stand.page.people.filters._offered if key[0] == "tag"][:6]:
        stand.page.people.filters.switch(key)
    stand.until(lambda: not stand.page.people.waiting)


def _filtered(stand: Stand) -> None:
    """Filters that are on, in their row."""
    _filters(stand)
    stand.rig.keys("Ctrl+f")


def _empty(stand: Stand) -> None:
    stand.go()
    stand.until(lambda: not stand.page.people.waiting)


STATES: Mapping[str, Callable[[Stand], None]] = {
    "members": Stand.come,
    "members_found": Stand.sara,
    "members_rewards": lambda stand: stand.turn("holdings"),
    "members_details": lambda stand: stand.turn("about"),
    "members_why": Stand.why,
    "members_refund": Stand.refund,
    "members_edit": Stand.edit,
    "members_refused": Stand.refused,
    "members_nobody": Stand.nobody,
    "members_digits": Stand.digits,
    "members_reading": Stand.reading,
    "members_levels": Stand.levels,
    "members_away": Stand.away,
    "members_filters": _filters,
    "members_filtered": _filtered,
    "members_many_filters": _many_filters,
    "members_trouble": Stand.trouble,
    "members_level": lambda stand: stand.decide(4),
    "members_debt": lambda stand: stand.decide(6),
    "members_nothing": lambda stand: stand.decide(5),
    "members_move": lambda stand: stand.move(done=False),
    "members_moved": lambda stand: stand.move(done=True),
    "members_empty": _empty,
}
STILL = {"members_reading"}


def draw_state(name: str, built: Path, empty: Path) -> list[str]:
    """Bring a page into a state once, then switch language, look and size live."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        source = empty if name == "members_empty" else built
        shutil.copytree(source.parent, folder, dirs_exist_ok=True)
        stand = Stand(Path(folder) / source.name)
        try:
            STATES[name](stand)
            for stop in tour(stand.rig):
                found += draw(stand.rig.window, f"{name}_{stop}")
        finally:
            stand.shop.gate.set()
            leave(stand.rig)
    return found


def build(folder: Path) -> tuple[Path, Path]:
    """Make the two shops: one with people, one with nobody."""
    built, empty = folder / "people" / "shop.db", folder / "empty" / "shop.db"
    for path in (built, empty):
        path.parent.mkdir()
    people.build(built)
    service = open_shop(empty)
    service.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
    service.close()
    return built, empty


def main(wanted: list[str]) -> int:
    app = begin()
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        built, empty = build(Path(folder))
        for name in STATES:
            if not wanted or name in wanted:
                found += draw_state(name, built, empty)
    for line in found:
        print(f"cut: {line}")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
