"""A business day's loyalty summary put into words, for its paper and for the window."""

from collections.abc import Callable

from loyalty_pos.app.language import Language
from loyalty_pos.app.lifetime_views import DayUnitView, DayView
from loyalty_pos.app.papers import WIDE_DOTS, ReceiptPaper
from loyalty_pos.app.views import ShopView

Said = Callable[[int], str]


def day_paper(
    day: DayView, shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS
) -> ReceiptPaper:
    """Put a closed day on paper, with the head of the chain that proves everything up to it."""
    t = language.t
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=t("Close of day"),
        date_text=f"{language.day_short(day.day)} · {language.clock(day.at_ms)}",
        sale_text=t(
            "till {till} · no. {number}",
            till=language.digits(day.till),
            number=language.digits(str(day.number)),
        ),
        lines=day_lines(day, language),
        paid_label=t("Sales of the day"),
        paid_text=language.money(day.figures.net_minor),
        notes=caught_up_words(day, language),
        barcode_text=t(
            "Mark {mark}, entry {entry}",
            mark=language.isolate(day.head_short),
            entry=language.number(day.posting),
        ),
        footer=(t("Keep this slip: its mark proves that nothing before it was changed."),),
        copy_text=t("Copy") if day.copy else "",
        width_dots=width_dots,
    )


def day_lines(day: DayView, language: Language) -> list[tuple[str, str]]:
    """Say what a day came to, line by line; what did not happen is left out."""
    t, figures, number = language.t, day.figures, language.number
    rows = [
        (t("Number of sales"), number(figures.sales)),
        (t("Of those with a member"), number(figures.member_sales)),
        (t("Members who bought"), number(figures.members)),
    ]
    more = [
        (t("New members"), figures.new_members, number),
        (t("Discounts"), figures.discount_minor, _money(language)),
        (t("Refunds"), figures.refunds, number),
        (t("Refunded goods"), figures.refunded_minor, _money(language)),
        *_unit(t("Points"), figures.points, number, language),
        *_unit(t("Credit"), figures.credit_minor, _money(language), language),
        *_unit(t("Rewards"), figures.rewards, number, language),
        *((_stamps(day.stamp_names[key], language), count, number) for key, count in figures.stamps.items()),
        (t("Codes issued"), figures.codes_issued, number),
        (t("Codes used"), figures.codes_used, number),
        (t("Gift cards issued"), figures.gift_cards_issued_minor, _money(language)),
        (t("Gift cards spent"), figures.gift_cards_spent_minor, _money(language)),
    ]
    return [*rows, *((title, say(amount)) for title, amount, say in more if amount)]


def caught_up_words(day: DayView, language: Language) -> list[str]:
    """Say what closing did beside counting."""
    t, n = language.t, language.n
    said = []
    if day.swept.lots:
        said.append(n("{count} lot had ended.", "{count} lots had ended.", day.swept.lots))
    for one in day.reviews:
        said.append(
            t(
                "Levels reviewed for {day}: {warned} warned, {fell} fell.",
                day=language.day(one.day),
                warned=language.number(one.warned),
                fell=language.number(one.fell),
            )
        )
    return said


def due_words(day: DayView, language: Language) -> list[str]:
    """Say what closing will do beside counting."""
    said = []
    if day.due_lots:
        said.append(
            language.n(
                "{count} lot has ended and will be written down.",
                "{count} lots have ended and will be written down.",
                day.due_lots,
            )
        )
    for one in day.due_reviews:
        said.append(language.t("The levels will be reviewed for {day}.", day=language.day(one)))
    return said


def _stamps(programme: str, language: Language) -> str:
    return language.t("Stamps of {programme}", programme=language.name(programme))


def _money(language: Language) -> Said:
    return lambda minor: language.money(minor, unit=False)


def _unit(name: str, unit: DayUnitView, say: Said, language: Language) -> list[tuple[str, int, Said]]:
    t = language.t
    causes = (
        (t("{unit}, earned", unit=name), unit.earned),
        (t("{unit}, used", unit=name), -unit.used),
        (t("{unit}, expired", unit=name), -unit.expired),
        (t("{unit}, taken back", unit=name), -unit.taken_back),
        (t("{unit}, given back", unit=name), unit.given_back),
        (t("{unit}, towards debts", unit=name), -unit.repaid),
        (t("{unit}, by hand", unit=name), unit.adjusted),
    )
    return [(title, amount, say) for title, amount in causes]
