"""Members put into words, numbers and rows; no widget is touched here."""

import re
from collections.abc import Mapping

from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.history_words import SAID, happened
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.views import MemberLineView, MemberView, ShopView
from loyalty_pos.domain import dates
from loyalty_pos.domain.kinds import listed
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui.pages import standing_words
from loyalty_pos.ui.pages.counter_words import ago, called, days_ago, initial
from loyalty_pos.ui.widgets import Amount, Heads, MemberRow, TimelineRow

GENDERS: Mapping[str, str] = {
    "unknown": N_("Unknown"),
    "woman": N_("Woman"),
    "man": N_("Man"),
    "other": N_("Other"),
}
NOTHING = "\u2013"
_ICONS = {
    "sale": "scan",
    "void": "undo",
    "refund": "undo",
    "enrolment": "user-plus",
    "voucher": "ticket",
    "codes": "ticket",
    "code_void": "ticket",
    "gift_cards": "gift",
    "gift_card_void": "gift",
    "edit": "pencil",
    "attach": "link",
    "claim": "gift",
    "unclaim": "undo",
    "referral": "gift",
    "referral_back": "undo",
    "expiry": "clock",
    "revive": "undo",
    "courtesy": "gift",
    "write_off": "pencil",
    "review": "crown",
    "set_tier": "crown",
    "adjust": "pencil",
    "merge": "people",
    "merged": "people",
    "unmerge": "undo",
    "unmerged": "undo",
    "settle": "wallet",
    "membership": "crown",
    "membership_back": "undo",
    "contract": "crown",
    "contract_end": "undo",
    "win": "gift",
    "draw": "gift",
    "prize_back": "undo",
    "participation": "info",
    "invitation": "ticket",
    "uninvite": "undo",
    "check_in": "check",
    "hand_over": "gift",
    "partner_vouchers": "ticket",
}
_PARTS = re.compile(r"[,\u060c\n]")


def heads(shop: ShopView | None, language: Language) -> Heads:
    """The names of the columns; stamps are called after the first card."""
    t = language.t
    card = first_card(shop)
    stamps = next((p.name for p in shop.programmes if p.key == card), "") if shop else ""
    tiers = any(p.kind == "tiers" for p in shop.programmes) if shop else False
    return Heads(
        t("Member"),
        t("Points"),
        t("Credit"),
        language.name(stamps) if stamps else "",
        t("Last visit"),
        t("Level") if tiers else "",
    )


def first_card(shop: ShopView | None) -> str:
    """The key of the stamp card that has a column, or ""."""
    return next((p.key for p in shop.programmes if p.kind == "stamp_card"), "") if shop else ""


def row(member: MemberLineView, card: str, today: str, language: Language) -> MemberRow:
    """One person as a row of the list; the phone is masked, for a list is read over shoulders."""
    progress = member.progress.get(card)
    return MemberRow(
        key=member.member,
        name=called(member.name, member.phone, language),
        initial=initial(member.name) or "+",
        detail=language.phone(member.phone, masked=True) if member.phone and member.name else "",
        points=language.number(member.points) if member.points else NOTHING,
        credit=language.money(member.credit_minor, unit=False) if member.credit_minor else NOTHING,
        have=progress.have if progress else 0,
        needed=progress.step if progress else 0,
        stamps=stamps(progress.have, progress.step, language) if progress else "",
        last=ago(member.last_visit_day, today, language) if member.last_visit_day else "",
        tier=standing_words.level(member.standing, language),
        tone=standing_words.tone(member.standing) or "plain",
        share=member.standing.share_milli / 1_000 if member.standing and member.standing.position else None,
    )


def segments(member: MemberView, language: Language) -> str:
    """The segments somebody belongs to now, by name."""
    names = [language.name(name) for name in member.segments.values()]
    return language.t("Segments: {names}", names=listed(names, language))


def stamps(have: int, needed: int, language: Language) -> str:
    """How many stamps of how many."""
    return language.t("{have}/{needed}", have=language.number(have), needed=language.number(needed))


def event(item: HistoryItemView, today: str, language: Language) -> TimelineRow:
    """One thing that happened, as a row of the timeline; after a day the clock makes room for what moved."""
    when = ago(item.business_day, today, language)
    if days_ago(item.business_day, today) <= 1:
        when = f"{when} {language.clock(item.at_ms)}"
    title, more = happened(item, language)
    return TimelineRow(
        icon=_ICONS.get(item.kind, "link" if item.kind in SAID else "info"),
        title=title,
        sub=" · ".join((when, *more)),
        amounts=tuple(_amounts(item, language)),
        key=item.sale_id if item.sale_id and item.kind in ("sale", "attach") else "",
        muted=item.voided,
    )


def read_day(text: str, language: Language) -> str:
    """Read a day as people type it in the shop's calendar into an ISO day; what is none stays as it is."""
    parts = re.split(r"[-/.\s]+", latin_digits(text).strip())
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return text.strip()
    year, month, day = (int(part) for part in parts)
    jalali = (language.shop is None or language.shop.calendar == "jalali") and year < 1700
    try:
        return dates.from_parts(year, month, day, "jalali" if jalali else "gregorian")
    except ValueError:
        return text.strip()


def read_list(text: str) -> tuple[str, ...]:
    """Read words with commas of either script between them."""
    return tuple(dict.fromkeys(part.strip() for part in _PARTS.split(text) if part.strip()))


def write_list(words: tuple[str, ...], language: Language) -> str:
    """Write words with the language's comma between them."""
    return language.t(", ").join(words)


def about(record: MemberRecordView, language: Language) -> tuple[tuple[str, str], ...]:
    """What is written down about somebody, as labels and texts; what is unknown is left out."""
    t = language.t
    found = (
        (t("As they like it"), write_list(record.preferences, language)),
        (t("Preferences"), write_list(record.interests, language)),
        (t("Tags"), write_list(record.tags, language)),
        (t("Birthday"), language.day(record.birthday) if record.birthday else ""),
        (t("Gender"), t(GENDERS[record.gender]) if record.gender != "unknown" else ""),
        (t("City"), record.city),
        (t("Messages"), t("agreed to") if record.consent else t("not agreed to")),
        (t("Member since"), language.day(record.enrolled_day)),
        (
            t("Bought in all"),
            t(
                "{money} in {count} visits",
                money=language.money(record.spend_minor),
                count=language.number(record.visits),
            ),
        ),
    )
    return tuple((label, text) for label, text in found if text)


def _amounts(item: HistoryItemView, language: Language) -> list[Amount]:
    found = []
    for unit, said in (("points", language.number), ("credit", language.money)):
        amount = sum(one.amount for one in item.moved if one.unit == unit)
        if amount:
            number, space, name = said(amount).partition(" ")
            signed = number if amount < 0 else language.isolate(f"+{number}")
            if unit == "points":
                space, name = " ", language.t("points")
            ink = "text3" if item.voided else "gain" if amount > 0 else "text"
            found.append(Amount(f"{signed}{space}{name}", ink))
    return found
