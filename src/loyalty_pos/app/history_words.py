"""What happened to a member in words: for the timeline and for a statement on paper."""

from collections.abc import Mapping

from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.receipts import warranty_text
from loyalty_pos.app.time_words import TIMELY
from loyalty_pos.app.views import Moved

FIELDS: Mapping[str, str] = {
    "name": N_("name"),
    "phone": N_("phone"),
    "note": N_("note"),
    "birthday": N_("birthday"),
    "city": N_("city"),
    "tags": N_("tags"),
    "interests": N_("preferences"),
    "consent": N_("consent to messages"),
    "gender": N_("gender"),
    "preferences": N_("how they like it"),
}
SAID = {
    "enrolment": N_("Became a member"),
    "unlink": N_("A card was taken away"),
    "card": N_("A card was linked"),
    "segment": N_("A segment's list changed"),
    "referral": N_("Brought a new member"),
    "referral_back": N_("The gift for bringing a member was taken back"),
    "win": N_("Won a challenge"),
    "draw": N_("Drew in a lucky draw"),
    "prize_back": N_("A prize was taken back"),
    "participation": N_("Took part"),
    "invitation": N_("Was invited"),
    "uninvite": N_("Invitation taken back"),
    "check_in": N_("Came to an event"),
    "hand_over": N_("A prize was handed over"),
    "partner_vouchers": N_("Got vouchers of partners"),
    "code_void": N_("A code was taken out of use"),
    "gift_cards": N_("A gift card was issued"),
    "gift_card_void": N_("A gift card was taken out of use"),
    "expiry": N_("Ended unused"),
    "revive": N_("Given back after it had ended"),
    "courtesy": N_("Granted for a week"),
    "write_off": N_("A debt was let go of"),
    "review": N_("The level was reviewed"),
    "set_tier": N_("A level was given by hand"),
    "adjust": N_("Corrected by hand"),
    "merge": N_("Merged with another member"),
    "merged": N_("Merged into another member"),
    "unmerge": N_("A merge was undone"),
    "unmerged": N_("A member again by themselves"),
    "settle": N_("Paid for a sale on account"),
    "membership": N_("Membership bought"),
    "membership_back": N_("Membership taken back"),
    "contract": N_("Contract begun"),
    "contract_end": N_("Contract ended"),
}
TERMS = frozenset({"membership", "membership_back", "contract", "contract_end"})
_GIFTS = ("enrolment", "edit", "referral", "win", "draw", "participation", "check_in")
_ELSE = N_("Something was recorded")


def happened(item: HistoryItemView, language: Language) -> tuple[str, list[str]]:
    """Say what happened, and what else there is to say about it."""
    t = language.t
    number = t("sale {number}", number=language.digits(str(item.number)))
    rewards = [_reward_words(one, language) for one in item.moved if one.unit == "reward"]
    given = rewards or [_stamp_words(one, language) for one in item.moved if one.unit == "stamps"]
    if item.kind == "sale":
        title = t("Sale {money}", money=language.money(item.due_minor))
        more = [number, *((t("taken back"),) if item.voided else given), *_covered(item, language)]
    elif item.kind == "void":
        title, more = t("Taken back: {sale}", sale=number), given
    elif item.kind == "refund":
        title = t("Refund {money}", money=language.money(item.due_minor))
        more = [number, *given]
    elif item.kind == "attach":
        title = t("Sale {money}", money=language.money(item.due_minor))
        more = [number, t("named afterwards"), *given, *_covered(item, language)]
    elif item.kind == "voucher":
        title, more = t("Voucher printed"), [language.name(item.programme_name)]
    elif item.kind in ("claim", "unclaim") and item.why is not None:
        title = t("Handed over") if item.kind == "claim" else t("Handed back")
        why = item.why.said(language.code).rstrip(".")
        more = [why, *((t("handed back"),) if item.voided else ())]
    elif item.kind == "codes":
        title, more = t("Code issued"), [language.name(item.programme_name)]
    elif item.kind == "edit":
        title, more = t("Details changed"), [changed_fields(item.fields, language)]
    else:
        title, more = t(SAID.get(item.kind, _ELSE)), [*_about(item, language), *given]
    if item.reason:
        more = [*more, item.reason]
    if item.why is not None and item.kind in (*_GIFTS, *TIMELY):
        more = [*more, item.why.said(language.code).rstrip("."), *((t("taken back"),) if item.voided else ())]
    return title, more


def _about(item: HistoryItemView, language: Language) -> list[str]:
    """Which membership or contract it was, and the money that went with it."""
    name = [language.name(item.programme_name)] if item.kind in TERMS else []
    return [*name, language.money(item.due_minor)] if name and item.due_minor else name


def _covered(item: HistoryItemView, language: Language) -> list[str]:
    return [warranty_text(one, language) for one in item.warranties]


def changed_fields(names: tuple[str, ...], language: Language) -> str:
    """Name two fields and count the rest."""
    said = language.t(", ").join(language.t(FIELDS[name]) for name in names[:2])
    if len(names) <= 2:
        return said
    return language.n("{said} and {count} more", "{said} and {count} more", len(names) - 2, said=said)


def _stamp_words(one: Moved, language: Language) -> str:
    if one.amount < 0:
        return language.n("{count} stamp back", "{count} stamps back", -one.amount)
    return language.n("{count} stamp", "{count} stamps", one.amount)


def _reward_words(one: Moved, language: Language) -> str:
    if one.amount < 0:
        return language.n("{count} reward used", "{count} rewards used", -one.amount)
    return language.n("{count} reward", "{count} rewards", one.amount)
