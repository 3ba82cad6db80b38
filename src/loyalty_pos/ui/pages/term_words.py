"""Memberships and contracts put into words."""

from loyalty_pos.app.claim_views import ClaimableView
from loyalty_pos.app.language import Language
from loyalty_pos.app.term_views import EndedContractView, SoldMembershipView, TermView
from loyalty_pos.app.views import MemberView


def held(member: MemberView, language: Language) -> str:
    """What a member holds and until when, a line each."""
    return "\n".join(_held(term, language) for term in member.terms)


def _held(term: TermView, language: Language) -> str:
    t, name = language.t, language.name(term.programme_name)
    if term.kind == "contract":
        said = t("{name} until {day}", name=name, day=language.day(term.until_day))
        return f"{said} · {progress(term, language)}"
    if term.rests_minor:
        missing = language.money(term.rests_minor)
        said = t("{name} rests: {missing} more to spend first", name=name, missing=missing)
    elif term.state == "grace":
        said = t("{name} has run out; benefits until {day}", name=name, day=language.day(term.good_until))
    else:
        said = t("{name} until {day}", name=name, day=language.day(term.until_day))
    statement = t(
        "paid {fee}, saved {saved}",
        fee=language.money(term.fee_minor, unit=False),
        saved=language.money(term.given_minor),
    )
    return f"{said} · {statement}"


def progress(term: TermView, language: Language) -> str:
    """How far a contract is."""
    if term.fulfilled:
        return language.t("promise kept")
    said = []
    if term.promised_visits is not None:
        done, promised = language.number(term.visits), language.number(term.promised_visits)
        said.append(language.t("{done} of {promised} purchases", done=done, promised=promised))
    if term.promised_spend_minor is not None:
        done = language.money(term.spend_minor, unit=False)
        promised = language.money(term.promised_spend_minor)
        said.append(language.t("{done} of {promised}", done=done, promised=promised))
    return " · ".join(said)


def price(one: ClaimableView, language: Language) -> str:
    """What a membership costs, or what ending a contract would."""
    if one.does == "end":
        if not one.price_minor:
            return language.t("nothing is owed")
        return language.t("{money} is owed when it ends now", money=language.money(one.price_minor))
    return language.money(one.price_minor) if one.does == "sell" else language.t("against a promise")


def toast(view: SoldMembershipView | TermView | EndedContractView, language: Language) -> tuple[str, str]:
    """Say what was sold, begun, ended or taken back, and the money that goes with it."""
    t = language.t
    if isinstance(view, TermView):
        name = language.name(view.programme_name)
        return t("Contract begun: {name}", name=name), t("until {day}", day=language.day(view.until_day))
    name = language.name(view.term.programme_name)
    if isinstance(view, EndedContractView):
        owed = t("{money} to pay", money=language.money(view.owed_minor)) if view.owed_minor else ""
        return t("Contract ended: {name}", name=name), owed
    if view.term.state == "ended":
        money = language.money(view.refund_minor)
        return t("Taken back: {name}", name=name), t("{money} to pay back", money=money)
    money = t("{money} to pay", money=language.money(view.due_minor))
    until = t("until {day}", day=language.day(view.term.until_day))
    return t("Sold: {name}", name=name), f"{money} · {until}"
