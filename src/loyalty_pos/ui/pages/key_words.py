"""What the bar of keys says: the keys that work now, and what Ctrl Z would bring back."""

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


def hints(state: CounterState, language: Language, *, touch: bool) -> list[tuple[str, str]]:
    """Give the pairs of key and label for the bar; with `touch` the bar is made of buttons."""
    known = {binding.action: binding for binding in BINDINGS}
    actions = FOR_FINGERS if touch else tuple(b.action for b in BINDINGS if b.hint or b.action is Action.HELD)
    shown = []
    for action in actions:
        label = _label(action, known[action].hint, state, language)
        if label:
            shown.append((known[action].cap, label))
    return shown


def action_of(cap: str) -> Action | None:
    """Find what a key of the bar asks for."""
    return next((binding.action for binding in BINDINGS if binding.cap == cap), None)


def _label(action: Action, hint: str, state: CounterState, language: Language) -> str:
    if action is Action.HELD:
        held = language.number(state.held_count)
        return language.t("On hold ({count})", count=held) if state.held_count else ""
    if action is Action.CREDIT_PART and not (state.sells and state.member and state.member.credit_minor):
        return ""
    if action is Action.CLAIMS and not state.claimable:
        return ""
    if action is Action.HOLD and state.held_count and not state.sells:
        return ""  # nothing to put there; its room is for what is on hold
    if action is Action.UNDO and state.undoable:
        return language.t(BACK[state.undoable])
    return language.t(_SHORT.get(action) or hint)
