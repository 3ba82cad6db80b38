"""The stored form of a sale: one compact JSON record, sealed in the chain, from which every view is made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from json import JSONEncoder, loads
from typing import Any

from loyalty_pos.app.ports import SaleRow
from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.gift_cards import CardPaid
from loyalty_pos.domain.ledger import (
    CREDIT,
    POINTS,
    Account,
    Book,
    Movement,
    pledge_account,
    progress_account,
    reward_account,
    voucher_account,
)
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.trace import TraceLine

Record = Mapping[str, Any]


LATER_FAMILIES = ("earn", "standing")
"""What a member named after the sale still gets of it."""

_ENCODER = JSONEncoder(separators=(",", ":"), ensure_ascii=False, sort_keys=True)


def canonical(value: object) -> str:
    """Write plain data the one way it is hashed, whatever order its names came in."""
    return _ENCODER.encode(value)


def compact(value: object) -> str:
    """Write plain data for storing, its names in their own order; several times as fast as `canonical`."""
    return json_bytes(value).decode()


def json_bytes(value: object) -> bytes:
    """Write plain data as compactly as JSON can be, in UTF-8."""
    return _to_json()(value)


@cache
def _to_json() -> Callable[[object], bytes]:
    from pydantic_core import to_json  # dear to load, and the first member is found without it

    return to_json


def sale_record(
    quote: Quote,
    basket: Basket,
    live: Sequence[Revision],
    number: int,
    receipt_no: str | None,
    fingerprint: str,
) -> dict[str, Any]:
    """Put a priced sale into its stored form. `number` 0 means it was only quoted."""
    lines = [
        [line.sku, line.text, line.quantity, line.unit_price_minor, line.gross_minor, net, free]
        for line, net, free in zip(basket.lines, quote.nets_minor, quote.free_units, strict=True)
    ]
    paid = quote.paid
    return {
        "number": number,
        "receipt_no": receipt_no,
        "amount_mode": basket.amount_mode,
        "lines": lines,
        "paid": {
            "credit_minor": paid.credit_minor,
            "points": paid.points,
            "points_minor": paid.points_minor,
            **({"gift_cards": [list(one) for one in paid.cards]} if paid.cards else {}),
        },
        "earned": [_earned(contribution) for contribution in quote.earned],
        "trace": [_trace(line) for line in quote.trace],
        "balances": balances_record(quote.book, live),
        "fingerprint": fingerprint,
        **_standing(quote),
        **({"codes": list(quote.used_codes)} if quote.used_codes else {}),
        **({"bought": [list(one) for one in quote.bought]} if quote.bought else {}),
        **({"warranties": [list(one) for one in quote.covered]} if quote.covered else {}),
        "took": _took(quote),
    }


def on_account_record(quote: Quote) -> dict[str, Any]:
    """Note what of a sale is paid later, and what that will have earned then."""
    return {"due_minor": quote.due_minor, "earned": [_earned(one) for one in quote.promised]}


def promised_by(record: Record) -> list[Contribution]:
    """Read back what a sale on account earns as it is paid."""
    later = record.get("on_account", {"earned": ()})
    return [one._replace(later=True) for one in contributions({**record, "earned": later["earned"]})]


def card_payments(record: Record) -> list[CardPaid]:
    """Read back what each gift card paid of a stored sale, in their order."""
    return [CardPaid(*one) for one in record["paid"].get("gift_cards", ())]


def sold_cards(record: Record) -> list[tuple[int, int]]:
    """Read back the gift cards a stored sale sold: what is on each, and how many."""
    return [(face, count) for face, count in record.get("sold", ())]


def due_minor(record: Record) -> int:
    """Return what a stored sale left to pay with money."""
    paid = record["paid"]
    net = sum([line[5] for line in record["lines"]])
    net += sum([face * count for face, count in record.get("sold", ())])
    by_cards = sum([one.amount_minor for one in card_payments(record)])
    return int(net - paid["credit_minor"] - paid["points_minor"] - by_cards)


def balances_record(book: Book, live: Sequence[Revision]) -> dict[str, Any]:
    """Note a member's balances as they stand in `book`."""
    progress, rewards, units = {}, {}, {}
    for revision in live:
        rule = revision.rule
        if isinstance(rule, EarnRule) and rule.keeps_progress:
            units[revision.key] = rule.unit_micro
            have = book.plain(progress_account(revision.key)) // rule.unit_micro
            progress[revision.key] = [have, rule.step_units]
    owed = {}
    for account in book.accounts():
        if account[0] == "reward" and (held := book.balance(account)):
            rewards[account[1]] = held
        elif account[0] == "owed_progress" and book.plain(account):
            owed[account[1]] = -(-book.plain(account) // units.get(account[1], MICRO))
    return {
        "points": book.balance(POINTS),
        "credit_minor": book.balance(CREDIT),
        "points_pending": book.pending(POINTS),
        "credit_pending_minor": book.pending(CREDIT),
        "owed_points": book.owed(POINTS),
        "owed_credit_minor": book.owed(CREDIT),
        "owed_stamps": owed,
        "progress": progress,
        "rewards": rewards,
    }


def contributions(record: Record) -> list[Contribution]:
    """Read back what a stored sale added to each programme."""
    return [
        Contribution(
            revision=one["revision"],
            programme=one["programme"],
            measured=one["measured"],
            micros=one["micros"],
            step_micro=one["step_micro"],
            yield_per_step=one["yield_per_step"],
            account=_account_of(one),
            yielded=one["yielded"],
            given=one["given"],
            event=one.get("event", 0),
            stamps=one.get("stamps"),
            lines=tuple(one["lines"]) if "lines" in one else None,
            weights=_weights(one) if "took" in record else None,
            on_some=tuple((place, tuple(lines)) for place, lines in one.get("on_some", ())),
            most=one.get("most", 0),
            untaxed=one.get("untaxed", False),
        )
        for one in record["earned"]
    ]


def _weights(one: Record) -> tuple[tuple[int, int], ...]:
    return tuple((milli, place) for milli, place in one.get("weights", ()))


def _account_of(one: Mapping[str, Any]) -> Account:
    if one["unit"] == "reward":
        return reward_account(one["programme"])
    if one["unit"] == "pledge":
        return pledge_account(one["cause"])
    return voucher_account(one["programme"]) if one["unit"] == "voucher" else (one["unit"], "")


def trace_lines(record: Record) -> list[TraceLine]:
    return [
        TraceLine(revision, family, bool(applied), code, facts, benefit)
        for revision, family, applied, code, facts, benefit in record["trace"]
    ]


def read_record(text: str) -> Record:
    record: Record = loads(text)
    return record


def record_of(row: SaleRow) -> Record:
    """Read a stored sale; what a member attached later got of it stands in place of what nobody got."""
    record = read_record(row.record)
    if row.attached_record is None:
        return record
    later = read_record(row.attached_record)
    other = [line for line in record["trace"] if line[1] not in LATER_FAMILIES]
    # What was pledged was pledged by the sale, whoever it belongs to.
    earned = [one for one in record["earned"] if one["unit"] == "pledge"] + later["earned"]
    return {
        **record, **later, "earned": earned, "paid": record["paid"], "trace": [*other, *later["trace"]],
    }  # fmt: skip


def attach_record(quote: Quote, live: Sequence[Revision]) -> dict[str, Any]:
    """Note what a sale gives a member who is named after it."""
    return {
        "earned": [_earned(contribution) for contribution in quote.contributions],
        "trace": [_trace(line) for line in quote.trace if line.family in LATER_FAMILIES],
        "paid": {"credit_minor": 0, "points": 0, "points_minor": 0},
        "balances": balances_record(quote.book, live),
        **_standing(quote),
    }


def gift_record(quote: Quote) -> dict[str, Any]:
    """Note what a member was given without a sale, and why."""
    return {
        "earned": [_earned(contribution) for contribution in quote.contributions],
        "trace": [_trace(line) for line in quote.trace if line.applied],
    }


def moved_record(book: Book) -> list[list[Any]]:
    """Sum what moved, account by account."""
    return moved_of(book.movements)


def moved_of(movements: Iterable[Movement]) -> list[list[Any]]:
    sums: dict[Account, int] = {}
    for move in movements:
        sums[move.account] = sums.get(move.account, 0) + move.amount
    return [[unit, programme, amount] for (unit, programme), amount in sorted(sums.items()) if amount]


def qualifying_minor(record: Record) -> int:
    """Return what a stored sale counts towards levels; older programs did not write it down."""
    kept = record.get("qualifying_minor")
    return int(kept) if kept is not None else sum(line[5] for line in record["lines"])


def later_record(quote: Quote, basket: Basket, counts: Mapping[str, int]) -> dict[str, Any]:
    """Note of a sale without a member what it takes to work out later what it would have earned."""
    reduced = {"reduced": sorted(quote.reduced)} if quote.reduced else {}
    return {"counts": dict(counts), "goods": goods_record(basket), **reduced}


def goods_record(basket: Basket) -> list[Any]:
    """Note of each line what neither the line nor its price says."""
    return [
        [line.group, int(line.earns), line.till_discount_minor, line.tax_bp, line.cost_minor]
        for line in basket.lines
    ]


def later_basket(record: Record) -> tuple[Basket, Choices] | None:
    """Read back the basket of a sale without a member, and what is chosen: only to earn, at what it came to.

    None for a sale of an older program, which kept less.
    """
    later = record.get("later")
    if later is None:
        return None
    choices = Choices(
        counts=dict(later["counts"]),
        earn_only=True,
        nets_minor=tuple(line[5] for line in record["lines"]),
        free_units=tuple(line[6] for line in record["lines"]),
        reduced=frozenset(later.get("reduced", ())),
    )
    return replace(basket_of(record), stored_minor=0), choices


def basket_of(record: Record) -> Basket:
    """Read back the basket of a stored sale; an older program kept neither groups nor till discounts."""
    kept = record.get("goods") or record.get("later", {}).get("goods")
    goods = kept or [(None, 1, 0)] * len(record["lines"])
    lines = tuple(
        Line(text, quantity, price, till, sku, group, bool(earns), *rest)
        for (sku, text, quantity, price, *_), (group, earns, till, *rest) in zip(
            record["lines"], goods, strict=True
        )
    )
    stored = sum(face * count for face, count in sold_cards(record))
    return Basket(lines, amount_mode=record["amount_mode"], stored_minor=stored)


def tier_record(before: Standing | None, after: Standing | None) -> list[Any]:
    """Note the level before and after, and the number of the club they are levels of."""
    return [_level_key(before), _level_key(after), after.programme if after else None]


def _level_key(standing: Standing | None) -> str | None:
    level = standing.level if standing else None
    return level.key if level else None


def _standing(quote: Quote) -> dict[str, Any]:
    return {"qualifying_minor": quote.counts.spend_minor, "tier": tier_record(quote.stood, quote.stands)}


def _trace(line: TraceLine) -> list[Any]:
    return [line.revision, line.family, int(line.applied), line.code, line.facts, line.benefit_minor]


def _took(quote: Quote) -> list[list[Any]]:
    """Note what lowered which line; units a card made free one by one stand together."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for line, revision, source, code, minor, units in quote.took:
        one = found.setdefault((line, revision, source, code), [line, revision, source, code, 0, 0])
        one[4] += minor
        one[5] += units
    return list(found.values())


def _earned(contribution: Contribution) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if contribution.lines is not None:
        more["lines"] = contribution.lines
    if contribution.weights:
        more["weights"] = contribution.weights
    if contribution.on_some:
        more["on_some"] = contribution.on_some
    if contribution.most:
        more["most"] = contribution.most
    if contribution.untaxed:
        more["untaxed"] = True
    if contribution.account[0] == "pledge":
        more["cause"] = contribution.account[1]
    return {
        **more,
        "revision": contribution.revision,
        "programme": contribution.programme,
        "measured": contribution.measured,
        "micros": contribution.micros,
        "step_micro": contribution.step_micro,
        "yield_per_step": contribution.yield_per_step,
        "unit": contribution.account[0],
        "yielded": contribution.yielded,
        "given": contribution.given,
        **({"event": contribution.event} if contribution.event else {}),
        **({} if contribution.stamps is None else {"stamps": contribution.stamps}),
    }
