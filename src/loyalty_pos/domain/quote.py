"""Pricing a sale: free items, member prices, tender, earning, and why (rules 9-19).

`quote` is a pure function of the basket, the choices, the member's snapshot and the live programmes.
The same inputs always give the same answer, whatever order the programmes come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from loyalty_pos.domain.basket import Basket, Choices, check_basket
from loyalty_pos.domain.bill import Bill, Snapshot, Took
from loyalty_pos.domain.buying import count_points, pay_points
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.discounting import apply_lanes, claims_in, discounts_of, settle_sets
from loyalty_pos.domain.earning import (
    NO_WEIGHTS,
    Contribution,
    Expires,
    Weights,
    capped,
    contributed,
    count_units,
    event_stamp,
    measured_amount,
    measured_lines,
    multiplied,
    promise,
    qualifying_points,
    turn_over,
    voucher_of,
    waits,
    within_limits,
)
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import UNLIMITED, DiscountRule, EarnRule, Expiry, Revision
from loyalty_pos.domain.free_items import apply_rewards, free_every_nth
from loyalty_pos.domain.games import play
from loyalty_pos.domain.grouping import share_lines
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Book, Holdings
from loyalty_pos.domain.limits import Usage
from loyalty_pos.domain.lineup import EVERY_LINE, Earner, Lineup, lined_up
from loyalty_pos.domain.money import MICRO, split
from loyalty_pos.domain.pledging import pledge
from loyalty_pos.domain.tender import Paid, pay
from loyalty_pos.domain.terms import tell_terms
from loyalty_pos.domain.tiers import NO_COUNTS, Counts, Standing
from loyalty_pos.domain.trace import NO_FACTS, Facts, Reason, TraceLine
from loyalty_pos.domain.tuples import made
from loyalty_pos.domain.warranties import Covered, covered_by
from loyalty_pos.domain.weighing import untaxed, weigh

NO_MEMBER = Reason("no_member")


def never(expiry: Expiry, day: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Rules:
    """The shop's rules for one sale.

    `live` are the programmes switched on, best lined up once for many sales, `known` also the older revisions
    that held rewards follow. Discounts floor to `money_step_minor` (rules 2). `usage` says by programme what
    those with limits gave.
    """

    live: Sequence[Revision] | Lineup
    known: Mapping[int, Revision] = field(default_factory=dict)
    money_step_minor: int = 1
    expires: Expires = never
    usage: Mapping[int, Usage] = field(default_factory=dict)
    earn_on_tax: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """A priced sale: what each line costs, how it is paid, what moves, and why.

    `discounts_minor` of a line includes what the till took off (lane 0). `book` holds the member's
    balances after the sale and the movements that lead there.
    """

    gross_minor: int
    nets_minor: tuple[int, ...]
    free_units: tuple[int, ...]
    paid: Paid
    contributions: tuple[Contribution, ...]
    trace: tuple[TraceLine, ...]
    book: Book
    rewarded: tuple[str, ...] = ()
    """Programmes whose held rewards were used."""
    used_codes: tuple[int, ...] = ()
    """Codes whose benefit was taken, and which are used up with the sale."""
    bought: tuple[tuple[int, int], ...] = ()
    """Benefits that took points: revision and points."""
    counts: Counts = NO_COUNTS
    """What counts towards levels; of money net eligible lines before tender (rules 23)."""
    stood: Standing | None = None
    stands: Standing | None = None
    """Where the member stood at the start, which rated this sale, and where the sale leads (rules 18)."""
    reduced: frozenset[int] = frozenset()
    """Lines, from 0, whose price a benefit lowered."""
    covered: tuple[Covered, ...] = ()
    """What has a warranty from now on."""
    stored_minor: int = 0
    """What gift cards sold on this sale cost beside the goods."""
    took: tuple[Took, ...] = ()
    """What lowered which line."""

    @property
    def net_minor(self) -> int:
        return sum(self.nets_minor)

    @property
    def discount_minor(self) -> int:
        return self.gross_minor - self.net_minor

    @property
    def earned(self) -> tuple[Contribution, ...]:
        """What the sale earns at once."""
        return tuple([one for one in self.contributions if not one.later])

    @property
    def promised(self) -> tuple[Contribution, ...]:
        """What the sale earns as it is paid."""
        return tuple([one for one in self.contributions if one.later])

    @property
    def due_minor(self) -> int:
        return self.net_minor + self.stored_minor - self.paid.total_minor


def quote(basket: Basket, choices: Choices, snapshot: Snapshot | None, rules: Rules, moment: Moment) -> Quote:
    """Price a sale; raises Rejection when a demand cannot be met or the basket makes no sense.

    A reward whose removal would leave the bill as it is stays held (rules 10).
    """
    check_basket(basket)
    if snapshot is None and (choices.credit_minor or choices.points or choices.vouchers or choices.accept):
        raise Rejection("no_member_to_use")
    return _Pricing(basket, snapshot, rules, moment).best(choices)


class _Pricing:
    """One sale, priced in every way its programmes exclude each other; the customer's best one stays."""

    def __init__(self, basket: Basket, snapshot: Snapshot | None, rules: Rules, moment: Moment) -> None:
        self._basket, self._snapshot, self._rules, self._moment = basket, snapshot, rules, moment
        self._lineup = lined_up(rules.live)
        self._live = self._lineup.by_id

    def best(self, choices: Choices) -> Quote:
        """Return the best price: the combination, or one benefit that stands alone (rules 10)."""
        alone = [one for one in self._lineup.alone if not _unpaid(one, choices)]
        if not alone:
            return self._combined(choices)
        left_out = {one.id: Reason("alone") for one in alone}
        found = self._combined(replace(choices, left_out=left_out))
        for one in alone:
            other = self._price(self._only(choices, one))
            if other.net_minor < found.net_minor:
                found = other
        return found

    def _only(self, choices: Choices, alone: Revision) -> Choices:
        """Leave out every other benefit; cards that free their Nth unit rest too, as do rights held."""
        by = Reason("better_benefit", {"by": alone.id})
        others = {one.id: by for one in self._live.values() if one.id != alone.id and _benefits(one)}
        others |= {held.revision.id: by for held in (self._snapshot.terms if self._snapshot else ())}
        codes = tuple(one for one in choices.handed_in if not one.worth_minor)
        return replace(choices, left_out=others, idle=choices.idle | self._held(), handed_in=codes)

    def _held(self) -> set[str]:
        holdings = self._snapshot.holdings if self._snapshot else Holdings()
        return {lot.account[1] for lot in holdings.lots if lot.account[0] == "reward"}

    def _combined(self, choices: Choices) -> Quote:
        priced = self._price(choices)
        while (pair := self._excluding(priced)) is not None:
            ways = [self._without(choices, one, other) for one, other in (pair, pair[::-1])]
            found = [self._price(way) for way in ways]
            keep = int(found[1].net_minor < found[0].net_minor)
            priced, choices = found[keep], ways[keep]
        return self._spared(priced, choices)

    def _without(self, choices: Choices, loser: Revision, winner: Revision) -> Choices:
        """Leave one out; what is held of it stays held, or it would take part all the same."""
        left_out = {**choices.left_out, loser.id: Reason("not_with", {"by": winner.id})}
        return replace(choices, left_out=left_out, idle=choices.idle | {loser.key})

    def _excluding(self, priced: Quote) -> tuple[Revision, Revision] | None:
        """Find two programmes that took part and exclude each other, the later one first."""
        if not self._lineup.exclusive:
            return None
        took_part = {
            line.revision
            for line in priced.trace
            if line.applied and line.family != "standing" and line.code != "voucher_off"
        }
        applied = sorted(
            (self._live[number] for number in took_part if number in self._live),
            key=lambda one: one.programme,
        )
        for one in applied:
            for other in applied:
                if one.programme < other.programme and (
                    other.key in one.stacking.not_with or one.key in other.stacking.not_with
                ):
                    return other, one
        return None

    def _spared(self, priced: Quote, choices: Choices) -> Quote:
        """Keep back rewards and codes without which the bill would come to the same (rules 10)."""
        for key in priced.rewarded:
            priced, choices = self._if_same(priced, choices, replace(choices, idle=choices.idle | {key}))
        for code in priced.used_codes:
            kept = tuple(one for one in choices.handed_in if one.code != code)
            priced, choices = self._if_same(priced, choices, replace(choices, handed_in=kept))
        for number, _ in priced.bought:
            # Of two benefits one may round to less than the other would: points are never given to pay more.
            less = replace(choices, accept=choices.accept - {self._live[number].key})
            if (other := self._price(less)).net_minor <= priced.net_minor:
                priced, choices = other, less
        return priced

    def _if_same(self, priced: Quote, choices: Choices, without: Choices) -> tuple[Quote, Choices]:
        other = self._price(without)
        return (other, without) if other.net_minor == priced.net_minor else (priced, choices)

    def _price(self, choices: Choices) -> Quote:
        return _price(self._basket, choices, self._snapshot, self._rules, self._moment, self._lineup)


def _unpaid(revision: Revision, choices: Choices) -> bool:
    """Say whether a benefit costs points nobody gives; it is offered then, and nothing more."""
    rule = revision.rule
    return isinstance(rule, DiscountRule) and rule.price_points > 0 and revision.key not in choices.accept


def _benefits(revision: Revision) -> bool:
    rule = revision.rule
    return not isinstance(rule, EarnRule) or rule.instant


def _price(
    basket: Basket,
    choices: Choices,
    snapshot: Snapshot | None,
    rules: Rules,
    moment: Moment,
    lineup: Lineup,
) -> Quote:
    bill = Bill(basket, choices, snapshot, moment, lineup)
    bill.usage, bill.money_step_minor, bill.known = rules.usage, rules.money_step_minor, rules.known
    if choices.earn_only and choices.nets_minor is not None:
        bill.nets = list(choices.nets_minor)
        bill.reduce(choices.reduced)
    book = Book(snapshot.holdings if snapshot else Holdings(), moment.at_ms, moment.life_day)
    better = _give_benefits(bill, book, rules, lineup)
    if better:
        choices = replace(choices, closed=choices.closed | better)
        return _price(basket, choices, snapshot, rules, moment, lineup)
    if choices.free_units:  # an Nth-free card has counted by now, as it does before a set makes any free
        bill.free = list(choices.free_units)
    if bill.bought:
        pay_points(bill, book)
    paid, tender_trace = pay(book, choices, sum(bill.nets), lineup.tender, basket.stored_minor)
    bill.trace += tender_trace
    bill.on_account = choices.on_account and sum(bill.nets) > paid.total_minor
    bases = bill.nets
    if paid.given_minor:
        shares = split(paid.given_minor, bill.nets)
        bases = [net - share for net, share in zip(bill.nets, shares, strict=True)]
    contributions = _earn_all(bill, book, rules, lineup, bases)
    if bill.feeds and (over := _over_budget(bill)):
        # Its lines go to the others of its group, or the member would lose by it.
        choices = replace(choices, left_out={**choices.left_out, **over})
        return _price(basket, choices, snapshot, rules, moment, lineup)
    qualifying = sum([bill.nets[i] for i in bill.earning[EVERY_LINE]])
    counts = Counts(qualifying, 1, qualifying_points(contributions) if contributions else 0)
    stands = _stand(bill, lineup.clubs, counts)
    if lineup.terms:
        tell_terms(bill, lineup.terms)
    covered = covered_by(bill, lineup.warranties, rules.expires) if lineup.warranties else ()
    return Quote(
        basket.gross_minor,
        tuple(bill.nets),
        tuple(bill.free),
        paid,
        tuple(contributions),
        tuple(bill.trace),
        book,
        tuple(sorted(set(bill.rewarded))),
        tuple(bill.used_codes),
        tuple(bill.bought.items()),
        counts,
        bill.standing,
        stands,
        frozenset(bill.reduced),
        covered,
        basket.stored_minor,
        tuple(bill.took),
    )


def _earn_all(
    bill: Bill, book: Book, rules: Rules, lineup: Lineup, bases_minor: list[int]
) -> list[Contribution]:
    """Earn with every programme on what was paid, with tax or without, then give what events of now give."""
    losers = share_lines(bill, lineup) if lineup.grouped or lineup.own_rates else {}
    without_tax = untaxed(bases_minor, bill.basket.lines)
    found = []
    for earner in lineup.earners:
        with_tax = rules.earn_on_tax if earner.rule.with_tax is None else earner.rule.with_tax
        earns = bases_minor if with_tax else without_tax
        one = _earn(bill, book, rules, earner, earns, losers.get(earner.revision.id))
        found.append(one if one is None or with_tax else one._replace(untaxed=True))
    for earner in lineup.pledges:
        with_tax = rules.earn_on_tax if earner.rule.with_tax is None else earner.rule.with_tax
        one = pledge(bill, earner, bases_minor if with_tax else without_tax)
        found.append(one if one is None or with_tax else one._replace(untaxed=True))
    found += [_give(bill, book, rules, earner) for earner in lineup.events]
    return [one for one in found if one is not None]


def _over_budget(bill: Bill) -> dict[int, Reason]:
    """Find the programmes that won lines of their group and then could not pay for them."""
    return {
        line.revision: Reason(line.code, line.facts)
        for line in bill.trace
        if line.code == "budget_spent" and line.revision in bill.feeds
    }


def _give_benefits(bill: Bill, book: Book, rules: Rules, lineup: Lineup) -> frozenset[int]:
    """Apply every lane; returns lines on which a set offer beats the free units given there (rules 10)."""
    plain = not bill.choices.earn_only
    offered = discounts_of(bill, lineup) if plain else {}
    if lineup.for_points:
        count_points(bill, book)
    sets = claims_in(bill, offered[1]) if 1 in offered else []
    if plain:
        apply_rewards(bill, book, rules.known)
    for earner in lineup.every_nth:
        if bill.why_not(earner.revision) is None:
            free_every_nth(bill, book, earner)
    better = settle_sets(bill, sets, rules.money_step_minor) if sets else frozenset()
    if plain and not better:
        apply_lanes(bill, offered, rules.money_step_minor)
    return better


def _earn(
    bill: Bill,
    book: Book,
    rules: Rules,
    earner: Earner,
    bases_minor: list[int],
    loses: Reason | None,
    event: int = 0,
) -> Contribution | None:
    revision, rule = earner.revision, earner.rule
    reason = bill.why_not(revision) or loses or (NO_MEMBER if bill.buyer is None else None)
    measured = 0 if reason else _measure(bill, earner, bases_minor)
    if not measured:
        bill.refuse(revision, "earn", reason or _nothing_measured(bill, earner))
        return None
    micros, most, cut, told = measured * rule.rate_micro, None, NO_FACTS, NO_FACTS
    weights: Weights = NO_WEIGHTS
    if rule.by_line:
        weighed = weigh(bill, earner, measured, bases_minor)
        if isinstance(weighed, Reason):
            bill.refuse(revision, "earn", weighed)
            return None
        weights = (weighed.weights, weighed.on_some, measured)
        measured, micros, told = weighed.measured, weighed.micros, weighed.facts
    elif rule.coefficients or bill.points_milli != 1_000:
        micros, counted = multiplied(bill, rule, measured)
        if counted:
            weights = (tuple(counted), (), 0)
            told = {"milli": "×".join([str(milli) for milli, _ in counted])}
    if revision.limits is not UNLIMITED and (allowance := bill.allowance(revision)) is not None:
        within = within_limits(book, earner, allowance, measured, micros)
        if isinstance(within, Reason):
            bill.refuse(revision, "earn", within)
            return None
        measured, micros, most, cut = within
    if rule.yield_unit == "voucher":
        return _make_voucher(bill, earner, measured, micros, told, weights, event)
    if waits(bill, rule):
        promised = promise(book, earner, measured, micros, measured_lines(bill, earner), weights)
        told = {"measured": measured, "got": promised.yielded, **told}
        bill.tell(revision, "earn", "earned_when_paid", told)
        return promised
    before, steps, after = book.fill(earner.progress, earner.owed, micros, rule.step_micro, most)
    got = steps * rule.yield_per_step
    given = turn_over(bill, book, rules.expires, earner, got) if steps else 0
    unit, stamps = rule.unit_micro, None
    facts: Facts = {"measured": measured, "before": before // unit, "got": got, "after": after // unit}
    if unit != MICRO:
        stamps = (before + micros) // unit - before // unit
        told = {**told, "stamps": stamps, "rest": after % unit // MICRO}
    if cut or told:
        facts = {**facts, **cut, **told}
    bill.trace.append(made(TraceLine, (revision.id, "earn", True, earner.told, facts, 0)))
    lines = measured_lines(bill, earner)
    return contributed(earner, measured, micros, got, given, event, stamps, lines, weights)


def _give(bill: Bill, book: Book, rules: Rules, earner: Earner) -> Contribution | None:
    """Give what an event of now gives; of one that happens without a sale no sale has anything to tell."""
    if earner.rule.game:
        play(bill, earner)
        return None
    revision, happening = earner.revision, earner.rule.happening
    if happening is not None and happening.without_sale and revision.id not in bill.events:
        return None
    stamp = event_stamp(bill, earner)
    if isinstance(stamp, Reason):
        return _earn(bill, book, rules, earner, [], stamp if bill.buyer is not None else NO_MEMBER)
    return _earn(bill, book, rules, earner, [], None if bill.buyer is not None else NO_MEMBER, stamp)


def _make_voucher(
    bill: Bill, earner: Earner, measured: int, micros: int, told: Facts, weights: Weights, event: int
) -> Contribution | None:
    voucher = voucher_of(earner, measured, micros, bill.money_step_minor)
    if isinstance(voucher, Reason):
        bill.refuse(earner.revision, "earn", voucher)
        return None
    bill.tell(earner.revision, "earn", earner.told, {"measured": measured, "got": voucher.yielded, **told})
    counted, on_some, most = weights
    lines = measured_lines(bill, earner)
    return voucher._replace(event=event, lines=lines, weights=counted, on_some=on_some, most=most)


def _stand(bill: Bill, clubs: Sequence[Revision], counts: Counts) -> Standing | None:
    """Say what the sale does to the member's level: up counts from the next sale on (rules 18, 24)."""
    before = bill.standing
    after = before.bought(counts) if before else None
    for revision in clubs:
        # A level whose percent stays aside for another benefit is still a level.
        reason = revision.condition.why_not(bill.buyer, bill.moment, bill.basket)
        if reason is not None:
            bill.refuse(revision, "standing", reason)
        else:
            assert before is not None and after is not None, "a club is for members alone"
            _tell_standing(bill, revision, before, after)
    return after


def _tell_standing(bill: Bill, revision: Revision, before: Standing, after: Standing) -> None:
    end, ahead = after.level, after.next
    if end is not before.level and end is not None:
        bill.tell(revision, "standing", "tier_up", {"tier": end.key})
    elif ahead is not None:
        facts: Facts = {"tier": ahead.key, **after.away[ahead.key]}
        bill.refuse(revision, "standing", Reason("tier_next", facts))
    else:
        bill.tell(revision, "standing", "tier_top", {"tier": end.key if end else ""})


def _measure(bill: Bill, earner: Earner, bases_minor: list[int]) -> int:
    revision, rule = earner.revision, earner.rule
    if rule.measure == "amount":
        if rule.max_per_sale is None and rule.max_per_day is None:
            return measured_amount(bill, earner, bases_minor)
        amount = measured_amount(bill, earner, bases_minor)
        return capped(rule, amount, bill.counted_today.get(revision.key, 0))
    if rule.measure == "event":
        return 1
    if revision.id in bill.planned:
        return bill.planned[revision.id][0]
    return capped(rule, count_units(bill, earner), bill.counted_today.get(revision.key, 0))


def _nothing_measured(bill: Bill, earner: Earner) -> Reason:
    rule = earner.rule
    unknown = bill.basket.amount_mode and rule.measure != "amount"
    if not unknown and not bill.earning[earner.aim]:
        return bill.no_goods(rule.goods, earner.revision.condition)
    if bill.counted_today.get(earner.revision.key) and (rule.measure == "visit_days" or rule.max_per_day):
        return Reason("counted_today")
    of_money = rule.measure == "amount"
    return Reason("nothing_paid" if of_money else "nothing_counted")
