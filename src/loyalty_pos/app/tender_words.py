"""How a bill was paid, in words: gift cards, credit, points, and what of them could not pay."""

from collections.abc import Callable, Mapping

from loyalty_pos.app.language import Language
from loyalty_pos.domain.trace import TraceLine


def tender_words(line: TraceLine, say: Language) -> str:
    """Say one trace line that belongs to no programme."""
    return _WORDS[line.code](line, say)


def _int(line: TraceLine, name: str) -> int:
    return int(line.facts.get(name, 0))


def _paid_credit(line: TraceLine, say: Language) -> str:
    return say.t("{amount} paid with credit", amount=say.money(_int(line, "amount_minor")))


def _paid_points(line: TraceLine, say: Language) -> str:
    return say.n(
        "{count} point paid {amount}",
        "{count} points paid {amount}",
        _int(line, "points"),
        amount=say.money(_int(line, "amount_minor")),
    )


def _credit_cut(line: TraceLine, say: Language) -> str:
    asked, used = say.money(_int(line, "asked_minor")), say.money(_int(line, "used_minor"))
    return say.t("{used} of the {asked} of credit asked for could be used", used=used, asked=asked)


def _points_cut(line: TraceLine, say: Language) -> str:
    asked, used = say.number(_int(line, "asked")), say.number(_int(line, "used"))
    return say.t("{used} of the {asked} points asked for could be used", used=used, asked=asked)


def _paid_card(line: TraceLine, say: Language) -> str:
    return say.t(
        "{amount} paid with gift card {card}; {left} stays on it",
        amount=say.money(_int(line, "amount_minor")),
        card=say.number(_int(line, "card")),
        left=say.money(_int(line, "left_minor")),
    )


def _card_kept(line: TraceLine, say: Language) -> str:
    return say.t(
        "gift card {card} was not needed; {left} stays on it",
        card=say.number(_int(line, "card")),
        left=say.money(_int(line, "left_minor")),
    )


def _card_day(line: TraceLine, say: Language) -> str:
    card, day = say.number(_int(line, "card")), say.day(str(line.facts["day"]))
    if line.code == "gift_card_empty":
        return say.t("gift card {card} is empty since {day}", card=card, day=day)
    return say.t("gift card {card} was good until {day}", card=card, day=day)


def _card_refused(line: TraceLine, say: Language) -> str:
    card = say.number(_int(line, "card"))
    if line.code == "gift_card_void":
        return say.t("gift card {card} is out of use", card=card)
    if line.code == "gift_card_reserved":
        return say.t("gift card {card} is reserved for a sale on hold", card=card)
    if line.code == "gift_card_needs_member":
        return say.t("gift card {card} pays only for its member", card=card)
    return say.t("gift card {card} is another member's", card=card)


_WORDS: Mapping[str, Callable[[TraceLine, Language], str]] = {
    "paid_credit": _paid_credit,
    "paid_points": _paid_points,
    "credit_cut": _credit_cut,
    "points_cut": _points_cut,
    "paid_gift_card": _paid_card,
    "gift_card_kept": _card_kept,
    "gift_card_empty": _card_day,
    "gift_card_expired": _card_day,
    "gift_card_void": _card_refused,
    "gift_card_reserved": _card_refused,
    "gift_card_needs_member": _card_refused,
    "gift_card_of_another_member": _card_refused,
}
