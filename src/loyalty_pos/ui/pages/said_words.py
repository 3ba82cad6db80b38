"""What the counter says where it belongs: a problem, or a remark of its own, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.exchanging import STAYS_RETURNED
from loyalty_pos.ui.counter.state import Said
from loyalty_pos.ui.pages.account_words import account_remarks
from loyalty_pos.ui.problem_words import say_problem

_SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "scan_voucher_again": (N_("Scan the voucher once more"), ""),
        "one_more_letter": (N_("Type one more letter of the name"), ""),
        "no_credit_here": (N_("There is no credit to pay with"), ""),
        "name_warranty_again": (N_("Say once more whose warranty it is"), ""),
        "nothing_to_undo": (N_("There is no sale to take back yet"), ""),
        "no_such_goods": (N_("There are no such goods"), ""),
        "nothing_is_free": (N_("No reward makes anything free here"), ""),
        "nothing_to_hold": (N_("There is nothing to put on hold"), ""),
        "member_first": (N_("Find the member first"), ""),
        "not_to_claim": (N_("This one cannot be handed over yet"), ""),
        "nothing_to_print": (N_("There is no sale to print yet"), ""),
        "card_linked": (N_("The card is linked"), ""),
        "member_and_sale_first": (N_("First a member and what is sold, then how it is paid"), ""),
        "points_do_not_pay": (N_("Points pay nothing in this shop"), ""),
        "no_warranty_to_name": (N_("No warranty here that needs a name"), ""),
        "phone_missing": (N_("Type the phone number, then Enter"), ""),
        "finish_first": (
            N_("A sale is still open here"),
            N_("Record or clear it; then Ctrl Z takes back the last one"),
        ),
        "changes_are_back": (N_("Every change is back"), N_("Ctrl Z once more takes back the last sale")),
        "amount_is_typed": (N_("An amount is typed here"), N_("F4 changes to goods; then scan again")),
        "price_changing": (N_("The price has changed meanwhile"), N_("Reading it again…")),
        "rated": (N_("Thank you; the rating is counted"), ""),
        "checked_in": (N_("Checked in"), ""),
        "handed_over_now": (N_("Handed over"), ""),
        "code_handed_in": (N_("The code is on this sale"), N_("Esc takes it off")),
    }
)
"""Remarks that are the same whatever they are about: a title, and what to do."""


def said_words(said: Said, language: Language) -> tuple[str, str]:
    """A problem or remark: its title and what to do."""
    if isinstance(said.problem, Rejection) and said.problem.code == "clock_ahead":
        ask = language.t("When it is, close the day in the settings; until then nothing ends by it.")
        return say_problem(said.problem, language), ask
    if isinstance(said.problem, Rejection) and said.problem.code in STAYS_RETURNED:
        return say_problem(said.problem, language), language.t(
            "Ctrl Z once more takes back the new sale alone"
        )
    if said.problem is not None:
        return say_problem(said.problem, language), ""
    if said.code in _SAID:
        title, text = _SAID[said.code]
        return language.t(title), language.t(text) if text else ""
    number = language.digits(str(said.number))
    remarks = {
        "reports_made": (
            language.n("{count} monthly report is ready", "{count} monthly reports are ready", said.number),
            language.t("It lies in the folder chosen in the settings"),
        ),
        "price_changed": (
            language.t(
                "Changed: {after} instead of {before}",
                after=language.money(said.after_minor),
                before=language.money(said.before_minor, unit=False),
            ),
            language.t("Have a look, then Enter records the new price"),
        ),
        "draft_recorded": (
            language.t("Recorded before the break: {money}", money=language.money(said.after_minor)),
            language.t("It is sale {number}; nothing is left to do", number=number),
        ),
        "gift_card_handed_in": (
            language.t(
                "Gift card {number}: {money} on it", number=number, money=language.money(said.after_minor)
            ),
            language.t("Esc takes it off"),
        ),
        "ends_contract": (
            language.t("{money} is owed when the contract ends now", money=language.money(said.after_minor)),
            language.t("Enter once more ends it"),
        ),
        "already_undone": (language.t("Sale {number} is taken back already", number=number), ""),
        "held": (
            language.t("The sale is on hold"),
            language.t("{money} reserved", money=language.money(said.after_minor))
            if said.after_minor
            else language.t("Shift F8 takes it up again"),
        ),
        "printing_again": (language.t("Printing sale {number} again", number=number), ""),
    }
    return (remarks | account_remarks(number, language))[said.code]
