"""`python -m tests.native.answers FIRST COUNT`: what the engine answers to sales made of their numbers.

Run with either engine, it has to print the same: a line per sale, everything in the answer spelt out.
"""

import random
import sys
from dataclasses import fields, replace
from typing import Any

from loyalty_pos.domain.basket import Basket, Choices, HandedIn, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule, Expiry, Revision
from loyalty_pos.domain.gift_cards import CardInHand
from loyalty_pos.domain.ledger import CREDIT, POINTS, Holdings, Lot, reward_account
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.quote import Quote, Rules, quote
from tests.bench import mixed, pricing
from tests.domain.pieces import revision

WHENS: tuple[dict[str, Any], ...] = (
    *pricing.WHENS,
    {"stacking": {"alone": True}},
    {"stacking": {"group": "one"}},
    {"audience": {"non_members": True}},
    {"basket": {"no_discounted": True}},
    {"limits": {"per_sale": 1}},
    {"limits": {"budget_minor": 150_000}},
)
TOLD_APART = {"book", "reduced"}
AT_MS = pricing.MOMENT.at_ms


def live(chance: random.Random) -> list[Revision]:
    """Choose programmes of all kinds; a condition that does not fit a kind is left away."""
    found = []
    for number, (kind, params, when) in enumerate(chance.sample(mixed.KINDS, chance.randint(1, 20)), 1):
        key = {"segment": "friends", "vip": "vip"}.get(kind, f"p{number}")
        try:
            made = revision(kind, number, when=chance.choice(WHENS) or when, key=key, **params)
        except Rejection:
            made = revision(kind, number, when=when, key=key, **params)
        found.append(made)
    return found


def basket(chance: random.Random) -> Basket:
    if chance.random() < 0.15:
        return Basket((Line("", 1, chance.randint(0, 3_000_000)),), amount_mode=True)
    lines = []
    for number in range(chance.randint(1, 12)):
        quantity, price = chance.randint(1, 5), chance.randint(0, 400_000)
        till = chance.randint(0, quantity * price) if chance.random() < 0.1 else 0
        group = chance.choice([*pricing.GROUPS, None])
        tax = chance.choice([0, 0, 900])
        cost = chance.choice([None, price // 2])
        sku = f"s{number}"
        lines.append(
            Line(f"thing {number}", quantity, price, till, sku, group, chance.random() < 0.9, tax, cost)
        )
    return Basket(tuple(lines), stored_minor=chance.choice([0, 0, 0, 50_000]))


def choices(chance: random.Random, programmes: list[Revision]) -> Choices:
    keys = [one.key for one in programmes]
    asked = Choices(
        credit_minor=chance.choice([None, None, 5_000, "all"]),
        points=chance.choice([None, None, 10]),
        decline=frozenset(chance.sample(keys, chance.randint(0, 1))),
        accept=frozenset(chance.sample(keys, chance.randint(0, 1))),
        counts={key: chance.randint(0, 9) for key in keys},
        lenient=chance.random() < 0.7,
        on_account=chance.random() < 0.1,
    )
    if chance.random() < 0.2:
        worth = HandedIn(5, chance.choice(programmes).id, 40_000)
        asked = replace(asked, handed_in=(worth,))
    if chance.random() < 0.2:
        asked = replace(asked, gift_cards=(CardInHand(3, chance.randint(1, 90_000), chance.random() < 0.5),))
    return asked


def member(chance: random.Random, programmes: list[Revision]) -> Snapshot | None:
    if chance.random() < 0.15:
        return None
    cards = [one for one in programmes if isinstance(one.rule, EarnRule) and one.rule.yield_unit == "reward"]
    rewards = [
        Lot(10 + one.id, reward_account(one.key), chance.randint(1, 2), 0, None, one.id, 1) for one in cards
    ]
    held = (
        Lot(1, POINTS, chance.randint(1, 200), 0, None, 1, 1),
        Lot(2, CREDIT, chance.randint(1, 90_000), AT_MS + chance.choice([-1, 1]), "2026-12-31", 1, 1),
        *chance.sample(rewards, chance.randint(0, len(rewards))),
    )
    try:
        known = mixed.member(programmes)
    except StopIteration:
        known = Snapshot(chance.randint(1, 9), chance.choice(["individual", "company"]))
    return replace(known, holdings=Holdings(held, {}), counted_today={one.key: 1 for one in programmes[:1]})


def expires(expiry: Expiry, day: str) -> str | None:
    return f"{day}+{expiry.months}m{expiry.days}d" if expiry.months or expiry.days else None


def answer(number: int) -> str:
    """Price one sale, or say why not."""
    chance = random.Random(number)
    programmes = live(chance)
    goods, asked, who = basket(chance), choices(chance, programmes), member(chance, programmes)
    step, on_tax = chance.choice([1, 10, 1_000]), chance.random() < 0.7
    known = {one.id: one for one in programmes}
    rules = Rules(Lineup(programmes), known, step, expires, {}, on_tax)
    try:
        return told(quote(goods, asked, who, rules, pricing.MOMENT))
    except Rejection as no:
        return f"{type(no).__name__} {no.code} {dict(no.facts)}"


def told(priced: Quote) -> str:
    """Spell an answer out; a set has no order, and a book tells what it did."""
    book = priced.book
    parts: list[object] = [sorted(priced.reduced), book.movements, book.lost, sorted(book.accounts())]
    return repr(
        [*parts, *[getattr(priced, one.name) for one in fields(priced) if one.name not in TOLD_APART]]
    )


def main() -> int:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for number in range(first, first + count):
        print(answer(number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
