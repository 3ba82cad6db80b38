"""Which goods of a priced sale bring stamps, for whoever shows the sale line by line."""

from collections.abc import Mapping

from loyalty_pos.app.desk import Desk
from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.quote import Quote


def stamps_by_line(desk: Desk, basket: Basket, priced: Quote) -> Mapping[int, int]:
    """Count the stamps of every line (from 0) that has any.

    A card that counted other than unit for unit, by a cap or a coefficient, is left out: its stamps
    belong to no line.
    """
    found: dict[int, int] = {}
    revisions = {known.revision.id: known.revision for known in desk.book.live}
    for given in priced.contributions if not basket.amount_mode else ():
        revision = revisions.get(given.revision)
        if given.account[0] != "reward" or revision is None:
            continue
        units = _units(basket, priced, revision)
        if sum(units.values()) == given.measured and given.micros == given.measured * MICRO:
            for line, count in units.items():
                found[line] = found.get(line, 0) + count
    return found


def _units(basket: Basket, priced: Quote, revision: Revision) -> dict[int, int]:
    """Count what was paid for on the lines a card is about."""
    rule = revision.rule
    if not isinstance(rule, EarnRule) or rule.measure != "units":
        return {}
    return {
        number: line.quantity - priced.free_units[number]
        for number, line in enumerate(basket.lines)
        if line.earns
        and line in rule.goods
        and revision.condition.allows(line)
        and priced.nets_minor[number]
        and line.quantity > priced.free_units[number]
    }
