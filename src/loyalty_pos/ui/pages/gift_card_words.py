"""Gift cards on the counter put into words: what each pays of the sale, and what stays on it."""

from loyalty_pos.app.language import Language
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.pages.counter_words import BenefitWords

FIRST_SWITCH = -2
"""The switch of the first gift card; the next one has the number below."""
FIRST_SOLD = -1_000
"""The switch of the first value of gift cards that are sold."""


def with_gift_cards(
    benefits: tuple[BenefitWords, ...], state: CounterState, language: Language
) -> tuple[BenefitWords, ...]:
    """Put a row for each card after what applies and before what does not; a click takes the card off."""
    applies = sum(row.state != "not_used" for row in benefits)
    return (*benefits[:applies], *_rows(state, language), *benefits[applies:])


def _rows(state: CounterState, language: Language) -> list[BenefitWords]:
    paid = {one.card: one for one in state.quote.gift_cards} if state.quote and state.fresh else {}
    rows = []
    for place, handed in enumerate(state.gift_cards):
        title = language.t("Gift card {number}", number=language.number(handed.card))
        pays = paid.get(handed.card)
        left = language.money(pays.left_minor if pays else handed.left_minor)
        rows.append(
            BenefitWords(
                title=title,
                reason=language.t("{money} stays on it", money=left),
                amount=language.money(-pays.amount_minor, unit=False) if pays else "",
                state="on" if pays else "available",
                keycap="Esc" if place == len(state.gift_cards) - 1 and not state.cards_sold else "",
                switch=FIRST_SWITCH - place,
            )
        )
    for place, sold in enumerate(state.cards_sold):
        amount = language.money(sold.face_minor * sold.count, unit=False)
        title = language.n("{count} gift card sold", "{count} gift cards sold", sold.count)
        reason = language.t("{money} on each", money=language.money(sold.face_minor))
        keycap = "Esc" if place == len(state.cards_sold) - 1 else ""
        rows.append(BenefitWords(title, reason, amount, "on", keycap, FIRST_SOLD - place))
    return rows
