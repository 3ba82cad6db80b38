"""What is promised as texts, for the screen."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportColumn, ReportFigure, ReportTable
from loyalty_pos.app.report_views import PromisedMonthView, PromisesView
from loyalty_pos.app.tier_report_paper import in_unit, month_name
from loyalty_pos.domain.dates import read_month


def promised_figures(view: PromisesView, language: Language) -> tuple[ReportFigure, ...]:
    """Give the four figures that matter first."""
    t, soon = language.t, view.expiring_soon
    ending = language.money(soon.credit_minor + soon.points_minor)
    return (
        ReportFigure(
            t("Promised in all"),
            language.money(view.total_minor),
            t("{amount} of it never used", amount=language.money(view.breakage.minor)),
        ),
        ReportFigure(
            t("Credit"),
            language.money(view.credit_minor),
            t("{amount} ends in 30 days", amount=ending),
        ),
        ReportFigure(
            t("Points"),
            language.number(view.points),
            t("worth {amount}", amount=language.money(view.points_minor)),
        ),
        ReportFigure(
            t("Free items"),
            language.number(view.free_items),
            language.n("{count} ends in 30 days", "{count} end in 30 days", soon.free_items),
        ),
    )


def promised_tables(view: PromisesView, language: Language) -> tuple[ReportTable, ...]:
    tables = [_months(view, language), _stamps(view, language), _stored(view, language)]
    if view.budgets:
        tables.append(_budgets(view, language))
    return tuple(tables)


def _months(view: PromisesView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()

    def row(one: PromisedMonthView) -> tuple[str, ...]:
        stored = one.vouchers_minor + one.gift_cards_minor
        return (
            t("never") if one.month is None else _month(one.month, language),
            language.money(one.credit_minor, unit=False),
            language.number(one.points),
            language.money(one.points_minor, unit=False),
            language.number(one.free_items),
            language.money(stored, unit=False),
        )

    return ReportTable(
        title=t("When it ends"),
        columns=(
            ReportColumn(t("Month"), 22, number=False),
            ReportColumn(in_unit(t("Credit"), unit), 18),
            ReportColumn(t("Points"), 14),
            ReportColumn(in_unit(t("Worth"), unit), 16),
            ReportColumn(t("Free items"), 12),
            ReportColumn(in_unit(t("Cards and vouchers"), unit), 20),
        ),
        rows=tuple(row(one) for one in view.by_month),
        note=t(
            "Never used, by experience: {credit} of credit, {points} of points. That is the part of all lots"
            " past their day which nobody used.",
            credit=language.percent(view.breakage.credit_bp),
            points=language.percent(view.breakage.points_bp),
        ),
        empty=t("Nothing is promised."),
    )


def _month(month: str, language: Language) -> str:
    known = read_month(month)
    assert known is not None, "a promise ends in a month of some calendar"
    return month_name(month, known.calendar, language)


def _stamps(view: PromisesView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    return ReportTable(
        title=t("Cards"),
        columns=(
            ReportColumn(t("Programme"), 40, number=False),
            ReportColumn(t("Stamps"), 18),
            ReportColumn(t("Free items"), 18),
            ReportColumn(in_unit(t("Worth at most"), unit), 24),
        ),
        rows=tuple(
            (
                language.name(one.name),
                language.number(one.have),
                language.number(one.owed),
                "–" if one.worth_minor is None else language.money(one.worth_minor, unit=False),
            )
            for one in view.stamps.values()
        ),
        empty=t("No card has a stamp."),
    )


def _stored(view: PromisesView, language: Language) -> ReportTable:
    t, unit, owed = language.t, language.money_unit(), view.owed_by_members

    def row(name: str, count: int, minor: int) -> tuple[str, str, str]:
        return name, language.number(count), language.money(minor, unit=False)

    return ReportTable(
        title=t("Stored value, pledges and debts"),
        columns=(
            ReportColumn(t("What"), 50, number=False),
            ReportColumn(t("How many"), 20),
            ReportColumn(in_unit(t("Amount"), unit), 30),
        ),
        rows=(
            row(t("Gift cards"), view.gift_cards.count, view.gift_cards.minor),
            row(t("Vouchers for the next visit"), view.vouchers.count, view.vouchers.minor),
            *((language.name(one.cause), "–", language.money(one.minor, unit=False)) for one in view.pledges),
            row(t("Points members owe"), owed.points, owed.points_minor),
            (t("Credit members owe"), "–", language.money(owed.credit_minor, unit=False)),
        ),
    )


def _budgets(view: PromisesView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    return ReportTable(
        title=t("Budgets"),
        columns=(
            ReportColumn(t("Programme"), 40, number=False),
            ReportColumn(in_unit(t("Budget"), unit), 20),
            ReportColumn(in_unit(t("Given"), unit), 20),
            ReportColumn(in_unit(t("Left"), unit), 20),
        ),
        rows=tuple(
            (
                language.name(one.name),
                language.money(one.budget_minor, unit=False),
                language.money(one.spent_minor, unit=False),
                language.money(one.left_minor, unit=False),
            )
            for one in view.budgets
        ),
    )
