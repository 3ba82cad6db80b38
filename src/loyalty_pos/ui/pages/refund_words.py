"""A refund put into words: the money, then every point, lot, stamp, reward, code and level that moves."""

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.views import LineView, Moved, MovedLot, ShopView, TakenBackView
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.refunding import RefundForm
from loyalty_pos.ui.widgets.why_panel import WhyRow, WhySection

_OF_PROGRAMME = {
    "reward": N_("Rewards of {programme}"),
    "stamps": N_("Stamps of {programme}"),
    "owed_stamps": N_("Owed stamps of {programme}"),
}
_SHARED = {
    "points": N_("Points"),
    "credit": N_("Credit"),
    "owed_points": N_("Owed points"),
    "owed_credit": N_("Owed credit"),
}


def title(form: RefundForm, language: Language) -> str:
    return language.t("Refund of sale {number}", number=language.digits(str(form.sale.number)))


def left(form: RefundForm, language: Language) -> str:
    """Say whose sale it is and what of it is kept."""
    money = language.t("{money} left of it", money=language.money(form.left_minor))
    name = form.sale.member_name
    return f"{language.name(name)} · {money}" if name else money


def line(one: LineView, language: Language) -> str:
    """Name a line of goods."""
    return language.name(one.text) if one.text else language.t("Item")


def exchange_words(form: RefundForm, language: Language) -> tuple[str, str]:
    """Say on the counter what comes back for the goods that are taken instead."""
    number = language.digits(str(form.sale.number))
    back = form.view.refund_minor if form.view is not None else 0
    title = language.t("Exchange: {money} of sale {number}", money=language.money(back), number=number)
    return title, language.t("Nothing is taken back before the new goods are recorded.")


def sections(view: TakenBackView, shop: ShopView | None, language: Language) -> list[WhySection]:
    """Tell everything a refund moves."""
    t = language.t
    found = [WhySection(t("The money"), "wallet", _money(view, language))]
    names = {programme.key: programme.name for programme in shop.programmes} if shop else {}
    moved = [row for one in view.moved if (row := _moved(one, names, language)) is not None]
    if moved:
        found.append(WhySection(t("What moves"), "undo", moved))
    lots = [_lot(one, language) for one in view.lots if one.unit in _SHARED and one.expires_on]
    if lots:
        found.append(WhySection(t("Of these with a last day"), "clock", lots))
    codes = [
        WhyRow(t("The code of {programme} can be used again", programme=language.name(name)))
        for name in view.codes_back
    ]
    for key in view.vouchers:
        programme = language.name(names.get(key, key))
        codes.append(WhyRow(t("The voucher of {programme} counts no more", programme=programme)))
    if view.remade_minor:
        codes.append(WhyRow(t("A new voucher is made"), language.money(view.remade_minor)))
    if codes:
        found.append(WhySection(t("Codes"), "tag", codes))
    if view.tier.before != view.tier.after:
        change = t(
            "From {before} to {after}",
            before=language.name(view.tier.before_name or t("no level")),
            after=language.name(view.tier.after_name or t("no level")),
        )
        found.append(WhySection(t("Level"), "star", [WhyRow(change)]))
    return found


def trouble(form: RefundForm, language: Language) -> tuple[str, str]:
    """Say why nothing was refunded; empty when there is nothing to say."""
    if form.problem is not None:
        return say_problem(form.problem, language), ""
    if form.changed:
        return (
            language.t("Something has changed meanwhile"),
            language.t("Have a look, then Enter refunds what stands here now"),
        )
    return "", ""


def _money(view: TakenBackView, language: Language) -> list[WhyRow]:
    t = language.t
    rows = []
    if view.withheld_minor > 0:
        price = language.money(view.withheld_minor)
        rows.append(WhyRow(t("A free one is paid for after all"), price))
    if view.withheld_minor < 0:
        price = language.money(-view.withheld_minor)
        rows.append(WhyRow(t("A free one that was paid for comes back"), price))
    if view.held_minor > 0:
        price = language.money(view.held_minor)
        rows.append(WhyRow(t("Withheld: a voucher of this sale was spent"), price))
    if view.held_minor < 0:
        price = language.money(-view.held_minor)
        rows.append(WhyRow(t("What was withheld for a voucher comes back"), price))
    if back := view.to_gift_cards_minor - view.new_card_minor:
        rows.append(WhyRow(t("Back onto the gift card"), language.money(back)))
    if view.new_card_minor:
        rows.append(WhyRow(t("Onto a new gift card"), language.money(view.new_card_minor)))
    if view.to_credit_minor:
        rows.append(WhyRow(t("Back to the credit"), language.money(view.to_credit_minor)))
    if view.to_points:
        rows.append(WhyRow(t("Points that come back"), language.number(view.to_points)))
    rows.append(WhyRow(t("Left of the sale"), language.money(view.left_minor)))
    rows.append(WhyRow(t("To pay back"), language.money(view.refund_minor), "total"))
    return rows


def _moved(one: Moved, names: dict[str, str], language: Language) -> WhyRow | None:
    unit, _, key = one.account.partition(":")
    if unit == "pledge":
        return WhyRow(language.t("Pledged to {cause}", cause=language.name(key)), language.money(one.amount))
    if unit in _OF_PROGRAMME:
        programme = language.name(names.get(key, key))
        return WhyRow(language.t(_OF_PROGRAMME[unit], programme=programme), _signed(one.amount, language))
    if unit not in _SHARED:
        return None  # what is carried towards the next point
    return WhyRow(language.t(_SHARED[unit]), _worth(unit, one.amount, language))


def _lot(one: MovedLot, language: Language) -> WhyRow:
    day = language.day(one.expires_on or "")
    label = language.t("{unit} until {day}", unit=language.t(_SHARED[one.unit]), day=day)
    return WhyRow(label, _worth(one.unit, one.amount, language))


def _worth(unit: str, amount: int, language: Language) -> str:
    if not unit.endswith("credit"):
        return _signed(amount, language)
    if amount < 0:
        return language.money(amount)
    number, space, unit = language.money(amount).partition(" ")
    return f"{language.isolate('+' + number)}{space}{unit}"


def _signed(amount: int, language: Language) -> str:
    said = language.number(amount)
    return language.isolate(f"+{said}") if amount > 0 else said
