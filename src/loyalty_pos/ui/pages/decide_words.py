"""What a manager may decide about a member, put into words: choices, what each does, and the day it ends."""

from collections.abc import Mapping, Sequence
from typing import Literal

from loyalty_pos.app.commands_lifetime import (
    COURTESY_DAYS,
    REVIVED_FOR_DAYS,
    REVIVED_WITHIN_DAYS,
    GrantCourtesy,
    Revive,
    SetTier,
    WriteOff,
)
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.lifetime_views import AmountView, DecisionsView, ExpiredLotView, LevelView, LostView
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.worker import Problem

Deciding = Literal["level", "ended", "debt", "lost"]
Choice = LevelView | ExpiredLotView | AmountView | LostView
Decision = SetTier | Revive | WriteOff | GrantCourtesy
LEVEL_FOR_DAYS = 365

TITLES: Mapping[Deciding, str] = {
    "level": N_("A level by hand"),
    "ended": N_("Give back what ended"),
    "debt": N_("Let go of a debt"),
    "lost": N_("Grant what a refund lost"),
}
DECISIONS: Mapping[str, Deciding] = {key: key for key in TITLES}
_ASKED: Mapping[Deciding, str] = {
    "level": N_("Which level"),
    "ended": N_("What ended"),
    "debt": N_("What is owed"),
    "lost": N_("Which refund"),
}
_NOTHING: Mapping[Deciding, str] = {
    "level": N_("The shop has no levels for this member"),
    "ended": N_("Nothing of this member has ended within {days} days"),
    "debt": N_("This member owes nothing"),
    "lost": N_("No refund of this member lost anything"),
}
_DAYS: Mapping[Deciding, tuple[str, int]] = {
    "level": (N_("Until, that day included"), LEVEL_FOR_DAYS),
    "ended": (N_("Good until, that day included"), REVIVED_FOR_DAYS),
}
_FIELDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("until", "not_a_day"): ("day", N_("This is no day of the calendar")),
    ("expires", "not_a_day"): ("day", N_("This is no day of the calendar")),
    ("until", "out_of_range"): ("day", N_("A day from today on, at most ten years ahead")),
    ("expires", "out_of_range"): ("day", N_("A day from today on, at most ten years ahead")),
    ("reason", "empty"): ("reason", N_("Say why; it stays on record")),
    ("reason", "too_long"): ("reason", N_("Say it in at most 200 characters")),
    ("amount", "out_of_range"): ("amount", N_("At least one")),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed beside the choice."""

    key: str
    member: str
    amount: int
    day: str
    reason: str


def choices(what: Deciding, view: DecisionsView) -> Sequence[Choice]:
    """What there is to choose from."""
    found: Mapping[Deciding, Sequence[Choice]] = {
        "level": view.levels,
        "ended": view.ended,
        "debt": view.owed,
        "lost": view.lost,
    }
    return found[what]


def asked(what: Deciding, language: Language) -> str:
    return language.t(_ASKED[what])


def nothing(what: Deciding, language: Language) -> str:
    """Say that there is nothing to decide."""
    return language.t(_NOTHING[what], days=language.number(REVIVED_WITHIN_DAYS))


def day_label(what: Deciding, language: Language) -> str:
    """What the day is called; empty where none is asked for."""
    return language.t(_DAYS[what][0]) if what in _DAYS else ""


def first_day(what: Deciding, today: str) -> str:
    """The day that stands there to begin with."""
    return add_days(today, _DAYS[what][1]) if what in _DAYS else ""


def named(one: Choice, shop: ShopView | None, language: Language) -> str:
    """Name a choice in the list."""
    t = language.t
    if isinstance(one, LevelView):
        return language.name(one.name)
    if isinstance(one, LostView):
        number = language.digits(str(one.number))
        lost = listed(one.lost, shop, language)
        return t("Sale {number}: {lost}", number=number, lost=lost)
    amount = worth(one.unit, one.amount, shop, language)
    if isinstance(one, AmountView):
        return amount
    return t("{amount}, ended {day}", amount=amount, day=language.day_short(one.expired_on))


def effect(
    what: Deciding, one: Choice, said: Asked, today: str, shop: ShopView | None, language: Language
) -> str:
    """Say what Enter will do."""
    t, day = language.t, language.day(said.day) if _is_day(said.day) else "…"
    if isinstance(one, LevelView):
        level = language.name(one.name)
        return t("{level} holds until {day}; no review and no refund lowers it before.", level=level, day=day)
    if isinstance(one, LostView):
        until = language.day(add_days(today, COURTESY_DAYS))
        lost = listed(one.lost, shop, language)
        return t("{lost} can be spent until {day}, once for this refund.", lost=lost, day=until)
    if isinstance(one, ExpiredLotView):
        amount = worth(one.unit, one.amount, shop, language)
        return t("{amount} can be spent until {day}. A debt is repaid from it first.", amount=amount, day=day)
    gone = worth(one.unit, min(said.amount, one.amount), shop, language)
    left = worth(one.unit, max(0, one.amount - said.amount), shop, language)
    return t("{gone} need not be repaid any more; {left} still owed.", gone=gone, left=left)


def request(one: Choice, said: Asked) -> Decision:
    """Put what is chosen and typed into a command."""
    if isinstance(one, LevelView):
        return SetTier(
            posting_id=said.key, member=said.member, tier=one.key, until=said.day, reason=said.reason
        )
    if isinstance(one, ExpiredLotView):
        return Revive(
            posting_id=said.key, member=said.member, lot=one.lot, reason=said.reason, expires=said.day
        )
    if isinstance(one, LostView):
        return GrantCourtesy(sale_id=one.sale_id, refund_id=one.refund_id, reason=said.reason)
    return WriteOff(
        posting_id=said.key, member=said.member, unit=one.unit, amount=said.amount, reason=said.reason
    )


def field_problem(problem: Problem, language: Language) -> tuple[str, str]:
    """Return the field a refusal is about, or "", and the words for it."""
    if isinstance(problem, InvalidRequest):
        found = _FIELDS.get((str(problem.facts["field"]), str(problem.facts["problem"])))
        if found is not None:
            return found[0], language.t(found[1])
    if getattr(problem, "code", "") == "more_than_owed":
        return "amount", say_problem(problem, language)
    return "", say_problem(problem, language)


def worth(unit: str, amount: int, shop: ShopView | None, language: Language) -> str:
    """Say an amount with its unit: points, money, rewards or stamps of a card."""
    kind, _, key = unit.partition(":")
    if kind == "credit":
        return language.t("{money} of credit", money=language.money(amount))
    if kind == "points":
        return language.n("{count} point", "{count} points", amount)
    names = {one.key: one.name for one in shop.programmes} if shop else {}
    card = language.name(names.get(key, key))
    if kind == "stamps":
        return language.n("{count} stamp of {card}", "{count} stamps of {card}", amount, card=card)
    return language.n("{count} reward of {card}", "{count} rewards of {card}", amount, card=card)


def listed(amounts: Sequence[AmountView], shop: ShopView | None, language: Language) -> str:
    comma = "\u060c " if language.rtl else ", "
    return comma.join(worth(one.unit, one.amount, shop, language) for one in amounts)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"
