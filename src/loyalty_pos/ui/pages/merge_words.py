"""A merge put into words: who stays, what comes along, what the survivor holds then."""

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.people_views import MergeView, PairView
from loyalty_pos.app.views import CandidateView, ShopView
from loyalty_pos.domain.kinds import listed
from loyalty_pos.ui.pages.counter_words import called, initial
from loyalty_pos.ui.widgets import Candidate
from loyalty_pos.ui.widgets.why_panel import WhyRow, WhySection

_WHY = {
    "birthday": N_("the same name and birthday"),
    "phone": N_("the same phone in another spelling"),
    "city": N_("the same name and city"),
}


def title(view: MergeView | None, name: str, language: Language, *, everybody: bool) -> tuple[str, str]:
    """Say what is asked, or what is shown."""
    t = language.t
    if view is None and everybody:
        return t("Perhaps the same person"), t("Choose a pair and look at what would come together.")
    if view is None:
        return t("Merge with…"), t("Who is the same person as {name}?", name=called(name, None, language))
    both = {"keep": _called(view.keep_name, language), "drop": _called(view.drop_name, language)}
    if view.undone:
        return t("The merge is undone"), t("{keep} and {drop} are as they were before.", **both)
    if view.posting_id is not None:
        text = t("It can be undone until the next sale.") if view.undoable else ""
        return t("{drop} is {keep} now", **both), text
    return t("{keep} stays, {drop} becomes another name", **both), t(
        "Cards, phones and the old number still find the member."
    )


def pair(key: str, one: PairView, language: Language, *, both: bool) -> Candidate:
    """Two members who may be one, or the other one of them."""
    people = (one.keep, one.drop) if both else (one.keep,)
    names = [_name(each, language) for each in people]
    return Candidate(key, listed(names, language), initial(one.drop.name) or "+", language.t(_WHY[one.why]))


def sections(view: MergeView, shop: ShopView | None, language: Language) -> list[WhySection]:
    """Tell what the dropped one brings and what the survivor holds then."""
    t, brings = language.t, view.brings
    names = {programme.key: programme.name for programme in shop.programmes} if shop else {}
    rows = [
        WhyRow(t("Points"), language.number(brings.points)),
        WhyRow(t("Credit"), language.money(brings.credit_minor)),
        WhyRow(t("Owed points"), language.number(brings.owed.points)),
        WhyRow(t("Owed credit"), language.money(brings.owed.credit_minor)),
        WhyRow(t("Visits"), language.number(brings.visits)),
        WhyRow(t("Bought in all"), language.money(brings.spend_minor)),
        WhyRow(t("Cards"), language.number(brings.cards)),
        WhyRow(t("Phones"), language.number(int(brings.phone))),
        WhyRow(t("Vouchers"), language.number(brings.vouchers)),
        WhyRow(t("Gift cards"), language.number(brings.gift_cards)),
    ]
    zero = {language.number(0), language.money(0)}
    rows = [one for one in rows if one.value not in zero]
    kept = ((N_("Stamps of {programme}"), brings.stamps), (N_("Rewards of {programme}"), brings.rewards))
    for said, of in kept:
        for key, count in of.items():
            programme = language.name(names.get(key, key))
            rows.append(WhyRow(t(said, programme=programme), language.number(count)))
    found = [WhySection(t("{name} brings", name=_called(view.drop_name, language)), "people", rows)]
    then = [
        WhyRow(t("Points"), language.number(view.balances.points)),
        WhyRow(t("Credit"), language.money(view.balances.credit_minor)),
        WhyRow(t("Visits"), language.number(view.visits)),
        WhyRow(t("Messages"), t("agreed to") if view.consent else t("not agreed to")),
    ]
    if view.tier.after != view.tier.before and view.tier.after:
        then.append(WhyRow(t("Level"), language.name(view.tier.after_name)))
    found.append(WhySection(t("{name} holds then", name=_called(view.keep_name, language)), "wallet", then))
    return found


def _name(one: CandidateView, language: Language) -> str:
    return called(one.name, one.phone, language)


def _called(name: str, language: Language) -> str:
    return called(name, None, language)
