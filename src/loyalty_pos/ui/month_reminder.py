"""At the start of a month: last month's report can be read. Said once, in a toast that goes by itself."""

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language, month_said
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.domain.dates import month_end, month_key
from loyalty_pos.ui.widgets import Toast

SECONDS = 20


def month_due(choices: UiSettings, day: str, language: Language) -> str:
    """Return the month that ended last, as reports name it; empty when its report was offered already."""
    shop = language.shop
    if shop is None or not choices.month_reminder:
        return ""
    ended = month_key(month_end(day, shop.calendar, -1), shop.calendar)
    return "" if ended == choices.month_seen else ended


def remind(month: str, language: Language, over: QWidget) -> Toast:
    """Say that the report of a month can be read."""
    t, (year, number) = language.t, month.split("-")
    calendar = language.shop.calendar if language.shop else "gregorian"
    said = month_said(language, int(year), int(number), calendar)
    toast = Toast(language, over, floating=True)
    message = t("The report of {month} is ready", month=said)
    toast.show_message(
        message, t("{keys} opens it", keys=language.isolate("Ctrl 4")), icon="check", seconds=SECONDS
    )
    return toast
