"""Refusals and faults as people read them: what happened, then what to do."""

from collections.abc import Mapping

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.people_words import PEOPLE_REJECTIONS
from loyalty_pos.domain.errors import Fact, Fault, Rejection
from loyalty_pos.domain.text import shown

REJECTIONS: Mapping[str, str] = {
    "no_shop": N_("There is no shop in this file yet."),
    "shop_exists": N_("This file already holds a shop."),
    "not_available": N_("{field} is not available in this version yet."),
    "unknown_product": N_("There is no product {sku}."),
    "barcode_taken": N_("The barcode {barcode} already belongs to {sku}."),
    "unknown_programme": N_("There is no live programme {programme}."),
    "kind_changed": N_("{programme} is a programme of another kind; choose another key."),
    "measure_changed": N_("{programme} counts something else; choose another key."),
    "points_have_a_price": N_("{programme} already sets what a point pays."),
    "second_club": N_("{programme} already has the levels of this shop; retire it first."),
    "unknown_segment": N_("There is no live segment {segment}; publish it first."),
    "segment_in_use": N_("{programme} asks for {segment}; change or retire that first."),
    "phone_taken": N_("This phone belongs to a member already; look them up instead."),
    "card_taken": N_("This card belongs to a member already; look them up instead."),
    "card_not_theirs": N_("This card does not belong to this member."),
    "unknown_member": N_("Nobody has this card or phone."),
    "no_member_to_use": N_("Without a member there is nothing to use."),
    "unknown_sale": N_("There is no sale {sale_id}."),
    "key_taken": N_("{sale_id} was already used for another request."),
    "attach_too_late": N_("Sale {number} is more than {minutes} minutes old; it stays without a member."),
    "attach_other_till": N_("Sale {number} was made at till {till}; name its member there."),
    "attach_voided": N_("Sale {number} was taken back; nobody can get anything for it."),
    "attach_refunded": N_("A part of sale {number} was taken back; it stays without a member."),
    "refund_voided": N_("Sale {number} was taken back already; there is nothing left of it."),
    "already_refunded": N_("This was taken back already; nothing more of it is left."),
    "more_than_bought": N_("Only {bought} of line {line} were bought."),
    "more_than_left": N_("Only {left_minor} is left of this sale."),
    "unknown_line": N_("This sale has only {lines} lines."),
    "stale_refund": N_("Something has changed meanwhile: {refund_minor} to pay back now. Look at it again."),
    "no_member_to_credit": N_("Sale {number} has no member who could have credit."),
    "credit_not_offered": N_("This shop has no programme yet, so there is no credit either."),
    "sale_has_member": N_("Sale {number} has a member already."),
    "stopped": N_("Stopped. Nothing was recorded."),
    "not_simulated": N_("What this kind gives does not follow from sales alone, so it cannot be tried."),
    "claim_refused": N_("{programme} cannot be claimed now."),
    "nothing_to_claim": N_("{programme} gives nothing that could be handed over."),
    "not_enough_rewards": N_("Of the rewards of {programme} there are {have}, not {asked}."),
    "unknown_claim": N_("There is no such claim."),
    "self_referral": N_("Nobody brings themselves; name the member who did, or leave it empty."),
    "unknown_referrer": N_("Nobody has the card or phone {member}; look at it, or leave it empty."),
    "unknown_hold": N_("There is no such sale on hold."),
    "hold_taken": N_("This sale was taken off hold already."),
    "stale_quote": N_("The price has changed meanwhile: {due_minor} to pay now."),
    "duplicate_receipt": N_("Receipt {receipt_no} is recorded already, as sale {number}."),
    "not_enough_credit": N_("There is {have_minor} of credit, not {asked_minor}."),
    "not_enough_points": N_("There are {have} points, not {asked}."),
    "more_than_due": N_("{asked_minor} is more than the {due_minor} to pay."),
    "points_cannot_pay": N_("Points cannot pay in this shop."),
    "points_below_minimum": N_("At least {minimum} points pay at a time."),
    "points_above_maximum": N_("At most {maximum} points pay at a time."),
    "points_not_in_steps": N_("Points pay in steps of {step}."),
    "unknown_voucher": N_("This is no voucher of this shop; look at the code again."),
    "voucher_used": N_("This voucher was used or replaced."),
    "voucher_of_another_member": N_("This voucher belongs to another member."),
    "voucher_not_usable": N_("Nothing in this sale can be free on this voucher."),
    "code_not_usable": N_("The code of {programme} cannot be used on this sale."),
    "unknown_code": N_("This is no code of this shop; look at it again."),
    "code_used": N_("This code of {programme} was used on {day}."),
    "code_not_yet": N_("This voucher of {programme} counts from {day} on."),
    "voucher_was_spent": N_(
        "The voucher of {worth_minor} made by this sale is used; take back sale {number} first."
    ),
    "voucher_asks_more": N_(
        "A voucher of this sale was spent; {held_minor} is withheld for it, more than comes back now."
    ),
    "code_expired": N_("This code of {programme} was good until {day}."),
    "code_void": N_("The shop took this code of {programme} out of use."),
    "code_programme_retired": N_("{programme} has ended; its codes count no more."),
    "code_of_another_member": N_("This code of {programme} belongs to another member."),
    "code_needs_member": N_("This code of {programme} counts only for a member; find them first."),
    "once_per_member": N_("This member has used the code of {programme} already, on {day}."),
    "code_reserved": N_("This code of {programme} is reserved for a sale on hold."),
    "gift_card_reserved": N_("All that is left on gift card {card} is reserved for a sale on hold."),
    "unknown_gift_card": N_("This is no gift card of this shop; look at its code again."),
    "gift_card_empty": N_("Gift card {card} is empty since {day}."),
    "gift_card_expired": N_("Gift card {card} was good until {day}."),
    "gift_card_void": N_("The shop took gift card {card} out of use."),
    "gift_card_of_another_member": N_("Gift card {card} belongs to another member."),
    "gift_card_needs_member": N_("Gift card {card} pays only for its member; find them first."),
    "gift_card_pays_goods_only": N_("Gift card {card} was a gift of the shop; it cannot buy gift cards."),
    "gift_card_was_spent": N_(
        "Of gift card {card}, sold here, {spent_minor} is spent; take back sale {number} first."
    ),
    "gift_card_keeps_its_worth": N_("What is on gift card {card} never grows; put the money on a new one."),
    "gift_cards_not_sold": N_("Sale {number} sold {left} more gift cards of {face_minor}, not {asked}."),
    "sale_of_cards_voided": N_("Sale {number} was taken back; it has no gift cards to hand over."),
    "codes_shown_once": N_("These codes were issued already; they are shown only once."),
    "no_programme_of_codes": N_("{programme} does not work by code; choose a programme that does."),
    "unknown_issue": N_("No codes were issued together like that; look at the list again."),
    "code_taken": N_("The word {text} is a code already; choose another one."),
    "voucher_reserved": N_("This voucher is reserved for a sale on hold."),
    "no_reward_to_print": N_("No reward of this programme is waiting."),
    "sale_voided": N_("Sale {number} was taken back; its receipt is not printed again."),
    "no_card_to_print": N_("This member has no card with a number to print."),
    "shown_once": N_("This voucher was printed already; its code is shown only once."),
    "not_in_a_batch": N_("A backup cannot be made or restored in the middle of other work."),
    "journal_missing": N_(
        "The sales journal is not in {path}; plug its disk in, or restore without what came after the backup."
    ),
    "not_a_backup": N_("{path} is no backup; choose another file."),
    "backup_of_another_shop": N_("{path} is a backup of another shop; nothing was restored."),
    "backup_without_key": N_("The key file {path} of this backup is missing; put it back, then restore."),
    "clock_ahead": N_(
        "The clock says {day}, but the last sale was on {last_day}, {days} days before;"
        " set it, or say that it is right."
    ),
    "day_to_come": N_("{day} is not over yet; nothing of it can be closed."),
    "day_not_closed": N_("{day} was not closed yet."),
    "nothing_to_revive": N_("Nothing of this lot ended within the last {days} days."),
    "unknown_refund": N_("There is no such refund of sale {sale_id}."),
    "nothing_was_lost": N_("Everything spent on sale {number} came back; there is nothing to grant."),
    "no_levels": N_("There are no levels for this member."),
    "unknown_tier": N_("There is no level {tier}."),
    "tier_reached": N_("This member reached {tier} by purchases; a lower level cannot be given."),
    "nothing_owed": N_("Nothing is owed here."),
    "more_than_owed": N_("Only {owed} is owed."),
    "unknown_cause": N_("Nothing is given to a cause called {cause}; look at its name."),
    "nothing_to_settle": N_("Nothing is open for {cause}."),
    "more_than_open": N_("Only {open_minor} is open for {cause}, not {asked_minor}."),
    "not_a_membership": N_("{programme} is no membership that could be sold."),
    "not_a_contract": N_("{programme} is no contract."),
    "not_eligible": N_("{programme} is not open to this member yet."),
    "contract_open": N_("This member has a contract until {day}; end it first."),
    "no_contract": N_("This member has no contract to end."),
    "contract_owes_less": N_("Only {owed_minor} is owed, not {asked_minor}."),
    "renewed_since": N_("This membership was renewed since, from {day} on; take that back first."),
    "unknown_membership": N_("There is no such membership."),
    "unknown_standing": N_("There is no membership or contract {standing}; publish it first."),
    "not_on_sale_yet": N_("{name} is on sale from {day} on; until then not for this customer."),
    "answered_already": N_("This member has answered {programme} already."),
    "no_question": N_("{programme} asks nothing."),
    "no_event": N_("{programme} is no event with a guest list."),
    "no_draw": N_("{programme} is no draw."),
    "no_challenge": N_("{programme} is no challenge."),
    "not_invited": N_("This member is not on the guest list of {programme}."),
    "invitation_taken_back": N_("The invitation to {programme} was taken back; it lets nobody in."),
    "guest_is_here": N_("This guest of {programme} is here already; the invitation cannot be taken back."),
    "not_the_day": N_("The event is on {day}; nobody is checked in today."),
    "event_over": N_("The event was on {day}; nobody is invited any more."),
    "no_places_left": N_("There are only {places} places; nobody was invited."),
    "nothing_to_hand_over": N_("No claimed prize waits under {claim}."),
    "handed_over": N_("This prize has been handed over already."),
    "claim_undone": N_("This claim was undone; there is nothing to hand over."),
    "unknown_partner": N_("There is no partner {partner}."),
    "partner_taken": N_("Another partner, {partner}, has this shop's identity already."),
    "token_unreadable": N_("This is no whole voucher of a partner; scan it again."),
    "token_forged": N_("This voucher is not as its issuer signed it; it is not honoured."),
    "token_expired": N_("This voucher was good until {day}."),
    "token_for_another_shop": N_("This voucher is for another shop, not for this one."),
    "token_unknown_issuer": N_("This voucher is from a shop that is no partner."),
    "token_over_cap": N_("This voucher is over {cap_minor}, more than is honoured from {partner}."),
    "token_presented": N_("This voucher was presented before, on {day}."),
    "backup_in_the_way": N_("{path} is no backup of this shop; choose another name."),
    **PEOPLE_REJECTIONS,
}

CLAIM_REASONS: Mapping[str, str] = {
    "out_of_stock": N_("Of {programme} only {left} are left."),
    "other_tier": N_("{programme} is for another level."),
    "other_segment": N_("{programme} is not for this member's segments."),
    "other_weekday": N_("{programme} can be claimed on other days."),
    "other_hours": N_("{programme} can be claimed at other hours."),
    "not_yet": N_("{programme} has not begun yet."),
    "ended": N_("{programme} has ended."),
    "limit_member": N_("This member has had {programme} as often as anybody may."),
    "limit_day": N_("This member has had {programme} today as often as anybody may."),
    "limit_total": N_("Nothing is left of {programme}."),
    "limit_sale": N_("{programme} is not given so often at once."),
    "budget_spent": N_("The budget of {programme} is used up."),
}
"""Why a prize cannot be claimed; any other reason reads as `claim_refused`."""

CODE_REASONS: Mapping[str, str] = {
    "no_member": N_("The code of {programme} is only for members; find them first."),
    "below_minimum": N_("The code of {programme} needs {missing_minor} more on this bill."),
    "other_weekday": N_("The code of {programme} counts on other days."),
    "other_hours": N_("The code of {programme} counts at other hours."),
    "other_tier": N_("The code of {programme} is for another level."),
    "ended": N_("{programme} has ended; its codes count no more."),
    "no_eligible_goods": N_("Nothing here belongs to the code of {programme}."),
}
"""What a programme's conditions say to its code; any other reason reads as `code_not_usable`."""

OWES = {
    "credit": N_("Credit was taken back that had been used; it cannot pay until that is settled."),
    "points": N_("Points were taken back that had been used; they cannot pay until that is settled."),
}

NOTHING_GIVES = {
    "credit": N_("This shop has no programme that gives credit; publish one first."),
    "points": N_("This shop has no programme that gives points; publish one first."),
}

PROBLEMS: Mapping[str, str] = {
    "missing": N_("The field {field} is missing."),
    "unknown": N_("There is no field {field}."),
    "empty": N_("{field} is empty."),
    "too_long": N_("{field} is too long."),
    "too_many": N_("{field} has more than {high} items."),
    "broken_text": N_("{field} holds characters that no text may hold."),
    "not_a_whole_number": N_("{field} must be a whole number."),
    "out_of_range": N_("{field} is out of range."),
    "not_text": N_("{field} must be a text."),
    "not_a_list": N_("{field} must be a list."),
    "not_an_object": N_("{field} must be an object with named fields."),
    "not_yes_or_no": N_("{field} must be true or false."),
    "not_a_choice": N_("{field} is none of the choices."),
    "not_valid": N_("{field} is not valid."),
    "not_a_day": N_("{field} is not a date such as 2026-03-21."),
    "still_to_come": N_("{field} is a day still to come."),
    "not_a_month": N_("{field} is not a month such as 1404-08 or 2025-03."),
    "not_hours": N_("{field} is not a span of hours such as 18:00-23:00."),
    "too_few": N_("{field} has fewer than {low} items."),
    "twice": N_("{field} is there already."),
    "not_here": N_("{field} has no meaning here."),
    "not_with_money": N_("{field} cannot be so on a card for money spent."),
    "not_with_every_nth": N_("{field}: a card that frees every Nth cannot be multiplied."),
    "only_for_members": N_("{field}: who is not a member cannot be counted."),
    "no_money_worth": N_("{field} needs a worth in money for what is given."),
    "choose_one": N_("{field} allows one choice only."),
    "ends_before_it_starts": N_("{field} ends before it starts."),
    "only_for_rials": N_("{field} goes only with the rial."),
    "only_with_an_amount": N_("{field} goes only with a typed amount."),
    "amount_or_lines": N_("A sale has either an amount or lines."),
    "unknown_kind": N_("There is no kind of programme called {value}."),
    "not_a_currency": N_("{field} is not a currency code such as IRR."),
    "not_a_time_zone": N_("{field} is not a time zone such as Asia/Tehran."),
    "not_a_phone": N_("This phone number is not complete."),
    "phone_or_card_needed": N_("A member needs a phone or a card."),
}

FAULTS: Mapping[str, str] = {
    "no_folder": N_("There is no folder {path}."),
    "no_shop_file": N_("There is no shop in {path}."),
    "not_a_shop_file": N_("{path} is not a shop's file; it was left untouched."),
    "newer_file": N_("{path} was written by a newer program; install the newer one."),
    "wrong_schema": N_("{path} is not in the form this program knows; restore a backup."),
    "damaged_file": N_("{path} is damaged; restore a backup, and keep this file."),
    "busy_file": N_("Another program holds {path}; close it, then try again."),
    "disk_full": N_("The disk is full; make room, then try again."),
    "read_only": N_("{path} cannot be written; nothing was recorded."),
    "disk_error": N_(
        "The disk could not read or write {path}; nothing was recorded. "
        "Try again; if it stays so, restore a backup on another disk."
    ),
    "cannot_upgrade": N_(
        "{path} could not be copied before its upgrade and stays as it was; look at the folder and its room."
    ),
    "file_taken_away": N_(
        "{path} was removed or replaced while it was open; nothing was recorded. "
        "Close the program, put the right file back, and open it again."
    ),
    "cannot_open": N_("{path} cannot be opened; look at the folder and its rights."),
    "unsafe_settings": N_("{path} cannot be opened safely on this disk."),
    "sqlite_too_old": N_("The database library is too old; install the program again."),
    "catalogue_missing": N_("The texts of the program are missing; install it again."),
    "catalogue_broken": N_("The texts of the program are damaged; install it again."),
    "no_printer": N_("No printer is set up; the paper can be saved as a file."),
    "printer_failed": N_("The printer did not take the paper; look at it, then print again."),
    "is_a_folder": N_("{path} is a folder; name a file in it."),
    "folder_not_writable": N_("The folder {path} cannot be written; choose another one."),
    "second_window": N_("This shop is open in another window; go on there."),
    "synced_folder": N_(
        "{path} is synced by a cloud service, which can damage the shop; move it to a plain folder."
    ),
    "network_drive": N_("{path} is on the network, where the shop can be damaged; move it to this computer."),
    "removable_drive": N_("{path} is on a drive that can be pulled out; move the shop to this computer."),
    "no_room_for_backup": N_("There is no room for a backup in {path}; older backups are still there."),
    "backup_failed": N_("No backup could be written to {path}; older backups are still there."),
    "backup_not_sound": N_("{path} failed the check ({finding}) and is not a backup; use an older one."),
    "no_backup_file": N_("There is no backup {path}."),
    "journal_not_begun": N_("No sales journal can be kept in {path}; choose another folder."),
    "journal_broken": N_(
        "Line {number} of the sales journal {path} does not fit this backup; use a newer backup."
    ),
    "restore_failed": N_("{path} could not be replaced; look at the disk and the folder's rights."),
    "draft_not_kept": N_("The unfinished sale could not be kept; it holds until the program closes."),
    "not_written": N_("{path} cannot be written; choose another place."),
    "unknown_ending": N_("{path} must end in .csv or .xlsx."),
    "unknown_report_ending": N_("{path} must end in .pdf, .xlsx or .csv."),
    "settings_not_saved": N_("Your choices could not be saved; they hold until the program closes."),
}

WARNINGS: Mapping[str, str] = {
    "no_backup": N_("There is no backup yet."),
    "journal_away": N_(
        "The sales journal's disk is away; sales go on and are written down when it is back. Plug it in."
    ),
    "journal_full": N_("The sales journal's disk is full; sales go on. Make room on it."),
    "journal_gap": N_("Lines are missing in the sales journal; begin it anew in its folder."),
    "journal_same_disk": N_(
        "The sales journal is on the same disk as the shop; choose a folder on another one."
    ),
    "same_disk": N_("The backups are on the same disk as the shop; choose a folder on another one."),
    "low_space": N_("Less than 200 MB is free on the disk; make room soon."),
}


def say_warning(code: str, language: Language) -> str:
    """Say something that still works but should not stay as it is."""
    return language.t(WARNINGS[code])


def say_rejection(no: Rejection | Fault, language: Language) -> str:
    """Say a refusal or a fault as one plain sentence; an unknown code still says nothing was recorded."""
    template = _template(no)
    if template is None:
        return language.t(N_("This is not possible; nothing was recorded."))
    return language.t(template, **{name: said(name, fact, language) for name, fact in no.facts.items()})


def said(name: str, fact: Fact, language: Language) -> str:
    """Format one fact by what its name says it is."""
    if isinstance(fact, tuple):
        return ", ".join(said(name, part, language) for part in fact)
    if type(fact) is int:
        return language.money(fact) if name.endswith("_minor") else language.number(fact)
    if name == "day" or name.endswith("_day"):
        return language.day(str(fact))
    text = shown(str(fact))
    return language.isolate(text) if language.rtl else text


def _template(no: Rejection | Fault) -> str | None:
    if isinstance(no, Fault):
        return FAULTS.get(no.code)
    if no.code == "invalid_request":
        return PROBLEMS.get(str(no.facts.get("problem")))
    if no.code == "owes":
        return OWES[str(no.facts["unit"])]
    if no.code == "nothing_gives":
        return NOTHING_GIVES[str(no.facts["unit"])]
    if no.code == "code_not_usable":
        return CODE_REASONS.get(str(no.facts.get("reason")), REJECTIONS[no.code])
    if no.code == "claim_refused":
        return CLAIM_REASONS.get(str(no.facts.get("reason")), REJECTIONS[no.code])
    return REJECTIONS.get(no.code)
