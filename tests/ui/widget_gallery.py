"""Draw every widget on one page, in both languages and both lights, to be looked at.

`python -m tests.ui.widget_gallery [folder]` writes widgets_{fa,en}_{light,dark}.png (build/gallery).
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import (
    AmountField,
    KeyBar,
    NavItem,
    NavRail,
    SearchField,
    TopBar,
)
from tests.ui.gallery_cards import idle_card, member_card, parts_card, sale_card, states_card, why
from tests.ui.samples import Sample, sample

FOLDER = Path(__file__).resolve().parents[2] / "build" / "gallery"


def rail(s: Sample) -> NavRail:
    made = NavRail(
        [
            NavItem(key, icon, s.say(fa, en), enabled)
            for key, icon, fa, en, enabled in (
                ("counter", "scan", "پیشخوان", "Counter", True),
                ("members", "people", "اعضا", "Members", True),
                ("programmes", "gift", "برنامه‌ها", "Programmes", True),
                ("reports", "chart", "گزارش‌ها", "Reports", True),
                ("settings", "sliders", "تنظیمات", "Settings", False),
            )
        ],
        [
            NavItem("look", "moon", s.say("تیره", "Dark")),
            NavItem("language", "globe", s.say("English", "فارسی")),
        ],
        name=s.say("صفحه‌ها", "Pages"),
    )
    made.set_current("counter")
    return made


def top_bar(s: Sample) -> TopBar:
    search = SearchField(
        s.say("کارت را بکشید، یا موبایل / نام را بنویسید", "Scan a card, or type phone / name")
    )
    bar = TopBar(search)
    bar.set_device("scan", "ok", s.say("اسکنر آماده است", "Scanner ready"))
    bar.set_device("printer", "warn", s.say("کاغذ رو به پایان است", "Paper low"))
    bar.set_device("globe", "off", s.say("آفلاین", "Offline"))
    bar.set_who(
        s.say("مریم · صندوق ۱", "Maryam · Till 1"),
        s.say("پنجشنبه ۲۷ فروردین · ۱۸:۴۲", "Thu 16 Apr · 18:42"),
        s.say("م", "M"),
    )
    return bar


def key_bar(s: Sample) -> KeyBar:
    return KeyBar(
        [
            ("F1", s.say("راهنما", "Help")),
            ("F3", s.say("عضو جدید", "New member")),
            ("F6", s.say("اعتبار", "Credit")),
            ("Ctrl Z", s.say("برگرداندن", "Undo")),
            ("F10", s.say("چاپ دوباره", "Reprint")),
            ("Esc", s.say("پاک کردن", "Clear")),
        ]
    )


def cards(s: Sample) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(theme.px(14), theme.px(14), theme.px(14), theme.px(14))
    grid.setSpacing(theme.px(14))
    columns: tuple[tuple[Callable[[Sample], QWidget], ...], ...] = (
        (member_card, idle_card),
        (sale_card, why),
        (states_card, parts_card),
    )
    for column, builders in enumerate(columns):
        stack = QVBoxLayout()
        stack.setSpacing(theme.px(14))
        for builder in builders:
            stack.addWidget(builder(s))
        stack.addStretch(1)
        grid.addLayout(stack, 0, column)
        grid.setColumnMinimumWidth(column, theme.px((388, 486, 440)[column]))
    return grid


def page(code: LanguageCode) -> QWidget:
    """Build the page of all widgets; the theme must have been applied."""
    s, whole, middle = sample(code), QWidget(), QVBoxLayout()
    rows = QHBoxLayout(whole)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    middle.setSpacing(0)
    middle.addWidget(top_bar(s))
    middle.addLayout(cards(s), 1)
    middle.addWidget(key_bar(s))
    rows.addWidget(rail(s))
    rows.addLayout(middle, 1)
    return whole


def picture(widget: QWidget, size: QSize) -> QImage:
    """Draw a widget as it would stand on screen."""
    widget.resize(size)
    widget.show()
    QApplication.processEvents()
    if (amount := widget.findChild(AmountField, "amount")) is not None:
        amount.setFocus()
    image = widget.grab().toImage()
    widget.hide()
    return image


def main(folder: Path) -> None:
    app = cast(QApplication, QApplication.instance() or QApplication([]))
    folder.mkdir(parents=True, exist_ok=True)
    codes: tuple[LanguageCode, ...] = ("fa", "en")
    for code in codes:
        for dark in (False, True):
            theme.apply(app, theme.Look(dark=dark, rtl=code == "fa"))
            whole = page(code)
            name = folder / f"widgets_{code}_{'dark' if dark else 'light'}.png"
            picture(whole, QSize(1480, 1180)).save(str(name))
            whole.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
