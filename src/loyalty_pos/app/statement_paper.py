"""A member's statement in words: the one place where its figures are written."""

from collections.abc import Sequence

from loyalty_pos.app.history_words import happened
from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportColumn, ReportFigure, ReportPaper, ReportTable
from loyalty_pos.app.statement_views import StatementRowView, StatementView
from loyalty_pos.app.tier_report_paper import anchor_text, in_unit
from loyalty_pos.app.views import LotView, ShopView

_BALANCES = frozenset({"points", "spend_credit", "company_credit"})
"""Kinds whose progress is what is left over from the last point or unit of money."""


def statement_paper(view: StatementView, shop: ShopView, language: Language) -> ReportPaper:
    """Put a member's account on paper; the phone is masked, for paper lies about."""
    t, member = language.t, view.member
    phone = language.phone(member.phone, masked=True) if member.phone else ""
    cards = [t("card {card}", card=language.isolate(member.cards[0]))] if member.cards else []
    whose = [language.name(member.name), phone, *cards]
    return ReportPaper(
        language=language.code,
        title=t("Statement of {name}", name=language.name(member.name) if member.name else phone or cards[0]),
        under_text=" · ".join([language.name(shop.name), *(one for one in whose if one)]),
        period_text=t(
            "{first} to {last}",
            first=language.day_short(view.from_day),
            last=language.day_short(view.to_day),
        ),
        made_text=t("Made at {time}", time=language.clock(view.made_at_ms)),
        figures=_figures(view, language),
        tables=[_movements(view, language), _lots(view, language), _cards(view, shop, language)],
        footer_text=anchor_text(view, language),
        page_text=t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        numerals=language.digits("0123456789"),
    )


def _figures(view: StatementView, language: Language) -> tuple[ReportFigure, ...]:
    t, member = language.t, view.member
    points_owed, credit_owed = member.owed.points, member.owed.credit_minor
    pending = t("{amount} from later on", amount=language.number(member.points_pending))
    later = t("{amount} from later on", amount=language.money(member.credit_pending_minor))
    owed = t("{amount} owed", amount=language.number(points_owed))
    debt = t("{amount} owed", amount=language.money(credit_owed))
    return (
        ReportFigure(
            t("Points now"),
            language.number(member.points),
            owed if points_owed else pending if member.points_pending else "",
        ),
        ReportFigure(
            t("Credit now"),
            language.money(member.credit_minor),
            debt if credit_owed else later if member.credit_pending_minor else "",
        ),
        ReportFigure(
            t("Level"),
            language.name(member.standing.tier_name) if member.standing and member.standing.tier else "–",
            t("Member since {day}", day=language.day_short(member.enrolled_day)),
        ),
        ReportFigure(
            t("Bought in all"),
            language.money(member.spend_minor),
            language.n("{count} visit", "{count} visits", member.visits),
        ),
    )


def _movements(view: StatementView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    rows: list[tuple[str, ...]] = [
        (
            "",
            t("Before"),
            "",
            language.number(view.points_before),
            "",
            _money(view.credit_before_minor, language),
        )
    ]
    rows += [row for one in view.rows for row in _moved(one, language)]
    if view.points_ended or view.credit_ended_minor:
        ended = (-view.points_ended, -view.credit_ended_minor)
        rows.append(
            ("", t("Ended unused since"), _points(ended[0], language), "", _credit(ended[1], language), "")
        )
    return ReportTable(
        title=t("What moved"),
        columns=(
            ReportColumn(t("Day"), 13, number=False),
            ReportColumn(t("What, and why"), 43, number=False),
            ReportColumn(t("Points"), 10),
            ReportColumn(t("Held"), 10),
            ReportColumn(in_unit(t("Credit"), unit), 12),
            ReportColumn(in_unit(t("Held"), unit), 12),
        ),
        rows=rows,
        total=(
            "",
            t("At the end"),
            "",
            language.number(view.points_after),
            "",
            _money(view.credit_after_minor, language),
        ),
    )


def _moved(one: StatementRowView, language: Language) -> list[tuple[str, ...]]:
    """Write a movement, and what it came from on a line of its own."""
    title, more = happened(one.item, language)
    first = (
        language.day_short(one.item.business_day),
        " · ".join([title, *more]),
        _points(one.points, language),
        language.number(one.points_after),
        _credit(one.credit_minor, language),
        _money(one.credit_after_minor, language),
    )
    why = " · ".join([each.said(language.code) for each in one.why])
    return [first, *([("", why, "", "", "", "")] if why else [])]


def _lots(view: StatementView, language: Language) -> ReportTable:
    t = language.t
    return ReportTable(
        title=t("What ends when"),
        columns=(
            ReportColumn(t("Counts until"), 40, number=False),
            ReportColumn(t("Points"), 30),
            ReportColumn(in_unit(t("Credit"), language.money_unit()), 30),
        ),
        rows=[
            (
                language.day(day) if day else t("Never ends"),
                language.number(points) if points else "",
                _money(credit, language) if credit else "",
            )
            for day, points, credit in _by_last_day(view.member.lots)
        ],
        empty=t("There are no points and no credit."),
    )


def _by_last_day(lots: Sequence[LotView]) -> list[tuple[str, int, int]]:
    """Sum lots by the last day they count, what never ends last."""
    sums: dict[str, list[int]] = {}
    for lot in lots:
        if lot.unit in ("points", "credit"):
            sums.setdefault(lot.expires_on or "", [0, 0])[lot.unit == "credit"] += lot.left
    return [(day, sums[day][0], sums[day][1]) for day in sorted(sums, key=lambda day: (not day, day))]


def _cards(view: StatementView, shop: ShopView, language: Language) -> ReportTable:
    t, names = language.t, {one.key: one.name for one in shop.programmes}
    on_cards = {one.key for one in shop.programmes if one.kind not in _BALANCES}
    ready: dict[str, int] = {}
    for reward in view.member.rewards:
        ready[reward.programme] = ready.get(reward.programme, 0) + reward.count
    keys = [key for key in names if key in ready or (key in on_cards and key in view.member.progress)]
    return ReportTable(
        title=t("Cards and rewards"),
        columns=(
            ReportColumn(t("Programme"), 50, number=False),
            ReportColumn(t("On the way"), 25),
            ReportColumn(t("Ready"), 25),
        ),
        rows=[
            (
                language.name(names[key]),
                _on_the_way(view, key, language),
                language.number(ready[key]) if key in ready else "",
            )
            for key in keys
        ],
        empty=t("There are no cards and no rewards."),
    )


def _on_the_way(view: StatementView, key: str, language: Language) -> str:
    progress = view.member.progress.get(key)
    if progress is None:
        return ""
    return language.t(
        "{have}/{needed}", have=language.number(progress.have), needed=language.number(progress.step)
    )


def _money(minor: int, language: Language) -> str:
    return language.money(minor, unit=False)


def _points(points: int, language: Language) -> str:
    return _signed(points, language.number(points), language) if points else ""


def _credit(minor: int, language: Language) -> str:
    return _signed(minor, _money(minor, language), language) if minor else ""


def _signed(amount: int, said: str, language: Language) -> str:
    return said if amount < 0 else language.isolate(f"+{said}")
