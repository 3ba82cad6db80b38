"""Ten lines under thirty programmes: through the engine, and as one loop written for exactly this."""

from collections.abc import Callable
from typing import Any

from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.families import DiscountRule, EarnRule, Percent, Revision
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.params import read
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.when import When, condition_of, expiry_of
from tests.bench.rounds import Pair

GROUPS = ("coffee", "cake", "bread", "tea", "juice")
MOMENT = Moment(1_795_000_000_000, "2026-11-21", "sat", 17 * 60)
WHENS: tuple[dict[str, Any], ...] = (
    {},
    {"schedule": {"weekdays": ["sat", "sun"]}},
    {"schedule": {"hours": ["16:00-19:00"]}},
    {"basket": {"min_minor": 1_000_000}},
    {"basket": {"groups_out": ["tea"]}},
    {"schedule": {"weekdays": ["mon"]}},
)


def _params(number: int) -> tuple[str, dict[str, Any]]:
    groups = [GROUPS[number % 5]]
    return (
        ("percent_off", {"rate_bp": 300 + 40 * number, "groups": groups}),
        ("points", {"step_minor": 10_000 + number}),
        ("stamp_card", {"needed": 8, "groups": groups}),
        ("spend_credit", {"rate_bp": 100 + number}),
        ("percent_off", {"rate_bp": 200 + 30 * number, "max_discount_minor": 90_000}),
    )[number % 5]


def programmes(count: int = 30) -> list[Revision]:
    made = []
    for number in range(1, count + 1):
        name, params = _params(number)
        kind, when = kinds()[name], read(When, WHENS[number % 6], "when")
        rule = kind.rule(kind.read(params))
        made.append(Revision(number, number, f"p{number}", rule, condition_of(when), expiry_of(when)))
    return made


def basket(lines: int = 10) -> Basket:
    return Basket(
        tuple(
            Line(f"thing {n}", n % 3 + 1, 85_000 + 13_570 * n, sku=f"s{n}", group=GROUPS[n % 5])
            for n in range(lines)
        )
    )


Answer = tuple[list[int], list[tuple[int, int, int]]]
"""Net of every line; programme, measured and micros of every contribution."""


def by_engine(goods: Basket, live: list[Revision]) -> Callable[[int], Quote]:
    rules, member = Rules(Lineup(live), money_step_minor=10), Snapshot(1, "individual")
    return lambda _: quote(goods, Choices(), member, rules, MOMENT)


def pair(name: str, lines: int, count: int, calls: int, goal: float | None = None) -> Pair:
    """Price the same bill both ways; that both say the same is made sure of first."""
    goods, live = basket(lines), programmes(count)
    ours, loop = by_engine(goods, live), by_loop(goods, live)
    priced = ours(0)
    assert answer_of(priced) == loop(0), "the loop by hand answers something else"
    assert {told.revision for told in priced.trace} == {one.id for one in live}, "not the whole trace"
    return Pair(name, ours, loop, calls, goal)


GROWING = (1, 3, 10, 30, 100)


def growth() -> list[Pair]:
    """Price with more and more programmes on ten lines, then more and more lines under thirty programmes."""
    return [
        *[pair(f"10 lines x {count} programmes", 10, count, 60) for count in GROWING],
        *[pair(f"{count} lines x 30 programmes", count, 30, 60) for count in GROWING],
    ]


def answer_of(priced: Quote) -> Answer:
    given = [(one.revision, one.measured, one.micros) for one in priced.contributions]
    return list(priced.nets_minor), given


def by_loop(goods: Basket, live: list[Revision]) -> Callable[[int], Answer]:
    """Work out beforehand which lines each programme may touch; what remains is a loop over integers."""
    percents, earns = [], []
    for one in live:
        assert isinstance(one.rule, DiscountRule | EarnRule)
        lines = [
            i for i, line in enumerate(goods.lines) if line in one.rule.goods and one.condition.allows(line)
        ]
        check = (one.condition.weekdays, one.condition.hours, one.condition.min_minor)
        if isinstance(one.rule, DiscountRule):
            assert isinstance(one.rule.offer, Percent)
            percents.append((one.id, lines, one.rule.offer.rate_bp * 100, one.rule.cap_minor, check))
        elif isinstance(one.rule, EarnRule):
            earns.append((one.id, lines, one.rule.rate_micro, one.rule.measure == "amount", check))
    return lambda _: _loop(goods, percents, earns)


def _loop(goods: Basket, percents: list[Any], earns: list[Any]) -> Answer:
    nets = [line.quantity * line.unit_price_minor for line in goods.lines]
    gross, weekday, minute = sum(nets), MOMENT.weekday, MOMENT.minute
    best, who = [0] * len(nets), [0] * len(nets)
    won: dict[int, list[int]] = {}
    for number, lines, rate, cap, (days, hours, least) in percents:
        if (days and weekday not in days) or gross < least:
            continue
        if hours and not any(start <= minute < end for start, end in hours):
            continue
        wish = [nets[i] * rate for i in lines]
        whole = sum(wish)
        if cap is not None and whole > cap * MICRO:
            wish = _parts(cap * MICRO, wish)
        for i, micros in zip(lines, wish, strict=True):
            if micros > best[i]:
                best[i], who[i] = micros, number
    for i, number in enumerate(who):
        if number:
            won.setdefault(number, []).append(i)
    for lines in won.values():
        weights = [best[i] for i in lines]
        total = sum(weights) // MICRO // 10 * 10
        for i, part in zip(lines, _parts(total, weights), strict=True):
            nets[i] -= part
    given = []
    for number, lines, rate, amount, (days, hours, least) in earns:
        if (days and weekday not in days) or gross < least:
            continue
        if hours and not any(start <= minute < end for start, end in hours):
            continue
        measured = sum([nets[i] if amount else goods.lines[i].quantity for i in lines])
        if measured:
            given.append((number, measured, measured * rate))
    return nets, given


def _parts(total: int, weights: list[int]) -> list[int]:
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in rests[: total - sum(parts)]:
        parts[i] += 1
    return parts
