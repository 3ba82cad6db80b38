"""A warranty without a member put into words: under whose phone or name it is found again."""

from loyalty_pos.app.language import Language
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.pages.counter_words import BenefitWords

SWITCH = -999
"""The switch of the row; gift cards have the numbers around it."""


def with_contact(
    benefits: tuple[BenefitWords, ...], state: CounterState, language: Language
) -> tuple[BenefitWords, ...]:
    """Put a row for the contact first when a warranty is given to somebody who is no member."""
    if state.member is not None or not covered(state):
        return benefits
    t = language.t
    title = t("Warranty for {name}", name=language.name(state.contact)) if state.contact else t("Warranty")
    reason = t("Found again by the receipt, or by a phone or name left here")
    return (
        BenefitWords(title, reason, "", "on" if state.contact else "available", "Ctrl W", SWITCH),
        *benefits,
    )


def covered(state: CounterState) -> bool:
    """Whether something on the counter has a warranty."""
    return state.quote is not None and bool(state.quote.warranties)
