"""Small baskets, programmes and members for the engine's own tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.compiling import compiled
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import Revision, TierRule
from loyalty_pos.domain.gift_cards import for_goods
from loyalty_pos.domain.keeping import Sold
from loyalty_pos.domain.kinds import read
from loyalty_pos.domain.ledger import Account, Holdings, Lot
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Counts, Standing
from loyalty_pos.domain.when import When

NOON = Moment(1_000_000, "2026-11-21", "sat", 12 * 60)


def revision(
    kind: str,
    number: int = 1,
    *,
    when: Mapping[str, Any] | None = None,
    key: str | None = None,
    **params: Any,
) -> Revision:
    """Compile a programme as publishing does."""
    found = kind_named(kind)
    chosen = read(When, when or {}, "when")
    return compiled(found, found.read(params), chosen, number, number, key or f"{kind}{number}")


def line(price: int, quantity: int = 1, **more: Any) -> Line:
    return Line(more.pop("text", "x"), quantity, price, **more)


def basket(*lines: Line) -> Basket:
    return Basket(lines)


def amount(minor: int) -> Basket:
    return Basket((Line("", 1, minor),), amount_mode=True)


def lot(number: int, account: Account, left: int, **more: Any) -> Lot:
    values = {"available_from_ms": 0, "expires_on": None, "revision": 1, "posting": number, **more}
    return Lot(number, account, left, **values)


def member(
    *lots: Lot, plain: Mapping[Account, int] | None = None, kind: str = "individual", **more: Any
) -> Snapshot:
    events = dict.fromkeys(range(1, 100), 1)  # whatever a programme waits for happens now
    return Snapshot(1, kind, Holdings(lots, plain or {}), **{"events": events, **more})


def priced(
    goods: Basket,
    live: Sequence[Revision],
    who: Snapshot | None = None,
    *,
    at: Moment = NOON,
    known: Sequence[Revision] = (),
    step: int = 1,
    **choices: Any,
) -> Quote:
    """Quote for a member with nothing unless another one is given, standing at the bottom of any club."""
    rules = Rules(live, {r.id: r for r in [*live, *known]}, step)
    who = member() if who is None else who
    club = next((one for one in live if isinstance(one.rule, TierRule)), None)
    if club is not None and who.standing is None:
        who = replace(who, standing=stand(club))
    return quote(goods, Choices(**choices), who, rules, at)


def stand(club: Revision, spend: int = 0, held: str | None = None) -> Standing:
    assert isinstance(club.rule, TierRule)
    return Standing(club.rule, club.programme, Counts(spend), held)


def nobody(goods: Basket, live: Sequence[Revision], **choices: Any) -> Quote:
    return quote(goods, Choices(**choices), None, Rules(live, {r.id: r for r in live}), NOON)


def after(done: Quote) -> Snapshot:
    """The member as the sale left them, lots under new numbers as the store would give."""
    book = done.book
    accounts = list(book.accounts())
    lots = [held for account in accounts for held in book.lots(account)]
    plain = {account: book.plain(account) for account in accounts if book.plain(account)}
    renumbered = tuple(
        Lot(
            held.id if held.id > 0 else 1_000_000 - held.id + max([0, *(one.id for one in lots)]),
            held.account,
            held.left,
            held.available_from_ms,
            held.expires_on,
            held.revision,
            held.posting,
        )
        for held in lots
    )
    return Snapshot(1, "individual", Holdings(renumbered, plain))


def sold_of(goods: Basket, sale: Quote, revisions: Mapping[int, Revision]) -> Sold:
    """The sale as it is read back from the books."""
    cards = for_goods(sale.paid.cards, goods.stored_minor)
    return Sold(
        goods,
        sale.nets_minor,
        sale.free_units,
        sale.took,
        sum(paid for paid, _ in cards) + sale.paid.credit_minor + sale.paid.points_minor,
        sale.contributions,
        revisions,
        sale.counts.spend_minor,
        given_minor=sale.paid.given_minor,
        cards=cards,
        bought=dict(sale.bought),
    )


def sold_amount(minor: int, given: Sequence[Contribution], revisions: Mapping[int, Revision]) -> Sold:
    """A sale of one typed amount, without anything that lowered it."""
    return Sold(amount(minor), (minor,), (0,), contributions=tuple(given), revisions=revisions)
