"""An unfinished sale put into words."""

from loyalty_pos.app.language import Language
from loyalty_pos.ui.counter.state import Unfinished
from loyalty_pos.ui.pages.counter_words import business_day, called
from loyalty_pos.ui.pages.refund_words import exchange_words


def unfinished_words(unfinished: Unfinished, today: str, language: Language) -> tuple[str, str, str]:
    """The question, whose sale it is, and what it came to."""
    draft, t = unfinished.draft, language.t
    time, day = language.clock(draft.at_ms), business_day(draft.at_ms, language)
    if day == today:
        title = t("Continue the unfinished sale from {time}?", time=time)
    else:
        title = t("Continue the unfinished sale from {day}, {time}?", day=language.day_short(day), time=time)
    member = unfinished.member
    who = called(member.name, member.phone, language) if member else t("Without a member")
    parts = []
    if unfinished.exchange is not None:
        parts.append(exchange_words(unfinished.exchange, language)[0])
    if draft.mode == "items":
        count = sum(quantity for _, quantity in draft.lines)
        parts.append(language.n("{count} piece", "{count} pieces", count))
    if sold := sum(count for _, count in draft.cards_sold):
        parts.append(language.n("{count} gift card sold", "{count} gift cards sold", sold))
    if money := draft.due_minor or (draft.amount_minor if draft.mode == "amount" else 0):
        parts.append(t("{money} to pay", money=language.money(money)))
    return title, who, " · ".join(parts)
