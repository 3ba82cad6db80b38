"""What the cashier did to the sale on the counter, step by step, each with the way back (Ctrl Z)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from loyalty_pos.app.views import MemberView
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.counter.of_one_sale import MADE

if TYPE_CHECKING:
    from loyalty_pos.ui.counter.state import CounterState

What = Literal[
    "search",
    "amount",
    "member",
    "sale",
    "goods",
    "benefit",
    "credit",
    "points",
    "stamps",
    "free",
    "code",
    "card",
    "contact",
    "account",
]

MOST_STEPS = 30
_MOVES_BY_ITSELF = ("item_chosen",)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the sale: the fields it touched, as they were and as it left them."""

    what: What
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def still_stands(self, state: "CounterState") -> bool:
        """Whether nothing newer has changed the same fields: only then there is a way back."""
        return all(
            _same(getattr(state, name), left)
            for name, left in self.after.items()
            if name not in _MOVES_BY_ITSELF
        )


def step_between(what: What, before: "CounterState", after: "CounterState") -> Step | None:
    """Make the step that leads from one state to another; None when nothing a cashier made is different."""
    touched = [name for name in MADE if not _same(getattr(before, name), getattr(after, name))]
    if not set(touched) - {"item_chosen"}:
        return None
    return Step(
        what,
        {name: getattr(before, name) for name in touched},
        {name: getattr(after, name) for name in touched},
    )


def last_step(state: "CounterState") -> Step | None:
    """Find the newest step there is a way back from."""
    return next((step for step in reversed(state.trail) if step.still_stands(state)), None)


def _same(one: Any, other: Any) -> bool:
    """Compare; a member read anew is still the same member."""
    if isinstance(one, MemberView) and isinstance(other, MemberView):
        return one.member == other.member
    return bool(one == other)
