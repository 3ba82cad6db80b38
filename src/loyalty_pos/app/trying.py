"""A draft tried on one made-up sale: the engine of every sale prices it, and nothing is posted."""

from dataclasses import replace

from loyalty_pos.app.asked_sales import basket_of
from loyalty_pos.app.commands import QuoteSale
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.drafting import DraftBook, drafted
from loyalty_pos.app.handlers_sales import snapshot_of
from loyalty_pos.app.people import the_member
from loyalty_pos.app.programme_uses import usage_before
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_studio import TryProgramme
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.studio_views import TrialView
from loyalty_pos.app.trace_words import reason_words, trace_view
from loyalty_pos.app.views import ProgressView
from loyalty_pos.domain.basket import Choices, HandedIn, checked
from loyalty_pos.domain.bill import Held, Snapshot
from loyalty_pos.domain.conditions import Buyer, Condition, Moment
from loyalty_pos.domain.counting import NO_COUNTS, counts_of
from loyalty_pos.domain.families import DiscountRule, EarnRule, Expiry, Revision, TermRule, TierRule
from loyalty_pos.domain.ledger import POINTS, Account, Holdings, Lot, progress_account, reward_account
from loyalty_pos.domain.money import MAX_QUANTITY
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.trace import Reason

SAMPLE = 0
"""The number of the made-up member; no real one has it."""
HAVE_AT_MOST = 10**9


def try_programme(desk: Desk, query: TryProgramme) -> TrialView:
    """Price a sale nobody makes, a draft among the live programmes; raises InvalidRequest and Rejection."""
    known = drafted(desk, query.key, query.kind, query.params, query.when)
    have = checked(query.have, "have", 0, HAVE_AT_MOST)
    basket = basket_of(desk, QuoteSale(amount_minor=query.amount_minor, lines=query.lines))
    moment, book = desk.now(), DraftBook(desk, known)
    member = None if query.member is None else the_member(desk, query.member)
    if member is not None:
        draft = known.revision
        snapshot = snapshot_of(desk.with_book(book), member, moment, basket)
    else:
        draft = replace(known.revision, condition=_at_any_time(known.revision.condition))
        snapshot = None if query.guest else _sample(desk, draft, book.club, have, query.tier)
    live = [draft if one is known else one.revision for one in book.live]
    held = {lot.revision for lot in snapshot.holdings.lots} - {draft.id} if snapshot else set()
    rules = Rules(
        live,
        {**{one.id: one for one in live}, **book.revisions(held)},
        desk.shop.money_step_minor,
        desk.shop.expires,
        usage_before(desk, live, member.id if member else None, moment.business_day),
        desk.shop.view.earn_on_tax,
    )
    priced = quote(basket, _choices(draft, query, snapshot), snapshot, rules, moment)
    told = [
        (line.revision, line.applied, trace_view(line, book, desk.languages))
        for line in priced.trace
        if line.revision
    ]
    had, stamps = _progress(draft, snapshot, priced)
    got = _got(draft, priced)
    return TrialView(
        gross_minor=priced.gross_minor,
        discount_minor=priced.discount_minor,
        off_minor=sum([took.minor for took in priced.took if took.revision == draft.id]),
        due_minor=priced.due_minor,
        points=got.get("points", 0),
        credit_minor=got.get("credit", 0),
        rewards=got.get("reward", 0),
        voucher_minor=got.get("voucher", 0),
        pledged_minor=got.get("pledge", 0),
        had=had,
        stamps=stamps,
        trace=tuple(view for revision, _, view in told if revision == draft.id),
        others=tuple(view for revision, applied, view in told if revision != draft.id and applied),
        not_now=None if member else _not_now(desk, known, book, moment),
        member=member.ref if member else None,
        member_name=member.name if member else "",
    )


def _at_any_time(condition: Condition) -> Condition:
    """Ask for nobody in particular and for no time; what has to be bought is still asked for."""
    return Condition(
        non_members=condition.non_members,
        min_minor=condition.min_minor,
        min_quantity=condition.min_quantity,
        below_minor=condition.below_minor,
        all_of=condition.all_of,
        counted=condition.counted,
        groups_in=condition.groups_in,
        groups_out=condition.groups_out,
        skus_in=condition.skus_in,
        skus_out=condition.skus_out,
        no_discounted=condition.no_discounted,
    )


def _not_now(desk: Desk, known: Known, book: DraftBook, moment: Moment) -> Sentence | None:
    """Say whether the draft rests at this moment, whoever buys and whatever it is."""
    full = known.revision.condition
    when = Condition(
        from_day=full.from_day,
        to_day=full.to_day,
        weekdays=full.weekdays,
        hours=full.hours,
        occasions=full.occasions,
    )
    basket = basket_of(desk, QuoteSale(amount_minor=1))
    reason = when.why_not(Buyer("individual"), moment, basket)
    return None if reason is None else reason_words(known.revision.id, reason, book, desk.languages)


def _sample(desk: Desk, draft: Revision, club: Known | None, have: int, tier: str | None) -> Snapshot:
    """Make up a member who is one of those the draft is for, with what its card would have brought by now."""
    rule = draft.rule
    lots: list[Lot] = []
    plain: dict[Account, int] = {}
    events: dict[int, int | Reason] = {}
    terms: tuple[Held, ...] = ()
    if isinstance(rule, EarnRule):
        if rule.happening is not None:
            events[draft.id] = 1
        elif rule.keeps_progress:
            steps, rest = divmod(have, rule.step_units)
            plain[progress_account(draft.key)] = rest * rule.unit_micro
            held = steps * rule.yield_per_step
            if rule.yield_unit == "reward" and not rule.instant and held:
                lots.append(Lot(1, reward_account(draft.key), held, 0, None, draft.id, 0))
    elif isinstance(rule, DiscountRule) and rule.price_points:
        lots.append(Lot(1, POINTS, rule.price_points, 0, None, draft.id, 0))
    elif isinstance(rule, TermRule):
        until = desk.shop.expires(Expiry(months=rule.months, exact=True), desk.now().business_day)
        terms = (Held(1, draft, str(until), str(until)),)
    return Snapshot(
        SAMPLE,
        "individual",
        Holdings(tuple(lots), plain),
        standing=_standing(club, tier),
        events=events,
        terms=terms,
    )


def _standing(club: Known | None, tier: str | None) -> Standing | None:
    if club is None:
        return None
    rule = club.revision.rule
    assert isinstance(rule, TierRule)
    rank = rule.rank(tier)
    counted = counts_of(dict(rule.demands(rule.levels[rank]))) if rank >= 0 else NO_COUNTS
    return Standing(rule, club.revision.programme, counted, rule.key(rank))


def _choices(draft: Revision, query: TryProgramme, snapshot: Snapshot | None) -> Choices:
    rule = draft.rule
    counted = query.count is not None and query.amount_minor is not None
    discount = rule if isinstance(rule, DiscountRule) else None
    by_points = discount is not None and discount.price_points > 0 and snapshot is not None
    return Choices(
        counts={draft.key: checked(query.count, "count", 0, MAX_QUANTITY)} if counted else {},
        accept=frozenset({draft.key}) if by_points else frozenset(),
        handed_in=(HandedIn(-1, draft.id),) if discount is not None and discount.by_code else (),
        lenient=True,
    )


def _progress(
    draft: Revision, snapshot: Snapshot | None, priced: Quote
) -> tuple[ProgressView | None, ProgressView | None]:
    rule = draft.rule
    if snapshot is None or not isinstance(rule, EarnRule) or not rule.keeps_progress:
        return None, None
    if rule.measure == "amount":  # a remainder of money is no count anybody could step through
        return None, None
    account = progress_account(draft.key)
    before, after = snapshot.holdings.plain.get(account, 0), priced.book.plain(account)
    return (
        ProgressView(have=before // rule.unit_micro, step=rule.step_units),
        ProgressView(have=after // rule.unit_micro, step=rule.step_units),
    )


def _got(draft: Revision, priced: Quote) -> dict[str, int]:
    """Say what the draft gives, by what it is."""
    own = [one for one in priced.contributions if one.revision == draft.id]
    return {one.account[0]: one.yielded for one in own}
