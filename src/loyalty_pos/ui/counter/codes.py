"""Discount codes handed over at the counter: put on the sale, refused with the reason, taken off again."""

from collections.abc import Callable

from loyalty_pos.app.code_views import CodeView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import CounterState, Place, Said

_REFUSED = {
    "used": "code_used",
    "expired": "code_expired",
    "void": "code_void",
    "retired": "code_programme_retired",
}
_ABOUT_CODES = frozenset(
    {
        *_REFUSED.values(), "code_handed_in", "unknown_code", "code_not_usable", "code_needs_member",
        "code_of_another_member", "once_per_member", "codes_cannot_wait",
    }
)  # fmt: skip


class Codes:
    """Put codes on the sale and take them off; `reprice` asks for the quote of what is on screen then.

    `handed` tells that a code was dealt with, whether it counts or not.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reprice: Callable[[], None] = lambda: None
        self.handed: Callable[[], None] = lambda: None

    def hand_in(self, text: str, code: CodeView) -> None:
        """Put a code on the sale; one that nobody can use any more is refused at once, with the reason."""
        state = self._desk.state
        if code.state != "issued":
            facts = {"programme": code.programme_name, "day": code.day or ""}
            self._desk.say(Place.MEMBER, Rejection(_REFUSED[code.state], **facts))
            self.handed()
            return
        with self._desk.step("code"):
            self._desk.change(codes=tuple(dict.fromkeys((*state.codes, text))), confirm_wanted=False)
        if state.sells:
            self.reprice()
        else:
            self._desk.say(Place.MEMBER, code="code_handed_in")
        self.handed()

    def take_off(self) -> bool:
        """Take the last code off the sale (Esc); False when there is none."""
        state = self._desk.state
        if not state.codes:
            return False
        with self._desk.step("code"):
            self._desk.change(codes=state.codes[:-1], said=None, confirm_wanted=False)
        self.reprice()
        return True


def speaks_of_a_code(state: CounterState) -> bool:
    """Whether what is said on the counter is about a code on the sale, so that Esc takes that off."""
    return bool(state.codes) and state.said is not None and _code_of(state.said) in _ABOUT_CODES


def _code_of(said: Said) -> str:
    return said.problem.code if isinstance(said.problem, Rejection) else said.code
