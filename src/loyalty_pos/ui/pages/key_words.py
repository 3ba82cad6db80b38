"""What the bar of keys says: the keys that work now, and what Ctrl Z would bring back."""

from functools import lru_cache
from typing import NamedTuple

from loyalty_pos.app.language import N_, Language
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.keymap import BINDINGS, Action

BACK = {
    "search": N_("Back: the search"),
    "amount": N_("Back: the amount"),
    "member": N_("Back: the member"),
    "sale": N_("Back: the sale"),
    "goods": N_("Back: the goods"),
    "benefit": N_("Back: the benefit"),
    "code": N_("Back: the code"),
    "card": N_("Back: the gift card"),
    "contact": N_("Back: whose warranty"),
    "account": N_("Back: how it is paid"),
    "credit": N_("Back: the credit"),
    "points": N_("Back: the points"),
    "stamps": N_("Back: the stamps"),
    "free": N_("Back: the free one"),
}
_SHORT = {
    Action.CREDIT_PART: N_("Part of the credit"),
    Action.RECENT: N_("Recent"),
    Action.REPRINT: N_("Print again"),
    Action.ITEMS: N_("Find goods"),
}
FOR_FINGERS = (
    Action.ESCAPE, Action.UNDO, Action.CREDIT_PART, Action.HELD, Action.CLAIMS, Action.RECENT,
    Action.REPRINT,
    Action.NEW_MEMBER, Action.HELP,
)  # fmt: skip
"""What has no button of its own, the most needed first."""


def hints(state: CounterState, language: Language, *, touch: bool) -> tuple[tuple[str, str], ...]:
    """Give the pairs of key and label for the bar; with `touch` the bar is made of buttons."""
    held = language.number(state.held_count) if state.held_count else ""
    credit = bool(state.sells and state.member and state.member.credit_minor)
    asked = _Asked(held, state.sells, state.undoable, credit=credit, claims=state.claimable)
    return _pairs(asked, language, touch)


class _Asked(NamedTuple):
    """What the bar depends on: a key that changes nothing of it words nothing again."""

    held: str
    sells: bool
    undoable: str
    credit: bool
    claims: bool


@lru_cache(maxsize=8)
def _pairs(asked: _Asked, language: Language, touch: bool) -> tuple[tuple[str, str], ...]:
    known = {binding.action: binding for binding in BINDINGS}
    actions = FOR_FINGERS if touch else tuple(b.action for b in BINDINGS if b.hint or b.action is Action.HELD)
    labels = ((action, _label(action, known[action].hint, asked, language)) for action in actions)
    return tuple((known[action].cap, label) for action, label in labels if label)


def action_of(cap: str) -> Action | None:
    """Find what a key of the bar asks for."""
    return next((binding.action for binding in BINDINGS if binding.cap == cap), None)


def _label(action: Action, hint: str, asked: _Asked, language: Language) -> str:
    if action is Action.HELD:
        return language.t("On hold ({count})", count=asked.held) if asked.held else ""
    if action is Action.CREDIT_PART and not asked.credit:
        return ""
    if action is Action.CLAIMS and not asked.claims:
        return ""
    if action is Action.HOLD and asked.held and not asked.sells:
        return ""  # nothing to put there; its room is for what is on hold
    if action is Action.UNDO and asked.undoable:
        return language.t(BACK[asked.undoable])
    return language.t(_SHORT.get(action) or hint)
