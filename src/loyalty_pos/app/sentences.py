"""Every refusal and fault as one plain sentence, in either language; codes stay for programs."""

from collections.abc import Mapping
from string import Formatter

from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.errors import Fault, InvalidRequest, Rejection

REASONS: Mapping[str, str] = {
    # the shop
    "no_shop": N_("This file holds no shop yet. Start with create_shop."),
    "shop_exists": N_("This file holds a shop already."),
    "not_available": N_("{field} is not available yet."),
    "barcode_taken": N_("The barcode {barcode} belongs to {sku} already."),
    "kind_changed": N_("{programme} is of the kind {kind} and stays so. Give the new one another key."),
    "points_have_a_price": N_("{programme} already says what a point pays; there can be one price only."),
    "unknown_programme": N_("No live programme is called {programme}."),
    "unknown_product": N_("No product has the sku {sku}."),
    # members
    "card_taken": N_("This card belongs to {name} already."),
    "phone_taken": N_("This phone belongs to {name} already."),
    "unknown_member": N_("Nobody has the card, phone or number {member}."),
    # sales
    "unknown_sale": N_("There is no sale {sale_id}."),
    "duplicate_receipt": N_("Receipt {receipt_no} is recorded already, as sale {number}."),
    "key_taken": N_("{sale_id} was recorded already, with another content."),
    "stale_quote": N_("The price has changed meanwhile: {due_minor} is due now."),
    "no_member_to_use": N_("Only a member has something to use. Find the member first."),
    "not_enough_credit": N_("{asked_minor} of credit is asked for, {have_minor} is there."),
    "not_enough_points": N_("{asked} points are asked for, {have} are there."),
    "more_than_due": N_("{asked_minor} is more than the {due_minor} to pay."),
    "owes": N_("Nothing can be used while {owed} is owed."),
    "points_cannot_pay": N_("Points cannot pay in this shop."),
    "points_below_minimum": N_("At least {minimum} points must be used at once; {asked} are asked for."),
    "points_above_maximum": N_("At most {maximum} points can be used at once; {asked} are asked for."),
    "points_not_in_steps": N_("Points are used in steps of {step}; {asked} are asked for."),
    # rewards and vouchers
    "no_reward_to_print": N_("No reward of {programme} is waiting."),
    "shown_once": N_("This code was shown already and is not kept. Print the reward again for a new one."),
    "unknown_voucher": N_("This voucher is not known here."),
    "voucher_used": N_("This voucher was used already, or printed again since."),
    "voucher_of_another_member": N_("This voucher belongs to another member."),
    "voucher_not_usable": N_("The voucher of {programme} gives nothing on this purchase."),
    # the machine
    "busy_file": N_("Another program is using the shop's file. Close it and try again."),
    "cannot_open": N_("The shop's file {path} cannot be opened."),
    "damaged_file": N_("The shop's file {path} is damaged. Do not use it; restore a backup."),
    "disk_full": N_("The disk is full; nothing was recorded. Make room and try again."),
    "newer_file": N_("The file {path} comes from a newer version of this program. Install that one."),
    "no_folder": N_("There is no folder {path}."),
    "no_shop_file": N_("There is no shop in {path}."),
    "not_a_shop_file": N_("{path} is not a shop's file."),
    "read_only": N_("The disk does not let the program write to {path}."),
    "sqlite_too_old": N_("The database library {version} is too old to be trusted."),
    "unsafe_settings": N_("The file {path} cannot be opened safely here."),
    "wrong_schema": N_("The file {path} does not fit this program."),
    "catalogue_missing": N_("The program is not whole: {path} is missing."),
    "catalogue_broken": N_("The program is not whole: {path} is broken."),
    "no_printer": N_("No printer was found."),
    "printer_failed": N_("The printer did not print. Nothing is lost; print again."),
    "settings_not_saved": N_("Your choices could not be saved on this computer."),
}

PROBLEMS: Mapping[str, str] = {
    "missing": N_("{field} is missing."),
    "unknown": N_("There is no field {field}."),
    "empty": N_("{field} must not be empty."),
    "not_valid": N_("{field} is not valid."),
    "not_a_whole_number": N_("{field} must be a whole number."),
    "not_text": N_("{field} must be a text."),
    "not_yes_or_no": N_("{field} must be true or false."),
    "not_a_choice": N_("{field} must be one of the values it knows."),
    "not_a_list": N_("{field} must be a list."),
    "not_an_object": N_("{field} must be an object with named fields."),
    "too_long": N_("{field} is longer than {high} characters."),
    "too_many": N_("{field} has more than {high} items."),
    "broken_text": N_("{field} holds characters that no text may hold."),
    "out_of_range": N_("{field} must be from {low} to {high}."),
    "at_least": N_("{field} must be at least {low}."),
    "at_most": N_("{field} must be at most {high}."),
    "amount_or_lines": N_("Give either an amount or lines."),
    "only_with_an_amount": N_("{field} goes with an amount, not with lines."),
    "only_for_units": N_("{field} is for cards that count units."),
    "only_for_rials": N_("{field} is for rials only."),
    "choose_one": N_("{field} takes one choice only."),
    "ends_before_it_starts": N_("{field} lies before the beginning."),
    "not_a_currency": N_("{field} must be a currency's three letters."),
    "not_a_day": N_("{field} must be a day, as in 2026-03-21."),
    "not_a_phone": N_("This is not a whole phone number."),
    "not_a_time_zone": N_("{field} must be a time zone, as in Asia/Tehran."),
    "not_hours": N_("{field} must be hours, as in 18:00-23:00."),
    "phone_or_card_needed": N_("A phone or a card is needed."),
    "unknown_kind": N_("There is no kind {value}. The kinds are: {known}."),
}


def say_rejection(no: Rejection | Fault, language: Language, labels: Mapping[str, str] | None = None) -> str:
    """Say a refusal or fault as one sentence.

    `labels` gives fields the names a screen shows; without, they keep the vocabulary's.
    """
    return language.t(template_of(no), **values_of(no, language, labels))


def template_of(no: Rejection | Fault) -> str:
    """Choose the sentence, its facts not yet filled in; a general one when nothing better fits."""
    if isinstance(no, InvalidRequest):
        said, general = PROBLEMS.get(_problem(no)), PROBLEMS["not_valid"]
    elif isinstance(no, Rejection):
        said, general = REASONS.get(no.code), N_("The shop's rules do not allow this.")
    else:
        said = REASONS.get(no.code)
        general = N_("The computer stood in the way; nothing was recorded. Try again.")
    return said if said is not None and fits(said, no) else general


def fits(template: str, no: Rejection | Fault) -> bool:
    """Say whether a refusal has every fact that a sentence needs."""
    return all(name in no.facts for _, name, _, _ in Formatter().parse(template) if name)


def _problem(no: InvalidRequest) -> str:
    problem = str(no.facts["problem"])
    if problem == "out_of_range" and "high" not in no.facts:
        return "at_least" if "low" in no.facts else "not_valid"
    return "at_most" if problem == "out_of_range" and "low" not in no.facts else problem


def values_of(
    no: Rejection | Fault, language: Language, labels: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Write the facts of a refusal as people read them."""
    said = {name: _said(name, fact, language) for name, fact in no.facts.items()}
    if "field" in no.facts:
        field = str(no.facts["field"])
        said["field"] = labels[field] if labels and field in labels else _isolated(field, language)
    if no.code in ("card_taken", "phone_taken") and not no.facts.get("name"):
        said["name"] = language.t("another member")
    if no.code == "owes" and no.facts.get("unit") == "credit":
        said["owed"] = language.money(int(str(no.facts["owed"])))
    return said


def _said(name: str, fact: object, language: Language) -> str:
    if isinstance(fact, tuple):
        return ", ".join(_said(name, one, language) for one in fact)
    if type(fact) is int:
        return language.money(fact) if name.endswith("_minor") else language.number(fact)
    text = str(fact)
    if name == "name" and not text.isascii():
        return language.name(text)
    return _isolated(text, language)


def _isolated(text: str, language: Language) -> str:
    return language.isolate(text) if language.rtl else text
