"""Refusals of corrections to what people hold, in words."""

from collections.abc import Mapping

from loyalty_pos.app.language import N_

PEOPLE_REJECTIONS: Mapping[str, str] = {
    "beyond_balance": N_("There are {have}, so {asked} cannot be taken off."),
    "beyond_credit": N_("There is {have_minor} of credit, so {asked_minor} cannot be taken off."),
    "not_a_card": N_("{programme} is no stamp card."),
    "same_member": N_("Both are the same member already."),
    "other_kind": N_("A person and a company cannot become one member."),
    "not_merged": N_("These two were never merged, or one of them was merged further; undo that first."),
    "merge_settled": N_("Something was bought or moved since; the merge stays."),
    "on_account_needs_member": N_("Only a member can have a sale on account; find them first."),
    "gift_cards_on_account": N_("Gift cards are paid at once; sell them apart."),
    "nothing_on_account": N_("Nothing of this sale is left to pay."),
    "more_than_on_account": N_("Only {left_minor} of this sale is left to pay."),
    "move_refunded": N_("A part of sale {number} was taken back; it stays where it is."),
    "move_without_member": N_("Sale {number} has no member yet; name one."),
    "move_same_member": N_("Sale {number} is this member's already."),
    "move_spent": N_("Sale {number} used something of its member; take it back and record it anew."),
    "move_settled": N_("Sale {number} is on account and partly paid; it stays where it is."),
    "not_an_exchange": N_("Sale {number} is no exchange; take it back as it is."),
    "exchange_not_the_only_one": N_(
        "More of sale {number} was taken back than this exchange did; its goods stay returned."
    ),
    "exchange_spent": N_("Sale {number} used something of its member; its goods stay returned."),
    "exchange_settled": N_("Sale {number} is on account and partly paid; its goods stay returned."),
}
