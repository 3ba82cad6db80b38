"""What a published programme gave so far, and the way to the desk beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.form_views import LimitsView, ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.ui.pages.programme_sides import side_of
from loyalty_pos.ui.widgets import Banner, Btn, Card, Tx
from loyalty_pos.ui.widgets.share_bar import ShareBar


def limits_words(limits: LimitsView | None, language: Language) -> str:
    """Say how much of what a programme may give is used; empty without such limits."""
    if limits is None:
        return ""
    t, number, money = language.t, language.number, language.money
    said = []
    if limits.total is not None:
        said.append(t("{used} of {total} times used", used=number(limits.times), total=number(limits.total)))
    if limits.budget_minor is not None:
        spent, budget = money(limits.spent_minor, unit=False), money(limits.budget_minor)
        said.append(t("{spent} of {budget} given away", spent=spent, budget=budget))
    return " · ".join(said)


def left_words(limits: LimitsView, language: Language) -> str:
    """Say what is left; empty without a limit on all of it."""
    t, said = language.t, []
    if limits.total is not None:
        left = max(0, limits.total - limits.times)
        said.append(language.n("{count} time left", "{count} times left", left))
    if limits.budget_minor is not None:
        left = max(0, limits.budget_minor - limits.spent_minor)
        said.append(t("{amount} left", amount=language.money(left)))
    return " · ".join(said)


def rests_words(limits: LimitsView, language: Language) -> str:
    """Say why a programme rests by itself."""
    t = language.t
    if limits.total is not None and limits.times >= limits.total:
        return t("Paused by itself: limit reached")
    return t("Paused by itself: budget used up")


class UseCard(Card):
    """Beside the form: the bar of what is used, why it rests, and the door to its desk."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self.title = Tx("", "secondary", weight=600)
        self.bar = ShareBar()
        self.used, self.left = Tx("", "secondary", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.rests = Banner("reward")
        self.open = Btn("", "soft", icon="ticket", keycap="Ctrl K", size="small")
        for part in (self.title, self.bar, self.used, self.left, self.rests, self.open):
            self.body.addWidget(part)
        self.open.clicked.connect(self.opened)
        self.hide()

    def show_programme(self, programme: ProgrammeDetailView | None, language: Language) -> None:
        """Show what there is to show of a published programme, or hide."""
        t = language.t
        limits = programme.limits if programme else None
        counted = limits if limits and (limits.total is not None or limits.budget_minor is not None) else None
        side = side_of(programme)
        self.title.setText(t("Used so far"))
        said = limits_words(counted, language)
        for part in (self.title, self.bar, self.used, self.left):
            part.setVisible(counted is not None)
        over = counted is not None and counted.used_up
        self.rests.setVisible(over)
        if counted is not None:
            self.bar.set_share(counted.share_milli, said)
            self.used.setText(said)
            self.left.setText(left_words(counted, language))
            self.left.setVisible(not over)
            what = t("Raise the limit and publish to let it run on.")
            self.rests.set_content("reward", rests_words(counted, language), what, icon="pause")
        if side is not None:
            self.open.set_content(t(side.words), icon=side.icon)
            self.open.setAccessibleName(t(side.words))
        self.open.setVisible(side is not None)
        self.setVisible(side is not None or counted is not None)
